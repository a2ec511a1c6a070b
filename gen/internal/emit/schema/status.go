package schema

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
)

// A statusSet is some of the statuses that an error can have, in the ways in which a body may hold
// one.
type statusSet struct {
	pattern  string // of its text
	min, max int    // the range, if there are no values
	values   []int
}

var anyStatus = statusSet{pattern: "[45][0-9][0-9]", min: minStatus, max: maxStatus}

func exactly(status int) statusSet {
	return statusSet{pattern: strconv.Itoa(status), values: []int{status}}
}

// decade is the ten statuses from first on; ending is all that end in a digit.
func decade(first int) statusSet {
	return statusSet{pattern: fmt.Sprintf("%d[0-9]", first/10), min: first, max: first + 9}
}

func ending(digit int) statusSet {
	s := statusSet{pattern: fmt.Sprintf("[45][0-9]%d", digit)}
	for status := minStatus + digit; status <= maxStatus; status += 10 {
		s.values = append(s.values, status)
	}
	return s
}

func (s statusSet) integer() *encode.Schema {
	switch len(s.values) {
	case 0:
		return &encode.Schema{Type: "integer", Minimum: bound(int64(s.min)), Maximum: bound(int64(s.max))}
	case 1:
		return constant(encode.CompactJSON(s.values[0]))
	default:
		return &encode.Schema{Type: "integer", Enum: encode.Values(s.values)}
	}
}

func (s statusSet) text() *encode.Schema {
	if len(s.values) == 1 {
		return constant(encode.CompactJSON(s.pattern))
	}
	return matching(s.pattern)
}

// phrases returns the phrases of the statuses, as [http.StatusText] has them; nil: they have none.
func (s statusSet) phrases() []string { return phrasesOf(s.values) }

func phrasesOf(statuses []int) []string {
	phrases := make([]string, len(statuses))
	for i, status := range statuses {
		phrases[i] = http.StatusText(status)
	}
	return distinct(phrases)
}

// phrase asks for a phrase of the statuses; that there is no value, if they have none.
func (s statusSet) phrase() *encode.Schema {
	phrases := s.phrases()
	if phrases == nil {
		return absent()
	}
	return single(&encode.Schema{Type: "string", Enum: encode.Values(phrases)})
}

// absent is a schema that nothing meets.
func absent() *encode.Schema { return &encode.Schema{Not: &encode.Schema{}} }

// statusField asks a leaf that holds a status for one of a set; nil if it holds none. A phrase is
// asked for only where all codes are known: other servers may spell it otherwise.
func (b *builder) statusField(n *catalog.Node, set statusSet) *encode.Schema {
	switch {
	case n.Kind == catalog.NodeRole && n.Role == catalog.RoleStatusText &&
		b.codes == KnownCodes && len(set.values) > 0:
		return set.phrase()
	case n.Kind == catalog.NodeRole && n.Role == catalog.RoleStatus:
		return set.integer()
	case n.Kind == catalog.NodeRole && n.Role == catalog.RoleStatusString:
		return set.text()
	case n.Kind == catalog.NodeText && slices.ContainsFunc(n.Text.Names(), b.namesStatus):
		return b.textSchema(n, set)
	default:
		return nil
	}
}

func (b *builder) namesStatus(name string) bool {
	r, _ := catalog.RoleNamed(name)
	return isStatus(r) || r == catalog.RoleStatusText && b.codes == KnownCodes
}

// hasPhrase reports whether a leaf is the phrase of a status, or has it in its text.
func hasPhrase(n *catalog.Node) bool {
	for r := range n.Roles() {
		if r == catalog.RoleStatusText {
			return true
		}
	}
	return false
}

// needsPhrase reports whether a leaf, which not every body has, is in each body with a status,
// because it is the phrase of it.
func (b *builder) needsPhrase(n *catalog.Node, status int) bool {
	return n.Kind == catalog.NodeRole && n.Role == catalog.RoleStatusText &&
		http.StatusText(status) != "" && b.presence(n) != catalog.Always
}

// agreement returns, where any code passes and the body has several status fields, branches that
// require the status of one of them in all. JSON Schema cannot compare two members, and a branch
// for each of 200 statuses would be most of the schema. But two statuses are equal if they share
// the first two digits and the last one, which takes 20 branches and 10.
func (b *builder) agreement(one *catalog.Node) []*encode.Schema {
	if one == nil || b.codes == KnownCodes {
		return nil
	}
	var sets []statusSet
	for first := minStatus; first < maxStatus; first += 10 {
		sets = append(sets, decade(first))
	}
	for digit := range 10 {
		sets = append(sets, ending(digit))
	}
	var branches []*encode.Schema
	for _, set := range sets {
		field := func(n *catalog.Node) (*encode.Schema, bool) {
			if n == one {
				return nil, false
			}
			return b.statusField(n, set), false
		}
		others, _ := b.shape(b.root, false, field)
		if others == nil || !b.asksOutside(field) {
			return nil // there is but one
		}
		branches = append(branches,
			&encode.Schema{If: b.condition(one, b.statusField(one, set)), Then: others})
	}
	branches[0].Comment = "All status fields hold the same status: they are in the same ten, " +
		"and end in the same digit."
	return branches
}

// statusNode returns the first status field that a condition can single out, or nil.
func (b *builder) statusNode() *catalog.Node {
	var found *catalog.Node
	b.shape(b.root, true, func(n *catalog.Node) (*encode.Schema, bool) {
		if s := b.statusField(n, anyStatus); found == nil && s != nil && b.condition(n, s) != nil {
			found = n
		}
		return nil, false
	})
	return found
}
