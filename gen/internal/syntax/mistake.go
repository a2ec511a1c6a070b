package syntax

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/errspec/errspec/gen/internal/diag"
)

// The YAML parser says at which line it gave up, and what it would have liked to see there. People make few mistakes in YAML, and
// those can be told from the text: where exactly they are, and what to write instead. A mistake is one of them; it is asked only once
// the parser has failed, so that it can not be wrong about a file that is right.
type mistake struct {
	col, len      int // in bytes, from zero, on the line
	message, help string
	notes         []diag.Note
}

// broken is the finding for a file that the parser gave up at a line, in its own words.
func broken(f *diag.File, line int, words string) diag.Diagnostic {
	d := diag.Diagnostic{Span: lineSpan(f, line)}
	d.Message, d.Help = plainWords(words)
	b := breakage{f, d.Span.Line, words}
	for _, find := range [...]func(breakage) (int, mistake){conflict, tab, valueOf, misaligned, unfinished} {
		if at, m := find(b); m.message != "" {
			text := f.Line(at)
			d.Span = diag.Span{File: f, Line: at, Col: utf8.RuneCountInString(text[:m.col]) + 1, Len: utf8.RuneCountInString(text[m.col : m.col+m.len])}
			d.Message, d.Help, d.Notes = m.message, m.help, m.notes
			break
		}
	}
	return d
}

// A breakage is where a file broke, and the words of the parser.
type breakage struct {
	file  *diag.File
	line  int
	words string
}

func (b breakage) says(words string) bool { return strings.Contains(b.words, words) }

// conflict finds what git leaves behind.
func conflict(b breakage) (int, mistake) {
	for _, mark := range [...]string{"<<<<<<< ", "=======", ">>>>>>> "} {
		if text := b.file.Line(b.line); strings.HasPrefix(text, mark) {
			return b.line, mistake{len: len(text), message: "a merge conflict is not resolved",
				help: "keep one of the two sides, and remove the lines <<<<<<<, ======= and >>>>>>>"}
		}
	}
	return 0, mistake{}
}

// tab finds a tab before the text of a line. The parser names the line or one above it.
func tab(b breakage) (int, mistake) {
	if !b.says("found a tab character that violates indentation") && !b.says("found character that cannot start any token") {
		return 0, mistake{}
	}
	for line := b.line; line <= min(b.line+100, b.file.Lines()); line++ {
		text := b.file.Line(line)
		indent := text[:len(text)-len(strings.TrimLeft(text, " \t"))]
		if at := strings.IndexByte(indent, '\t'); at >= 0 {
			return line, mistake{col: at, len: len(indent) - at, message: "a tab in the indentation",
				help: "indent with spaces: YAML has no tabs there"}
		}
	}
	return 0, mistake{}
}

// keyAndValue is a line `key: value`, perhaps the first of a list's element.
var keyAndValue = regexp.MustCompile(`^([ ]*(?:- +)*)([\w.$-]+|"[^"]*"|'[^']*')( *:[ ]+)(\S.*)$`)

// valueOf finds a text that should be in quotes, or whose quotes are wrong.
func valueOf(b breakage) (int, mistake) {
	text := strings.TrimRight(b.file.Line(b.line), " ")
	m := keyAndValue.FindStringSubmatchIndex(text)
	if m == nil {
		return 0, mistake{}
	}
	key, value, at := text[m[4]:m[5]], text[m[8]:m[9]], m[8]
	inQuotes := "put it in quotes, as in `" + key + ": " + quoted(value) + "`"
	switch c := value[0]; {
	case c == '"' || c == '\'':
		found := quotes(value)
		found.col += at
		return b.line, found
	case c == '{' || c == '[':
		if end := closing(value); end > 0 && end < len(value) && !strings.HasPrefix(strings.TrimLeft(value[end:], " "), "#") {
			return b.line, mistake{col: at, len: len(value), message: fmt.Sprintf("a text can not begin with %c unless it is in quotes", c), help: inQuotes}
		}
	case strings.IndexByte("@`%*&!", c) >= 0 && !b.says("unknown anchor") && !b.says("tag handle"),
		strings.IndexByte("-?", c) >= 0 && b.says("not allowed in this context"), strings.IndexByte("|>", c) >= 0 && b.says("comment or line break"):
		return b.line, mistake{col: at, len: len(value), message: fmt.Sprintf("a text can not begin with %c unless it is in quotes", c), help: inQuotes}
	case b.says("mapping values are not allowed"):
		if i := strings.Index(value+" ", ": "); i >= 0 {
			return b.line, mistake{col: at + i, len: 1, message: "a text with `: ` in it is not in quotes", help: inQuotes}
		}
	}
	return 0, mistake{}
}

// quotes finds what is wrong with a text that begins with a quote.
func quotes(value string) mistake {
	quote := value[0]
	for i := 1; i < len(value); i++ {
		switch c := value[i]; {
		case c == '\\' && quote == '"':
			if i++; i < len(value) && strings.IndexByte("0abtnvfre \"/\\N_LPxuU\t", value[i]) < 0 {
				_, n := utf8.DecodeRuneInString(value[i:])
				return mistake{col: i - 1, len: n + 1, message: fmt.Sprintf("%s is no escape", value[i-1:i+n]),
					help: `write \\ for a backslash, or put the text into single quotes`}
			}
		case c == '\'' && quote == c && i+1 < len(value) && value[i+1] == c:
			i++
		case c == quote:
			rest := strings.TrimLeft(value[i+1:], " ")
			if rest == "" || rest[0] == '#' {
				return mistake{}
			}
			help := `write \" for a quote inside the text, or put the text into single quotes`
			if quote == '\'' {
				help = `write '' for a quote inside the text, or put the text into double quotes`
			}
			return mistake{col: i, len: 1, message: "the text in quotes ends here, and more follows", help: help}
		}
	}
	return mistake{}
}

// closing returns the index behind the bracket that closes the one with which a value begins, or 0.
func closing(value string) int {
	depth := 0
	for i, c := range value {
		switch c {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// quoted returns a text as a YAML scalar in quotes.
func quoted(text string) string {
	const longest = 40
	if len(text) > longest {
		return `"…"`
	}
	if strings.ContainsAny(text, `"\`) {
		return "'" + strings.ReplaceAll(text, "'", "''") + "'"
	}
	return `"` + text + `"`
}

// misaligned finds a line that begins in the wrong column, and the line above that it should go with.
func misaligned(b breakage) (int, mistake) {
	above := b.line - 1
	for above > 0 && isBlankLine(b.file.Line(above)) {
		above--
	}
	if above == 0 {
		return 0, mistake{}
	}
	text, before := b.file.Line(b.line), b.file.Line(above)
	indent := len(text) - len(strings.TrimLeft(text, " "))
	switch m := glued.FindStringSubmatchIndex(before); {
	case b.says("mapping values are not allowed") && m != nil:
		return above, noSpace(before, m)
	case b.says("could not find expected ':'"):
		if m := glued.FindStringSubmatchIndex(text); m != nil {
			return b.line, noSpace(text, m)
		}
	case b.says("did not find expected key") && strings.HasPrefix(text[indent:], "- "):
		if column, line := elementsColumn(b); line > 0 && column != indent {
			return b.line, mistake{col: indent, len: len(strings.TrimRight(text[indent:], " ")), message: "this element does not go with the list above it",
				help: fmt.Sprintf("begin it in column %d, as the one in line %d does", column+1, line)}
		}
	case b.says("mapping values are not allowed"):
		if m := keyAndValue.FindStringSubmatchIndex(before); m != nil && strings.HasPrefix(text[indent:], "- ") && indent >= m[4] {
			return b.line, mistake{col: indent, len: len(strings.TrimRight(text[indent:], " ")), message: fmt.Sprintf("a list begins here, and `%s` above it has a value", before[m[4]:m[5]]),
				help: "write the list's key on a line of its own above it, as in `errors:`"}
		}
		if m := keyAndValue.FindStringSubmatchIndex(before); m != nil && indent > m[4] {
			return b.line, mistake{col: m[4], len: indent - m[4], message: fmt.Sprintf("this line is indented further than `%s` above it", before[m[4]:m[5]]),
				help: fmt.Sprintf("begin it in column %d, as `%s` does", m[4]+1, before[m[4]:m[5]])}
		}
	case b.says("did not find expected '-' indicator") && !strings.HasPrefix(text[indent:], "- "):
		found := mistake{col: indent, len: len(strings.TrimRight(text[indent:], " ")), message: "this line stands where the next element of a list would begin",
			help: "begin it with `- `"}
		if m := keyAndValue.FindStringSubmatchIndex(before); m != nil && m[4] != indent {
			found.message, _ = plainWords(b.words)
			found.help = fmt.Sprintf("begin it in column %d, as `%s` above it does, or where a key further up begins", m[4]+1, before[m[4]:m[5]])
			if isElement(b, indent) {
				found.help = fmt.Sprintf("begin it with `- ` if it is the next element of the list, or in column %d, as `%s` above it does", m[4]+1, before[m[4]:m[5]])
			}
		}
		return b.line, found
	}
	return 0, mistake{}
}

// noSpace is the mistake in a line that is glued.
func noSpace(text string, m []int) mistake {
	return mistake{col: m[4], len: m[5] - m[4], message: "no space follows the `:`", help: "write `" + text[m[2]:m[3]] + ": " + text[m[6]:m[7]] + "`"}
}

// elementsColumn finds the element of a list that is nearest above, in this column or not far from it: where it begins, in bytes from zero.
func elementsColumn(b breakage) (column, line int) {
	indent := func(text string) int { return len(text) - len(strings.TrimLeft(text, " ")) }
	here := indent(b.file.Line(b.line))
	for line := b.line - 1; line > max(b.line-200, 0); line-- {
		text := b.file.Line(line)
		if at := indent(text); strings.HasPrefix(text[at:], "- ") && at-here <= 2 && here-at <= 2 {
			return at, line
		}
	}
	return 0, 0
}

// isElement reports whether elements of a list begin in a column, not far above.
func isElement(b breakage, indent int) bool {
	for line := b.line - 1; line > max(b.line-200, 0); line-- {
		if text := b.file.Line(line); len(text) > indent && strings.TrimLeft(text[:indent], " ") == "" && strings.HasPrefix(text[indent:], "- ") {
			return true
		}
	}
	return false
}

// glued is a line `key:value`.
var glued = regexp.MustCompile(`^[ ]*(?:- +)*([\w.$-]+)(:)([^\s:/][^:]*)$`)

func isBlankLine(text string) bool {
	text = strings.TrimLeft(text, " ")
	return text == "" || text[0] == '#'
}

// unfinished finds what was opened and not closed: the bracket on this line, or a quote on one above it, at which the text began
// that ends here.
func unfinished(b breakage) (int, mistake) {
	switch {
	case b.says("did not find expected ',' or"):
		text := b.file.Line(b.line)
		if at := open(text); at >= 0 {
			message, help := plainWords(b.words)
			return b.line, mistake{col: at, len: len(strings.TrimRight(text[at:], " ")), message: message, help: help}
		}
	case b.says("did not find expected key"):
		for line := b.line - 1; line > max(b.line-200, 0); line-- {
			text := b.file.Line(line)
			m := keyAndValue.FindStringSubmatchIndex(text)
			if m == nil || text[m[8]] != '"' && text[m[8]] != '\'' || ends(text[m[8]:m[9]]) {
				continue
			}
			here := b.file.Line(b.line)
			indent := len(here) - len(strings.TrimLeft(here, " "))
			return line, mistake{col: m[8], len: m[9] - m[8], message: "the text in quotes that begins here does not end on this line",
				help:  fmt.Sprintf("close the quotes: as it stands, the text goes on to line %d", b.line),
				notes: []diag.Note{{Span: b.file.At(b.file.Offset(b.line, 1)+indent, utf8.RuneCountInString(strings.TrimRight(here[indent:], " "))), Message: "this line does not go with it"}}}
		}
	}
	return 0, mistake{}
}

// ends reports whether a text that begins with a quote has another one at its end.
func ends(value string) bool {
	for i := 1; i < len(value); i++ {
		switch {
		case value[i] == '\\' && value[0] == '"':
			i++
		case value[i] == value[0]:
			return true
		}
	}
	return false
}

// open returns the index of the first bracket of a line that is not closed on it, or -1. Brackets in texts count as brackets: the
// line is broken, so there is no telling.
func open(text string) int {
	var at []int
	for i, c := range text {
		switch c {
		case '{', '[':
			at = append(at, i)
		case '}', ']':
			if len(at) > 0 {
				at = at[:len(at)-1]
			}
		}
	}
	if len(at) == 0 {
		return -1
	}
	return at[0]
}
