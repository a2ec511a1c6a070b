package synth

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
)

// Catalog returns a resolved catalog of n plain codes in one group and the nested envelope, for
// emitters. Its codes have the statuses that APIs use most.
func Catalog(n int) *catalog.Catalog {
	const docs = "https://docs.example.com/errors"
	statuses := []int{
		400, 401, 402, 403, 404, 405, 409, 410, 412, 413, 415, 422, 429, 500, 502, 503,
	}
	g := catalog.Group{ID: "all", Title: "All", Anchor: "all"}
	for i := range n {
		code := fmt.Sprintf("SYNTHETIC_ERROR_%05d", i)
		text := fmt.Sprintf("Synthetic error %d happened", i)
		g.Entries = append(g.Entries, &catalog.Entry{
			Index: i, Code: code, Statuses: []int{statuses[i%len(statuses)]},
			Title:      fmt.Sprintf("Synthetic error %d", i),
			Resolution: "Read the docs, then try something else.", Stability: catalog.Stable,
			Anchor: strings.ToLower(code), DocsURL: docs + "#" + strings.ToLower(code),
			Variants: []catalog.Variant{{Message: catalogtest.Template(text)}},
		})
	}
	return &catalog.Catalog{
		Title: "Many errors", Service: "many", DocsURL: docs,
		Envelope: catalogtest.Envelopes()[0].Envelope, Groups: []catalog.Group{g},
	}
}
