package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/errspec/errspec/gen/internal/unseen"
)

// hostile are texts that a terminal should not get, and how JSON has them.
var hostile = []struct{ text, json string }{
	{"\u202e", `\u202e`}, {"\u2066", `\u2066`}, {"\u200f", `\u200f`}, {"\u200b", `\u200b`},
	{"\u00ad", `\u00ad`}, {"\U000e0041", `\udb40\udc41`}, {"\u3164", `\u3164`},
	{"\u2028", `\u2028`},
	{"\u009b", `\u009b`},
	{"\x1b[31m", `\u001b[31m`},
	{"\n::error::x", `\n::error::x`},
	{"\r", `\r`},
}

// goodCatalog has a place for a text in it, and compiles without.
const goodCatalog = `version: 1
title: Errors
groups:
  - id: server
    title: Server
    errors:
      - {code: INTERNAL_ERROR, status: 500, message: Internal server error, resolution: Try%s again.}
`

// Nothing that a catalog, a file, its name or an argument holds reaches a terminal as it is,
// whichever command prints it, in whichever format.
func TestNothingUnseenIsPrinted(t *testing.T) {
	var text, json strings.Builder
	for _, h := range hostile {
		if !strings.ContainsAny(h.text, "\n\r") {
			text.WriteString(h.text)
			json.WriteString(h.json)
		}
	}
	nothingUnseenIsPrinted(t, text.String(), json.String())
}

func nothingUnseenIsPrinted(t *testing.T, text, escaped string) {
	t.Helper()
	dir := t.TempDir()
	write := func(name, content string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Skipf("this system has no file of the name %q: %v", name, err)
		}
	}
	good := fmt.Sprintf(goodCatalog, "")
	write("good.yaml", good)
	write("text.yaml", fmt.Sprintf(goodCatalog, text))
	write("escape.yaml", strings.Replace(good, "Errors", `"Err`+escaped+`ors"`, 1))
	write("key.yaml", good+`"x`+escaped+`y": 1`+"\n")
	write("broken.yaml", good+"x"+text+": [\n")
	write("value.yaml", strings.Replace(good, "500", `"5`+escaped+`"`, 1))
	write("file.yaml", good+"docs: {sections: [{position: end, file: text.md}]}\n")
	write("text.md", "Text"+text+".\n")
	write("a"+text+".yaml", "x: 1\n")
	write("include.yaml", "version: 1\ntitle: Errors\ninclude: ['a*.yaml']\n")
	write("template.tmpl", "{{"+text+"}}\n"+text+"{{nope}}")
	write("page.md", "[//]: # (errspec:begin x"+text+")\n[//]: # (errspec:end)\n")
	write("layout.yaml", strings.Replace(good, "version: 1", "version:   1 # a"+text, 1))
	run := func(args ...string) (stdout, stderr string) {
		t.Helper()
		// so long that only what does not end takes it
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		cmd := exec.CommandContext(ctx, "errspec", args...)
		cmd.Dir = dir
		var out, errs bytes.Buffer
		cmd.Stdout, cmd.Stderr = &out, &errs
		var exit *exec.ExitError
		if err := cmd.Run(); err != nil && !errors.As(err, &exit) || ctx.Err() != nil {
			t.Fatalf("%q: %v", args, err)
		}
		return out.String(), errs.String()
	}
	run("generate", "good.yaml", "--markdown", "errors.md")
	page, err := os.ReadFile(filepath.Join(dir, "errors.md"))
	if err != nil {
		t.Fatal(err)
	}
	write("errors.md", string(page)+"More"+text+"\n")

	commands := [][]string{
		{"lint", "a" + text + ".yaml"}, {"lint", "none" + text + ".yaml"}, {"lint", "good.yaml", text},
		{"lint", "--format", text}, {"lint", "--x" + text}, {text},
		{"generate", "text.yaml", "--markdown", "x.md"},
		{"generate", "good.yaml", "--markdown", "errors.md", "--check"},
		{"generate", "good.yaml", "--markdown", "a" + text + ".yaml/y.md"},
		{"generate", "good.yaml", "--markdown", "a" + text + ".yaml"},
		{"generate", "good.yaml", "--markdown", "none" + text + ".md", "--check"},
		{"generate", "good.yaml", "--go", text},
		{"generate", "good.yaml", "--go", "x", "--package", text},
		{"generate", "good.yaml", "--markdown", "x.md", "--template", "template.tmpl"},
		{"generate", "good.yaml", "--markdown", "x.md", "--template", "none" + text},
		{"generate", "good.yaml", "--inject", "page.md"},
		{"generate", "good.yaml", "--inject", "none" + text},
		{"breaking", "good.yaml", "--against", "text.yaml"},
		{"breaking", "text.yaml", "--against", "good.yaml"},
		{"breaking", "good.yaml", "--against", "none" + text},
		{"changelog", "good.yaml", "--against", "text.yaml"},
		{"changelog", "good.yaml", "--against", text},
		{"changelog", "good.yaml", "--since", text},
		{"changelog", "good.yaml", "--against", "good.yaml", "--reference", text},
		{"changelog", "good.yaml", "--against", "a" + text + ".yaml", "--format", "json"},
		{"explain", text, "good.yaml"},
		{"explain", "INTERNAL_ERROR", "text.yaml"},
		{"explain", "INTERNAL_ERROR", "a" + text + ".yaml"},
		{"explain", "X", "none" + text},
		{"rules", text},
		{"fmt", "--check", "layout.yaml"},
		{"fmt", "none" + text},
		{"init", "a" + text + ".yaml"},
		{"serve", "nowhere" + text + "/x.yaml"},
		{"serve", "good.yaml", "--addr", text},
	}
	for _, format := range []string{"text", "json", "github", "sarif"} {
		for _, name := range []string{"text", "escape", "key", "broken", "value", "file", "include"} {
			commands = append(commands, []string{"lint", name + ".yaml", "--format", format})
		}
		commands = append(commands, []string{"lint", "a" + text + ".yaml", "--format", format},
			[]string{"generate", "good.yaml", "--markdown", "errors.md", "--check", "--format", format},
			[]string{"breaking", "good.yaml", "--against", "a" + text + ".yaml", "--format", format})
	}
	for _, args := range commands {
		if strings.Contains(strings.Join(args, ""), "\x00") {
			continue
		}
		stdout, stderr := run(args...)
		out := stdout + stderr
		if out == "" && text[0] != '\n' { // which YAML folds

			t.Errorf("%q prints nothing", args)
		}
		if found := slices.Collect(unseen.All(out)); found != nil {
			t.Errorf("%q prints %v:\n%q", args, found, out)
		}
		for line := range strings.Lines(out) {
			if strings.HasPrefix(strings.TrimSpace(line), "::error::x") {
				t.Errorf("%q prints a line that is a command of a workflow:\n%s", args, out)
			}
		}
		if stdout != "" &&
			(slices.Contains(args, "json") || slices.Contains(args, "sarif")) &&
			!json.Valid([]byte(stdout)) {
			t.Errorf("%q prints no JSON:\n%s", args, stdout)
		}
	}
}

// Bytes that somebody asked for stay as they are: of fmt on standard input, and of a page from a
// template of the user's.
func TestBytesOfTheUsersStay(t *testing.T) {
	dir := t.TempDir()
	src := fmt.Sprintf(goodCatalog, "\u200b")
	for name, text := range map[string]string{
		"catalog.yaml": fmt.Sprintf(goodCatalog, ""), "page.tmpl": "a\u202eb {{.Title}}\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.CommandContext(t.Context(), "errspec", "fmt", "-")
	cmd.Stdin = strings.NewReader(src)
	if out, err := cmd.Output(); err != nil || string(out) != src {
		t.Errorf("fmt prints %q (%v), want %q", out, err, src)
	}
	cmd = exec.CommandContext(t.Context(), "errspec", "generate",
		"--markdown", "x.md", "--template", "page.tmpl")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if page, err := os.ReadFile(filepath.Join(dir, "x.md")); err != nil ||
		!strings.Contains(string(page), "a\u202eb Errors") {
		t.Errorf("the page is %q (%v)", page, err)
	}
}
