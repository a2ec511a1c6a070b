package gocode

import (
	"bytes"
	"strconv"
	"strings"
)

// codes emits the constants of codes, group by group; and, in the first file, those of all
// variants.
func (g *generator) codes(first int, entries []*entry) ([]byte, error) {
	w := &writer{}
	w.Write(header(g.pkg))
	w.start = w.Len()
	var consts []field // of a group
	for i, e := range entries {
		if i == 0 || e.Group != entries[i-1].Group {
			w.comment("The codes of group “" + g.catalog.Groups[e.Group].Title + "”.")
			w.line("const (")
		}
		consts = append(consts, sentinel(e.Go.Code, "Code", e.Code, statuses(e)+": "+e.Title, e))
		if i+1 == len(entries) || e.Group != entries[i+1].Group {
			w.fields(consts)
			consts = consts[:0]
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

// sentinel returns the line of a sentinel, with what it is about at its end, or above it where the
// line would get too long:
//
//	CodeFileTooLarge Code = "FILE_TOO_LARGE" // HTTP 413: File too large
func sentinel(name, typ, value, about string, e *entry) field {
	f := field{name: name, rest: typ + " = " + strconv.Quote(value)}
	comment := commentLines([]string{name + ": " + about, deprecation(e)})
	remark := strings.Join(strings.Fields(illegal.Replace(about)), " ")
	if len(comment) == 1 && len(name+f.rest+remark) < 90 {
		f.remark = remark
	} else {
		f.doc = comment
	}
	return f
}

// variants emits the sentinels of all variants:
//
//	VariantNotFoundAgent Variant = "NOT_FOUND/agent" // “Agent not found for code: ${agent_code}”
func (g *generator) variants(w *writer) {
	var consts []field
	for _, e := range g.entries {
		for i := range e.Variants {
			if v := &e.Variants[i]; e.HasVariants() {
				says := "“" + v.Message.String() + "”"
				if v.Silent {
					says = "without a message"
				}
				consts = append(consts, sentinel(v.Go.Const, "Variant", e.Code+"/"+v.ID, says, e))
			}
		}
	}
	if len(consts) > 0 {
		w.comment("The variants of codes that have several messages.")
		w.line("const (")
		w.fields(consts)
		w.line(")")
	}
}

// statuses names an entry's HTTP statuses: HTTP 401, or HTTP 401 or 403.
func statuses(e *entry) string {
	words := make([]string, len(e.Statuses))
	for i, s := range e.Statuses {
		words[i] = strconv.Itoa(s)
	}
	return "HTTP " + list(words, "or")
}

// deprecation returns the paragraph that Go tools know, or "".
func deprecation(e *entry) string {
	d := e.Deprecated
	if d == nil {
		return ""
	}
	var parts []string
	if d.Since != "" {
		parts = append(parts, "since "+d.Since+".")
	}
	if d.Use != nil {
		parts = append(parts, "Use ["+nameOf(d.Use).Code+"].")
	}
	parts = append(parts, paragraphs(d.Note)...)
	return "Deprecated: " + strings.TrimSpace(strings.Join(parts, " "))
}
