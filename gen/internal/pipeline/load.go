package pipeline

import (
	"sync"

	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/check"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// Load reads and checks a catalog. The catalog is nil if and only if the list has errors. A catalog
// of the wrong form is checked as far as possible, so that one run reports all problems. enabled
// are opt-in rules that count even if the catalog does not enable them.
func Load(src *source.Source, enabled ...string) (*catalog.Catalog, diag.List) {
	v, list := Version(src, enabled...)
	return v.Resolved, list
}

// Version is Load for a catalog that is compared with another version. It also keeps what was
// written.
func Version(src *source.Source, enabled ...string) (breaking.Version, diag.List) {
	written, list := syntax.Parse(src)
	if written == nil || list.IsFull() { // twenty thousand errors are enough
		return breaking.Version{}, list
	}
	c, more := check.Check(written, enabled...)
	list.Append(more)
	if list.HasErrors() {
		return breaking.Version{}, list
	}
	return breaking.Version{Written: written, Resolved: c}, list
}

// Versions loads two versions of a catalog concurrently. A version without a source is the zero
// one, without diagnostics.
func Versions(before, after *source.Source) (
	was, is breaking.Version, wrongBefore, wrongNow diag.List,
) {
	var wg sync.WaitGroup
	if before != nil {
		wg.Go(func() { was, wrongBefore = Version(before) })
	}
	is, wrongNow = Version(after)
	wg.Wait()
	return was, is, wrongBefore, wrongNow
}
