package mdtext_test

import (
	"html"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"

	"github.com/errspec/errspec/gen/internal/mdtext"
)

// allowed are links that a page may have; refused are links that it must not have.
var (
	allowed = []string{
		"https://a.example", "http://a.example/x?y=z#w", "HTTPS://A.EXAMPLE",
		"https://a.example:8080/x", "https://例え.jp/x", "https://a.example/a:b@c",
		"mailto:a@a.example", "mailto:a@a.example?subject=b%20c", "tel:+1-555-0100", "/x", "/",
		"/a//b", "/x?y=//z", "/x#a:b", "x", "x/y.html", "./x:y", "../x", ".", "a%20b.md",
		"x?y=z:1", "#x", "#", "?q=a:b", "?", "50%.md", "/x%2Fy", "日本.md", "a b.md", "/x ?y:", "/ #x y",
	}
	refused = []string{
		"", "//evil.example", "///evil.example", "//", `\\evil.example`, `/\evil.example`,
		`\/evil.example`, `x\y`, `https:\\evil.example`, "view-source:https://a.example",
		"ms-msdt:x", "vscode:x", "ftp://a.example", "intent://x", "about:blank", "ws://a.example",
		"urn:x", "x:y", "javascript:alert(1)", "JaVaScript:alert(1)",
		"java\tscript:alert(1)", "java\nscript:alert(1)", " javascript:alert(1)",
		"\x01javascript:alert(1)", "javascript :alert(1)", "java\u200bscript:alert(1)",
		"\ufeffjavascript:x", "vbscript:x", "data:text/html,x", "file:///etc/passwd", "blob:x",
		"%6aavascript:alert(1)", "javascript%3Aalert(1)", "%2F%2Fevil.example",
		"/%2Fevil.example", "/%5Cevil.example", "%5C%5Cevil.example", "/x%0Ay", "%09//evil.example",
		" //evil.example", "/x ", "/x\ny", "https:", "https://", "https:///evil.example",
		"https:evil.example", "http:/evil.example", "https://:80/",
		"https://good.example@evil.example/", "https://a b/", "https://%65vil.example/",
		"https://[::1]/x", "https://a.example%", "https://a%2Fb.example", "https://evil.example\\x",
		":x", ":", "1:x", "a b:c", "mailto:", "tel:", "tel:*%2306%23", "tel:1,2", "/\u202ex",
		"data&colon;x:y",
	}
)

func TestURLs(t *testing.T) {
	for _, link := range allowed {
		// also as a page has it
		for _, link := range []string{link, strings.ReplaceAll(link, " ", "%20")} {
			if problem := mdtext.URLProblem(link); problem != "" {
				t.Errorf("%q %s", link, problem)
			}
		}
	}
	for _, link := range refused {
		if mdtext.IsSafeURL(link) {
			t.Errorf("%q is refused: want it allowed", link)
		}
	}
}

// Whatever Markdown form a link has, the result links only where links are allowed, and links there
// always.
func TestNoLinkLeadsElsewhere(t *testing.T) {
	forms := []string{"[a](<%s>)", "![a](<%s>)", "[a]\n\n[a]: <%s>", "![a][b]\n\n[b]: <%s>", "<%s>",
		"[![a](<%s>)](<%s>)", "%s", "| a |\n|---|\n| [a](<%s>) |", "# [a](<%s> \"t\")"}
	escape := strings.NewReplacer(`\`, `\\`, "\n", "&#10;", "\t", "&#9;", " ", "&#32;", "\x01",
		"&#1;", "|", `\|`, "<", "%3C", ">", "%3E", "&", "&amp;")
	entities := strings.NewReplacer("j", "&#106;", "J", "&#x4A;", ":", "&colon;", "/", "&sol;", `\`,
		"&bsol;", "%", "&percnt;", "\t", "&Tab;", "\n", "&NewLine;")
	for _, link := range append(append([]string(nil), refused...), allowed...) {
		for _, form := range forms {
			for _, written := range []string{escape.Replace(link), entities.Replace(link)} {
				md := strings.ReplaceAll(form, "%s", written)
				for _, dialect := range []mdtext.Dialect{mdtext.Portable, mdtext.GFM, mdtext.MDX} {
					checkLinks(t, md, (&mdtext.Style{Dialect: dialect}).Parse(md).Block(""))
				}
				checkLinks(t, md, mdtext.Cell(md))
				checkHTML(t, md, mdtext.HTML{}.Block(md))
			}
		}
		if got := mdtext.Link("a", link); mdtext.IsSafeURL(link) != strings.HasPrefix(got, "[a](") {
			t.Errorf("a link to %q is %s", link, got)
		}
	}
	for _, link := range allowed {
		md := "[a](<" + escape.Replace(link) + ">)"
		if got := mdtext.Parse(md).Block(""); !strings.HasPrefix(got, "[a](") {
			t.Errorf("%s became %s", md, got)
		}
		if got := (mdtext.HTML{}).Block(md); !strings.Contains(got, `<a href="`) {
			t.Errorf("%s became %s", md, got)
		}
	}
}

// checkLinks checks the links that a renderer finds in rewritten Markdown.
func checkLinks(t *testing.T, md, got string) {
	t.Helper()
	src := []byte(got)
	doc, _ := mdtext.ParseTree(src)
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		var url string
		switch n := n.(type) {
		case *ast.Link:
			url = mdtext.Unescaped(string(n.Destination))
		case *ast.Image:
			url = mdtext.Unescaped(string(n.Destination))
		case *ast.AutoLink:
			if url = string(n.URL(src)); n.AutoLinkType == ast.AutoLinkEmail {
				return ast.WalkContinue, nil
			}
		default:
			return ast.WalkContinue, nil
		}
		if entering && !mdtext.IsSafeURL(url) {
			t.Errorf("%q became %q, which leads to %q", md, got, url)
		}
		return ast.WalkContinue, nil
	})
}

// checkHTML checks what HTML links to and loads.
func checkHTML(t *testing.T, md, got string) {
	t.Helper()
	for _, part := range strings.Split(got, "href=\"")[1:] {
		url, _, _ := strings.Cut(part, `"`)
		if url = html.UnescapeString(url); !mdtext.IsSafeURL(url) {
			t.Errorf("%q became %q, which leads to %q", md, got, url)
		}
	}
	if strings.Contains(got, " src=") {
		t.Errorf("%q became %q, which loads something", md, got)
	}
}
