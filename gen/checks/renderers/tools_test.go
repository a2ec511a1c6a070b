//go:build tools

package renderers_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/mdtext"
)

var (
	count = flag.Int("count", 60, "how many codes the random catalog has")
	extra = flag.String("catalog", "", "the file of one more catalog")
)

// TestRenderers checks pages with all renderers, and prints the scores.
func TestRenderers(t *testing.T) {
	catalogs := []written{fromFile(t, "bitHuman", "../../../catalog.yaml"), hostile(t), long(t),
		random(t, *count, *seed)}
	if *extra != "" {
		catalogs = append(catalogs, fromFile(t, filepath.Base(*extra), *extra))
	}
	logScores(t, judgeAll(t, pages(t, catalogs...), renderers()), renderers())
}

// TestMeetingNamesByTools holds anchors that would meet against all renderers.
func TestMeetingNamesByTools(t *testing.T) {
	linksAgree(t, mdtext.Portable, renderers())
}

// TestMDX holds the pages of --dialect mdx against the renderers that they are for.
func TestMDX(t *testing.T) {
	var mdx []renderer
	for _, by := range renderers() {
		if strings.HasPrefix(by.name, "MDX") {
			mdx = append(mdx, by)
		}
	}
	all := pagesIn(t, mdtext.MDX, fromFile(t, "bitHuman", "../../../catalog.yaml"), hostile(t))
	logScores(t, judgeAll(t, all, mdx), mdx)
}

// TestOtherPagesByTools checks the pages of --pages, --inject and --template with other renderers.
// Only MDX pages run through MDX, which takes longest: the same code makes the single page, which
// all renderers read.
func TestOtherPagesByTools(t *testing.T) {
	catalogs := []written{fromFile(t, "bitHuman", "../../../catalog.yaml"), hostile(t)}
	for _, of := range []struct {
		dialect mdtext.Dialect
		by      []string
	}{
		{mdtext.Portable, []string{"cmark-gfm", "markdown-it with plug-ins"}},
		{mdtext.MDX, []string{"MDX with plug-ins"}},
	} {
		var chosen []renderer
		for _, by := range renderers() {
			if slices.Contains(of.by, by.name) {
				chosen = append(chosen, by)
			}
		}
		logScores(t, judgeAll(t, others(t, of.dialect, catalogs...), chosen), chosen)
	}
}

// renderers returns all renderers.
func renderers() []renderer {
	return append(goldmarks,
		renderer{name: "cmark-gfm", noIDs: true, linksBare: true,
			render: each("cmark-gfm", "--unsafe", "-e", "table", "-e", "strikethrough", "-e",
				"autolink", "-e", "tagfilter", "-e", "tasklist")},
		renderer{name: "pandoc, GFM", render: byPandoc("gfm")},
		renderer{name: "pandoc, its own Markdown", bends: true, joins: true, ownIDs: true,
			render: byPandoc("markdown")},
		renderer{name: "Python-Markdown", ownIDs: true, render: byScript("/usr/bin/python3",
			"render.py", "plain")},
		renderer{name: "Python-Markdown with plug-ins", linksBare: true, ownIDs: true, bends: true,
			render: byScript("/usr/bin/python3", "render.py", "plug-ins")},
		renderer{name: "MDX", linksBare: true, render: byScript("node", "render.js", "mdx")},
		renderer{name: "MDX with plug-ins", linksBare: true, render: byScript("node", "render.js",
			"mdx plug-ins")},
		renderer{name: "markdown-it", bends: true, render: byScript("node", "render.js",
			"markdown-it")},
		renderer{name: "markdown-it with plug-ins", bends: true,
			render: byScript("node", "render.js", "markdown-it plug-ins")},
	)
}

func byPandoc(format string) func(testing.TB, []string) []rendering {
	return each("pandoc", "-f", format, "-t", "html5", "--no-highlight", "--wrap=none",
		"--email-obfuscation=none", "--mathml")
}

// each returns a renderer that is a program to start once per page.
func each(name string, args ...string) func(testing.TB, []string) []rendering {
	return func(t testing.TB, pages []string) []rendering {
		t.Helper()
		out := make([]rendering, len(pages))
		for i, md := range pages {
			out[i].HTML = string(run(t, md, name, args...))
		}
		return out
	}
}

// byScript returns a renderer that is a script of this folder, which gets all pages at once.
func byScript(name string, args ...string) func(testing.TB, []string) []rendering {
	return func(t testing.TB, pages []string) []rendering {
		t.Helper()
		input, err := json.Marshal(pages)
		if err != nil {
			t.Fatal(err)
		}
		var out []rendering
		if err := json.Unmarshal(run(t, string(input), name, args...), &out); err != nil {
			t.Fatal(err)
		}
		return out
	}
}

func run(t testing.TB, input, name string, args ...string) []byte {
	t.Helper()
	return runIn(t, "", input, name, args...)
}

func runIn(t testing.TB, dir, input, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Stdin = strings.NewReader(input)
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	output, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v (what it needs is installed by .ci/run and `make npm`)\n%s", name,
			strings.Join(args, " "), err, complaint.Bytes())
	}
	return output
}
