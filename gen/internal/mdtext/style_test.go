package mdtext_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/mdtext"
)

func TestLiteralInDialects(t *testing.T) {
	for _, test := range []struct{ in, portable, gfm, mdx string }{
		{"-11", "&#45;11", `\-11`, `\-11`},
		{"Session & infrastructure", "Session &#38; infrastructure", "Session & infrastructure",
			"Session & infrastructure"},
		{"AT&T; &amp;", "AT&#38;T; &#38;amp;", `AT\&T; \&amp;`, `AT\&T; \&amp;`},
		{`it's "so" -- or...`, "it&#39;s &#34;so&#34; &#45;&#45; or&#46;&#46;&#46;",
			`it's "so" -- or...`, `it's "so" -- or...`},
		{"a < b > c", "a &#60; b &#62; c", "a < b > c", `a \< b > c`},
		{"<b>", "&#60;b&#62;", `\<b>`, `\<b>`},
		{"> quoted", "&#62; quoted", `\> quoted`, `\> quoted`},
		{"{x} {{y}} {% z", "&#123;x&#125; &#123;&#123;y&#125;&#125; &#123;% z", `{x} \{\{y}} \{% z`,
			`\{x\} \{\{y\}\} \{% z`},
		{"a|b*c`d[e]f\\g~h", "a&#124;b&#42;c&#96;d&#91;e&#93;f&#92;g&#126;h",
			"a\\|b\\*c\\`d\\[e\\]f\\\\g\\~h", "a\\|b\\*c\\`d\\[e\\]f\\\\g\\~h"},
		{"$5 and $6", "&#36;5 and &#36;6", "&#36;5 and &#36;6", "&#36;5 and &#36;6"},
		{"C# #1", "C&#35; &#35;1", `C# \#1`, `C# \#1`},
		{"a@b.io", "a&#64;b.io", `a\@b.io`, `a\@b.io`},
		{"http://a.io www.b.io", "http&#58;//a.io www&#46;b.io", `http\://a.io www\.b.io`,
			`http\://a.io www\.b.io`},
		{"10:30 x:y", "10&#58;30 x&#58;y", "10:30 x:y", `10\:30 x\:y`},
		{"import x from 'y'", "&#105;mport x from &#39;y&#39;", "import x from 'y'",
			"&#105;mport x from 'y'"},
		{"12. x", "12&#46; x", `12\. x`, `12\. x`},
		{"iv. x", "iv&#46; x", "iv. x", "iv. x"},
		{"FILE_NAME _x_", "FILE_NAME &#95;x&#95;", `FILE_NAME \_x\_`, `FILE_NAME \_x\_`},
		{":::note", "&#58;&#58;&#58;note", ":::note", `\:\:\:note`},
		{":a-b: c:+1:", "&#58;a-b: c&#58;+1:", ":a-b: c:+1:", `\:{}a-b: c\:{}+1:`},
		{"a :b c:", "a &#58;b c:", "a :b c:", `a \:b c:`},
		{"a {#b}", "a &#123;&#35;b&#125;", "a {#b}", "a \\{#b\\}{\t}"},
		{"{#b} a", "&#123;&#35;b&#125; a", "{#b} a", `\{#b\} a`},
	} {
		for dialect, want := range map[mdtext.Dialect]string{mdtext.Portable: test.portable,
			mdtext.GFM: test.gfm, mdtext.MDX: test.mdx} {
			style := mdtext.Style{Dialect: dialect}
			if got := style.Literal(test.in); got != want {
				t.Errorf("dialect %d: Literal(%q) = %q, want %q", dialect, test.in, got, want)
			}
		}
	}
}

func TestLiteralShowsAsItIsInDialects(t *testing.T) {
	for _, p := range positions {
		t.Run(p.name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				text := hostile().Draw(rt, "text")
				if collapseAll(text) == "" {
					return
				}
				style := dialect().Draw(rt, "dialect")
				md := p.before + style.Literal(text) + p.after
				shown := between(rt, rewritten(rt, md), p.left, p.right)
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

func TestCodeInDialects(t *testing.T) {
	for _, test := range []struct{ in, others, mdx string }{
		{"a", "`a`", "`a`"},
		{"{#b} a", "<code>&#123;&#35;b&#125; a</code>", `<code>\{#b\} a</code>`},
		{"a{#b}", "<code>a&#123;&#35;b&#125;</code>", "<code>a\\{#b\\}</code>{\t}"},
		{":a:", "`:a:`", "`:a:`"},
		{":a:|", "<code>&#58;a&#58;&#124;</code>", `<code>\:{}a\:\|</code>`},
		{" a ", "<code>&#32;a&#32;</code>", "<code>&#32;a&#32;</code>"},
	} {
		for dialect, want := range map[mdtext.Dialect]string{mdtext.Portable: test.others,
			mdtext.GFM: test.others, mdtext.MDX: test.mdx} {
			style := mdtext.Style{Dialect: dialect}
			if got := style.Code(test.in); got != want {
				t.Errorf("dialect %d: Code(%q) = %q, want %q", dialect, test.in, got, want)
			}
		}
	}
}

// Attributes contain no expressions and no emoji.
func TestEmojiInProse(t *testing.T) {
	style := mdtext.Style{Dialect: mdtext.MDX}
	in := `a :b: **:c:** [:d:](/e ":f:") ![:g:](/h)`
	if got, want := style.Parse(in).Block(""),
		`a \:{}b: <strong>\:{}c:</strong> [\:{}d:](/e "\:f:") ![\:g:](/h)`; got != want {
		t.Errorf("%q becomes\n%q, want\n%q", in, got, want)
	}
}

// GitHub shows its callouts; other renderers show a bold word. Nested callouts are plain quotes on
// GitHub too.
func TestCallouts(t *testing.T) {
	for _, test := range []struct{ in, gfm, mdx string }{
		{"> [!WARNING]\n> a\n> b", "> [!WARNING]\n> a b", "> **Warning**\n>\n> a b"},
		{"> [!note]\n> a\n>\n> b", "> [!NOTE]\n> a\n>\n> b", "> **Note**\n>\n> a\n>\n> b"},
		{"> [!OTHER]\n> a", "> **Other**\n>\n> a", "> **Other**\n>\n> a"},
		{"- > [!NOTE]\n  > a", "-   > **Note**\n    >\n    > a", "-   > **Note**\n    >\n    > a"},
	} {
		for dialect, want := range map[mdtext.Dialect]string{mdtext.GFM: test.gfm,
			mdtext.MDX: test.mdx} {
			style := mdtext.Style{Dialect: dialect}
			if got := style.Parse(test.in).Block(""); got != want {
				t.Errorf("dialect %d: %q becomes %q, want %q", dialect, test.in, got, want)
			}
		}
	}
}

func TestLinksToAnchors(t *testing.T) {
	style := mdtext.Style{Anchor: func(anchor string) string {
		if anchor == "known" {
			return "known.md"
		}
		return ""
	}}
	in := "[a](#known), [b](#unknown), [c](/d#known)"
	if got, want := style.Parse(in).Block(""), "[a](known.md), b, [c](/d#known)"; got != want {
		t.Errorf("%q becomes %q, want %q", in, got, want)
	}
	if usual := (mdtext.Style{}); usual.Parse(in).Block("") != in {
		t.Errorf("%q becomes %q, want it unchanged", in, usual.Parse(in).Block(""))
	}
}

// Plain text skips the parser in all dialects, so no plain text may be special in any dialect.
func TestWhatIsSpecialSomewhereIsSpecialInPortable(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.TrimSpace(hostile().Draw(rt, "text"))
		var portable mdtext.Style
		if portable.Literal(text) != text {
			return
		}
		style := dialect().Draw(rt, "dialect")
		if got := style.Literal(text); got != text {
			rt.Fatalf("%q is plain, but dialect %d changes it to %q", text, style.Dialect,
				got)
		}
	})
}
