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
		{Name: "of", Node: catalog.Node{Kind: catalog.NodeArray, Items: []catalog.Node{role(catalog.RoleParam, "wait")}}},
	}}
	for want, p := range map[string]catalog.Param{
		"duration":                         {Name: "elsewhere", Kind: value.Duration},
		"duration, in the body in seconds": {Name: "wait", Kind: value.Duration},
		"bytes":                            {Kind: value.Bytes},
		"one of `\"\"`, `b`":               {Enum: []catalog.EnumValue{{Value: ""}, {Value: "b"}}},
		"one of `a`, `b`":                  {Enum: []catalog.EnumValue{{Value: "a"}, {Value: "b"}}},
		"list":                             {Kind: value.List},
		"list of strings":                  {Kind: value.List, Items: &catalog.Items{Kind: value.String}},
		"list of bytes":                    {Kind: value.List, Items: &catalog.Items{Kind: value.Bytes}},
		"list of durations in seconds":     {Kind: value.List, Items: &catalog.Items{Kind: value.Duration}},
		"list of objects: `field` string, `count` int, `wait` duration in seconds": {Kind: value.List, Items: &catalog.Items{Fields: []catalog.Field{{Name: "field"}, {Name: "count", Kind: value.Int}, {Name: "wait", Kind: value.Duration}}}},
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
	p := catalog.Param{Name: "wait", Kind: value.Duration}
	for _, n := range []catalog.Node{
		{Kind: catalog.NodeRole, Role: catalog.RoleParams},
		{Kind: catalog.NodeObject, Members: []catalog.Member{{Node: catalog.Node{Kind: catalog.NodeSpread, Role: catalog.RoleParams}}}},
	} {
		if got := ParamType(&n, &p); got[0].Text != "duration, in the body in seconds" {
			t.Errorf("of %v: %q", n, got[0].Text)
		}
	}
}
