package encode

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"
	"pgregory.net/rapid"
)

func TestYAML(t *testing.T) {
	give := Object{
		{Name: "z", Value: "plain text"},
		{Name: "a", Value: []any{1, 0.5, true, nil, Object{}, []int{}}},
		{Name: "several lines", Value: "one\n\n- two: `x`"},
		{Name: "quoted", Value: []string{"404", "2F003", "1:20", "2026-06-12", "NO", "off", "",
			"null", "#/a", "a: b", "- a", "<<"}},
		{Name: "404", Value: "key"},
		{Name: "on", Value: "key"},
	}
	want := `z: plain text
a:
  - 1
  - 0.5
  - true
  - null
  - {}
  - []
several lines: |-
  one

  - two: ` + "`x`" + `
quoted:
  - "404"
  - "2F003"
  - "1:20"
  - "2026-06-12"
  - "NO"
  - "off"
  - ""
  - "null"
  - '#/a'
  - 'a: b'
  - "- a"
  - "<<"
"404": key
"on": key
`
	if diff := cmp.Diff(want, string(YAML(give))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestTextsComeBack writes any text and reads it back.
func TestTextsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		give := map[string]string{rapid.String().Draw(t, "key"): rapid.OneOf(rapid.String(),
			rapid.StringMatching(`[ \n\t:#'"|>&*!%@-]{1,8}`)).Draw(t, "text")}
		var want, got map[string]string
		asJSON, err := json.Marshal(give)
		if err != nil {
			t.Fatal(err)
		}
		// JSON replaces invalid UTF-8
		if err := json.Unmarshal(asJSON, &want); err != nil {
			t.Fatal(err)
		}
		written := YAML(give)
		if err := yaml.Unmarshal(written, &got); err != nil {
			t.Fatalf("%v\n%q", err, written)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s\n%q", diff, written)
		}
	})
}

// TestPieces compares a document encoded in many pieces with one encoded at once.
func TestPieces(t *testing.T) {
	section := func(n int) (o Object) {
		for i := range n {
			o = append(o, Member{Name: fmt.Sprint("member ", i), Value: Object{
				{Name: "text", Value: "several\nlines"},
				{Name: "list", Value: []any{i, Object{{Name: "in", Value: "a list"}}}},
			}})
		}
		return o
	}
	doc := Object{
		{Name: "small", Value: section(1)}, {Name: "404", Value: section(2000)},
		{Name: "none", Value: Object{}},
		{Name: "large: not alone", Value: Object{{Name: "first", Value: 1},
			{Name: "- quoted", Value: section(3000)}, {Name: "last", Value: section(3)}}},
	}
	compact := CompactJSON(doc)
	if len(compact) < 4*pieceSize {
		t.Fatalf("the document has %d bytes, want more than a few pieces", len(compact))
	}
	var whole writer
	whole.encode(node(compact), 0)
	if diff := cmp.Diff(whole.out.String(), string(YAML(doc))); diff != "" {
		t.Errorf("(-at once +in pieces):\n%s", diff)
	}
}
