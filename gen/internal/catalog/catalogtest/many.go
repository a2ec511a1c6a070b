package catalogtest

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
)

// Many returns a catalog of n plain codes in the nested envelope, spread over the statuses that APIs use most.
func Many(n int) *catalog.Catalog {
	c := &catalog.Catalog{Title: "Many errors", Service: "many", DocsURL: "https://docs.example.com/errors", Envelope: Envelopes()[0].Envelope}
	statuses := []int{400, 401, 402, 403, 404, 405, 409, 410, 412, 413, 415, 422, 429, 500, 502, 503}
	g := catalog.Group{ID: "all", Title: "All", Anchor: "all"}
	for i := range n {
		code := fmt.Sprintf("SYNTHETIC_ERROR_%05d", i)
		e := &catalog.Entry{
			Index: i, Code: code, Statuses: []int{statuses[i%len(statuses)]}, Title: fmt.Sprintf("Synthetic error %d", i),
			Resolution: "Read the docs, then try something else.", Stability: catalog.Stable,
			Anchor: strings.ToLower(code), DocsURL: c.DocsURL + "#" + strings.ToLower(code),
			Variants: oneMessage(fmt.Sprintf("Synthetic error %d happened", i)),
		}
		g.Entries = append(g.Entries, e)
	}
	c.Groups = []catalog.Group{g}
	return c
}
