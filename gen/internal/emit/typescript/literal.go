package typescript

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/errspec/errspec/gen/internal/tsname"
)

// A literal is an expression or a type that takes one line if it fits, and else has its items on
// lines of their own, as prettier has it.
type literal struct {
	text        string // of one without items
	open, close string
	items       []literal
	key         string // before an item of an object, with its colon; may be empty
	doc         []string
	separator   string // "," or, in types, ";"
	// after an item of an object: TypeScript takes the type of toString from Object, and widens
	// literals
	after  string
	broken bool // it has several lines even if it fits on one
}

func scalar(text string) literal { return literal{text: text} }

func array(items ...literal) literal {
	return literal{open: "[", close: "]", items: items, separator: ","}
}

func object(members ...literal) literal {
	return literal{open: "{", close: "}", items: members, separator: ","}
}

// member returns a literal as a member of an object.
func member(name string, value literal) literal {
	value.key = key(name) + ": "
	if tsname.IsInherited(name) {
		value.after = " as const"
	}
	return value
}

func strs(texts []string) literal {
	items := make([]literal, len(texts))
	for i, s := range texts {
		items[i] = scalar(quote(s))
	}
	return array(items...)
}

// columns is how long lines are, if their texts allow.
const columns = 100

// print writes a literal. indent is the indentation of the line on which it begins; used and after
// are the widths of what stands before and after it.
func (l literal) print(b *strings.Builder, indent string, used, after int) {
	if len(l.items) == 0 {
		b.WriteString(l.text + l.open + l.close)
		return
	}
	if text, ok := l.inline(columns - used - after); ok {
		b.WriteString(text)
		return
	}
	inner := indent + "  "
	b.WriteString(l.open + "\n")
	for _, item := range l.items {
		for _, line := range item.doc {
			b.WriteString(strings.TrimRight(inner+line, " ") + "\n")
		}
		b.WriteString(inner + item.key)
		item.print(b, inner, len(inner)+utf8.RuneCountInString(item.key), len(item.after+l.separator))
		b.WriteString(item.after + l.separator + "\n")
	}
	b.WriteString(indent + l.close)
}

// inline returns a literal as one line, if it fits in so many columns.
func (l literal) inline(room int) (string, bool) {
	if len(l.items) == 0 {
		text := l.text + l.open + l.close
		return text, utf8.RuneCountInString(text) <= room
	}
	if l.broken {
		return "", false
	}
	space := ""
	if l.open == "{" {
		space = " "
	}
	var b strings.Builder
	b.WriteString(l.open + space)
	for i, item := range l.items {
		if i > 0 {
			b.WriteString(l.separator + " ")
		}
		text, ok := item.inline(room - b.Len())
		if !ok || len(item.doc) > 0 {
			return "", false
		}
		b.WriteString(item.key + text + item.after)
	}
	b.WriteString(space + l.close)
	return b.String(), utf8.RuneCountInString(b.String()) <= room
}

// key returns a name as that of a property. In an object literal, __proto__ means another thing
// unless it is computed.
func key(name string) string {
	switch {
	case name == "__proto__":
		return `["__proto__"]`
	case tsname.IsIdentifier(name):
		return name
	default:
		return quote(name)
	}
}

// quote returns a text as a string literal, with the quotation marks that need fewer backslashes.
func quote(text string) string {
	if isPlain(text) {
		return `"` + text + `"`
	}
	mark := `"`
	if strings.Count(text, `"`) > strings.Count(text, "'") {
		mark = "'"
	}
	var b strings.Builder
	b.WriteString(mark)
	for _, r := range text {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\\', string(r) == mark:
			b.WriteString(`\` + string(r))
		case r < ' ', r >= 0x7f && r < 0xa0, r == '\u2028', r == '\u2029', r == '\ufeff':
			b.WriteString(`\u` + strconv.FormatInt(0x10000+int64(r), 16)[1:])
		default:
			b.WriteRune(r)
		}
	}
	b.WriteString(mark)
	return b.String()
}

func isPlain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

// jsonLiteral returns JSON as an expression.
func jsonLiteral(raw json.RawMessage) literal {
	var text string
	if raw[0] == '"' && json.Unmarshal(raw, &text) == nil {
		return scalar(quote(text))
	}
	var items []json.RawMessage
	if raw[0] == '[' && json.Unmarshal(raw, &items) == nil {
		l := array()
		for _, item := range items {
			l.items = append(l.items, jsonLiteral(item))
		}
		return l
	}
	var members map[string]json.RawMessage
	if raw[0] == '{' && json.Unmarshal(raw, &members) == nil {
		l := object()
		for _, name := range sortedKeys(members) {
			l.items = append(l.items, member(name, jsonLiteral(members[name])))
		}
		return l
	}
	return scalar(string(raw))
}
