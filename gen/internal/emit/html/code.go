package html

import (
	"html"
	"html/template"
	"regexp"
	"strings"
	"sync"

	"github.com/errspec/errspec/gen/internal/sample"
)

// codes returns samples with their syntax marked.
func codes(all []sample.Sample, anchor, of string) samples {
	view := samples{Anchor: anchor, Of: of}
	for _, s := range all {
		text := highlightedCode(s.Fence, strings.TrimSuffix(s.Code, "\n"))
		view.Codes = append(view.Codes, code{s.ID, s.Title, text})
	}
	return view
}

var fence = regexp.MustCompile(`(?s)<pre><code(?: class="language-([^"]*)")?>(.*?)</code></pre>`)

// withCode gives each block of code in an author's text its syntax and a button to copy it.
func withCode(rendered string) template.HTML {
	return template.HTML(fence.ReplaceAllStringFunc(rendered, func(block string) string {
		m := fence.FindStringSubmatch(block)
		text := strings.TrimSuffix(html.UnescapeString(m[2]), "\n")
		return `<figure class="example"><figcaption>` + m[1] + `<span class="tools scripted">` +
			`<button class="copy" type="button" data-copy="code">Copy</button></span></figcaption>` +
			`<pre><code>` + string(highlightedCode(html.UnescapeString(m[1]), text)) +
			`</code></pre></figure>`
	}))
}

// A syntax is what is marked in a language.
type syntax struct {
	token    *regexp.Regexp // a comment, a string, a number or a word, by the group that it is in
	keywords map[string]bool
}

// Groups of a syntax's token.
const (
	inComment = 1 + iota
	inString
	inNumber
	inWord
)

func syntaxOf(comment, text, keywords string) syntax {
	s := syntax{
		token: regexp.MustCompile(`(` + comment + `)|(` + text +
			`)|(\b[0-9][0-9a-zA-Z_.]*)|([\pL_$][\pL\pN_$]*)`),
		keywords: map[string]bool{},
	}
	for word := range strings.FieldsSeq(keywords) {
		s.keywords[word] = true
	}
	return s
}

// Strings of several languages.
const (
	quotedText = `"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'`
	backticked = "`[^`]*`"
)

// syntaxes returns those of the languages that people call APIs from, by the names that fences
// have.
var syntaxes = sync.OnceValue(func() map[string]syntax {
	script := syntaxOf(`//[^\n]*|/\*[\s\S]*?\*/`, quotedText+"|"+backticked,
		"as async await break case catch class const continue default else export false finally for "+
			"from function if import in instanceof let new null of return switch this throw true try type "+
			"typeof undefined while")
	golang := syntaxOf(`//[^\n]*|/\*[\s\S]*?\*/`, quotedText+"|"+backticked,
		"break case chan const continue default defer else false for func go if import interface map "+
			"nil package range return select struct switch true type var")
	python := syntaxOf(`#[^\n]*`, `[a-zA-Z]?"""[\s\S]*?"""|[fbru]?(?:`+quotedText+`)`,
		"and as assert async await break class continue def del elif else except False finally for from "+
			"if import in is lambda None not or pass raise return True try while with yield")
	shell := syntaxOf(`#[^\n]*`, quotedText,
		"case do done elif else esac fi for function if in then while")
	json := syntaxOf(`//[^\n]*`, quotedText, "false null true")
	return map[string]syntax{
		"go": golang, "ts": script, "typescript": script, "js": script, "javascript": script,
		"java": script, "python": python, "py": python, "sh": shell, "shell": shell, "bash": shell,
		"console": shell, "json": json,
	}
})

// highlightedCode returns code with its comments, strings, numbers and keywords in spans of their
// own. In a language that it does not know it marks nothing.
func highlightedCode(language, text string) template.HTML {
	s, ok := syntaxes()[strings.ToLower(language)]
	if !ok {
		return template.HTML(html.EscapeString(text))
	}
	var b strings.Builder
	from := 0
	for _, m := range s.token.FindAllStringSubmatchIndex(text, -1) {
		var class string
		switch {
		case m[2*inComment] >= 0:
			class = "c"
		case m[2*inString] >= 0:
			class = "s"
		case m[2*inNumber] >= 0:
			class = "n"
		case s.keywords[text[m[0]:m[1]]]:
			class = "k"
		default:
			continue
		}
		b.WriteString(html.EscapeString(text[from:m[0]]))
		b.WriteString(`<span class="` + class + `">` + html.EscapeString(text[m[0]:m[1]]) + `</span>`)
		from = m[1]
	}
	b.WriteString(html.EscapeString(text[from:]))
	return template.HTML(b.String())
}
