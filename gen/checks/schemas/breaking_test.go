package schemas

import (
	"bytes"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/schema"
	"github.com/errspec/errspec/gen/internal/pipeline"
)

// TestOldSchemaJudgesNewBody validates bodies of the new version's server with the old version's
// schema, as a client would. Where a rule says that the JSON breaks, the schema refuses them,
// unless the schema does not describe the change: the words of messages, and type URIs. Where
// nobody breaks, it accepts them, except for unknown codes, which need the lenient schema.
func TestOldSchemaJudgesNewBody(t *testing.T) {
	for id, refused := range map[string]bool{
		"code-renamed": true, "code-reused": true, "status-default-changed": true,
		"status-added": true, "type-changed": false,
		"variant-message-changed": false, "param-type-changed": true, "param-removed": true,
		"param-now-sensitive": true,
		"enum-value-added":    false, // the example is a value that existed before
		"envelope-changed":    true, "meta-changed": true, "code-added": true,
		"variant-added": false,
		"header-added":  false, "value-changed": false, "stability-raised": false,
		"deprecated": false, "undeprecated": false,
		"fallback-changed": false, "text-changed": false, "group-moved": false,
		"retry-changed": false, "go-name-changed": false, "param-order-changed": false,
	} {
		t.Run(id, func(t *testing.T) {
			dir := "../../internal/breaking/testdata/rules/" + id
			before, _ := pipeline.Load(corpus.Open(t, dir+"/old.yaml"))
			after, _ := pipeline.Load(corpus.Open(t, dir+"/new.yaml"))
			schema := oldSchema(t, before)
			got := false
			for _, e := range changed(before, after) {
				for i := range e.Variants {
					for _, status := range e.Statuses {
						body := after.ExampleBody(e, &e.Variants[i], status)
						value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
						if err != nil {
							t.Fatal(err)
						}
						if err := schema.Validate(value); err != nil {
							t.Logf("%s: %v", body, err)
							got = true
						}
					}
				}
			}
			if got != refused {
				t.Errorf("the old schema refuses a new body: %v, want %v", got, refused)
			}
		})
	}
}

// changed returns the new entries of the codes that a change is about, or all entries if it is
// about the whole catalog.
func changed(before, after *catalog.Catalog) []*catalog.Entry {
	var list []*catalog.Entry
	for _, ch := range breaking.Compare(before, after) {
		for e := range after.All() {
			if len(ch.Codes) == 0 || e.Code == ch.Codes[0] {
				list = append(list, e)
			}
		}
	}
	return list
}

func oldSchema(t *testing.T, c *catalog.Catalog) *jsonschema.Schema {
	t.Helper()
	files, err := schema.Emit(c)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(files[0].Data))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("https://example.com/old.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("https://example.com/old.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}
