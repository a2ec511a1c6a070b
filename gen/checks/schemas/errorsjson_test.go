package schemas

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/emit/errorsjson"
	"github.com/errspec/errspec/gen/internal/pipeline"
)

// TestLookup validates the errors.json of every catalog with its published schema.
func TestLookup(t *testing.T) { judge(t, lookupDocuments(t)) }

// lookupDocuments has the schema twice: as published, which allows new members, and closed, so that
// the schema describes all members.
func lookupDocuments(t *testing.T) []document {
	t.Helper()
	schema, err := os.ReadFile("../../internal/emit/errorsjson/errors.json.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var instances []instance
	for _, file := range corpus.Catalogs(t) {
		if c, _ := pipeline.Load(corpus.Open(t, file)); c != nil {
			instances = append(instances, instance{filepath.Base(filepath.Dir(file)),
				string(corpus.Emitted(t)(errorsjson.Emit(c))), true})
		}
	}
	var everything string
	for _, e := range catalogtest.Envelopes() {
		everything = string(corpus.Emitted(t)(errorsjson.Emit(catalogtest.Everything(e.Envelope))))
		instances = append(instances, instance{"style " + e.Name, everything, true})
	}
	changed := func(name, old, text string, valid bool) instance {
		if !strings.Contains(everything, old) {
			t.Fatalf("errors.json does not hold %s", old)
		}
		return instance{name, strings.Replace(everything, old, text, 1), valid}
	}
	instances = append(instances,
		changed("another version", `"format_version": 1`, `"format_version": 2`, false),
		changed("no retry", `"retry": null,`, ``, false),
		changed("a status that is a text", `"statuses": [401]`, `"statuses": ["401"]`, false),
		changed("no status", `"statuses": [401]`, `"statuses": []`, false),
		changed("another jitter", `"jitter": "full"`, `"jitter": "some"`, false),
		changed("another type", `"type": "duration"`, `"type": "hours"`, false),
	)
	more := changed("a member of the future", `"format_version"`, `"more": {}, "format_version"`,
		true)
	unknown := more
	unknown.valid = false
	return []document{
		{"errors.json", schema, append(instances[:len(instances):len(instances)], more)},
		{"errors.json closed", closed(schema), append(instances, unknown)},
	}
}

// TestLookupSchemaExplains requires a description of every member: the schema is the documentation
// of the format.
func TestLookupSchemaExplains(t *testing.T) {
	schema, err := os.ReadFile("../../internal/emit/errorsjson/errors.json.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	walk("", decode(string(schema)), func(path string, v any) any {
		object, ok := v.(map[string]any)
		if !ok || object["properties"] == nil {
			return v
		}
		for name, p := range object["properties"].(map[string]any) {
			if p := p.(map[string]any); p["description"] == nil && p["$ref"] == nil {
				t.Errorf("%s: %s is not described", path, name)
			}
		}
		return v
	})
}
