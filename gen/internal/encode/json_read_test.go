package encode

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestRead reads any document and compares the result with encoding/json.
func TestRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := CompactJSON(anyValue(3).Draw(t, "value"))
		var want any
		if err := json.Unmarshal(doc, &want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, read(t, doc)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", doc, diff)
		}
	})
}

func anyValue(depth int) *rapid.Generator[any] {
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`["\\{}\[\],: a]{0,6}`))
	kinds := []*rapid.Generator[any]{text.AsAny(), rapid.Int32().AsAny(), rapid.Bool().AsAny(),
		rapid.Just[any](nil)}
	if depth > 0 {
		item := rapid.Deferred(func() *rapid.Generator[any] { return anyValue(depth - 1) })
		kinds = append(kinds, rapid.MapOfN(text, item, 0, 4).AsAny(),
			rapid.SliceOfN(item, 0, 4).AsAny())
	}
	return rapid.OneOf(kinds...)
}

func read(t *rapid.T, value []byte) any {
	switch value[0] {
	case '{':
		object := map[string]any{}
		for name, v := range Members(value) {
			object[name] = read(t, v)
		}
		return object
	case '[':
		list := []any{}
		for v := range Items(value) {
			list = append(list, read(t, v))
		}
		return list
	case '"':
		return Text(value)
	}
	var v any
	if err := json.Unmarshal(value, &v); err != nil {
		t.Fatal(err)
	}
	return v
}
