package schemas

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/internal/emit/vectors"
)

// TestVectors validates the vectors of every catalog with their published schema: as it is, and
// closed, so that it describes all members.
func TestVectors(t *testing.T) {
	schema, err := os.ReadFile("../../internal/emit/vectors/vectors.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	catalogs := corpus.Everywhere(t)
	var instances []instance
	for _, name := range slices.Sorted(maps.Keys(catalogs)) {
		instances = append(instances,
			instance{name, string(corpus.Emitted(t)(vectors.Emit(catalogs[name]))), true})
	}
	own := string(corpus.Emitted(t)(vectors.Emit(catalogs["bithuman"])))
	changed := func(name, old, text string) instance {
		if !strings.Contains(own, old) {
			t.Fatalf("the vectors do not hold %s", old)
		}
		return instance{name, strings.Replace(own, old, text, 1), false}
	}
	more := changed("a member of the future", `"format_version"`, `"more": {}, "format_version"`)
	instances = append(instances,
		changed("another version", `"format_version": 1`, `"format_version": 2`),
		changed("no params", `"params": {},`, ``),
		changed("a delay without a retry", `"retry": false`, `"retry": false, "delay": [1, 2]`),
		changed("a status that is a text", `"status": 401`, `"status": "401"`),
		changed("a variant that is no text", `"variant": null`, `"variant": 1`),
	)
	open := more
	open.valid = true
	judge(t, []document{
		{"vectors", schema, append(slices.Clone(instances), open)},
		{"vectors closed", closed(schema), append(instances, more)},
	})
}
