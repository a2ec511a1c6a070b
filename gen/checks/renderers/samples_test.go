package renderers_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/pipeline"
	said "github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/gen/internal/slug"
	"github.com/errspec/errspec/gen/internal/source"
)

// A written is a catalog's text with a name.
type written struct {
	name string
	yaml []byte
	dir  string // the folder of its includes
}

// load loads the catalog, which must have no errors. Each call returns a new one.
func (w written) load(t testing.TB) *catalog.Catalog {
	t.Helper()
	c, list := pipeline.Load(source.New("catalog.yaml", w.yaml, os.DirFS(w.dir)))
	if c == nil {
		for _, d := range list.All() {
			if d.Severity == diag.Error {
				t.Errorf("%s:%d:%d: %s", w.name, d.Span.Line, d.Span.Col, d.Message)
			}
		}
		t.FailNow()
	}
	sayMore(c)
	return c
}

// sayMore makes titles, and names of statuses, say more than a code: a page leaves out what repeats
// it, and a twin has other words.
func sayMore(c *catalog.Catalog) {
	for e := range c.All() {
		if said.Meaning(e) == "" {
			e.Title += " in words"
		}
		for _, status := range e.Statuses {
			if said.StatusMeaning(c, e, status) != "" {
				continue
			}
			title := said.StatusTitle(c, status) + " in HTTP"
			if row := c.Status(status); row != nil {
				row.Title = title
			} else {
				c.Statuses = append(c.Statuses, catalog.Status{Code: status, Title: title})
			}
		}
	}
}

func fromFile(t testing.TB, name, file string) written {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return written{name, data, filepath.Dir(file)}
}

// hostileTexts are what confuses renderers. Each of them is in every field of some code of the
// hostile catalog.
var hostileTexts = []string{
	// HTML, and what ends it
	"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<b onclick='x()'>bold</b>",
	"</code></td></table>", "<!-- hidden -->", "<!doctype html>",
	"<?php x ?>", "<![CDATA[ x ]]>", "]]>", "a <br> b", "<details><summary>s</summary>d</details>",
	"Map<String, List<T>>", "a < b > c", "<https://a.example/x_y>", "<a@b.example>",
	"&lt;b&gt; &amp;amp; &copy; &#42; &nbsp; &notanentity; AT&T", "<code>",
	"<Component prop={x} {...rest} />", "<>fragment</>", "x</",
	// Programs and templates
	"{x}", "{{ x }}", "{% raw %}", "{# x #}", "{{< shortcode >}}", "{{% shortcode %}}", "${x} $$ $",
	"{", "}", "}}", "{/* x */}", "import x from 'y'", "export const x = 1", "{: .class }", "{#id}",
	"{.class key=val}", "{!path!}",
	"--8<-- \"file\"", "<%= x %>", "[[wiki]]", "{+ins+}", "{~~a~>b~~}", "{==mark==}{>>note<<}",
	"++ctrl+alt++", "%d %s %[1]v %%", "#{x}", "@include x", "\\{x\\}", "::: note",
	":::tip[Title]{key=val}", "::leaf{x}", "a :text[x] b",
	// Emphasis, code and their neighbours
	"*a*", "**a**", "***", "a*b*c", "_a_", "__init__", "snake_case_", "_", "~a~", "~~a~~", "~",
	"`code`", "``a` b``", "`", "```", "````x", "``` ` ``", "\\`x\\`", "==a==", "^a^", "a^2^",
	"H~2~O", "++a++", "+++", "--", "---", "-- a --- b", "...", "it's \"quoted\" ‘so’",
	"(c) (r) (tm) +-", "1/2 c/o -> <- =>",
	// Tables
	"|", "a | b", "| a | b |", "\\|", "a || b", "| --- |", "|---|---|", "`a | b`", "`|`", "\\",
	"\\\\", "a\\", "a\\\\|b", "a\n| b | c |\n| --- | --- |\n| d | e |",
	// The beginnings of blocks
	"# a", "## a ##", "a #", "#", "#!", "- a", "-", "+ a", "* a", "1. a", "1) a", "(1) a", "12. ",
	"a. b", "iv) c", "(@) x", "> a", ">", "=", "===", "a\n===", "a\n---", "a\n\nb", "    indented",
	"\ttab", "~~~", "!!! note", "??? note", "???+ x", "=== \"Tab\"", ": def", "a\n: b", "/// x",
	"*[abbr]: x", "[x]: /y", "[x]: /y 'z'", "[^1]: note", "- [ ] task", "[ ] task", "[x]", "$$",
	"$$\nx\n$$", "% x", "+++\na = 1\n+++", "---\na: b\n---", "[TOC]", "\\pagebreak", "@startuml",
	"////", "= a", "== a", ".. note::", "i. a", "A) b", "#. a", "|a line block",
	// Links, mentions, footnotes, mathematics, emoji
	"[a](b)", "![a](b)", "[a][b]", "[a]", "![", "a](b", "[^1]", "a^[note]", "http://a.example",
	"https://a.example/x_y_z?b=c&d=e#f", "www.a.example", "a@b.example", "mailto:a@b.example",
	"xmpp:a@b.example", "a.example", "@user", "@user/repo", "#1", "user/repo#1",
	"a1b2c3d4e5f6a7b8c9d0a1b2c3d4e5f6a7b8c9d0",
	":smile:", ":+1:", "12:30:45", "a::b::c", "::x", ":x", "$x$", "a$b$c", "$1 and $2", "\\(x\\)",
	"\\[x\\]", "$`x`$", "[@cite]", "@cite [p. 1]", "-@cite", "C#", "C++", "F#.", "a/b",
	"x ** y ** z", "2 * 3 * 4", "a_b_c", "a __b__ c", "50%", "~/.config", "!important", "?", "!",
	// Other scripts, and invisible characters
	"日本語。*强调*。", "**「x」**です", "Größe: ÄÖÜ", "é \u0301",
	"👍🏽 👩‍👩‍👧", "a\u00a0b", "\u00a0a\u00a0", "a\u2003b", "\u3000x",
	"می\u200cخواهم", "مرحبا", "ﬁ ½ ™", "a  b   c", "“a” – b — c…", "\ufffd",
}

// longText is nearly as long as allowed: paragraphs with as much markup as allowed.
func longText() string {
	paragraph := strings.Repeat("All work and no *play* makes `Jack` a | dull <b>boy</b> {x}. ",
		160)
	return strings.TrimSpace(strings.Repeat(paragraph+"\n\n", 6))
}

// hostileMarkdown is what an author may write in Markdown, in addition.
var hostileMarkdown = []string{
	"Text with `a|b`, **strong `code`**, *emphasis*, ~~gone~~ and [a link](/a_(b)?c=d&e=f#g \"A *title*\").",
	"- one\n- two\n  - three `a|b`\n  - four\n- five", "1. one\n2. two\n\n   and more\n3. three",
	"7) seven\n8) eight", "- [ ] do `this`\n- [x] did that",
	"> a quote\n>\n> > in a quote\n>\n> - and a list", "> [!WARNING]\n> Not all read `[!WARNING]`.",
	"| a | b |\n| :-- | --: |\n| `x\\|y` | {z} |\n| <b> | |",
	"```js\nconst x = `<b>{y}</b>` // {{ z }} {% raw %} ~~~ $x$\n\n    indented\n```",
	"~~~\n``` not a fence\n| a |\n~~~", "    indented code <b> {x}\n\n    and more",
	"# A heading\n\ntext\n\nAnother\n-------\n\n### `code|pipe` *third* #",
	"Line one\\\nline two  \nline three", "![An *image* | text](/x.png \"title\")",
	"<https://a.example/{x}> and https://a.example/b_c and www.a.example and a@b.example.",
	"[ref][r], [collapsed][] and [shortcut].\n\n[r]: /ref \"t\"\n[collapsed]: /c\n[shortcut]: </s p>",
	"<div>\n*not emphasis*\n</div>\n\nafter <span title=\"{x}\">span</span><br/>",
	"<!-- a comment\n\nof two paragraphs -->\n\nafter", "a\n\n***\n\nb",
	"`code` first, then *a*b and a*b*c and **a**.",
	"***both*** and **a *nested* one** and *`code`* and **[link](/x)**",
	"import x from 'y'\n\nexport const z = 1", "Final code: `{{ x }}`",
	"`|` begins, and ``a ` b``, and ` outer `, and `` ` ``.", "Footnote[^1]\n\n[^1]: The note.",
	"Term\n: Definition",
	"\\*not\\* \\_em\\_ \\<b\\> \\{x\\} \\| \\\\ \\` \\[a\\](b) \\# \\& &amp; &#123; &lt;",
	"![](/no-alt.png) and [](/no-text)", "a&nbsp;b &copy; &hearts;",
	"\"Quotes\" -- dashes --- and dots...",
}

// urls are the targets of links, with characters that matter in the parentheses of a link.
var urls = []string{
	"/a", "/a_(b)_c", "https://a.example/a_b_c?d=e&copy=f&lt;#g", "/a|b", "/{x}/{{y}}",
	"/*a*/~b~/c", "/%7Bdone%7D?a=%25", "/it's", "/a)b", "/(a", "/[a]", "mailto:a@b.example", "/日本",
	"/@user/:x:/$y$",
}

// build returns a catalog in which every field contains each of the texts, and every Markdown field
// each of the Markdown texts. A field that cannot hold a text unchanged holds a similar one.
func build(t testing.TB, name string, texts, markdown []string) written {
	t.Helper()
	type object = map[string]any
	at := func(list []string, i int) string { return list[i%len(list)] }
	n := max(len(texts), len(markdown))

	var groups []any
	var sections []any
	var retired []any
	statuses := object{}
	codes := make([]string, n)
	for i := range n {
		codes[i] = code(at(texts, i), i)
	}
	positions := []string{"start", "after-envelope", "after-statuses", "after-codes", "end"}
	for i := range n {
		literal, md := at(texts, i), at(markdown, i)
		text := func(shift int) string { return dollars(at(texts, i+shift)) }
		prose := func(shift int) string { return dollars(at(markdown, i+shift)) }
		if status := 400 + i; status <= 599 {
			statuses[fmt.Sprint(status)] = object{"title": text(0), "cause": prose(0)}
		}
		if i%4 == 0 {
			groups = append(groups, object{"id": fmt.Sprintf("g%d", i),
				"title": numbered(dollars(literal), "G", i), "description": prose(3),
				"errors": []any{}})
			section := object{"position": positions[i/4%len(positions)], "text": md}
			if i%8 == 0 {
				section["title"] = dollars(numbered(at(texts, i+1), "S", i))
			}
			sections = append(sections, section)
			retired = append(retired, object{"code": code(literal, n+i), "status": 400,
				"since": since(literal), "use": codes[(i+1)%n], "note": prose(4)})
		}
		e := object{
			"code": codes[i], "status": 400 + i%200, "title": text(0), "since": since(literal),
			"tags":        []string{literal, at(texts, i+1)},
			"description": prose(0), "resolution": prose(1), "stability": "beta", "retry": "never",
			"links": []any{object{"title": text(2), "url": at(urls, i)}},
			"see":   []string{codes[(i+1)%n]},
			"params": object{
				"p": object{"type": "string", "example": literal, "description": prose(2)},
				"kind": object{"type": "string", "enum": []string{numbered(literal, "K", i),
					"other"}, "example": "other", "detail": true, "description": text(1)},
				"plain1": object{"type": "string", "example": literal},
			},
			"values": object{"v": object{"type": "string", "value": literal,
				"description": prose(3)}, "w": []string{literal, at(texts, i+1)}},
			"headers": object{"X-Reason": strings.TrimSpace(collapse(text(0))) + " ${p} " +
				strings.TrimSpace(collapse(text(0))), "X-*|`~_^": "a ${plain1}"},
			"meta": object{"kind": literal},
		}
		switch i % 3 {
		case 0:
			e["message"] = text(0)
		case 1:
			e["message"] = text(0) + "${p}" + text(1) + "${plain1}"
		default:
			e["variants"] = []any{
				object{"id": "one", "message": text(0) + " one ${p}", "resolution": prose(4)},
				object{"id": "two", "message": "two " + text(0)},
			}
		}
		if i%4 == 0 && n > 1 {
			e["deprecated"] = object{"since": since(literal), "use": codes[(i+1)%n],
				"note": text(1)}
		}
		last := groups[len(groups)-1].(object)
		last["errors"] = append(last["errors"].([]any), e)
	}
	data, err := json.Marshal(object{
		"version": 1, "title": dollars(texts[0]), "description": dollars(markdown[0]),
		"docs_url": "https://a.example/errors", "service": "hostile",
		"envelope": object{
			"media_type":  "application/x.hostile+json",
			"description": dollars(markdown[len(markdown)-1]),
			"example": object{"code": texts[0], "message": dollars(texts[len(texts)-1]),
				"status": 400},
			"body": object{
				"errors": []any{object{"the `code` | <b>": "$code", "{detail}": "$message",
					"params": "$params", "kind": "$meta.kind", "link": "$docs_url",
					"variant": "$variant"}},
				"const": dollars(texts[len(texts)/2]),
				"text":  dollars(texts[len(texts)/3]) + " ${status}", "status": "$status",
			},
		},
		"statuses": statuses, "groups": groups, "retired": retired,
		"docs": object{"front_matter": object{"section": "api"}, "sections": sections},
		"lint": object{"code_pattern": ".*"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return written{name, data, "."}
}

// code makes a code of a text. The number makes its anchor unique.
func code(text string, i int) string {
	text = strings.Trim(strings.Join(strings.FieldsFunc(text,
		func(r rune) bool {
			return strings.ContainsRune(" \t\n\u2028\u00a0\u200c\u200d\u2003\ufffdﬁ½™", r)
		}), " "), "\u3000")
	for len(text) > 90 {
		text = string([]rune(text)[:20])
	}
	return numbered(text, "N", i)
}

// numbered puts a number at one end of a text, so that its anchor is unique and both ends occur
// without it.
func numbered(text, letter string, i int) string {
	number := fmt.Sprintf("%s%dn", letter, i)
	if i%2 == 0 || slug.Make(text+number) == "" {
		return text + number
	}
	return number + text
}

// since is a text without a final dot, because the page adds one.
func since(text string) string {
	if text = strings.TrimRight(text, ". "); text != "" {
		return text
	}
	return "1"
}

// dollars escapes text for a field in which $ is special.
func dollars(text string) string { return strings.ReplaceAll(text, "$", "$$") }

func hostile(t testing.TB) written {
	return build(t, "hostile", append([]string{"1. Errors *of* {all} | kinds, #1 <b>"},
		hostileTexts...), append(hostileMarkdown, hostileTexts...))
}

// long is a catalog with a text of 60 KB.
func long(t testing.TB) written {
	t.Helper()
	data, err := json.Marshal(map[string]any{
		"version": 1, "title": "Long",
		"groups": []any{map[string]any{"id": "g", "title": "Group", "errors": []any{
			map[string]any{"code": "LONG_TEXT", "status": 400, "message": "Long",
				"description": longText(), "resolution": "Short."},
		}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return written{"60 KB", data, "."}
}

// pieces are the parts of random texts.
var pieces = []string{
	"*", "**", "_", "__", "`", "``", "```", "~", "~~", "#", "##", "-", "--", "---", "+", "++", "=",
	"==", ":", "::", ":::", "|", "||", "\\", "\\|", "<", ">", "<b>", "</b>", "<!--", "-->",
	"</script>", "<script>", "<?", "<![CDATA[", "]]>", "{", "}", "{{", "}}", "{%", "%}", "{x}", "${x}",
	"$", "$$", "&", "&amp;", "&#42;", "&nbsp;", "[", "]", "[x]", "(", ")", "(y)", "!", "!!!", "![",
	"](", "^", "@", "@user", "a@b.co", "http://x.io", "www.x.io", ".", "..", "...", "1.", "2)", "a.",
	"iv.", "'", "\"", " ", " ", " ", "  ", "\t", "\n", "\n\n", "%d", "%", "/", "*/", "//", "///",
	"import ", "export ", "word", "word", "a", "1", "CODE_NAME", "é", "日本", "\u00a0", "\u2003",
	"🙂", ":+1:", ":x:", "[^1]", "[//]: #", "]: ", "?", "??", ",", ";",
}

// markdownPieces are additional parts of random texts in Markdown.
var markdownPieces = append([]string{
	"](/u)", "](/u \"t\")", "[r]", "\n\n[r]: /ref\n\n", "<div>\n", "<https://a.io/x_y>", "\\*",
	"\\\n", "  \n", "\n- ", "\n  - ", "\n* ", "\n1. ", "\n2) ", "\n> ", "\n# ", "\n### ", "\n---\n",
	"\n===\n",
	"\n    ", "\n```\n", "\n```go\n", "\n~~~\n", "\n| a | b |\n|---|:-:|\n| ", " | ", " |\n",
	"- [ ] ", "\n- [x] ", "\n\n", "\n\n", "word ", " word", "*word*", "**word**", "`word`",
	"[word](/u)",
}, pieces...)

// random returns a catalog of n random texts of each kind. The seed determines the result.
func random(t testing.TB, n, seed int) written {
	texts := sample(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 7), n, seed,
		func(s string) bool { return strings.TrimSpace(squeeze(s)) == "" })
	for i, s := range texts {
		if leadsElsewhere(s) { // where the text is Markdown
			texts[i] = "x" + s // so that it does not begin a link definition
		}
	}
	markdown := sample(rapid.SliceOfN(rapid.SampledFrom(markdownPieces), 1, 12), n, seed+1,
		func(s string) bool {
			return strings.TrimSpace(s) == "" || leadsElsewhere(s) || hasBlankParagraph(s)
		})
	return build(t, fmt.Sprintf("random %d", seed), texts, markdown)
}

// hasBlankParagraph reports whether a line contains only spaces beyond ASCII. Such a paragraph
// shows nothing and is omitted.
func hasBlankParagraph(md string) bool {
	for line := range strings.SplitSeq(md, "\n") {
		if strings.TrimSpace(line) == "" && strings.Trim(line, " \t") != "" {
			return true
		}
	}
	return false
}

// leadsElsewhere reports whether a text has a link that catalogs must not have.
func leadsElsewhere(md string) (found bool) {
	src := []byte(md)
	doc, _ := mdtext.ParseTree(src)
	_ = ast.Walk(doc, func(n ast.Node, _ bool) (ast.WalkStatus, error) {
		var url string
		switch n := n.(type) {
		case *ast.Link:
			url = mdtext.Unescaped(string(n.Destination))
		case *ast.Image:
			url = mdtext.Unescaped(string(n.Destination))
		case *ast.LinkReferenceDefinition:
			url = mdtext.Unescaped(string(n.Destination))
		case *ast.AutoLink:
			if n.AutoLinkType == ast.AutoLinkURL {
				url = string(n.URL(src))
			}
		}
		found = found || url != "" && !mdtext.IsSafeURL(url)
		return ast.WalkContinue, nil
	})
	return found
}

func sample(of *rapid.Generator[[]string], n, seed int, refused func(string) bool) []string {
	var texts []string
	for i := 0; len(texts) < n; i++ {
		if text := strings.Join(of.Example(seed*1_000_000+i), ""); !refused(text) {
			texts = append(texts, text)
		}
	}
	return texts
}
