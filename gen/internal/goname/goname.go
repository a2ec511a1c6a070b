// Package goname derives every Go name of a generated package, once, for the uniqueness rule and
// the emitter alike.
//
// The rules are part of what users rely on: the same code gives the same name, whatever codes are
// added after it. Of two codes that would have one name, the later gets a mark behind it, which
// depends on that code alone (package check settles which). Two names that authors give, and that
// meet, are a diagnostic.
package goname

import (
	"fmt"
	"go/token"
	"slices"
	"strings"
	"unicode"
)

// An Entry holds the names of one code.
type Entry struct {
	Stem   string // FileTooLarge
	Code   string // CodeFileTooLarge
	Type   string // FileTooLargeError
	Params string // FileTooLargeParams
}

// A Variant holds the names of one of a code's variants. A code without variants has one, with
// Const empty.
type Variant struct {
	Const string // VariantNotFoundAgent
	New   string // NewNotFoundAgent, or NewFileTooLarge
}

// ForEntry returns the names of a code whose stem is given.
func ForEntry(stem string) Entry {
	typ := stem + "Error"
	if strings.HasSuffix(stem, "Error") && stem != "Error" {
		typ = stem // INTERNAL_ERROR is InternalError, not InternalErrorError
	}
	return Entry{Stem: stem, Code: "Code" + stem, Type: typ, Params: stem + "Params"}
}

// ForVariant returns the names of a variant of a code. Both stem and variant are Go names already;
// variant is "" for a code without variants.
func ForVariant(stem, variant string) Variant {
	if variant == "" {
		return Variant{New: "New" + stem}
	}
	return Variant{Const: "Variant" + stem + variant, New: "New" + stem + variant}
}

// Exported returns name in CamelCase, as an exported Go identifier: FILE_TOO_LARGE and
// file-too-large are FileTooLarge, API_KEY_ID is APIKeyID, 2F003 is X2F003, auth/invalidEmail is
// AuthInvalidEmail. It is "" when name has neither letters nor digits.
func Exported(name string) string {
	var b strings.Builder
	for _, w := range words(name) {
		b.WriteString(camel(w))
	}
	s := b.String()
	if first, ok := firstRune(s); ok && !unicode.IsUpper(first) {
		s = "X" + s // a digit, or a letter of a script without capitals
	}
	return s
}

// EnumValue returns what a value of an enum is called after the name of its type: as [Exported] has
// it, Empty for "", and the code points of one without letters and digits: U003C for <.
func EnumValue(value string) string {
	if name := Exported(value); name != "" {
		return name
	}
	if value == "" {
		return "Empty"
	}
	var b strings.Builder
	for _, r := range value {
		fmt.Fprintf(&b, "U%04X", r)
	}
	return b.String()
}

// Arg returns name as a parameter of a generated function: agent_code is agentCode, url is url,
// type is type_. It never meets a keyword, a predeclared name, a package that the generated code
// imports, or a name that its functions use.
func Arg(name string) string {
	ws := words(name)
	if len(ws) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(uncamel(ws[0]))
	for _, w := range ws[1:] {
		b.WriteString(camel(w))
	}
	s := b.String()
	if first, _ := firstRune(s); !unicode.IsLetter(first) {
		s = "x" + s
	}
	if token.IsKeyword(s) || isPredeclared(s) || slices.Contains(taken, s) {
		s += "_"
	}
	return s
}

// words splits name at whatever is neither a letter nor a digit.
func words(name string) []string {
	return strings.FieldsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// camel returns a word as a part of a CamelCase name. A word in one case is an initialism, or gets
// a capital at the start of each run of letters (file: File, 2F003: 2F003, SHA256: Sha256); a word
// in mixed case keeps its own.
func camel(word string) string {
	upper, lower := strings.ToUpper(word), strings.ToLower(word)
	if word != upper && word != lower {
		r := []rune(word)
		r[0] = unicode.ToUpper(r[0])
		return string(r)
	}
	if slices.Contains(initialisms, upper) {
		return upper
	}
	afterLetter := false
	return strings.Map(func(r rune) rune {
		if afterLetter {
			r = unicode.ToLower(r)
		} else {
			r = unicode.ToUpper(r)
		}
		afterLetter = unicode.IsLetter(r)
		return r
	}, word)
}

// uncamel returns a word as the beginning of a name that is not exported: ID is id, retryAfter is
// itself, NotFound is notFound.
func uncamel(word string) string {
	if word == strings.ToUpper(word) {
		return strings.ToLower(word)
	}
	r := []rune(word)
	r[0] = unicode.ToLower(r[0])
	return string(r)
}

func firstRune(s string) (rune, bool) {
	for _, r := range s {
		return r, true
	}
	return 0, false
}

// initialisms is staticcheck's list for ST1003 (https://staticcheck.dev/docs/checks/#ST1003). It is
// frozen: a word added here would rename what users import.
var initialisms = []string{
	"ACL", "AMQP", "API", "ASCII", "CPU", "CSS", "DB", "DNS", "EOF", "GID", "GUID", "HTML", "HTTP",
	"HTTPS", "ID", "IP", "JSON", "QPS", "RAM", "RPC", "RTP", "SIP", "SLA", "SMTP", "SQL", "SSH", "TCP",
	"TLS", "TS", "TTL", "UDP", "UI", "UID", "URI", "URL", "UTF8", "UUID", "VM", "XML", "XMPP", "XSRF",
	"XSS",
}

// taken are the names that constructors and options use in their bodies and signatures: a test of
// package gocode compares the list with them.
var taken = []string{
	"e", "opts", "json", "slices", "time",
	"fill", "addHeader", "cloned", "params", "maxSeconds", "wholeSeconds", "headerText", "dateText",
	"intText", "floatText", "boolText", "bytesText", "durationText", "timeText",
}

func isPredeclared(s string) bool {
	return slices.Contains(predeclared, s)
}

// predeclared are the identifiers of Go's universe block that are lower-case
// (https://go.dev/ref/spec#Predeclared_identifiers).
var predeclared = []string{
	"any", "append", "bool", "byte", "cap", "clear", "close", "comparable", "complex", "complex128",
	"complex64", "copy", "delete", "error", "false", "float32", "float64", "imag", "int", "int16",
	"int32", "int64", "int8", "iota", "len", "make", "max", "min", "new", "nil", "panic", "print",
	"println", "real", "recover", "rune", "string", "true", "uint", "uint16", "uint32", "uint64",
	"uint8", "uintptr",
}

// Singular returns the name of one item of a list that has a plural for its name: Violations is
// Violation, Entries is Entry. A name that is no plural gets Item behind it.
func Singular(name string) string {
	switch {
	case strings.HasSuffix(name, "ies") && len(name) > 3:
		return strings.TrimSuffix(name, "ies") + "y"
	case strings.HasSuffix(name, "ss"), !strings.HasSuffix(name, "s"), len(name) < 2:
		return name + "Item"
	default:
		return strings.TrimSuffix(name, "s")
	}
}
