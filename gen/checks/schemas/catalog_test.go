package schemas

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/catalogschema"
	"github.com/errspec/errspec/gen/internal/emit/schema"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// TestRealCatalogs validates what servers send with the body schema of every catalog that compiles.
func TestRealCatalogs(t *testing.T) { judge(t, realDocuments(t)) }

func realDocuments(t *testing.T) []document {
	var documents []document
	apis := corpus.APIs(t)
	for _, file := range append(corpus.Catalogs(t), apis...) {
		c, _ := pipeline.Load(corpus.Open(t, file))
		if c == nil {
			continue // a catalog with errors
		}
		instances := sent(c)
		if slices.Contains(apis, file) { // what they do not send is in adoption's mistakes.json
			instances = slices.DeleteFunc(instances, func(i instance) bool { return !i.valid })
			for _, r := range corpus.Responses(t, file) {
				instances = append(instances, instance{"the API's " + r.Name, string(r.Body), true})
			}
		}
		if len(instances) == 0 && hasPublic(c) {
			t.Errorf("%s has no bodies to check", file)
		}
		documents = append(documents,
			document{file, schema.Document(c, schema.KnownCodes), instances},
			document{file + " lenient", schema.Document(c, schema.AnyCode), judgedLeniently(instances)})
	}
	return documents
}

func hasPublic(c *catalog.Catalog) bool {
	for e := range c.All() {
		if !e.Internal {
			return true
		}
	}
	return false
}

// TestCatalogSchema runs the schema for editors on good catalogs and on typical mistakes.
func TestCatalogSchema(t *testing.T) { judge(t, []document{catalogDocument(t)}) }

// TestConfigSchema runs the schema of errspec.yaml in the same way.
func TestConfigSchema(t *testing.T) { judge(t, []document{configDocument(t)}) }

func catalogDocument(t *testing.T) document {
	d := document{
		name: "catalog schema", schema: catalogschema.Document("errspec catalog", syntax.Format()),
	}
	for _, file := range corpus.Catalogs(t) {
		if c, _ := pipeline.Load(corpus.Open(t, file)); c != nil {
			d.instances = append(d.instances,
				instance{file, jsonOf(t, string(corpus.Open(t, file).File.Bytes())), true})
		}
	}
	all := string(corpus.Open(t, corpus.Everything).File.Bytes())
	d.instances = append(d.instances, instance{"everything", jsonOf(t, all), true})
	for _, e := range edits {
		d.instances = append(d.instances,
			instance{e.old + " → " + e.new, jsonOf(t, e.apply(t, all)), e.valid})
	}
	return d
}

// configDocument has every key of errspec.yaml, and typical mistakes. The parser of errspec.yaml
// must agree with each verdict.
func configDocument(t *testing.T) document {
	const all = `catalog: api/catalog.yaml
outputs:
  go: {dir: apierr, package: apierr, server: true, client: false, tests: true, test_helpers: false}
  markdown: docs/errors.md
  pages: {dir: docs/errors, index: README}
  html: site/errors
  schema: errors.schema.json
  schema-lenient: errors.lenient.schema.json
  openapi: openapi.yaml
  json: errors.json
  typescript: src/errors.ts
  python: acme/apierr.py
  vectors: errors.vectors.json
  catalog-schema: catalog.schema.json
  config-schema: errspec.schema.json
inject: [docs/guide.md]
template: errors.md.tmpl
history: errors-history.json
dialect: mdx
`
	own, err := os.ReadFile("../../../.errspec.yaml")
	if err != nil {
		t.Fatal(err)
	}
	d := document{name: "schema of errspec.yaml",
		schema: catalogschema.Document("errspec.yaml", syntax.ConfigFormat())}
	for _, e := range []edit{
		{"", "", true},
		{all, string(own), true},
		{"go: {dir: apierr, package: apierr, ", "go: {dir: apierr, ", true},
		{"html: site/errors", "html: 2026", true},
		{"inject: [docs/guide.md]", "inject: []", true},
		{"outputs:", "output:", false},
		{"markdown:", "markdwon:", false},
		{"test_helpers:", "testHelpers:", false},
		{"go: {dir: apierr, ", "go: {", false},
		{"index: README", "index: readme", false},
		{"server: true", "server: maybe", false},
		{"html: site/errors", "html: {dir: site/errors}", false},
		{"inject: [docs/guide.md]", "inject: docs/guide.md", false},
		{"dialect: mdx", "dialect: html", false},
		{"history: errors-history.json", "history: [errors-history.json]", false},
	} {
		text := strings.Replace(all, e.old, e.new, 1)
		if text == all && e.old != "" {
			t.Fatalf("nothing is %q in the configuration", e.old)
		}
		d.instances = append(d.instances,
			instance{e.old + " → " + e.new, jsonOf(t, text), e.valid})
		_, list := syntax.ParseConfig(source.New("errspec.yaml", []byte(text), nil).File)
		if valid := !list.HasErrors(); valid != e.valid {
			t.Errorf("%s → %s: the parser accepts it: %t, want %t: %v", e.old, e.new, valid,
				e.valid, list.All())
		}
	}
	return d
}

// TestEditorsAndParserAgree runs the parser on the same edits: editors must not mark what it
// accepts.
func TestEditorsAndParserAgree(t *testing.T) {
	all := string(corpus.Open(t, corpus.Everything).File.Bytes())
	folder := fstest.MapFS{"errors/python.md": {},
		"errors/more.yaml": {Data: []byte("retired: []\n")}}
	for _, e := range append(edits, edit{"version: 1", "version: 1 # as it is", true}) {
		_, list := syntax.Parse(source.New("everything.yaml", []byte(e.apply(t, all)), folder))
		if valid := !list.HasErrors(); valid != e.valid {
			t.Errorf("%s → %s: the parser accepts it: %t, want %t: %v", e.old, e.new, valid,
				e.valid,
				list.All())
		}
	}
}

// An edit is a change of everything.yaml, and whether the catalog's form stays valid.
type edit struct {
	old, new string
	valid    bool
}

func (e edit) apply(t *testing.T, text string) string {
	t.Helper()
	if strings.Count(text, e.old) != 1 {
		t.Fatalf("everything.yaml holds %q %d times, want once", e.old, strings.Count(text, e.old))
	}
	return strings.Replace(text, e.old, e.new, 1)
}

var edits = []edit{
	// Typos in keys, at every depth.
	{"title: Errors", "titel: Errors", false},
	{"media_type:", "media-type:", false},
	{"title: Bad Request", "tittle: Bad Request", false},
	{"max_retry_after: 5m", "max_retryafter: 5m", false},
	{"title: File operations", "name: File operations", false},
	{"stability: beta", "stabilty: beta", false},
	{"sensitive: true", "senstive: true", false},
	{"position: end", "pos: end", false},
	{"retry: {base: 500ms}", "retry: {bas: 500ms}", false},
	{"accept: [", "accepted: [", false},
	// Choices.
	{"stability: beta", "stability: gamma", false},
	{"stability: beta", "stability: experimental", true},
	{"jitter: none", "jitter: some", false},
	{"visibility: public", "visibility: private", false},
	{"{type: int, example: 3", "{type: integer, example: 3", false},
	{"items: int", "items: list", false},
	{"position: end", "position: bottom", false},
	{"enable: [status-unused]", "enable: [no-such-rule]", false},
	// Forms.
	{"status: 413", "status: four", false},
	{"status: [404, 410]", "status: [404, gone]", false},
	{"status: [404, 410]", "status: {404: 410}", false},
	{"service: example", "service: Example API", false},
	{"id: files", "id: of files", false},
	{"id: files", "id: Files", true},
	{"base: 500ms", "base: 500", false},
	{"base: 500ms", "base: 500 ms", false},
	{"factor: 1.5", "factor: much", false},
	{"sensitive: true", "sensitive: maybe", false},
	{"go_name: FileTooLarge", "go_name: file-too-large", false},
	// Kinds of node.
	{"title: Errors", "title: [Errors]", false},
	{"description: Text in *Markdown*.", "description:", false},
	{"description: About files.", "description: {text: About files.}", false},
	{"see: [NOT_FOUND]", "see: NOT_FOUND", false},
	{"names: [a, b]", "names: [[a], b]", false},
	{"meta: {type: other}", "meta: [type, other]", false},
	// Missing values.
	{"version: 1", "", false},
	{"id: agent, ", "", false},
	{"{type: bytes, example: 10MB}", "{example: 10MB}", false},
	// Plain scalars are text, whatever YAML reads.
	{"code: FILE_TOO_LARGE", "code: 404", true},
	{"title: File too large", "title: 1e3", true},
	{"message: No agent", "message: no", true},
	{"since: 2026-06-12\n        stability", "since: 1.10\n        stability", true},
	// Other forms of values with several forms.
	{"retry: never", "retry: backoff", true},
	{"retry_default: backoff", "retry_default: {policy: backoff, jitter: equal}", true},
	{"ratio: 0.5", "ratio: {value: 0.5}", true},
}

// jsonOf returns a YAML file as editors see it: with the types of YAML's core schema, in which a
// date is a string, and with all keys as strings.
func jsonOf(t *testing.T, text string) string {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return encode(plain(t, &doc))
}

func plain(t *testing.T, n *yaml.Node) any {
	t.Helper()
	switch n.Kind {
	case yaml.DocumentNode:
		return plain(t, n.Content[0])
	case yaml.AliasNode:
		return plain(t, n.Alias)
	case yaml.MappingNode:
		object := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			object[n.Content[i].Value] = plain(t, n.Content[i+1])
		}
		return object
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			list = append(list, plain(t, item))
		}
		return list
	}
	if n.Tag == "!!timestamp" {
		return n.Value
	}
	var v any
	if err := n.Decode(&v); err != nil {
		t.Fatalf("line %d: %v", n.Line, err)
	}
	return v
}
