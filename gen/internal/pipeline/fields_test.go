package pipeline_test

import (
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// Where readers look for a field: in the Go package (g), the Markdown page (m), the pages (p), the
// HTML reference (h), the JSON Schema of the body (s), OpenAPI (o) and errors.json (j). The words
// are those of testdata/fields/catalog.yaml.
var reaches = []struct{ where, words string }{
	{"gmphsoj",
		"Mdescription mservice mdocs.example mtypes.example mconstant mgroup mgroupmeta MCODE Mcodetitle Mmessage menuma menumb mfield mreason mouter minner " +
			"moptional Mresolution MOTHER beta experimental mdepsince merrormeta Mvarmessageone mvarone"},
	{"mphsoj", "Mtitle Mstatustitle"},
	{"gmphsoj", "mtypes.example/p/manonymous"},
	{"gmpho", "Recognize"},
	{"gmphoj", "mmedia Mparamdescription Mcodedescription Mdepnote mheadervalue X-Mheader"},
	{"gmphj",
		"Mgrouptitle mtag msince Mvarresolution MRETIRED mretiredsince Mretirednote Mlinktitle mlink.example"},
	{"mphoj", "Mstatuscause"},
	{"mphj", "Menvelope MEXAMPLECODE Mexamplemessage 418 Mgroupdescription"},
	{"mphj", "Mvaluedescription"},
	{"g", "mvaluedescription"}, // after a colon
	{"mph",
		"Msectionstart Msectionenvelope Msectiontitle Msectionstatuses Msectioncodes Msectionfile"},
	{"gj", "mpolicy"},
	{"mp", "mfrontvalue"},
	{"h", "medit.example"},
	{"mph", "jq"}, // the sample in curl
	{"gmphsj", "mcodeanchor"},
	{"mph", "mretiredanchor msectionanchor mgroupanchor"},
	{"g", "MGoName MVariantGo MInnerGo"},
	{"g", "MINTERNAL Minternalmessage Minternalresolution Secret"}, // only there: see below
}

// Every field of the format reaches every output where users look for it.
func TestEveryFieldReachesItsOutputs(t *testing.T) {
	const dir = "testdata/fields"
	data, err := os.ReadFile(dir + "/catalog.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c, list := pipeline.Load(source.New("catalog.yaml", data, os.DirFS(dir)))
	if c == nil {
		t.Fatalf("testdata/fields has errors: %v", list.All())
	}
	texts := map[byte]string{}
	for name, content := range generated(t, c, pipeline.Emitters()) {
		switch {
		case strings.HasSuffix(name, "_test.go"):
		case path.Ext(name) == ".go":
			texts['g'] += content
		case name == "errors.md":
			texts['m'] = content
		case path.Ext(name) == ".md" && strings.HasPrefix(name, "html/"): // the page again
		case path.Ext(name) == ".md":
			texts['p'] += content
		case path.Ext(name) == ".html":
			texts['h'] += content
		case name == "errors.schema.json":
			texts['s'] = content
		case name == "openapi.yaml":
			texts['o'] = content
		case name == "errors.json":
			texts['j'] = content
		}
	}
	for _, r := range reaches {
		for word := range strings.FieldsSeq(r.words) {
			for _, where := range []byte(r.where) {
				if !strings.Contains(texts[where], word) {
					t.Errorf("%s is not in output %c", word, where)
				}
			}
		}
	}
	for _, word := range []string{"MINTERNAL", "Minternal", "secret", "Hidden"} {
		for where, text := range texts {
			if where != 'g' && strings.Contains(text, word) {
				t.Errorf("%s, which is internal or sensitive, is in output %c", word, where)
			}
		}
	}
}

// The catalog of the test above has every key of the format. Whoever adds a key must say where it
// goes.
func TestFieldsHasEveryKey(t *testing.T) {
	data, err := os.ReadFile("testdata/fields/catalog.yaml")
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := []string{"lint", "include"} // about the file, not about its errors
	seen := map[*syntax.Type]bool{}
	var walk func(typ *syntax.Type)
	walk = func(typ *syntax.Type) {
		if typ == nil || seen[typ] {
			return
		}
		seen[typ] = true
		for _, f := range typ.Fields {
			if slices.Contains(elsewhere, f.Key) {
				continue
			}
			if !strings.Contains(string(data), f.Key+":") {
				t.Errorf("testdata/fields/catalog.yaml has no key %q (%s)", f.Key, f.Doc)
			}
			walk(f.Type)
		}
		walk(typ.Item)
		for _, a := range typ.Alternatives {
			walk(a.Type)
		}
	}
	walk(syntax.Format())
}
