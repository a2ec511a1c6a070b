package fixed

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/value"
)

// The generated code prints values as package value does: the reference page and the response show the same text.
func TestPrintsAsTheReferenceDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.OneOf(rapid.Int64(), rapid.Custom(func(t *rapid.T) int64 {
			return rapid.Int64Range(-999, 999).Draw(t, "n") * rapid.SampledFrom([]int64{1, 1000, 1e6, 1e9, 60e9, 3600e9, 1024, 1 << 20, 1 << 30}).Draw(t, "unit")
		})).Draw(t, "n")
		f := rapid.Float64().Filter(func(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }).Draw(t, "f")
		at := time.Unix(rapid.Int64Range(-1e9, 1e10).Draw(t, "s"), rapid.Int64Range(0, 999999999).Draw(t, "ns")).UTC()
		s := rapid.String().Draw(t, "s")
		for _, c := range []struct {
			kind kind
			arg  arg
			want value.Value
		}{
			{kindString, textArg(s), value.Value{Kind: value.String, Str: s}},
			{kindInt, intArg(n), value.Value{Kind: value.Int, Int: n}},
			{kindFloat, floatArg(f), value.Value{Kind: value.Float, Float: f}},
			{kindBool, boolArg(n > 0), value.Value{Kind: value.Bool, Bool: n > 0}},
			{kindBytes, intArg(n), value.Value{Kind: value.Bytes, Int: n}},
			{kindDuration, intArg(n), value.Value{Kind: value.Duration, Int: n}},
			{kindTime, timeArg(at), value.Value{Kind: value.Time, Time: at}},
		} {
			text := string(c.arg.appendText(nil, c.kind))
			if want := c.want.Text(); text != want {
				t.Errorf("%s prints %q; the reference prints %q", c.kind, text, want)
			}
			params := []paramInfo{{kind: c.kind}}
			header := string(appendHeader(nil, []segment{{param: 1}}, params, []arg{c.arg}))
			if want := c.want.Header(); header != want {
				t.Errorf("%s prints %q in a header; the reference prints %q", c.kind, header, want)
			}
			if json, want := string(c.arg.appendJSON(nil, c.kind)), string(c.want.JSON()); json != want {
				t.Errorf("%s is %s in JSON; the reference has %s", c.kind, json, want)
			}
			if a, m := parseArg(text, &params[0]); m == noMatch || m == theMatch && a != c.arg {
				t.Errorf("%s %q is read back as %v (%d); want %v", c.kind, text, a, m, c.arg)
			}
		}
	})
}

// A param that is sent as the Retry-After says the same in the message, whatever a server gives it.
func TestRetryAfterAgreesWithItsParam(t *testing.T) {
	for _, k := range []kind{kindInt, kindDuration} {
		for _, n := range []int64{math.MinInt64, math.MinInt64 + 1, -1e9, -1, 0, 1, 1e9, 9_223_372_036, 9_223_372_037, math.MaxInt64 - 1, math.MaxInt64} {
			for _, option := range []time.Duration{-1, 0, 1500 * time.Millisecond, maxDuration} { // -1: none
				e := &Error{info: &Info{
					params: []paramInfo{{kind: k}}, headers: []headerInfo{{"Retry-After", []segment{{param: 1}}}}, retryAfterHeader: 1, retryAfterParam: 1,
				}}
				args := []arg{intArg(n)}
				if option >= 0 {
					o := WithRetryAfter(option)
					e.apply(&o, args)
				}
				e.agreeOnRetryAfter(args)
				header, seconds := e.Header().Get("Retry-After"), args[0].n
				if k == kindDuration {
					seconds = wholeSeconds(args[0].duration())
				}
				if want := strconv.FormatInt(seconds, 10); header != want {
					t.Errorf("with a %s of %d and the option %v, the header is %q and the param %s", k, n, option, header, want)
				}
				if back, ok := retryAfter(header, time.Now); !ok || wholeSeconds(back) != wholeSeconds(e.retryAfter) {
					t.Errorf("with a %s of %d and the option %v, the header %q is read as %v; want %v", k, n, option, header, back, e.retryAfter)
				}
			}
		}
	}
}

// The longest numbers of seconds are read as what they are, or not at all.
func TestSecondsAtTheirEdges(t *testing.T) {
	for s, want := range map[string]int64{
		"9223372036.854775807": math.MaxInt64, "-9223372036.854775808": math.MinInt64, "0.000000001": 1, "1e-9": 1, "1e3": 1e12, "-0": 0, "9.2e9": 9.2e18, "-9.2e9": -9.2e18,
	} {
		if got, ok := parseSeconds(s); !ok || got != want {
			t.Errorf("parseSeconds(%q) = %d, %v; want %d", s, got, ok, want)
		}
	}
	for _, s := range []string{"9223372036.854775808", "9.223372036854776e9", "-9223372036.8548", "1e400", "1e300", "-1e10", "NaN", "Inf"} {
		if got, ok := parseSeconds(s); ok {
			t.Errorf("parseSeconds(%q) = %d; want none", s, got)
		}
	}
}

// Whatever time a server has, it sends one that RFC 3339 can write and a client can read.
func TestTimesBeyondFourDigitsAreTheNearest(t *testing.T) {
	for at, want := range map[time.Time]string{
		time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC):                      "9999-12-31T23:59:59.999999999Z",
		time.Date(9999, 12, 31, 23, 0, 0, 0, time.FixedZone("", -2*3600)): "9999-12-31T23:59:59.999999999Z",
		time.Date(9999, 12, 31, 23, 0, 0, 0, time.UTC):                    "9999-12-31T23:00:00Z",
		time.Date(-1, 12, 31, 23, 0, 0, 0, time.UTC):                      "0000-01-01T00:00:00Z",
		time.Date(0, 1, 1, 1, 0, 0, 0, time.FixedZone("", 2*3600)):        "0000-01-01T00:00:00Z",
		time.Unix(1<<62, 0):  "9999-12-31T23:59:59.999999999Z",
		time.Unix(-1<<62, 0): "0000-01-01T00:00:00Z",
		{}:                   "0001-01-01T00:00:00Z",
	} {
		got := timeArg(at)
		if got.s != want {
			t.Errorf("%v is written %s; want %s", at, got.s, want)
		}
		if back, m := parseArg(got.s, &paramInfo{kind: kindTime}); m != theMatch || back != got {
			t.Errorf("%s is read back as %v (%d)", got.s, back, m)
		}
	}
}

// A message that is read back is right, whatever its params hold: also the literal text around them.
func TestReadBackIsRightOrAbsent(t *testing.T) {
	words := []string{"a", "b", " ", ".", "", "ab", ": ", "Retry in ~", " requests. Retry in ~", "é", "\xff", "\ufffd", "$"}
	text := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 4).Draw(t, "words"), "")
	})
	rapid.Check(t, func(t *rapid.T) {
		params := make([]paramInfo, rapid.IntRange(1, 3).Draw(t, "params"))
		args := make([]arg, len(params))
		for i := range params {
			params[i].kind = rapid.SampledFrom([]kind{kindString, kindString, kindInt, kindBytes, kindDuration, kindBool}).Draw(t, "kind")
			switch params[i].kind {
			case kindString:
				args[i] = textArg(text.Draw(t, "text"))
			case kindBool:
				args[i] = boolArg(rapid.Bool().Draw(t, "bool"))
			default:
				args[i] = intArg(rapid.Int64Range(-2000, 2000).Draw(t, "n"))
			}
		}
		var template []segment
		for range rapid.IntRange(0, 4).Draw(t, "segments") {
			template = append(template, segment{text.Draw(t, "literal"), rapid.IntRange(1, len(params)).Draw(t, "param")})
		}
		if end := text.Draw(t, "end"); end != "" {
			template = append(template, segment{text: end})
		}
		message := string(appendText(nil, template, params, args))
		got := make([]arg, len(params))
		switch read(template, params, message, got) {
		case noMatch:
			t.Fatalf("%q is not recognized as its own template %q", message, templateText(template, params))
		case theMatch:
			for _, s := range template {
				if s.param > 0 && got[s.param-1] != args[s.param-1] {
					t.Fatalf("%q as %+v: param %d is read back as %+v; want %+v", message, template, s.param, got[s.param-1], args[s.param-1])
				}
			}
		case aMatch:
		}
	})
}

func TestReadBackVariants(t *testing.T) {
	info, ok := Lookup("NOT_FOUND")
	if !ok {
		t.Fatal("the fixture has no NOT_FOUND")
	}
	for _, c := range []struct {
		text    string
		variant Variant
		sure    bool
	}{
		{"Agent not found for code: A91", VariantNotFoundAgent, true},
		{"Agent not found for code: ", VariantNotFoundAgent, true},
		{"No room 7 for agent A91", VariantNotFoundRoom, true},
		{"No room 7 for agent  for agent ", "", false}, // what is the room, what the agent?
		{"No room seven for agent A91", "", false},
		{"No room 07 for agent A91", "", false}, // no server writes 07
		{"Agent not found", "", false},
		{"", "", false},
	} {
		err := Parse(404, nil, []byte(`{"error":{"code":"NOT_FOUND","message":"`+c.text+`"}}`))
		e, _ := From(err)
		if c.text == "No room 7 for agent  for agent " {
			if e.HasParams() {
				t.Errorf("%q is read back, though there are two ways to read it", c.text)
			}
			continue
		}
		if e.Variant() != c.variant || e.HasParams() != c.sure {
			t.Errorf("%q is read back as %q, %v; want %q, %v", c.text, e.Variant(), e.HasParams(), c.variant, c.sure)
		}
	}
	_ = info
}
