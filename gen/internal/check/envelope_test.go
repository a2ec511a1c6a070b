package check_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/rule/ruletest"
	"github.com/errspec/errspec/gen/internal/source"
)

// What an envelope asks of the codes is told at the codes; see package ruletest.
func TestWhatEnvelopesAsk(t *testing.T) {
	files, err := filepath.Glob("testdata/envelopes/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no envelope is there: %v", err)
	}
	isInvalid := func(r rule.Rule) bool { return r.ID == rule.EnvelopeInvalid }
	invalid := rule.All()[slices.IndexFunc(rule.All(), isInvalid)]
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			f := read(t, filepath.Dir(name), filepath.Base(name))
			found := findings(source.New(f.Name, f.Bytes(), nil))
			others := func(d diag.Diagnostic) bool { return d.Rule != invalid.ID }
			ruletest.Judge(t, invalid, slices.DeleteFunc(found, others), f)
		})
	}
}
