package value

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestInfer(t *testing.T) {
	for text, want := range map[string]struct {
		kind               Kind
		text, json, header string
	}{
		"10MB":   {Bytes, "10 MB", "10000000", "10000000"},
		"10 MB":  {Bytes, "10 MB", "10000000", "10000000"},
		"10MiB":  {Bytes, "10 MiB", "10485760", "10485760"},
		"512B":   {Bytes, "512 B", "512", "512"},
		"1500kB": {Bytes, "1500 kB", "1500000", "1500000"},
		"1000MB": {Bytes, "1 GB", "1000000000", "1000000000"},
		"0B":     {Bytes, "0 B", "0", "0"},
		"9EB":    {Bytes, "9 EB", "9000000000000000000", "9000000000000000000"},
		"10EB":   {String, "10EB", `"10EB"`, "10EB"},
		"-11":    {Int, "-11", "-11", "-11"},
		"007":    {String, "007", `"007"`, "007"},
		"2.5":    {Float, "2.5", "2.5", "2.5"},
		"1e3":    {Float, "1000", "1000", "1000"},
		"true":   {Bool, "true", "true", "true"},
		"yes":    {String, "yes", `"yes"`, "yes"},
		"6s":     {Duration, "6s", "6", "6"},
		"1m30s":  {Duration, "1m30s", "90", "90"},
		"90m":    {Duration, "1h30m", "5400", "5400"},
		"1h":     {Duration, "1h", "3600", "3600"},
		"1500ms": {Duration, "1.5s", "1.5", "2"},
		"1ns":    {Duration, "1ns", "0.000000001", "1"},
		"0s":     {Duration, "0s", "0", "0"},
		"-1.5s":  {Duration, "-1.5s", "-1.5", "-1"},
		"2562047h47m16.854775807s": {
			Duration,
			"2562047h47m16.854775807s",
			"9223372036.854775807",
			"9223372037",
		},
		"-2562047h47m16.854775808s": {
			Duration,
			"-2562047h47m16.854775808s",
			"-9223372036.854775808",
			"-9223372036",
		},
		"-0.0":   {Float, "0", "0", "0"},
		"-0":     {Float, "0", "0", "0"},
		"1e21":   {Float, "1e+21", "1e+21", "1e+21"},
		"1e-7":   {Float, "1e-7", "1e-7", "1e-7"},
		"5e-324": {Float, "5e-324", "5e-324", "5e-324"},
		"1e400":  {String, "1e400", `"1e400"`, "1e400"},
		"2026-06-12T15:04:05Z": {
			Time,
			"2026-06-12T15:04:05Z",
			`"2026-06-12T15:04:05Z"`,
			"Fri, 12 Jun 2026 15:04:05 GMT",
		},
		"2026-06-12T17:04:05+02:00": {
			Time,
			"2026-06-12T15:04:05Z",
			`"2026-06-12T15:04:05Z"`,
			"Fri, 12 Jun 2026 15:04:05 GMT",
		},
		"2026-06-12": {String, "2026-06-12", `"2026-06-12"`, "2026-06-12"},
		"0x10":       {String, "0x10", `"0x10"`, "0x10"},
		"NaN":        {String, "NaN", `"NaN"`, "NaN"},
		"":           {String, "", `""`, ""},
		"a\nb":       {String, "a\nb", `"a\nb"`, "a b"},
	} {
		v := Infer(text)
		if v.Kind != want.kind || v.Text() != want.text || string(v.JSON()) != want.json ||
			v.Header() != want.header {
			t.Errorf("Infer(%q): %s %q, JSON %s, header %q; want %s %q, JSON %s, header %q",
				text, v.Kind, v.Text(), v.JSON(), v.Header(), want.kind, want.text, want.json, want.header)
		}
	}
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	for kind, text := range map[Kind]string{
		Int: "2.5", Float: "abc", Bool: "yes", Bytes: "10", Duration: "6", Time: "2026-06-12", List: "a",
	} {
		if v, err := Parse(kind, text); err == nil {
			t.Errorf("Parse(%s, %q) = %+v; want an error", kind, text, v)
		}
	}
	// in UTC another year than RFC 3339 has
	for _, text := range []string{"9999-12-31T23:59:59-02:00", "0000-01-01T00:00:00+02:00"} {
		if v, err := Parse(Time, text); err == nil {
			t.Errorf("Parse(%s, %q) = %+v; want an error", Time, text, v)
		}
		if v := Infer(text); v.Kind != String {
			t.Errorf("Infer(%q) is a %s; want a string", text, v.Kind)
		}
	}
}

// The author's words are in the problem, whatever they hold, and what to write is in the help.
func TestMistakesAreTakenApart(t *testing.T) {
	for kind := Int; kind <= List; kind++ {
		const text = "when: never"
		_, err := Parse(kind, text)
		problem, help := Explain(fmt.Errorf("wrapped: %w", err))
		if !strings.Contains(problem, `"`+text+`"`) || !strings.HasPrefix(help, "write ") {
			t.Errorf("%s: the problem is %q, the help %q", kind, problem, help)
		}
	}
}

// What is printed is read as the same value.
func TestTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64().Draw(t, "n")
		f := rapid.Float64().Filter(func(f float64) bool {
			return !math.IsNaN(f) &&
				!math.IsInf(f, 0)
		}).Draw(t, "f")
		for _, v := range []Value{
			{Kind: Int, Int: n},
			{Kind: Float, Float: f},
			{Kind: Bool, Bool: n > 0},
			{Kind: Duration, Int: n},
			{Kind: Bytes, Int: n & math.MaxInt64},
		} {
			back, err := Parse(v.Kind, v.Text())
			if diff := cmp.Diff(v, back); err != nil || diff != "" {
				t.Errorf("%q is read as %+v, %v (-want +got):\n%s", v.Text(), back, err, diff)
			}
			if !json.Valid(v.JSON()) {
				t.Errorf("%q is no JSON", v.JSON())
			}
		}
	})
}

func TestListText(t *testing.T) {
	v := Value{Kind: List, List: []Value{{Str: "JPEG"}, {Str: "PNG"}, {Kind: Bytes, Int: 1e6}}}
	if v.Text() != "JPEG, PNG, 1 MB" || string(v.JSON()) != `["JPEG","PNG",1000000]` {
		t.Errorf("the list prints %q, %s", v.Text(), v.JSON())
	}
}
