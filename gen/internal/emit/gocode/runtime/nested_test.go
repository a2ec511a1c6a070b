package apierr

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// nested is an error with every kind of nested param.
func nested() *NestedError {
	return NewNested(NestedParams{
		Causes: []NestedCause{
			{
				Message:    "Required value",
				Field:      ptr("spec"),
				Identifier: NestedCauseIdentifier{Type: "t", Value: "b"},
			},
			{Wait: ptr(90 * time.Second), Inner: &NestedCauseInner{Code: "c", Limits: []int64{1 << 62}}},
		},
		Errors: map[string][]string{"": {}, "__proto__": {"a"}, "😀": nil, "<b>": {"b", "c"}},
		Grid:   [][]float64{{1, 2.5}, nil},
		Target: &NestedTarget{Name: "x", Since: time.Date(2026, 6, 12, 15, 4, 5, 0, time.UTC)},
		Data:   json.RawMessage(` { "b" : [ 9223372036854775808, null ] , "a" : "<" } `),
		Tags:   []string{"t"},
		By:     map[string]NestedByItem{"k": {Wait: time.Second}},
	})
}

// paramsOf returns the params of a body, and the member of the one that has its own.
func paramsOf(t *testing.T, err error) string {
	t.Helper()
	data, marshalErr := json.Marshal(err)
	if marshalErr != nil {
		t.Fatal(marshalErr)
	}
	var body struct {
		Error struct{ Params, Tags json.RawMessage }
	}
	if err := json.Unmarshal(data, &body); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
	return string(body.Error.Params) + string(body.Error.Tags)
}

func TestNestedParamsAreWritten(t *testing.T) {
	const want = `{"causes":[{"message":"Required value","field":"spec","identifier":{"type":"t","value":"b"}},` +
		`{"message":"","wait":90,"identifier":{"type":"","value":""},"inner":{"code":"c","limits":[4611686018427387904]}}],` +
		`"errors":{"":[],"\u003cb\u003e":["b","c"],"__proto__":["a"],"😀":[]},"grid":[[1,2.5],[]],` +
		`"target":{"name":"x","since":"2026-06-12T15:04:05Z"},"data":{"b":[9223372036854775808,null],"a":"\u003c"},` +
		`"by":{"k":{"wait":1}}}["t"]`
	if diff := cmp.Diff(want, paramsOf(t, nested())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNestedParamsAreReadBack(t *testing.T) {
	made := nested()
	data := made.appendJSONForTest()
	var read *NestedError
	if err := Parse(422, nil, data); !errors.As(err, &read) || !read.HasParams {
		t.Fatalf("read as %#v", err)
	}
	if !read.Equal(made) {
		t.Errorf("not equal: %s", data)
	}
	want := made.Params
	want.Errors = map[string][]string{"": {}, "__proto__": {"a"}, "😀": {}, "<b>": {"b", "c"}}
	want.Grid = [][]float64{{1, 2.5}, {}}
	want.Data = json.RawMessage(`{"b":[9223372036854775808,null],"a":"<"}`)
	if diff := cmp.Diff(want, read.Params); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if again := paramsOf(t, read); again != paramsOf(t, made) {
		t.Errorf("sent on as %s", again)
	}
}

func (e *NestedError) appendJSONForTest() []byte { return (*Error)(&e.Details).appendJSON(nil) }

// What does not fit is absent, everything else is kept, and HasParams says so.
func TestNestedParamsThatDoNotFit(t *testing.T) {
	const rest = `"errors":{},"data":1`
	for _, tt := range []struct {
		params string
		whole  bool
		want   NestedParams
	}{
		{`"causes":[],` + rest, true, NestedParams{Causes: []NestedCause{}}},
		{`"causes":null,` + rest, true, NestedParams{}},
		{
			`"causes":null,"errors":null,"data":1,"debug":null,"target":null,"grid":null,"by":null`,
			true,
			NestedParams{},
		},
		{`"causes":"x",` + rest, false, NestedParams{}},
		{
			`"causes":[1,{"message":"m","identifier":{"type":"t","value":"new"}},null],` + rest,
			false,
			NestedParams{
				Causes: []NestedCause{{
					Message:    "m",
					Identifier: NestedCauseIdentifier{Type: "t", Value: "new"},
				}},
			},
		},
		{
			`"causes":[{"message":1,"field":null,"identifier":{"type":"t"},"more":{}}],` + rest,
			false,
			NestedParams{
				Causes: []NestedCause{{Identifier: NestedCauseIdentifier{Type: "t"}}},
			},
		},
		{
			`"causes":[{"message":"m","field":1,"identifier":{"type":"","value":""},"inner":{"code":"c","limits":[1,9223372036854775808,"2",3.0]}}],` + rest,
			false,
			NestedParams{
				Causes: []NestedCause{{
					Message: "m",
					Inner:   &NestedCauseInner{Code: "c", Limits: []int64{1, 3}},
				}},
			},
		},
		{
			`"causes":[{"message":"m","message":"n","identifier":{"type":"","value":""},"inner":7}],` + rest,
			false,
			NestedParams{
				Causes: []NestedCause{{Message: "n"}},
			},
		},
		{`"causes":[],"data":1,"errors":{"a":["b",3],"c":"d","":null}`, false, NestedParams{
			Causes: []NestedCause{}, Errors: map[string][]string{"a": {"b"}, "": nil},
		}},
		{`"causes":[],"errors":{}`, false, NestedParams{Causes: []NestedCause{}}},
		{`"causes":[],"target":{"name":"x","since":"yesterday"},` + rest, false, NestedParams{
			Causes: []NestedCause{}, Target: &NestedTarget{Name: "x"},
		}},
		{`"causes":[],"data":null,"errors":{},"debug":"é\ud800"`, true, NestedParams{
			Causes: []NestedCause{}, Data: json.RawMessage("null"), Debug: json.RawMessage(`"é\ud800"`),
		}},
	} {
		body := `{"error":{"code":"NESTED","message":"Nested","tags":["t"],"params":{` + tt.params +
			`}},"status":422}`
		var read *NestedError
		if err := Parse(422, nil, []byte(body)); !errors.As(err, &read) {
			t.Errorf("%s is read as %v", body, err)
			continue
		}
		tt.want.Tags = []string{"t"}
		got := read.Params
		if tt.want.Errors == nil && len(got.Errors) == 0 {
			got.Errors = nil
		}
		if tt.want.Data == nil && string(got.Data) == "1" {
			got.Data = nil
		}
		if diff := cmp.Diff(tt.want, got); diff != "" || read.HasParams != tt.whole {
			t.Errorf("%s: HasParams %t (-want +got):\n%s", tt.params, read.HasParams, diff)
		}
	}
}

// No param breaks the body that it is in, nor one that a client cannot read.
func TestJSONThatIsNotValid(t *testing.T) {
	levels := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	for raw, want := range map[string]string{
		"":               "null",
		"{":              "null",
		`{"a":1}}`:       "null",
		"1,2":            "null",
		`"a" "b"`:        "null",
		"NaN":            "null",
		"\xff":           "null",
		"\"\xff\"":       "\"\ufffd\"",
		"\"\u2028\"":     "\"\u2028\"",
		" [ 1 ,\n2 ] ":   "[1,2]",
		`"[[\"[["`:       `"[[\"[["`,
		levels(200):      levels(200),
		levels(201):      "null",
		levels(10):       levels(10),
		levels(1000):     "null",
		levels(1_000_00): "null",
	} {
		e := NewArguments(nil, json.RawMessage(raw), ArgumentsFlat{})
		data := (*Error)(&e.Details).appendJSON(nil)
		if !json.Valid(data) || !strings.Contains(string(data), `"json":`+want+`,`) {
			t.Errorf("%.40q is sent as %.200s, want %.40s", raw, data, want)
		}
		if !errors.As(Parse(400, nil, data), new(*ArgumentsError)) {
			t.Errorf("%.40q: a client does not know the error", raw)
		}
	}
	large := `"` + strings.Repeat("x", 1<<20) + `"`
	e := NewArguments(map[string]map[string]int64{},
		json.RawMessage(large), ArgumentsFlat{A: "a", B: 1})
	var read *ArgumentsError
	if !errors.As(Parse(400, nil, (*Error)(&e.Details).appendJSON(nil)), &read) ||
		string(read.Params.JSON) != large ||
		!read.HasParams {
		t.Error("a JSON text of 1 MB is not read back")
	}
}

// A map with many keys is written in their order, and all come back.
func TestMapsInOrder(t *testing.T) {
	of := map[string]map[string]int64{}
	for i := range 1000 {
		of[fmt.Sprintf("k%03d", i)] = map[string]int64{"n": int64(i)}
	}
	e := NewArguments(of, nil, ArgumentsFlat{})
	data := (*Error)(&e.Details).appendJSON(nil)
	last := -1
	for i := range 1000 {
		at := strings.Index(string(data), fmt.Sprintf(`"k%03d":`, i))
		if at <= last {
			t.Fatalf("k%03d is at %d, after %d", i, at, last)
		}
		last = at
	}
	var read *ArgumentsError
	if !errors.As(Parse(400, http.Header{}, data), &read) || !reflect.DeepEqual(read.Params.Of, of) {
		t.Error("the map is not read back")
	}
}

// Who changes what a constructor took, or the Params of an error, changes nothing that is sent.
func TestNestedParamsAreCopied(t *testing.T) {
	params := nested().Params
	e := NewNested(params)
	before := paramsOf(t, e)
	for _, p := range []*NestedParams{&params, &e.Params} {
		*p.Causes[0].Field = "changed"
		p.Causes[1].Inner.Limits[0] = 7
		p.Errors["<b>"][0] = "changed"
		p.Errors["new"] = nil
		p.Grid[0][0] = 7
		p.Target.Name = "changed"
		p.Data[3] = 'x'
		p.Tags[0] = "changed"
		p.By["k"] = NestedByItem{}
		if got := paramsOf(t, e); got != before {
			t.Fatalf("sent is %s, was %s", got, before)
		}
	}
	if e.Equal(nested()) != true {
		t.Error("Equal compares what is sent")
	}
	if other := NewNested(params); other.Equal(e) {
		t.Error("an error with other params is equal")
	}
	tags := NewNested(NestedParams{Tags: []string{"a"}})
	if tags.Equal(NewNested(NestedParams{Tags: []string{"b"}})) {
		t.Error("an error with another param apart is equal")
	}
}
