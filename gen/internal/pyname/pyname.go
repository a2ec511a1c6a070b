// Package pyname derives every name of a generated Python module.
//
// The same catalog gives the same names, and a code that is added behind the others changes none of
// theirs. Of two names that would be the same, the later gets a mark that depends on its own code,
// param or field alone. Every catalog that package check accepts has names.
package pyname

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/slug"
	"github.com/errspec/errspec/gen/internal/value"
)

// An Entry holds the names of one code.
type Entry struct {
	Class  string // NotFoundError
	Params []Param
}

// A Param holds the names of one of a code's params, or of a field of an object.
type Param struct {
	Attribute string // agent_code
	Type
}

// A Type holds the names of a type.
type Type struct {
	Class  string // of an object
	Fields []Param
	Elem   *Type // of what a list or a map holds
}

// Of returns the names of a catalog's public codes, in their order.
func Of(c *catalog.Catalog) []Entry {
	m := module(slug.Set{})
	for _, name := range Exports() {
		m[name] = true
	}
	for _, name := range Imports() {
		m[name] = true
	}
	var entries []Entry
	for e := range c.Public() {
		entries = append(entries, m.entry(e))
	}
	return entries
}

// Exports returns the names that every module exports, whatever its catalog. A test of package
// python compares the list with the module.
func Exports() []string {
	return []string{
		"AnyError", "ApiError", "CATALOG", "Code", "Decision", "Info", "Message", "Param", "Retired",
		"Retry", "Unrecognized", "decide", "decode", "is_retryable", "parse", "raise_for", "retrying",
		"wait",
	}
}

// Imports returns the names with a capital that a module imports. A test of package python compares
// the list with the module, too.
func Imports() []string {
	return []string{
		"Any", "AsyncIterator", "Callable", "ClassVar", "Coroutine", "Iterable", "Iterator", "Literal",
		"Mapping", "MappingProxyType",
		"NamedTuple", "ParamSpec", "Protocol", "TypeAlias", "TypeGuard", "TypeVar", "Union",
	}
}

// A module holds the names of its classes.
type module slug.Set

func (m module) entry(e *catalog.Entry) Entry {
	stem := e.GoName // an author's name for the code serves as well here
	if stem == "" {
		stem = e.Code
	}
	stem = camel(stem)
	class := stem + "Error"
	if strings.HasSuffix(stem, "Error") && stem != "Error" {
		class = stem // INTERNAL_ERROR is InternalError
	}
	if slices.Contains(builtins, class) {
		class = "Api" + class
	}
	n := Entry{Class: m.free(strings.TrimSuffix(class, "Error"), "Error", e.Code)}
	stem = strings.TrimSuffix(n.Class, "Error")
	n.Params = m.params(len(e.Params), attributes, func(i int) (string, *catalog.Type) {
		return e.Params[i].Name, &e.Params[i].Type
	}, e.Code, stem)
	return n
}

// params names params, or the fields of an object, which is in what path says. taken are the names
// that none may have.
func (m module) params(
	n int, taken []string, of func(i int) (string, *catalog.Type), path, stem string,
) []Param {
	if n == 0 {
		return nil
	}
	set := make(slug.Set, n+len(taken))
	for _, name := range taken {
		set[name] = true
	}
	var params []Param
	for i := range n {
		name, typ := of(i)
		attribute := snake(name)
		if set[attribute] && slices.Contains(taken, attribute) {
			attribute += "_"
		}
		if !set.Take(attribute) {
			attribute += "_x" + set.Distinct(name, func(mark string) string {
				return attribute + "_x" + mark
			})
		}
		params = append(params, Param{attribute, m.typ(typ, path+"\x00"+name, stem+camel(name))})
	}
	return params
}

// typ names a type, and those in it.
func (m module) typ(t *catalog.Type, path, stem string) (n Type) {
	switch {
	case t.Kind == value.Object:
		n.Class = m.free(stem, "", path)
		n.Fields = m.params(len(t.Fields), words, func(i int) (string, *catalog.Type) {
			return t.Fields[i].Name, &t.Fields[i].Type
		}, path, n.Class)
	case t.Elem != nil:
		elem := m.typ(t.Elem, path+"\x00", goname.Singular(stem))
		n.Elem = &elem
	}
	return n
}

// free returns a name that is not taken yet: the given one, or one with the mark of its source
// before its end.
func (m module) free(name, end, source string) string {
	set := slug.Set(m)
	if set.Take(name + end) {
		return name + end
	}
	marked := func(mark string) string { return goname.Marked(name, mark) + end }
	return marked(set.Distinct(source, marked))
}

// camel returns a name in CapWords: NOT_FOUND is NotFound, 2F003 is X2F003, auth/invalidEmail is
// AuthInvalidEmail.
func camel(name string) string {
	var b strings.Builder
	for _, part := range parts(name) {
		if part != strings.ToUpper(part) && part != strings.ToLower(part) {
			b.WriteString(strings.ToUpper(part[:1]) + part[1:])
			continue
		}
		afterLetter := false
		for _, r := range strings.ToLower(part) {
			if !afterLetter {
				r = unicode.ToUpper(r)
			}
			afterLetter = unicode.IsLetter(r)
			b.WriteRune(r)
		}
	}
	if s := b.String(); !unicode.IsDigit(rune(s[0])) {
		return s
	}
	return "X" + b.String()
}

// snake returns a name in lower case with underscores: agentCode and agent-code are agent_code.
func snake(name string) string {
	var b strings.Builder
	for _, part := range parts(name) {
		for i := range len(part) {
			isUpper := func(i int) bool { return i < len(part) && part[i] >= 'A' && part[i] <= 'Z' }
			isLower := func(i int) bool { return i < len(part) && part[i] >= 'a' && part[i] <= 'z' }
			begins := i == 0 && b.Len() > 0 ||
				i > 0 && isUpper(i) && (!isUpper(i-1) && part != strings.ToUpper(part) || isLower(i+1))
			if begins {
				b.WriteByte('_')
			}
			b.WriteByte(part[i])
		}
	}
	s := strings.ToLower(b.String())
	if s[0] >= '0' && s[0] <= '9' {
		return "x" + s
	}
	return s
}

// parts splits a name at whatever is neither a letter nor a digit. Other letters than those of
// ASCII are written as their code points: Python normalises identifiers, and its versions differ in
// the scripts that they know. A name without letters and digits is written so as a whole.
func parts(name string) []string {
	var b strings.Builder
	for _, r := range name {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			fmt.Fprintf(&b, " u%04x ", r)
		default:
			b.WriteByte(' ')
		}
	}
	if found := strings.Fields(b.String()); len(found) > 0 {
		return found
	}
	b.Reset()
	b.WriteString("x")
	for _, r := range name {
		fmt.Fprintf(&b, " u%04x", r)
	}
	return strings.Fields(b.String())
}

// Attributes returns the names that no param's attribute has: those of every error, and the words
// of the language and of annotations. A test of package python compares the list with the module.
func Attributes() []string { return slices.Clone(attributes) }

var attributes = append([]string{
	"add_note", "args", "body_status", "code", "docs_url", "has_params", "headers", "idempotent",
	"info", "instance", "message", "others", "params", "raw_code", "request_id", "resolution",
	"retry_after", "self", "status", "super", "title", "variant", "with_traceback",
}, words...)

// words are the keywords, and the names that annotations in a class refer to: an attribute of that
// name would hide them.
var words = append([]string{"bool", "datetime", "dict", "float", "int", "list", "str"}, keywords...)

// keywords are those of Python, but for the three with a capital.
var keywords = []string{
	"and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
	"else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda",
	"nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
}

// Module returns the name of a module: name itself if Python can import it, or else a similar one.
func Module(name string) string {
	isIdentifier := name != "" && strings.Trim(name, letters+digits) == "" &&
		strings.TrimLeft(name[:1], digits) != ""
	isKeyword := slices.Contains(keywords, name) || name == "None" || name == "True" || name == "False"
	switch {
	case isIdentifier && !isKeyword:
		return name
	case isKeyword:
		return strings.ToLower(name) + "_"
	}
	return snake(name)
}

const (
	letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"
	digits  = "0123456789"
)

// builtins are the exceptions of Python whose names end in Error, up to Python 3.14.
var builtins = []string{
	"ArithmeticError", "AssertionError", "AttributeError", "BlockingIOError", "BrokenPipeError",
	"BufferError", "ChildProcessError", "ConnectionAbortedError", "ConnectionError",
	"ConnectionRefusedError", "ConnectionResetError", "EOFError", "EnvironmentError",
	"FileExistsError", "FileNotFoundError", "FloatingPointError", "IOError", "ImportError",
	"IndentationError", "IndexError", "InterruptedError", "IsADirectoryError", "KeyError",
	"LookupError", "MemoryError", "ModuleNotFoundError", "NameError", "NotADirectoryError",
	"NotImplementedError", "OSError", "OverflowError", "PermissionError", "ProcessLookupError",
	"PythonFinalizationError", "RecursionError", "ReferenceError", "RuntimeError", "SyntaxError",
	"SystemError", "TabError", "TimeoutError", "TypeError", "UnboundLocalError", "UnicodeDecodeError",
	"UnicodeEncodeError", "UnicodeError", "UnicodeTranslateError", "ValueError", "WindowsError",
	"ZeroDivisionError",
}
