// Package reference is what the published references say alike, whatever they are written in: how
// long to wait before a retry, where in a body the code stands, what a status is called, how a
// message with blanks reads.
//
// It takes the resolved catalog and returns plain text, which the emitter escapes for its page, or,
// where a comment says so, Markdown for the descriptions in schemas.
package reference

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/message"
)

// StatusTitle returns the name that the catalog's status table gives a status, or else the one that
// HTTP has; "" if neither has.
func StatusTitle(c *catalog.Catalog, status int) string {
	if s := c.Status(status); s != nil {
		return s.Title
	}
	return http.StatusText(status)
}

// StatusLine returns a status with its name: 404 Not Found.
func StatusLine(c *catalog.Catalog, status int) string {
	return strings.TrimSpace(strconv.Itoa(status) + " " + StatusTitle(c, status))
}

// Sentence ends a text, which is not empty, with a full stop, unless it ends in punctuation.
func Sentence(text string) string {
	if strings.ContainsAny(text[len(text)-1:], ".!?") {
		return text
	}
	return text + "."
}

// Deprecation says since when a code should not be relied on and what to use, in a sentence of
// Markdown.
func Deprecation(d *catalog.Deprecation) string {
	text := "Deprecated"
	if d.Since != "" {
		text += " since " + d.Since
	}
	if d.Use != nil {
		text += ": use `" + d.Use.Code + "`"
	}
	return Sentence(text)
}

// StandsFor says in a sentence which failures without a code of their own a code answers for; "" if
// none.
func StandsFor(c *catalog.Catalog, e *catalog.Entry) string {
	var failures []string
	for _, f := range c.StandsFor(e) {
		switch f {
		case catalog.AnyFailure:
			failures = append(failures, "any server failure without a code of its own")
		case catalog.BodyTooLarge:
			failures = append(failures, "a request body that is too large")
		case catalog.DeadlinePassed:
			failures = append(failures, "a request that took too long")
		}
	}
	if len(failures) == 0 {
		return ""
	}
	return "Also sent for " + strings.Join(failures, ", and for ") + "."
}

// WithBlanks returns a template as readers see it: names in angle brackets.
func WithBlanks(t message.Template) string { return t.Fill(message.Blank) }

// HeaderLine returns a response header as readers see it, and with the values of the examples.
func HeaderLine(e *catalog.Entry, h catalog.Header) (line, example string) {
	return h.Name + ": " + WithBlanks(h.Value), h.Name + ": " + e.ExampleHeader(&h)
}
