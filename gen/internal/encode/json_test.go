package encode

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestJSON(t *testing.T) {
	long := strings.Repeat("x", 50)
	tests := []struct {
		name string
		give any
		want string
	}{
		{"scalar", "a<b>&c", `"a<b>&c"`},
		{"empty", Object{{"list", []int{}}, {"object", Object{}}}, `{"list": [], "object": {}}`},
		{"what fits is on one line, in order", Object{{"z", 1}, {"a", []int{1, 2}},
			{`":,`, nil}}, `{"z": 1, "a": [1, 2], "\":,": null}`},
		{"a long object", Object{{"b", long}, {"a", long}, {"c", Object{{"d", true}}}}, `{
  "b": "` + long + `",
  "a": "` + long + `",
  "c": {"d": true}
}`},
		{"a long list of scalars fills its lines",
			Object{{"enum", []string{long, long, long, "b", "c"}}}, `{
  "enum": [
    "` + long + `", "` + long + `",
    "` + long + `", "b", "c"
  ]
}`},
		{"a long list of objects", []Object{{{"a", long}}, {{"b", long}}}, `[
  {"a": "` + long + `"},
  {"b": "` + long + `"}
]`},
		{"nothing fits after a long key", Object{{long + long + long, []int{1, 2}},
			{long + long + long + "2", Object{}}}, `{
  "` + long + long + long + `": [
    1, 2
  ],
  "` + long + long + long + `2": {}
}`},
		{"a string that cannot be broken", Object{{"a", long + long + long}}, `{
  "a": "` + long + long + long + `"
}`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want+"\n", string(JSON(tt.give))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A document is the same whether an object in it is given at once or member by member.
func TestJSONWith(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all Object
		for i := range rapid.IntRange(0, 5).Draw(t, "members") {
			value := Object{{"text", strings.Repeat("x",
				rapid.IntRange(Width, 2*Width).Draw(t, "long"))}, {"list", make([]int, i)}}
			all = append(all, Member{rapid.String().Draw(t, "name"), value})
		}
		document := func(errors Object) Object {
			return Object{{"title", strings.Repeat("t", Width)}, {"errors", errors},
				{"more", Object{{"errors", Object{}}}}}
		}
		want := string(JSON(document(all)))
		if diff := cmp.Diff(want,
			string(JSONWith(document(nil), "errors", slices.Values(all), 0))); diff != "" {
			t.Errorf("(-at once +one by one):\n%s", diff)
		}
	})
}

// TestLayoutKeepsTheDocument checks that layout changes only white space, and that a line is longer
// than Width only if it holds a single scalar (with its key).
func TestLayoutKeepsTheDocument(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := document(3).Draw(t, "document")
		got := JSON(v)
		var back bytes.Buffer
		if err := json.Compact(&back, got); err != nil {
			t.Fatalf("%v\n%s", err, got)
		}
		if diff := cmp.Diff(string(CompactJSON(v)), back.String()); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
		for line := range strings.Lines(string(got)) {
			line = strings.TrimSuffix(line, "\n")
			if len(strings.TrimSuffix(line, ",")) <= Width {
				continue
			}
			rest := []byte(strings.TrimLeft(line, " "))
			if n := scalarLen(rest); n < len(rest) && strings.HasPrefix(string(rest[n:]), ": ") {
				rest = rest[n+2:]
			}
			if n := scalarLen(rest); strings.TrimSuffix(string(rest[n:]), ",") != "" {
				t.Fatalf("this line is longer than %d and could be broken:\n%s", Width, line)
			}
		}
	})
}

func document(depth int) *rapid.Generator[any] {
	scalars := []*rapid.Generator[any]{rapid.String().AsAny(), rapid.Int().AsAny(),
		rapid.Bool().AsAny(), rapid.Just[any](nil)}
	if depth == 0 {
		return rapid.OneOf(scalars...)
	}
	return rapid.OneOf(append(scalars,
		rapid.SliceOfN(document(depth-1), 0, 8).AsAny(),
		rapid.Map(rapid.SliceOfN(document(depth-1), 0, 8), func(values []any) any {
			o := Object{}
			for i, v := range values {
				o = append(o, Member{strings.Repeat("key\"", i), v})
			}
			return o
		}),
	)...)
}
