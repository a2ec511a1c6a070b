package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// messages resolves a code's message, or its variants'.
func (e *entry) messages() {
	if e.w.Variants != nil && e.w.Message.IsSet() {
		e.report(diag.Diagnostic{
			Rule: rule.WrongType, Span: e.w.Message.Span(), Path: "message",
			Message: fmt.Sprintf("%s has both a message and variants", e),
			Help:    "remove the message, or turn it into a variant",
			Notes:   []diag.Note{note(e.variantsSpan(), "its variants are here")},
		})
	}
	if len(e.w.Variants) == 0 {
		e.out.Variants = []catalog.Variant{{
			Message: e.message(e.w.Message, "message"), Silent: e.w.Message.IsNull(),
		}}
	} else {
		e.variants()
	}
	for i := range e.out.Variants {
		v := &e.out.Variants[i]
		v.Readable = v.Message.Adjacent() == 0
	}
}

func (e *entry) variantsSpan() diag.Span {
	if len(e.w.Variants) == 0 {
		return e.span()
	}
	return e.w.Variants[0].Span()
}

func (e *entry) variants() {
	first := make(map[string]diag.Span, len(e.w.Variants))
	e.out.Variants = make([]catalog.Variant, len(e.w.Variants))
	for i := range e.w.Variants {
		w := &e.w.Variants[i]
		path := fmt.Sprintf("variants[%d]", i)
		v := catalog.Variant{
			ID: w.ID.Text, GoName: w.GoName.Text, Message: e.message(w.Message, path+".message"),
			Silent: w.Message.IsNull(),
		}
		isSilent := func(v catalog.Variant) bool { return v.Silent }
		if silent := slices.IndexFunc(e.out.Variants[:i], isSilent); v.Silent && silent >= 0 {
			e.report(diag.Diagnostic{
				Rule: rule.MessageAmbiguous, Span: w.Message.Span(), Path: path + ".message",
				Message: fmt.Sprintf("%s has two variants without a message", e),
				Help:    "merge them, or give one of them a message",
				Notes:   []diag.Note{note(e.w.Variants[silent].Message.Span(), "the first one is here")},
			})
		}
		if other, twice := first[v.ID]; twice {
			e.report(diag.Diagnostic{
				Rule: rule.DuplicateVariant, Span: w.ID.Span(), Path: path + ".id",
				Message: fmt.Sprintf("%s has two variants %q", e, v.ID),
				Help:    "rename one of them",
				Notes:   []diag.Note{note(other, "first written here")},
			})
		} else if v.ID != "" {
			first[v.ID] = w.ID.Span()
		}
		e.out.Variants[i] = v
	}
}

// message resolves one message.
func (e *entry) message(s syntax.Scalar, path string) message.Template {
	if !s.IsSet() || s.IsNull() {
		return nil
	}
	if strings.TrimSpace(s.Text) == "" {
		e.report(diag.Diagnostic{
			Rule: rule.MessageMissing, Span: s.Span(), Path: path,
			Message: "the message is empty",
			Help: "say what went wrong; if the API sends an empty text, write `message: null` here and " +
				"`{$or: [$message, \"\"]}` in envelope.body",
		})
		return nil
	}
	e.m.wrote(e, s, path, plainForm)
	return e.placeholders(s, path, true)
}

// placeholders resolves a text that is filled with params.
func (e *entry) placeholders(s syntax.Scalar, path string, inMessage bool) message.Template {
	t, problems := message.Parse(s.Text)
	e.m.template(e, s, path, problems)
	e.dollarless(s, path, t)
	place := s.Locator()
	for _, seg := range t {
		if seg.Name == "" {
			continue
		}
		i := e.paramNames.find(seg.Name)
		if i < 0 {
			e.undeclaredParam(place.At(seg.Offset, len(seg.Name)+3), path, seg.Name)
			continue
		}
		e.used[i] = true
		e.out.Params[i].InMessage = e.out.Params[i].InMessage || inMessage
	}
	return t
}

func (e *entry) undeclaredParam(at diag.Span, path, name string) {
	if e.lost("params", "values") { // it may be there
		return
	}
	if e.valueNames.find(name) >= 0 {
		e.report(diag.Diagnostic{
			Rule: rule.ParamUndeclared, Span: at, Path: path,
			Message: fmt.Sprintf("${%s} is a value; messages and headers take params only", name),
			Help:    "write the value itself, or declare a param",
		})
		return
	}
	near := e.m.near(strings.TrimSpace(name), e.paramNames.list)
	if near == "" {
		near = partOf(name, e.paramNames.list)
	}
	if near != "" {
		e.used[e.paramNames.find(near)] = true // it is what was meant: not to be called unused as well
	}
	what := "{type: string}"
	if strings.EqualFold(path, "headers.Retry-After") {
		what = "{type: duration}"
	}
	hint, help := meantName(name, near, "params", what)
	e.report(diag.Diagnostic{
		Rule: rule.ParamUndeclared, Span: at, Path: path,
		Message: fmt.Sprintf("%s has no param %q%s", e, name, hint),
		Help:    help,
	})
}

// partOf returns the one of known that has name as its first or last words, or the other way round:
// ${id} is likely payment_id. It returns "" if there is none, or more than one.
func partOf(name string, known []string) string {
	found := ""
	for _, k := range known {
		long, short := "_"+k+"_", "_"+name+"_"
		if len(long) < len(short) {
			long, short = short, long
		}
		if !strings.HasPrefix(long, short) && !strings.HasSuffix(long, short) {
			continue
		}
		if found != "" {
			return ""
		}
		found = k
	}
	return found
}
