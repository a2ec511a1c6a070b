//go:build tools

package wire

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/checks/internal/program"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/errorsjson"
	"github.com/errspec/errspec/gen/internal/pipeline"
)

// TestExplainedInEveryEnvelope makes the readers of package wire explain an error of each variant,
// in envelopes like those of well-known APIs. They find code and message only by the paths in
// errors.json.
func TestExplainedInEveryEnvelope(t *testing.T) {
	files, err := filepath.Glob("../../internal/pipeline/testdata/golden/envelope-*/catalog.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no catalogs of golden cases found: %v", err)
	}
	for _, file := range files {
		c, _ := pipeline.Load(corpus.Open(t, file))
		table := filepath.Join(t.TempDir(), "errors.json")
		if err := os.WriteFile(table, corpus.Emitted(t)(errorsjson.Emit(c)), 0o600); err != nil {
			t.Fatal(err)
		}
		for e := range c.All() {
			for i := range e.Variants {
				if !e.Internal {
					explainOne(t, filepath.Base(filepath.Dir(file)), table, c, e, &e.Variants[i])
				}
			}
		}
	}
}

func explainOne(t *testing.T, name, table string, c *catalog.Catalog, e *catalog.Entry,
	v *catalog.Variant) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", c.Envelope.MediaType)
		w.WriteHeader(e.Statuses[0])
		// the client may have left
		_, _ = w.Write(c.ExampleBody(e, v, e.Statuses[0]))
	}))
	defer server.Close()
	type explanation struct {
		Status  int
		Code    string
		Known   bool
		Variant string
		Params  map[string]string
	}
	want := explanation{e.Statuses[0], e.Code, true, v.ID, nil}
	if v.Readable {
		want.Params = map[string]string{}
		for _, param := range v.Message.Names() {
			want.Params[param] = e.Param(param).Example.Text()
		}
	}
	for _, reader := range [][]string{{"python3", "testdata/explain.py"},
		{"node", "testdata/explain.js"}} {
		out := program.Run(t, nil, append(reader, table, server.URL, "")...)
		var got explanation
		if err := json.Unmarshal(out, &got); err != nil {
			t.Fatalf("%s: %s %s: %v\n%s", name, reader[1], e.Code, err, out)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s explains %s differently (-want +got):\n%s", name, reader[1],
				strings.TrimSpace(e.Code+" "+v.ID), diff)
		}
	}
}
