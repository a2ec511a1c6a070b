package check

import (
	"fmt"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// messages resolves a code's message, or its variants'.
func (e *entry) messages() {
	switch {
	case e.w.Variants != nil && e.w.Message.IsSet():
		e.find(rule.WrongType, e.w.Message.Span(), "message", fmt.Sprintf("%s has a message and variants", e),
			"remove the message, or make it a variant", note(e.variantsSpan(), "its variants are here"))
	case len(e.w.Variants) == 0 && !e.w.Message.IsSet():
		e.find(rule.MessageMissing, e.span(), "message", fmt.Sprintf("%s has no message", e),
			"add `message: …`")
	}
	if len(e.w.Variants) == 0 {
		e.out.Variants = []catalog.Variant{{
			Message: e.message(e.w.Message, "message"),
		}}
		e.symbol(goname.ForVariant(e.goNames.Stem, "").New, e.w.Code, "the constructor of", "", "give one of the codes a go_name")
	} else {
		e.variants()
	}
	e.readability()
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
		v := catalog.Variant{ID: w.ID.Text, GoName: w.GoName.Text, Message: e.message(w.Message, path+".message")}
		names := goname.ForVariant(e.goNames.Stem, goname.Stem(v.ID, v.GoName))
		if other, twice := first[v.ID]; twice {
			e.find(rule.DuplicateVariant, w.ID.Span(), path+".id", fmt.Sprintf("%s has two variants %q", e, v.ID),
				"rename one of them", note(other, "first written here"))
		} else if v.ID != "" {
			first[v.ID] = w.ID.Span()
			const help = "give the variant a go_name"
			_ = e.symbol(names.Const, w.ID, "the variant", v.ID, help) && e.symbol(names.New, w.ID,
				"the constructor of the variant", v.ID, help)
		}
		e.out.Variants[i] = v
	}
}

// message resolves one message.
func (e *entry) message(s syntax.Scalar, path string) message.Template {
	if !s.IsSet() {
		return nil
	}
	if strings.TrimSpace(s.Text) == "" {
		e.find(rule.MessageMissing, s.Span(), path, "this message is empty", "write what went wrong")
		return nil
	}
	e.c.style(e, s, path)
	return e.blanks(s, path, true)
}

// blanks resolves a text that is filled with params.
func (e *entry) blanks(s syntax.Scalar, path string, inMessage bool) message.Template {
	t, problems := message.Parse(s.Text)
	e.c.template(e, s, path, problems)
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
		e.shown(&e.out.Params[i], place.At(seg.Offset, len(seg.Name)+3), path, inMessage)
		e.out.Params[i].InMessage = e.out.Params[i].InMessage || inMessage
	}
	return t
}

func (e *entry) undeclaredParam(at diag.Span, path, name string) {
	if e.valueNames.find(name) >= 0 {
		e.find(rule.ParamUndeclared, at, path, fmt.Sprintf("${%s} is a value; messages and headers are filled with params", name),
			"write the value out, or declare a param")
		return
	}
	near := e.c.near(name, e.paramNames.list)
	if near == "" {
		near = partOf(name, e.paramNames.list)
	}
	if near != "" {
		e.used[e.paramNames.find(near)] = true // it is what was meant: not to be called unused as well
	}
	hint, help := didYouMean(near, "declare it: `params: {"+name+": {type: string}}`")
	e.find(rule.ParamUndeclared, at, path, fmt.Sprintf("%s has no param %q%s", e, name, hint), help)
}

// partOf returns the one of known that has name as its first or last words, or the other way round: ${id} is likely payment_id. It
// returns "" if there is none, or more than one.
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

// braced reports whether a message has a name in braces without a dollar, as other templates are written.
func (e *entry) braced(name string) bool {
	for i := range e.out.Variants {
		for _, segment := range e.out.Variants[i].Message {
			if strings.Contains(segment.Literal, "{"+name+"}") {
				return true
			}
		}
	}
	return false
}

// unused looks for params that nothing shows. all and named are what the envelope carries of params. While a message is missing, it can
// not be said.
func (e *entry) unused(all bool, named map[string]bool) {
	for i := range e.out.Variants {
		if e.out.Variants[i].Message == nil {
			return
		}
	}
	for i := range e.out.Params {
		p := &e.out.Params[i]
		carried := all || named[p.Name]
		if e.used[i] || p.Detail || p.Sensitive || p.Optional && carried || !e.w.Params[i].Value.Type.IsSet() {
			continue // or its type was refused: a list would need no message
		}
		help := fmt.Sprintf("use it as ${%s}, or remove it; with `detail: true` it goes into the body and into no message", p.Name)
		switch {
		case e.braced(p.Name):
			help = fmt.Sprintf("write ${%s} where the message has {%[1]s}", p.Name)
		case p.Optional:
			help = fmt.Sprintf("add a member such as `%s: $param.%[1]s` to envelope.body, use it in a header, or remove it", p.Name)
		case carried:
			help = fmt.Sprintf("add `detail: true`, and the body carries it; or use it as ${%s} in the message, or remove it", p.Name)
		}
		e.find(rule.ParamUnused, e.w.Params[i].Key.Span(), "params."+p.Name,
			fmt.Sprintf("param %q is in no message and no header of %s", p.Name, e), help)
	}
}
