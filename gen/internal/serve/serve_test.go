package serve_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/errspec/errspec/gen/internal/serve"
)

const root = `version: 1
title: Errors
groups: [{id: all, title: All, errors: [{code: FIRST, status: 500, message: It broke, resolution: Wait.}]}]
`

// A site is a catalog's preview, followed and served.
type site struct {
	t   *testing.T
	dir string
	url string
}

// newSite follows catalog.yaml in a folder with the given files.
func newSite(t *testing.T, files map[string]string) *site {
	t.Helper()
	s := &site{t: t, dir: t.TempDir()}
	for name, content := range files {
		s.write(name, content)
	}
	p := serve.New(filepath.Join(s.dir, "catalog.yaml"))
	server := httptest.NewServer(p.Handler(""))
	ctx, cancel := context.WithCancel(t.Context())
	loaded, ended := make(chan struct{}, 1000), make(chan error)
	go func() { ended <- p.Follow(ctx, func(serve.Result) { loaded <- struct{}{} }) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("following: %v", err)
		}
		server.CloseClientConnections()
		server.Close()
	})
	s.url = server.URL
	<-loaded
	return s
}

func (s *site) write(name, content string) {
	s.t.Helper()
	path := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// get requests a page. host replaces the server's own if it is not empty.
func (s *site) get(method, path, host string) answer {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	if host != "" {
		req.Host = host
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(body)}
}

type answer struct {
	status int
	header http.Header
	body   string
}

func (s *site) page() string {
	s.t.Helper()
	return s.get("GET", "/", "").body
}

var version = regexp.MustCompile(`data-version="([^"]*)"`)

// becomes waits, like an open page, until a page contains all wanted texts, and none of those that
// begin with a !. before is the open page.
func (s *site) becomes(before string, wanted ...string) string {
	s.t.Helper()
	deadline := time.Now().Add(5 * time.Minute)
	for {
		s.change(before, deadline)
		page := s.page()
		wrong := ""
		for _, w := range wanted {
			if text, unwanted := strings.CutPrefix(w, "!"); strings.Contains(page,
				text) == unwanted {
				wrong = w
			}
		}
		if wrong == "" {
			return page
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("no page contains %q", wrong)
		}
		before = page // a file may be read half written
	}
}

// change waits for the event that a page with that content gets.
func (s *site) change(page string, deadline time.Time) {
	s.t.Helper()
	ctx, cancel := context.WithDeadline(s.t.Context(), deadline)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet,
		s.url+serve.Changes+"?version="+version.FindStringSubmatch(page)[1], nil)
	if err != nil {
		s.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatalf("no change: %v", err)
	}
	defer resp.Body.Close()
	stream, err := io.ReadAll(resp.Body)
	if err != nil || !strings.HasSuffix(string(stream), "event: changed\ndata:\n\n") ||
		resp.Header.Get("Content-Type") != "text/event-stream" {
		s.t.Fatalf("the page receives %q (%v), as %s", stream, err, resp.Header.Get("Content-Type"))
	}
}

// Browsers load the files of pages only as what they are.
func TestMediaTypes(t *testing.T) {
	s := newSite(t, map[string]string{
		"catalog.yaml": strings.Replace(root, "title: ",
			"docs_url: \"https://a.example/{anchor}/\"\ntitle: ", 1),
	})
	for path, want := range map[string]string{
		"/": "text/html", "/first/": "text/html", "/nowhere": "text/html", "/nowhere.css": "text/html",
		"/reference.css": "text/css", "/reference.js": "text/javascript", "/search.js": "text/javascript",
		"/first/index.md": "text/markdown", "/llms.txt": "text/plain", "/sitemap.xml": "application/xml",
	} {
		got := s.get("GET", path, "")
		if typ, _, _ := strings.Cut(got.header.Get("Content-Type"), ";"); typ != want {
			t.Errorf("%s is %s with status %d, want %s", path, typ, got.status, want)
		}
	}
}

// The page of a code follows the catalog: it changes, goes, and comes back.
func TestCodePageFollows(t *testing.T) {
	s := newSite(t, map[string]string{"catalog.yaml": root})
	deadline := time.Now().Add(5 * time.Minute)
	for _, step := range []struct {
		catalog, says string
		status        int
	}{
		{strings.Replace(root, "FIRST", "SECOND", 1), "There is no page /first/", 404},
		{root + "x: [", "There is no page /first/", 404},
		{root, "<h1><code>FIRST</code></h1>", 200},
	} {
		before := s.get("GET", "/first/", "").body
		s.write("catalog.yaml", step.catalog)
		s.change(before, deadline)
		got := s.get("GET", "/first/", "")
		if got.status != step.status || !strings.Contains(got.body, step.says) {
			t.Errorf("status %d, want %d; want %q in the body: %.300s",
				got.status, step.status, step.says, got.body)
		}
	}
}

func TestServing(t *testing.T) {
	s := newSite(t, map[string]string{"catalog.yaml": root})
	for _, tt := range []struct {
		name, method, path, host string
		status                   int
		says                     string
	}{
		{"the page", "GET", "/", "", 200, "FIRST"},
		{"by its name", "GET", "/index.html", "", 200, "FIRST"},
		{"a code", "GET", "/first/", "", 200, "<h1><code>FIRST</code></h1>"},
		{"a code's file", "GET", "/first/index.html", "", 200, "<h1><code>FIRST</code></h1>"},
		{"a code's folder", "GET", "/first", "", 200, "<h1><code>FIRST</code></h1>"},
		{"no code", "GET", "/second/", "", 404, "There is no page /second/"},
		{"no folder", "GET", "/index.html/", "", 404, "There is no page"},
		{"for agents", "GET", "/llms.txt", "", 200, "FIRST"},
		{"a code for agents", "GET", "/first/index.md", "", 200, "FIRST"},
		{"the search", "GET", "/search.js", "", 200, "FIRST"},
		{"head", "HEAD", "/", "", 200, ""},
		{"elsewhere", "GET", "/etc/passwd", "", 404, "There is no page /etc/passwd"},
		{"above", "GET", "/../catalog.yaml", "", 404, "There is no page /catalog.yaml"},
		{"not to be written", "POST", "/", "", 405, ""},
		{"localhost", "GET", "/", "localhost:8484", 200, "FIRST"},
		{"a name below localhost", "GET", "/", "api.localhost", 200, "FIRST"},
		{"IPv6", "GET", "/", "[::1]:8484", 200, "FIRST"},
		{"another's name", "GET", "/", "evil.example", 421,
			"does not answer to the host name evil.example"},
		{"with our port", "GET", "/", "evil.example:8484", 421, "does not answer to the host name"},
		{"another's name, for news", "GET", serve.Changes, "evil.example", 421,
			"does not answer to the host name"},
		{"an address in a name", "GET", "/", "127.0.0.1.evil.example", 421,
			"does not answer to the host name"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := s.get(tt.method, tt.path, tt.host)
			if got.status != tt.status || !strings.Contains(got.body, tt.says) {
				t.Errorf("status %d, want %d; want %q in the body: %.300s", got.status,
					tt.status, tt.says, got.body)
			}
			if tt.status != 421 && (got.header.Get("Cache-Control") != "no-store" ||
				got.header.Get("X-Content-Type-Options") != "nosniff") {
				t.Errorf("the headers are %v", got.header)
			}
		})
	}
}

func TestAHostOfOurOwn(t *testing.T) {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "http://Box.lan:80/none", nil)
	serve.New("catalog.yaml").Handler("box.lan").ServeHTTP(w, r)
	if w.Code != http.StatusNotFound {
		t.Errorf("the host that the user named gets status %d", w.Code)
	}
}

func TestAChangeIsShown(t *testing.T) {
	s := newSite(t, map[string]string{"catalog.yaml": root})
	before := s.page()
	s.write("catalog.yaml", strings.ReplaceAll(root, "It broke", "It fell"))
	s.becomes(before, "It fell", "!It broke")
}

// Most editors write another file and rename it.
func TestAFileThatIsReplaced(t *testing.T) {
	s := newSite(t, map[string]string{"catalog.yaml": root})
	page := s.page()
	for _, text := range []string{"It fell", "It slept"} {
		s.write("catalog.yaml.tmp", strings.ReplaceAll(root, "It broke", text))
		if err := os.Rename(filepath.Join(s.dir, "catalog.yaml.tmp"),
			filepath.Join(s.dir, "catalog.yaml")); err != nil {
			t.Fatal(err)
		}
		page = s.becomes(page, text)
	}
}

func TestABrokenCatalog(t *testing.T) {
	s := newSite(t, map[string]string{"catalog.yaml": root})
	good := s.page()
	s.write("catalog.yaml", strings.ReplaceAll(root, "message: It broke",
		`mesage: "</pre><script>alert(1)</script>"`))
	broken := s.becomes(good, `role="alert"`, "unknown-key", "has errors", "last good version",
		"It broke", "&lt;/pre&gt;&lt;script&gt;", "!<script>alert")
	s.write("catalog.yaml", strings.ReplaceAll(root, "It broke", "It fell"))
	s.becomes(broken, "It fell", `!role="alert"`)
}

func TestACatalogThatIsBrokenFromTheStart(t *testing.T) {
	s := newSite(t, map[string]string{"catalog.yaml": "version: 2\n"})
	page := s.page()
	for _, want := range []string{`role="alert"`, "when the catalog has no errors"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	s.write("catalog.yaml", root)
	s.becomes(page, "It broke", `!role="alert"`)
}

func TestACatalogThatIsNotThereYet(t *testing.T) {
	s := newSite(t, nil)
	page := s.page()
	if !strings.Contains(page, "there is no catalog") {
		t.Error("the page does not say that the file is missing")
	}
	s.write("catalog.yaml", root)
	page = s.becomes(page, "It broke", `!role="alert"`)
	if err := os.Remove(filepath.Join(s.dir, "catalog.yaml")); err != nil {
		t.Fatal(err)
	}
	s.becomes(page, "there is no catalog", "It broke")
}

// All files of a catalog are followed, wherever they are, as they come and go.
func TestManyFiles(t *testing.T) {
	group := func(id, code string) string {
		return "groups: [{id: " + id + ", title: " + id + ", errors: [{code: " + code +
			", status: 500, message: m, resolution: r}]}]\n"
	}
	s := newSite(t, map[string]string{
		"catalog.yaml": "version: 1\ntitle: Errors\ngroups: []\n" +
			"docs: {sections: [{position: end, file: docs/end.md}]}\n" +
			"include: [errors/*.yaml, more/deep/one.yaml]\n",
		"errors/a.yaml": group("a", "FROM_A"), "docs/end.md": "The end.",
	})
	page := s.page()
	if !strings.Contains(page, "include-missing") {
		t.Error("the page does not say that an included file is missing")
	}
	s.write("more/deep/one.yaml", group("one", "FROM_ONE")) // in folders that did not exist
	page = s.becomes(page, "FROM_A", "FROM_ONE", "The end.")
	s.write("errors/b.yaml", group("b", "FROM_B")) // the pattern matches it
	page = s.becomes(page, "FROM_B")
	s.write("docs/end.md", "The very end.")
	page = s.becomes(page, "The very end.")
	s.write("more/deep/one.yaml", group("one", "FROM_TWO"))
	page = s.becomes(page, "FROM_TWO", "!FROM_ONE")
	if err := os.RemoveAll(filepath.Join(s.dir, "more")); err != nil {
		t.Fatal(err)
	}
	s.becomes(page, "include-missing", "FROM_TWO")
}

// A folder that is replaced, as git does when it changes branches, is followed as before.
func TestAFolderThatIsReplaced(t *testing.T) {
	group := func(code string) string {
		return "groups: [{id: a, title: A, errors: [{code: " + code +
			", status: 500, message: m, resolution: r}]}]\n"
	}
	s := newSite(t, map[string]string{
		"catalog.yaml":  "version: 1\ntitle: Errors\ngroups: []\ninclude: [errors/*.yaml]\n",
		"errors/a.yaml": group("FIRST"),
	})
	page := s.page()
	for _, code := range []string{"SECOND", "THIRD"} {
		if err := os.RemoveAll(filepath.Join(s.dir, "errors")); err != nil {
			t.Fatal(err)
		}
		s.write("errors/a.yaml", group(code))
		page = s.becomes(page, code)
		s.write("errors/a.yaml", group(code+"_AGAIN"))
		page = s.becomes(page, code+"_AGAIN")
	}
}

func TestALink(t *testing.T) {
	elsewhere := t.TempDir()
	target := filepath.Join(elsewhere, "real.yaml")
	if err := os.WriteFile(target, []byte(root), 0o644); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	link := filepath.Join(dir, "catalog.yaml")
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	p := serve.New(link)
	results := make(chan serve.Result, 100)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- p.Follow(ctx, func(r serve.Result) { results <- r }) }()
	<-results
	if err := os.WriteFile(target, []byte(strings.ReplaceAll(root, "FIRST", "SECOND")),
		0o644); err != nil {
		t.Fatal(err)
	}
	for r := range results {
		if r.Catalog != nil && r.Catalog.Find("SECOND") != nil {
			break
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// A change without effect on the pages does not reload them.
func TestACommentChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "catalog.yaml")
	p := serve.New(path)
	for i, content := range []string{root, "# a remark\n" + root} {
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		r, err := p.Load(t.Context())
		if err != nil || r.Unread != "" || r.Changed != (i == 0) {
			t.Errorf("load %d: changed is %v; %v, %s", i, r.Changed, err, r.Unread)
		}
	}
}
