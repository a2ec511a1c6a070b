package gocode

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/value"
)

//go:embed runtime/core.go runtime/info.go runtime/text.go runtime/message.go runtime/params.go
//go:embed runtime/redacted.go runtime/several.go runtime/copies.go runtime/tree.go
//go:embed runtime/server.go runtime/client.go runtime/reader.go runtime/retry.go
//go:embed runtime/catalog_test.go runtime/apierrtest/apierrtest.go
var runtimeSource embed.FS

// runtimeNeeds says which features bring a file of the runtime into a package: one is enough. A
// file that is not listed is in every package.
//
// No file is named after the package: the go command would take errors_windows_test.go for a test
// on Windows alone.
var runtimeNeeds = map[string]features{
	"server.go":       {"server"},
	"client.go":       {"client"},
	"reader.go":       {"client"},
	"retry.go":        {"retry"},
	"message.go":      {"readparams"},
	"params.go":       {"bodyparams"},
	"copies.go":       {"copies"},
	"several.go":      {"each"},
	"redacted.go":     {"sensitive"},
	"catalog_test.go": {"tests"},
}

// runtimeFiles returns the part of the package that is the same for every catalog with the same
// features. The others are the files that are made of the catalog.
func runtimeFiles(f features, pkg string, others []emit.File) ([]emit.File, error) {
	var files []emit.File
	err := fs.WalkDir(runtimeSource, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Dir(name) != "runtime" {
			return err
		}
		if needs := runtimeNeeds[d.Name()]; needs != nil && !f.anyOf(needs) {
			return nil
		}
		src, err := runtimeSource.ReadFile(name)
		if err != nil {
			return err
		}
		kept, err := emit.Fit(string(src), "//", f.has)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		files = append(files, emit.File{Path: d.Name(), Data: []byte(kept)})
		return nil
	})
	if err != nil {
		return nil, err
	}
	if files, err = withoutUnused(files, others); err != nil {
		return nil, err
	}
	for i := range files {
		_, rest, _ := strings.Cut(usedImports(string(files[i].Data)), "\n")
		files[i].Data, err = formatted([]byte(emit.GoMarkLine + "\n\npackage " + pkg + "\n" + rest))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", files[i].Path, err)
		}
	}
	return files, nil
}

// Also returns the files of the test helpers, which go when the user no longer asks for them.
func Also(o Options) []string {
	pkg := o.Package + "test"
	return []string{pkg + "/" + pkg + ".go", pkg + "/example_test.go"}
}

// testHelpers returns the package of test helpers, which is in a folder of the package that it
// helps to test.
func (g *generator) testHelpers(importPath string) ([]emit.File, error) {
	src, err := runtimeSource.ReadFile("runtime/apierrtest/apierrtest.go")
	if err != nil {
		return nil, err
	}
	kept, err := emit.Fit(string(src), "//", g.has)
	if err != nil {
		return nil, err
	}
	text := usedImports(kept)
	if e := g.exampleEntry(); e != nil {
		text = strings.ReplaceAll(text, "CodeX", e.Go.Code)
	}
	pkg := g.pkg + "test"
	doc, code, _ := strings.Cut(text, "package apierrtest\n")
	name := nameIn(code, g.pkg, "apierr")
	const stand = `apierr "github.com/errspec/errspec/gen/internal/emit/gocode/runtime"`
	doc = strings.NewReplacer("apierrtest", pkg, "apierr", g.pkg).Replace(doc)
	code = strings.NewReplacer(
		stand, importSpec(name, g.pkg, importPath), "apierrtest", pkg, "apierr", name).Replace(code)
	data, err := formatted([]byte(emit.GoMarkLine + "\n\n" + doc + "package " + pkg + "\n" + code))
	if err != nil {
		return nil, err
	}
	files := []emit.File{{Path: pkg + "/" + pkg + ".go", Data: data}}
	if e := g.helperEntry(); e != nil && g.has("tests") {
		data, err := formatted(helperExamples(g.pkg, importPath, e))
		if err != nil {
			return nil, err
		}
		files = append(files, emit.File{Path: pkg + "/example_test.go", Data: data})
	}
	return files, nil
}

// nameIn returns the name by which code imports a package: that of the package, or another one if
// the code has such a word already.
func nameIn(code, pkg, other string) string {
	if regexp.MustCompile(`\b` + regexp.QuoteMeta(pkg) + `\b`).MatchString(withoutComments(code)) {
		return other
	}
	return pkg
}

// importSpec returns the import of a package by a name.
func importSpec(name, pkg, path string) string {
	if name == pkg {
		return strconv.Quote(path)
	}
	return name + " " + strconv.Quote(path)
}

// Features are what a package may or may not have, by the words that fence their code in the
// runtime: see [emit.Fit].
type features []string

// has reports whether there is a feature.
func (f features) has(word string) bool { return slices.Contains(f, word) }

func (f features) anyOf(words []string) bool {
	return slices.ContainsFunc(words, f.has)
}

// featuresOf returns the features of a catalog's package.
func featuresOf(c *catalog.Catalog, entries []*entry, o Options) features {
	var f features
	has := func(word string, yes bool) {
		if yes && !slices.Contains(f, word) {
			f = append(f, word)
		}
	}
	has("tests", o.Tests)
	has("client", !o.NoClient)
	has("server", !o.NoServer)
	retried := func(e *entry) bool { return e.Retry != nil }
	has("retry", !o.NoClient && (c.RetryDefault != nil || slices.ContainsFunc(entries, retried)))
	has("copies", c.Service != "")
	has("tombstones", f.has("client") && len(c.Retired) > 0)
	inBody := func(roles ...catalog.Role) bool { return usesRole(&c.Envelope.Body, roles...) }
	inHeaders := func(role catalog.Role) bool {
		return slices.ContainsFunc(c.Envelope.ResponseHeaders(), func(h catalog.Header) bool {
			return slices.Contains(h.Value.Names(), string(role))
		})
	}
	writes := f.has("server") || f.has("copies")
	has("responseheaders", writes && len(c.Envelope.ResponseHeaders()) > 0)
	has("message", c.Reads(catalog.RoleMessage))
	has("instance", inBody(catalog.RoleInstance) || inHeaders(catalog.RoleInstance))
	has("title", inBody(catalog.RoleTitle))
	has("problem", c.PhrasesTitles())
	has("about", inBody(catalog.RoleType, catalog.RoleDocsURL, catalog.RoleGroup, catalog.RoleMeta))
	has("codenumber", inBody(catalog.RoleCodeNumber))
	has("seconds", inBody(catalog.RoleRetryAfter))
	has("retrybody", inBody(catalog.RoleRetryAfter))
	has("requestbody", inBody(catalog.RoleRequestID))
	has("statusbody", inBody(catalog.RoleStatus, catalog.RoleStatusString))
	has("statustext", inBody(catalog.RoleStatusText) || inHeaders(catalog.RoleStatusText))
	has("arrays", hasNode(&c.Envelope.Body, catalog.NodeArray))
	has("each", c.Envelope.Body.Each() != nil)
	has("ors", hasNode(&c.Envelope.Body, catalog.NodeOr))
	has("choices", hasChoice(&c.Envelope.Body, func(*catalog.Node) bool { return true }))
	has("metachoices", hasChoice(&c.Envelope.Body, func(n *catalog.Node) bool {
		return n.Role == catalog.RoleMeta
	}))
	has("looseitems", hasLooseItems(c, &c.Envelope.Body))
	has("ors", f.has("looseitems"))
	has("texts", hasNode(&c.Envelope.Body, catalog.NodeText))
	has("typeuri", inBody(catalog.RoleType))
	kinds := map[value.Kind]bool{}
	for _, e := range entries {
		has("variants", e.HasVariants())
		has("silent", e.Silent() >= 0)
		has("statuses", len(e.Statuses) > 1)
		has("description", e.Description != "")
		has("see", len(e.See) > 0)
		has("headers", len(e.Headers) > 0)
		has("sendheaders", slices.ContainsFunc(e.Headers, func(h catalog.Header) bool {
			return h.Canonical() != catalog.RetryAfter || !isDelay(e, &h)
		}))
		has("constantdelay", constantDelay(e) != "")
		has("values", len(e.Values) > 0)
		has("tags", len(e.Tags) > 0)
		has("meta", len(e.Meta) > 0)
		isPlain := func(m catalog.Meta) bool { return m.Plain }
		has("typedmeta", slices.ContainsFunc(e.Meta, isPlain) && inBody(catalog.RoleMeta))
		has("since", e.Since != "")
		has("stability", e.Stability != catalog.Stable)
		has("deprecated", e.Deprecated != nil)
		has("internal", e.Internal)
		has("anonymous", e.Anonymous && !e.Internal)
		has("bystatus", e.Anonymous && e.KnownBy != catalog.ByType && !e.Internal && !o.NoClient)
		has("bybody", e.KnownBy == catalog.ByBody && !e.Internal && !o.NoClient)
		has("typebody", (e.Type != "" || e.Anonymous) && c.Reads(catalog.RoleType) && !o.NoClient)
		has("params", len(e.Params) > 0)
		for i := range e.Params {
			p := &e.Params[i]
			has("sensitive", p.Sensitive)
			has("optional", p.Optional || within(&p.Type, hasOptional))
			has("retryparam", p.Kind == value.Int && p == retryAfterParam(e))
			kinds[p.Kind] = true
		}
	}
	has("silentbody", f.has("silent") && f.has("message"))
	has("variantbody", f.has("variants") && inBody(catalog.RoleVariant))
	has("variantid", f.has("variantbody") || f.has("variants") && inHeaders(catalog.RoleVariant))
	params := slices.Contains(f, "params")
	body := params && inBody(catalog.RoleParams, catalog.RoleParam)
	has("bodyparams", body)
	has("nested", body && anyParam(entries, func(p *param) bool { return isDeep(&p.Type) }))
	has("maps", body && hasKind(entries, value.Map))
	has("rawjson", body && hasKind(entries, value.JSON))
	has("apart", body && anyParam(entries, func(p *param) bool { return p.Apart }))
	has("seconds", body)
	has("codes", c.Reads(catalog.RoleCode) || len(c.Envelope.CodeHeaders) > 0)
	has("codeheaders", !o.NoClient && len(c.Envelope.CodeHeaders) > 0)
	has("headerparams", params && !o.NoClient && slices.ContainsFunc(entries, readsHeaders))
	has("readparams", params && !o.NoClient)
	has("readmessages", params || f.has("variants"))
	for _, k := range []value.Kind{
		value.Int, value.Float, value.Bool, value.Bytes, value.Duration, value.Time,
	} {
		// a body's params are written by the values' types, whichever they are
		has(k.String(), kinds[k] || body)
	}
	return f
}

// hasOptional reports whether an object has a field that may be absent.
func hasOptional(t *catalog.Type) bool {
	return slices.ContainsFunc(t.Fields, func(f catalog.Field) bool { return f.Optional })
}

// anyParam reports whether is holds for any param.
func anyParam(entries []*entry, is func(*param) bool) bool {
	return slices.ContainsFunc(entries, func(e *entry) bool {
		return slices.ContainsFunc(e.Params, func(p param) bool { return is(&p) })
	})
}

// hasNode reports whether an envelope has a node of a kind.
func hasNode(n *catalog.Node, k catalog.NodeKind) bool {
	return n.Kind == k ||
		slices.ContainsFunc(n.Members, func(m catalog.Member) bool { return hasNode(&m.Node, k) }) ||
		slices.ContainsFunc(n.Items, func(n catalog.Node) bool { return hasNode(&n, k) })
}

// readsHeaders reports whether a code has a header that clients read.
func readsHeaders(e *entry) bool {
	return slices.ContainsFunc(e.Headers, func(h catalog.Header) bool { return tellsMore(e, &h) })
}

// tellsMore reports whether a header has a param that not all messages have.
func tellsMore(e *entry, h *catalog.Header) bool {
	return slices.ContainsFunc(h.Value.Names(), func(name string) bool {
		return slices.ContainsFunc(e.Variants, func(v variant) bool {
			return !slices.Contains(v.Message.Names(), name)
		})
	})
}

// hasLooseItems reports whether an envelope has a list in which an element may be omitted.
func hasLooseItems(c *catalog.Catalog, n *catalog.Node) bool {
	public := slices.Collect(c.Public())
	inMember := func(m catalog.Member) bool { return hasLooseItems(c, &m.Node) }
	inItem := func(item catalog.Node) bool {
		return n.Kind == catalog.NodeArray && c.Presence(&item, public) != catalog.Always ||
			hasLooseItems(c, &item)
	}
	return slices.ContainsFunc(n.Members, inMember) || slices.ContainsFunc(n.Items, inItem)
}

// isDelay reports whether a Retry-After header says no more than Error.RetryAfter does: a param
// alone, or a number of seconds. The field cannot say 0.
func isDelay(e *entry, h *catalog.Header) bool {
	n, err := strconv.Atoi(h.Value.String())
	return err == nil && n > 0 || retryAfterParam(e) != nil
}

var (
	importLine = regexp.MustCompile(`(?m)^\t"([\w./]+)"\n`)
	version    = regexp.MustCompile(`/v\d+$`)
)

// usedImports returns source text without the imports that it does not use.
func usedImports(src string) string {
	code := withoutComments(src)
	return importLine.ReplaceAllStringFunc(src, func(line string) string {
		name := path.Base(version.ReplaceAllString(importLine.FindStringSubmatch(line)[1], ""))
		if qualifies(code, name) {
			return line
		}
		return ""
	})
}

// withoutComments returns source text without what follows a // at the start of a line or after a
// space.
func withoutComments(src string) string {
	var code strings.Builder
	for line := range strings.Lines(src) {
		line, _, _ = strings.Cut("\n"+strings.TrimSuffix(line, "\n"), "\n//")
		line, _, _ = strings.Cut(line, " //")
		line, _, _ = strings.Cut(line, "\t//")
		code.WriteString(line)
	}
	return code.String()
}

// qualifies reports whether code has the name of a package before a point.
func qualifies(code, name string) bool {
	for {
		before, after, found := strings.Cut(code, name+".")
		if !found {
			return false
		}
		if last, _ := utf8.DecodeLastRuneInString(before); !isInWord(last) {
			return true
		}
		code = after
	}
}

// isInWord reports whether a name may contain a character.
func isInWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// hasChoice reports whether a node is or contains a choice between roles, of which one is wanted.
func hasChoice(n *catalog.Node, isWanted func(*catalog.Node) bool) bool {
	if n.IsChoice() {
		for item := range n.Alternatives() {
			if isWanted(item) {
				return true
			}
		}
	}
	for part := range n.Parts() {
		if hasChoice(part, isWanted) {
			return true
		}
	}
	return false
}
