package check

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// A symbol is what a Go name of the generated package stands for.
type symbol struct {
	entry *entry // nil: a name that every package has
	at    syntax.Scalar
	what  string // such as "the type of"
	part  string // the param, value or variant; "" for the code itself
}

func (s symbol) String() string {
	switch {
	case s.entry == nil:
		return "a name that every generated package has"
	case s.part == "":
		return s.what + " " + s.entry.w.Code.Text
	default:
		return fmt.Sprintf("%s %q of %s", s.what, s.part, s.entry.w.Code.Text)
	}
}

// path is where the name can be changed.
func (s symbol) path() string {
	switch s.what {
	case "the value":
		return "values." + s.part
	case "the enum":
		return "params." + s.part
	case "the enum value":
		return "params"
	case "the variant", "the constructor of the variant":
		return "variants"
	default:
		return "code"
	}
}

// names settles the Go names of all codes. Variants, params and values add theirs when they are resolved.
func (c *checker) names() {
	c.symbols = make(map[string]symbol, 4*len(c.entries))
	for _, name := range goname.Fixed() {
		c.symbols[name] = symbol{}
	}
	for i := range c.entries {
		e := &c.entries[i]
		e.out.GoName = e.w.GoName.Text
		stem := goname.Stem(e.w.Code.Text, e.out.GoName)
		e.goNames = goname.ForEntry(stem)
		help := "give one of them a go_name, as in `go_name: " + stem + "2`"
		if !e.symbol(e.goNames.Code, e.w.Code, "the code", "", help) {
			e.nameless = true
			continue
		}
		e.symbol(e.goNames.Type, e.w.Code, "the type of", "", help)
		if len(e.w.Params) > 0 {
			e.symbol(e.goNames.Params, e.w.Code, "the params of", "", help)
		}
	}
}

// symbol takes a Go name for a part of a code, and reports whether it was free.
func (e *entry) symbol(name string, at syntax.Scalar, what, part, help string) bool {
	if e.nameless {
		return true
	}
	this := symbol{e, at, what, part}
	other, taken := e.c.symbols[name]
	if !taken {
		e.c.symbols[name] = this
		return true
	}
	var notes []diag.Note
	if other.entry != nil {
		notes = append(notes, note(other.at.Span(), "%v is here", other))
	}
	e.find(rule.SymbolCollision, at.Span(), this.path(), fmt.Sprintf("%v and %v both give the Go name %s", this, other, name),
		help, notes...)
	return false
}

// wordsOf returns a code's words as a title: FILE_TOO_LARGE is "File too large", NotFound is "Not found".
func wordsOf(code string) string {
	var words []string
	for _, w := range strings.FieldsFunc(code, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		words = append(words, camelWords(w)...)
	}
	for i, w := range words {
		initials := strings.ToUpper(w) == w && goname.Exported(w) == w && len(w) > 1
		digits := strings.ContainsFunc(w, unicode.IsDigit)
		if !initials && !digits {
			words[i] = strings.ToLower(w)
		}
	}
	title := []rune(strings.Join(words, " "))
	if len(title) == 0 {
		return code
	}
	title[0] = unicode.ToUpper(title[0])
	return string(title)
}

// camelWords splits a word in mixed case before each capital that begins a new one.
func camelWords(w string) []string {
	if strings.ToUpper(w) == w {
		return []string{w}
	}
	var words []string
	runes := []rune(w)
	start := 0
	for i := 1; i < len(runes); i++ {
		begins := unicode.IsUpper(runes[i]) && (unicode.IsLower(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]))
		if begins {
			words = append(words, string(runes[start:i]))
			start = i
		}
	}
	return append(words, string(runes[start:]))
}
