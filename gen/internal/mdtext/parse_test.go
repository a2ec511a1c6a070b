package mdtext_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/mdtext"
)

// block renders a text as blocks, without a lead.
func block(md string) string { return mdtext.Parse(md).Block("") }

func TestBlock(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"plain", "Top up, then contact support — it's 1 of 2: (a) or (b).",
			"Top up, then contact support — it's 1 of 2: (a) or (b)."},
		{"final newline", "A text.\n", "A text."},
		{"one paragraph is one line", "Two\nlines.\n\nAnother.", "Two lines.\n\nAnother."},
		{"code", "The `api-secret` header: `<code>`.", "The `api-secret` header: `<code>`."},
		{"code with a pipe", "See `a|b`.", "See <code>a&#124;b</code>."},
		{"code with a pipe at the start", "`a|b` it is", "&#32;<code>a&#124;b</code> it is"},
		{"escapes and entities", `\*a\* &lt;b&gt; &copy;`, "&#42;a&#42; &#60;b&#62; ©"},
		{"braces", "an {x} in {{y}}", "an &#123;x&#125; in &#123;&#123;y&#125;&#125;"},
		{"inline HTML", "a <code>b</code><br>c", "a &#60;code&#62;b&#60;/code&#62;&#60;br&#62;c"},
		{"inline HTML with quotes", `it's <a title="b">`, "it's &#60;a title=&#34;b&#34;&#62;"},
		{"HTML block", "<details>\n<p>a</p>\n</details>\n\nb",
			"&#60;details&#62; &#60;p&#62;a&#60;/p&#62; &#60;/details&#62;\n\nb"},
		{"comment", "<!--\na\n-->\nb", "&#60;!&#45;&#45; a &#45;&#45;&#62;\n\nb"},
		{"emphasis", "*a* and __b__, `c`", "*a* and **b**, `c`"},
		{"emphasis inside a word", "a*b*c", "a<em>b</em>c"},
		{"a paragraph that is strong", "**{a} b|**\n\n_(c)_", "**&#123;a&#125; b&#124;**\n\n*(c)*"},
		{"a heading without a word", "# [a] `b|c`", "**&#91;a&#93; <code>b&#124;c</code>**"},
		{"emphasis and strong", "***a***", "&#32;<em>**a**</em>"},
		{"strong that ends in a colon", "**a:** b", "**a:** b"},
		{"strikethrough", "~~a~~ b", "&#32;<del>a</del> b"},
		{"hard break", "a\\\nb  \nc", "a <br />b <br />c"},
		{"link", "[a *b*](/c \"d\")", "[a *b*](/c \"d\")"},
		{"reference link", "[a][b]\n\n[b]: /c?d&e", "[a](/c?d&e)"},
		{"autolink", "<https://a.io/b_c>", "[https&#58;//a.io/b_c](https://a.io/b_c)"},
		{"bare link", "see www.a.io.", "see [www&#46;a.io](http://www.a.io)."},
		{"text at the end of a link",
			"[a](https://b.io)& [c](https://d.io)* [e](https://f.io), [g](/h)&",
			"[a](<https://b.io>)&#38; [c](<https://d.io>)&#42; [e](https://f.io), [g](/h)&#38;"},
		{"mail", "<a@b.io>", "[a&#64;b.io](mailto:a@b.io)"},
		{"program in a link", "[a](javascript:b) [c](JAVASCRIPT:d) [e](&#106;avascript:f)",
			"a c e"},
		{"parentheses and pipe in a link", "[a](</b(c|d)>)", "[a](/b%28c%7Cd%29)"},
		{"image", "![a *b*](c.png)", "![a b](c.png)"},
		{"no image", `\![a](b)`, "&#33;[a](b)"},
		{"list number", "1\\. a", "1&#46; a"},
		{"headings", "# A\n\nb\n\nC **d**\n---\n", "**A**\n\nb\n\n**C d**"},
		{"rule", "a\n\n---\n\nb", "a\n\n___\n\nb"},
		{"list", "* a\n* b\n  c", "-   a\n-   b c"},
		{"loose list", "1. a\n\n   b\n2. c", "1.  a\n\n    b\n\n2.  c"},
		{"nested list", "- a\n  - b\n    1) c", "-   a\n    -   b\n        1.  c"},
		{"list that starts elsewhere", "9. a\n10. b", "9.  a\n10. b"},
		{"lists side by side", "- a\n\n* b\n\n+ c", "-   a\n\n*   b\n\n-   c"},
		{"list with code", "- a\n\n      b", "-   a\n\n    ```\n    b\n    ```"},
		{"empty item", "- a\n-\n- b", "-   a\n-   &#32;\n-   b"},
		{"tasks", "- [x] a\n- [ ] b", "-   [x] a\n-   [ ] b"},
		{"a list number after a task", "- [ ] 1\\. a", "-   [ ] 1&#46; a"},
		{"quote", "> a\n>\n> b", "> a\n>\n> b"},
		{"callout", "> [!WARNING]\n> a\n> b", "> **Warning**\n>\n> a b"},
		{"callout written out", "> **Important** a", "> **Important** a"},
		{"fence", "```go\nx := `a`\n{y}\n```", "```go\nx := `a`\n{y}\n```"},
		{"fence of tildes with backticks", "~~~\n```\n~~~", "````\n```\n````"},
		{"fence with attributes", "```js title=\"a\"\nb\n```", "```js\nb\n```"},
		{"fence with a language that not all read", "```compile_fail,E0004\na\n```",
			"```compile_fail\na\n```"},
		{"fence with braces", "```{.js}\na\n```", "```\na\n```"},
		{"indented code", "    a\n\n      b", "```\na\n\n  b\n```"},
		{"table", "| a | b |\n|:-:|--:|\n| `c\\|d` | e |",
			"| a | b |\n| :---: | ---: |\n| <code>c&#124;d</code> | e |"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, block(test.in)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestBlockLead(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"plain", "a", "**What:** a"},
		{"a paragraph", "- is `a`", "**What:**\n\n-   is `a`"},
		{"HTML after a lead", "<p>a", "**What:** &#60;p&#62;a"},
		{"list number after a lead", "1\\. a", "**What:** 1. a"},
		{"invisible text", "[a]: /b", ""},
		{"tag after a lead", "`a|b`\n\nc", "**What:** <code>a&#124;b</code>\n\nc"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, mdtext.Parse(test.in).Block("**What:** ")); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestSection(t *testing.T) {
	got := mdtext.Parse("## A #\n\n#### B `c|d`\n\n> # D\n\n```js title=\"a\"\nb\n```").Section(3)
	want := "#### A\n\n###### B <code>c&#124;d</code>\n\n> ### D\n\n```js title=\"a\"\nb\n```"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestCell(t *testing.T) {
	for _, test := range []struct {
		name, in, want string
		fits           bool
	}{
		{"empty", "", "", true},
		{"plain", "a", "a", true},
		{"pipes", "a | b `c|d`", "a &#124; b <code>c&#124;d</code>", true},
		{"code first", "`c|d`", "<code>c&#124;d</code>", true},
		{"two lines", "a\nb", "a b", true},
		{"two paragraphs", "a\n\nb", "a", false},
		{"a list", "- a\n- b", "a", false},
		{"a reference link", "[a][b]\n\n[b]: /c", "[a](/c)", true},
		{"a paragraph that shows nothing", "[](/a)\n\nb", "b", true},
		{"invisible text", "[a]: /b\n\n[](/a)\n\n> >", "", true},
		{"code first, then text", "```\na\n```\n\nb", "b", false},
		{"code alone", "```\na\n```", "", false},
		{"HTML", "<p>\na", "&#60;p&#62; a", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := mdtext.Parse(test.in)
			if got := d.Cell(); got != test.want || d.Fits() != test.fits {
				t.Errorf("Cell(%q) = %q, fits %t; want %q, %t", test.in, got, d.Fits(), test.want,
					test.fits)
			}
		})
	}
}

func TestWhole(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"plain", "a", "a"},
		{"one paragraph", "a | b\n`c`", "a &#124; b `c`"},
		{"paragraphs", "a\n\n\nb", "a <br />b"},
		{"a heading", "# a\n\nb", "**a** <br />b"},
		{"a list", "a:\n\n- b\n- c\n\n  d\n  1. e", "a: <br />• b <br />• c <br />d <br />1. e"},
		{"an ordered list", "3. a\n4. b", "3. a <br />4. b"},
		{"an empty item", "- a\n-\n- b", "• a <br />• b"},
		{"code", "a\n\n```sh\nif a | b\n\n\tc\n```",
			"a <br /><code>if a &#124; b</code> <br /><code>&#32;c</code>"},
		{"a quote", "> a\n>\n> b", "a <br />b"},
		{"a callout", "> [!NOTE]\n> a\n>\n> b", "**Note:** a <br />b"},
		{"a table", "| a | b |\n| --- | --- |\n| c | `d\\|e` |",
			"a · b <br />c · <code>d&#124;e</code>"},
		{"a rule", "a\n\n---\n\nb", "a <br />b"},
		{"invisible text", "[a]: /b\n\n[](/a)\n\n> >", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := mdtext.Parse(test.in).Whole(); got != test.want {
				t.Errorf("Whole(%q) = %q, want %q", test.in, got, test.want)
			}
		})
	}
}

func TestPlain(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"empty", "", ""},
		{"plain", "It's a text.", "It's a text."},
		{"markup", "*a* **b** ~~c~~ `d|e` \\* &lt;", "a b c `d|e` * <"},
		{"links", "[a](/b) <https://c.io> [d](#e)", "a (/b) https://c.io d"},
		{"image", "![a](b.png)", "a (b.png)"},
		{"HTML", "a<br>b\n\n<p>\nc", "a<br>b\n\n<p> c"},
		{"blocks", "# A\n\n> [!NOTE]\n> b\n\n1. c\n2. d\n\n```go\ne\n\nf\n```",
			"A\n\n> Note:\n>\n> b\n\n1.  c\n2.  d\n\n    e\n\n    f"},
		{"hard break", "a  \nb", "a\nb"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, mdtext.Plain(test.in)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestDeepNestingIsText(t *testing.T) {
	for _, marker := range []string{">", "> ", "- ", "1. "} {
		deep := strings.Repeat(marker, 500_000) + "a"
		if got, want := block(deep), mdtext.Literal(deep); got != want {
			t.Errorf("half a million times %q: want literal text, got %.40q…", marker, got)
		}
		if got := block(strings.Repeat(marker,
			50) + "a"); got == mdtext.Literal(strings.Repeat(marker, 50)+"a") {
			t.Errorf("fifty times %q counts as literal text, want markup", marker)
		}
	}
}

func TestLink(t *testing.T) {
	for _, test := range []struct{ text, url, want string }{
		{"`A`", "#a", "[`A`](#a)"},
		{"a", "", "a"},
		{"a", "javascript:b", "a"},
	} {
		if got := mdtext.Link(test.text, test.url); got != test.want {
			t.Errorf("Link(%q, %q) = %q, want %q", test.text, test.url, got, test.want)
		}
	}
}

// Text must parse the same whether or not it skips the parser.
func TestPlainTextNeedsNoParser(t *testing.T) {
	for _, text := range []string{"A sentence: with (parentheses), 100% plain; isn't it? Yes!",
		"FILE_TOO_LARGE – 10 MB / 20 MB", "日本語。", "e.g. a-b"} {
		// A line end sends it through the parser.
		long := block(strings.Replace(text, " ", "\n", 1) + "\n\n<!-- x -->")
		if want := block(text) + "\n\n&#60;!&#45;&#45; x &#45;&#45;&#62;"; long != want {
			t.Errorf("with and without the parser:\n%s\n%s", long, want)
		}
	}
}
