package check

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// linkForms judges the links of the catalog and its codes, and what links are made from.
func (m *model) linkForms() {
	w := m.written
	m.link(nil, w.DocsURL, "docs_url")
	m.base(w.DocsURL, "docs_url", "#")
	m.docsURLPages()
	m.link(nil, w.Docs.EditURL, "docs.edit_url")
	m.base(w.Docs.EditURL, "docs.edit_url", "")
	m.identifier(w.TypeBase, "type_base")
	m.base(w.TypeBase, "type_base", "")
	m.typeBaseEnd()
	for i := range m.entries {
		e := &m.entries[i]
		for k := range e.w.Links {
			m.link(e, e.w.Links[k].URL, fmt.Sprintf("links[%d].url", k))
		}
	}
}

// docsURLPages judges whether the links of codes lead to pages of their own.
func (m *model) docsURLPages() {
	s := m.written.DocsURL
	if !s.IsSet() || filledIn.Replace(s.Text) != s.Text {
		return
	}
	m.report(diag.Diagnostic{
		Rule: rule.DocsURLPages, Span: s.Span(), Path: "docs_url",
		Message: "docs_url has no {anchor} or {code}, so links do not lead to the pages of codes",
		Help:    "write " + strings.TrimSuffix(s.Text, "/") + "/{anchor}",
	})
}

// typeBaseEnd checks whether the types of codes run into their base. Codes that are numbers may: in
// https://example.com/E1001 the base ends with E.
func (m *model) typeBaseEnd() {
	s := m.written.TypeBase
	last, _ := utf8.DecodeLastRuneInString(s.Text)
	isWord := unicode.IsLetter(last) || unicode.IsDigit(last)
	isFilled := strings.ContainsAny(s.Text, "{}")
	if !isWord || isFilled || !isIdentifier(s.Text) || !m.out.Reads(catalog.RoleType) {
		return
	}
	for e := range m.out.Public() {
		if first, _ := utf8.DecodeRuneInString(e.Anchor); unicode.IsLetter(first) {
			m.report(diag.Diagnostic{
				Rule: rule.TypeBaseEnd, Span: s.Span(), Path: "type_base",
				Message: fmt.Sprintf("the types of codes run into their base, as in %q", s.Text+e.Anchor),
				Help:    "end the base with a separator: write " + s.Text + "/ or " + s.Text + "#",
			})
			return
		}
	}
}

// link checks a link outside a text: a URL, or an absolute path.
func (m *model) link(e *entry, s syntax.Scalar, path string) {
	if !s.IsSet() {
		return
	}
	if problem := linkProblem(s.Text); problem != "" {
		help := "write a URL such as https://example.com/docs, or a path such as /docs"
		if host.MatchString(s.Text) {
			help = "write https://" + s.Text
		}
		m.reportOf(e, diag.Diagnostic{
			Rule: rule.LinkInvalid, Span: s.Span(), Path: path,
			Message: problem,
			Help:    help,
		})
	}
}

// host is how a URL without its scheme begins.
var host = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+(/|$)`)

// namesHost reports whether a link within a text, which may lead to a file, is a URL without its
// scheme. Names that files have as well, such as errors.md, are those of files.
func namesHost(link string) bool {
	name, rest := link, ""
	if i := strings.IndexAny(link, "/?#"); i >= 0 {
		name, rest = link[:i], link[i:]
	}
	if name = strings.ToLower(name); !host.MatchString(name) {
		return false
	}
	labels := strings.Split(name, ".")
	switch labels[len(labels)-1] {
	case "com", "org", "net", "edu", "gov", "io", "dev", "app", "cloud", "info":
		return true
	// logo.ai and errors.de are files
	case "ai", "co", "eu", "uk", "de", "fr", "nl", "ch", "jp", "in", "us":
		return len(labels) > 2 || strings.HasPrefix(rest, "/")
	default:
		return labels[0] == "www" && len(labels) > 2
	}
}

// identifier judges the base of `type` URIs, which need not be a place: urn: and tag: name
// something, and lead nowhere. All else is judged as a link, because clients make one of it.
func (m *model) identifier(s syntax.Scalar, path string) {
	if s.IsSet() && !isIdentifier(s.Text) {
		m.report(diag.Diagnostic{
			Rule: rule.LinkInvalid, Span: s.Span(), Path: path,
			Message: fmt.Sprintf("%q is not a URI", s.Text),
			Help:    "write a URI such as https://example.com/problems/ or urn:example:",
		})
	}
}

func isIdentifier(text string) bool {
	u, err := url.Parse(filledIn.Replace(text))
	isName := err == nil && u.Opaque != "" && (u.Scheme == "urn" || u.Scheme == "tag") &&
		!strings.ContainsAny(text, " \t\n\"<>\\")
	return isName || linkProblem(text) == ""
}

// base checks an address that starts those of codes: it contains {code} and {anchor}, or the anchor
// comes after it.
func (m *model) base(s syntax.Scalar, path, separator string) {
	rest := strings.NewReplacer("{code}", "", "{anchor}", "").Replace(s.Text)
	if i := strings.IndexAny(rest, "{}"); i >= 0 {
		hint := ""
		if name := placeholder.FindString(rest); name != "" {
			hint = diag.DidYouMean(name, []string{"{code}", "{anchor}"})
		}
		m.report(diag.Diagnostic{
			Rule:    rule.LinkInvalid,
			Span:    s.Span(),
			Path:    path,
			Message: fmt.Sprintf("%q contains braces that are not {code} or {anchor}%s", s.Text, hint),
			Help:    "write {code} or {anchor}, or %7B and %7D for literal braces",
		})
	} else if rest == s.Text && separator != "" && strings.Contains(s.Text, separator) {
		m.report(diag.Diagnostic{
			Rule: rule.LinkInvalid,
			Span: s.Span(),
			Path: path,
			Message: fmt.Sprintf("%q already contains %s, which errspec puts before a code's anchor", s.Text,
				separator),
			Help: "remove everything from the " + separator + " on, or write {anchor} where the anchor goes",
		})
	}
}

// placeholder is what looks like one.
var placeholder = regexp.MustCompile(`\{\w+\}`)

// linkProblem says why a text is no link, or "".
func linkProblem(text string) string {
	filled := filledIn.Replace(text)
	u, err := url.Parse(filled)
	problem := mdtext.URLProblem(filled)
	switch {
	case mdtext.IsScript(filled):
		return fmt.Sprintf("the link %q would run a script", text)
	case err != nil || strings.ContainsAny(text, " \t\n\"<>`\\"):
		return fmt.Sprintf("%q is not a URL", text)
	case problem != "":
		return fmt.Sprintf("the link %q %s", text, problem)
	case u.Scheme == "" && !strings.HasPrefix(text, "/"):
		return fmt.Sprintf("%q is neither a URL nor an absolute path", text)
	}
	return ""
}

// filledIn replaces {code} and {anchor} with a valid text.
var filledIn = strings.NewReplacer("{code}", "x", "{anchor}", "x")
