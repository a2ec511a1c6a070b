package schema

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/reference"
)

// maxListed is how many codes the description of the code lists. The list is for editors, which
// show it as a pop-up or as a doc comment in generated types. Nobody reads a longer one there, and
// it would double the size of the schema.
const maxListed = 100

// codeDoc documents the field that tells the code, in Markdown: what it is for, and what each code
// means.
func (b *builder) codeDoc() string {
	doc, entries := "The error code, for programs to branch on.", b.coded()
	if b.byType() {
		doc = "The type of error, for programs to branch on."
	}
	if b.catalog.DocsURL != "" && !strings.Contains(b.catalog.DocsURL, "{") {
		doc += " Every code is documented at " + b.catalog.DocsURL + "."
	}
	if len(entries) == 0 || len(entries) > maxListed {
		return doc
	}
	lines := make([]string, len(entries))
	for i, e := range entries {
		lines[i] = "- `" + e.Code + "` (" + statusList(e.Statuses) + "): " + codeLine(e)
	}
	return doc + "\n\n" + strings.Join(lines, "\n")
}

func statusList(statuses []int) string {
	texts := make([]string, len(statuses))
	for i, s := range statuses {
		texts[i] = strconv.Itoa(s)
	}
	return strings.Join(texts, ", ")
}

// codeLine says in a line what a code means, what to do about it, and whether it may go away.
func codeLine(e *catalog.Entry) string {
	parts := []string{reference.Sentence(e.Title)}
	if text := paragraph(e.Resolution); text != "" {
		parts = append(parts, text)
	}
	if e.Stability == catalog.Experimental || e.Stability == catalog.Beta {
		parts = append(parts, "Stability: "+string(e.Stability)+".")
	}
	if d := e.Deprecated; d != nil {
		parts = append(parts, reference.Deprecation(d))
	}
	return strings.Join(parts, " ")
}

// paragraph returns the first paragraph of a text as one line.
func paragraph(text catalog.Markdown) string {
	first, _, _ := strings.Cut(strings.TrimSpace(string(text)), "\n\n")
	return strings.Join(strings.Fields(first), " ")
}

// examples returns a body for each status branch: that of its first code.
func (b *builder) examples() []json.RawMessage {
	var examples []json.RawMessage
	for _, f := range b.statusFamilies(b.entries) {
		examples = append(examples,
			b.catalog.ExampleBody(f.first, &f.first.Variants[0], f.first.Statuses[0]))
	}
	return examples
}
