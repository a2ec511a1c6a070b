package gocode

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/catalog"
)

// codes emits the constants of codes, group by group; and, in the first file, those of all variants.
func (g *generator) codes(first int, entries []*catalog.Entry) []byte {
	return append(header(g.pkg), render(func(f *jen.File) {
		for len(entries) > 0 {
			group := entries[0].Group
			n := slices.IndexFunc(entries, func(e *catalog.Entry) bool { return e.Group != group })
			if n < 0 {
				n = len(entries)
			}
			comment(f, "The codes of group “"+g.catalog.Groups[group].Title+"”.")
			f.Const().DefsFunc(func(defs *jen.Group) {
				for _, e := range entries[:n] {
					codeConst(defs, e)
				}
			})
			f.Line()
			entries = entries[n:]
		}
		if first == 0 {
			g.variants(f)
		}
	})...)
}

// codeConst emits, inside a const block,
//
//	// CodeFileTooLarge (HTTP 413): File too large. Images 10 MB, video 100 MB.
//	//
//	// See [FileTooLargeError] and https://….
//	CodeFileTooLarge Code = "FILE_TOO_LARGE"
func codeConst(defs *jen.Group, e *catalog.Entry) {
	text := fmt.Sprintf("%s (%s): %s", e.Go.Code, statuses(e), sentence(e.Title))
	if first := paragraphs(e.Resolution)[0]; first != "" {
		text += " " + first
	}
	see := "See [" + e.Go.Type + "]"
	if e.DocsURL != "" {
		see += " and " + e.DocsURL
	}
	comment(defs, text, see+".", deprecation(e))
	defs.Id(e.Go.Code).Id("Code").Op("=").Op(strconv.Quote(e.Code))
}

// variants emits the sentinels of all variants:
//
//	// VariantNotFoundAgent: "Agent not found for code: ${agent_code}".
//	VariantNotFoundAgent Variant = "NOT_FOUND/agent"
func (g *generator) variants(f *jen.File) {
	var defs []func(*jen.Group)
	for e := range g.catalog.All() {
		if !e.HasVariants() {
			continue
		}
		for i := range e.Variants {
			v := &e.Variants[i]
			defs = append(defs, func(defs *jen.Group) {
				comment(defs, v.Go.Const+": “"+v.Message.String()+"”", deprecation(e))
				defs.Id(v.Go.Const).Id("Variant").Op("=").Op(strconv.Quote(e.Code + "/" + v.ID))
			})
		}
	}
	if len(defs) == 0 {
		return
	}
	comment(f, "The variants of codes that have several messages.")
	f.Const().DefsFunc(func(group *jen.Group) {
		for _, def := range defs {
			def(group)
		}
	})
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
