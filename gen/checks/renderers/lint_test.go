//go:build tools

package renderers_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/slug"
)

// TestMarkdownlint expects no reports from markdownlint on the pages of a well-written catalog. (On
// hostile pages it rightly reports much.) .markdownlint-cli2.jsonc disables the rules that pages
// like ours cannot follow.
func TestMarkdownlint(t *testing.T) {
	dir := t.TempDir()
	config, err := os.ReadFile(".markdownlint-cli2.jsonc")
	if err != nil {
		t.Fatal(err)
	}
	c := fromFile(t, "bitHuman", "../../../catalog.yaml")
	texts := map[string]string{
		".markdownlint-cli2.jsonc": string(config),
		"errors.md":                reference(t, mdtext.Portable, c.load(t)),
	}
	for _, f := range emitPages(t, mdtext.Portable, c.load(t)) {
		texts["page-"+f.Path] = string(f.Data)
	}
	for name, text := range texts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	program, err := filepath.Abs("node_modules/.bin/markdownlint-cli2")
	if err != nil {
		t.Fatal(err)
	}
	// It fails if it reports anything.
	runIn(t, dir, "", program, "*.md")
}

// TestAnchors compares our anchors with github-slugger's.
func TestAnchors(t *testing.T) {
	headings := []string{"İ", "½ ² ① Ⅷ ⓐ ٣ a‿b", "ǅ ß ẞ"}
	for _, p := range pages(t, fromFile(t, "bitHuman", "../../../catalog.yaml"), hostile(t),
		random(t, *count, *seed)) {
		for _, b := range readPage(t, p.md).blocks {
			if len(b.kind) == 2 && b.kind[0] == 'h' && b.kind != "hr" {
				headings = append(headings, b.text)
			}
		}
	}
	input, err := json.Marshal(headings)
	if err != nil {
		t.Fatal(err)
	}
	var theirs []string
	if err := json.Unmarshal(run(t, string(input), "node", "slug.js"), &theirs); err != nil {
		t.Fatal(err)
	}
	for i, heading := range headings {
		if got := slug.Make(strings.TrimSpace(heading)); got != theirs[i] {
			t.Errorf("the anchor of %q is %q; github-slugger says %q", heading, got, theirs[i])
		}
	}
}

// readPage reads a page as GitHub shows it.
func readPage(t *testing.T, md string) shown {
	t.Helper()
	return read(t, goldmarks[0].render(t, []string{md})[0].HTML)
}
