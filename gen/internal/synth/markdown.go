package synth

import (
	"fmt"
	"strconv"
	"strings"
)

// Markdown returns the constructs of Markdown as pieces of a text, by name, including those that a
// parser may rescan when they repeat. A piece gets its number.
func Markdown() map[string]func(i int) string {
	pieces := map[string]func(i int) string{
		"an open destination": after("[a](", "("),
		"lists in a line":     numbered("%d. "),
		"a fence":             after("```\n", "a\n"),
		"ticks in a fence":    after("~~~\n", "```\n"),
		"footnotes":           numbered("[^%d]\n\n[^%[1]d]: x\n\n"),
		"stars, more each time": func(i int) string {
			return strings.Repeat("*", i%300+1) + "a"
		},
		"ticks, more each time": func(i int) string { return strings.Repeat("`", i+1) + "a " },
		"fences, longer each time": func(i int) string {
			return strings.Repeat("`", i%200+3) + "\n"
		},
		"the end of a heading":       after("# a", "#"),
		"the end of a heading, open": after("# a", " #"),
		"entities behind a URL":      after("http://a.example/", "&a;"),
		"parentheses behind a URL":   after("http://a.example/", ")"),
		"points behind a URL":        after("http://a.example/", "."),
		"an open URL":                after("http://a.example/", "("),
		"a numbered list":            numbered("%d. a\n"),
		"lists side by side": func(i int) string {
			return []string{"- a\n", "* a\n", "+ a\n"}[i%3]
		},
		"an item":                after("- a\n", "  b\n"),
		"an item of blank lines": after("- a\n", "  \n"),
		"an item of paragraphs":  after("- a\n", "\n  b\n"),
		"lists in lists": func(i int) string {
			return strings.Repeat("  ", i%100) + "- a\n"
		},
		"loose lists in lists": func(i int) string {
			return strings.Repeat("  ", i%100) + "- a\n\n"
		},
		"indented items": func(i int) string {
			return strings.Repeat(" ", i*2%200) + "- a\n"
		},
		"quotes in quotes": func(i int) string {
			return strings.Repeat(">", i%100) + " a\n"
		},
		"quotes at the maximum depth": func(int) string { return strings.Repeat("> ", 99) + "a\n" },
		"a long label":                after("[", "a "),
		"definitions":                 numbered("[r%d]: /x\n"),
		"definitions in use":          numbered("[r%[1]d]\n\n[r%[1]d]: /x\n\n"),
		"uses of a definition":        after("[a]: /x\n\n", "[a] "),
		"open uses of a definition":   after("[a]: /x\n\n", "[a][b"),
		"uses of a long definition":   after("[a]: /"+strings.Repeat("x", 3000)+"\n\n", "[a] "),
		"a table":                     after("|a|b|\n|-|-|\n", "|c|d|\n"),
		"a row of a table":            after("|a|b|\n|-|-|\n", "|c"),
		"the head of a table":         after("|a|\n|", ":-:|"),
		"markup in a table":           after("|a|b|\n|-|-|\n", "|`c\\|`|*d_|\n"),
		"columns":                     func(int) string { return "|a" },
	}
	for _, piece := range [...]string{
		"*a_", "*a_ ", "**a __b ", "*a**b", "_a *b ", "**a* ", "***a ", "a**b_", "~a~~b ", "~~a ",
		"*a~~_b", "* ", "**a ", "a** ",
		"_a_ ", "*a* ", "**a** ", "*", "_", "*_", "~", "*a **b ", "[", "[a", "![", "![a](", "[a](",
		"[a](b", "[a](<b", "[a](b \"", "[](",
		"[a](/b) ", "[a](/b)", "[a][", "[a][b] ", "]", "[]", "a] ", "[*a](/b)", "[a*](/b)_",
		"![a](/b.png) ", "(", "`a ", "``a`b",
		"`a` ", "`AB` ", "<", "<a ", "<a b=\"", "<b>", "<!-- ", "<?", "<![CDATA[", "<!A ", "</a",
		"<https://a.example>",
		"https://a.example/b ", "https://a.example/b", "www.a.example ", "a@b.example ", "a@", "a.",
		"www.", "http://", ":", "a:", "://",
		"mailto:", "http://a.b/()", "&", "&amp;", "&#", "&#49;", "&aaaa", "&;", "\\*", "\\",
		"a\\\n", "a  \nb", "a\n", "a\n\n",
		"*a_\n\n", "a ", "x", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ", "# a\n", "## a\n\nb\n\n",
		"a\n=\n", "a\n-\n", "---\n", "-", "* * ",
		"> a\n", "> a\n\nb\n\n", "> a\nb\n", "> a\n\n", ">", "> ", "- a\n", "* a\n", "- a\n\n",
		"- - - a\n", "- a\n\nb\n\n", "-\n",
		"-\n\n", "- [ ] a\n", "```\na\n```\n", "```\n", "~~~\na\n", "    a\n", "    a\n\n",
		"<div>\na\n\n", "<div>\n", "<!--\n",
		"<!-- a -->\n", "<script>\n", "<details>\n\na\n\n</details>\n\n", "<pre>\n\n",
		"|a|\n|-|\n|b|\n\n", "|", "|-|-|\n", "|a|\n",
		"[a]: /x\n", "[a]:\n", "[a]: /x \"t\n", "> [!NOTE]\n> a\n\n", "# a {#b}\n", "{", "{a} ",
		"{{ a }}", "{{% a %}}", ":smile:",
		"import a\n\n", "a | b ", "a \\\\( b ", "@a ", "#a ", "\ta\n", "é", "\u00a0a", "👩‍👩",
		"\"a' ", "a -- b ", "...", "1", "+ ",
		"=\n", "a\n==",
	} {
		pieces[strconv.Quote(piece)] = func(int) string { return piece }
	}
	return pieces
}

// MarkdownTokens returns the elements of Markdown, for random combinations.
func MarkdownTokens() []string {
	return []string{
		"*", "**", "***", "_", "__", "~", "~~", "a", "b c", "[", "]", "(", ")", "![", "](", "](/x)",
		"<", ">", "</", "<a", "<a b='",
		"\"", "'", "<!--", "-->", "<?", "<![CDATA[", "`", "``", "```", "~~~", "\n", "\n\n", "  \n",
		"\\", "\\\n", "&", "&amp;", "&#", ";",
		"#", " ", "  ", "    ", "\t", "- ", "* ", "+ ", "1. ", "1) ", "> ", ">", "---", "===", "|",
		"|-", ":-", "[a]: ", "[a]", "[a][",
		"[^a]", "http://", "https://a.b/", "www.", "www.a.b", "@", "a@b.c", "mailto:", ".", ":",
		",", "!", "é", "\u00a0", "{", "}", "$",
		"$$", "[ ] ", "[x] ", "<div>", "</div>", "<script>", "<pre>", "<https://a>", "<a@b.c>", "0",
		"x\n", "\n  ", "\n    ", "\n> ",
		"\n- ", "\n\n  - ",
	}
}

// after returns a piece that is first once, then each following time.
func after(first, then string) func(int) string {
	return func(i int) string {
		if i == 0 {
			return first
		}
		return then
	}
}

func numbered(format string) func(int) string {
	return func(i int) string { return fmt.Sprintf(format, i) }
}

// OfSize repeats a piece until the text has size bytes, or a few less.
func OfSize(size int, piece func(i int) string) string {
	var b strings.Builder
	for i := 0; ; i++ {
		p := piece(i)
		if b.Len()+len(p) > size {
			return b.String()
		}
		b.WriteString(p)
	}
}
