package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// texts fills in a code's texts. Its values and its policy are resolved by now.
func (e *entry) texts() {
	e.out.Description = e.m.markdown(e, e.w.Description, "description")
	e.out.Resolution = e.m.markdown(e, e.w.Resolution, "resolution")
	for i := range e.w.Variants {
		path := fmt.Sprintf("variants[%d].resolution", i)
		e.out.Variants[i].Resolution = e.m.markdown(e, e.w.Variants[i].Resolution, path)
	}
	for i := range e.w.Params {
		e.out.Params[i].Description = e.m.markdown(e, e.w.Params[i].Value.Description,
			"params."+e.out.Params[i].Name+".description")
	}
	for i := range e.w.Values {
		e.out.Values[i].Description = e.m.markdown(e, e.w.Values[i].Value.Description,
			"values."+e.out.Values[i].Name+".description")
	}
	if e.w.Title.IsSet() {
		e.out.Title = e.m.plain(e, e.w.Title, "title")
	} else {
		e.out.Title = wordsOf(e.w.Code.Text)
	}
}

// A writtenText is a text of the catalog, and how it is read.
type writtenText struct {
	e    *entry // nil: it is the catalog's
	s    syntax.Scalar
	path string
	form textForm
}

type textForm int

const (
	plainForm    textForm = iota // one line
	markdownForm                 // Markdown
)

func (m *model) wrote(e *entry, s syntax.Scalar, path string, form textForm) {
	m.texts = append(m.texts, writtenText{e, s, path, form})
}

// plain resolves a short plain text of a code; e is nil for one of the catalog.
func (m *model) plain(e *entry, s syntax.Scalar, path string) string {
	if !s.IsSet() {
		return ""
	}
	text, ok := m.fill(e, s, path, &plainText{})
	if ok && strings.TrimSpace(text) == "" {
		m.reportOf(e, diag.Diagnostic{
			Rule: rule.WrongType, Span: s.Span(), Path: path,
			Message: "this text is empty",
			Help:    "write a word, or remove the key",
		})
		return text
	}
	m.wrote(e, s, path, plainForm)
	return text
}

// constant resolves a short plain text in which nothing can be filled in.
func (m *model) constant(s syntax.Scalar, path string) string { return m.plain(nil, s, path) }

// markdown resolves a Markdown text of a code; e is nil for one of the catalog.
func (m *model) markdown(e *entry, s syntax.Scalar, path string) catalog.Markdown {
	if !s.IsSet() {
		return ""
	}
	m.wrote(e, s, path, markdownForm)
	filled, _ := m.fill(e, s, path, &markdownText{})
	text := strings.TrimRight(filled, "\n")
	if strings.Contains(s.Text, "$") &&
		strings.Contains(text, "]:") { // a URL may be longer than its placeholder
		if _, bound := mdtext.ParseTree([]byte(text)); bound.Problem != "" {
			m.reportOf(e, diag.Diagnostic{
				Rule: rule.LimitExceeded, Span: s.Span(), Path: path,
				Message: "after filling in the values, " + bound.Problem,
				Help:    bound.Help,
			})
		}
	}
	return catalog.Markdown(text)
}

// A text is put together from what an author wrote and from values, which are to show as they are.
type text interface {
	written(string)
	value(string)
	Len() int
	String() string
}

// plainText is a text in which nothing is special.
type plainText struct{ strings.Builder }

func (t *plainText) written(s string) { t.WriteString(s) }
func (t *plainText) value(s string)   { t.WriteString(s) }

// fill replaces placeholders. It reports whether all of them have a meaning.
func (m *model) fill(e *entry, s syntax.Scalar, path string, to text) (filled string, ok bool) {
	if !strings.Contains(s.Text, "$") {
		return s.Text, true
	}
	t, problems := message.Parse(s.Text)
	ok = len(problems) == 0
	m.template(e, s, path, problems)
	if e != nil {
		if e.out.Written == nil {
			e.out.Written = map[string]string{}
		}
		e.out.Written[path] = s.Text
	}
	place := s.Locator()
	for _, seg := range t {
		if seg.Name == "" {
			to.written(seg.Literal)
		} else if v, known := e.lookup(seg.Name); known {
			if to.value(v); to.Len() > syntax.MaxMarkdown {
				m.reportOf(e, diag.Diagnostic{
					Rule: rule.LimitExceeded,
					Span: place.At(seg.Offset, len(seg.Name)+3),
					Path: path,
					Message: fmt.Sprintf("after filling in the values, this text has more than %d bytes",
						syntax.MaxMarkdown),
					Help: "shorten the text or the value",
				})
				return "", false
			}
		} else {
			ok = false
			m.undeclared(e, place.At(seg.Offset, len(seg.Name)+3), path, seg.Name)
		}
	}
	return to.String(), ok
}

// lookup returns what a name means in a text of the code: a value, or a part of its retry policy.
// The texts of the catalog, for which e is nil, have no names.
func (e *entry) lookup(name string) (string, bool) {
	if e == nil {
		return "", false
	}
	if i := e.valueNames.find(name); i >= 0 {
		return e.out.Values[i].Value.Text(), true
	}
	if key, ok := strings.CutPrefix(name, "retry."); ok && e.out.Retry != nil {
		return e.out.Retry.Text(key)
	}
	return "", false
}

// template reports the `$` that mean nothing.
func (m *model) template(e *entry, s syntax.Scalar, path string, problems []message.Problem) {
	place := s.Locator()
	for _, p := range problems {
		name := "name"
		if e != nil {
			word := wordAt(strings.TrimLeft(s.Text[p.Offset+1:], "{ "))
			if word != "" && e.has(word) {
				name = word
			} else if p.Len > 1 { // a placeholder without a name may be that of any param
				for i := range e.used {
					e.used[i] = true
				}
			}
		}
		m.reportOf(e, diag.Diagnostic{
			Rule: rule.TemplateSyntax, Span: place.At(p.Offset, p.Len), Path: path,
			Message: p.Message + " in the text",
			Help:    "write ${" + name + "} for a placeholder, $$ for a dollar",
		})
	}
}

// wordAt returns the name with which a text begins, or "".
func wordAt(text string) string {
	for i := 0; i < len(text); i++ {
		if c := text[i]; !(c|0x20 >= 'a' && c|0x20 <= 'z' ||
			i > 0 && (c >= '0' && c <= '9' || c == '_' || c == '-')) {
			return text[:i]
		}
	}
	return text
}

// has reports whether the code has a param or a value of a name. The param is not unused: it was
// meant.
func (e *entry) has(name string) bool {
	if i := e.paramNames.find(name); i >= 0 {
		e.used[i] = true
		return true
	}
	return e.valueNames.find(name) >= 0
}

// undeclared reports a placeholder whose name means nothing in a text.
func (m *model) undeclared(e *entry, at diag.Span, path, name string) {
	switch {
	case e == nil:
		m.report(diag.Diagnostic{
			Rule:    rule.ParamUndeclared,
			Span:    at,
			Path:    path,
			Message: fmt.Sprintf("${%s} has no meaning here: only the texts of a code can use values", name),
			Help:    "write the text itself, or $$ for a dollar",
		})
	case e.lost("params", "values"): // it may be there
	case e.paramNames.find(name) >= 0:
		e.report(diag.Diagnostic{
			Rule: rule.ParamUndeclared,
			Span: at,
			Path: path,
			Message: fmt.Sprintf(
				"${%s} is a param, whose value varies; this text is the same for every error", name),
			Help: "use a value, or reword the text",
		})
	case strings.HasPrefix(name, "retry.") && e.out.Retry == nil:
		switch policy := e.w.Retry.Policy.Text; policy {
		case "":
			e.report(diag.Diagnostic{
				Rule: rule.ParamUndeclared, Span: at, Path: path,
				Message: fmt.Sprintf("${%s}: %s has no retry policy", name, e),
				Help:    "add `retry: ` and the name of " + e.m.aPolicy() + ", or reword the text",
			})
		case never:
			e.report(diag.Diagnostic{
				Rule:    rule.ParamUndeclared,
				Span:    at,
				Path:    path,
				Message: fmt.Sprintf("${%s}: %s is never retried", name, e),
				Help:    "name " + e.m.aPolicy() + " instead of `retry: never`, or reword the text",
			})
		default: // the policy does not exist, which is reported where it is named
		}
	default:
		known := slices.Clone(e.valueNames.list)
		if e.out.Retry != nil {
			for _, key := range catalog.PolicyKeys() {
				known = append(known, "retry."+key)
			}
		}
		hint, help := meantName(name, m.near(strings.TrimSpace(name), known), "values", "…")
		e.report(diag.Diagnostic{
			Rule: rule.ParamUndeclared, Span: at, Path: path,
			Message: fmt.Sprintf("%s has no value %q%s", e, name, hint),
			Help:    help,
		})
	}
}

// meantName is the hint and the help for the placeholder of a name that nothing has: near is what
// was most likely meant, or "". Otherwise the name may be declared under a key.
func meantName(name, near, key, what string) (hint, help string) {
	name = strings.TrimSpace(name)
	declare := fmt.Sprintf("declare it: `%s: {%s: %s}`", key, name, what)
	switch near {
	case "":
		return "", declare
	case name: // with spaces around it
		return fmt.Sprintf("; did you mean %q?", near), "write ${" + near + "}"
	default:
		return fmt.Sprintf("; did you mean %q?", near), "write ${" + near + "}, or " + declare
	}
}
