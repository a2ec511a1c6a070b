package pagetemplate

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/templates"
)

func diagnostic(at diag.Span, problem, help string) diag.Diagnostic {
	return diag.Diagnostic{Severity: diag.Error, Rule: rule.TemplateInvalid, Span: at,
		Message: problem, Help: help}
}

// parseError matches text/template's error for a file that it cannot parse: template: own:3:
// unexpected …
var parseError = regexp.MustCompile(`(?s)^template: ` + ownName + `:(\d+): (.*)$`)

// parseDiagnostic turns a parse error into a diagnostic. text/template only knows the line; the
// column is that of the first word that the error quotes.
func parseDiagnostic(file *diag.File, err error) diag.Diagnostic {
	m := parseError.FindStringSubmatch(err.Error())
	if m == nil {
		text := strings.TrimPrefix(err.Error(), "template: ")
		return diagnostic(nameSpan(file, text), text, syntaxHelp)
	}
	if withoutEnd.MatchString(m[2]) {
		if d := findUnclosed(file); d != nil {
			return *d
		}
	}
	line, _ := strconv.Atoi(m[1]) // digits
	problem := strings.ReplaceAll(strings.TrimPrefix(m[2], "template: "), ownName, file.Name)
	help := syntaxHelp
	if name, ok := quotedAfter(problem, "function "); ok {
		problem = fmt.Sprintf("there is no function %q%s", name,
			diag.DidYouMean(name, functionNames))
		help = "the functions are those of Go's text/template, " +
			"https://pkg.go.dev/text/template#hdr-Functions"
	}
	if problem == "bad character U+007D '}'" {
		if at := loneBrace.FindStringSubmatchIndex(file.Line(line)); at != nil {
			return diagnostic(span(file, line, at[2], "}"),
				`an action must end with "}}", got "}"`, `write "}}"`)
		}
	}
	return diagnostic(lineSpan(file, line, m[2]), problem, help)
}

// loneBrace matches a single brace.
var loneBrace = regexp.MustCompile(`(?:^|[^}])(})(?:[^}]|$)`)

const syntaxHelp = "see https://pkg.go.dev/text/template for the syntax of templates"

var functionNames = []string{
	"and", "call", "html", "index", "slice", "js", "len", "not", "or", "printf", "print", "println",
	"urlquery",
	"eq", "ge", "gt", "le", "lt", "ne",
}

var quoted = regexp.MustCompile(`"((?:[^"\\]|\\.)*)"|<(.*?)>|(\{\{[a-z]+\}\})`)

// quotedAfter returns the quoted word that follows a prefix.
func quotedAfter(text, prefix string) (string, bool) {
	rest, ok := strings.CutPrefix(text, prefix)
	m := quoted.FindStringSubmatch(rest)
	if !ok || m == nil || !strings.HasPrefix(rest, `"`) {
		return "", false
	}
	return m[1], true
}

// lineSpan returns the position of what a message quotes in a line, or of the line's text.
func lineSpan(file *diag.File, line int, message string) diag.Span {
	line = min(max(line, 1), file.Lines())
	text := file.Line(line)
	for _, m := range quoted.FindAllStringSubmatch(message, -1) {
		word := m[1] + m[2] + m[3]
		if unquoted, err := strconv.Unquote(`"` + word + `"`); err == nil {
			word = unquoted
		}
		for _, word := range []string{m[0], word} {
			if i := strings.Index(text, word); i >= 0 && word != "" {
				return span(file, line, i, word)
			}
		}
	}
	trimmed := strings.TrimSpace(text)
	return span(file, line, strings.Index(text, trimmed), trimmed)
}

// nameSpan returns the last position of a name that a message quotes, or the first line of the
// file.
func nameSpan(file *diag.File, message string) diag.Span {
	if m := quoted.FindStringSubmatch(message); m != nil {
		for line := file.Lines(); line > 0; line-- {
			if i := strings.Index(file.Line(line), `"`+m[1]+`"`); i >= 0 {
				return span(file, line, i, `"`+m[1]+`"`)
			}
		}
	}
	return diag.Span{File: file, Line: 1, Col: 1}
}

// span returns the position of a text that begins at a byte of a line.
func span(file *diag.File, line, at int, text string) diag.Span {
	col := utf8.RuneCountInString(file.Line(line)[:at]) + 1
	return diag.Span{File: file, Line: line, Col: col, Len: utf8.RuneCountInString(text)}
}

// executeError matches text/template's error for a template that it cannot execute:
//
//	template: own:3:12: executing "page" at <.Foo>: can't evaluate field Foo in type *templates.Page
var executeError = regexp.MustCompile(
	`(?s)^template: ([a-z=]+):(\d+):(\d+): executing "(.*?)" at <(.*?)>: (.*)$`)

func (s *Set) executeDiagnostic(err error) diag.Diagnostic {
	m := executeError.FindStringSubmatch(err.Error())
	if m == nil {
		problem := strings.TrimPrefix(err.Error(), "template: ")
		if name, ok := quotedAfter(problem, "no template "); ok {
			problem = fmt.Sprintf("there is no template %q", name)
		}
		return diagnostic(diag.Span{File: s.file, Line: 1, Col: 1}, problem, generalHelp)
	}
	line, _ := strconv.Atoi(m[2]) // digits
	at, _ := strconv.Atoi(m[3])
	context := strings.TrimSuffix(m[5], "...")
	if context == shownName {
		context = s.printed(line, at)
	}
	problem, help := s.explain(err, m[6], context)
	if m[1] != ownName {
		return diagnostic(nameSpan(s.file, strconv.Quote(m[4])),
			fmt.Sprintf("the built-in piece %q gets a value that it cannot use: %s", m[4],
				problem),
			"pass what "+dataURL+" describes")
	}
	return diagnostic(s.position(line, at, context), problem, help)
}

// printed returns what the action at a position prints.
func (s *Set) printed(line, at int) string {
	text := s.file.Line(min(max(line, 1), s.file.Lines()))
	expression, _, _ := strings.Cut(text[min(at, len(text)):], "}}")
	return strings.TrimSpace(strings.TrimSuffix(expression, "-"))
}

// dataURL is where the data of templates is documented.
const dataURL = "https://pkg.go.dev/github.com/errspec/errspec/templates"

const generalHelp = dataURL + " describes the data of templates"

// position returns the position of the piece that text/template names; at is inside it. For a
// called template it is the name, and for a loop or an endless template a point.
func (s *Set) position(line, at int, context string) diag.Span {
	line = min(max(line, 1), s.file.Lines())
	text := s.file.Line(line)
	at = min(at, len(text))
	if name, err := strconv.QuotedPrefix(text[at:]); err == nil &&
		strings.HasPrefix(context, "{{template") {
		return span(s.file, line, at, name)
	}
	for i := at; context != "" && i >= 0 && i > at-len(context); i-- {
		if strings.HasPrefix(text[i:], context) {
			return span(s.file, line, i, context)
		}
	}
	return span(s.file, line, at, "")
}

var (
	noField   = regexp.MustCompile(`^can't evaluate field (\S+) in type (\S+)$`)
	nilField  = regexp.MustCompile(`^nil pointer evaluating (\S+?)\.([^.\s]+)$`)
	noneCalls = regexp.MustCompile(`^nil data; no entry for key`)
	calling   = regexp.MustCompile(`^error calling \w+: `)
)

// explain describes a mistake in the words of the template's author, and what to do.
func (s *Set) explain(err error, text, context string) (problem, help string) {
	var whole unprintable
	switch {
	case errors.Is(err, errTooOften), errors.Is(err, errTooLong), errors.Is(err, errTooLarge):
		return calling.ReplaceAllString(text, ""),
			"nested loops over codes take quadratic time: keep lists short"
	case errors.As(err, &whole):
		return whole.problem, whole.helpFor(context)
	case strings.HasPrefix(text, "exceeded maximum template depth"):
		return "a template calls itself without end", "add a condition that ends the recursion"
	}
	if name, ok := quotedAfter(text, "template "); ok && strings.HasSuffix(text, "not defined") {
		return fmt.Sprintf("there is no template %q%s", name, diag.DidYouMean(name, s.names())),
			"define it, or use one of " + strings.Join(s.names(), ", ")
	}
	if m := noField.FindStringSubmatch(text); m != nil && strings.HasPrefix(m[2], "[]") {
		return fmt.Sprintf("this is a list of %s, which has no %s of its own", typeName(m[2]),
				m[1]),
			"put {{range …}} and {{end}} around it"
	} else if m != nil {
		return noFieldProblem(m[1], m[2]), dataURL + "#" + typeName(m[2]) + " lists its fields"
	}
	if m := nilField.FindStringSubmatch(text); m != nil {
		return fmt.Sprintf("this %s is missing, so it has no %s", typeName(m[1]), m[2]),
			"not every catalog has one: put {{with …}} or {{if …}} around it"
	}
	if noneCalls.MatchString(text) || strings.Contains(text, "nil pointer") {
		return text, "not every catalog has one: put {{with …}} or {{if …}} around " + context
	}
	return calling.ReplaceAllString(text, ""), generalHelp
}

// noFieldProblem says that a type has no such field, and suggests the one that was meant.
func noFieldProblem(field, of string) string {
	name := typeName(of)
	known, ok := fields()[name]
	if !ok {
		return fmt.Sprintf("%s has no %s", of, field)
	}
	return fmt.Sprintf("%s has no %s%s", name, field, diag.DidYouMean(field, known))
}

func typeName(of string) string {
	return of[strings.LastIndex(of, ".")+1:]
}

// names returns the names of all templates in alphabetical order.
func (s *Set) names() []string {
	var names []string
	for _, t := range s.t.Templates() {
		if t.Name() != "pages" {
			names = append(names, t.Name())
		}
	}
	slices.Sort(names)
	return names
}

// fields returns the fields and methods of the types that templates get, by type name.
func fields() map[string][]string {
	known := map[string][]string{}
	var visit func(t reflect.Type)
	visit = func(t reflect.Type) {
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice:
			visit(t.Elem())
		case reflect.Interface:
			for i := range t.NumMethod() {
				known[t.Name()] = append(known[t.Name()], t.Method(i).Name)
			}
		case reflect.Struct:
			if known[t.Name()] != nil {
				return
			}
			for i := range t.NumField() {
				known[t.Name()] = append(known[t.Name()], t.Field(i).Name)
			}
			for i := range t.NumField() {
				visit(t.Field(i).Type)
			}
		}
	}
	visit(reflect.TypeFor[templates.CodePage]())
	return known
}
