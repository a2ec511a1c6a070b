package reference

import (
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/value"
)

func TestParamType(t *testing.T) {
	for want, p := range map[string]catalog.Param{
		"bytes":              {Kind: value.Bytes},
		"one of `\"\"`, `b`": {Enum: []catalog.EnumValue{{Value: ""}, {Value: "b"}}},
		"one of `a`, `b`":    {Enum: []catalog.EnumValue{{Value: "a"}, {Value: "b"}}},
		"list":               {Kind: value.List},
		"list of duration":   {Kind: value.List, Items: &catalog.Items{Kind: value.Duration}},
		"list of objects: `field` string, `count` int": {Kind: value.List, Items: &catalog.Items{Fields: []catalog.Field{{Name: "field"}, {Name: "count", Kind: value.Int}}}},
	} {
		got := ""
		for _, w := range ParamType(&p) {
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
