package hostile

import (
	"bytes"
	"encoding/json"
	"strings"

	mdast "github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/changelog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/report"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
)

// judgeTexts holds what is written for reviewers and users of the API against those who read it.
func (p *catalogPair) judgeTexts() {
	list := breaking.Review(p.was, p.is, rule.Source)
	if err := positions(&list); err != nil {
		p.add("review", "%v", err)
	}
	for _, f := range report.Formats() {
		var b bytes.Buffer
		if err := f.Write(&b, &list, report.Options{}); err != nil {
			p.add("format "+f.Name, "%v", err)
		}
		if (f.Name == "json" || f.Name == "sarif") && !json.Valid(b.Bytes()) {
			p.add("format "+f.Name, "not JSON: %s", b.Bytes())
		}
		if f.Name == "github" && !hasCommands(b.String(), list.Len()) {
			p.add("format "+f.Name, "%s", b.Bytes())
		}
	}
	release := changelog.NewRelease(p.was.Resolved, p.is.Resolved)
	release.Name = "v1"
	releases := []changelog.Release{release}
	page := changelog.Markdown(releases, "https://example.com/errors")
	if err := safeForMDX(page); err != nil {
		p.add("changelog", "%v\n%s", err, page)
	}
	var doc struct{ Releases []struct{ Changes []any } }
	if err := json.Unmarshal(changelog.JSON(releases, ""), &doc); err != nil {
		p.add("changelog", "%v", err)
		return
	}
	shown, items := 0, 0
	for _, ch := range p.changes {
		if !ch.Internal {
			shown++
		}
	}
	_ = mdast.Walk(gfm.Parse(text.NewReader(page)),
		func(n mdast.Node, entering bool) (mdast.WalkStatus, error) {
			if entering && n.Kind() == mdast.KindListItem {
				items++
			}
			return mdast.WalkContinue, nil
		})
	if len(doc.Releases[0].Changes) != shown || items != shown {
		p.add("changelog", "%d changes are %d items and %d in JSON\n%s", shown, items,
			len(doc.Releases[0].Changes), page)
	}
}

// judgeAccepted accepts every change by its rule, instead of what the catalog itself accepts: then
// nothing is reported.
func (j *judge) judgeAccepted(p *catalogPair) {
	root := clone(p.edited)
	if get(root, "lint") == nil {
		set(root, "lint", mapping())
	}
	accepted := &yaml.Node{Kind: yaml.SequenceNode}
	review := func() (list diag.List) {
		set(get(root, "lint"), "accept", accepted)
		is, wrong := pipeline.Version(source.New("catalog.yaml", encoded(root), j.root))
		if is.Resolved == nil {
			p.add("accept: refused", "%v", wrong.All())
			return wrong
		}
		return breaking.Review(p.was, is, rule.Source)
	}
	before := review()
	seen := map[string]bool{}
	for _, d := range before.All() {
		if r, _ := rule.Find(d.Rule); r.About == rule.Change && !seen[d.Rule] {
			seen[d.Rule] = true
			accepted.Content = append(accepted.Content,
				mapping(str("rule"), str(d.Rule), str("reason"), str("It is meant.")))
		}
	}
	after := review()
	if after.Len() > 0 || after.Accepted != changesIn(&before) {
		p.add("accept", "%d changes are accepted of %d, and told are %v",
			after.Accepted, changesIn(&before), after.All())
	}
}

// changesIn returns how many changes a list reports.
func changesIn(list *diag.List) (n int) {
	for _, d := range list.All() {
		if r, _ := rule.Find(d.Rule); r.About == rule.Change {
			n++
		}
	}
	return n + list.Accepted
}

// hasCommands reports whether a text has as many commands of GitHub's.
func hasCommands(text string, n int) bool {
	found := 0
	for _, command := range []string{"::error ", "::warning ", "::notice "} {
		found += strings.Count("\n"+text, "\n"+command)
	}
	return found == n
}
