package hostile

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// A labels composes catalogs of names that mean something to Go, TypeScript or Python, or that are
// each other's once their case is changed. All names of a catalog are made from a few words.
type labels struct {
	dice
	words []string
}

// declaredNames are all words of generated packages: what they declare, what they import, and what the
// languages know.
var declaredNames = sync.OnceValue(func() []string {
	paths, err := filepath.Glob(root + "/generated/apierr/*.go")
	if err != nil || len(paths) == 0 {
		panic("hostile: there is no generated package")
	}
	var all []string
	for _, path := range append(paths, root+"/generated/errors.ts", root+"/generated/apierr.py") {
		data, err := os.ReadFile(path)
		if err != nil {
			panic("hostile: " + err.Error())
		}
		all = append(all, regexp.MustCompile(`[A-Za-z_]\w*`).FindAllString(string(data), -1)...)
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(w string) bool { return len(w) > 24 })
})

// languageNames are keywords and names that the languages declare, and short ones.
var languageNames = strings.Fields(`
	break case chan const continue default defer else fallthrough for func go goto if import interface map
	package range return select struct switch type var any bool byte comparable complex64 error float64
	int int64 rune string uint8 uintptr true false iota nil append cap clear close complex copy delete imag
	len make max min new panic print println real recover init main
	abstract arguments as async await catch class constructor debugger declare enum eval export extends
	finally from function get implements in instanceof is keyof let module namespace never null number object
	of private protected public readonly require set static super symbol this throw toString try typeof
	undefined unknown using valueOf void while with yield hasOwnProperty prototype __proto__ length name
	Object Array Map Set Date Error Promise Record String Number Boolean BigInt JSON Response Request Headers
	False None True and assert def del elif except exec global lambda nonlocal not or pass raise match self
	cls str dict list tuple float Exception BaseException args with_traceback add_note property dataclass
	__init__ __class__ __dict__ __slots__ __doc__ field Literal Optional Union Any datetime timedelta
	id ID i_d iD Id url URL a A a_a aA a1 a_1 A1 x_ _x x__y e err r w t code status message params variant
	Code Status Message Params Variant Errors errors E New With Is As Unwrap String GoString Format Equal
	LogValue MarshalJSON Retry retry_after RetryAfter request_id RequestID title detail cause stack`)

// name returns a name of the catalog's words, spelt in some way.
func (n labels) name() string {
	words := []string{n.pick(n.words)}
	if n.one(4) {
		words = append(words, n.pick(n.words))
	}
	word := strings.Join(words, n.pick([]string{"_", "-", "", "."}))
	switch n.IntN(8) {
	case 0:
		return strings.ToUpper(word)
	case 1:
		return strings.ToLower(word)
	case 2:
		return strings.ToUpper(word[:1]) + word[1:]
	case 3:
		return strings.ToLower(word[:1]) + word[1:]
	case 4:
		return snake.ReplaceAllString(word, "${1}_$2")
	case 5:
		return strings.ToUpper(snake.ReplaceAllString(word, "${1}_$2"))
	case 6:
		return word + n.pick([]string{"_", "1", "s", "_1", "Error", "_error", "_params"})
	default:
		return word
	}
}

var snake = regexp.MustCompile(`([a-z0-9])([A-Z])`)

// id returns a name in the form of ids.
func (n labels) id() string {
	id := strings.Trim(notID.ReplaceAllString(strings.ToLower(n.name()), "-"), "-0123456789")
	return max(id, "a")
}

var notID = regexp.MustCompile(`[^a-z0-9-]+`)

// quoted is a name in YAML.
func (n labels) quoted() string { return `"` + n.name() + `"` }

// distinct returns names in YAML, each once. They begin with letters, as names of params must.
func (n labels) distinct(most int) (all []string) {
	for range most {
		if name := strings.TrimLeft(n.name(), "_.-0123456789"); name != "" && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

// fieldsOf returns fields of an object.
func (n labels) fieldsOf(depth int) string {
	var all []string
	for _, name := range append(n.distinct(n.IntN(3)), "other") {
		t := n.pick([]string{"string", "int", "{type: time, optional: true}", "duration", `{type: string, enum: [a, b]}`})
		if depth > 0 && n.one(3) {
			t = "{type: object, fields: " + n.fieldsOf(depth-1) + "}"
		}
		all = append(all, `"`+name+`": `+t)
	}
	return "{" + strings.Join(all, ", ") + "}"
}

func (n labels) catalog() []byte {
	for range 1 + n.IntN(3) {
		if n.one(2) {
			n.words = append(n.words, n.pick(languageNames))
		} else {
			n.words = append(n.words, n.pick(declaredNames()))
		}
	}
	var b strings.Builder
	meta := n.quoted()
	fmt.Fprintf(&b, `version: 1
title: T
service: %s
docs_url: https://example.com/errors
lint: {code_pattern: .*}
envelope:
  body: {%s: $code, %s: $message, %s: $params, %s: %s}
retry_policies: {%s: {max_retries: 2}}
groups:
`, n.id(), n.quoted(), n.quoted(), n.quoted(), n.quoted(),
		n.pick([]string{"$variant", "$status", `"$meta.` + meta[1:], "$request_id", "$param." + n.name()}), n.id())
	for g := range 1 + n.IntN(2) {
		fmt.Fprintf(&b, "  - id: %s-%d\n    title: %s\n    errors:\n", n.id(), g, n.pick([]string{n.quoted(), "All"}))
		for range 1 + n.IntN(5) {
			fmt.Fprintf(&b, "      - code: %s\n        status: 40%d\n        resolution: x\n", n.quoted(), g)
			var params, shown []string
			for _, name := range n.distinct(n.IntN(4)) {
				t := n.pick([]string{
					"{type: string, example: a}", "{type: int, example: 1}", "{type: string, enum: [a, b]}",
					"{type: string, enum: [" + n.quoted() + ", " + n.quoted() + "]}",
					"{type: list, items: " + n.fieldsOf(1) + "}", "{type: object, fields: " + n.fieldsOf(2) + "}",
					"{type: map, values: " + n.fieldsOf(0) + "}", "{type: duration, optional: true, detail: true}",
				})
				params = append(params, `"`+name+`": `+t)
				if strings.HasPrefix(t, "{type: string") || strings.HasPrefix(t, "{type: int") {
					shown = append(shown, name)
				}
			}
			message := "M"
			for _, name := range shown {
				message += " ${" + name + "},"
			}
			if n.one(3) {
				fmt.Fprintf(&b, "        variants: [{id: %s, message: \"%s\"}, {id: %s, message: \"N%[2]s\"}]\n", n.quoted(), message, n.quoted())
			} else {
				fmt.Fprintf(&b, "        message: \"%s\"\n", message)
			}
			if params != nil {
				b.WriteString("        params: {" + strings.Join(params, ", ") + "}\n")
			}
			if n.one(3) {
				fmt.Fprintf(&b, "        values: {%s: 10MB, %s: [a, b]}\n", n.quoted(), n.quoted())
			}
			if n.one(3) {
				fmt.Fprintf(&b, "        meta: {%s: x, %s: y}\n", meta, n.quoted())
			}
		}
	}
	return []byte(b.String())
}
