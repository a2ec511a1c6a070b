//go:build tools

package checks

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

func TestAjv(t *testing.T) {
	judgeByAjv(t, slices.Concat(bodyDocuments(), realDocuments(t), []document{catalogDocument(t)}, findingsDocuments(t)))
}

// judgeByAjv asks ajv, in strict mode, about every document.
func judgeByAjv(t *testing.T, documents []document) {
	t.Helper()
	jobs := make([]job, len(documents))
	for i, d := range documents {
		jobs[i].Schema = d.schema
		for _, instance := range d.instances {
			jobs[i].Instances = append(jobs[i].Instances, []byte(instance.json))
		}
	}
	verdicts := verdictsOf(t, jobs, ajv...)
	for i, d := range documents {
		for j, instance := range d.instances {
			if verdicts[i][j] != instance.valid {
				t.Errorf("%s: %s: valid is %t, want %t\n%s", d.name, instance.name, verdicts[i][j], instance.valid, instance.json)
			}
		}
	}
}

// The validators that are not Go. Debian's Python is the one that has Debian's python3-jsonschema.
var (
	ajv    = []string{"node", "ajv/validate.js"}
	python = []string{"/usr/bin/python3", "python/validate.py"}
)

// A job is a schema, and instances of which a validator is asked what it says.
type job struct {
	Schema    json.RawMessage   `json:"schema"`
	Instances []json.RawMessage `json:"instances"`
}

// verdictsOf returns what a program says of each instance of each job. A schema that it refuses fails the test.
func verdictsOf(t *testing.T, jobs []job, program ...string) [][]bool {
	t.Helper()
	input, err := json.Marshal(jobs)
	if err != nil {
		t.Fatal(err)
	}
	var verdicts [][]bool
	if err := json.Unmarshal(run(t, input, program...), &verdicts); err != nil {
		t.Fatal(err)
	}
	return verdicts
}

// run returns what a program prints. If it fails, so does the test, with its words.
func run(t *testing.T, input []byte, program ...string) []byte {
	t.Helper()
	var words bytes.Buffer
	cmd := exec.CommandContext(t.Context(), program[0], program[1:]...)
	cmd.Stdin = bytes.NewReader(input)
	cmd.Stderr = &words
	output, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s (see .ci/run for what it needs): %v\n%s%s", strings.Join(program, " "), err, &words, output)
	}
	return output
}

// TestVerdicts asks four validators about all mutated bodies. With -v it prints their verdicts, by kind.
func TestVerdicts(t *testing.T) {
	documents := trialledDocuments(t)
	jobs := make([]job, len(documents))
	for i, d := range documents {
		jobs[i].Schema = d.schema
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
