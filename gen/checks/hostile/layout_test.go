package hostile

import (
	"io/fs"
	"math/rand/v2"
	"slices"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// relaid returns a tree that means the same: the keys of objects in another order, scalars in other
// quotes, and lists and mappings in another style.
func relaid(r *rand.Rand, n *yaml.Node) *yaml.Node {
	var document yaml.Node
	if err := yaml.Unmarshal(encoded(n), &document); err != nil {
		panic("hostile: a tree that is no YAML: " + err.Error())
	}
	n = document.Content[0]
	relay(r, n, syntax.Format())
	return n
}

// relay writes a value of a type in another way. The order of a mapping's keys may mean something,
// and what is free is copied as it is.
func relay(r *rand.Rand, n *yaml.Node, t *syntax.Type) {
	switch t.Kind {
	case syntax.Free:
		return
	case syntax.Object:
		for i := 0; n.Kind == yaml.MappingNode && i < len(n.Content); i += 2 {
			for _, f := range t.Fields {
				if f.Key == n.Content[i].Value {
					relay(r, n.Content[i+1], f.Type)
				}
			}
		}
		if n.Kind == yaml.MappingNode && get(n, "include") == nil { // whose place is that of its groups
			shuffleKeys(r, n)
		}
	case syntax.Map:
		if t.Item.Kind == syntax.Free {
			return // such as front matter
		}
		for i := 1; i < len(n.Content); i += 2 {
			relay(r, n.Content[i], t.Item)
		}
	case syntax.List:
		for _, item := range n.Content {
			relay(r, item, t.Item)
		}
	}
	switch {
	case n.Kind == yaml.ScalarNode && n.Style != 0: // what is in no quotes may be no string
		n.Style = yaml.DoubleQuotedStyle
	case n.Kind == yaml.ScalarNode:
		n.Tag = "" // or else it is written as the tag says
	default:
		n.Style &^= yaml.FlowStyle
		if r.IntN(3) == 0 && !has(n, ":") && !has(n, "front_matter") {
			// of plain scalars in flow style, none has a colon, and front matter is copied
			n.Style |= yaml.FlowStyle
		}
	}
}

func shuffleKeys(r *rand.Rand, n *yaml.Node) {
	r.Shuffle(len(n.Content)/2, func(i, j int) {
		i, j = 2*i, 2*j
		n.Content[i], n.Content[j] = n.Content[j], n.Content[i]
		n.Content[i+1], n.Content[j+1] = n.Content[j+1], n.Content[i+1]
	})
}

// An overlay is a file system with one more file.
type overlay struct {
	fs.FS
	more fstest.MapFS
}

func (o overlay) Open(name string) (fs.File, error) {
	if o.more[name] != nil {
		return o.more.Open(name)
	}
	return o.FS.Open(name)
}

// split moves the last groups of a catalog into a file that it includes; nil if it cannot.
func (j *judge) split(r *rand.Rand, n *yaml.Node) *source.Source {
	groups := get(n, "groups")
	if groups == nil || len(groups.Content) == 0 || get(n, "include") != nil {
		return nil
	}
	n = clone(n)
	groups = get(n, "groups")
	at := r.IntN(len(groups.Content))
	moved := list(groups.Content[at:]...)
	moved.Style = 0
	groups.Content = groups.Content[:at]
	more := mapping(str("groups"), moved)
	for _, key := range []string{"retired", "retry_policies"} {
		if v := get(n, key); v != nil && r.IntN(2) == 0 {
			set(more, key, v)
			set(n, key, nil)
		}
	}
	if at == 0 {
		set(n, "groups", nil)
	}
	set(n, "include", list(str("more.yaml")))
	files := overlay{j.root, fstest.MapFS{"more.yaml": {Data: encoded(more)}}}
	return source.New("catalog.yaml", encoded(n), files)
}

// judgeLayout compares a catalog with itself in other words.
func (j *judge) judgeLayout(p *catalogPair, r *rand.Rand) {
	again := relaid(r, p.old)
	for _, src := range []*source.Source{
		source.New("catalog.yaml", encoded(again), j.root), j.split(r, p.old),
	} {
		if src == nil {
			continue
		}
		v, list := pipeline.Version(src)
		if v.Resolved == nil {
			p.add("layout: refused", "%v", list.All()[0])
			continue
		}
		for _, changes := range [][]breaking.Change{
			breaking.Compare(p.was.Resolved, v.Resolved), breaking.Compare(v.Resolved, p.was.Resolved),
		} {
			if len(changes) > 0 {
				p.add("layout: a change", "%s", said(changes))
			}
		}
		if p.was.Resolved.Hash() != v.Resolved.Hash() {
			p.add("layout: another hash", "%s", cmp.Diff(string(encode.JSON(p.was.Resolved)),
				string(encode.JSON(v.Resolved))))
		}
	}
}

// inSteps are the rules that an author may follow step by step: a code is deprecated and then
// retired; a variant becomes the only message, whose words may change.
var inSteps = []string{rule.CodeRetired, rule.VariantRemoved}

// judgeSteps compares the diagnostics of two steps with those of both at once: what breaks
// somebody breaks them in one of the steps.
func (j *judge) judgeSteps(p *catalogPair, r *rand.Rand) {
	more := clone(p.edited)
	made := newEditor(r, more).edits(1 + r.IntN(2))
	third, _ := j.version(more)
	if third.Resolved == nil {
		return
	}
	steps := append(slices.Clone(p.changes), breaking.Compare(p.is.Resolved, third.Resolved)...)
	atOnce := breaking.Compare(p.was.Resolved, third.Resolved)
	renames := slices.ContainsFunc(atOnce, func(ch breaking.Change) bool {
		return ch.Rule == rule.CodeRenamed
	})
	for _, ch := range atOnce {
		if ch.Severity != diag.Error || len(ch.Codes) > 1 || slices.Contains(inSteps, ch.Rule) ||
			ch.Rule == rule.FallbackChanged && renames {
			continue // which codes are one depends on how much they have in common
		}
		unsaid := slices.ContainsFunc(rule.Categories(), func(c rule.Category) bool {
			return concerns(&ch, c) && !slices.ContainsFunc(steps, func(s breaking.Change) bool {
				return s.Severity == diag.Error && concerns(&s, c)
			})
		})
		if unsaid {
			p.add("steps: "+ch.Rule, "then %v: %v %s; said is %s", made, ch.Codes, ch.Text, said(steps))
		}
	}
}

// concerns reports whether a change is of interest to those for whom a category stands.
func concerns(ch *breaking.Change, c rule.Category) bool {
	return ch.Category != rule.Harmless && c.Includes(ch.Category) ||
		ch.Also != rule.Harmless && c.Includes(ch.Also)
}
