//go:build tools

package checks

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"slices"
	"testing"
)

func TestAjv(t *testing.T) {
	judgeByAjv(t, slices.Concat(bodyDocuments(), realDocuments(t), []document{catalogDocument(t)}, findingsDocuments(t)))
}

// judgeByAjv asks ajv, in strict mode, about every document.
func judgeByAjv(t *testing.T, documents []document) {
	t.Helper()
	type job struct {
		Schema    json.RawMessage   `json:"schema"`
		Instances []json.RawMessage `json:"instances"`
	}
	jobs := make([]job, len(documents))
	for i, d := range documents {
		jobs[i].Schema = d.schema
		for _, instance := range d.instances {
			jobs[i].Instances = append(jobs[i].Instances, []byte(instance.json))
		}
	}
	input, err := json.Marshal(jobs)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "validate.js")
	cmd.Dir = "ajv"
	cmd.Stdin = bytes.NewReader(input)
	output, err := cmd.Output()
	if err != nil {
		var words []byte
		if exit, ok := err.(*exec.ExitError); ok {
			words = exit.Stderr
		}
		t.Fatalf("node ajv/validate.js (run `npm ci --prefix ajv` first): %v\n%s", err, words)
	}
	var verdicts [][]bool
	if err := json.Unmarshal(output, &verdicts); err != nil {
		t.Fatal(err)
	}
	for i, d := range documents {
		for j, instance := range d.instances {
			if verdicts[i][j] != instance.valid {
				t.Errorf("%s: %s: valid is %t, want %t\n%s", d.name, instance.name, verdicts[i][j], instance.valid, instance.json)
			}
		}
	}
}
