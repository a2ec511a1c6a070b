package mdtext_test

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/mdtext"
)

func TestHTMLBlock(t *testing.T) {
	link := func(code string) string {
		if code == "NOT_FOUND" {
			return "#not_found"
		}
		return ""
	}
	for _, tt := range []struct{ name, md, want string }{
		{"nothing", " \n", ""},
		{"plain", "Top up.", "<p>Top up.</p>"},
		{"literal", `a < b & "c"`, `<p>a &lt; b &amp; &quot;c&quot;</p>`},
		{"raw HTML", "a <b onclick=x()>c</b>", `<p>a &lt;b onclick=x()&gt;c&lt;/b&gt;</p>`},
		{"a block of HTML", "<script>\nalert(1)\n</script>",
			"<p>&lt;script&gt;\nalert(1)\n&lt;/script&gt;</p>"},
		{"an open comment", "<!-- a", "<p>&lt;!-- a</p>"},
		{"a heading", "# A *b*", "<p><strong>A <em>b</em></strong></p>"},
		{"a link", "[a](/b?c=1&d=2 \"t\")", `<p><a href="/b?c=1&amp;d=2" title="t">a</a></p>`},
		{"a link that runs", "[a *b*](javascript:alert)", "<p>a <em>b</em></p>"},
		{"hidden by an entity", "[a](java&#115;cript&colon;alert)", "<p>a</p>"},
		{"hidden by two entities", "[a](&amp;#106;avascript&amp;#58;alert)",
			`<p><a href="&amp;#106;avascript&amp;#58;alert">a</a></p>`},
		{"hidden by a tab", "[a](java&Tab;script:alert)", "<p>a</p>"},
		{"another scheme", "[a](slack://x) <data:text/html,x>", "<p>a data:text/html,x</p>"},
		{"an autolink", "<https://a.io> b@c.io",
			`<p><a href="https://a.io">https://a.io</a> <a href="mailto:b@c.io">b@c.io</a></p>`},
		{"an image", "![a](https://b.io/c.png)", `<p><a href="https://b.io/c.png">a</a></p>`},
		{"an image in a link", "[![a](/b.png)](/c)", `<p><a href="/c">a</a></p>`},
		{"a link without a text", "[](/c)", `<p><a href="/c">/c</a></p>`},
		{"a code", "see `NOT_FOUND`, `x`, [`NOT_FOUND`](/y)",
			`<p>see <a href="#not_found"><code>NOT_FOUND</code></a>, <code>x</code>, <a href="/y"><code>NOT_FOUND</code></a></p>`},
		{"a task", "- [x] a\n- [ ] b", "<ul>\n<li>☑ a</li>\n<li>☐ b</li>\n</ul>"},
		{"a callout", "> [!WARNING]\n> a `b`",
			"<blockquote class=\"warning\"><p><strong>Warning</strong></p>\n<p>a <code>b</code></p>\n</blockquote>"},
		{"a callout of blocks", "> [!NOTE]\n>\n> a",
			"<blockquote class=\"note\"><p><strong>Note</strong></p>\n<p>a</p>\n</blockquote>"},
		{"a fence", "```js\" onclick=\"x\n</code>\n```",
			"<pre><code class=\"language-js&quot;\">&lt;/code&gt;\n</code></pre>"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := strings.TrimRight(mdtext.HTML{Link: link}.Block(tt.md), "\n")
			if got != tt.want {
				t.Errorf("Block(%q) =\n%s\nwant\n%s", tt.md, got, tt.want)
			}
		})
	}
}

func TestHTMLHeadings(t *testing.T) {
	got := mdtext.HTML{Level: 3}.Block("## a\n\n### b\n\n###### c")
	if want := "<h3>a</h3>\n<h4>b</h4>\n<h6>c</h6>\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHTMLLine(t *testing.T) {
	for _, tt := range []struct {
		md, want string
		whole    bool
	}{
		{"", "", true},
		{"Top up.", "Top up.", true},
		{"`a` *b*", "<code>a</code> <em>b</em>", true},
		{"a *b*\n\nc", "a <em>b</em>", false},
		{"- a\n- b", "a", false},
		{"```\na\n```", "", false},
		{"<hr>", "&lt;hr&gt;", true},
	} {
		if got, whole := (mdtext.HTML{}).Line(tt.md); got != tt.want || whole != tt.whole {
			t.Errorf("Line(%q) = %q, %v; want %q, %v", tt.md, got, whole, tt.want, tt.whole)
		}
	}
}

func TestHTMLDeepNestingIsText(t *testing.T) {
	md := strings.Repeat("> ", 1000) + "<b>"
	if got := (mdtext.HTML{}).Block(md); strings.Contains(got, "<blockquote") ||
		!strings.Contains(got, "&gt; &lt;b&gt;") {
		t.Errorf("got %.200s", got)
	}
}

// Our page shows what GitHub shows of a text, and contains only tags that goldmark made of
// Markdown.
func TestHTMLShowsWhatTheAuthorWrote(t *testing.T) {
	tag := regexp.MustCompile(`<[^>]*>`)
	known := regexp.MustCompile(
		`^<(/?(p|em|strong|del|code|pre|ul|ol|li|blockquote|h[1-6]|table|thead|tbody|tr|th|td|a)|hr|br|ol start="\d+"|code class="language-[^"]*"|a href="[^"]*"( title="[^"]*")?|t[hd] align="\w+"|blockquote class="\w+")>$`)
	rapid.Check(t, func(rt *rapid.T) {
		md := markdown().Draw(rt, "markdown")
		got := mdtext.HTML{Level: 3}.Block(md)
		// Our page shows the text of a picture, and a check box as a character.
		want := shownText(regexp.MustCompile(`<img [^>]*?alt="([^"]*)"[^>]*>`).
			ReplaceAllString(authored(rt, md), "$1"))
		if shown := boxes.Replace(shownText(got)); shown != want && !strings.Contains(md, "![") &&
			!strings.Contains(md, "[](") {
			rt.Fatalf("%q shows\n%s\nGitHub shows\n%s", md, shown, want)
		}
		for _, tag := range tag.FindAllString(got, -1) {
			if !known.MatchString(tag) {
				rt.Fatalf("%q gives the tag %s in\n%s", md, tag, got)
			}
			if url, ok := strings.CutPrefix(tag, `<a href="`); ok &&
				!mdtext.IsSafeURL(url[:strings.IndexByte(url, '"')]) {
				rt.Fatalf("%q gives the link %s", md, tag)
			}
		}
	})
}

var boxes = strings.NewReplacer("☑", "[x]", "☐", "[ ]")
