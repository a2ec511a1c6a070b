package check

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
	"github.com/errspec/errspec/gen/internal/value"
)

// comments looks for texts that YAML cuts at a ` #`.
func (m *model) comments() {
	for _, t := range m.texts {
		m.cut(t.e, t.s, t.path)
	}
	for i := range m.entries {
		e := &m.entries[i]
		for _, h := range e.w.Headers {
			m.cut(e, h.Value, "headers."+h.Key.Text)
		}
		for _, meta := range e.w.Meta {
			m.cut(e, meta.Value, "meta."+meta.Key.Text)
		}
		for k := range e.w.Params {
			for n, v := range e.w.Params[k].Value.Enum {
				m.cut(e, v, fmt.Sprintf("params.%s.enum[%d]", e.w.Params[k].Key.Text, n))
			}
		}
	}
}

func (m *model) cut(e *entry, s syntax.Scalar, path string) {
	rest, at := s.Cut()
	if at.IsZero() {
		return
	}
	m.reportOf(e, diag.Diagnostic{
		Rule: rule.ScalarComment, Span: at, Path: path,
		Message: fmt.Sprintf("YAML cuts this text at ` #`: it is %q", s.Text),
		Help: "write " + strconv.Quote(s.Text+rest) +
			" in quotes; if you mean a comment, write a space after the #",
	})
}

// anchorUse looks for YAML anchors that nothing uses.
func (m *model) anchorUse() {
	for _, a := range m.written.UnusedAnchors() {
		m.report(diag.Diagnostic{
			Rule: rule.YAMLAnchorUnused, Span: a.Span, Path: "",
			Message: fmt.Sprintf("nothing uses the YAML anchor &%s", a.Name),
			Help:    "write *" + a.Name + " where it belongs, or remove the anchor",
		})
	}
}

// respelled looks for values without quotes that print differently from how they are written.
func (e *entry) respelled() {
	for i := range e.w.Values {
		w := &e.w.Values[i]
		if w.Value.Type.IsSet() {
			continue // then it is a number, however it prints
		}
		path := "values." + w.Key.Text
		e.respelledValue(w.Value.Value, path)
		for k, item := range w.Value.Value.Items {
			e.respelledValue(item, fmt.Sprintf("%s[%d]", path, k))
		}
	}
}

func (e *entry) respelledValue(w syntax.Any, path string) {
	if w.Kind != syntax.AnyScalar || w.Scalar.Quoted() || w.Scalar.IsNull() {
		return
	}
	v := value.Infer(w.Scalar.Text)
	printed := v.Text()
	if printed == w.Scalar.Text || v.Kind != value.Float && v.Kind != value.Time {
		return
	}
	e.report(diag.Diagnostic{
		Rule: rule.ValueRespelled, Span: w.Scalar.Span(), Path: path,
		Message: fmt.Sprintf("%s is a %v, which prints as %s", w.Scalar.Text, v.Kind, printed),
		Help: fmt.Sprintf("write %q to keep the text, or %s if you mean the %v",
			w.Scalar.Text, printed, v.Kind),
	})
}

// otherForms are placeholders as other templates write them.
var otherForms = regexp.MustCompile(
	`\{\{\s*\.?([A-Za-z][\w-]*)\s*\}\}|\{([A-Za-z][\w-]*)\}|<([A-Za-z][\w-]*)>|:([A-Za-z][\w-]*)|` +
		`%\(([A-Za-z][\w-]*)\)s|%[sdvq]\b`)

// dollarless looks in a text for placeholders of another form: those with the name of a param, and
// those without a name, if there is a param that the text does not have.
func (e *entry) dollarless(s syntax.Scalar, path string, t message.Template) {
	if len(e.out.Params) == 0 || !strings.ContainsAny(s.Text, "{<:%") {
		return
	}
	place := s.Locator()
	for _, at := range otherForms.FindAllStringSubmatchIndex(s.Text, -1) {
		form, name := s.Text[at[0]:at[1]], ""
		for g := 2; g < len(at); g += 2 {
			if at[g] >= 0 {
				name = s.Text[at[g]:at[g+1]]
			}
		}
		if name == "" {
			name = e.unnamedParam(t)
		}
		before := byte(' ')
		if at[0] > 0 {
			before = s.Text[at[0]-1]
		}
		i := e.paramNames.find(name)
		if name == "" || i < 0 || before == '$' ||
			form[0] == ':' && !strings.ContainsRune(" /(\"'`=", rune(before)) {
			continue
		}
		e.used[i] = true // it was meant: not to be called unused as well
		e.report(diag.Diagnostic{
			Rule: rule.DollarMissing, Span: place.At(at[0], at[1]-at[0]), Path: path,
			Message: fmt.Sprintf("%s is text, not a placeholder for %q of %s", form, name, e),
			Help:    "write ${" + name + "}",
		})
	}
}

// unnamedParam returns a param that a message could show and does not, or "".
func (e *entry) unnamedParam(t message.Template) string {
	names := t.Names()
	for i := range e.out.Params {
		p := &e.out.Params[i]
		shown := p.Detail || p.Optional || p.Sensitive
		for _, name := range names {
			shown = shown || name == p.Name
		}
		if !shown {
			return p.Name
		}
	}
	return ""
}
