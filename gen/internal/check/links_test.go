package check_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
)

// linkPlaces is a catalog with a link in each place that a link can have, one a line. LINK is a
// text that is a link, TEXT one in Markdown that has a link in it.
const linkPlaces = `version: 1
title: Errors
description: TEXT
docs_url: LINK
type_base: LINK
envelope:
  description: TEXT
  body: {code: $code, message: $message}
statuses:
  404:
    title: Not Found
    cause: TEXT
groups:
  - id: things
    title: Things
    description: TEXT
    errors:
      - code: NOT_FOUND
        status: 404
        params:
          p:
            type: string
            description: TEXT
        values:
          v:
            type: string
            value: x
            description: TEXT
        variants:
          - id: a
            message: There is no ${p}
            resolution: TEXT
          - id: b
            message: Gone
        description: TEXT
        resolution: TEXT
        links:
          - title: A
            url: LINK
        deprecated:
          note: TEXT
      - {code: INTERNAL_ERROR, status: 500, message: Internal server error, resolution: Try again later.}
retired:
  - code: OLD
    note: TEXT
docs:
  sections:
    - position: end
      text: TEXT
`

// refusedLinks lead where no page should, as browsers read them.
var refusedLinks = []string{
	"//evil.example", "///evil.example", `\\evil.example`, `/\evil.example`, `\/evil.example`,
	"view-source:https://a.example", "ms-msdt:x", "vscode:x", "ftp://a.example", "javascript:alert(1)",
	"JaVaScript:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)", "\tjavascript:alert(1)",
	"vbscript:x", "data:text/html,x", "file:///etc/passwd", "blob:x", "%6aavascript:alert(1)",
	"javascript%3Aalert(1)", "%2F%2Fevil.example", "/%5Cevil.example", "/%2Fevil.example", "https:",
	"https:///evil.example", "https:evil.example", "https://good.example@evil.example", "about:blank",
	"intent:x",
}

// allowedLinks are allowed everywhere.
var allowedLinks = []string{"https://a.example/x", "http://a.example", "/x", "/x/y?z=1"}

func linkFindings(link, form string) (src string, found map[int]int, texts []string) {
	quoted := func(s string) string { b, _ := json.Marshal(s); return string(b) }
	md := strings.ReplaceAll(form, "%s",
		strings.NewReplacer(`\`, `\\`, "\t", "&#9;", " ", "&#32;").Replace(link))
	src = strings.NewReplacer("TEXT", quoted(md), "LINK", quoted(link)).Replace(linkPlaces)
	found = map[int]int{}
	for _, d := range findings(source.New("catalog.yaml", []byte(src), nil)) {
		if d.Rule == rule.LinkInvalid {
			found[d.Span.Line]++
			texts = append(texts, fmt.Sprintf("%d:%d: %s", d.Span.Line, d.Span.Col, d.Message))
		}
	}
	return src, found, texts
}

// Each link that leads elsewhere is found once, in each place and in each form of Markdown.
func TestLinksThatLeadElsewhereAreFound(t *testing.T) {
	lines := strings.Split(linkPlaces, "\n")
	for _, form := range []string{
		"[a](<%s>)", "![a](<%s> \"b\")", "[a] and [a][]\n\n[a]: <%s>", "One.\n\n[unused]: <%s>",
		"> - [![a](/x)](<%s>)", "| a |\n|---|\n| [a](<%s>) |",
	} {
		for _, link := range refusedLinks {
			src, found, texts := linkFindings(link, form)
			for i, line := range lines {
				want := 0
				if strings.Contains(line, "TEXT") || strings.Contains(line, "LINK") {
					want = 1
				}
				if found[i+1] != want {
					t.Errorf("%q as %q: %d findings on the line %q, want %d: %q",
						link, form, found[i+1], strings.Split(src, "\n")[i], want, texts)
				}
			}
		}
		for _, link := range allowedLinks {
			if _, _, texts := linkFindings(link, form); texts != nil {
				t.Errorf("%q as %q: %q", link, form, texts)
			}
		}
	}
}

// The position is that of the link, also behind a link that is defined elsewhere in the text.
func TestPlaceOfALink(t *testing.T) {
	_, _, texts := linkFindings("//evil.example", "[a], [b](/x), [c](<%s>)\n\n[a]: /y")
	for _, text := range texts {
		if strings.HasPrefix(text, "3:") && !strings.HasPrefix(text, "3:39:") {
			t.Errorf("want the description's at 3:39, not %s", text)
		}
	}
}

// A type's URI is a name: it need not lead anywhere, but must not lead elsewhere.
func TestNamesOfTypes(t *testing.T) {
	for base, want := range map[string]bool{
		"urn:example:": true, "tag:example.com,2026:": true, "https://a.example/{code}": true,
		"/problems/": true, "javascript:": false, "data:x": false, "x:": false, "//a.example/": false,
		"urn:": false, "problems": false, "#x": false,
	} {
		src := "version: 1\ntitle: Errors\ntype_base: '" + base + "'\ngroups: []\n"
		ok := true
		for _, d := range findings(source.New("catalog.yaml", []byte(src), nil)) {
			ok = ok && d.Rule != rule.LinkInvalid
		}
		if ok != want {
			t.Errorf("type_base: %s is allowed: %v, want %v", base, ok, want)
		}
	}
}

// The words of codes do not run into the base of their types; numbers may.
func TestEndsOfTypeBases(t *testing.T) {
	for _, c := range []struct {
		base, code, envelope string
		warns                bool
	}{
		{"https://a.example/errors", "NOT_FOUND", "problem", true},
		{"urn:acme", "NOT_FOUND", "problem", true},
		{"https://a.example/v1", "NOT_FOUND", "problem", true},
		{"https://a.example/fehlermögé", "ÄRGER", "problem", true},
		{"https://a.example/errors/", "NOT_FOUND", "problem", false},
		{"https://a.example/errors#", "NOT_FOUND", "problem", false},
		{"urn:acme:", "NOT_FOUND", "problem", false},
		{"https://a.example/?e=", "NOT_FOUND", "problem", false},
		{"https://a.example/err_", "NOT_FOUND", "problem", false},
		{"https://a.example/{code}", "NOT_FOUND", "problem", false},
		{"https://a.example/E", "1001", "problem", false},
		{"https://a.example/errors", "NOT_FOUND", "nested", false},
	} {
		src := "version: 1\ntitle: T\ntype_base: '" + c.base + "'\nenvelope: " + c.envelope +
			"\nlint: {code_pattern: .}\n" +
			"groups:\n  - id: g\n    title: G\n    errors: [{code: \"" + c.code +
			"\", status: 404, message: m, resolution: r}]\n"
		warns := false
		for _, d := range findings(source.New("catalog.yaml", []byte(src), nil)) {
			warns = warns || d.Rule == rule.TypeBaseEnd
		}
		if warns != c.warns {
			t.Errorf("%s with %s: warned of is %v", c.base, c.code, warns)
		}
	}
}
