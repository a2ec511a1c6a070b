package syntax_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

func parse(src string) (*syntax.Catalog, []diag.Diagnostic) {
	c, list := syntax.Parse(source.New("catalog.yaml", []byte(src), nil))
	return c, list.All()
}

// lines prints findings as line:col rule: message.
func lines(list []diag.Diagnostic) []string {
	var s []string
	for _, d := range list {
		s = append(s, fmt.Sprintf("%s:%d:%d %s: %s",
			d.Span.File.Name, d.Span.Line, d.Span.Col, d.Rule, d.Message))
	}
	return s
}

func TestPlainScalarsAreText(t *testing.T) {
	const src = `version: 1
title: NO
description: 2026-06-12
service: "on"
docs_url: 1.10
groups:
  - id: y
    title: 0x1F
    errors:
      - {code: 00000, status: 0400, message: 1_000, title: !!str null, since: 12:30:45, see: [1e3, .5, Null x]}
`
	c, list := parse(src)
	e := c.Groups[0].Errors[0]
	got := []string{
		c.Title.Text, c.Description.Text, c.Service.Text, c.DocsURL.Text, c.Groups[0].ID.Text,
		c.Groups[0].Title.Text, e.Code.Text, e.Message.Text, e.Title.Text, e.Since.Text,
		e.See[0].Text, e.See[1].Text, e.See[2].Text,
	}
	want := []string{"NO", "2026-06-12", "on", "1.10", "y", "0x1F", "00000", "1_000", "null",
		"12:30:45", "1e3", ".5", "Null x"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("texts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{`catalog.yaml:10:31 wrong-type: "0400" is not an int`}, lines(list)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestNullIsAFinding(t *testing.T) {
	for _, null := range []string{"", "~", "null", "Null", "NULL"} {
		for _, field := range []string{"title", "statuses", "groups", "lint", "envelope"} {
			_, list := parse("version: 1\n" + field + ": " + null + "\n")
			found := false
			for _, d := range list {
				found = found || d.Rule == rule.WrongType && d.Span.Line == 2 && strings.Contains(d.Message,
					`"`+field+`" must be`)
			}
			if !found {
				t.Errorf("%s: %s gives no finding: %v", field, null, lines(list))
			}
		}
	}
}

func TestMergeKeys(t *testing.T) {
	const src = `version: 1
title: Errors
groups:
  - id: a
    title: A
    errors:
      - &base
        code: ONE
        status: 400
        params: &params {a: {type: string}, b: {type: int}}
      - <<: *base
        code: TWO
        params:
          c: {type: bool}
          <<: [*params, {b: {type: float}, d: {type: string}}]
          a: {type: int}
      - <<: *base
        <<: *base
        code: THREE
      - <<: 3
        code: FOUR
        status: 400
`
	c, list := parse(src)
	two := c.Groups[0].Errors[1]
	var got []string
	for _, p := range two.Params {
		got = append(got, p.Key.Text+" "+p.Value.Type.Text)
	}
	if diff := cmp.Diff([]string{"c bool", "b int", "d string", "a int"}, got); diff != "" {
		t.Errorf("merged params (-want +got):\n%s", diff)
	}
	if two.Code.Text != "TWO" || two.Statuses[0].Text != "400" {
		t.Errorf("merged error: %s %v", two.Code.Text, two.Statuses)
	}
	want := []string{
		`catalog.yaml:18:9 duplicate-key: the key "<<" appears twice in one mapping`,
		`catalog.yaml:20:13 wrong-type: << needs a mapping, or a list of mappings; this is the text "3"`,
	}
	if diff := cmp.Diff(want, lines(list)); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// A broken or hostile file costs next to nothing: what is allocated bounds the time as well.
func TestLimits(t *testing.T) {
	var bomb strings.Builder
	bomb.WriteString("version: 1\ntitle: Errors\ndocs:\n  front_matter:\n    a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 40; i++ {
		fmt.Fprintf(&bomb, "    a%d: &a%d [%s]\n", i, i,
			strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i-1), 10), ", "))
	}
	var chain strings.Builder
	chain.WriteString("version: 1\ntitle: Errors\ndocs:\n  front_matter:\n    a0: &a0 [x]\n")
	for i := 1; i < 120; i++ {
		fmt.Fprintf(&chain, "    a%d: &a%d [*a%d]\n", i, i, i-1)
	}
	tests := []struct{ name, src, want string }{
		{"alias bomb", bomb.String(),
			`catalog.yaml:11:13 limit-exceeded: with its aliases, this expands to more than 10 million nodes`},
		{"alias chain", chain.String(),
			`catalog.yaml:101:16 limit-exceeded: with its aliases, this has more than 100 levels of nesting`},
		{"depth in flow",
			"version: 1\ntitle: " + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + "\n",
			`catalog.yaml:2:107 limit-exceeded: more than 100 levels of nesting`},
		{"far too deep for YAML", strings.Repeat("[", 1<<20),
			`catalog.yaml:1:1 yaml-syntax: not valid YAML: exceeded max depth of 10000`},
		{"aliases of one long list",
			"version: 1\ntitle: x\ngroups: []\ndocs: {front_matter: {a: &a [" + strings.Repeat("x, ", 1000) +
				"], b: [" + strings.Repeat("*a, ", 200) + "]}}\n",
			`catalog.yaml:1:1 limit-exceeded: aliases expand the file's 1015 nodes to 201215`},
		{"size", strings.Repeat("#", source.MaxSize+1),
			`catalog.yaml:1:1 limit-exceeded: the file is larger than 8 MiB, the limit for all files of a catalog together`},
		{"a key that is a bomb of its own", "? " + strings.Repeat("[", 5000),
			`catalog.yaml:1:1 yaml-syntax: a value or a closing bracket is missing here`},
		{"Latin-1", "version: 1\ntitle: Gr\xf6\xdfe\n",
			`catalog.yaml:2:10 yaml-syntax: the file is not UTF-8: unexpected byte 0xF6`},
		{"UTF-16", "\xff\xfev\x00e\x00",
			`catalog.yaml:1:1 yaml-syntax: the file is not UTF-8: unexpected byte 0xFF`},
		{"binary", "\x7fELF\x02\x01",
			`catalog.yaml:1:1 control-character: the file contains the control character U+007F`},
		{"carriage return alone", "version: 1\rtitle: Errors\n",
			`catalog.yaml:1:11 control-character: the file contains the control character U+000D`},
		{"line separator", "version: 1\ntitle: a\u2028b\n",
			`catalog.yaml:2:9 control-character: the file contains U+2028, which YAML treats as a line end, but most programs do not`},
		{"empty", "", `catalog.yaml:1:1 missing-key: the catalog is empty`},
		{"comments alone", "# nothing\n", `catalog.yaml:1:1 missing-key: the catalog is empty`},
		{"a part of a catalog", "groups: []\nstatuses: {}\n",
			`catalog.yaml:1:1 wrong-type: this file is a part of a catalog: it has neither a version nor a title`},
		{"the begin of a document alone", "---\n", `catalog.yaml:1:1 missing-key: the catalog is empty`},
		{"no mapping", "- version: 1\n",
			`catalog.yaml:1:1 wrong-type: the file must be a mapping; this is a list`},
		{"a text", "hello\n",
			`catalog.yaml:1:1 wrong-type: the file must be a mapping; this is the text "hello"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, list := parse(tt.src)
			runtime.ReadMemStats(&after)
			if diff := cmp.Diff([]string{tt.want}, lines(list)); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 256<<20 {
				t.Errorf("it took %d MiB", used>>20)
			}
		})
	}
}

func TestInclude(t *testing.T) {
	group := func(id string, codes ...string) string {
		s := "  - id: " + id + "\n    title: " + id + "\n    errors:\n"
		for _, code := range codes {
			s += "      - {code: " + code + ", status: 400}\n"
		}
		return s
	}
	folder := fstest.MapFS{
		"errors/b.yaml": {Data: []byte("groups:\n" + group("b", "B1", "B2"))},
		"errors/a.yaml": {Data: []byte("include: [more/*.yaml]\ngroups:\n" + group("a",
			"A1") + "statuses: {404: {title: Not Found}}\n")},
		"errors/more/x.yml": {Data: []byte("not read")},
		"errors/more/c.yaml": {Data: []byte("groups:\n" + group("c", "C1") + "retired: [{code: OLD}]\n" +
			"title: Not here\n")},
		"text.md": {Data: []byte("\ufeffHello\r\nthere\r\n")},
	}
	src := "version: 1\ntitle: Errors\ngroups:\n" + group("first",
		"F1") +
		"include: [errors/*.yaml]\nstatuses: {400: {title: Bad Request}}\nretired: [{code: ANCIENT}]\n" +
		"docs: {sections: [{position: end, file: ./text.md}]}\n"
	c, list := syntax.Parse(source.New("api/catalog.yaml", []byte(src), folder))
	var got []string
	for _, g := range c.Groups {
		for _, e := range g.Errors {
			got = append(got, e.Code.Span().File.Name+" "+e.Path.String()+" "+e.Code.Text)
		}
	}
	for _, s := range c.Statuses {
		got = append(got, s.Key.Text)
	}
	for _, r := range c.Retired {
		got = append(got, r.Code.Text)
	}
	got = append(got, c.Docs.Sections[0].Content)
	want := []string{
		"api/catalog.yaml groups[0].errors[0] F1",
		"api/errors/more/c.yaml groups[0].errors[0] C1",
		"api/errors/a.yaml groups[0].errors[0] A1",
		"api/errors/b.yaml groups[0].errors[0] B1",
		"api/errors/b.yaml groups[0].errors[1] B2",
		"404", "400", "OLD", "ANCIENT", "Hello\nthere\n",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what was read (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{`api/errors/more/c.yaml:7:1 unknown-key: an included file has no key "title"`},
		lines(list.All())); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// The folder that a source opens does not follow links out of it; what we say of them is right.
// All of a catalog's errors may be in files that it includes; somewhere they must be.
func TestGroupsElsewhere(t *testing.T) {
	const head = "version: 1\ntitle: x\n"
	folder := fstest.MapFS{
		"groups.yaml":   {Data: []byte("groups: [{id: a, title: A, errors: []}]\n")},
		"none.yaml":     {Data: []byte("groups: []\n")},
		"deep.yaml":     {Data: []byte("include: [groups.yaml]\n")},
		"statuses.yaml": {Data: []byte("statuses: {400: {title: Bad Request}}\n")},
		"broken.yaml":   {Data: []byte("groups: 5\n")},
	}
	const missing = `catalog.yaml:1:1 missing-key: this catalog has no "groups"`
	for _, tt := range []struct{ name, root, want string }{
		{"in an included file", head + "include: [groups.yaml]\n", ""},
		{"further down", head + "include: [statuses.yaml, deep.yaml]\n", ""},
		{"none, but said so", head + "include: [none.yaml]\n", ""},
		{"nowhere", head + "include: [statuses.yaml]\n", missing},
		{"nowhere, for nothing is included", head + "include: []\n", missing},
		{"nowhere at all", head, missing},
		{"perhaps in a file that is not there", head + "include: [group.yaml]\n",
			`catalog.yaml:3:11 include-missing: there is no file "group.yaml"`},
		{"they are no list", head + "include: [broken.yaml]\n",
			`broken.yaml:1:9 wrong-type: "groups" must be a list; this is the text "5"`},
		{"include is no list", head + "include: groups.yaml\n",
			`catalog.yaml:3:10 wrong-type: "include" must be a list; this is the text "groups.yaml"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, list := syntax.Parse(source.New("catalog.yaml", []byte(tt.root), folder))
			if got := strings.Join(lines(list.All()), "\n"); got != tt.want {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
}

func TestIncludeEscapeByLink(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	for name, data := range map[string]string{filepath.Join(outside, "x.yaml"): "groups: []\n",
		filepath.Join(dir, "in.yaml"): "groups: []\n"} {
		if err := os.WriteFile(name, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, to := range map[string]string{
		"out.yaml": filepath.Join(outside, "x.yaml"), "link.yaml": "in.yaml",
	} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = root.Close() }()
	_, list := syntax.Parse(source.New("catalog.yaml",
		[]byte("version: 1\ntitle: x\ngroups: []\ninclude: [out.yaml, link.yaml, .]\n"), root.FS()))
	want := []string{
		`catalog.yaml:4:11 include-escape: "out.yaml" is a symbolic link to a file outside the catalog's folder`,
		`catalog.yaml:4:32 include-missing: "." is a folder`,
	}
	if diff := cmp.Diff(want, lines(list.All())); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}
