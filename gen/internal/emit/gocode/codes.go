package gocode

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
)

// codes emits the constants of codes, group by group; and, in the first file, those of all variants.
func (g *generator) codes(first int, entries []*catalog.Entry) ([]byte, error) {
	w := &writer{format: g.format}
	w.Write(header(g.pkg))
	w.start = w.Len()
	for i, e := range entries {
		if i == 0 || e.Group != entries[i-1].Group {
			w.comment("", "The codes of group “"+g.catalog.Groups[e.Group].Title+"”.")
			w.line("const (")
		}
		codeConst(w, e)
		if i+1 == len(entries) || e.Group != entries[i+1].Group {
			w.line(")\n")
			if err := w.settle(); err != nil {
				return nil, err
			}
		}
	}
	if first == 0 {
		g.variants(w)
	}
	w.Truncate(len(bytes.TrimRight(w.Bytes(), "\n")) + 1) // gofmt has one line break at the end
	return w.Bytes(), w.settle()
}

// codeConst emits, inside a const block,
//
//	// CodeFileTooLarge (HTTP 413): File too large. See [FileTooLargeError].
//	CodeFileTooLarge Code = "FILE_TOO_LARGE"
func codeConst(w *writer, e *catalog.Entry) {
	w.comment("\t", fmt.Sprintf("%s (%s): %s See [%s].", e.Go.Code, statuses(e), sentence(e.Title), e.Go.Type), deprecation(e))
	w.line("\t", e.Go.Code, " Code = ", strconv.Quote(e.Code))
}

// variants emits the sentinels of all variants:
//
//	// VariantNotFoundAgent: "Agent not found for code: ${agent_code}".
//	VariantNotFoundAgent Variant = "NOT_FOUND/agent"
func (g *generator) variants(w *writer) {
	open := false
	for e := range g.catalog.All() {
		if !e.HasVariants() {
			continue
		}
		if !open {
			w.comment("", "The variants of codes that have several messages.")
			w.line("const (")
			open = true
		}
		for i := range e.Variants {
			v := &e.Variants[i]
			w.comment("\t", v.Go.Const+": “"+v.Message.String()+"”", deprecation(e))
			w.line("\t", v.Go.Const, " Variant = ", strconv.Quote(e.Code+"/"+v.ID))
		}
	}
	if open {
		w.line(")")
	}
}

// statuses names an entry's HTTP statuses: HTTP 401, or HTTP 401 or 403.
func statuses(e *catalog.Entry) string {
	words := make([]string, len(e.Statuses))
	for i, s := range e.Statuses {
		words[i] = strconv.Itoa(s)
	}
	return "HTTP " + list(words, "or")
}

// deprecation returns the paragraph that Go tools know, or "".
func deprecation(e *catalog.Entry) string {
	d := e.Deprecated
	if d == nil {
		return ""
	}
	var parts []string
	if d.Since != "" {
		parts = append(parts, "since "+d.Since+".")
	}
	if d.Use != nil {
		parts = append(parts, "Use ["+d.Use.Go.Code+"].")
	}
	parts = append(parts, paragraphs(d.Note)...)
	return "Deprecated: " + strings.TrimSpace(strings.Join(parts, " "))
}
