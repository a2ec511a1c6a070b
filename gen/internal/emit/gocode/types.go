package gocode

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/value"
)

// types emits, for each entry, its values, its params, its type, its constructors and its methods; and then the function that
// makes an empty error of any of them.
func (g *generator) types(first int, entries []*catalog.Entry) []byte {
	var imports []string
	if len(entries) > 0 {
		imports = append(imports, "log/slog")
	}
	if needsSlices(entries) {
		imports = append(imports, "slices")
	}
	if needsTime(entries) {
		imports = append(imports, "time")
	}
	out := header(g.pkg, imports...)
	// A tree per hundred codes takes half the time of one tree for all, and an eighth of its memory.
	for part := range parts(entries, 100) {
		out = append(out, render(func(f *jen.File) {
			for _, e := range part {
				values(f, e)
				params(f, e)
				errorType(f, e)
				constructors(f, e)
				options(f, e)
				methods(f, e)
			}
		})...)
	}
	return append(out, render(func(f *jen.File) { g.fresh(f, first, entries) })...)
}

func parts(entries []*catalog.Entry, size int) func(func([]*catalog.Entry) bool) {
	return func(yield func([]*catalog.Entry) bool) {
		for len(entries) > 0 {
			n := min(size, len(entries))
			if !yield(entries[:n]) {
				return
			}
			entries = entries[n:]
		}
	}
}

// needsSlices reports whether a constructor takes a list, which it copies.
func needsSlices(entries []*catalog.Entry) bool {
	return slices.ContainsFunc(entries, func(e *catalog.Entry) bool {
		return slices.ContainsFunc(e.Params, func(p catalog.Param) bool { return p.Kind == value.List && !p.Optional })
	})
}

func needsTime(entries []*catalog.Entry) bool {
	for _, e := range entries {
		for i := range e.Params {
			p := &e.Params[i]
			if isTimed(p.Kind) {
				return true
			}
			if p.Items != nil && (isTimed(p.Items.Kind) || slices.ContainsFunc(p.Items.Fields, func(f catalog.Field) bool { return isTimed(f.Kind) })) {
				return true
			}
		}
		for _, v := range e.Values {
			if isTimed(v.Value.Kind) || v.Value.Kind == value.List && len(v.Value.List) > 0 && isTimed(v.Value.List[0].Kind) {
				return true
			}
		}
	}
	return false
}

// isTimed reports whether the Go type of a kind is one of package time.
func isTimed(k value.Kind) bool { return k == value.Duration || k == value.Time }

// goType returns the Go type of a kind.
func goType(k value.Kind) *jen.Statement {
	switch k {
	case value.Int, value.Bytes:
		return jen.Int64()
	case value.Float:
		return jen.Float64()
	case value.Bool:
		return jen.Bool()
	case value.Duration:
		return jen.Id("time").Dot("Duration")
	case value.Time:
		return jen.Id("time").Dot("Time")
	case value.String:
		return jen.String()
	default:
		panic("gocode: no Go type for kind " + k.String())
	}
}

// paramType returns the type of a constructor's argument.
func paramType(p *catalog.Param) *jen.Statement {
	switch {
	case p.GoType != "":
		return jen.Id(p.GoType)
	case p.Kind != value.List:
		return goType(p.Kind)
	case p.Items.GoType != "":
		return jen.Index().Id(p.Items.GoType)
	default:
		return jen.Index().Add(goType(p.Items.Kind))
	}
}

// fieldType returns the type of a field of the params struct: that of the argument, but a pointer if it may be absent.
func fieldType(p *catalog.Param) *jen.Statement {
	if p.Optional && p.Kind != value.List {
		return jen.Op("*").Add(paramType(p))
	}
	return paramType(p)
}

// literal returns a value as a Go expression of its type.
func literal(v value.Value) *jen.Statement {
	switch v.Kind {
	case value.Int, value.Bytes:
		return jen.Op(grouped(v.Int))
	case value.Float:
		return jen.Op(value.FormatFloat(v.Float))
	case value.Bool:
		return jen.Op(strconv.FormatBool(v.Bool))
	case value.Duration:
		return durationLiteral(durationOf(v))
	case value.Time:
		t := v.Time
		return jen.Id("time").Dot("Date").Call(
			jen.Lit(t.Year()), jen.Op(strconv.Itoa(int(t.Month()))), jen.Lit(t.Day()),
			jen.Lit(t.Hour()), jen.Lit(t.Minute()), jen.Lit(t.Second()), jen.Lit(t.Nanosecond()), jen.Id("time").Dot("UTC"))
	default:
		return jen.Op(quote(v.Str))
	}
}

// grouped prints a number with an underscore between thousands, as people write sizes in Go.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "_" + s[i:]
	}
	return sign + s
}

func durationOf(v value.Value) time.Duration { return time.Duration(v.Int) }

// durationLiteral prints a duration in the largest unit that divides it: 90 * time.Second.
func durationLiteral(d time.Duration) *jen.Statement {
	for _, u := range []struct {
		size time.Duration
		name string
	}{{time.Hour, "Hour"}, {time.Minute, "Minute"}, {time.Second, "Second"}, {time.Millisecond, "Millisecond"}, {time.Microsecond, "Microsecond"}} {
		if d != 0 && d%u.size == 0 {
			return jen.Op(strconv.FormatInt(int64(d/u.size), 10) + " * time." + u.name)
		}
	}
	return jen.Op(strconv.FormatInt(int64(d), 10) + " * time.Nanosecond")
}

// values emits the constants that an entry's texts are filled from. What Go can not hold in a constant is a function, so that
// nobody can change it:
//
//	// FileTooLargeMaxImage is 10 MB: the largest image that is accepted.
//	const FileTooLargeMaxImage int64 = 10_000_000
//
//	// UnsupportedTypeSupported returns JPEG, PNG: the file types that are accepted.
//	func UnsupportedTypeSupported() []string { return []string{"JPEG", "PNG"} }
func values(f *jen.File, e *catalog.Entry) {
	for i := range e.Values {
		v := &e.Values[i]
		says := func(verb string) string {
			text := v.Const + " " + verb + " " + v.Value.Text()
			if d := paragraphs(v.Description)[0]; d != "" {
				return text + ": " + lowerFirst(d)
			}
			return text + ", a constant of [" + e.Go.Code + "]."
		}
		switch v.Value.Kind {
		case value.List:
			item := value.String
			if len(v.Value.List) > 0 {
				item = v.Value.List[0].Kind
			}
			items := make([]jen.Code, len(v.Value.List))
			for i, x := range v.Value.List {
				items[i] = literal(x)
			}
			comment(f, says("returns"))
			f.Func().Id(v.Const).Params().Index().Add(goType(item)).Block(jen.Return(jen.Index().Add(goType(item)).Values(items...)))
		case value.Time:
			comment(f, says("returns"))
			f.Func().Id(v.Const).Params().Add(goType(value.Time)).Block(jen.Return(literal(v.Value)))
		default:
			comment(f, says("is"))
			f.Const().Id(v.Const).Add(goType(v.Value.Kind)).Op("=").Add(literal(v.Value))
		}
		f.Line()
	}
}

// lowerFirst returns a sentence as it continues after a colon: with its first letter small, unless it begins with an abbreviation.
func lowerFirst(s string) string {
	if len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'a' && s[1] <= 'z' || strings.HasPrefix(s, "A ") {
		return string(s[0]+'a'-'A') + s[1:]
	}
	return s
}

// params emits an entry's params as a struct without methods, and the types of its enums:
//
//	// FileTooLargeParams are the params of a [FileTooLargeError].
//	type FileTooLargeParams struct {
//		Kind FileTooLargeKind
//	}
func params(f *jen.File, e *catalog.Entry) {
	if len(e.Params) == 0 {
		return
	}
	for i := range e.Params {
		enum(f, e, &e.Params[i])
		item(f, e, &e.Params[i])
	}
	comment(f, e.Go.Params+" are the params of a ["+e.Go.Type+"].")
	f.Type().Id(e.Go.Params).StructFunc(func(g *jen.Group) {
		for i := range e.Params {
			p := &e.Params[i]
			comment(g, paragraphs(p.Description)...)
			g.Id(p.Field).Add(fieldType(p)).Do(func(s *jen.Statement) {
				if remark := paramRemark(p); remark != "" {
					s.Comment("// " + remark)
				}
			})
		}
	})
	f.Line()
}

// paramRemark says what a param's type does not.
func paramRemark(p *catalog.Param) string {
	var words []string
	if p.Kind == value.Bytes {
		words = append(words, "in bytes")
	}
	if p.Optional {
		words = append(words, "nil if not given")
	}
	if p.Sensitive {
		words = append(words, "never sent")
	}
	return strings.Join(words, "; ")
}

// item emits the type of the objects in a list:
//
//	// FileTooLargeViolation is an item of [FileTooLargeParams].Violations.
//	type FileTooLargeViolation struct {
//		Field  string
//		Reason string
//	}
func item(f *jen.File, e *catalog.Entry, p *catalog.Param) {
	if p.Items == nil || p.Items.GoType == "" {
		return
	}
	comment(f, p.Items.GoType+" is an item of ["+e.Go.Params+"]."+p.Field+".")
	f.Type().Id(p.Items.GoType).StructFunc(func(g *jen.Group) {
		for _, field := range p.Items.Fields {
			g.Id(field.Field).Add(goType(field.Kind))
		}
	})
	f.Line()
}

// enum emits the type of an enum param, and its values:
//
//	// FileTooLargeKind is what [FileTooLargeParams].Kind may be.
//	type FileTooLargeKind string
//
//	// The values of [FileTooLargeKind].
//	const (
//		FileTooLargeKindImage FileTooLargeKind = "image"
//	)
func enum(f *jen.File, e *catalog.Entry, p *catalog.Param) {
	if p.GoType == "" {
		return
	}
	comment(f, p.GoType+" is what ["+e.Go.Params+"]."+p.Field+" may be. A newer server may know more values.")
	f.Type().Id(p.GoType).String()
	f.Line()
	comment(f, "The values of ["+p.GoType+"].")
	f.Const().DefsFunc(func(g *jen.Group) {
		for _, v := range p.Enum {
			g.Id(v.Const).Id(p.GoType).Op("=").Op(strconv.Quote(v.Value))
		}
	})
	f.Line()
}

// errorType emits
//
//	// FileTooLargeError is the error of code FILE_TOO_LARGE (HTTP 413): File too large.
//	type FileTooLargeError struct {
//		core   Error
//		Params FileTooLargeParams
//	}
//
// The core is a field with a name, because each promoted method would cost the compiler a wrapper.
func errorType(f *jen.File, e *catalog.Entry) {
	doc := []string{fmt.Sprintf("%s is the error of code %s (%s): %s", e.Go.Type, e.Code, statuses(e), sentence(e.Title))}
	doc = append(doc, paragraphs(e.Description)...)
	if e.Resolution != "" {
		text := paragraphs(e.Resolution)
		text[0] = "What to do: " + text[0]
		doc = append(doc, text...)
	}
	doc = append(doc, retryText(e.Retry), seeText(e), linksText(e), deprecation(e))
	comment(f, doc...)
	f.Type().Id(e.Go.Type).StructFunc(func(g *jen.Group) {
		g.Id("core").Id("Error")
		if len(e.Params) > 0 {
			g.Line()
			comment(g, "Params are set in every error that is made here. In one that was decoded from a response they are if it says "+
				"so: see [Error.HasParams].")
			g.Id("Params").Id(e.Go.Params)
		}
	})
	f.Line()
}

// retryText says in words when to try again.
func retryText(r *catalog.RetryPolicy) string {
	if r == nil {
		return "Retrying does not help."
	}
	times := "once"
	if r.MaxRetries > 1 {
		times = fmt.Sprintf("up to %d times", r.MaxRetries)
	}
	which := "if the request is idempotent"
	if r.AnyMethod {
		which = "a POST included"
	}
	first := value.FormatDuration(r.Base)
	switch {
	case r.MaxRetries > 1 && r.Strategy == catalog.Exponential:
		return fmt.Sprintf("Retry %s, %s, with delays that grow from %s to at most %s.", times, which, first, value.FormatDuration(r.MaxDelay))
	case r.MaxRetries > 1:
		return fmt.Sprintf("Retry %s, %s, with delays of %s.", times, which, first)
	default:
		return fmt.Sprintf("Retry %s, %s, after %s.", times, which, first)
	}
}

func seeText(e *catalog.Entry) string {
	var words []string
	for _, s := range e.See {
		words = append(words, "["+s.Go.Type+"]")
	}
	if e.DocsURL != "" {
		words = append(words, e.DocsURL)
	}
	if len(words) == 0 {
		return ""
	}
	return "See " + list(words, "and") + "."
}

func linksText(e *catalog.Entry) string {
	if len(e.Links) == 0 {
		return ""
	}
	words := make([]string, len(e.Links))
	for i, l := range e.Links {
		words[i] = strings.Join(strings.Fields(l.Title), " ") + " (" + l.URL + ")"
	}
	return "Further reading: " + list(words, "and") + "."
}

// constructors emits one function per variant:
//
//	// NewFileTooLarge returns the error “The ${kind} file exceeds ${limit}.”
//	func NewFileTooLarge(kind FileTooLargeKind, limit int64, opts ...Option) *FileTooLargeError {
//		e := &FileTooLargeError{Params: FileTooLargeParams{Kind: kind, Limit: limit}}
//		e.core.init(7, 0, opts, textArg(string(kind)), intArg(limit))
//		return e
//	}
func constructors(f *jen.File, e *catalog.Entry) {
	for i := range e.Variants {
		v := &e.Variants[i]
		takes := constructorParams(e, v)
		doc := v.Go.New + " returns the error “" + v.Message.String() + "”."
		if len(e.Statuses) > 1 {
			doc += fmt.Sprintf(" Its status is %d; [WithStatus] chooses another.", e.Statuses[0])
		}
		if p := retryAfterParam(e); p != nil && takes[p.Name] {
			doc += " The Retry-After header is made of " + p.Arg + "."
		}
		comment(f, doc, deprecation(e))
		f.Func().Id(v.Go.New).ParamsFunc(func(g *jen.Group) {
			for i := range e.Params {
				if p := &e.Params[i]; takes[p.Name] {
					g.Id(p.Arg).Add(paramType(p))
				}
			}
			g.Id("opts").Op("...").Id("Option")
		}).Op("*").Id(e.Go.Type).BlockFunc(func(g *jen.Group) { construct(g, e, i, takes) })
		f.Line()
	}
}

func construct(g *jen.Group, e *catalog.Entry, variant int, takes map[string]bool) {
	made := jen.Id("e").Op(":=").Op("&").Id(e.Go.Type)
	if len(takes) == 0 {
		g.Add(made.Values())
	} else {
		g.Add(made.Values(jen.Id("Params").Op(":").Id(e.Go.Params).ValuesFunc(func(g *jen.Group) {
			for i := range e.Params {
				if p := &e.Params[i]; takes[p.Name] {
					arg := jen.Id(p.Arg)
					if p.Kind == value.List {
						arg = jen.Id("slices").Dot("Clone").Call(arg)
					}
					g.Id(p.Field).Op(":").Add(arg)
				}
			}
		})))
	}
	args := func(g *jen.Group) {
		for i := range e.Params {
			if p := &e.Params[i]; takes[p.Name] {
				g.Add(argOf(e, p, jen.Id(p.Arg)))
			} else {
				g.Id("arg").Values()
			}
		}
	}
	init := func(args ...jen.Code) *jen.Statement {
		return jen.Id("e").Dot("core").Dot("init").Call(append([]jen.Code{jen.Lit(e.Index), jen.Lit(variant), jen.Id("opts")}, args...)...)
	}
	if optionsSetParams(e) {
		g.Id("args").Op(":=").Index(jen.Op("...")).Id("arg").ValuesFunc(args)
		g.Add(init(jen.Id("args").Index(jen.Op(":")).Op("...")))
		g.Id("setParams").Call(jen.Op("&").Id("e").Dot("Params"), jen.Id("infos").Index(jen.Lit(e.Index)).Dot("params"), jen.Id("args").Index(jen.Op(":")))
	} else {
		g.Id("e").Dot("core").Dot("init").CallFunc(func(g *jen.Group) {
			g.Lit(e.Index)
			g.Lit(variant)
			g.Id("opts")
			args(g)
		})
		if p := retryAfterParam(e); p != nil && takes[p.Name] && p.Kind == value.Duration {
			g.Id("e").Dot("Params").Dot(p.Field).Op("=").Id("e").Dot("core").Dot("retryAfter")
		}
	}
	g.Return(jen.Id("e"))
}

// optionsSetParams reports whether options may change params, so that the struct is to be filled once they were applied.
func optionsSetParams(e *catalog.Entry) bool {
	if p := retryAfterParam(e); p != nil && p.Kind == value.Int {
		return true
	}
	return slices.ContainsFunc(e.Params, func(p catalog.Param) bool { return p.Optional })
}

// constructorParams returns the names of the params that a variant's constructor takes: those of its message, of the headers, the
// details and the sensitive ones, but none that is optional.
func constructorParams(e *catalog.Entry, v *catalog.Variant) map[string]bool {
	takes := map[string]bool{}
	for _, name := range v.Message.Names() {
		takes[name] = true
	}
	for i := range e.Headers {
		for _, name := range e.Headers[i].Value.Names() {
			takes[name] = true
		}
	}
	for i := range e.Params {
		switch p := &e.Params[i]; {
		case p.Optional:
			delete(takes, p.Name)
		case p.Detail || p.Sensitive:
			takes[p.Name] = true
		}
	}
	return takes
}

// options emits, for each optional param, the option that sets it:
//
//	// WithFileTooLargeHint sets [FileTooLargeParams].Hint.
//	func WithFileTooLargeHint(hint string) Option { return withParam(7, 2, textArg(hint)) }
func options(f *jen.File, e *catalog.Entry) {
	for i := range e.Params {
		p := &e.Params[i]
		if !p.Optional {
			continue
		}
		doc := []string{p.Option + " sets the param " + p.Name + " of a [" + e.Go.Type + "]. It does nothing to an error of another code."}
		comment(f, append(doc, paragraphs(p.Description)...)...)
		f.Func().Id(p.Option).Params(jen.Id(p.Arg).Add(paramType(p))).Id("Option").Block(
			jen.Return(jen.Id("withParam").Call(jen.Lit(e.Index), jen.Lit(i), argOf(e, p, jen.Id(p.Arg)))))
		f.Line()
	}
}

// argOf returns what the fixed part takes for a param.
func argOf(e *catalog.Entry, p *catalog.Param, arg *jen.Statement) *jen.Statement {
	switch p.Kind {
	case value.List:
		return jen.Id("listArg").Call(jen.Op("&").Id("infos").Index(jen.Lit(e.Index)).Dot("params").Index(jen.Lit(paramNumber(e, p.Name)-1)), arg)
	case value.Int, value.Bytes:
		return jen.Id("intArg").Call(arg)
	case value.Float:
		return jen.Id("floatArg").Call(arg)
	case value.Bool:
		return jen.Id("boolArg").Call(arg)
	case value.Duration:
		return jen.Id("durationArg").Call(arg)
	case value.Time:
		return jen.Id("timeArg").Call(arg)
	default:
		if p.GoType != "" {
			arg = jen.String().Call(arg)
		}
		return jen.Id("textArg").Call(arg)
	}
}

// methods emits the five methods that a type needs of its own (Is only because errors.Is then finds a code without unwrapping to the *Error: in 0.6 of the time); all others are those of the *Error that it unwraps to. Each
// method of each type costs the compiler some 0.2 ms, and more if it holds anything but a call: so there is one guard against
// nil, in Unwrap, which is not inlined.
//
// They are the same for all types, but for a name and a number, so they are text and no tree, which would take three times as long.
func methods(f *jen.File, e *catalog.Entry) {
	params := "nil"
	if len(e.Params) > 0 {
		params = "&e.Params"
	}
	f.Op(strings.NewReplacer("Type", e.Go.Type, "core", "e.core.or("+strconv.Itoa(e.Index)+", "+params+")").Replace(methodsText))
	f.Line()
}

const methodsText = `// Error returns the code and the message.
func (e *Type) Error() string { return textOf(e.Unwrap()) }

// MarshalJSON returns the body of the error's response.
func (e *Type) MarshalJSON() ([]byte, error) { return bodyOf(e.Unwrap()) }

// LogValue returns the error as a group of attributes for [log/slog].
func (e *Type) LogValue() slog.Value { return attrsOf(e.Unwrap()) }

// Is reports whether target is the error's [Code] or its [Variant], for [errors.Is].
func (e *Type) Is(target error) bool { return isOf(e.Unwrap(), target) }

// Unwrap returns the [*Error] with the status, the headers and the cause.
//
//go:noinline
func (e *Type) Unwrap() error {
	if e == nil {
		return nil
	}
	return core
}
`

// fresh emits the function that makes an empty error of a code, for decoding:
//
//	func fresh(code int) (core *Error, params any, err error) {
//		switch code {
//		case 0:
//			e := new(UnauthorizedError)
//			return &e.core, nil, e
//		…
//
// With more than typesPerFile codes each file has such a function of its own, and the first file's hands on to the others.
func (g *generator) fresh(f *jen.File, first int, entries []*catalog.Entry) {
	name := "fresh"
	if first > 0 {
		name += strconv.Itoa(first)
	}
	comment(f, name+" makes an empty error of a code: it returns its core, a pointer to its params, if it has any, and the error itself.")
	f.Func().Id(name).Params(jen.Id("code").Int()).Params(
		jen.Id("core").Op("*").Id("Error"), jen.Id("params").Any(), jen.Id("err").Error(),
	).BlockFunc(func(b *jen.Group) {
		if first == 0 {
			for i := (g.catalog.Len() - 1) / typesPerFile * typesPerFile; i > 0; i -= typesPerFile {
				b.If(jen.Id("code").Op(">=").Lit(i)).Block(jen.Return(jen.Id("fresh" + strconv.Itoa(i)).Call(jen.Id("code"))))
			}
		}
		b.Switch(jen.Id("code")).BlockFunc(func(s *jen.Group) {
			for _, e := range entries {
				params := jen.Nil()
				if len(e.Params) > 0 {
					params = jen.Op("&").Id("e").Dot("Params")
				}
				s.Case(jen.Lit(e.Index)).Block(
					jen.Id("e").Op(":=").New(jen.Id(e.Go.Type)),
					jen.Return(jen.Op("&").Id("e").Dot("core"), params, jen.Id("e")),
				)
			}
		})
		b.Panic(jen.Lit("no code has this number"))
	})
}

// retryAfterParam returns the param that alone feeds the Retry-After header, or nil.
func retryAfterParam(e *catalog.Entry) *catalog.Param {
	for i := range e.Headers {
		h := &e.Headers[i]
		if h.Name == "Retry-After" && len(h.Value) == 1 && h.Value[0].Name != "" {
			return e.Param(h.Value[0].Name)
		}
	}
	return nil
}
