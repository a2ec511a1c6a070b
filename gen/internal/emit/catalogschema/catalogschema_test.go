package catalogschema

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/syntax"
)

func TestEmit(t *testing.T) {
	for name, run := range map[string]func() ([]emit.File, error){
		"Emit": Emit, "EmitConfig": EmitConfig,
	} {
		files, err := run()
		if err != nil || len(files) != 1 || files[0].Path != "" {
			t.Fatalf("%s returns %d files, error %v; want a single file without a path", name,
				len(files), err)
		}
		if !emit.JSONMark.In(files[0].Data) || !json.Valid(files[0].Data) {
			t.Errorf("%s: the file should be JSON with our mark:\n%s", name, files[0].Data)
		}
	}
}

// The whole schema serves editors: every key has a description to hover over, every object of the
// format forbids unknown keys, and every reference leads somewhere.
func TestEditorsGetAllTheyNeed(t *testing.T) {
	for name, format := range map[string]*syntax.Type{
		"catalog": syntax.Format(), "configuration": syntax.ConfigFormat(),
	} {
		t.Run(name, func(t *testing.T) { serves(t, format) })
	}
}

func serves(t *testing.T, format *syntax.Type) {
	var root map[string]any
	if err := json.Unmarshal(Document("errspec", format), &root); err != nil {
		t.Fatal(err)
	}
	if keys := len(root["properties"].(map[string]any)); keys != len(format.Fields) {
		t.Errorf("the schema has %d keys, the format %d", keys, len(format.Fields))
	}
	defs := root["$defs"].(map[string]any)
	used := map[string]bool{}
	walk("#", root, func(path string, s map[string]any) {
		if ref, ok := s["$ref"].(string); ok {
			name := strings.TrimPrefix(ref, "#/$defs/")
			used[name] = true
			if defs[name] == nil {
				t.Errorf("%s refers to %s, which is not there", path, ref)
			}
		}
		if s["type"] == nil && s["required"] != nil {
			return // it asks for a member that is described elsewhere
		}
		properties, ok := s["properties"].(map[string]any)
		if ok && s["additionalProperties"] != false {
			t.Errorf("%s lets unknown keys through", path)
		}
		for key, p := range properties {
			if text, _ := p.(map[string]any)["description"].(string); text == "" {
				t.Errorf("%s: the key %s has no description", path, key)
			}
		}
	})
	for name := range defs {
		if !used[name] {
			t.Errorf("nothing refers to #/$defs/%s", name)
		}
	}
}

// walk calls visit with every object in v: every schema is one.
func walk(path string, v any, visit func(path string, s map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		visit(path, v)
		for key, member := range v {
			walk(path+"/"+key, member, visit)
		}
	case []any:
		for i, item := range v {
			walk(fmt.Sprint(path, "/", i), item, visit)
		}
	}
}

// TestForms has one key of every type, and what becomes of it.
func TestForms(t *testing.T) {
	text := &syntax.Type{Kind: syntax.Text}
	point := &syntax.Type{Kind: syntax.Object, Name: "the point", Doc: "A point.",
		Fields: []syntax.Field{{
			Key:      "x",
			Doc:      "Across.",
			Type:     &syntax.Type{Kind: syntax.Int},
			Required: true,
		}}}
	for _, tt := range []struct {
		name  string
		field syntax.Field
		want  string
	}{
		{"text", syntax.Field{Doc: "D.", Type: text}, `{"$ref":"#/$defs/text","description":"D."}`},
		{
			"text with a doc of its type",
			syntax.Field{Doc: "D.", Type: &syntax.Type{Kind: syntax.Text, Doc: "T."}},
			`{"$ref":"#/$defs/text","description":"D. T."}`,
		},
		{
			"choices",
			syntax.Field{Doc: "D.", Default: "a", Type: &syntax.Type{
				Kind: syntax.Text, Choices: []syntax.Choice{{Value: "a", Doc: "A."}, {Value: "b", Doc: "B."}},
			}},
			`{"description":"D.\n\n- ` + "`a`: A.\\n- `b`: B." +
				`","type":"string","enum":["a","b"],"default":"a"}`,
		},
		{
			"suggestions",
			syntax.Field{Doc: "D.", Type: &syntax.Type{Kind: syntax.Text, Suggestions: []syntax.Choice{{
				Value: "a",
				Doc:   "A.",
			}}}},
			`{"description":"D.\n\n- ` + "`a`: A." +
				`","anyOf":[{"type":"string","enum":["a"]},{"$ref":"#/$defs/text","description":"D.\n\n- ` +
				"`a`: A." + `"}]}`,
		},
		{
			"a pattern for words",
			syntax.Field{
				Doc: "D.", Type: &syntax.Type{Kind: syntax.Text, Pattern: "^[a-z]+$", Looks: "letters"},
			},
			`{"description":"D. Form: letters.","type":"string","pattern":"^[a-z]+$"}`,
		},
		{
			"a pattern that numbers match",
			syntax.Field{Doc: "D.", Type: &syntax.Type{Kind: syntax.Text, Pattern: "^[0-9]+$"}},
			`{"description":"D.","anyOf":[{"type":"string","pattern":"^[0-9]+$"},{"type":"number"}]}`,
		},
		{
			"markdown",
			syntax.Field{Doc: "D.", Type: &syntax.Type{Kind: syntax.Markdown}},
			`{"$ref":"#/$defs/markdown","description":"D."}`,
		},
		{
			"int",
			syntax.Field{Doc: "D.", Default: "4", Type: &syntax.Type{Kind: syntax.Int}},
			`{"description":"D.","type":"integer","default":4}`,
		},
		{
			"int with bounds",
			syntax.Field{Doc: "D.", Type: &syntax.Type{Kind: syntax.Int, Min: 0, Max: 9}},
			`{"description":"D.","type":"integer","minimum":0,"maximum":9}`,
		},
		{
			"number",
			syntax.Field{Doc: "D.", Examples: []string{"1.5"}, Type: &syntax.Type{Kind: syntax.Number}},
			`{"description":"D.","type":"number","examples":[1.5]}`,
		},
		{
			"bool",
			syntax.Field{Doc: "D.", Default: "false", Type: &syntax.Type{Kind: syntax.Bool}},
			`{"description":"D.","type":"boolean","default":false}`,
		},
		{
			"duration",
			syntax.Field{Doc: "D.", Default: "1s", Type: &syntax.Type{Kind: syntax.Duration}},
			`{"$ref":"#/$defs/duration","description":"D.","default":"1s"}`,
		},
		{
			"literal",
			syntax.Field{Doc: "D.", Type: &syntax.Type{Kind: syntax.Literal}},
			`{"$ref":"#/$defs/literal","description":"D."}`,
		},
		{"free", syntax.Field{Doc: "D.", Type: &syntax.Type{Kind: syntax.Free}}, `{"description":"D."}`},
		{
			"list",
			syntax.Field{Doc: "D.", Type: &syntax.Type{
				Kind: syntax.List, Item: &syntax.Type{Kind: syntax.Int, Doc: "One."},
			}},
			`{"description":"D.","type":"array","items":{"description":"One.","type":"integer"}}`,
		},
		{
			"map",
			syntax.Field{Doc: "D.", Type: &syntax.Type{
				Kind: syntax.Map, Key: &syntax.Type{Kind: syntax.Text, Pattern: "^[a-z]+$"}, Item: text,
			}},
			`{"description":"D.","type":"object","propertyNames":{"type":"string","pattern":"^[a-z]+$"},"additionalProperties":{"$ref":"#/$defs/text"}}`,
		},
		{
			"object",
			syntax.Field{Doc: "D.", Type: point},
			`{"$ref":"#/$defs/the-point","description":"D."}`,
		},
		{
			"one of",
			syntax.Field{Doc: "D.", Type: &syntax.Type{
				Kind: syntax.OneOf, Alternatives: []syntax.Alternative{{Type: text}, {Type: point}},
			}},
			`{"description":"D.","anyOf":[{"$ref":"#/$defs/text","description":"D."},{"$ref":"#/$defs/the-point","description":"D."}]}`,
		},
		{
			"one of, with docs",
			syntax.Field{Doc: "D.", Type: &syntax.Type{Kind: syntax.OneOf,
				Alternatives: []syntax.Alternative{
					{Type: &syntax.Type{Kind: syntax.Int, Doc: "One."}}, {Type: &syntax.Type{Kind: syntax.Bool}},
				}}},
			`{"description":"D.","anyOf":[{"description":"D. One.","type":"integer"},{"description":"D.","type":"boolean"}]}`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			diff := cmp.Diff(tt.want, string(encode.CompactJSON(newDefs().field(&tt.field))))
			if diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestDefinitions asks that an object is defined once, and that two different ones of a name are
// both there.
func TestDefinitions(t *testing.T) {
	object := func(key string) *syntax.Type {
		return &syntax.Type{Kind: syntax.Object, Name: "thing", Fields: []syntax.Field{{
			Key:  key,
			Doc:  "K.",
			Type: &syntax.Type{Kind: syntax.Bool},
		}}}
	}
	d := newDefs()
	var refs []string
	for _, key := range []string{"a", "b", "a", "b"} {
		refs = append(refs, d.define(object(key)).Ref)
	}
	want := []string{"#/$defs/thing", "#/$defs/thing-2", "#/$defs/thing", "#/$defs/thing-2"}
	if diff := cmp.Diff(want, refs); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLiteral(t *testing.T) {
	text, number := &syntax.Type{Kind: syntax.Text}, &syntax.Type{Kind: syntax.Int}
	object := &syntax.Type{
		Kind: syntax.Object, Fields: []syntax.Field{{Key: "since", Type: text}, {Key: "n", Type: number}},
	}
	list := &syntax.Type{Kind: syntax.List, Item: text}
	several := &syntax.Type{
		Kind:         syntax.OneOf,
		Alternatives: []syntax.Alternative{{Type: text}, {Type: list}, {Type: object}},
	}
	for _, tt := range []struct {
		yaml string
		typ  *syntax.Type
		want string
	}{
		{"1.10", text, `"1.10"`},
		{"2026-06-12", text, `"2026-06-12"`},
		{`"The ${kind} <b>"`, text, `"The ${kind} <b>"`},
		{"413", number, `413`},
		{"[1.10, no]", list, `["1.10","no"]`},
		{"{n: 5, since: 1.10}", object, `{"n":5,"since":"1.10"}`},
		{"404", several, `"404"`},
		{"[404]", several, `["404"]`},
		{"{n: 404}", several, `{"n":404}`},
		{"{a: 1, b: [true, x]}", &syntax.Type{Kind: syntax.Free}, `{"a":1,"b":[true,"x"]}`},
	} {
		if got := string(literal(tt.yaml, tt.typ)); got != tt.want {
			t.Errorf("literal(%s) = %s, want %s", tt.yaml, got, tt.want)
		}
	}
}
