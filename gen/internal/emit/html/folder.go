package html

import (
	"strings"
	"unicode"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/slug"
)

// foldersOf returns the folder of each code's own page, by its anchor. It is the anchor itself, so
// that a docs_url with {anchor} leads there, unless some file system does not take it or takes it
// for another's. Internal codes have no page, but keep their folders, so that the others' do not
// depend on who is public.
func foldersOf(c *catalog.Catalog) map[string]string {
	folders := make(map[string]string, c.Len()+len(c.Retired))
	taken := make(slug.Set, c.Len()+len(c.Retired))
	name := func(code, anchor string) {
		folder := anchor
		if !portable(anchor) || !taken.Take(folded(anchor)) {
			folder = slug.File(anchor)
			if !taken.Take(folded(folder)) {
				folder += "-" + taken.Distinct(code, func(mark string) string {
					return folded(folder + "-" + mark)
				})
			}
		}
		folders[anchor] = folder
	}
	for e := range c.All() {
		name(e.Code, e.Anchor)
	}
	for i := range c.Retired {
		name(c.Retired[i].Code, c.Retired[i].Anchor)
	}
	return folders
}

// maxFolder is how many bytes of a name all file systems take, whatever form of accents they keep.
const maxFolder = 80

// portable reports whether every file system keeps an anchor as the name of a folder, and sites do
// not skip it.
func portable(anchor string) bool {
	if anchor == "" || len(anchor) > maxFolder || anchor[0] == '_' || anchor[0] == '-' {
		return false
	}
	if strings.ContainsFunc(anchor, func(r rune) bool {
		return unicode.IsMark(r) || r != '-' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		return false
	}
	plain := !strings.ContainsFunc(anchor, func(r rune) bool { return r > unicode.MaxASCII })
	return !plain || slug.File(anchor) == anchor // else a device on Windows
}

// folded returns the same text for names that differ in the case of letters.
func folded(name string) string {
	return strings.Map(func(r rune) rune {
		least := r
		for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
			least = min(least, next)
		}
		return least
	}, name)
}
