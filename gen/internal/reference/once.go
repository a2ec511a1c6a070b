package reference

import (
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
)

// Branching says how a client tells errors apart, in sentences.
func Branching(c *catalog.Catalog) []Word {
	noCode, someNoCode := NoCodes(c)
	if noCode != "" {
		return []Word{{Text: noCode + " New errors may appear at any time: " +
			"handle an unknown one by its HTTP status."}}
	}
	body := &c.Envelope.Body
	at := func(path, otherwise string) Word {
		if path == "" {
			return Word{Text: otherwise}
		}
		return Word{Text: path, Code: true}
	}
	text := func(s string) Word { return Word{Text: s} }
	code := at(CodePath(c), "the code")
	message := at(Path(body, catalog.RoleMessage), "the message")
	words := []Word{text("Branch on "), code}
	variant := Path(body, catalog.RoleVariant)
	switch {
	case !hasVariants(c):
		words = append(words, text(", not on "), message, text(", whose wording may change."))
	case variant != "":
		words = append(words, text(", and then on "), at(variant, ""),
			text(" if the code has variants. Do not branch on "),
			message, text(", whose wording may change."))
	default:
		words = append(words, text(". If a code has variants, "), message,
			text(" tells them apart, and its wording is stable. Any other wording may change."))
	}
	if someNoCode != "" {
		words = append(words, text(" "+someNoCode))
	}
	return append(words,
		text(" New codes may appear at any time: handle unknown codes by their HTTP status."))
}

func hasVariants(c *catalog.Catalog) bool {
	for e := range c.Public() {
		if e.HasVariants() {
			return true
		}
	}
	return false
}

// Meaning returns the title of a code, or "" if it only repeats the code: NOT_FOUND, "Not found".
func Meaning(e *catalog.Entry) string {
	if sameWords(e.Title, e.Code) {
		return ""
	}
	return e.Title
}

// StatusMeaning returns the name of a status of a code, or "" if it only repeats the code or its
// title.
func StatusMeaning(c *catalog.Catalog, e *catalog.Entry, status int) string {
	title := StatusTitle(c, status)
	if sameWords(title, e.Code) || sameWords(title, e.Title) {
		return ""
	}
	return title
}

func sameWords(a, b string) bool {
	return strings.EqualFold(withoutSeparators(a), withoutSeparators(b))
}

// withoutSeparators returns a name without what is between its words.
func withoutSeparators(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" _-.", r) {
			return -1
		}
		return r
	}, name)
}
