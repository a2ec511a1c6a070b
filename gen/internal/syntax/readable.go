package syntax

import (
	"fmt"
	"unicode/utf8"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
)

// readable reports whether the file is text that the YAML parser and we see alike: not too large,
// UTF-8, and without characters that YAML forbids or takes for line ends where nobody else does.
func readable(f *diag.File, list *diag.List) bool {
	src := f.Bytes()
	if len(src) > source.MaxSize {
		list.Add(diag.Diagnostic{
			Severity: diag.Error,
			Rule:     rule.LimitExceeded,
			Span:     diag.Span{File: f, Line: 1, Col: 1},
			Message: fmt.Sprintf(
				"the file is larger than %d MiB, the limit for all files of a catalog together",
				source.MaxSize>>20),
			Help: "shorten the texts, or split the catalog",
		})
		return false
	}
	start := 0
	if hasBOM(src) {
		start = 3
	}
	for i := start; i < len(src); {
		c := src[i]
		if c >= ' ' && c < 0x7F || c == '\n' || c == '\t' {
			i++
			continue
		}
		if c == '\r' && i+1 < len(src) && src[i+1] == '\n' {
			i++
			continue
		}
		r, n := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && n == 1 {
			list.Add(
				refused(f, i, rule.YAMLSyntax, fmt.Sprintf("the file is not UTF-8: unexpected byte 0x%02X", c),
					"save the file as UTF-8"))
			return false
		}
		if problem := forbidden(r); problem != "" {
			list.Add(refused(f, i, rule.ControlCharacter, problem,
				"remove it"))
			return false
		}
		i += n
	}
	return true
}

func refused(f *diag.File, at int, id, message, help string) diag.Diagnostic {
	span := f.At(at, 1)
	if f.Bytes()[at] == '\r' {
		span.Len = 0 // it may be the end of its line
	}
	return diag.Diagnostic{Severity: diag.Error, Rule: id, Span: span, Message: message, Help: help}
}

// forbidden says why a character outside printable ASCII cannot be in a catalog file, or "".
func forbidden(r rune) string {
	switch {
	case r < ' ' || r == 0x7F || r >= 0x80 && r < 0xA0:
		return fmt.Sprintf("the file contains the control character U+%04X", r)
	case r == 0x2028 || r == 0x2029:
		return fmt.Sprintf("the file contains U+%04X, "+
			"which YAML treats as a line end, but most programs do not",
			r)
	case r == 0xFEFF:
		return "the file contains a byte order mark (U+FEFF) that is not at its start"
	case r == 0xFFFE || r == 0xFFFF:
		return fmt.Sprintf("the file contains U+%04X, which is not a character", r)
	}
	return ""
}
