package python

import "github.com/errspec/errspec/gen/internal/catalog"

// FixedFor returns the fixed part as it stands in the folder fixed, with what is made of a catalog.
func FixedFor(c *catalog.Catalog) string {
	g := newGenerator(c)
	return withMarks(fixed, g.section)
}

// withMarks is sections, but the comments stay.
func withMarks(src string, of func(string) string) string {
	return sections(src, func(name string) string {
		return "# catalog: " + name + "\n" + of(name) + "# catalog: end\n"
	})
}
