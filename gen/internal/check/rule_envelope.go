package check

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

// jsonMedia matches the media types of JSON: its own, those that end in +json, and those of AWS,
// application/x-amz-json-1.1.
var jsonMedia = regexp.MustCompile(
	`^[a-z]+/([a-z0-9.-]+\+json|(x-[a-z0-9]+-)?json(-[0-9.]+)?)(; ?[a-z]+=[a-zA-Z0-9-]+)*$`)

// mediaType judges the media type of an envelope that has a body.
func (m *model) mediaType() {
	s := m.written.Envelope.MediaType
	if !s.IsSet() || !m.written.Envelope.Body.IsSet() || jsonMedia.MatchString(s.Text) {
		return
	}
	problem := "is not a media type of JSON"
	help := "write application/json, or a type that ends in +json"
	kind, _, hasParams := strings.Cut(s.Text, ";")
	switch lower := strings.ToLower(strings.TrimSpace(kind)); {
	case !jsonMedia.MatchString(lower):
	case lower != kind:
		problem, help = "has capital letters or white space in its type", "write "+lower
	case hasParams:
		problem = "has a parameter that errspec cannot read"
		help = "write parameters without quotes, as in `" + kind + "; charset=utf-8`"
	}
	m.report(diag.Diagnostic{
		Rule: rule.EnvelopeInvalid, Span: s.Span(), Path: "envelope.media_type",
		Message: fmt.Sprintf("%q %s", s.Text, problem),
		Help:    help,
	})
}
