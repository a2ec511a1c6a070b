//go:build tools

package schemas

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/program"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/schema"
	"github.com/errspec/errspec/gen/internal/synth"
)

func TestAjv(t *testing.T) {
	judgeByAjv(t, slices.Concat(bodyDocuments(), realDocuments(t),
		[]document{catalogDocument(t), configDocument(t)}, findingsDocuments(t), lookupDocuments(t)))
}

// judgeByAjv runs ajv in strict mode on every document.
func judgeByAjv(t *testing.T, documents []document) {
	t.Helper()
	jobs := make([]job, len(documents))
	for i, d := range documents {
		jobs[i] = job{d.schema, []json.RawMessage{}}
		for _, instance := range d.instances {
			jobs[i].Instances = append(jobs[i].Instances, []byte(instance.json))
		}
	}
	verdicts := verdictsOf(t, jobs, ajv...)
	for i, d := range documents {
		for j, instance := range d.instances {
			if verdicts[i][j] != instance.valid {
				t.Errorf("%s: %s: valid is %t, want %t\n%s", d.name, instance.name, verdicts[i][j],
					instance.valid, instance.json)
			}
		}
	}
}

// The validators that are not Go. Debian's Python finds Debian's python3-jsonschema.
var (
	ajv    = []string{"node", "ajv/validate.js"}
	python = []string{"/usr/bin/python3", "python/validate.py"}
)

// A job is a schema, and instances for a validator.
type job struct {
	Schema    json.RawMessage   `json:"schema"`
	Instances []json.RawMessage `json:"instances"`
}

// verdictsOf returns a validator's verdict on each instance of each job. A schema that it refuses
// fails the test.
func verdictsOf(t *testing.T, jobs []job, validator ...string) [][]bool {
	t.Helper()
	input, err := json.Marshal(jobs)
	if err != nil {
		t.Fatal(err)
	}
	var verdicts [][]bool
	if err := json.Unmarshal(program.Run(t, input, validator...), &verdicts); err != nil {
		t.Fatal(err)
	}
	return verdicts
}

// TestVerdicts runs four validators on all mutated bodies. With -v it prints their verdicts by
// kind.
func TestVerdicts(t *testing.T) {
	documents := trialledDocuments(t)
	jobs := make([]job, len(documents))
	for i, d := range documents {
		jobs[i] = job{d.schema, []json.RawMessage{}}
		for _, trial := range d.trials {
			jobs[i].Instances = append(jobs[i].Instances, []byte(trial.json))
		}
	}
	judged := map[string][][]bool{
		"ajv":               verdictsOf(t, jobs, ajv...),
		"python-jsonschema": verdictsOf(t, jobs, python...),
	}
	for name := range validators {
		judged[name] = verdictsInGo(t, name, documents)
	}
	hold(t, documents, judged)
}

// TestAjvCompiles measures how long ajv takes to compile the schema of 1,000 codes, and the obvious
// alternative, a subschema for each code, with a tenth of the codes. It only asserts the size, on
// which the time depends.
func TestAjvCompiles(t *testing.T) {
	ours := schema.Document(synth.Catalog(1000), schema.KnownCodes)
	naive := oneOf(synth.Catalog(100))
	var times struct{ Ours, Naive float64 }
	input := encode([]json.RawMessage{ours, naive})
	if err := json.Unmarshal(program.Run(t, []byte(input), "node", "ajv/compile.js"),
		&times); err != nil {
		t.Fatal(err)
	}
	t.Logf(
		"ajv compiles 1,000 codes (%d bytes) in %.0f ms of processor time; 100 codes with a subschema each (%d bytes) in %.0f ms",
		len(ours), times.Ours, len(naive), times.Naive)
	double := len(schema.Document(synth.Catalog(2000), schema.KnownCodes))
	if double > 2*len(ours) || len(ours) > 3*len(naive) {
		t.Errorf("1,000 codes are %d bytes, 2,000 are %d; 100 with a subschema each are %d",
			len(ours), double, len(naive))
	}
}

// oneOf returns the schema of a catalog in the nested envelope with a subschema for each code.
func oneOf(c *catalog.Catalog) []byte {
	var all []any
	typed := func(kind string, value any) any {
		return map[string]any{"type": kind, "const": value}
	}
	object := func(properties map[string]any) any {
		return map[string]any{"type": "object", "properties": properties,
			"required": slices.Sorted(maps.Keys(properties))}
	}
	for e := range c.All() {
		all = append(all, object(map[string]any{
			"error": object(map[string]any{
				"code": typed("string", e.Code), "message": map[string]any{"type": "string"},
				"httpStatus": typed("integer", e.Statuses[0]),
			}),
			"status": typed("string", "error"), "status_code": typed("integer", e.Statuses[0]),
		}))
	}
	return []byte(encode(map[string]any{"$schema": "https://json-schema.org/draft/2020-12/schema",
		"oneOf": all}))
}
