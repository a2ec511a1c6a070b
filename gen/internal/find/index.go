package find

import (
	"encoding/json"
	"iter"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/reference"
)

// An Index answers searches in a catalog.
type Index struct {
	Records []Record
	paths   map[string][][]any // where in a body a role is, as in errors.json

	exact  map[string]int    // records by code
	types  map[string]int    // records by type
	folded map[string][]name // by a name, folded
	odd    []int             // records whose code is no token of a text

	forms []form
	words map[string][]int // forms by a word in them
	loose []int            // forms without a word
}

// A name is what a code, or a variant of it, is called.
type name struct {
	record  int
	variant string
}

// A form is a message of a record.
type form struct {
	Form
	record int
	lower  []string // its literals in lower case
	words  []string // those of the literals, which do not depend on values
	key    string   // the rarest of them; "" if there are none
}

// New returns the index of some codes, and of the retired ones.
func New(c *catalog.Catalog, entries iter.Seq[*catalog.Entry]) *Index {
	x := &Index{
		exact: map[string]int{}, types: map[string]int{}, folded: map[string][]name{},
		words: map[string][]int{}, paths: map[string][][]any{},
	}
	if err := json.Unmarshal(encode.CompactJSON(reference.Paths(c)), &x.paths); err != nil {
		panic("find: the paths of a body are no JSON: " + err.Error())
	}
	for e := range entries {
		x.add(RecordOf(c, e))
	}
	for i := range c.Retired {
		t := &c.Retired[i]
		x.add(Record{Code: t.Code, Anchor: AnchorOf(t.Code, t.Anchor), Text: strings.ToLower(t.Code)})
	}
	for i := range x.forms {
		f := &x.forms[i]
		for _, w := range f.words {
			if f.key == "" || len(x.words[w]) < len(x.words[f.key]) {
				f.key = w
			}
		}
		if f.key == "" {
			x.loose = append(x.loose, i)
		}
	}
	return x
}

func (x *Index) add(r Record) {
	at := len(x.Records)
	x.Records = append(x.Records, r)
	x.exact[r.Code] = at
	if r.Type != "" {
		x.types[r.Type] = at
	}
	if token().FindString(r.Code) != r.Code {
		x.odd = append(x.odd, at)
	}
	names := []string{r.Code}
	for _, n := range []string{r.Stem, r.Anchor} {
		if n != "" {
			names = append(names, n)
		}
	}
	for _, n := range names {
		x.addName(n, name{at, ""})
		for _, f := range r.Forms {
			if f.variant() != "" {
				x.addName(n+f.variant(), name{at, f.variant()})
			}
		}
	}
	for _, f := range r.Forms {
		x.addForm(form{Form: f, record: at})
	}
}

func (x *Index) addName(text string, n name) {
	if text = fold(text); text != "" {
		x.folded[text] = append(x.folded[text], n)
	}
}

func (x *Index) addForm(f form) {
	seen := map[string]bool{}
	for k := range f.blanks() + 1 {
		low := lower(f.literal(k))
		f.lower = append(f.lower, low)
		for _, span := range word().FindAllStringIndex(low, -1) {
			atValue := k > 0 && span[0] == 0 || k < f.blanks() && span[1] == len(low)
			w := low[span[0]:span[1]]
			if !atValue && !seen[w] {
				seen[w] = true
				f.words = append(f.words, w)
				x.words[w] = append(x.words[w], len(x.forms))
			}
		}
	}
	x.forms = append(x.forms, f)
}
