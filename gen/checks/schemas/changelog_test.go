package schemas

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/internal/changelog"
	"github.com/errspec/errspec/gen/internal/pipeline"
)

// changelogs are the documents of each rule's change, of a first version, and of no changes.
func changelogs(t *testing.T) [][]byte {
	t.Helper()
	docs := [][]byte{changelog.JSON(nil, "")}
	folders, err := filepath.Glob("../../internal/breaking/testdata/rules/*")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no test files of rules found: %v", err)
	}
	for _, dir := range folders {
		before, _ := pipeline.Load(corpus.Open(t, dir+"/old.yaml"))
		after, _ := pipeline.Load(corpus.Open(t, dir+"/new.yaml"))
		release, first := changelog.NewRelease(before, after), changelog.NewRelease(nil, after)
		release.Name, release.Date, release.Commit = "v1", "2026-06-12",
			"0123456789012345678901234567890123456789"
		first.Name = "v0"
		if len(release.Changes) != 1 {
			t.Errorf("%s shows %d changes", dir, len(release.Changes))
		}
		docs = append(docs, changelog.JSON([]changelog.Release{release, first},
			"https://example.com/errors"))
	}
	return docs
}

// TestChangelogSchema validates the output of `errspec changelog --format json` with its schema: as
// published, and closed to new members, so that the schema describes all members.
func TestChangelogSchema(t *testing.T) {
	schema, err := os.ReadFile("../../internal/changelog/changelog.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	strict := bytes.ReplaceAll(schema, []byte(`"type": "object",`),
		[]byte(`"type": "object", "additionalProperties": false,`))
	for _, s := range [][]byte{schema, strict} {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(s))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource("changelog.schema.json", doc); err != nil {
			t.Fatal(err)
		}
		compiled, err := c.Compile("changelog.schema.json")
		if err != nil {
			t.Fatal(err)
		}
		for _, data := range changelogs(t) {
			value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if err := compiled.Validate(value); err != nil {
				t.Errorf("%v\n%s", err, data)
			}
		}
	}
}
