package breaking_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
)

// A code is a random error of a catalog. Its texts have its number in them, so that no two codes
// are alike.
type code struct {
	name, status, retry, stability, limit, group string
	params                                       []string // NAME: TYPE
	variants                                     []string // IDs
	header, deprecated, internal                 bool
	number                                       int
}

func (c code) yaml() string {
	var b strings.Builder
	fmt.Fprintf(&b,
		"      - code: %s\n        status: %s\n        resolution: Do something about number %d.\n",
		c.name, c.status, c.number)
	if c.variants == nil {
		fmt.Fprintf(&b, "        message: Error number %d\n", c.number)
	} else {
		b.WriteString("        variants:\n")
		for _, v := range c.variants {
			fmt.Fprintf(&b, "          - {id: %s, message: Error number %d in the case of %s}\n",
				v, c.number, v)
		}
	}
	if c.params != nil {
		fmt.Fprintf(&b, "        params: {%s}\n", strings.Join(c.params, ", "))
	}
	if c.retry != "" {
		fmt.Fprintf(&b, "        retry: %s\n", c.retry)
	}
	if c.limit != "" {
		fmt.Fprintf(&b, "        values: {limit: %s}\n", c.limit)
	}
	if c.header {
		b.WriteString("        headers: {Link: </more>}\n")
	}
	if c.deprecated {
		b.WriteString("        deprecated: {note: Use another.}\n")
	}
	if c.internal {
		b.WriteString("        visibility: internal\n")
	}
	if c.stability != "" {
		b.WriteString("        stability: " + c.stability + "\n")
	}
	return b.String()
}

func catalogOf(codes []code) string {
	var b strings.Builder
	b.WriteString("version: 1\ntitle: Errors\n" +
		"envelope: {body: {code: $code, message: $message, params: $params}}\n" +
		"retry_policies: {slow: {base: 5s}, quick: {base: 1s}}\ngroups:\n")
	for _, g := range []string{"first", "second"} {
		fmt.Fprintf(&b, "  - id: %s\n    title: Group %s\n    errors:\n", g, g)
		n := 0
		for _, c := range codes {
			if c.group == g {
				b.WriteString(c.yaml())
				n++
			}
		}
		if n == 0 {
			b.WriteString("      []\n")
		}
	}
	return b.String()
}

func drawCode(t *rapid.T, number int) code {
	pick := func(label string, from ...string) string { return rapid.SampledFrom(from).Draw(t, label) }
	return code{
		number:    number,
		name:      fmt.Sprintf("CODE_%d", number),
		status:    pick("status", "409", "410", "[409, 423]", "[423, 409]"),
		retry:     pick("retry", "", "slow", "quick", "{base: 9s}"),
		stability: pick("stability", "", "", "beta"),
		limit:     pick("limit", "", "10", "20", "10MB"),
		group:     pick("group", "first", "second"),
		params: rapid.SampledFrom([][]string{
			nil,
			{"a: {type: string, detail: true}"},
			{"a: {type: int, detail: true}"},
			{"a: {type: string, detail: true}", "b: {type: int, detail: true}"},
			{"b: {type: int, detail: true}", "a: {type: string, detail: true}"},
			{"a: {type: string, sensitive: true}"},
			{"a: {type: string, enum: [x, y], detail: true}"},
			{"a: {type: string, enum: [x, z], detail: true, optional: true}"},
		}).Draw(t, "params"),
		variants: rapid.SampledFrom([][]string{
			nil, nil, {"one"}, {"one", "two"}, {"two"},
		}).Draw(t, "variants"),
		header:     rapid.Bool().Draw(t, "header"),
		deprecated: rapid.Bool().Draw(t, "deprecated"),
		internal:   rapid.IntRange(0, 9).Draw(t, "internal") == 0,
	}
}

// changed returns the codes after a few random edits: some are changed, some removed, some renamed,
// some new.
func changed(t *rapid.T, codes []code) []code {
	var after []code
	for _, c := range codes {
		switch rapid.SampledFrom([]string{"keep", "keep", "change", "remove", "rename"}).Draw(t, "edit") {
		case "keep":
			after = append(after, c)
		case "change":
			after = append(after, drawCode(t, c.number))
		case "rename":
			c.name = "RE" + c.name
			after = append(after, c)
		}
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "new") {
		after = append(after, drawCode(t, 100+i))
	}
	return rapid.Permutation(after).Draw(t, "order")
}

func version(t *rapid.T, yaml string) breaking.Version {
	e, list := pipeline.Version(source.New("catalog.yaml", []byte(yaml), nil))
	if e.Resolved == nil {
		t.Fatalf("a random catalog has errors: %v\n%s", list.All(), yaml)
	}
	return e
}

// inverse are the rules that are each other's when versions change places; those that are not here
// are their own.
var inverse = map[string]string{
	rule.CodeRemoved:       rule.CodeAdded,
	rule.StatusRemoved:     rule.StatusAdded,
	rule.RetryRemoved:      rule.RetryAdded,
	rule.HeaderRemoved:     rule.HeaderAdded,
	rule.EnumValueRemoved:  rule.EnumValueAdded,
	rule.ValueRemoved:      rule.ValueAdded,
	rule.Deprecated:        rule.Undeprecated,
	rule.StabilityReduced:  rule.StabilityRaised,
	rule.VisibilityReduced: rule.VisibilityRaised,
	rule.ParamRemoved:      rule.ParamAdded,
	rule.ParamNowOptional:  rule.ParamNowRequired,
	rule.VariantRemoved:    rule.VariantAdded,
}

// symmetric are those that are told in both directions whenever they are told in one, of the same
// code.
var symmetric = []string{
	rule.CodeRemoved, rule.CodeRenamed, rule.StatusRemoved, rule.StatusDefaultChanged,
	rule.RetryRemoved, rule.RetryChanged, rule.HeaderRemoved, rule.EnumValueRemoved, rule.ValueRemoved,
	rule.ValueChanged, rule.ValueTypeChanged, rule.Deprecated, rule.StabilityReduced,
	rule.VisibilityReduced, rule.ParamNowOptional, rule.ParamTypeChanged, rule.ParamOrderChanged,
	rule.VariantRemoved, rule.TextChanged, rule.GroupMoved,
}

// told returns what is reported about the public codes: rule and codes, sorted.
func told(changes []breaking.Change, only func(id string) string) []string {
	var list []string
	for _, ch := range changes {
		codes := slices.Clone(ch.Codes)
		slices.Sort(codes)
		if id := only(ch.Rule); id != "" {
			list = append(list, id+" "+strings.Join(codes, "+"))
		}
	}
	slices.Sort(list)
	return list
}

func TestChangesAreSymmetricAndOnce(t *testing.T) {
	found := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		var codes []code
		for i := range rapid.IntRange(0, 5).Draw(t, "codes") {
			codes = append(codes, drawCode(t, i))
		}
		oldYAML, newYAML := catalogOf(codes), catalogOf(changed(t, codes))
		was, is := version(t, oldYAML), version(t, newYAML)
		for _, e := range []breaking.Version{was, is} {
			if same := breaking.Compare(e.Resolved, e.Resolved); len(same) > 0 {
				t.Fatalf("between a version and itself there are changes: %v", same)
			}
		}
		there := breaking.Compare(was.Resolved, is.Resolved)
		back := breaking.Compare(is.Resolved, was.Resolved)
		once(t, there)
		forth := told(there, func(id string) string {
			if slices.Contains(symmetric, id) {
				return id
			}
			return ""
		})
		return_ := told(back, func(id string) string {
			for _, s := range symmetric {
				if i, ok := inverse[s]; ok && i == id || !ok && s == id {
					return s
				}
			}
			return ""
		})
		if !slices.Equal(forth, return_) {
			t.Fatalf("there %q, and back %q\n%s\n%s", forth, return_, oldYAML, newYAML)
		}
		for _, ch := range there {
			found[ch.Rule]++
		}
		list := breaking.Review(was, is, rule.Source)
		for _, d := range list.All() {
			inside(t, d.Span)
			for _, n := range d.Notes {
				inside(t, n.Span)
			}
		}
	})
	if len(found) < 20 {
		t.Errorf("the random edits show %d rules at work: %v", len(found), found)
	}
}

// once fails if anything is told twice.
func once(t *rapid.T, changes []breaking.Change) {
	seen := map[string]bool{}
	for _, ch := range changes {
		key := ch.Rule + " " + strings.Join(ch.Codes, " ") + " " + ch.Text.String()
		if seen[key] {
			t.Fatalf("told twice: %s", key)
		}
		seen[key] = true
	}
}

// inside fails if a place is not in its file.
func inside(t *rapid.T, s diag.Span) {
	if s.File == nil || s.Line < 1 || s.Line > s.File.Lines() || s.Col < 1 ||
		s.Col+s.Len-1 > len([]rune(s.File.Line(s.Line))) {
		t.Fatalf("the place %v is not in its file", s)
	}
}

// What is the same in other words, in another order of keys or in more files is no difference.
func TestLayoutIsNoChange(t *testing.T) {
	const plain = `version: 1
title: Errors
retry_policies: {slow: {base: 20s}}
retry_default: slow
groups:
  - id: server
    title: Server
    errors:
      - {code: INTERNAL_ERROR, status: 500, message: Internal server error, resolution: Try again later., values: {limit: 1000kB}, retry: slow}
`
	const other = `# Comments and aliases.
retry_policies:
  unhurried: {base: 20000ms}
groups:
  - errors:
      - code: INTERNAL_ERROR
        message: >-
          Internal server
          error
        status: [500]
        retry: {policy: unhurried}
        values: {limit: {type: bytes, value: 1MB}}
        resolution: Try again later.
        stability: stable
    title: "Server"
    id: server
retry_default: unhurried
title: 'Errors'
version: 1
`
	var versions []breaking.Version
	for _, yaml := range []string{plain, other} {
		e, list := pipeline.Version(source.New("catalog.yaml", []byte(yaml), nil))
		if e.Resolved == nil {
			t.Fatalf("%v", list.All())
		}
		versions = append(versions, e)
	}
	for _, ch := range breaking.Compare(versions[0].Resolved, versions[1].Resolved) {
		t.Errorf("a change that is none: %s [%s]", ch.Text, ch.Rule)
	}
}
