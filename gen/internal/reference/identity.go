package reference

import (
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
)

// Recognition says how a client knows an error whose body has no code; "" if the code tells.
func Recognition(e *catalog.Entry) string {
	const noCode = "The body has no code. Recognize it by "
	words := make([]string, len(e.Statuses))
	for i, s := range e.Statuses {
		words[i] = strconv.Itoa(s)
	}
	status := "status " + strings.Join(words, " or ")
	switch e.KnownBy {
	case catalog.ByType:
		return noCode + "its type " + e.Type + "."
	case catalog.ByStatus:
		return noCode + status + "."
	case catalog.ByMessage:
		return noCode + status + " and its message."
	case catalog.ByBody:
		return noCode + status + " and the members of its body."
	default:
		return ""
	}
}

// NoCodes says how clients tell errors apart if no body has a code or a type that does: all; or
// that some have none: some. Of the two, one at most is not "".
func NoCodes(c *catalog.Catalog) (all, some string) {
	coded, anonymous := 0, 0
	for e := range c.Public() {
		if e.Anonymous {
			anonymous++
		} else {
			coded++
		}
	}
	switch {
	case anonymous == 0:
		return "", ""
	case coded == 0:
		return "No error has a code in its body. Recognize an error by its HTTP status; " +
			"if several share a status, by its message or its members. Each entry says which.", ""
	default:
		return "", "Some errors have no code in their body; their entries say how to recognize them."
	}
}

// Whose names the API that has the errors.
func Whose(c *catalog.Catalog) string {
	if c.Service != "" {
		return "the " + c.Service + " API"
	}
	return "the catalog “" + c.Title + "”"
}
