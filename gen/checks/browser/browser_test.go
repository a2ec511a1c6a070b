//go:build tools

package browser

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/emit/html"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/sample"
	"github.com/errspec/errspec/gen/internal/serve"
	"github.com/errspec/errspec/gen/internal/synth"
)

// The catalog whose page is open while it is edited.
const (
	editedGood = "version: 1\ntitle: Errors\n" +
		"groups: [{id: all, title: All, errors: [{code: FIRST, status: 500, message: m, resolution: r}]}]\n"
	editedBetter = "version: 1\ntitle: Errors\n" +
		"groups: [{id: all, title: All, errors: [{code: SECOND, status: 500, message: m, resolution: r}]}]\n"
	editedBroken = "version: 1\ntitle: Errors\n" +
		"groups: [{id: all, title: All, errors: [{code: SECOND, status: 500, mesage: '<script>alert(1)</script>', resolution: r}]}]\n"
)

// TestBrowser opens the HTML reference in Chromium: from a server and from disk, on a phone, in
// dark mode, without JavaScript, on paper, with ten thousand codes, with hostile codes, and while
// its catalog is edited. browser/check.js contains the checks.
func TestBrowser(t *testing.T) {
	if _, err := os.Stat("node_modules/playwright-core"); err != nil {
		t.Fatalf("run `npm ci` first: %v", err)
	}
	if _, err := os.Stat("/usr/bin/chromium"); err != nil {
		t.Fatalf("install Debian's chromium first: %v", err)
	}
	files := t.TempDir()
	titled, long := catalogtest.Everything(catalogtest.Envelopes()[0].Envelope),
		catalogtest.Everything(catalogtest.Envelopes()[0].Envelope)
	titled.Service, titled.Title = "payments", "Payments API errors"
	long.Service, long.Title = "payments",
		"The errors of the payments API of the Acme company for merchants, platforms and whoever else pays"
	catalogs := map[string]*catalog.Catalog{
		"titled": titled, "long": long,
		"bithuman":   loaded(t, "../../../catalog.yaml"),
		"sampled":    loaded(t, "../../../catalog.yaml"),
		"everything": catalogtest.Everything(catalogtest.Envelopes()[0].Envelope),
		"hostile":    loaded(t, "hostile.yaml"), "tables": loaded(t, "tables.yaml"),
		"problem": loaded(t, "../../internal/find/testdata/problem.yaml"),
		"many":    synth.Catalog(10_000),
		"grouped": grouped(100),
	}
	for _, name := range []string{
		"azure", "google", "jsonapi", "kubernetes", "oauth", "plaid", "square", "stripe", "twilio",
	} {
		catalogs[name] = loaded(t, "../adoption/testdata/"+name+"/catalog.yaml")
	}
	pasted, err := filepath.Abs("../../internal/find/testdata/pasted.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range catalogs {
		var o html.Options
		if name == "sampled" {
			o.Generated = []sample.Language{
				sample.Default("go"), sample.Default("typescript"), sample.Default("python"),
			}
		}
		pages, err := html.Emit(c, o)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range pages {
			writePage(t, filepath.Join(files, name, p.Path), string(p.Data))
		}
	}
	static := httptest.NewServer(http.FileServer(http.Dir(files)))
	defer static.Close()
	live, edited := editing(t, editedGood)
	never, _ := editing(t, editedBroken)
	task, err := json.Marshal(map[string]string{
		"http": static.URL, "files": files, "live": live, "catalog": edited, "good": editedGood,
		"never": never, "better": editedBetter, "broken": editedBroken, "pasted": pasted,
	})
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "node", "check.js", string(task))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("node browser/check.js: %v\n%s", err, stderr.String())
	}
	var verdicts []struct{ Name, Failure, Note string }
	if err := json.Unmarshal(out, &verdicts); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	if len(verdicts) < 50 {
		t.Errorf("only %d checks ran", len(verdicts))
	}
	for _, v := range verdicts {
		t.Run(v.Name, func(t *testing.T) {
			if v.Failure != "" {
				t.Error(v.Failure)
			}
			if v.Note != "" {
				t.Log(v.Note)
			}
		})
	}
}

// grouped returns a catalog with n codes in two groups.
func grouped(n int) *catalog.Catalog {
	c := synth.Catalog(n)
	all := c.Groups[0]
	first, second := all, all
	first.Entries = all.Entries[:n/2]
	second.ID, second.Title, second.Anchor = "rest", "The rest", "rest"
	second.Entries = all.Entries[n/2:]
	for _, e := range second.Entries {
		e.Group = 1
	}
	c.Groups = []catalog.Group{first, second}
	return c
}

// editing serves a catalog for editing. It returns the URL and the file.
func editing(t *testing.T, content string) (url, file string) {
	t.Helper()
	file = filepath.Join(t.TempDir(), "catalog.yaml")
	writePage(t, file, content)
	p := serve.New(file)
	ctx, cancel := context.WithCancel(t.Context())
	ready, ended := make(chan struct{}, 100), make(chan error)
	go func() { ended <- p.Follow(ctx, func(serve.Result) { ready <- struct{}{} }) }()
	<-ready
	server := httptest.NewServer(p.Handler(""))
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		server.CloseClientConnections()
		server.Close()
	})
	return server.URL + "/", file
}

func loaded(t *testing.T, file string) *catalog.Catalog {
	t.Helper()
	c, list := pipeline.Load(corpus.Open(t, file))
	if c == nil {
		t.Fatalf("%s is refused: %+v", file, list.All()[0])
	}
	return c
}

func writePage(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
