package python

import "github.com/errspec/errspec/gen/internal/catalog"

// RuntimeFor returns the runtime of the folder runtime, with what is made of a catalog.
func RuntimeFor(c *catalog.Catalog) string {
	g := newGenerator(c)
	return withMarks(runtime, g.section)
}

// withMarks is sections, but the comments stay.
func withMarks(src string, of func(string) string) string {
	return sections(src, func(name string) string {
		return "# catalog: " + name + "\n" + of(name) + "# catalog: end\n"
	})
}
