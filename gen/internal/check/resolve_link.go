package check

import (
	"fmt"

	"github.com/errspec/errspec/gen/internal/catalog"
)

// links resolves a code's further reading.
func (e *entry) links() {
	for i := range e.w.Links {
		w := &e.w.Links[i]
		path := fmt.Sprintf("links[%d]", i)
		e.out.Links = append(e.out.Links,
			catalog.Link{Title: e.m.plain(e, w.Title, path+".title"), URL: w.URL.Text})
	}
}
