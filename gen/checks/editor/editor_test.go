//go:build tools

package editor

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/internal/emit/catalogschema"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// An editor is yaml-language-server, which editors run, and a folder with both schemas.
type editor struct {
	*languageServer
	dir string
}

func newEditor(t *testing.T) editor {
	t.Helper()
	const server = "node_modules/yaml-language-server/bin/yaml-language-server"
	if _, err := os.Stat(server); err != nil {
		t.Fatalf("run `npm ci` first: %v", err)
	}
	e := editor{startServer(t, "node", server, "--stdio"), t.TempDir()}
	for name, schema := range map[string][]byte{
		"catalog.schema.json": catalogschema.Document("errspec catalog", syntax.Format()),
		"errspec.schema.json": catalogschema.Document("errspec.yaml", syntax.ConfigFormat()),
	} {
		if err := os.WriteFile(filepath.Join(e.dir, name), schema, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var ready struct {
		Capabilities struct{ HoverProvider bool }
	}
	e.call("initialize", map[string]any{
		"processId": os.Getpid(), "rootUri": e.uri(""),
		"capabilities": map[string]any{"textDocument": map[string]any{
			"hover":              map[string]any{"contentFormat": []string{"markdown"}},
			"publishDiagnostics": map[string]any{},
		}},
	}, &ready)
	if !ready.Capabilities.HoverProvider {
		t.Fatal("this server shows nothing on hover")
	}
	e.notify("initialized", map[string]any{})
	e.notify("workspace/didChangeConfiguration",
		map[string]any{"settings": map[string]any{"yaml": map[string]any{
			"validate": true, "hover": true, "completion": true,
			// a catalog names its schema, so that nothing needs the network
			"schemaStore": map[string]any{"enable": false},
		}}})
	return e
}

func (e editor) uri(name string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(e.dir, name))}).String()
}

// modeline is how a catalog names its schema.
const modeline = "# yaml-language-server: $schema=catalog.schema.json\n"

// configModeline is how errspec.yaml names its schema.
const configModeline = "# yaml-language-server: $schema=errspec.schema.json\n"

// A document is open in the editor. Its text may have a ▮ at the cursor.
func (e editor) document(t *testing.T, name, text string) (
	at map[string]any, found []lspDiagnostic,
) {
	t.Helper()
	if !strings.HasPrefix(text, "# yaml-language-server") {
		text = modeline + text
	}
	before, after, _ := strings.Cut(text, "▮")
	lines := strings.Split(before, "\n")
	cursor := lspPosition{Line: len(lines) - 1, Character: len(lines[len(lines)-1])}
	found = e.open(e.uri(name), "yaml", before+after)
	return map[string]any{"textDocument": map[string]any{"uri": e.uri(name)}, "position": cursor},
		found
}

const head = `version: 1
title: Errors
groups:
  - id: files
    title: Files
    errors:
`

// params is a catalog with a param of a type, and the other keys of the param below it.
func params(typ string) string {
	return head + "      - code: FILE_GONE\n        status: 410\n        message: Gone\n" +
		"        params:\n          a:\n            detail: true\n            type: " +
		strings.ReplaceAll(typ, "\n", "\n            ") + "\n"
}

// The editor reports typos at their positions, and accepts the catalogs that errspec accepts.
func TestEditorReportsTypos(t *testing.T) {
	e := newEditor(t)
	for name, tt := range map[string]struct{ text, at string }{
		"key.yaml": {head +
			"      - code: FILE_GONE\n        status: 410\n        mesage: The file is gone\n",
			"mesage"},
		"root.yaml": {"titel: Errors\nversion: 1\ntitle: Errors\ngroups: []\n", "titel"},
		"choice.yaml": {head +
			"      - {code: FILE_GONE, status: 410, message: Gone, stability: betta}\n", "betta"},
		"param.yaml": {head +
			"      - {code: FILE_GONE, status: 410, message: \"${a}\", params: {a: {type: strin}}}\n", "strin"},
		"word.yaml":            {params("list\nitems: strin"), "strin"},
		"key of items.yaml":    {params("list\nitems: {type: list, itms: string}"), "itms"},
		"field.yaml":           {params("list\nitems: {line: int, column: itn}"), "itn"},
		"values.yaml":          {params("map\nvalues: {type: map, values: bol}"), "bol"},
		"key of a field.yaml":  {params("object\nfields: {a: {type: int, optionl: true}}"), "optionl"},
		"fields.yaml":          {params("object\nfields: {a: {b: {c: strin}}}"), "strin"},
		"type of a field.yaml": {params("object\nfields: {a: {type: strin, optional: true}}"), "strin"},
		"envelope.yaml": {
			"version: 1\ntitle: Errors\ngroups: []\nenvelope: {body: {}, mediatype: a/b}\n",
			"mediatype",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, found := e.document(t, name, tt.text)
			lines := strings.Split(modeline+tt.text, "\n")
			line := slices.IndexFunc(lines,
				func(l string) bool { return strings.Contains(l, tt.at) })
			want := lspPosition{line, strings.Index(lines[line], tt.at)}
			if !slices.ContainsFunc(found,
				func(d lspDiagnostic) bool { return d.Range.Start == want }) {
				t.Errorf("nothing is reported at %s, %v; got: %+v", tt.at, want, found)
			}
		})
	}
}

// The editor reports typos in errspec.yaml, and accepts that of this repository.
func TestEditorReadsConfiguration(t *testing.T) {
	e := newEditor(t)
	own, err := os.ReadFile("../../../.errspec.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, own, _ = bytes.Cut(own, []byte("\n")) // it names its schema, which is elsewhere here
	if _, found := e.document(t, "own.yaml", configModeline+string(own)); len(found) > 0 {
		t.Errorf("the editor reports %+v", found)
	}
	for i, text := range []string{"output: {}\n", "outputs: {markdwon: a}\n", "dialect: html\n"} {
		_, found := e.document(t, fmt.Sprintf("typo%d.yaml", i), configModeline+text)
		if len(found) == 0 {
			t.Errorf("nothing is reported in %q", text)
		}
	}
}

func TestEditorTakesGoodCatalogs(t *testing.T) {
	e := newEditor(t)
	for i, file := range append(corpus.Catalogs(t), corpus.Everything) {
		c, _ := pipeline.Load(corpus.Open(t, file))
		if c == nil && i < len(corpus.Catalogs(t)) {
			continue // a catalog with errors
		}
		text := string(corpus.Open(t, file).File.Bytes())
		if rest, ok := strings.CutPrefix(text, "# yaml-language-server:"); ok {
			_, text, _ = strings.Cut(rest, "\n") // it names its schema, which is elsewhere here
		}
		name := strings.NewReplacer("..", "", "/", "-").Replace(file)
		if _, found := e.document(t, name, text); len(found) > 0 {
			t.Errorf("%s: the editor reports %+v", file, found)
		}
	}
}

func TestEditorCompletes(t *testing.T) {
	e := newEditor(t)
	for name, tt := range map[string]struct {
		text string
		want []string
	}{
		"key.yaml": {head + "      - code: FILE_GONE\n        status: 410\n        ▮\n",
			[]string{"resolution", "message", "params", "retry"}},
		"part.yaml": {head + "      - code: FILE_GONE\n        status: 410\n        reso▮\n",
			[]string{"resolution"}},
		"root.yaml": {"version: 1\n▮\n", []string{"title", "envelope", "groups", "lint"}},
		"choice.yaml": {head + "      - code: FILE_GONE\n        stability: ▮\n",
			[]string{"stable", "beta", "experimental"}},
		"retry.yaml": {head + "      - code: FILE_GONE\n        retry: ▮\n", []string{"never"}},
		"param.yaml": {head +
			"      - code: FILE_GONE\n        params:\n          size:\n            type: ▮\n",
			[]string{"string", "bytes", "duration"}},
		"items.yaml":     {params("list\nitems: ▮"), []string{"string", "json"}},
		"items key.yaml": {params("list\nitems:\n  ▮"), []string{"type", "fields", "items"}},
		"retry key.yaml": {
			head + "      - code: FILE_GONE\n        retry:\n          ▮\n",
			[]string{"policy"},
		},
		"values key.yaml": {
			head + "      - code: FILE_GONE\n        values:\n          a:\n            ▮\n",
			[]string{"type"},
		},
		"envelope key.yaml": {"version: 1\nenvelope:\n  ▮\n", []string{"body"}},
		"item.yaml":         {params("list\nitems:\n  type: ▮"), []string{"string", "json"}},
		"nested.yaml":       {params("list\nitems:\n  type: list\n  ite▮"), []string{"items"}},
		"values.yaml":       {params("map\nvalues:\n  reason: ▮"), []string{"string", "duration"}},
		"field.yaml":        {params("object\nfields:\n  a: ▮"), []string{"string", "json"}},
		"field key.yaml": {params("object\nfields:\n  a:\n    type: int\n    ▮"),
			[]string{"optional", "go_name"}},
		"preset.yaml": {"version: 1\nenvelope: ▮\n", []string{"nested", "problem"}},
		"rule.yaml":   {"version: 1\nlint:\n  enable:\n    - ▮\n", []string{"status-unused"}},
		"errspec.yaml": {configModeline + "outputs:\n  ▮\n",
			[]string{"go", "typescript", "python", "config-schema"}},
		"go output.yaml": {configModeline + "outputs:\n  go:\n    ▮\n",
			[]string{"dir", "test_helpers"}},
		"dialect.yaml": {configModeline + "dialect: ▮\n", []string{"gfm", "docusaurus"}},
		"policies.yaml": {"version: 1\nretry_policies:\n  slow:\n    ▮\n",
			[]string{"base", "max_retries", "jitter"}},
	} {
		t.Run(name, func(t *testing.T) {
			at, _ := e.document(t, name, tt.text)
			var list struct{ Items []struct{ Label string } }
			e.call("textDocument/completion", at, &list)
			var labels []string
			for _, item := range list.Items {
				labels = append(labels, item.Label)
			}
			for _, want := range tt.want {
				if !slices.Contains(labels, want) {
					t.Errorf("%s is not offered at ▮ in\n%s\noffered: %q", want, tt.text, labels)
				}
			}
		})
	}
}

// Every key of the format is described on hover, at every position.
func TestEditorDescribes(t *testing.T) {
	e := newEditor(t)
	text := string(corpus.Open(t, corpus.Everything).File.Bytes())
	at, _ := e.document(t, "everything.yaml", text)
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(modeline+text), &doc); err != nil {
		t.Fatal(err)
	}
	keys := 0
	eachKey(doc.Content[0], syntax.Format(), func(key *yaml.Node, f *syntax.Field) {
		keys++
		// on the second letter, because the value above ends before the first
		at["position"] = lspPosition{key.Line - 1, key.Column}
		var hover struct{ Contents struct{ Value string } }
		e.call("textDocument/hover", at, &hover)
		if !strings.Contains(words(hover.Contents.Value), words(f.Doc)) {
			t.Errorf("line %[2]d: hover on %[1]s lacks %[3]q: %[4]q", f.Key, key.Line-1, f.Doc,
				hover.Contents.Value)
		}
	})
	if keys < 100 {
		t.Errorf("everything.yaml has %d keys of the format; want all of them", keys)
	}
}

// eachKey calls visit with every key of the format in a node of type typ.
func eachKey(n *yaml.Node, typ *syntax.Type, visit func(*yaml.Node, *syntax.Field)) {
	if typ.Kind == syntax.OneOf {
		for _, a := range typ.Alternatives {
			if kindOf(a.Type) == n.Kind {
				eachKey(n, a.Type, visit)
			}
		}
		return
	}
	for i := 0; i+1 < len(n.Content) && n.Kind == yaml.MappingNode; i += 2 {
		if typ.Kind == syntax.Map {
			eachKey(n.Content[i+1], typ.Item, visit)
		}
		for j := range typ.Fields {
			if f := &typ.Fields[j]; f.Key == n.Content[i].Value {
				visit(n.Content[i], f)
				eachKey(n.Content[i+1], f.Type, visit)
			}
		}
	}
	if typ.Kind == syntax.List {
		for _, item := range n.Content {
			eachKey(item, typ.Item, visit)
		}
	}
}

// kindOf returns the node kind of a type.
func kindOf(typ *syntax.Type) yaml.Kind {
	switch typ.Kind {
	case syntax.Object, syntax.Map:
		return yaml.MappingNode
	case syntax.List:
		return yaml.SequenceNode
	default:
		return yaml.ScalarNode
	}
}

// words drops from a text what Markdown and its escapes may change.
func words(text string) string {
	text = strings.ReplaceAll(text, "&nbsp;", " ")
	return strings.Join(strings.FieldsFunc(text,
		func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}
