package encode

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDocument(t *testing.T) {
	s := Schema{Type: "object", Additional: Additional{Forbidden: true}}
	s.Property("z", &Schema{Type: "integer", Const: []byte("0")})
	s.Property("a", &Schema{Type: "object",
		Additional: Additional{Schema: &Schema{Description: "<b>", Type: "string"}}})
	s.Property("any", &Schema{})
	want := `{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$comment": "A comment.",
  "type": "object",
  "properties": {
    "z": {"type": "integer", "const": 0},
    "a": {"type": "object", "additionalProperties": {"description": "<b>", "type": "string"}},
    "any": {}
  },
  "additionalProperties": false
}
`
	if diff := cmp.Diff(want, string(s.Document("A comment."))); diff != "" {
		t.Errorf("want properties in order and no zero fields (-want +got):\n%s",
			diff)
	}
	if s.Dialect != "" {
		t.Error("Document changed the schema")
	}
}
