package find_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/find"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

// A pasted is a text that somebody pastes, and what it is about. gen/checks/browser pastes the same
// into the HTML reference.
type pasted struct {
	Catalog, Kind, Text string
	Code, Variant       string
	Values              map[string]string
	Why                 find.Why
	Also                []string // the codes that follow
}

func table(t testing.TB) []pasted {
	t.Helper()
	data, err := os.ReadFile("testdata/pasted.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []pasted
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestPasted(t *testing.T) {
	indexes := map[string]*find.Index{}
	for _, p := range table(t) {
		x := indexes[p.Catalog]
		if x == nil {
			file := "../../checks/adoption/testdata/" + p.Catalog + "/catalog.yaml"
			switch p.Catalog {
			case "bithuman":
				file = "../../../catalog.yaml"
			case "problem":
				file = "testdata/problem.yaml"
			}
			x = indexOf(t, file)
			indexes[p.Catalog] = x
		}
		t.Run(p.Catalog+"/"+p.Kind, func(t *testing.T) {
			if p.Why == "" {
				p.Why = find.Evidence
			}
			hits := x.Find(p.Text)
			if p.Code == "" {
				if len(hits) > 0 {
					t.Errorf("%s\nis found: %s", p.Text, codes(x, hits))
				}
				return
			}
			want := append([]string{p.Code}, p.Also...)
			if got := codes(x, hits); len(got) < len(want) || !cmp.Equal(got[:len(want)], want) {
				t.Fatalf("%s\nfinds %q, want %q first", p.Text, got, want)
			}
			got := pasted{Variant: hits[0].Variant, Why: hits[0].Why}
			for _, v := range hits[0].Values {
				if got.Values == nil {
					got.Values = map[string]string{}
				}
				got.Values[v.Name] = v.Text
			}
			if diff := cmp.Diff(pasted{Variant: p.Variant, Why: p.Why, Values: p.Values}, got); diff != "" {
				t.Errorf("%s\nis read otherwise (-want +got):\n%s", p.Text, diff)
			}
		})
	}
}

func indexOf(t testing.TB, file string) *find.Index {
	t.Helper()
	src, err := source.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c, list := pipeline.Load(src)
	if c == nil {
		t.Fatalf("%s is refused: %+v", file, list.All()[0])
	}
	return find.New(c, c.Public())
}

func codes(x *find.Index, hits []find.Hit) []string {
	var all []string
	for _, h := range hits {
		all = append(all, x.Records[h.Record].Code)
	}
	return all
}

// No text makes a search fail, and what it finds is in the catalog.
func FuzzFind(f *testing.F) {
	x := indexOf(f, "../../../catalog.yaml")
	for _, p := range table(f) {
		f.Add(p.Text)
	}
	f.Add("[{\"a\":[{\"\\u0000é\": [1e400, null")
	f.Add("a.b:c/d-e.f.g HTTP/1.1 999 status=404 \xff")
	f.Fuzz(func(t *testing.T, text string) {
		for _, h := range x.Find(text) {
			if h.Record < 0 || h.Record >= len(x.Records) || h.Why == "" {
				t.Errorf("%q finds %+v", text, h)
			}
		}
	})
}
