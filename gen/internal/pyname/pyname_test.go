package pyname

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/value"
)

func catalogOf(codes ...string) *catalog.Catalog {
	c := &catalog.Catalog{Groups: []catalog.Group{{}}}
	for _, code := range codes {
		c.Groups[0].Entries = append(c.Groups[0].Entries, &catalog.Entry{Code: code})
	}
	return c
}

func TestClasses(t *testing.T) {
	for code, want := range map[string]string{
		"NOT_FOUND":          "NotFoundError",
		"INTERNAL_ERROR":     "InternalError",
		"ERROR":              "ErrorError",
		"API_KEY_ID":         "ApiKeyIdError",
		"auth/invalidEmail":  "AuthInvalidEmailError",
		"2F003":              "X2F003Error",
		"1002":               "X1002Error",
		"None":               "NoneError",
		"class":              "ClassError",
		"self":               "SelfError",
		"__init__":           "InitError",
		"constructor":        "ConstructorError",
		"Exception":          "ExceptionError",
		"KeyError":           "ApiKeyError",
		"KEY":                "ApiKeyError",
		"TIMEOUT":            "ApiTimeoutError",
		"IO":                 "IoError",
		"IOError":            "ApiIOError",
		"ärger":              "U00E4RgerError",
		"<=":                 "XU003CU003DError",
		"UNRECOGNIZED_ERROR": "UnrecognizedError",
	} {
		if got := Of(catalogOf(code))[0].Class; got != want {
			t.Errorf("the class of %q is %s, want %s", code, got, want)
		}
	}
}

// Names that meet, each other's or the module's own, get marks.
func TestMeetingClasses(t *testing.T) {
	var got []string
	for _, e := range Of(catalogOf("TIMEOUT", "Timeout", "API_TIMEOUT", "API", "ANY", "A.B", "A_B")) {
		name, mark, marked := strings.Cut(strings.TrimSuffix(e.Class, "Error"), "X")
		if marked && len(mark) == 4 {
			name += "X…"
		}
		got = append(got, name+"Error")
	}
	want := []string{
		"ApiTimeoutError", "ApiTimeoutX…Error", "ApiTimeoutX…Error", "ApiX…Error", "AnyX…Error",
		"ABError", "ABX…Error",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAttributes(t *testing.T) {
	for name, want := range map[string]string{
		"agent_code": "agent_code",
		"agentCode":  "agent_code",
		"agent-code": "agent_code",
		"HTTPServer": "http_server",
		"userID":     "user_id", "URL": "url", "2nd": "x2nd", "type": "type", "match": "match",
		"class": "class_", "from": "from_",
		"message": "message_", "code": "code_", "args": "args_",
		"status": "status_", "with_traceback": "with_traceback_",
		"self": "self_", "super": "super_", "None": "none", "str": "str_", "int": "int_",
		"retry_after": "retry_after_",
		"__init__":    "init", "sha256": "sha256", "a1B2": "a1_b2",
	} {
		c := catalogOf("X")
		c.Groups[0].Entries[0].Params = []catalog.Param{{Name: name}}
		if got := Of(c)[0].Params[0].Attribute; got != want {
			t.Errorf("the attribute of %q is %s, want %s", name, got, want)
		}
	}
}

// A code's author may name it for Go, which is a better name here, too.
func TestGoName(t *testing.T) {
	c := catalogOf("1002")
	c.Groups[0].Entries[0].GoName = "InvalidToken"
	if got := Of(c)[0].Class; got != "InvalidTokenError" {
		t.Errorf("the class is %s", got)
	}
}

// Whatever the codes, the params and the fields are called: names are identifiers, unique, and
// those of the language and of the module are nobody's. A code that is added changes no name.
func TestNamesOfAnyCatalog(t *testing.T) {
	name := rapid.OneOf(
		rapid.StringN(1, 6, -1).Filter(utf8.ValidString),
		rapid.SampledFrom(append(append(Exports(), builtins...), attributes...)),
		rapid.SampledFrom([]string{
			"a_b", "a-b", "aB", "A_B", "AB", "ab", "a.b", "x", "X", "key", "KEY", "class", "None", "API",
			"x_", "xs", "é", "e\u0301",
		}),
	)
	names := rapid.SliceOfNDistinct(name, 1, 6, rapid.ID)
	var typ func(t *rapid.T, depth int) catalog.Type
	typ = func(t *rapid.T, depth int) catalog.Type {
		kinds := []value.Kind{value.String, value.Object, value.List, value.Map}
		k := rapid.SampledFrom(kinds[:1+min(depth, 1)*3]).Draw(t, "kind")
		made := catalog.Type{Kind: k}
		switch k {
		case value.Object:
			for _, n := range names.Draw(t, "fields") {
				made.Fields = append(made.Fields, catalog.Field{Name: n, Type: typ(t, depth-1)})
			}
		case value.List, value.Map:
			elem := typ(t, depth-1)
			made.Elem = &elem
		}
		return made
	}
	rapid.Check(t, func(t *rapid.T) {
		c := catalogOf(rapid.SliceOfNDistinct(name, 1, 12, rapid.ID).Draw(t, "codes")...)
		for _, e := range c.Groups[0].Entries {
			for _, n := range rapid.SliceOfNDistinct(name, 0, 5, rapid.ID).Draw(t, "params") {
				e.Params = append(e.Params, catalog.Param{Name: n, Type: typ(t, 2)})
			}
		}
		all := Of(c)
		classes := map[string]bool{}
		for _, taken := range append(append(Exports(), Imports()...), builtins...) {
			classes[taken] = true
		}
		for i := range all {
			takeClass(t, classes, all[i].Class)
			takeParams(t, classes, all[i].Params, attributes)
		}
		fewer := *c
		n := rapid.IntRange(0, len(all)).Draw(t, "n")
		fewer.Groups = []catalog.Group{{Entries: c.Groups[0].Entries[:n]}}
		if diff := cmp.Diff(all[:n], append([]Entry{}, Of(&fewer)...)); diff != "" {
			t.Errorf("codes that were added change names:\n%s", diff)
		}
	})
}

func takeClass(t *rapid.T, taken map[string]bool, name string) {
	if !isIdentifier(name) || taken[name] {
		t.Errorf("the class %q is taken or no identifier", name)
	}
	taken[name] = true
}

func takeParams(t *rapid.T, classes map[string]bool, params []Param, reserved []string) {
	taken := map[string]bool{}
	for _, name := range reserved {
		taken[name] = true
	}
	for i := range params {
		p := &params[i]
		if name := p.Attribute; !isIdentifier(name) || taken[name] || name != strings.ToLower(name) {
			t.Errorf("the attribute %q is taken or no identifier in lower case", name)
		}
		taken[p.Attribute] = true
		for typ := &p.Type; typ != nil; typ = typ.Elem {
			if typ.Class != "" {
				takeClass(t, classes, typ.Class)
				takeParams(t, classes, typ.Fields, words)
			}
		}
	}
}

func isIdentifier(name string) bool {
	return name != "" && !strings.Contains("0123456789_", name[:1]) && !slices.Contains(words, name) &&
		!strings.ContainsFunc(name, func(r rune) bool {
			return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_",
				r)
		})
}

// Many codes have names in linear time.
func TestManyCodes(t *testing.T) {
	var codes []string
	for i := range 10_000 {
		codes = append(codes, fmt.Sprintf("code%s%d", strings.Repeat("_", i%3), i/3))
	}
	if got := len(Of(catalogOf(codes...))); got != len(codes) {
		t.Errorf("%d names", got)
	}
}
