package html

import (
	"html"
	"html/template"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
)

// highlighted returns a compact JSON body as people read it, its keys, strings and other scalars in
// spans of their own.
func highlighted(body []byte) template.HTML {
	text := string(catalog.Indent(body))
	var b strings.Builder
	b.Grow(2 * len(text))
	for len(text) > 0 {
		n := tokenLen(text)
		token, rest := text[:n], text[n:]
		class := ""
		switch {
		case token[0] == '"' && strings.HasPrefix(rest, ":"):
			class = "k"
		case token[0] == '"':
			class = "s"
		case isScalar(token[0]):
			class = "n"
		}
		if class == "" {
			b.WriteString(token)
		} else {
			b.WriteString(`<span class="` + class + `">` + html.EscapeString(token) + `</span>`)
		}
		text = rest
	}
	return template.HTML(b.String())
}

// tokenLen returns the length of the string, the scalar, or the stretch of brackets and white space
// that a JSON text begins with.
func tokenLen(text string) int {
	if text[0] == '"' {
		for i := 1; ; i++ {
			switch text[i] {
			case '\\':
				i++
			case '"':
				return i + 1
			}
		}
	}
	scalar := isScalar(text[0])
	for i := 1; i < len(text); i++ {
		if text[i] == '"' || isScalar(text[i]) != scalar {
			return i
		}
	}
	return len(text)
}

// isScalar reports whether c is of a number, true, false or null.
func isScalar(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'E'
}
