package gocode

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/value"
)

// types emits, for each entry, its values, its params, its type, its constructors and its methods; and then the function that
// makes an empty error of any of them.
func (g *generator) types(first int, entries []*catalog.Entry) ([]byte, error) {
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
	w := &writer{format: g.format}
	w.Grow(1024 + 2304*len(entries)) // a type of a usual size
	w.Write(header(g.pkg, imports...))
	w.start = w.Len()
	for _, e := range entries {
		values(w, e)
		params(w, e)
		errorType(w, g.catalog, e)
		constructors(w, e)
		options(w, e)
		methods(w, e)
		if err := w.settle(); err != nil {
			return nil, err
		}
	}
	g.fresh(w, first, entries)
	return w.Bytes(), w.settle()
}

// needsSlices reports whether a constructor takes a list, which it copies.
func needsSlices(entries []*catalog.Entry) bool {
	return slices.ContainsFunc(entries, func(e *catalog.Entry) bool {
		return slices.ContainsFunc(e.Params, func(p catalog.Param) bool { return p.Kind == value.List && (!p.Optional || p.Sensitive) })
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
func goType(k value.Kind) string {
	switch k {
	case value.Int, value.Bytes:
		return "int64"
	case value.Float:
		return "float64"
	case value.Bool:
		return "bool"
	case value.Duration:
		return "time.Duration"
	case value.Time:
		return "time.Time"
	case value.String:
		return "string"
	default:
		panic("gocode: no Go type for kind " + k.String())
	}
}

// paramType returns the type of a constructor's argument.
func paramType(p *catalog.Param) string {
	switch {
	case p.GoType != "":
		return p.GoType
	case p.Kind != value.List:
		return goType(p.Kind)
	case p.Items.GoType != "":
		return "[]" + p.Items.GoType
	default:
		return "[]" + goType(p.Items.Kind)
	}
}

// fieldType returns the type of a field of the params struct: that of the argument, hidden if it is sensitive, and a pointer if it may be
// absent.
func fieldType(p *catalog.Param) string {
	t := paramType(p)
	if p.Sensitive {
		t = "Redacted[" + t + "]"
	}
	if p.Optional && (p.Sensitive || p.Kind != value.List) {
		return "*" + t
	}
	return t
}

// literal returns a value as a Go expression of its type.
func literal(v value.Value) string {
	switch v.Kind {
	case value.Int, value.Bytes:
		return grouped(v.Int)
	case value.Float:
		return value.FormatFloat(v.Float)
	case value.Bool:
		return strconv.FormatBool(v.Bool)
	case value.Duration:
		return duration(durationOf(v))
	case value.Time:
		t := v.Time
		return fmt.Sprintf("time.Date(%d, %d, %d, %d, %d, %d, %d, time.UTC)",
			t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond())
	default:
		return quote(v.Str)
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

// duration prints a duration in the largest unit that divides it: 90 * time.Second.
func duration(d time.Duration) string {
	for _, u := range []struct {
		size time.Duration
		name string
	}{{time.Hour, "Hour"}, {time.Minute, "Minute"}, {time.Second, "Second"}, {time.Millisecond, "Millisecond"}, {time.Microsecond, "Microsecond"}} {
		if d != 0 && d%u.size == 0 {
			return strconv.FormatInt(int64(d/u.size), 10) + " * time." + u.name
		}
	}
	return strconv.FormatInt(int64(d), 10) + " * time.Nanosecond"
}

// values emits the constants that an entry's texts are filled from. What Go can not hold in a constant is a function, so that
// nobody can change it:
//
//	// FileTooLargeMaxImage is 10 MB: the largest image that is accepted.
//	const FileTooLargeMaxImage int64 = 10_000_000
//
//	// UnsupportedTypeSupported returns JPEG, PNG: the file types that are accepted.
//	func UnsupportedTypeSupported() []string { return []string{"JPEG", "PNG"} }
func values(w *writer, e *catalog.Entry) {
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
			typ := "[]" + goType(item)
			w.comment("", says("returns"))
			w.function("func "+v.Const+"() "+typ, "return "+typ+"{"+join(v.Value.List, literal)+"}")
		case value.Time:
			w.comment("", says("returns"))
			w.function("func "+v.Const+"() "+goType(value.Time), "return "+literal(v.Value))
		default:
			w.comment("", says("is"))
			w.line("const ", v.Const, " ", goType(v.Value.Kind), " = ", literal(v.Value))
		}
		w.line()
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
//	// FileTooLargeParams are the params of [FileTooLargeError].
//	type FileTooLargeParams struct {
//		Kind FileTooLargeKind
//	}
func params(w *writer, e *catalog.Entry) {
	if len(e.Params) == 0 {
		return
	}
	for i := range e.Params {
		enum(w, &e.Params[i], e.Go.Params)
		item(w, &e.Params[i], e.Go.Params)
	}
	w.comment("", e.Go.Params+" are the params of ["+e.Go.Type+"].")
	w.line("type ", e.Go.Params, " struct {")
	fields := make([]field, len(e.Params))
	for i := range e.Params {
		p := &e.Params[i]
		fields[i] = field{doc: commentLines(paragraphs(p.Description)), name: p.Field, rest: fieldType(p), remark: paramRemark(p)}
	}
	w.fields(fields)
	w.line("}")
	w.line()
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
func item(w *writer, p *catalog.Param, params string) {
	if p.Items == nil || p.Items.GoType == "" {
		return
	}
	w.comment("", p.Items.GoType+" is an item of ["+params+"]."+p.Field+".")
	w.line("type ", p.Items.GoType, " struct {")
	fields := make([]field, len(p.Items.Fields))
	for i, f := range p.Items.Fields {
		fields[i] = field{name: f.Field, rest: goType(f.Kind)}
	}
	w.fields(fields)
	w.line("}")
	w.line()
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
func enum(w *writer, p *catalog.Param, params string) {
	if p.GoType == "" {
		return
	}
	w.comment("", p.GoType+" is what ["+params+"]."+p.Field+" may be. A newer server may know more values.")
	w.line("type ", p.GoType, " string")
	w.line()
	w.comment("", "The values of ["+p.GoType+"].")
	w.line("const (")
	values := make([]field, len(p.Enum))
	for i, v := range p.Enum {
		values[i] = field{name: v.Const, rest: p.GoType + " = " + strconv.Quote(v.Value)}
	}
	w.fields(values)
	w.line(")")
	w.line()
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
func errorType(w *writer, c *catalog.Catalog, e *catalog.Entry) {
	doc := []string{fmt.Sprintf("%s is the error of code %s (%s): %s", e.Go.Type, e.Code, statuses(e), sentence(e.Title))}
	doc = append(doc, paragraphs(e.Description)...)
	if e.Resolution != "" {
		text := paragraphs(e.Resolution)
		text[0] = "What to do: " + text[0]
		doc = append(doc, text...)
	}
	doc = append(doc, standsForText(c, e), retryText(e.Retry), seeText(e), linksText(e), deprecation(e))
	w.comment("", doc...)
	w.line("type ", e.Go.Type, " struct {")
	w.line("\tcore Error")
	if len(e.Params) > 0 {
		w.line()
		w.comment("\t", "Params are all set in an error that its constructor made. In one from a response those are set that the response "+
			"tells: see [Error.HasParams].")
		w.line("\tParams ", e.Go.Params)
	}
	w.line("}")
	w.line()
}

// standsForText says which errors that are not of the package are sent as this one.
func standsForText(c *catalog.Catalog, e *catalog.Entry) string {
	var errs []string
	for _, f := range c.StandsFor(e) {
		errs = append(errs, [...]string{
			catalog.AnyFailure:     "any error that is not of this package",
			catalog.BodyTooLarge:   "an [*net/http.MaxBytesError]",
			catalog.DeadlinePassed: "a [context.DeadlineExceeded]",
		}[f])
	}
	if len(errs) == 0 {
		return ""
	}
	return "[Write] also sends it for " + list(errs, "and") + "."
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
func constructors(w *writer, e *catalog.Entry) {
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
		w.comment("", doc, deprecation(e))
		w.WriteString("func " + v.Go.New + "(")
		for i := range e.Params {
			if p := &e.Params[i]; takes[p.Name] {
				w.WriteString(p.Arg + " " + paramType(p) + ", ")
			}
		}
		w.line("opts ...Option) *", e.Go.Type, " {")
		construct(w, e, i, takes)
		w.line("\treturn e")
		w.line("}")
		w.line()
	}
}

func construct(w *writer, e *catalog.Entry, variant int, takes map[string]bool) {
	var fields, args []string
	for i := range e.Params {
		p := &e.Params[i]
		if !takes[p.Name] {
			args = append(args, "arg{}")
			continue
		}
		field := p.Arg
		if p.Kind == value.List {
			field = "slices.Clone(" + p.Arg + ")"
		}
		if p.Sensitive {
			field = "Redact(" + field + ")"
		}
		fields = append(fields, p.Field+": "+field)
		args = append(args, argOf(e, p, p.Arg))
	}
	made := ""
	if len(fields) > 0 {
		made = "Params: " + e.Go.Params + "{" + strings.Join(fields, ", ") + "}"
	}
	w.line("\te := &", e.Go.Type, "{", made, "}")
	number := strconv.Itoa(e.Index)
	init := "\te.core.init(" + number + ", " + strconv.Itoa(variant) + ", opts"
	if optionsSetParams(e) {
		w.line("\targs := [...]arg{", strings.Join(args, ", "), "}")
		w.line(init, ", args[:]...)")
		w.line("\tsetParams(&e.Params, infos[", number, "].params, args[:])")
		if slices.ContainsFunc(e.Params, isOptionalSecret) {
			w.line("\tsetSecrets(", number, ", &e.Params, opts)")
		}
		return
	}
	w.line(strings.Join(append([]string{init}, args...), ", "), ")")
	if p := retryAfterParam(e); p != nil && takes[p.Name] && p.Kind == value.Duration {
		w.line("\te.Params.", p.Field, " = e.core.retryAfter")
	}
}

// isOptionalSecret reports whether an option sets a param that nothing but the params struct may hold.
func isOptionalSecret(p catalog.Param) bool { return p.Optional && p.Sensitive }

// optionsSetParams reports whether options may change params, so that the struct is to be filled once they were applied.
func optionsSetParams(e *catalog.Entry) bool {
	if p := retryAfterParam(e); p != nil && (p.Kind == value.Int || p.Kind == value.Time) {
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
func options(w *writer, e *catalog.Entry) {
	for i := range e.Params {
		p := &e.Params[i]
		if !p.Optional {
			continue
		}
		doc := []string{p.Option + " sets the param " + p.Name + " of [" + e.Go.Type + "]. It does nothing to an error of another code."}
		w.comment("", append(doc, paragraphs(p.Description)...)...)
		number := strconv.Itoa(e.Index)
		body := "return withParam(" + number + ", " + strconv.Itoa(i) + ", " + argOf(e, p, p.Arg) + ")"
		if p.Sensitive {
			arg := p.Arg
			if p.Kind == value.List {
				arg = "slices.Clone(" + arg + ")"
			}
			body = "return withSecret(" + number + ", func(params any) { setSecret(&params.(*" + e.Go.Params + ")." + p.Field + ", " + arg + ") })"
		}
		w.function("func "+p.Option+"("+p.Arg+" "+paramType(p)+") Option", body)
		w.line()
	}
}

// argOf returns what the fixed part takes for a param. One that is sensitive is not its business.
func argOf(e *catalog.Entry, p *catalog.Param, arg string) string {
	if p.Sensitive {
		return "arg{}"
	}
	switch p.Kind {
	case value.List:
		return fmt.Sprintf("listArg(&infos[%d].params[%d], %s)", e.Index, paramNumber(e, p.Name)-1, arg)
	case value.Int, value.Bytes:
		return "intArg(" + arg + ")"
	case value.Float:
		return "floatArg(" + arg + ")"
	case value.Bool:
		return "boolArg(" + arg + ")"
	case value.Duration:
		return "durationArg(" + arg + ")"
	case value.Time:
		return "timeArg(" + arg + ")"
	default:
		if p.GoType != "" {
			arg = "string(" + arg + ")"
		}
		return "textArg(" + arg + ")"
	}
}

// methods emits the five methods that a type needs of its own (Is only because errors.Is then finds a code without unwrapping to the
// *Error: in 0.6 of the time); all others are those of the *Error that it unwraps to. Each method of each type costs the compiler some
// 0.2 ms, and more if it holds anything but a call: so there is one guard against nil, in Unwrap, which is not inlined.
func methods(w *writer, e *catalog.Entry) {
	on := "func (e *" + e.Go.Type + ") "
	w.line("// Error returns the code and the message.")
	w.function(on+"Error() string", "return textOf(e.Unwrap())")
	w.line("\n// MarshalJSON returns the body of the error's response.")
	w.function(on+"MarshalJSON() ([]byte, error)", "return bodyOf(e.Unwrap())")
	w.line("\n// LogValue returns the error as a group of attributes for [log/slog].")
	w.function(on+"LogValue() slog.Value", "return attrsOf(e.Unwrap())")
	w.line("\n// Is reports whether target is the error's [Code] or its [Variant], for [errors.Is].")
	w.function(on+"Is(target error) bool", "return isOf(e.Unwrap(), target)")
	params := "nil"
	if len(e.Params) > 0 {
		params = "&e.Params"
	}
	w.line("\n// Unwrap returns the [*Error] with the status, the headers and the cause.\n//\n//go:noinline")
	w.line(on, "Unwrap() error {\n\tif e == nil {\n\t\treturn nil\n\t}\n\treturn e.core.or(", strconv.Itoa(e.Index), ", ", params, ")\n}\n")
}

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
func (g *generator) fresh(w *writer, first int, entries []*catalog.Entry) {
	name := "fresh"
	if first > 0 {
		name += strconv.Itoa(first)
	}
	w.comment("", name+" makes an empty error of a code: it returns its core, a pointer to its params, if it has any, and the error itself.")
	w.line("func ", name, "(code int) (core *Error, params any, err error) {")
	if first == 0 {
		for i := (g.catalog.Len() - 1) / typesPerFile * typesPerFile; i > 0; i -= typesPerFile {
			n := strconv.Itoa(i)
			w.line("\tif code >= ", n, " {\n\t\treturn fresh", n, "(code)\n\t}")
		}
	}
	if len(entries) > 0 {
		w.line("\tswitch code {")
	}
	for _, e := range entries {
		params := "nil"
		if len(e.Params) > 0 {
			params = "&e.Params"
		}
		w.line("\tcase ", strconv.Itoa(e.Index), ":\n\t\te := new(", e.Go.Type, ")\n\t\treturn &e.core, ", params, ", e")
	}
	if len(entries) > 0 {
		w.line("\t}")
	}
	w.line("\tpanic(\"no code has this number\")\n}")
}

// retryAfterParam returns the param that alone feeds the Retry-After header, or nil.
func retryAfterParam(e *catalog.Entry) *catalog.Param {
	for i := range e.Headers {
		h := &e.Headers[i]
		if h.Canonical() == catalog.RetryAfter && len(h.Value) == 1 && h.Value[0].Name != "" {
			return e.Param(h.Value[0].Name)
		}
	}
	return nil
}
