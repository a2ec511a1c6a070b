package reference

import (
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/value"
)

func TestParamType(t *testing.T) {
	role := func(r catalog.Role, key string) catalog.Node {
		return catalog.Node{Kind: catalog.NodeRole, Role: r, Key: key}
	}
	body := catalog.Node{Kind: catalog.NodeObject, Members: []catalog.Member{
		{Name: "code", Node: role(catalog.RoleCode, "")},
		{
			Name: "of",
			Node: catalog.Node{
				Kind: catalog.NodeArray, Items: []catalog.Node{role(catalog.RoleParam, "wait")},
			},
		},
	}}
	of := func(t catalog.Type) catalog.Param { return catalog.Param{Name: "p", Type: t} }
	list := func(t catalog.Type) catalog.Type { return catalog.Type{Kind: value.List, Elem: &t} }
	mapping := func(t catalog.Type) catalog.Type { return catalog.Type{Kind: value.Map, Elem: &t} }
	kind := func(k value.Kind) catalog.Type { return catalog.Type{Kind: k} }
	enum := func(values ...string) (t catalog.Type) {
		for _, v := range values {
			t.Enum = append(t.Enum, catalog.EnumValue{Value: v})
		}
		return t
	}
	wait := of(kind(value.Duration))
	wait.Name = "wait"
	for want, p := range map[string]catalog.Param{
		"duration":                                of(kind(value.Duration)),
		"duration, in the body in seconds":        wait,
		"bytes":                                   of(kind(value.Bytes)),
		"one of `\"\"`, `b`":                      of(enum("", "b")),
		"one of `a`, `b`":                         of(enum("a", "b")),
		"list of strings":                         of(list(kind(value.String))),
		"list of bytes":                           of(list(kind(value.Bytes))),
		"list of durations in seconds":            of(list(kind(value.Duration))),
		"list of lists of ints":                   of(list(list(kind(value.Int)))),
		"list of strings, each one of `a`, `b`":   of(list(enum("a", "b"))),
		"list of objects":                         of(list(kind(value.Object))),
		"map of lists of strings":                 of(mapping(list(kind(value.String)))),
		"map of maps of strings, each one of `a`": of(mapping(mapping(enum("a")))),
		"map of JSON values":                      of(mapping(kind(value.JSON))),
		"object":                                  of(kind(value.Object)),
		"any JSON":                                of(kind(value.JSON)),
	} {
		got := ""
		for _, w := range ParamType(&body, &p) {
			if w.Code {
				got += "`" + w.Text + "`"
			} else {
				got += w.Text
			}
		}
		if got != want {
			t.Errorf("ParamType = %q, want %q", got, want)
		}
	}
}

// A duration in the params, or beside the members, is in the body as well.
func TestParamsAreInTheBody(t *testing.T) {
	p := catalog.Param{Name: "wait", Type: catalog.Type{Kind: value.Duration}}
	for _, n := range []catalog.Node{
		{Kind: catalog.NodeRole, Role: catalog.RoleParams},
		{
			Kind: catalog.NodeObject,
			Members: []catalog.Member{{Node: catalog.Node{
				Kind: catalog.NodeSpread, Role: catalog.RoleParams,
			}}},
		},
	} {
		if got := ParamType(&n, &p); got[0].Text != "duration, in the body in seconds" {
			t.Errorf("of %v: %q", n, got[0].Text)
		}
	}
}

// TestFields asks for a row for each field of each object, by the way there.
func TestFields(t *testing.T) {
	code := catalog.Field{Name: "code"}
	inner := catalog.Type{Kind: value.Object, Fields: []catalog.Field{
		code, {Name: "wait", Type: catalog.Type{Kind: value.Duration}, Optional: true},
	}}
	p := catalog.Param{Name: "causes", Type: catalog.Type{Kind: value.List,
		Elem: &catalog.Type{Kind: value.Object, Fields: []catalog.Field{
			code, {Name: "inner", Type: inner}, {Name: "by", Type: catalog.Type{
				Kind: value.Map, Elem: &inner,
			}},
		}}}}
	got := ""
	for f := range Fields(&p) {
		got += f.Path + ": "
		for _, w := range f.Type {
			got += w.Text
		}
		if f.Optional {
			got += ", optional"
		}
		got += "\n"
	}
	const want = `causes[].code: string
causes[].inner: object
causes[].inner.code: string
causes[].inner.wait: duration in seconds, optional
causes[].by: map of objects
causes[].by.*.code: string
causes[].by.*.wait: duration in seconds, optional
`
	if got != want {
		t.Errorf("is\n%s, want\n%s", got, want)
	}
}
