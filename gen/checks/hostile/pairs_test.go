package hostile

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
)

var pairCount = flag.Int("pairs", 300, "how many pairs of catalogs TestPairs compares")

// A catalogPair is two versions of a catalog.
type catalogPair struct {
	name          string
	was, is       breaking.Version
	before, after []byte
	old, edited   *yaml.Node
	changes       []breaking.Change
	wrong         []wrong
}

func (p *catalogPair) add(kind, format string, args ...any) {
	p.wrong = append(p.wrong, wrong{kind, fmt.Sprintf(format, args...)})
}

// samples returns trees of catalogs that people wrote.
func samples(t *testing.T) (all []*yaml.Node) {
	t.Helper()
	originals := catalogs(t)
	for _, name := range slices.Sorted(maps.Keys(originals)) {
		data := originals[name]
		var n yaml.Node
		if len(data) > 30_000 || strings.Contains(name, "refused") || yaml.Unmarshal(data, &n) != nil {
			continue
		}
		if c, _ := pipeline.Load(source.New("catalog.yaml", data, nil)); c == nil {
			continue
		}
		all = append(all, n.Content[0])
	}
	return all
}

func (j *judge) version(n *yaml.Node) (v breaking.Version, data []byte) {
	a, _ := j.settle(n)
	if a == nil {
		return v, nil
	}
	v, _ = pipeline.Version(source.New("catalog.yaml", a.data, j.root))
	return v, a.data
}

// pairOf returns a catalog and what some edits make of it; nil if either is refused.
func (j *judge) pairOf(r *rand.Rand, all []*yaml.Node) *catalogPair {
	root := compose(r)
	if r.IntN(3) == 0 {
		root = clone(all[r.IntN(len(all))])
	}
	if r.IntN(8) == 0 {
		newEditor(r, root).listBody()
	}
	p := &catalogPair{}
	if p.was, p.before = j.version(root); p.before == nil {
		return nil
	}
	edited := clone(root)
	made := newEditor(r, edited).edits(1 + r.IntN(4))
	if p.is, p.after = j.version(edited); p.after == nil {
		return nil
	}
	p.old, p.edited = root, edited
	p.name = strings.Join(made, "; ")
	p.changes = breaking.Compare(p.was.Resolved, p.is.Resolved)
	return p
}

// TestPairs composes catalogs, or takes those of this repository, and edits each in up to four
// ways. What package breaking says of the two versions must agree with what becomes of callers of
// the generated code, and of clients that read responses. A failure prints both versions.
func TestPairs(t *testing.T) {
	j := newJudge(t)
	r := rand.New(rand.NewPCG(*seed, 7))
	all := samples(t)
	kinds, rules, compared := map[string]int{}, map[string]bool{}, 0
	for range *pairCount {
		p := j.pairOf(r, all)
		if p == nil {
			continue
		}
		compared++
		for _, ch := range p.changes {
			rules[ch.Rule] = true
		}
		j.judgeGo(p)
		p.judgeModules()
		p.judgeReaders()
		j.judgeLayout(p, r)
		p.judgeTexts()
		j.judgeAccepted(p)
		j.judgeSteps(p, r)
		for _, w := range p.wrong {
			if kinds[w.kind]++; kinds[w.kind] <= 2 { // more of a kind say no more
				t.Errorf("%s: %s: %s\n%s\n--- and edited:\n%s", p.name, w.kind, w.what, p.before, p.after)
			}
		}
	}
	t.Logf("seed %d: %d pairs of %d compared, in which %d rules report changes; wrong are %v",
		*seed, compared, *pairCount, len(rules), kinds)
	if compared < *pairCount/2 || *pairCount >= 100 && len(rules) < 30 {
		t.Errorf("%d pairs of %d were compared, with changes of %d rules: they say too little",
			compared, *pairCount, len(rules))
	}
}

// judgeGo compares what is said about callers of the Go package with what becomes of them.
func (j *judge) judgeGo(p *catalogPair) {
	o := gocode.Options{Package: "apierr"}
	before, err := gocode.Emit(p.was.Resolved, o)
	if err != nil {
		p.add("emit", "%v", err)
		return
	}
	after, err := gocode.Emit(p.is.Resolved, o)
	if err != nil {
		p.add("emit", "%v", err)
		return
	}
	was, err := j.declared(before)
	if err != nil {
		p.add("go", "%v", err)
		return
	}
	now, err := j.declared(after)
	if err != nil {
		p.add("go", "%v", err)
		return
	}
	if same, err := j.broken(was, was, p.was.Resolved, p.was.Resolved); err != nil || len(same) > 0 {
		p.add("consumer", "%v %v", same, err)
		return
	}
	broken, err := j.broken(was, now, p.was.Resolved, p.is.Resolved)
	if err != nil {
		p.add("consumer", "%v", err)
		return
	}
	for _, code := range slices.Sorted(maps.Keys(broken)) {
		if !p.saysToCallers(code) {
			p.add("go: nothing said", "%s: %s; said is %s", code, broken[code], said(p.changes))
		}
	}
	for _, ch := range p.changes {
		if ch.Severity != diag.Error || !ch.Category.IsSource() ||
			!rule.SourceGo.Includes(ch.Category) {
			continue
		}
		if adds := ch.Rule == rule.ParamAdded || ch.Rule == rule.ParamNowRequired; adds &&
			(p.takesStructs(ch.Codes) || p.isFieldOfParam(&ch) || p.says(rule.ParamRemoved, ch.Codes)) {
			continue // callers compile, and send an empty value, or one param for another
		}
		if ch.Rule == rule.ParamRemoved && p.says(rule.ParamAdded, ch.Codes) ||
			ch.Rule == rule.GoNameChanged && p.says(rule.VariantAdded, ch.Codes) {
			continue // another one may have its name in Go
		}
		if ch.Rule == rule.ValueTypeChanged {
			continue // the Go constant may have the type of before: an int and a size are int64
		}
		if !slices.ContainsFunc(ch.Codes, func(code string) bool { return broken[code] != "" }) {
			p.add("go: false alarm "+ch.Rule, "%v: %s; broken is %v; said is %s",
				ch.Codes, ch.Text, broken, said(p.changes))
		}
	}
}

// takesStructs reports whether the constructors of a code took a struct and still do.
func (p *catalogPair) takesStructs(codes []string) bool {
	was, now := p.was.Resolved.Find(codes[len(codes)-1]), p.is.Resolved.Find(codes[0])
	return was != nil && now != nil && was.TakesStruct() && now.TakesStruct()
}

// isFieldOfParam reports whether a change is about a field of an object in a param, which callers
// write with its name.
func (p *catalogPair) isFieldOfParam(ch *breaking.Change) bool {
	return slices.Contains(ch.New.Keys, "fields")
}

// says reports whether a change of a rule is reported of the same codes.
func (p *catalogPair) says(id string, codes []string) bool {
	return slices.ContainsFunc(p.changes, func(ch breaking.Change) bool {
		return ch.Rule == id && slices.Equal(ch.Codes, codes)
	})
}

// quiet are the rules that break clients, and say nothing of the generated code.
var quiet = []string{
	rule.StatusRemoved, rule.StatusDefaultChanged, rule.StatusAdded, rule.TypeChanged,
	rule.FallbackChanged, rule.RetryRemoved, rule.RetryAdded, rule.RetryChanged, rule.EnvelopeChanged,
	rule.MetaChanged, rule.VisibilityReduced, rule.StabilityReduced, rule.ValueChanged,
	rule.HeaderChanged,
}

// saysToCallers reports whether some change tells the callers of a code in Go that they break.
func (p *catalogPair) saysToCallers(code string) bool {
	return slices.ContainsFunc(p.changes, func(ch breaking.Change) bool {
		told := ch.Severity == diag.Error && rule.SourceGo.Includes(ch.Category) &&
			ch.Category != rule.Harmless && !slices.Contains(quiet, ch.Rule) || ch.Rule == rule.CodeRetired
		return told && slices.Contains(ch.Codes, code)
	})
}

func said(changes []breaking.Change) string {
	var b strings.Builder
	for _, ch := range changes {
		fmt.Fprintf(&b, "\n  %s %s %q %v: %s%s",
			ch.Severity, ch.Rule, ch.Category, ch.Codes, ch.Text, ch.Remark)
	}
	return b.String()
}
