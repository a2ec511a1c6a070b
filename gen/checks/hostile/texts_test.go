package hostile

import (
	"bytes"
	"encoding/json"
	"strings"

	mdast "github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/changelog"
	"github.com/errspec/errspec/gen/internal/report"
	"github.com/errspec/errspec/gen/internal/rule"
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

// hasCommands reports whether a text has as many commands of GitHub's.
func hasCommands(text string, n int) bool {
	found := 0
	for _, command := range []string{"::error ", "::warning ", "::notice "} {
		found += strings.Count("\n"+text, "\n"+command)
	}
	return found == n
}
