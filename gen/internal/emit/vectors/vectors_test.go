package vectors

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/encode"
)

// vectorsOf returns the vectors of a catalog, by name.
func vectorsOf(c *catalog.Catalog) map[string]Vector {
	m := maker{reader: newReader(c), names: map[string]int{}}
	m.usual()
	m.odd()
	byName := map[string]Vector{}
	for _, v := range m.list {
		byName[v.Name] = v
	}
	return byName
}

// What a server sends is read as what was sent: nothing is lost, and nothing is made up.
func TestUsualVectors(t *testing.T) {
	for _, env := range catalogtest.Envelopes() {
		c := catalogtest.Everything(env.Envelope)
		made := vectorsOf(c)
		for e := range c.Public() {
			for i := range e.Variants {
				v := &e.Variants[i]
				for _, status := range e.Statuses {
					name := Name(e, v, status)
					if problem := unlikeItsError(c, e, v, status, made[name]); problem != "" {
						t.Errorf("%s: %s: %s", env.Name, name, problem)
					}
				}
			}
		}
	}
}

func unlikeItsError(
	c *catalog.Catalog, e *catalog.Entry, v *catalog.Variant, status int, made Vector,
) string {
	got := made.Verdict
	roles := map[catalog.Role]bool{}
	for r := range c.Envelope.Body.Roles() {
		roles[r] = true
	}
	params := map[string]json.RawMessage{}
	for _, p := range got.Params {
		params[p.Name] = encode.CompactJSON(p.Value)
	}
	switch {
	case made.Response.Status != status:
		return fmt.Sprintf("the status is %d", made.Response.Status)
	case got.Code == nil || *got.Code != e.Code || (got.RawCode == nil) != e.Anonymous:
		return "it is of another code"
	case roles[catalog.RoleMessage] && !v.Silent && *got.Message != e.ExampleMessage(v):
		return "the message is " + *got.Message
	case roles[catalog.RoleVariant] && v.ID != "" && (got.Variant == nil || *got.Variant != v.ID):
		return "it is of another variant"
	case roles[catalog.RoleParams] && !got.HasParams:
		return "params are missing"
	}
	for i := range e.Params {
		p := &e.Params[i]
		switch is := params[p.Name]; {
		case p.Sensitive && is != nil:
			return "there is the sensitive param " + p.Name
		case is != nil && !equalJSON(is, p.ExampleJSON()):
			return fmt.Sprintf("%s is %s, want %s", p.Name, is, p.ExampleJSON())
		case is == nil && roles[catalog.RoleParams] && !p.Apart &&
			c.ExampleRole(e, v, status, catalog.RoleParam, p.Name).JSON != nil:
			return p.Name + " is missing"
		}
	}
	return ""
}

func equalJSON(a, b []byte) bool {
	var x, y any
	return json.Unmarshal(a, &x) == nil && json.Unmarshal(b, &y) == nil && reflect.DeepEqual(x, y)
}

// The file is published: it says nothing of internal codes or sensitive params.
func TestNothingInternal(t *testing.T) {
	for _, env := range catalogtest.Envelopes() {
		c := catalogtest.Everything(env.Envelope)
		files, err := Emit(c)
		if err != nil {
			t.Fatal(err)
		}
		hidden := 0
		for e := range c.All() {
			if e.Internal {
				hidden++
				if bytes.Contains(files[0].Data, []byte(e.Code)) {
					t.Errorf("%s: the vectors name %s", env.Name, e.Code)
				}
			}
		}
		if hidden == 0 {
			t.Fatal("the catalog has no internal code")
		}
	}
}

// If a catalog has no public codes, its vectors are responses of others, and none is an error
// that clients know.
func TestNoPublicCodes(t *testing.T) {
	for _, env := range catalogtest.Envelopes() {
		c := catalogtest.Everything(env.Envelope)
		for e := range c.All() {
			e.Internal = true
		}
		made := vectorsOf(c)
		if len(made) == 0 {
			t.Errorf("%s: there are no vectors", env.Name)
		}
		for name, v := range made {
			if v.Verdict.Code != nil || v.Verdict.Variant != nil || v.Verdict.Retired {
				t.Errorf("%s: %s has the verdict %+v", env.Name, name, v.Verdict)
			}
		}
	}
}

// A response that differs from that of a code only in what servers may change is still of that
// code.
func TestOddVectors(t *testing.T) {
	c := catalogtest.Everything(catalogtest.Envelopes()[0].Envelope)
	made := vectorsOf(c)
	known := map[string]bool{
		"a byte order mark": true, "white space around the body": true, "another media type": true,
		"a message that is not UTF-8": true,
		"a member of a newer server":  true,
		"a long message":              true,
		"a long param":                true,
		"an error with status 200":    true,
		"a truncated body":            false,
		"half a body":                 false,
		"two byte order marks":        false,
		"a body with text behind it":  false, "a page of a proxy": false, "an empty body": false,
		"another envelope":             false,
		"the unknown code NEWER_CODE":  false,
		"the unknown code constructor": false,
	}
	for name, want := range known {
		v, ok := made[name]
		if !ok || (v.Verdict.Code != nil) != want {
			t.Errorf("%s: the vector is %+v; want one whose code is known: %v", name, v, want)
		}
	}
	for name, v := range made {
		if v.Verdict.Code == nil &&
			(v.Verdict.HasParams || v.Verdict.Variant != nil || len(v.Verdict.Params) > 0) {
			t.Errorf("%s: an unknown error has params or a variant", name)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"": -1, "soon": -1, "3 seconds": -1, ",": -1, "0": 0, "-1": 0, "3": 3 * time.Second,
		" 3 ":   3 * time.Second,
		"0.001": time.Second, "120, 30": 2 * time.Minute, "1000000000000000000000": math.MaxInt64,
		"Fri, 12 Jun 2026 15:04:35 GMT":  30 * time.Second,
		"Friday, 12-Jun-26 15:04:35 GMT": 30 * time.Second,
		"Fri Jun 12 15:04:35 2026":       30 * time.Second, "Fri, 12 Jun 2026 14:04:05 GMT": 0,
		"1, Fri, 12 Jun 2026 15:04:35 GMT": 30 * time.Second, "1,soon": time.Second,
	} {
		got, ok := retryAfter(text, clock)
		if !ok {
			got = -1
		}
		if got != want {
			t.Errorf("%q asks for %v, want %v", text, got, want)
		}
	}
}

func TestDecisions(t *testing.T) {
	p := &catalog.RetryPolicy{
		Strategy:   catalog.Exponential,
		Base:       time.Second,
		Factor:     3,
		MaxDelay:   5 * time.Second,
		Jitter:     catalog.EqualJitter,
		MaxRetries: 3, MaxRetryAfter: 10 * time.Second,
	}
	want := []Decision{
		{Method: "GET", Attempt: 1, Retry: true, Delay: []float64{2, 2}},
		{Method: "GET", Attempt: 2, Retry: true, Delay: []float64{2, 3}},
		{Method: "GET", Attempt: 3, Retry: true, Delay: []float64{2.5, 5}},
		{Method: "GET", Attempt: 4},
		{Method: "POST", Attempt: 1},
		{Method: "POST", Attempt: 2},
		{Method: "POST", Attempt: 3},
		{Method: "POST", Attempt: 4},
	}
	if diff := cmp.Diff(want, decisions([]decider{{p, 2 * time.Second}})); diff != "" {
		t.Errorf("decisions (-want +got):\n%s", diff)
	}
	for _, d := range decisions([]decider{{p, 11 * time.Second}}) {
		if d.Retry {
			t.Errorf("%+v, though the server asks for a longer wait than the policy allows", d)
		}
	}
}

// cuts finds whether there is one way to cut a text by trying all of them.
func TestCuts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.StringOfN(rapid.SampledFrom([]rune("ab")), 1, 2, -1)
		literals := append(append([]string{rapid.SampledFrom([]string{"", "a"}).Draw(t, "first")},
			rapid.SliceOfN(piece, 0, 3).Draw(t, "literals")...),
			rapid.SampledFrom([]string{"", "b"}).Draw(t, "last"))
		text := rapid.StringOfN(rapid.SampledFrom([]rune("ab")), 0, 8, -1).Draw(t, "text")
		want := all(text, literals)
		parts, ways := cuts(text, literals)
		if ways != min(len(want), 2) || ways == 1 && !reflect.DeepEqual(parts, want[0]) {
			t.Errorf("%q at %q: %q in %d ways, want %q", text, literals, parts, ways, want)
		}
	})
}

// all returns all ways to cut a text at literals.
func all(text string, literals []string) (ways [][]string) {
	text, begins := strings.CutPrefix(text, literals[0])
	if !begins {
		return nil
	}
	if len(literals) == 2 {
		if part, ends := strings.CutSuffix(text, literals[1]); ends {
			return [][]string{{part}}
		}
		return nil
	}
	for i := range len(text) + 1 {
		for _, rest := range all(text[i:], literals[1:]) {
			ways = append(ways, append([]string{text[:i]}, rest...))
		}
	}
	return ways
}

// A name stands for one vector, and headers are canonical.
func TestForm(t *testing.T) {
	c := catalogtest.Everything(catalogtest.Envelopes()[0].Envelope)
	files, err := Emit(c)
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		FormatVersion int `json:"format_version"`
		Vectors       []struct {
			Name     string
			Response struct {
				Headers map[string]string
				Body    *string
				Base64  []byte `json:"body_base64"`
			}
		}
	}
	if err := json.Unmarshal(files[0].Data, &d); err != nil || d.FormatVersion != FormatVersion ||
		len(d.Vectors) < 100 {
		t.Fatalf("version %d, %d vectors, %v", d.FormatVersion, len(d.Vectors), err)
	}
	names := map[string]bool{}
	for _, v := range d.Vectors {
		if names[v.Name] || v.Name == "" || (v.Response.Body != nil) == (v.Response.Base64 != nil) {
			t.Errorf("%q is there already, has no name, or has two bodies", v.Name)
		}
		names[v.Name] = true
		for name := range v.Response.Headers {
			if name != http.CanonicalHeaderKey(name) {
				t.Errorf("%s: the header %s", v.Name, name)
			}
		}
	}
}
