package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/slug"
)

// root is the root of the repository.
const root = "../.."

// TestDocuments runs what the documents of this repository show. A document has a folder, which
// begins with this repository's catalog.yaml and errspec.yaml and is a git repository. The words
// after a fence say what its block is; renderers show the first word alone:
//
//	yaml file=PATH          a file of the folder; if it is a catalog, it lints clean
//	yaml file=PATH wrong    a catalog with mistakes: a console block after it shows what lint says
//	yaml part               some keys of a catalog, or some of its errors: with the rest it lints clean
//	json example=KEY        the example of that key in the OpenAPI document of the folder's catalog
//	json example=KEY of=PATH  the same of another catalog in the folder
//	console                 commands after "$ ", and what they print; -update writes that
//	sh                      commands for the reader: they exist and have these flags
//	go                      a part of a Go file that is compiled (see goFiles)
//	LANGUAGE file=PATH      a file of the folder
//	text drawing            a drawing of the packages: what it names, as in check.Check, exists
//
// A block that is none of these fails the test. Commands, flags and tests in `code` exist, and
// links lead somewhere.
func TestDocuments(t *testing.T) {
	for _, pattern := range []string{"*.md", "gen/*.md", "gen/docs/*.md"} {
		paths, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil || len(paths) == 0 {
			t.Fatalf("%s: %d documents, %v", pattern, len(paths), err)
		}
		for _, path := range paths {
			t.Run(strings.TrimPrefix(filepath.ToSlash(path), root+"/"), func(t *testing.T) {
				t.Parallel()
				source, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				d := readDocument(t, path, source)
				for _, problem := range d.run(t, *update) {
					t.Error(problem)
				}
				if *update {
					if err := os.WriteFile(path, d.source, 0o644); err != nil {
						t.Fatal(err)
					}
				}
			})
		}
	}
}

// A document is a Markdown file, and the folder in which its commands run.
type document struct {
	path   string
	source []byte
	blocks []block
	codes  []string // in `backticks`
	links  []string
	dir    string
	shell  string // the folder that the commands before have changed to

	problems []string
}

// A block is a fenced code block.
type block struct {
	line     int
	info     []string
	text     string
	from, to int // in the source
}

func readDocument(t *testing.T, path string, source []byte) *document {
	t.Helper()
	d := &document{path: path, source: source}
	tree := goldmark.DefaultParser().Parse(text.NewReader(source))
	err := ast.Walk(tree, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.FencedCodeBlock:
			b := block{text: string(n.Lines().Value(source))}
			if n.Info != nil {
				b.info = strings.Fields(string(n.Info.Value(source)))
				b.from = n.Info.Segment.Stop + 1
			}
			if n.Lines().Len() > 0 {
				b.from = n.Lines().At(0).Start
			}
			b.to = b.from + len(b.text)
			b.line = 1 + bytes.Count(source[:b.from], []byte("\n"))
			d.blocks = append(d.blocks, b)
		case *ast.CodeBlock: // gen/*.md are for contributors, who read them in an editor
			if filepath.Base(filepath.Dir(path)) != "gen" && n.Lines().Len() > 0 {
				line := 1 + bytes.Count(source[:n.Lines().At(0).Start], []byte("\n"))
				d.problem(line, "no test knows an indented block; put it between fences")
			}
		case *ast.CodeSpan:
			d.codes = append(d.codes,
				string(n.Text(source))) //nolint:staticcheck // the text of a code span is what it shows
		case *ast.Link:
			d.links = append(d.links, string(n.Destination))
		case *ast.Image:
			d.links = append(d.links, string(n.Destination))
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// run returns what is wrong with a document. It may correct what the source says is printed.
func (d *document) run(t *testing.T, correct bool) []string {
	t.Helper()
	d.checkLinks(t)
	for _, code := range d.codes {
		if problem := wrongCommand(code, true); problem != "" {
			d.problem(0, "`%s`: %s", code, problem)
		}
	}
	if len(d.blocks) == 0 {
		return d.problems
	}
	d.setUp(t)
	shift := 0
	for i, b := range d.blocks {
		if slices.Contains(b.info, "wrong") &&
			(i+1 == len(d.blocks) || d.blocks[i+1].info[0] != "console") {
			d.problem(b.line, "a console block must follow, with what errspec says about it")
		}
		printed, problem := d.runBlock(t, b)
		if problem != "" {
			d.problem(b.line, "%s", problem)
		}
		switch {
		case printed == b.text:
		case correct:
			d.source = slices.Replace(d.source, b.from+shift, b.to+shift, []byte(printed)...)
			shift += len(printed) - len(b.text)
		default:
			d.problem(b.line,
				"this is not what is printed (-document +printed); run go test ./gen/errspec -run Documents -update\n%s",
				difference(b.text, printed))
		}
	}
	return d.problems
}

// problem reports what is wrong at a line; 0 if it is not known.
func (d *document) problem(line int, format string, args ...any) {
	at := d.path
	if line > 0 {
		at += fmt.Sprintf(":%d", line)
	}
	d.problems = append(d.problems, at+": "+fmt.Sprintf(format, args...))
}

// setUp makes the folder.
func (d *document) setUp(t *testing.T) {
	d.dir = filepath.Join(t.TempDir(), "api")
	if err := os.Mkdir(d.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	d.shell = d.dir
	data, err := os.ReadFile(filepath.Join(root, "catalog.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	d.write(t, "catalog.yaml", string(data))
	if out, err := d.sh(t, "git init -q -b main"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func (d *document) write(t *testing.T, name, content string) {
	t.Helper()
	path := filepath.Join(d.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	//nolint:gosec // some are programs
	if err := os.WriteFile(path, []byte(content), 0o755); err != nil {
		t.Fatal(err)
	}
}

// sh runs a command in the folder, and returns all that it prints. As in a terminal, a cd lasts.
func (d *document) sh(t *testing.T, command string) (string, error) {
	cmd := exec.CommandContext(t.Context(), "sh", "-c",
		command+"\nstatus=$?\npwd >\"$FOLDER\"\nexit $status")
	cmd.Dir = d.shell
	folder := d.dir + ".pwd"
	cmd.Env = slices.Concat(os.Environ(), gitVars,
		[]string{"FOLDER=" + folder, "HOME=" + d.dir, "NO_COLOR=1"})
	out, err := cmd.CombinedOutput()
	if now, err := os.ReadFile(folder); err == nil {
		d.shell = strings.TrimSpace(string(now))
	}
	return string(out), err
}

// runBlock returns what the block should hold, and what is wrong with it beside.
func (d *document) runBlock(t *testing.T, b block) (want, problem string) {
	if len(b.info) == 0 {
		return b.text, "the block has no language; TestDocuments lists what a block can be"
	}
	language, file := b.info[0], ""
	var words []string
	for _, word := range b.info[1:] {
		if name, ok := strings.CutPrefix(word, "file="); ok {
			file = name
		} else {
			words = append(words, word)
		}
	}
	kind := strings.Join(append([]string{language}, words...), " ")
	example, isExample := strings.CutPrefix(kind, "json example=")
	example, of, _ := strings.Cut(example, " of=")
	switch {
	case file != "":
		d.write(t, file, b.text)
		return b.text, d.wrongFile(t, kind, file, b.text)
	case kind == "yaml part":
		return b.text, d.wrongPart(t, b.text)
	case isExample:
		return b.text, d.wrongExample(t, of, example, b.text)
	case kind == "console":
		return d.runConsole(t, b.text)
	case kind == "sh":
		return b.text, wrongCommands(b.text)
	case kind == "go":
		return b.text, wrongGo(t, b.text)
	case kind == "text drawing":
		return b.text, wrongDrawing(t, b.text)
	}
	return b.text, fmt.Sprintf("no test knows a block of %q; TestDocuments lists what a block can be",
		strings.Join(b.info, " "))
}

// wrongFile says what is wrong with a file that the document shows.
func (d *document) wrongFile(t *testing.T, kind, name, content string) string {
	wrong := kind == "yaml wrong"
	if !wrong && len(strings.Fields(kind)) > 1 {
		return fmt.Sprintf("no test knows a file of kind %q", kind)
	}
	if strings.HasSuffix(name, ".sh") || strings.Contains(name, ".git/hooks/") {
		return wrongCommands(content)
	}
	if !strings.HasSuffix(name, ".yaml") && !strings.HasSuffix(name, ".yml") {
		return ""
	}
	var keys map[string]any
	if err := yaml.Unmarshal([]byte(content), &keys); err != nil && !wrong {
		return err.Error()
	}
	if steps, err := workflowCommands([]byte(content)); err == nil && steps != "" {
		return wrongCommands(steps)
	}
	if keys["version"] == nil && !wrong {
		return "" // not a catalog
	}
	out, err := d.sh(t, "errspec lint --fail-on info '"+name+"'")
	switch {
	case wrong && err == nil:
		return "the catalog has no mistakes"
	case !wrong && (err != nil || out != ""):
		return "the catalog does not lint clean:\n" + out
	}
	return ""
}

// rest is what a part of a catalog is completed with.
const rest = `
version: 1
title: Errors
docs_url: https://example.com/errors
retry_policies: {backoff: {methods: any}}
groups:
  - id: server
    title: Server
    errors:
      - {code: INTERNAL_ERROR, status: 500, message: Internal server error, resolution: Tell us.}
`

// wrongPart says what is wrong with a part of a catalog. Its keys replace those of the rest; a list
// is a list of errors. Groups and errors are added to those of the rest.
func (d *document) wrongPart(t *testing.T, part string) string {
	var whole, keys yaml.Node
	if err := yaml.Unmarshal([]byte(rest), &whole); err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal([]byte(part), &keys); err != nil {
		return err.Error()
	}
	all, one := whole.Content[0], keys.Content[0]
	groups := valueOf(all, "groups")
	switch {
	case one.Kind == yaml.SequenceNode:
		list := valueOf(groups.Content[0], "errors")
		list.Content = append(one.Content, list.Content...)
	case valueOf(one, "groups") != nil:
		added := valueOf(one, "groups")
		added.Content = append(added.Content, groups.Content...)
		fallthrough
	default:
		for i := 0; i < len(one.Content); i += 2 {
			if value := valueOf(all, one.Content[i].Value); value != nil {
				*value = *one.Content[i+1]
			} else {
				all.Content = append(all.Content, one.Content[i], one.Content[i+1])
			}
		}
	}
	data, err := yaml.Marshal(&whole)
	if err != nil {
		t.Fatal(err)
	}
	d.write(t, "part.yaml", string(data))
	if out, err := d.sh(t, "errspec lint --fail-on info part.yaml"); err != nil || out != "" {
		return "with the rest of a catalog, the part does not lint clean:\n" + out
	}
	return ""
}

// valueOf returns the value of a key, or nil.
func valueOf(mapping *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == key {
			return mapping.Content[i+1]
		}
	}
	return nil
}

// wrongExample compares a body with an example of the OpenAPI document.
func (d *document) wrongExample(t *testing.T, file, key, body string) string {
	if out, err := d.sh(t, "errspec generate --openapi openapi.json "+file); err != nil {
		return out
	}
	data, err := os.ReadFile(filepath.Join(d.shell, "openapi.json"))
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Components struct {
			Examples map[string]struct{ Value any }
		}
	}
	if err := json.Unmarshal(data, &doc); err != nil {
		t.Fatal(err)
	}
	example, ok := doc.Components.Examples[key]
	if !ok {
		return fmt.Sprintf("the catalog has no example %q", key)
	}
	var got any
	if err := json.Unmarshal([]byte(body), &got); err != nil {
		return err.Error()
	}
	if diff := difference(indentedJSON(t, example.Value), indentedJSON(t, got)); diff != "" {
		return "the body is another one (-catalog +document):\n" + diff
	}
	return ""
}

func indentedJSON(t *testing.T, value any) string {
	t.Helper()
	data, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data) + "\n"
}

// difference returns how two texts differ; "" if they are equal. Every errspec that a script runs
// is this test's program: with go-cmp in it, all of them would start more slowly.
func difference(want, got string) string {
	return string(diff.Diff("want", []byte(want), "got", []byte(got)))
}

// runConsole runs the commands of a console block.
func (d *document) runConsole(t *testing.T, shown string) (printed, problem string) {
	if !strings.HasPrefix(shown, "$ ") {
		return shown, `a console block begins with a command after "$ "`
	}
	var b strings.Builder
	for line := range strings.Lines(shown) {
		command, ok := strings.CutPrefix(line, "$ ")
		if !ok {
			continue
		}
		out, err := d.sh(t, command)
		b.WriteString(line + out)
		if out == "" && err != nil {
			problem = fmt.Sprintf("%s: %v, and nothing is printed", strings.TrimSpace(command), err)
		}
	}
	return strings.ReplaceAll(b.String(), d.dir, "/home/ada/api"), problem
}

// wrongCommands says which of a script's commands a reader could not run.
func wrongCommands(script string) string {
	var problems []string
	for line := range strings.Lines(strings.ReplaceAll(script, "\\\n", " ")) {
		line, _, _ = strings.Cut(strings.TrimSpace(line), " # ")
		for _, command := range strings.FieldsFunc(line,
			func(r rune) bool { return strings.ContainsRune("|;&", r) }) {
			if problem := wrongCommand(strings.TrimSpace(command), false); problem != "" {
				problems = append(problems, command+": "+problem)
			}
		}
	}
	return strings.Join(problems, "\n")
}

// programs are those that documents may ask readers to run.
var programs = []string{
	"git", "go", "cd", "exit", "if", "then", "fi", "curl", "jq", "npm", "npx", "chmod", "goreleaser",
	"oapi-codegen",
}

// wrongCommand says what is wrong with one command. In a text, code that is no command is fine.
func wrongCommand(command string, inText bool) string {
	words := strings.Fields(command)
	if inText && testName.MatchString(command) {
		return wrongTest(command)
	}
	if len(words) > 0 && strings.HasPrefix(words[0], "--") && inText {
		return wrongFlags(append([]*cobra.Command{}, newRoot().Commands()...), words)
	}
	for _, prefix := range []string{"go tool", "go run ./gen/"} {
		if rest, ok := strings.CutPrefix(command, prefix); ok {
			words = strings.Fields(rest)
		}
	}
	switch {
	case len(words) == 0 || strings.HasPrefix(words[0], "#"):
	case words[0] == "errspec":
		return wrongErrspec(words[1:])
	case words[0] == "make":
		makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
		if err != nil {
			return err.Error()
		}
		for _, target := range words[1:] {
			if !strings.Contains(target, "=") && !strings.Contains(string(makefile), "\n"+target+": ") {
				return "the Makefile has no target " + target
			}
		}
	case words[0] == "go":
		return wrongPaths(words)
	case !inText && !slices.Contains(programs, words[0]):
		return "no document may ask for this program"
	}
	return ""
}

var testName = regexp.MustCompile(`^Test[A-Z]\w*$`)

// wrongTest says whether no test of the repository has a name.
func wrongTest(name string) string {
	names, err := testNames()
	switch {
	case err != nil:
		return err.Error()
	case !names[name]:
		return "there is no such test"
	}
	return ""
}

var testFunc = regexp.MustCompile(`(?m)^func (Test\w+)\(`)

// testNames are the names of all tests of the repository.
var testNames = sync.OnceValues(func() (map[string]bool, error) {
	names := map[string]bool{}
	err := filepath.WalkDir(filepath.Join(root, "gen"),
		func(path string, e fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			data, err := os.ReadFile(path)
			for _, found := range testFunc.FindAllSubmatch(data, -1) {
				names[string(found[1])] = true
			}
			return err
		})
	return names, err
})

// wrongPaths says which packages of this module do not exist.
func wrongPaths(words []string) string {
	for _, word := range words {
		path, _, _ := strings.Cut(word, "@")
		rel, ok := strings.CutPrefix(path, "github.com/errspec/errspec")
		if !ok {
			if rel, ok = strings.CutPrefix(path, "./gen/"); !ok {
				continue
			}
			rel = "gen/" + rel
		}
		if _, err := os.Stat(filepath.Join(root, strings.TrimSuffix(rel, "..."))); err != nil {
			return "there is no package " + word
		}
	}
	return ""
}

func wrongErrspec(args []string) string {
	all := newRoot()
	all.InitDefaultHelpFlag()
	all.InitDefaultCompletionCmd()
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return wrongFlags([]*cobra.Command{all}, args)
	}
	found, rest, err := all.Find(args)
	if err != nil || found == all {
		return "errspec has no command " + args[0]
	}
	return wrongFlags([]*cobra.Command{found}, rest)
}

// wrongFlags says which flags none of several commands has.
func wrongFlags(of []*cobra.Command, words []string) string {
	for _, word := range words {
		name, ok := strings.CutPrefix(strings.Trim(word, "[]()"), "--")
		name, _, _ = strings.Cut(name, "=")
		if !ok || name == "" {
			continue
		}
		if !slices.ContainsFunc(of, func(c *cobra.Command) bool {
			c.InitDefaultHelpFlag()
			return c.Flags().Lookup(name) != nil || c.InheritedFlags().Lookup(name) != nil
		}) {
			return "there is no flag --" + name
		}
	}
	return ""
}

// goFiles are the files whose parts the documents show. They are compiled and run as tests: those
// of gen/checks in a module of their own.
var goFiles = []string{
	"gen/docs/*.go", "gen/example/*.go", "gen/checks/ecosystem/*.go",
	"gen/checks/gopackage/testdata/*docs_test.go.txt",
}

// wrongGo looks for lines in Go files, at any indentation.
func wrongGo(t *testing.T, part string) string {
	for _, pattern := range goFiles {
		paths, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if hasLines(string(data), part) {
				return ""
			}
		}
	}
	return "no file of " + strings.Join(goFiles, ", ") + " has these lines"
}

// hasLines reports whether a source has some lines in a row, all indented by as much as the first.
func hasLines(source, part string) bool {
	all, want := strings.Split(source, "\n"), strings.Split(strings.TrimRight(part, "\n"), "\n")
	for at := range all {
		indent, ok := strings.CutSuffix(all[at], want[0])
		if !ok || strings.TrimLeft(indent, "\t") != "" || at+len(want) > len(all) {
			continue
		}
		same := true
		for i, line := range want {
			if line != "" {
				line = indent + line
			}
			same = same && all[at+i] == line
		}
		if same {
			return true
		}
	}
	return false
}

// checkLinks looks for what the links within the repository lead to.
func (d *document) checkLinks(t *testing.T) {
	for _, link := range d.links {
		if strings.Contains(link, "://") {
			continue
		}
		path, fragment, _ := strings.Cut(link, "#")
		target := filepath.Join(filepath.Dir(d.path), filepath.FromSlash(path))
		if path == "" {
			target = d.path
		}
		if _, err := os.Stat(target); err != nil {
			d.problem(0, "the link %s leads nowhere", link)
			continue
		}
		if fragment == "" || !strings.HasSuffix(target, ".md") {
			continue
		}
		data, err := os.ReadFile(target)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(anchors(string(data)), fragment) {
			d.problem(0, "%s has no heading for the link %s", target, link)
		}
	}
}

// anchors returns those that GitHub gives to a document's headings.
func anchors(source string) []string {
	var all []string
	for line := range strings.Lines(source) {
		if title := strings.TrimLeft(line, "#"); title != line && strings.HasPrefix(title, " ") {
			all = append(all,
				slug.Make(strings.NewReplacer("`", "", "*", "").Replace(strings.TrimSpace(title))))
		}
	}
	return all
}

// A newcomer reads the README in a minute; all else is in gen/docs.
func TestReadmeIsShort(t *testing.T) {
	source, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if lines := bytes.Count(source, []byte("\n")); lines >= 200 {
		t.Errorf("the README has %d lines; keep it below 200, and move subjects to gen/docs", lines)
	}
}

// The README's table has a row for each output, and the page about the configuration names each.
func TestDocumentsNameOutputs(t *testing.T) {
	want := []string{"inject"}
	for _, e := range pipeline.Emitters() {
		want = append(want, e.Name)
	}
	slices.Sort(want)
	for path, section := range map[string][2]string{
		"README.md":            {"\n## Outputs\n", "\n\nEach key"},
		"gen/docs/commands.md": {"\n`outputs` has the keys ", ". The\n"},
	} {
		source, err := os.ReadFile(filepath.Join(root, path))
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(source), section[0])
		part, _, found := strings.Cut(rest, section[1])
		if !found {
			t.Fatalf("%s has no section between %q", path, section)
		}
		got := []string{}
		for line := range strings.Lines(part) {
			if cells := strings.Split(line, "|"); len(cells) == 5 {
				line = cells[2]
			}
			for _, m := range regexp.MustCompile("`([a-z-]+)`").FindAllStringSubmatch(line, -1) {
				got = append(got, m[1])
			}
		}
		if path != "README.md" {
			got = append(got, "inject") // a key of its own
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s names the outputs %v, want %v", path, got, want)
		}
	}
}

// A document that does not say the truth is found out.
func TestDocumentsAreFoundOut(t *testing.T) {
	fence := func(info, text string) string { return "```" + info + "\n" + text + "\n```\n" }
	for name, source := range map[string]string{
		"no language":       fence("", "x"),
		"a language":        fence("ruby", "x"),
		"a word":            fence("yaml odd", "x: 1"),
		"a word for a file": fence("yaml file=a.yaml odd", "x: 1"),
		"output":            fence("console", "$ errspec explain NOT_FOUND | head -1\nNOT_FOUND: Found"),
		"output omitted":    fence("console", "$ errspec explain NOT_FOUND | head -1"),
		"a silent failure":  fence("console", "$ false"),
		"no command":        fence("console", "errspec lint"),
		"a catalog":         fence("yaml file=catalog.yaml", "version: 1\ntitle: A"),
		"a warning":         fence("yaml part", "- {code: A_B, status: 404, message: A}"),
		"a part":            fence("yaml part", "envelope: {body: {code: $cod, message: $message}}"),
		"no mistake": fence("yaml file=a.yaml wrong", strings.TrimSpace(rest)) +
			fence("console", "$ true"),
		"a mistake unshown": fence("yaml file=a.yaml wrong", "version: 1"),
		"a body":            fence("json example=NotFound.agent", `{"error": {}}`),
		"a body of no code": fence("json example=NoSuch", `{}`),
		"Go":                fence("go", "func nobody()"),
		"a flag":            fence("sh", "errspec lint --no-such"),
		"a command":         fence("sh", "errspec nosuch"),
		"a second command":  fence("sh", "errspec lint && go tool errspec nosuch"),
		"a target":          fence("sh", "make nosuch"),
		"a package":         fence("sh", "go install github.com/errspec/errspec/cmd/errspec@latest"),
		"a program":         fence("sh", "rm -rf /"),
		"a flag in text":    "`--no-such`",
		"a command in text": "`errspec nosuch`",
		"a test in text":    "`TestNoSuch`",
		"a command's flag":  "`errspec lint --markdown x`",
		"a link":            "[x](nosuch.md)",
		"a picture":         "![x](nosuch.png)",
		"a heading":         "[x](README.md#no-such)",
		"a workflow's step": fence("yaml file=.github/workflows/a.yml",
			"jobs: {a: {steps: [{run: errspec nosuch}]}}"),
		"a hook":             fence("sh file=.git/hooks/pre-commit", "#!/bin/sh\nerrspec nosuch"),
		"a drawing":          fence("text drawing", "check.NoSuch"),
		"an empty drawing":   fence("text drawing", "nothing"),
		"an indented block":  "x\n\n    $ errspec nosuch\n",
		"other fences":       "~~~ruby\nx\n~~~\n",
		"in a list":          "- x\n\n  ```ruby\n  x\n  ```\n",
		"in details":         "<details>\n\n" + fence("ruby", "x") + "\n</details>",
		"after what is true": fence("console", "$ true") + fence("ruby", "x"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if len(readDocument(t, filepath.Join(root, "x.md"), []byte(source)).run(t, false)) == 0 {
				t.Errorf("nothing is wrong with\n%s", source)
			}
		})
	}
}

var drawnName = regexp.MustCompile(`\b([a-z]+)\.([A-Z]\w*)`)

// wrongDrawing names the first declaration in a drawing that does not exist.
func wrongDrawing(t *testing.T, drawing string) string {
	t.Helper()
	names := drawnName.FindAllStringSubmatch(drawing, -1)
	if len(names) == 0 {
		return "the drawing names nothing that exists"
	}
	for _, name := range names {
		files, err := filepath.Glob(filepath.Join("..", "internal", name[1], "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		declared := regexp.MustCompile(`(?m)^(func|type) ` + name[2] + `\b`)
		if !slices.ContainsFunc(files, func(file string) bool {
			data, err := os.ReadFile(file)
			return err == nil && declared.Match(data)
		}) {
			return "there is no " + name[0]
		}
	}
	return ""
}
