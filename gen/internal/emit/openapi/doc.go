package openapi

import (
	"net/url"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/reference"
)

// maxListed is how many codes the description of a status lists.
const maxListed = 100

// statusDoc describes the response to a status: its name, its cause, and what codes may come with
// it.
func (b *builder) statusDoc(status int, entries []*catalog.Entry) string {
	text := reference.StatusLine(b.catalog, status)
	if row := b.catalog.Status(status); row != nil && row.Cause != "" {
		text += ": " + strings.TrimSpace(string(row.Cause))
	}
	if len(entries) > maxListed {
		return text
	}
	text += "\n"
	for _, e := range entries {
		text += "\n- `" + e.Code + "`: " + reference.Sentence(e.Title)
	}
	return text
}

// codeDoc describes the response to a code: what it means, what to do about it, whether to try
// again, and where to read more.
func (b *builder) codeDoc(e *catalog.Entry, statuses []int) string {
	lines := make([]string, len(statuses))
	for i, status := range statuses {
		lines[i] = reference.StatusLine(b.catalog, status)
	}
	paragraphs := []string{
		strings.Join(lines, " or ") + ", `" + e.Code + "`: " + reference.Sentence(e.Title),
		string(e.Description),
		string(e.Resolution),
		reference.Recognition(e),
		reference.RetryAdvice(e),
	}
	if d := e.Deprecated; d != nil {
		paragraphs = append(paragraphs, reference.Deprecation(d)+" "+string(d.Note))
	}
	var text []string
	for _, p := range paragraphs {
		if p = strings.TrimSpace(p); p != "" {
			text = append(text, p)
		}
	}
	return strings.Join(text, "\n\n")
}

// describe says in the schema of a code's body which code it is, and where to read more.
func describe(s *encode.Schema, e *catalog.Entry) {
	s.Description = "`" + e.Code + "`: " + reference.Sentence(e.Title)
	s.Deprecated = e.Deprecated != nil
	if u, err := url.Parse(e.DocsURL); err == nil && u.IsAbs() {
		s.Docs = &encode.ExternalDocs{URL: e.DocsURL}
	}
}
