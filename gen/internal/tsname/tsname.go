// Package tsname derives the names that a catalog's params have in TypeScript, once, for all
// emitters that show TypeScript.
//
// Only params and the fields of objects in them need names: codes, variants and the values of enums
// are literal types. Names are unique among their siblings for every catalog that package check
// accepts. The same param has the same name whatever is added after it: of two that would have one
// name, the later gets a mark that depends on its own name alone.
package tsname

import (
	"slices"
	"strings"
	"unicode"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/slug"
)

// Params returns the names of a code's params, by their places.
func Params(e *catalog.Entry) []string {
	return distinct(len(e.Params), func(i int) string { return e.Params[i].Name })
}

// Fields returns the names of an object's fields, by their places.
func Fields(t *catalog.Type) []string {
	return distinct(len(t.Fields), func(i int) string { return t.Fields[i].Name })
}

// Property returns a name in camelCase: agent_code is agentCode, API_KEY is apiKey, minLength is
// itself, 2fa is x2fa. A name of what every object has gets an underscore: constructor_. So a param
// that is absent is never found in Object.prototype. Reserved words are names of properties like
// all others. A name without letters and digits is left as it is.
func Property(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	if len(words) == 0 {
		return name
	}
	var b strings.Builder
	b.WriteString(uncapitalized(words[0]))
	for _, w := range words[1:] {
		b.WriteString(capitalized(w))
	}
	switch s := b.String(); {
	case unicode.IsDigit(rune(s[0])):
		return "x" + s
	case IsInherited(s):
		return s + "_"
	default:
		return s
	}
}

// IsInherited reports whether every object has a property of that name.
func IsInherited(name string) bool { return slices.Contains(inherited, name) }

// IsIdentifier reports whether a name can be written as a property without quotation marks.
func IsIdentifier(name string) bool {
	for i, r := range name {
		isLetter := r|0x20 >= 'a' && r|0x20 <= 'z' || r == '_' || r == '$'
		if !isLetter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return name != ""
}

// uncapitalized returns a word as the beginning of a name: ID is id, URLPath is urlPath.
func uncapitalized(word string) string {
	r := []rune(word)
	for i := range r {
		isLast := i+1 < len(r) && unicode.IsLower(r[i+1])
		if !unicode.IsUpper(r[i]) || i > 0 && isLast {
			break
		}
		r[i] = unicode.ToLower(r[i])
	}
	return string(r)
}

// capitalized returns a word as a later part of a name: code is Code, URL is Url, minLength is
// MinLength.
func capitalized(word string) string {
	if word == strings.ToUpper(word) {
		word = strings.ToLower(word)
	}
	r := []rune(word)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// distinct returns the properties of n names of one list. The first of those that meet keeps its
// name.
func distinct(n int, of func(int) string) []string {
	names := make([]string, n)
	taken := make(slug.Set, n)
	for i := range names {
		names[i] = Property(of(i))
		if taken.Take(names[i]) {
			continue
		}
		plain := names[i]
		marked := func(mark string) string { return plain + "_" + mark }
		names[i] = marked(taken.Distinct(of(i), marked))
	}
	return names
}

// inherited are the properties of Object.prototype.
var inherited = []string{
	"__defineGetter__", "__defineSetter__", "__lookupGetter__", "__lookupSetter__", "__proto__",
	"constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString",
	"toString", "valueOf",
}
