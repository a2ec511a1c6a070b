package hostile

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// compose returns a catalog that is made from the format's own definition: every key may be there,
// with values that its type allows, often at their edges. What only fits together (a message and
// its params, an example and its type) is made to fit, most of the time.
func compose(r *rand.Rand) *yaml.Node {
	c := &composer{dice: dice{r}}
	c.codes = c.some(codeNames, 4, 4)
	c.params = c.some(paramNames, 3, 8)
	c.policies = c.some(ids, 1, 2)
	c.meta = c.some(metaNames, 1, 2)
	return c.value(syntax.Format(), "catalog")
}

// encoded returns a catalog as YAML.
func encoded(n *yaml.Node) []byte {
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := enc.Encode(n); err != nil {
		panic("hostile: a composed tree that is no YAML: " + err.Error())
	}
	return b.Bytes()
}

// A composer holds what the parts of one catalog refer to.
type composer struct {
	dice
	codes, params, policies, meta []string
	made                          int  // how many codes were given away
	carries                       bool // the envelope carries params
}

// edges are the values at which types end, as an author writes them; beyond are those behind them,
// and those of other languages.
var edges = map[string][]string{
	"int": {"0", "1", "-1", "42", "1000", "-1234567", "9223372036854775807", "-9223372036854775808"},
	"float": {
		"0", "-0", "0.0", "-0.0", "2.5", "3", "-1", "1e21", "1e20", "999999999999999999999", "1e-7",
		"1e-6", "-1e-7", "5e-324", "1.7976931348623157e308", "-1.7976931348623157e+308", "1e-400", "0.1",
		"1E5", "123456789.123456789",
	},
	"bool": {"true", "false"},
	"bytes": {
		"0B", "1B", "999B", "1000B", "1024B", "1KB", "10MB", "10 MiB", "9223372036854775807B", "9EB",
		"7EiB",
	},
	"duration": {
		"0s", "-0s", "1ns", "999ns", "1us", "1µs", "1500ms", "1.5s", ".5s", "30s", "1m30s", "90s", "1h",
		"1h0m1s", "100000h", "1h1m1.000000001s", "2562047h47m16.854775807s", "-2562047h47m16.854775808s",
		"-1s", "-1ns", "-1.5s",
	},
	"time": {
		"2026-06-12T15:04:05Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z",
		"2026-06-12T15:04:05.5+02:00", "2026-06-12T15:04:05,5Z", "1969-12-31T23:59:59.999Z",
		"2024-02-29T23:59:59-12:00",
	},
	"string": {
		"", " ", "image", "two words", "a, b", "null", "~", "0", "\"", "'", "`", "\\", "\\u0041", "é",
		"日本", "😀", "\u2028", "\ufffd", "e\u0301", "line\nfeed", "tab\t", "<&>", "${x}", "$",
		"%d %s", "*/", "//go:embed x", "\u202e", "\U0010ffff", strings.Repeat("long ", 60) + "end",
	},
}

var beyond = map[string][]string{
	"int":      {"9223372036854775808", "007", "+1", "-0", "1e3", "1_000", "0x1F"},
	"float":    {"1e400", ".inf", "NaN", "-Inf", ".5", "1.", "+1", "01"},
	"bool":     {"True", "yes", "1"},
	"bytes":    {"8EiB", "-1B", "1.5MB", "10", "MB"},
	"duration": {"2562047h47m17s", "1d", "0", "+1s", "1.s", ""},
	"time": {
		"0000-01-01T00:00:00+14:00", "2016-12-31T23:59:60Z", "2026-06-12t15:04:05z", "2026-06-12",
		"2026-02-30T00:00:00Z",
	},
	"string": {"null"},
}

var kinds = []string{"string", "int", "float", "bool", "bytes", "duration", "time"}

// Names that Go, JSON, YAML, Markdown or a file system may take for something else.
var (
	codeNames = []string{
		"NOT_FOUND", "FILE_TOO_LARGE", "INTERNAL_ERROR", "RATE_LIMITED", "A1", "ERROR", "NEW", "CODE",
		"VARIANT", "TEST", "EXAMPLE", "FUZZ", "INIT", "MAIN", "TYPE", "NIL", "PARAMS", "WITH", "E",
		"OPTS", "not_found", "auth/invalid-email", "a.b", "a b", "a:b", "a-b", "2F003", "00000", "42",
		"1.0", "-1", "NO", "null", "true", "~x", "#x", "x|y", "'q'", `"q"`, "`q`", `b\s`, "<b>", "a&b",
		"%d", "$a", "${a}", "{{.}}", "[a](b)", "*a*", "_a_", "CAFÉ", "É", "ÀB", "straße", "ŉX",
		"ǅUNGLA", "日本", "エラー_1", "ошибка", "خطأ", "ŒUVRE_É", "A\u0301B", "e\u0301",
		"ªB", "٣A", "𝔘X", "Ⅷ", "ⅷB", "x²", "ERR😀", "İ", "ı", "K", "_", "__A__", "a_",
		"con", "index", "README", "..x", "x/../y", strings.Repeat("VERY_LONG_", 12) + "CODE",
		strings.Repeat("x", 128), strings.Repeat("é", 64), "CÓDIGO=1", "A=B", "A\u00a0B",
	}
	paramNames = []string{
		"name", "limit", "kind", "count", "wait", "at", "retry_after", "a-b", "a_b", "aB", "a", "A", "id",
		"ID", "url", "type", "range", "error", "e", "opts", "args", "infos", "time", "slices", "string",
		"nil", "len", "code", "message", "status", "params", "title", "detail", "instance", "core",
		"text_arg", "x-1", "n2", "n-", "n_", "Stem", "Params", "Error", "violations", "errors", "entries",
		"toString", "constructor", strings.Repeat("p", 64),
	}
	ids = []string{
		"files", "a", "a-b", "z9", "all", "retry", "backoff", "once", "index", "con", "x-", "a--b",
		"constant",
	}
	sentIDs   = []string{"A", "storage.example.com", "A_b.C-d", "9", "constructor", "Files", "A.B"}
	metaNames = []string{"type", "a-b", "a_b", "id", "é", "x y", "0", "KEY", "$x", "\"", "a.b"}
	variants  = []string{
		"agent", "rooms", "a", "A", "1", "a.b", "a-b", "a_b", "x_", "z-", "9.9", "Error", "params",
	}
	goNames = []string{"Named", "X", "Go_Name", "A1", "HTTPError", "NewThing", "Código"}
	headers = []string{
		"Retry-After", "retry-after", "X-Limit", "RateLimit-Reset", "WWW-Authenticate", "Link", "X",
		"x-odd!#$%&'*+.^_`|~", "ETag", "Allow", "Cache-Control",
	}
)

var plainTexts = []string{
	"Something went wrong", "The file is gone.", "Ünïcode — “quoted” …",
	"日本語のメッセージ", "😀", "a \"quoted\" text", "it's", "back`tick", `back\slash`,
	"a | b", "<b>bold</b> & co", "$$5", "100 %", "%s %d %!", "*/ /* //", "{{.}} {x}", "- item",
	"# heading", "1. one", "[a](b)", "*em* _em_ ~~x~~", "e\u0301\u0300", "a\u00a0b", "x\u2028y",
	"null", "true", "-0", "``` ''", "trailing  spaces  inside", strings.Repeat("word ", 80) + "end",
	strings.Repeat("x", 300), "http://example.com/a_b?c=d&e", "@a #1", "a: b # c",
}

var markdownTexts = []string{
	"Check the request.", "One.\n\nTwo.", "- a\n- b\n  - c\n", "1. one\n2. two\n",
	"| a | b |\n|---|---|\n| 1 | `x` |\n", "> quote\n> more", "```go\nfunc init() {}\n```\n",
	"    indented\n", "a `code` b ``c ` d``",
	"[link](https://example.com/x_y) and <https://example.com>", "**bold** *em* ~~gone~~",
	"# Heading\n\ntext", "hard  \nbreak", "a\\\nb", "&amp; &lt; &#35; <br>", "<!-- x -->",
	"![alt](x.png)", "- [ ] task\n- [x] done", "$$1 each", "***", "text\n===\n",
	"[ref]: https://example.com\n\n[ref]", "a\n\n\n\nb", "\tTab", "*/ `\"\\", "+ x\n+ y",
	"```\n{\"code\": 1}\n```",
}

// anything composes text of any kind.
func (c *composer) anything() string {
	if c.one(3000) {
		return strings.Repeat("a very long text ", 70_000)
	}
	switch c.IntN(8) {
	case 0:
		return c.pick(words)
	case 1:
		return c.pick(plainTexts) + c.pick(words) + c.pick(plainTexts)
	default:
		return c.pick(plainTexts)
	}
}

func (c *composer) markdown() string {
	switch c.IntN(4) {
	case 0:
		return c.anything()
	case 1:
		return c.pick(markdownTexts) + "\n\n" + c.pick(markdownTexts)
	default:
		return c.pick(markdownTexts)
	}
}

// str is a text, plain is what a plain scalar holds, whatever YAML makes of it.
func str(text string) *yaml.Node {
	n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
	if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

func plain(text string) *yaml.Node {
	if text == "" {
		return str(text)
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Value: text}
}

func list(items ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.SequenceNode, Content: items, Style: yaml.FlowStyle}
}

func mapping(pairs ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Content: pairs}
}

// get returns the value of a key, or nil.
func get(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

func is(n *yaml.Node, key, value string) bool {
	v := get(n, key)
	return v != nil && v.Value == value
}

// set gives a key a value; nil removes it.
func set(n *yaml.Node, key string, value *yaml.Node) {
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			if value == nil {
				n.Content = slices.Delete(n.Content, i, i+2)
			} else {
				n.Content[i+1] = value
			}
			return
		}
	}
	if value != nil {
		n.Content = append(n.Content, str(key), value)
	}
}

// value composes a value of a type. where is the object and the key that it is for, such as
// error.code; [] and {} are the elements of its list and of its mapping, {key} the mapping's keys.
func (c *composer) value(t *syntax.Type, where string) *yaml.Node {
	if meaning := meanings[where]; meaning != nil {
		return meaning(c)
	}
	switch t.Kind {
	case syntax.Object:
		return c.object(t)
	case syntax.List:
		n := list()
		n.Style = 0
		for range 1 + c.IntN(2) {
			n.Content = append(n.Content, c.value(t.Item, where+"[]"))
		}
		return n
	case syntax.Map:
		n := mapping()
		for range 1 + c.IntN(2) {
			set(n, c.value(t.Key, where+"{key}").Value, c.value(t.Item, where+"{}"))
		}
		return n
	case syntax.OneOf:
		return c.value(t.Alternatives[c.IntN(len(t.Alternatives))].Type, where)
	case syntax.Markdown:
		return str(c.markdown())
	case syntax.Int:
		if t.Min < t.Max {
			return plain(strconv.Itoa(t.Min + c.IntN(t.Max-t.Min+1)))
		}
		return plain(c.pick([]string{"1", "2", "4", "100", "2147483647"}))
	case syntax.Number:
		return plain(c.pick([]string{
			"1", "1.5", "2", "10", "1e21", "1.0000000000000002", "1.7976931348623157e308", "1E5",
		}))
	case syntax.Bool:
		return plain(c.pick([]string{"true", "false"}))
	case syntax.Duration:
		return plain(c.pick([]string{
			"1ns", "1us", "500ms", "1s", "1.5s", "30s", "1m30s", "5m", "1h", "2562047h47m16.854775807s",
		}))
	case syntax.Literal:
		return c.literal()
	case syntax.Free:
		return c.free(3)
	default:
		return c.text(t)
	}
}

func (c *composer) text(t *syntax.Type) *yaml.Node {
	choices := t.Choices
	if choices == nil {
		choices = t.Suggestions
	}
	if choices != nil {
		return plain(choices[c.IntN(len(choices))].Value)
	}
	if t.Pattern != "" {
		for {
			if id := c.pick(slices.Concat(ids, sentIDs)); regexp.MustCompile(t.Pattern).MatchString(id) {
				return str(id)
			}
		}
	}
	return str(c.anything())
}

// object composes the keys of an object that are required, and some of the others; then those that
// depend on each other.
func (c *composer) object(t *syntax.Type) *yaml.Node {
	n := mapping()
	for _, f := range t.Fields {
		where := t.Name + "." + f.Key
		often := likelihood[where]
		if often == 0 {
			often = 25
		}
		if f.Required || c.IntN(100) < often {
			set(n, f.Key, c.value(f.Type, where))
		}
	}
	if agree := agreements[t.Name]; agree != nil {
		agree(c, n)
	}
	return n
}

// likelihood is how often a key that is not required is there, in percent, if not a quarter of the
// time.
var likelihood = map[string]int{
	"catalog.envelope":       80,
	"catalog.groups":         100,
	"error.see":              8,
	"error.deprecated":       12,
	"error.links":            15,
	"catalog.retired":        30,
	"tombstone.use":          60,
	"catalog.retry_policies": 60,
	"catalog.docs_url":       50,
	"catalog.service":        50,
	"catalog.include":        5,
	"group.errors":           100,
	"group.title":            100,
	"error.params":           70,
	"error.retry":            40,
	"error.headers":          40,
	"error.values":           40,
	"error.message":          100,
	"error.variants":         30,
	"error.go_name":          5,
	"param.go_name":          5,
	"value.go_name":          5,
	"variant.go_name":        5,
	"error.visibility":       10,
	"error.anonymous":        12,
	"param.example":          70,
	"param.enum":             20,
	"param.optional":         20,
	"param.sensitive":        8,
	"param.detail":           40,
	"lint section.enable":    50,
}

// meanings are the values that mean something elsewhere in the catalog, or to HTTP, Go or JSON.
var meanings map[string]func(*composer) *yaml.Node

func init() { // its functions use value, which uses it
	code := func(c *composer) *yaml.Node { return str(c.pick(c.codes)) }
	policy := func(c *composer) *yaml.Node {
		return str(c.pick(append([]string{"never"}, c.policies...)))
	}
	meanings = map[string]func(*composer) *yaml.Node{
		"catalog.version": func(*composer) *yaml.Node { return plain("1") },
		"catalog.title":   func(c *composer) *yaml.Node { return str(c.pick(plainTexts)) },
		"catalog.docs_url": func(c *composer) *yaml.Node {
			return str(c.pick([]string{
				"https://docs.example.com/errors", "https://example.com/e/{code}",
				"https://example.com/e?c={code}&x=1#{anchor}", "/errors", "https://example.com/ü",
			}))
		},
		"catalog.type_base": func(c *composer) *yaml.Node {
			return str(c.pick([]string{
				"https://api.example.com/problems/", "urn:problem:", "https://api.example.com/p?c={code}",
				"/problems/",
			}))
		},
		"catalog.include": func(*composer) *yaml.Node { return list(str("included.yaml")) },
		"catalog.statuses{key}": func(c *composer) *yaml.Node {
			return plain(c.pick([]string{
				"200", "204", "400", "401", "404", "413", "429", "500", "503", "599",
			}))
		},
		"catalog.retry_policies{key}": func(c *composer) *yaml.Node { return str(c.pick(c.policies)) },
		"catalog.groups": func(c *composer) *yaml.Node {
			groups := list()
			groups.Style = 0
			fields := syntax.Format().Fields
			isGroups := func(f syntax.Field) bool { return f.Key == "groups" }
			group := fields[slices.IndexFunc(fields, isGroups)].Type.Item
			for i := range 1 + c.IntN(2) {
				g := c.value(group, "catalog.groups[]")
				set(g, "id", str(fmt.Sprint(c.pick(ids), i)))
				groups.Content = append(groups.Content, g)
			}
			return groups
		},
		"envelope.media_type": func(c *composer) *yaml.Node {
			return str(c.pick([]string{
				"application/json", "application/problem+json", "application/vnd.api+json",
				"application/json; charset=utf-8", "application/x-amz-json-1.1",
			}))
		},
		"envelope.body":    func(c *composer) *yaml.Node { return c.body() },
		"envelope.headers": func(c *composer) *yaml.Node { return c.envelopeHeaders() },
		"sample.code":      code,
		"error.code": func(c *composer) *yaml.Node {
			c.made++
			return str(c.codes[c.made%len(c.codes)])
		},
		"error.status": func(c *composer) *yaml.Node {
			all := []string{
				"400", "401", "403", "404", "409", "413", "418", "422", "429", "500", "501", "503", "599",
			}
			if c.one(3) {
				n := list()
				for _, s := range c.some(all, 1, 3) {
					n.Content = append(n.Content, plain(s))
				}
				return n
			}
			return plain(c.pick(all))
		},
		"error.params": func(c *composer) *yaml.Node {
			n := mapping()
			for _, name := range c.some(c.params, 1, 4) {
				set(n, name, c.object(paramType()))
			}
			return n
		},
		"error.values{key}":  func(c *composer) *yaml.Node { return str(c.pick(paramNames)) },
		"error.headers{key}": func(c *composer) *yaml.Node { return str(c.pick(headers)) },
		"error.see[]":        code,
		"error.tags[]":       func(c *composer) *yaml.Node { return str(c.pick(plainTexts)) },
		"error.go_name":      func(c *composer) *yaml.Node { return str(c.pick(goNames)) },
		"param.go_name":      func(c *composer) *yaml.Node { return str(c.pick(goNames)) },
		"value.go_name":      func(c *composer) *yaml.Node { return str(c.pick(goNames)) },
		"variant.go_name":    func(c *composer) *yaml.Node { return str(c.pick(goNames)) },
		"variant.id":         func(c *composer) *yaml.Node { return str(c.pick(variants)) },
		"group.meta{key}":    func(c *composer) *yaml.Node { return str(c.pick(c.meta)) },
		"error.meta{key}":    func(c *composer) *yaml.Node { return str(c.pick(c.meta)) },
		"deprecation.use":    code,
		"tombstone.use":      code,
		"tombstone.code": func(c *composer) *yaml.Node {
			return str("OLD_" + c.pick(codeNames))
		},
		"error.since": func(c *composer) *yaml.Node {
			return plain(c.pick([]string{"1.10", "2026-06-12", "v1", "0", "é"}))
		},
		"inline retry policy.policy": policy,
		"link.url": func(c *composer) *yaml.Node {
			return str(c.pick([]string{
				"https://example.com/x_y?a=b&c=d", "/api/limits", "https://example.com/(a)",
				"https://example.com/ü", "https://example.com/#x",
			}))
		},
		"param.items":  func(c *composer) *yaml.Node { return c.element(3) },
		"param.values": func(c *composer) *yaml.Node { return c.element(3) },
		"param.fields": func(c *composer) *yaml.Node { return c.fields(3) },
		"param.enum[]": func(c *composer) *yaml.Node { return c.scalar("string", 0) },
		"docs section.edit_url": func(c *composer) *yaml.Node {
			return str(c.pick([]string{
				"https://example.com/edit", "/edit?code={code}&x=1", "https://example.com/{anchor}/edit#{code}",
			}))
		},
		"docs section.front_matter": func(c *composer) *yaml.Node {
			return mapping(str(c.pick(metaNames)), c.free(2), str("order"), plain("33"))
		},
		"section.file":              func(*composer) *yaml.Node { return str("section.md") },
		"lint section.code_pattern": func(*composer) *yaml.Node { return str(".*") },
		"ignore.codes[]":            code,
		"accepted change.codes[]":   code,
	}
}

// agreements make the keys of an object fit together.
var agreements map[string]func(*composer, *yaml.Node)

func init() {
	agreements = map[string]func(*composer, *yaml.Node){
		"catalog": func(_ *composer, n *yaml.Node) {
			if get(n, "lint") == nil {
				set(n, "lint", mapping())
			}
			set(get(n, "lint"), "code_pattern", str(".*"))
			if get(n, "include") != nil {
				set(n, "retired", nil)
			}
		},
		"error": (*composer).errorAgrees,
		"param": (*composer).paramAgrees,
		"section": func(_ *composer, n *yaml.Node) {
			if get(n, "file") != nil {
				set(n, "text", nil)
			} else if get(n, "text") == nil {
				set(n, "text", str("A section."))
			}
		},
		"retry policy":        policyAgrees,
		"inline retry policy": policyAgrees,
		"value": func(c *composer, n *yaml.Node) {
			t := get(n, "type")
			switch {
			case t == nil:
			case t.Value == "list":
				set(n, "value", c.scalars(c.pick(kinds)))
			default:
				set(n, "value", c.scalar(t.Value, 20))
			}
		},
	}
}

// policyAgrees puts the cap of delays above the first, and lets never have nothing to change.
func policyAgrees(_ *composer, n *yaml.Node) {
	if is(n, "policy", "never") {
		n.Content = n.Content[:2]
	} else if get(n, "base") != nil || get(n, "max_delay") != nil || get(n, "policy") != nil {
		set(n, "max_delay", plain("2562047h47m16.854775807s"))
	}
}

// inBody are the types that no message can show.
var inBody = []string{"list", "object", "map", "json"}

func (c *composer) paramAgrees(n *yaml.Node) {
	t := get(n, "type").Value
	if slices.Contains(inBody, t) && !c.carries && !c.one(10) {
		t = "string" // the body has no place for it
		set(n, "type", plain(t))
	}
	if t != "string" {
		set(n, "enum", nil)
	}
	for key, of := range map[string]string{"items": "list", "values": "map", "fields": "object"} {
		if t != of {
			set(n, key, nil)
		} else if get(n, key) == nil {
			set(n, key, meanings["param."+key](c))
		}
	}
	if is(n, "sensitive", "true") {
		set(n, "example", nil)
		set(n, "detail", nil)
	}
	if !c.carries && !slices.Contains(inBody, t) {
		set(n, "detail", nil)
	}
	if slices.Contains(inBody, t) && is(n, "detail", "false") && !c.one(5) {
		set(n, "detail", nil) // the body has no member for it alone
	}
	if get(n, "example") != nil {
		set(n, "example", c.exampleOf(n))
	}
}

// element is the type of what a list or a map holds.
func (c *composer) element(depth int) *yaml.Node {
	switch {
	case c.one(8):
		return plain("json")
	case depth == 0 || c.one(3):
		return plain(c.pick(kinds))
	case c.one(3):
		return c.fields(depth - 1)
	default:
		return c.full(depth - 1)
	}
}

// full is a type that needs more than a word.
func (c *composer) full(depth int) *yaml.Node {
	switch c.IntN(4) {
	case 0:
		return mapping(str("type"), plain("list"), str("items"), c.element(depth))
	case 1:
		return mapping(str("type"), plain("map"), str("values"), c.element(depth))
	case 2:
		return mapping(str("type"), plain("object"), str("fields"), c.fields(depth))
	default:
		enum := list()
		for _, text := range c.some([]string{"a", "b", "A", "", "<", "two words", "é"}, 1, 3) {
			enum.Content = append(enum.Content, str(text))
		}
		return mapping(str("type"), plain("string"), str("enum"), enum)
	}
}

// fieldNames are names that JSON, Go or the format may take for something else.
var fieldNames = []string{
	"a-b", "a_b", "aB", "id", "ID", "x", "@type", "odata.error", "$ref", "type", "items", "fields",
	"enum", "optional", "range", "String", "Error", "2nd", "_", "é", "a,b", "omitempty", "-0",
}

// fields is an object's fields, and their types.
func (c *composer) fields(depth int) *yaml.Node {
	n := mapping()
	names := c.some(c.params, 1, 3)
	if c.one(6) {
		names = append(names, c.some(fieldNames, 1, 2)...)
	}
	for _, name := range names {
		set(n, name, c.field(depth))
	}
	return n
}

func (c *composer) field(depth int) *yaml.Node {
	field := plain(c.pick(append(kinds[:len(kinds):len(kinds)], "json")))
	switch {
	case depth > 0 && c.one(8):
		return c.fields(depth - 1)
	case depth > 0 && c.one(3):
		field = c.full(depth - 1)
	case c.one(2):
		return field
	default:
		field = mapping(str("type"), field)
	}
	if c.one(2) {
		set(field, "optional", plain(c.pick([]string{"true", "true", "false"})))
	}
	if c.one(10) {
		set(field, "go_name", str(c.pick(goNames)))
	}
	return field
}

// exampleOf is an example of a type, most of the time a right one.
func (c *composer) exampleOf(t *yaml.Node) *yaml.Node {
	if t.Kind == yaml.ScalarNode {
		if t.Value == "json" {
			return c.free(3)
		}
		return c.scalar(t.Value, 30)
	}
	typ, enum := get(t, "type"), get(t, "enum")
	switch {
	case c.one(60):
		return c.free(2)
	case typ == nil || typ.Kind != yaml.ScalarNode || get(t, "fields") != nil:
		fields := get(t, "fields")
		if fields == nil || typ == nil || typ.Value != "object" {
			fields = t // the short form
		}
		return c.objectOf(fields)
	case enum != nil && len(enum.Content) > 0:
		return enum.Content[c.IntN(len(enum.Content))]
	case typ.Value == "list" && get(t, "items") != nil:
		n := list(c.exampleOf(get(t, "items")))
		for c.one(2) {
			n.Content = append(n.Content, c.exampleOf(get(t, "items")))
		}
		return n
	case typ.Value == "map" && get(t, "values") != nil:
		n := mapping()
		for range c.IntN(3) {
			set(n, c.pick([]string{"", "a", "__proto__", "😀", "<b>", "\"", "$x", "a.b"}),
				c.exampleOf(get(t, "values")))
		}
		return n
	default:
		return c.exampleOf(typ)
	}
}

// objectOf is an example of an object.
func (c *composer) objectOf(fields *yaml.Node) *yaml.Node {
	n := mapping()
	for i := 0; i < len(fields.Content); i += 2 {
		if t := fields.Content[i+1]; !is(t, "optional", "true") && !c.one(30) || c.one(2) {
			set(n, fields.Content[i].Value, c.exampleOf(t))
		}
	}
	if c.one(30) {
		set(n, "more", c.scalar("string", 0))
	}
	return n
}

// scalar is a value of a type, or one time in n of another.
func (c *composer) scalar(kind string, n int) *yaml.Node {
	if n > 0 && c.one(n) {
		kind = c.pick(kinds)
	}
	text := c.pick(edges[kind])
	if n > 0 && c.one(n) {
		text = c.pick(beyond[kind])
	}
	if kind == "string" {
		return str(text)
	}
	return plain(text)
}

// scalars is a list of them.
func (c *composer) scalars(kind string) *yaml.Node {
	if c.one(30) {
		return c.free(2)
	}
	n := list()
	for range 1 + c.IntN(3) {
		n.Content = append(n.Content, c.scalar(kind, 15))
	}
	if c.one(30) {
		n.Content = append(n.Content, plain("null"))
	}
	return n
}

func (c *composer) literal() *yaml.Node {
	switch kind := c.pick(kinds); {
	case c.one(4):
		return c.scalars(kind)
	default:
		return c.scalar(kind, 10)
	}
}

// free is anything that YAML can hold.
func (c *composer) free(depth int) *yaml.Node {
	switch n := c.IntN(8); {
	case n == 0 && depth > 0:
		return list(c.free(depth-1), c.free(depth-1))
	case n == 1 && depth > 0:
		return mapping(str(c.pick(metaNames)), c.free(depth-1))
	case n == 2:
		return plain("null")
	case n == 3:
		return str(c.anything())
	default:
		return c.scalar(c.pick(kinds), 0)
	}
}

// body composes an envelope's body: the roles that it must have, others, constants and texts, some
// of them in objects and lists.
func (c *composer) body() *yaml.Node {
	type member struct {
		name  string
		value *yaml.Node
	}
	members := []member{
		{
			c.pick([]string{"code", "type", "errorCode", "é", "a\"b", "x y", "$$type"}),
			str(c.pick([]string{
				"$code", "$code", "$code", "urn:x:${code}", "https://x/${code}?y", "${code}",
			})),
		},
		{"message", c.message()},
	}
	if c.one(6) {
		members = members[1:] // all errors are without a code, or known by their types or headers
	}
	if c.one(10) {
		members = members[:len(members)-1]
	}
	if c.one(6) {
		members = append(members, member{"either", c.choice([]string{
			"$param." + c.pick(c.params), "$param." + c.pick(c.params), "$docs_url", "$title", "$request_id",
			"$status_text", "$meta." + c.pick(c.meta),
		})})
	}
	if len(members) == 0 {
		members = append(members, member{"is", str("error")})
	}
	roles := []string{
		"$status", "$status_string", "$status_text", "$title", "$type", "$docs_url", "$variant",
		"$request_id", "$instance", "$retry_after", "$service", "$group", "$params",
		"$meta." + c.pick(c.meta),
		"$param." + c.pick(c.params),
	}
	for _, role := range c.some(roles, 1, 8) {
		c.carries = c.carries || role == "$params"
		text := role
		if role != "$params" && c.one(5) {
			text = c.pick([]string{"", "x ", "\"", "é $$"}) + "${" + role[1:] + "}" +
				c.pick([]string{"", "!", "\\", "."})
		}
		value := str(text)
		if !catalog.Role(role).InEveryBody() && c.one(4) {
			alternatives := []*yaml.Node{plain("null"), str(""), list(), mapping()}
			value = mapping(str("$or"), list(value, alternatives[c.IntN(len(alternatives))]))
		}
		members = append(members, member{strings.NewReplacer("$", "", ".", "_").Replace(role), value})
	}
	for i := range c.IntN(4) {
		name := c.pick([]string{"const", "const", "$$", "$$ref"})
		members = append(members, member{name + strconv.Itoa(i), c.free(1)})
	}
	if !c.carries && c.one(2) {
		c.carries = true
		members = append(members, member{"$spread", str("$params")})
	}
	code := members[0].name
	c.Shuffle(len(members), func(i, j int) { members[i], members[j] = members[j], members[i] })
	root := mapping()
	at := root
	if c.one(12) { // the body is a list of errors
		for _, m := range members {
			set(root, m.name, m.value)
		}
		return mapping(str("$each"), root)
	}
	each := c.one(3) // the code, and what follows, is in a list with an element for each error
	for i, m := range members {
		if each && (m.name == code || c.one(4)) {
			each = false
			inner := mapping()
			set(at, "each"+strconv.Itoa(i), mapping(str("$each"), inner))
			at = inner
		}
		if c.one(6) { // what follows is in an object, or in one in a list
			inner := mapping(str("n"+strconv.Itoa(i)), str("x"))
			if c.one(3) {
				set(at, "list"+strconv.Itoa(i), list(inner))
			} else {
				set(at, "in"+strconv.Itoa(i), inner)
			}
			at = inner
		}
		set(at, m.name, m.value)
	}
	return root
}

// message is where a body has the message: alone, in a text, or where params may be in its place.
func (c *composer) message() *yaml.Node {
	switch c.IntN(8) {
	case 0:
		return str(c.pick([]string{"Error: ${message}", "${message}!", "${title}: ${message}"}))
	case 1, 2:
		return c.choice([]string{"$message", "$param." + c.pick(c.params), "$param." + c.pick(c.params)})
	default:
		return str("$message")
	}
}

// choice is a value that is one of several roles, or a constant if it is none of them.
func (c *composer) choice(roles []string) *yaml.Node {
	n := list()
	for _, role := range c.some(roles, 2, len(roles)) {
		n.Content = append(n.Content, str(role))
	}
	if c.one(2) {
		alternatives := []*yaml.Node{plain("null"), str(""), list(), mapping(), str("none")}
		n.Content = append(n.Content, alternatives[c.IntN(len(alternatives))])
	}
	return mapping(str("$or"), n)
}

// envelopeHeaders are headers of every error; some tell the code.
func (c *composer) envelopeHeaders() *yaml.Node {
	values := []string{
		"$code", "c=${code}", "${code} - ${message}", "${service}/${code}: ${message}", "$request_id",
		`Bearer error="${code}", error_description="${message}"`, "${code} ${variant}", "$variant",
		"$message", "s=${status}", "$status_text", "${code} - ${status_text}",
		"$instance", "$title", "${meta." + c.pick(c.meta) + "}", "x",
		"${param." + c.pick(c.params) + "}",
	}
	n := mapping()
	for _, name := range c.some(headers, 1, 2) {
		set(n, name, str(c.pick(values)))
	}
	return n
}

// errorAgrees makes messages and headers of the error's params.
func (c *composer) errorAgrees(n *yaml.Node) {
	var shown, inHeaders []string
	params := get(n, "params")
	for i := 0; params != nil && i < len(params.Content); i += 2 {
		name, p := params.Content[i].Value, params.Content[i+1]
		if is(p, "sensitive", "true") || slices.Contains(inBody, get(p, "type").Value) {
			continue
		}
		inHeaders = append(inHeaders, name)
		if !is(p, "optional", "true") && !is(p, "detail", "true") {
			shown = append(shown, name)
		}
	}
	message := func(start string) *yaml.Node {
		text := start
		for _, name := range shown {
			if c.one(8) {
				continue
			}
			text += c.pick([]string{" ${", ", \"${", " (", " ${", ": ${"})
			if strings.HasSuffix(text, "(") {
				text += "${"
			}
			text += name + "}" + c.pick([]string{"", "", ".", "!", "\"", " é"})
		}
		return str(text)
	}
	if v := get(n, "variants"); v != nil {
		set(n, "message", nil)
		for i, variant := range v.Content {
			set(variant, "message", message(fmt.Sprintf("Case %d", i)))
		}
		if c.one(5) {
			set(v.Content[c.IntN(len(v.Content))], "message", plain("null"))
		}
	} else if set(n, "message", message(c.pick(plainTexts))); c.one(12) {
		set(n, "message", plain("null"))
	}
	h := get(n, "headers")
	for i := 0; h != nil && i < len(h.Content); i += 2 {
		value := c.pick([]string{
			"x", "a b", "é", "\"q\"", "<https://example.com>; rel=\"help\"", "$$1", "0",
		})
		if retryAfter := strings.EqualFold(h.Content[i].Value, "Retry-After"); retryAfter {
			value = c.pick([]string{
				"0", "30", "030", "9223372036", "9223372037", "9223372036854775807", "9223372036854775808",
				"99999999999999999999", "Fri, 12 Jun 2026 15:04:05 GMT",
			})
		}
		if len(inHeaders) > 0 && !c.one(4) {
			value = c.pick([]string{"${", "${", "${", "x ${", "1${"}) + c.pick(inHeaders) +
				c.pick([]string{"}", "}", "}", "} y", "}0"})
		}
		h.Content[i+1] = str(value)
	}
}

// paramType finds the type of a param in the format.
func paramType() *syntax.Type {
	t := syntax.Format()
	for _, key := range []string{"groups", "errors", "params"} {
		i := slices.IndexFunc(t.Fields, func(f syntax.Field) bool { return f.Key == key })
		t = t.Fields[i].Type.Item
	}
	return t
}
