package changelog

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/rule"
)

// Markdown returns a page with a heading for each release. reference is the URL of the codes'
// entries, if the catalog has none:
//
//	## v1.3.0 (2026-06-12)
//
//	### Changed
//
//	- **Breaking:** [`VALIDATION_ERROR`](https://…#validation_error): the status was 422 and is
//	  400 now.
func Markdown(releases []Release, reference string) []byte {
	var b bytes.Buffer
	b.WriteString("# Changelog\n")
	told := false
	for i := range releases {
		r := &releases[i]
		if len(r.Changes) == 0 {
			continue
		}
		told = true
		b.WriteString("\n## " + mdtext.Literal(r.heading()) + "\n")
		for _, k := range kinds {
			r.section(&b, k, reference)
		}
	}
	if !told {
		b.WriteString("\nNothing has changed.\n")
	}
	return b.Bytes()
}

func (r *Release) heading() string {
	if r.Date == "" {
		return r.Name
	}
	return r.Name + " (" + r.Date + ")"
}

func (r *Release) section(b *bytes.Buffer, k kind, reference string) {
	empty := true
	for i := range r.Changes {
		ch := &r.Changes[i]
		if kindOf(ch) != k.id {
			continue
		}
		if empty {
			b.WriteString("\n### " + k.title + "\n\n")
			empty = false
		}
		b.WriteString("- " + r.line(ch, reference) + "\n")
	}
}

// line describes one change in a sentence.
func (r *Release) line(ch *breaking.Change, reference string) string {
	var lead string
	switch breaks(ch) {
	case rule.Wire, rule.Contract:
		lead = "**Breaking:** "
	case rule.Source:
		lead = "**Breaking in generated code:** "
	case rule.SourceGo:
		lead = "**Breaking in Go:** "
	case rule.SourceTypeScript:
		lead = "**Breaking in TypeScript:** "
	case rule.SourcePython:
		lead = "**Breaking in Python:** "
	}
	text := ch.Text.Markdown()
	switch {
	case len(ch.Codes) == 0:
		text = capital(text)
	case len(ch.Codes) > 1 && ch.New.Of == breaking.InPolicy:
		var codes []string
		for _, code := range ch.Codes {
			codes = append(codes, mdtext.Code(code))
		}
		text = strings.Join(codes, ", ") + ": " + text
	default:
		code := mdtext.Code(ch.Codes[0])
		if url := r.link(ch, reference); url != "" {
			code = mdtext.Link(code, url)
		}
		text = code + ": " + text
	}
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	if note := r.note(ch); note != "" {
		text += " " + mdtext.Cell(string(note))
	}
	return lead + text
}

func capital(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[n:]
}
