package apierr

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/value"
)

// fieldOf returns a field of a params struct for a param of a type.
func fieldOf(typ string) reflect.Value {
	for _, p := range []any{
		new(string), new(int64), new(float64), new(bool), new(time.Duration), new(time.Time),
	} {
		field := reflect.ValueOf(p).Elem()
		switch name := field.Type().String(); {
		case name == typ, name == "int64" && (typ == "int" || typ == "bytes"),
			name == "float64" && typ == "float",
			name == "time.Duration" && typ == "duration", name == "time.Time" && typ == "time":
			return field
		}
	}
	panic("no field for the type " + typ)
}

// The generated code prints values as package value does: the reference and the response show the
// same text, and a client reads the text back.
func TestPrintsAsTheReferenceDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.OneOf(rapid.Int64(), rapid.Custom(func(t *rapid.T) int64 {
			unit := rapid.SampledFrom([]int64{1, 1000, 1e6, 1e9, 60e9, 3600e9, 1024, 1 << 20, 1 << 30})
			return rapid.Int64Range(-999, 999).Draw(t, "n") * unit.Draw(t, "unit")
		})).Draw(t, "n")
		f := rapid.Float64().Draw(t, "f")
		at := time.Unix(rapid.Int64Range(-1e9, 1e10).Draw(t, "s"),
			rapid.Int64Range(0, 999999999).Draw(t, "ns")).UTC()
		s := rapid.String().Draw(t, "s")
		for _, c := range []struct {
			value        any // as the body has it
			text, header string
			want         value.Value
		}{
			{s, s, headerText(s), value.Value{Kind: value.String, Str: s}},
			{n, intText(n), intText(n), value.Value{Kind: value.Int, Int: n}},
			{f, floatText(f), floatText(f), value.Value{Kind: value.Float, Float: f}},
			{n > 0, boolText(n > 0), boolText(n > 0), value.Value{Kind: value.Bool, Bool: n > 0}},
			{byteSize(n), bytesText(n), intText(n), value.Value{Kind: value.Bytes, Int: n}},
			{
				time.Duration(n),
				durationText(time.Duration(n)),
				wholeSeconds(time.Duration(n)),
				value.Value{Kind: value.Duration, Int: n},
			},
			{at, timeText(at), dateText(at), value.Value{Kind: value.Time, Time: at}},
		} {
			typ := c.want.Kind.String()
			if want := c.want.Text(); c.text != want || valueText(c.value) != want {
				t.Errorf("%s prints %q, and %q around a text; the reference prints %q",
					typ, c.text, valueText(c.value), want)
			}
			if want := c.want.Header(); c.header != want {
				t.Errorf("%s prints %q in a header; the reference prints %q", typ, c.header, want)
			}
			if json, want := string(appendValue(nil, c.value)), string(c.want.JSON()); json != want {
				t.Errorf("%s is %s in JSON; the reference has %s", typ, json, want)
			}
			want := reflect.ValueOf(c.value)
			field := fieldOf(typ)
			m := setText(field, &ParamInfo{Type: typ}, c.text)
			if m == noMatch || m == certain && !field.Equal(want.Convert(field.Type())) {
				t.Errorf("%s %q is read back as %v (%d); want %v", typ, c.text, field, m, c.value)
			}
			field = fieldOf(typ)
			if raw := appendValue(nil, c.value); strings.ToValidUTF8(s, "") == s &&
				(setParam(field, raw) != fits || !field.Equal(want.Convert(field.Type()))) {
				t.Errorf("%s %s is read back from a body as %v; want %v", typ, raw, field, c.value)
			}
		}
	})
}

// A param that the Retry-After header is made of says the same in the message, whatever a server
// gives the constructor.
func TestRetryAfterAgreesWithItsParam(t *testing.T) {
	for _, d := range []time.Duration{math.MinInt64, math.MinInt64 + 1, -1e9, -1, 0, 1, 1e9, 1500e6,
		9_223_372_036e9, math.MaxInt64 - 1, math.MaxInt64} {
		e := NewRateLimited("free", d)
		want := max(d, 0)
		if e.Params.RetryAfter != want ||
			e.RetryAfter != want ||
			!strings.HasSuffix(e.Message, " ~"+durationText(want)+".") {
			t.Errorf("of %v the param is %v, the field %v and the message %q; want %v in all",
				d, e.Params.RetryAfter, e.RetryAfter, e.Message, want)
		}
		header := respond(t, _quiet(), "GET", e).Header().Get("Retry-After")
		if want == 0 && header != "" || want > 0 && header != wholeSeconds(want) {
			t.Errorf("of %v the header is %q; want %s", d, header, wholeSeconds(want))
		}
		back, ok := retryAfter(header, time.Now)
		if ok != (want > 0) || wholeSeconds(back) != wholeSeconds(want) {
			t.Errorf("of %v the header %q is read as %v", d, header, back)
		}
		// The option is for the header and the body's retry_after. The message keeps its param.
		o := NewRateLimited("free", d, WithRetryAfter(time.Minute))
		if o.RetryAfter != time.Minute || o.Params != e.Params || o.Message != e.Message {
			t.Errorf("WithRetryAfter gives %v, %+v and %q; want 1m, %+v and %q",
				o.RetryAfter, o.Params, o.Message, e.Params, e.Message)
		}
	}
}

// The longest numbers of seconds are read exactly, or not at all.
func TestSecondsAtTheirEdges(t *testing.T) {
	for s, want := range map[string]time.Duration{
		"9223372036.854775807": math.MaxInt64, "-9223372036.854775808": math.MinInt64, "0.000000001": 1,
		"1e-9": 1, "1e3": 1e12, "-0": 0, "9.2e9": 9.2e18, "-9.2e9": -9.2e18,
	} {
		if got, ok := parseSeconds(s); !ok || got != want {
			t.Errorf("parseSeconds(%q) = %d, %v; want %d", s, got, ok, want)
		}
	}
	for _, s := range []string{
		"9223372036.854775808", "9.223372036854776e9", "-9223372036.8548", "1e400", "1e300", "-1e10",
		"NaN", "Inf",
	} {
		if got, ok := parseSeconds(s); ok {
			t.Errorf("parseSeconds(%q) = %d; want none", s, got)
		}
	}
	for _, d := range []time.Duration{
		math.MinInt64, math.MinInt64 + 1, -1, 0, 1, math.MaxInt64 - 1, math.MaxInt64,
	} {
		if got, ok := parseSeconds(string(appendSeconds(nil, d))); !ok || got != d {
			t.Errorf("%d is written %s and read as %d, %v", d, appendSeconds(nil, d), got, ok)
		}
	}
}

// A server sends only times that RFC 3339 can write and a client can read.
func TestTimesBeyondFourDigitsAreTheNearest(t *testing.T) {
	for at, want := range map[time.Time]string{
		time.Date(10000, 1, 1, 0, 0, 0, 0,
			time.UTC): "9999-12-31T23:59:59.999999999Z",
		time.Date(9999, 12, 31, 23, 0, 0, 0,
			time.FixedZone("", -2*3600)): "9999-12-31T23:59:59.999999999Z",
		time.Date(9999, 12, 31, 23, 0, 0, 0, time.UTC):             "9999-12-31T23:00:00Z",
		time.Date(-1, 12, 31, 23, 0, 0, 0, time.UTC):               "0000-01-01T00:00:00Z",
		time.Date(0, 1, 1, 1, 0, 0, 0, time.FixedZone("", 2*3600)): "0000-01-01T00:00:00Z",
		time.Unix(1<<62, 0):  "9999-12-31T23:59:59.999999999Z",
		time.Unix(-1<<62, 0): "0000-01-01T00:00:00Z",
		{}:                   "0001-01-01T00:00:00Z",
	} {
		got := timeText(at)
		if got != want {
			t.Errorf("%v is written %s; want %s", at, got, want)
		}
		var back time.Time
		m := setText(reflect.ValueOf(&back).Elem(), &ParamInfo{Type: "time"}, got)
		if m != certain || timeText(back) != got {
			t.Errorf("%s is read back as %v (%d)", got, back, m)
		}
	}
}

// A message that is read back is right, whatever its params hold: also the literals around them.
func TestReadBackIsRightOrAbsent(t *testing.T) {
	words := []string{
		"a", "b", " ", ".", "", "ab", ": ", "Retry in ~", " requests. Retry in ~", "é", "\xff", "\ufffd",
		"$", "{", "}", "${p0}",
	}
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 4).Draw(t, "words"), "")
	})
	names := []string{"p0", "p1", "p2"}
	rapid.Check(t, func(t *rapid.T) {
		info := &Info{params: make([]ParamInfo, rapid.IntRange(1, 3).Draw(t, "params"))}
		fields := make([]reflect.StructField, len(info.params))
		texts := make([]string, len(info.params))
		values := make([]reflect.Value, len(info.params))
		for i := range info.params {
			types := []string{"string", "string", "int", "bytes", "duration", "bool"}
			typ := rapid.SampledFrom(types).Draw(t, "type")
			info.params[i] = ParamInfo{Name: names[i], Type: typ}
			values[i] = fieldOf(typ)
			fields[i] = reflect.StructField{Name: strings.ToUpper(names[i]), Type: values[i].Type()}
			n := rapid.Int64Range(-2000, 2000).Draw(t, "n")
			switch typ {
			case "string":
				texts[i] = text.Draw(t, "text")
				values[i].SetString(texts[i])
			case "bool":
				values[i].SetBool(n > 0)
				texts[i] = boolText(n > 0)
			default:
				values[i].SetInt(n)
				texts[i] = map[string]string{"int": intText(n), "bytes": bytesText(n),
					"duration": durationText(time.Duration(n))}[typ]
			}
		}
		var m form
		template, message := "", ""
		literal := func(name string) {
			s := text.Draw(t, name)
			template, m.literals, message = template+
				strings.ReplaceAll(s, "$", "$$"), append(m.literals, s), message+s
		}
		uses := map[int]bool{}
		for range rapid.IntRange(0, 4).Draw(t, "segments") {
			literal("literal")
			p := rapid.IntRange(0, len(info.params)-1).Draw(t, "param")
			template, m.params, message = template+"${"+names[p]+"}", append(m.params, p), message+texts[p]
			uses[p] = true
		}
		literal("end")
		info.messages, info.forms = []MessageInfo{{Text: template}}, []form{m}
		params, set := reflect.New(reflect.StructOf(fields)).Elem(), make([]bool, len(fields))
		if n := info.readMessage(message, params, set); n != 0 {
			t.Fatalf("%q is not recognized as its own template %q", message, template)
		}
		for p := range fields {
			if set[p] && (!uses[p] || !params.Field(p).Equal(values[p])) {
				t.Fatalf("%q as %q: param %d is read back as %v; want %v",
					message, template, p, params.Field(p), values[p])
			}
		}
	})
}

// Where there is one way only to read a message, it is read.
func TestReadBackVariants(t *testing.T) {
	for _, c := range []struct {
		text    string
		variant Variant
		params  NotFoundParams
		sure    bool
	}{
		{"Agent not found for code: A91", VariantNotFoundAgent, NotFoundParams{AgentCode: "A91"}, true},
		{"Agent not found for code: ", VariantNotFoundAgent, NotFoundParams{}, true},
		{"No room 7 for agent A91", VariantNotFoundRoom, NotFoundParams{AgentCode: "A91", Room: 7}, true},
		// What is the room, what the agent?
		{"No room 7 for agent  for agent ", VariantNotFoundRoom, NotFoundParams{}, false},
		{"No room seven for agent A91", "", NotFoundParams{}, false},
		{"No room 07 for agent A91", "", NotFoundParams{}, false}, // no server writes 07
		{"Agent not found", "", NotFoundParams{}, false},
		{"", "", NotFoundParams{}, false},
	} {
		err := Parse(404, nil, []byte(`{"error":{"code":"NOT_FOUND","message":"`+c.text+`"}}`))
		e, ok := any(err).(*NotFoundError)
		if !ok || e.Variant != c.variant || e.HasParams != c.sure || e.Params != c.params {
			t.Errorf("%q is read back as %#v; want %q, %+v, %v", c.text, err, c.variant, c.params, c.sure)
		}
	}
}
