package syntax

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errspec/errspec/gen/internal/diag"
)

// A mistake is one that people make in YAML: where exactly it is, and what to write instead. The
// parser only says at which line it gave up, and what it expected there. Mistakes are looked for
// after the parser has failed, so a valid file is never blamed.
type mistake struct {
	line          int // 0: the one that broke
	col, len      int // in bytes, from zero, on the line
	message, help string
	notes         []diag.Note
}

// broken is the diagnostic for a file that the parser gave up at a line, and its complaint.
func broken(f *diag.File, line, begins int, c complaint) diag.Diagnostic {
	d := diag.Diagnostic{Span: lineSpan(f, line), Message: c.plain, Help: c.help}
	b := newBreakage(f, d.Span.Line, c)
	b.opened = max(begins, 1)
	for _, find := range mistakes {
		m := find(b)
		if m.message == "" {
			continue
		}
		if m.line == 0 {
			m.line = b.line
		}
		text := f.Line(m.line)
		d.Span = diag.Span{
			File: f, Line: m.line, Col: utf8.RuneCountInString(text[:m.col]) + 1,
			Len: utf8.RuneCountInString(text[m.col : m.col+m.len]),
		}
		d.Message, d.Help, d.Notes = m.message, m.help, m.notes
		break
	}
	return d
}

// mistakes find what people do wrong. The first that finds something wins.
var mistakes = [...]func(breakage) mistake{
	conflict, tab, placeholderInBrackets,
	wrongQuotes, bracketInText, reservedStart, colonInText,
	gluedAbove, gluedHere, strayElement, listBehindValue, tooDeep, noElement,
	unclosedBracket, quoteAbove, unclosedQuoteHere, unknownAliasHere,
}

// A breakage is where a file broke, and why.
type breakage struct {
	file   *diag.File
	line   int
	opened int // the line where the block or the brackets begin that broke
	kind   complaintKind
	plain  string // the complaint in plain words
	help   string // what to do about it
	text   string // of the line, without spaces at its end
	indent int    // of the line

	key, value string // of a line `key: value`, perhaps the first of an element
	valueAt    int    // where the value begins

	above     int    // the line above that is not empty and no comment; 0: none
	textAbove string // of that line
	keyAbove  []int  // the match of keyAndValue for it; nil: it is none
}

func newBreakage(f *diag.File, line int, c complaint) breakage {
	b := breakage{file: f, line: line, kind: c.kind, plain: c.plain, help: c.help}
	b.text = strings.TrimRight(f.Line(line), " ")
	b.indent = len(b.text) - len(strings.TrimLeft(b.text, " "))
	if m := keyAndValue.FindStringSubmatchIndex(b.text); m != nil {
		b.key, b.value, b.valueAt = b.text[m[4]:m[5]], b.text[m[8]:m[9]], m[8]
	}
	b.above = line - 1
	for b.above > 0 && isBlankLine(f.Line(b.above)) {
		b.above--
	}
	b.textAbove = f.Line(b.above)
	b.keyAbove = keyAndValue.FindStringSubmatchIndex(b.textAbove)
	return b
}

// begins reports whether the value begins with one of these characters.
func (b breakage) begins(chars string) bool {
	return b.value != "" && strings.IndexByte(chars, b.value[0]) >= 0
}

// isElementLine reports whether the line is an element of a list.
func (b breakage) isElementLine() bool {
	return strings.HasPrefix(b.text[b.indent:], "- ")
}

// whole returns a mistake of the whole line.
func (b breakage) whole(message, help string) mistake {
	return mistake{col: b.indent, len: len(b.text) - b.indent, message: message, help: help}
}

// nameAbove is the key of the line above.
func (b breakage) nameAbove() string { return b.textAbove[b.keyAbove[4]:b.keyAbove[5]] }

// conflict finds what git leaves behind.
func conflict(b breakage) mistake {
	text := b.file.Line(b.line)
	for _, mark := range [...]string{"<<<<<<< ", "=======", ">>>>>>> "} {
		if strings.HasPrefix(text, mark) {
			return mistake{
				len: len(text), message: "unresolved merge conflict",
				help: "keep one side, and remove the lines <<<<<<<, ======= and >>>>>>>",
			}
		}
	}
	return mistake{}
}

// tab finds a tab before the text of a line. The parser names the line or one above it.
func tab(b breakage) mistake {
	if b.kind != tabInIndent && b.kind != badStart {
		return mistake{}
	}
	for line := b.line; line <= min(b.line+100, b.file.Lines()); line++ {
		text := b.file.Line(line)
		indent := text[:len(text)-len(strings.TrimLeft(text, " \t"))]
		if at := strings.IndexByte(indent, '\t'); at >= 0 {
			return mistake{
				line:    line,
				col:     at,
				len:     len(indent) - at,
				message: "the indentation contains a tab",
				help:    "indent with spaces: YAML does not allow tabs here",
			}
		}
	}
	return mistake{}
}

// keyAndValue is a line `key: value`, perhaps the first of a list's element.
var keyAndValue = regexp.MustCompile(
	`^([ ]*(?:- +)*)([\w.$-]+|"[^"]*"|'[^']*')( *:[ ]+)(\S.*)$`)

// wrongQuotes finds a text in quotes that ends too early, or has a wrong escape.
func wrongQuotes(b breakage) mistake {
	if !b.begins(`"'`) {
		return mistake{}
	}
	found := quotes(b.value)
	found.col += b.valueAt
	return found
}

// bracketInText finds a text that begins with a bracket: something follows the one that closes it.
func bracketInText(b breakage) mistake {
	if !b.begins("{[") {
		return mistake{}
	}
	end := closing(b.value)
	if end == 0 || end == len(b.value) ||
		strings.HasPrefix(strings.TrimLeft(b.value[end:], " "), "#") {
		return mistake{}
	}
	return b.unquoted()
}

// reservedStart finds a text that begins with a character that means something to YAML.
func reservedStart(b breakage) mistake {
	switch {
	case b.begins("@`%*&!") && b.kind != unknownAlias && b.kind != unknownTag,
		b.begins("-?") && (b.kind == unexpectedColon || b.kind == unexpectedEntry),
		b.begins("|>") && b.kind == badBlockScalar:
		return b.unquoted()
	}
	return mistake{}
}

func (b breakage) unquoted() mistake {
	return mistake{
		col: b.valueAt, len: len(b.value), help: b.inQuotes(),
		message: fmt.Sprintf("a text can begin with %c only in quotes", b.value[0]),
	}
}

func (b breakage) inQuotes() string {
	return "put it in quotes, as in `" + b.key + ": " + quoted(b.value) + "`"
}

// colonInText finds a text with `: ` in it.
func colonInText(b breakage) mistake {
	i := strings.Index(b.value+" ", ": ")
	if b.kind != unexpectedColon || b.value == "" || b.begins(`"'{[`) || i < 0 {
		return mistake{}
	}
	return mistake{
		col: b.valueAt + i, len: 1, message: "a text that contains `: ` must be in quotes",
		help: b.inQuotes(),
	}
}

// quotes finds what is wrong with a text that begins with a quote.
func quotes(value string) mistake {
	quote := value[0]
	for i := 1; i < len(value); i++ {
		switch c := value[i]; {
		case c == '\\' && quote == '"':
			if i++; i < len(value) && strings.IndexByte("0abtnvfre \"/\\N_LPxuU\t", value[i]) < 0 {
				_, n := utf8.DecodeRuneInString(value[i:])
				return mistake{
					col:     i - 1,
					len:     n + 1,
					message: fmt.Sprintf("%s is not an escape sequence", value[i-1:i+n]),
					help:    `write \\ for a backslash, or put the text into single quotes`,
				}
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
			return mistake{
				col:     i,
				len:     1,
				message: "the text in quotes ends here, but more text follows",
				help:    help,
			}
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

// gluedAbove finds a line `key:value` above the one that broke.
func gluedAbove(b breakage) mistake {
	if b.kind != unexpectedColon || b.above == 0 {
		return mistake{}
	}
	return noSpace(b.above, b.textAbove)
}

// gluedHere finds a line `key:value`.
func gluedHere(b breakage) mistake {
	if b.kind != missingColon || b.above == 0 {
		return mistake{}
	}
	return noSpace(b.line, b.file.Line(b.line))
}

// strayElement finds an element of a list in another column than those above it.
func strayElement(b breakage) mistake {
	if b.kind != expectedKey || b.above == 0 || !b.isElementLine() {
		return mistake{}
	}
	column, line := elementsColumn(b)
	if line == 0 || column == b.indent {
		return mistake{}
	}
	return b.whole("this element is not aligned with the list above it",
		fmt.Sprintf("begin it in column %d, like the element in line %d", column+1, line))
}

// listBehindValue finds a list below a key that has a value already.
func listBehindValue(b breakage) mistake {
	if b.kind != unexpectedColon || b.keyAbove == nil || !b.isElementLine() ||
		b.indent < b.keyAbove[4] {
		return mistake{}
	}
	return b.whole(
		fmt.Sprintf("a list begins here, but `%s` above it already has a value", b.nameAbove()),
		"write the key of the list on the line above, as in `errors:`")
}

// tooDeep finds a line that is indented further than the key above it.
func tooDeep(b breakage) mistake {
	if b.kind != unexpectedColon || b.keyAbove == nil || b.indent <= b.keyAbove[4] {
		return mistake{}
	}
	column, name := b.keyAbove[4], b.nameAbove()
	return mistake{
		col: column, len: b.indent - column,
		message: fmt.Sprintf("this line is indented further than `%s` above it", name),
		help:    fmt.Sprintf("begin it in column %d, like `%s`", column+1, name),
	}
}

// noElement finds a line in the column of a list's elements that is none.
func noElement(b breakage) mistake {
	if b.kind != expectedDash || b.above == 0 || b.isElementLine() {
		return mistake{}
	}
	if b.keyAbove == nil || b.keyAbove[4] == b.indent {
		return b.whole("an element of the list is expected here",
			"begin it with `- `")
	}
	column, name := b.keyAbove[4]+1, b.nameAbove()
	help := fmt.Sprintf("begin it in column %d, like `%s` above it, "+
		"or where a key further up begins", column, name)
	if isElement(b, b.indent) {
		help = fmt.Sprintf("begin it with `- ` if it is the next element of the list, "+
			"or in column %d, like `%s` above it", column, name)
	}
	return b.whole(b.plain, help)
}

// noSpace is the mistake in a line that is glued, if it is.
func noSpace(line int, text string) mistake {
	m := glued.FindStringSubmatchIndex(text)
	if m == nil {
		return mistake{}
	}
	key, value := text[m[2]:m[3]], text[m[6]:m[7]]
	found := mistake{
		line: line, col: m[4], len: m[5] - m[4], message: "a space is missing after the `:`",
		help: "write `" + key + ": " + value + "`",
	}
	if r, n := utf8.DecodeRuneInString(value); r >= utf8.RuneSelf && unicode.IsSpace(r) {
		found.col, found.len = m[6], n
		found.message = fmt.Sprintf("the space after the `:` is U+%04X, "+
			"which YAML does not treat as a space", r)
		found.help = "write `" + key + ": " + strings.TrimSpace(value) + "` with a plain space"
	}
	return found
}

// elementsColumn finds the element of a list that is nearest above, in this column or not far from
// it: where it begins, in bytes from zero.
func elementsColumn(b breakage) (column, line int) {
	here := b.indent
	for line := b.line - 1; line > max(b.line-200, 0); line-- {
		text := b.file.Line(line)
		at := len(text) - len(strings.TrimLeft(text, " "))
		if strings.HasPrefix(text[at:], "- ") && at-here <= 2 && here-at <= 2 {
			return at, line
		}
	}
	return 0, 0
}

// isElement reports whether elements of a list begin in a column, not far above.
func isElement(b breakage, indent int) bool {
	for line := b.line - 1; line > max(b.line-200, 0); line-- {
		if text := b.file.Line(line); len(text) > indent && strings.TrimLeft(text[:indent], " ") == "" &&
			strings.HasPrefix(text[indent:], "- ") {
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

// unclosedBracket finds the bracket on the line that is not closed.
func unclosedBracket(b breakage) mistake {
	if b.kind != unclosedList && b.kind != unclosedMapping {
		return mistake{}
	}
	at := open(b.text)
	if at < 0 {
		return mistake{}
	}
	for _, c := range complaints {
		if c.kind == b.kind {
			return mistake{col: at, len: len(b.text) - at, message: c.plain, help: c.help}
		}
	}
	return mistake{}
}

// unclosedQuoteHere finds the quote on the line that is not closed.
func unclosedQuoteHere(b breakage) mistake {
	if b.kind != unclosedQuote {
		return mistake{}
	}
	begins := true // a text can begin here
	for i := 0; i < len(b.text); i++ {
		switch c := b.text[i]; {
		case begins && (c == '"' || c == '\''):
			end := closingQuote(b.text[i:])
			if end < 0 {
				return mistake{col: i, len: len(b.text) - i, message: b.plain, help: b.help}
			}
			i, begins = i+end, false
		case c != ' ':
			begins = strings.IndexByte(":-,[{", c) >= 0
		}
	}
	return mistake{}
}

// unknownAliasHere finds the alias on the line that has no anchor.
func unknownAliasHere(b breakage) mistake {
	if b.kind != unknownAlias {
		return mistake{}
	}
	name := strings.Fields(b.plain)[2] // the alias *name has …
	at := strings.Index(b.text, name)
	if at < 0 {
		return mistake{}
	}
	return mistake{col: at, len: len(name), message: b.plain, help: b.help}
}

// placeholderInBrackets finds a text with ${name} in brackets, where { begins a mapping. If a quote
// follows it, as in '${id}', the parser reads on to the next quote in the file.
func placeholderInBrackets(b breakage) mistake {
	if b.kind != unclosedList && b.kind != unclosedMapping {
		return mistake{}
	}
	depth := 0
	for line := b.opened; line <= b.line; line++ {
		text := b.file.Line(line)
		var at int
		if at, depth = bracketedPlaceholder(text, depth); at < 0 {
			continue
		}
		end := at + strings.IndexByte(text[at:]+"}", '}') + 1
		end = min(end, len(text))
		return mistake{
			line: line, col: at, len: end - at,
			message: "a text in { } or [ ] that contains `${` must be in quotes",
			help:    "put the whole text in quotes, as in `{message: \"No " + text[at:end] + "\"}`",
		}
	}
	return mistake{}
}

// bracketedPlaceholder returns where a line has ${ in brackets and in no quotes, or -1, and in how
// many brackets its end is.
func bracketedPlaceholder(text string, depth int) (at, depthAfter int) {
	var quote byte
	begun := false // a text that began without a quote
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quote == '"' && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case !begun && (c == '"' || c == '\''):
			quote = c
		case c == '#' && (i == 0 || text[i-1] == ' '):
			return -1, depth
		case c == '{' && depth > 0 && i > 0 && text[i-1] == '$':
			return i - 1, depth
		case (c == '{' || c == '[') && (depth > 0 || !begun):
			depth, begun = depth+1, false
		case (c == '}' || c == ']') && depth > 0:
			depth, begun = depth-1, false
		case c == ',' && depth > 0, c == ':' && (i+1 == len(text) || text[i+1] == ' '):
			begun = false
		case c == '-' && !begun && i+1 < len(text) && text[i+1] == ' ', c == ' ':
		default:
			begun = true
		}
	}
	return -1, depth
}

// quoteAbove finds a quote on a line above, at which the text began that ends here.
func quoteAbove(b breakage) mistake {
	if b.kind != expectedKey {
		return mistake{}
	}
	for line := b.line - 1; line > max(b.line-200, 0); line-- {
		text := b.file.Line(line)
		m := keyAndValue.FindStringSubmatchIndex(text)
		if m == nil || text[m[8]] != '"' && text[m[8]] != '\'' || ends(text[m[8]:m[9]]) {
			continue
		}
		at := b.file.At(b.file.Offset(b.line, 1)+b.indent, utf8.RuneCountInString(b.text[b.indent:]))
		return mistake{
			line: line, col: m[8], len: m[9] - m[8],
			message: "the text in quotes that begins here is not closed on this line",
			help:    fmt.Sprintf("close the quotes: the text now extends to line %d", b.line),
			notes:   []diag.Note{{Span: at, Message: "this line is not part of it"}},
		}
	}
	return mistake{}
}

// ends reports whether a text that begins with a quote has another one at its end.
func ends(value string) bool { return closingQuote(value) >= 0 }

// closingQuote returns the index of the quote that closes the one with which a value begins, or -1.
func closingQuote(value string) int {
	for i := 1; i < len(value); i++ {
		switch {
		case value[i] == '\\' && value[0] == '"':
			i++
		case value[i] == value[0]:
			return i
		}
	}
	return -1
}

// open returns the index of the first bracket of a line that is not closed on it, or -1. Brackets
// in texts count as brackets: the line is broken, so there is no telling.
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
