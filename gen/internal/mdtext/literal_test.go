package mdtext_test

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/mdtext"
)

func TestLiteral(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"white space alone", " \t\r\n ", ""},
		{"plain", "Invalid API secret", "Invalid API secret"},
		{"white space", "  two\r\n\tlines ", "two lines"},
		{"line separators of other kinds", "a\v\f\u0085\u2028b", "a b"},
		{"no-break space", "10\u00a0MB", "10&#160;MB"},
		{"markup", "*a* `b` [c](d) ~e~ <f> | \\ {g} & $h$ ^i^ @j",
			"&#42;a&#42; &#96;b&#96; &#91;c&#93;(d) &#126;e&#126; &#60;f&#62; &#124; &#92; &#123;g&#125; &#38; &#36;h&#36; &#94;i&#94; &#64;j"},
		{"words with underscores", "FILE_TOO_LARGE", "FILE_TOO_LARGE"},
		{"other underscores", "_a_ a__b —_c", "&#95;a&#95; a&#95;&#95;b —&#95;c"},
		{"highlight, keys", "a == b, ++c++, d = e + f",
			"a &#61;&#61; b, &#43;&#43;c&#43;&#43;, d = e + f"},
		{"hash", "C# and #5", "C&#35; and &#35;5"},
		{"link", "https://example.com", "https&#58;//example.com"},
		{"www", "see WWW.example.com", "see WWW&#46;example.com"},
		{"emoji, directive, time", ":smile: ::x 12:30 a: b",
			"&#58;smile: &#58;&#58;x 12&#58;30 a: b"},
		{"typography", `don't "quote" -- ... a-b 1.5`,
			`don&#39;t &#34;quote&#34; &#45;&#45; &#46;&#46;&#46; a-b 1.5`},
		{"marks in runs", "a,, b!! c?? d, e! f?", "a&#44;&#44; b&#33;&#33; c&#63;&#63; d, e! f?"},
		{"quotes that open", "‘a’ “b” don’t", "&#8216;a’ &#8220;b” don’t"},
		{"symbols", "(c) (R) (tm) (p) +-1 (a) (c",
			"&#40;c) &#40;R) &#40;tm) &#40;p) &#43;-1 (a) (c"},
		{"bullet", "- a", "&#45; a"},
		{"plus", "+ a", "&#43; a"},
		{"setext", "= a", "&#61; a"},
		{"definition", ": a", "&#58; a"},
		{"example list of pandoc", "(1) a", "&#40;1) a"},
		{"heading", "# a", "&#35; a"},
		{"admonition", "!!! note", "&#33;&#33;&#33; note"},
		{"one exclamation mark", "!a", "!a"},
		{"list number", "1. a", "1&#46; a"},
		{"list number, parenthesis", "12) a", "12&#41; a"},
		{"list letter", "a. b", "a&#46; b"},
		{"list number, Roman", "iv) b", "iv&#41; b"},
		{"a number", "1.5 s", "1.5 s"},
		{"a sentence", "Wait. Retry.", "Wait. Retry."},
		{"MDX program", "import x", "&#105;mport x"},
		{"MDX program", "exported", "&#101;xported"},
		{"in the middle", "to import x", "to import x"},
		{"printf", "100%d of %s", "100%d of %s"},
		{"comments", "*/ <!-- </script>", "&#42;/ &#60;!&#45;&#45; &#60;/script&#62;"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := mdtext.Literal(test.in); got != test.want {
				t.Errorf("Literal(%q)\n got %s\nwant %s", test.in, got, test.want)
			}
		})
	}
}

func TestCode(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"plain", "api-secret", "`api-secret`"},
		{"angle brackets and braces", "<code> {x}", "`<code> {x}`"},
		{"a backtick", "a`b", "``a`b``"},
		{"backticks at the ends", "`a``", "``` `a`` ```"},
		{"pipe", "a|b", "<code>a&#124;b</code>"},
		{"shortcode", "{{< x >}}", "<code>&#123;&#123;&#60; x &#62;&#125;&#125;</code>"},
		{"Jekyll tag", "{% x %}", "<code>&#123;% x %&#125;</code>"},
		{"comment of Jinja", "{# x #}", "<code>&#123;&#35; x &#35;&#125;</code>"},
		{"language", "#!python", "<code>&#35;!python</code>"},
		{"link definition", "a]: b", "<code>a&#93;: b</code>"},
		{"outer space", " a ", "<code>&#32;a&#32;</code>"},
		{"outer space of another kind", "\u00a0a", "<code>&#160;a</code>"},
		{"an end tag without a name", "<>a</>", "<code>&#60;&#62;a&#60;/&#62;</code>"},
		{"a space", " ", "<code>&#32;</code>"},
		{"newline", "a\n\tb", "`a b`"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := mdtext.Code(test.in); got != test.want {
				t.Errorf("Code(%q)\n got %s\nwant %s", test.in, got, test.want)
			}
		})
	}
}

func TestFence(t *testing.T) {
	for _, test := range []struct{ name, info, code, want string }{
		{"plain", "json", "{}\n", "```json\n{}\n```"},
		{"empty", "", "", "```\n```"},
		{"a fence inside", "md", "```\nx\n```\n", "````md\n```\nx\n```\n````"},
		{"empty lines are kept", "", "\na\n\n", "```\n\na\n\n```"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := mdtext.Fence(test.info, test.code); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestDestination(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"/api/rate-limits", "/api/rate-limits"},
		{"https://x.io/a_b?c=d&e=f#g", "https://x.io/a_b?c=d&e=f#g"},
		{"/a b(c)|{d}", "/a%20b%28c%29%7C%7Bd%7D"},
		{"/%7Bdone%7D", "/%7Bdone%7D"},
		{"/?a&copy;=1", "/?a&amp;copy;=1"},
		{"/$a$", "/%24a%24"}, // MkDocs reads mathematics even in a URL
		{"/ü", "/%C3%BC"},
	} {
		if got := mdtext.Destination(test.in); got != test.want {
			t.Errorf("Destination(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

// A position is Markdown around literal text, and the HTML that must surround what is shown of it.
type position struct{ name, before, after, left, right string }

var positions = []position{
	{"paragraph", "", "\n", "<p>", "</p>"},
	{"heading", "### ", "\n", "<h3>", "</h3>"},
	{"list item", "-   ", "\n", "<li>", "</li>"},
	{"cell", "| a |\n| --- |\n| ", " |\n", "<td>", "</td>"},
	{"cell after another", "| a | b |\n| --- | --- |\n| x | ", " |\n", "<td>x</td>\n<td>",
		"</td>\n</tr>"},
	{"link", "[", "](/x)\n", `<a href="/x">`, "</a>"},
	{"quote", "> ", "\n", "<p>", "</p>"},
}

// hostile generates short texts from what confuses renderers.
func hostile() *rapid.Generator[string] {
	piece := rapid.SampledFrom([]string{
		"*", "**", "_", "__", "`", "``", "```", "~", "~~", "#", "##", "-", "---", "+", "=", "==",
		":", "::", "|", "||", "\\", "\\|", "<", ">", "<b>", "</b>",
		"<!--", "-->", "</script>", "<script>", "<?", "<![CDATA[", "{", "}", "{{", "}}", "{%",
		"{x}", "${x}", "$", "&", "&amp;", "&#42;", "&nbsp;", "[", "]",
		"[x]", "(", ")", "(y)", "!", "!!!", "![", "](", "^", "@", "a@b.co", "http://x.io",
		"www.x.io", ".", "..", "...", "1.", "2)", "a.", "iv.", "'", "\"",
		" ", "  ", "\t", "\n", "\r\n", "\n\n", "%d", "%s", "/", "*/", "//", "import", "export",
		"word", "CODE_NAME", "é", "日本", "\u00a0", "\u2028", "🙂", ":+1:", "[^1]", "[//]: #",
	})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(piece, 0, 8).Draw(t, "pieces"), "")
	})
}

func TestLiteralShowsAsItIs(t *testing.T) {
	for _, p := range positions {
		t.Run(p.name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				text := hostile().Draw(rt, "text")
				if collapseAll(text) == "" {
					return
				}
				md := p.before + mdtext.Literal(text) + p.after
				shown := between(rt, toHTML(rt, md), p.left, p.right)
				if found := tag.FindString(shown); found != "" {
					rt.Fatalf("%q became markup: %s\nMarkdown: %s", text, found, md)
				}
				if got, want := shownText(shown), collapseAll(text); got != want {
					rt.Fatalf("shown %q\n want %q\nMarkdown: %s", got, want, md)
				}
			})
		})
	}
}

var codeTags = regexp.MustCompile(`^(?s)<code>(.*)</code>$`)

func TestCodeShowsAsItIs(t *testing.T) {
	for _, p := range positions {
		t.Run(p.name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				text := hostile().Draw(rt, "text")
				if text == "" {
					return
				}
				md := p.before + mdtext.Code(text) + p.after
				m := codeTags.FindStringSubmatch(between(rt, toHTML(rt, md), p.left, p.right))
				if m == nil || tag.MatchString(m[1]) {
					rt.Fatalf("%q is more than one piece of code\nMarkdown: %s\nHTML: %s", text, md,
						toHTML(rt, md))
				}
				if got, want := shownText(m[1]), collapseAll(text); got != want {
					rt.Fatalf("shown %q\n want %q\nMarkdown: %s", got, want, md)
				}
			})
		})
	}
}
