package gocode

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/gen/internal/value"
)

// errors emits, for each entry, its values, its params, its type, its constructors and its methods.
func (g *generator) errors(entries []*entry) ([]byte, error) {
	var imports []string
	if hasKind(entries, value.JSON) {
		imports = append(imports, "encoding/json")
	}
	if len(entries) > 0 {
		imports = append(imports, "log/slog")
	}
	if g.has("server") && needsSlices(entries) {
		imports = append(imports, "slices")
	}
	if needsTime(entries) || g.has("server") && slices.ContainsFunc(entries, retriesAfterSeconds) {
		imports = append(imports, "time")
	}
	w := &writer{}
	w.Grow(1024 + 2304*len(entries)) // a type of a usual size
	w.Write(header(g.pkg, imports...))
	w.start = w.Len()
	for _, e := range entries {
		values(w, e)
		params(w, e)
		g.errorType(w, e)
		if g.has("server") {
			g.constructors(w, e)
		}
		methods(w, e)
		if err := w.settle(); err != nil {
			return nil, err
		}
	}
	w.Truncate(len(bytes.TrimRight(w.Bytes(), "\n")) + 1)
	return w.Bytes(), w.settle()
}

// needsSlices reports whether a constructor takes a list, which it copies.
func needsSlices(entries []*entry) bool {
	for _, e := range entries {
		for i := range e.Params {
			p := &e.Params[i]
			if p.Kind == value.List && !isDeep(&p.Type) && !(p.Sensitive && e.TakesStruct()) {
				return true
			}
		}
	}
	return false
}

// hasKind reports whether there is a param of a kind, or one that holds values of it.
func hasKind(entries []*entry, k value.Kind) bool {
	return anyType(entries, func(t *catalog.Type) bool { return t.Kind == k })
}

// anyType reports whether is holds for the type of a param, or for one within it.
func anyType(entries []*entry, is func(*catalog.Type) bool) bool {
	for _, e := range entries {
		for i := range e.Params {
			if within(&e.Params[i].Type, is) {
				return true
			}
		}
	}
	return false
}

func within(t *catalog.Type, is func(*catalog.Type) bool) bool {
	return is(t) || t.Elem != nil && within(t.Elem, is) ||
		slices.ContainsFunc(t.Fields, func(f catalog.Field) bool { return within(&f.Type, is) })
}

// isNilable reports whether values of a kind can be nil in Go, so that an optional one needs no
// pointer.
func isNilable(k value.Kind) bool { return k == value.List || k == value.Map || k == value.JSON }

// isDeep reports whether a value has parts that a copy of it would share: more than a list of
// scalars, or of objects of them.
func isDeep(t *catalog.Type) bool {
	if t.Kind == value.List {
		return t.Elem.Kind == value.List || isDeep(t.Elem)
	}
	return isNilable(t.Kind) || slices.ContainsFunc(t.Fields, func(f catalog.Field) bool {
		return f.Optional || f.Kind == value.List || isDeep(&f.Type)
	})
}

// copyOf returns the expression for a copy of x, an expression of a type.
func (g *generator) copyOf(t *catalog.Type, x string) string {
	switch {
	case isDeep(t) && !g.has("nested"):
		return x // it is never sent
	case isDeep(t):
		return "cloned(" + x + ")"
	case t.Kind == value.List:
		return "slices.Clone(" + x + ")"
	default:
		return x
	}
}

// retriesAfterSeconds reports whether a constructor makes a delay of a number.
func retriesAfterSeconds(e *entry) bool {
	p := retryAfterParam(e)
	return p != nil && p.Kind == value.Int
}

func needsTime(entries []*entry) bool {
	if anyType(entries, func(t *catalog.Type) bool { return isTimed(t.Kind) }) {
		return true
	}
	for _, e := range entries {
		for _, v := range e.Values {
			if isTimed(v.Value.Kind) ||
				v.Value.Kind == value.List && len(v.Value.List) > 0 && isTimed(v.Value.List[0].Kind) {
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
func paramType(p *param) string { return typeText(&p.Type, &p.Go.Type) }

// typeText returns the Go type of a type.
func typeText(t *catalog.Type, n *goname.Type) string {
	switch {
	case n.Name != "":
		return n.Name
	case t.Kind == value.List:
		return "[]" + typeText(t.Elem, n.Elem)
	case t.Kind == value.Map:
		return "map[string]" + typeText(t.Elem, n.Elem)
	case t.Kind == value.JSON:
		return "json.RawMessage"
	default:
		return goType(t.Kind)
	}
}

// fieldType returns the type of a field of the params struct: that of the argument, hidden if it is
// sensitive, and a pointer if it may be absent.
func fieldType(p *param) string {
	t := paramType(p)
	if p.Sensitive {
		t = "Redacted[" + t + "]"
	}
	if p.Optional && (p.Sensitive || !isNilable(p.Kind)) {
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
	}{
		{time.Hour, "Hour"},
		{time.Minute, "Minute"},
		{time.Second, "Second"},
		{time.Millisecond, "Millisecond"},
		{time.Microsecond, "Microsecond"},
	} {
		if d != 0 && d%u.size == 0 {
			return strconv.FormatInt(int64(d/u.size), 10) + " * time." + u.name
		}
	}
	return strconv.FormatInt(int64(d), 10) + " * time.Nanosecond"
}

// values emits the constants that an entry's texts are filled from. What Go cannot hold in a
// constant is a function, so that nobody can change it:
//
//	// FileTooLargeMaxImage is 10 MB: the largest image that is accepted.
//	const FileTooLargeMaxImage int64 = 10_000_000
//
//	// UnsupportedTypeSupported returns JPEG, PNG: the file types that are accepted.
//	func UnsupportedTypeSupported() []string { return []string{"JPEG", "PNG"} }
func values(w *writer, e *entry) {
	for i := range e.Values {
		v := &e.Values[i]
		says := func(verb string) string {
			text := v.Go + " " + verb + " " + v.Value.Text()
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
			w.comment(says("returns"))
			w.line("func ", v.Go, "() ", typ, " {\n\treturn ", typ, "{", join(v.Value.List, literal), "}\n}")
		case value.Time:
			w.comment(says("returns"))
			w.line("func ", v.Go, "() ", goType(value.Time), " {\n\treturn ", literal(v.Value), "\n}")
		default:
			w.comment(says("is"))
			w.line("const ", v.Go, " ", goType(v.Value.Kind), " = ", literal(v.Value))
		}
		w.line()
	}
}

// lowerFirst returns a sentence as it continues after a colon: with its first letter small, unless
// it begins with an abbreviation.
func lowerFirst(s string) string {
	if len(s) > 1 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'a' && s[1] <= 'z' ||
		strings.HasPrefix(s, "A ") {
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
func params(w *writer, e *entry) {
	if len(e.Params) == 0 {
		return
	}
	for i := range e.Params {
		p := &e.Params[i]
		types(w, &p.Type, &p.Go.Type, "["+e.Go.Params+"]."+p.Go.Field)
	}
	w.comment(e.Go.Params + " are the params of [" + e.Go.Type + "].")
	w.line("type ", e.Go.Params, " struct {")
	fields := make([]field, len(e.Params))
	for i := range e.Params {
		p := &e.Params[i]
		fields[i] = field{
			doc:    commentLines(paragraphs(p.Description)),
			name:   p.Go.Field,
			rest:   fieldType(p),
			remark: paramRemark(p),
		}
	}
	w.fields(fields)
	w.line("}")
	w.line()
}

// paramRemark says what a param's type does not.
func paramRemark(p *param) string {
	var words []string
	if p.Kind == value.Bytes {
		words = append(words, "in bytes")
	}
	if p.Kind == value.JSON {
		words = append(words, "sent as null if it is not valid JSON")
	}
	if p.Optional {
		words = append(words, "nil if not given")
	}
	if p.Sensitive {
		words = append(words, "never sent")
	}
	return strings.Join(words, "; ")
}

// types emits the types of a param's objects and enums. where is the field that holds them.
func types(w *writer, t *catalog.Type, n *goname.Type, where string) {
	what := "is the type of"
	for ; t.Elem != nil; t, n = t.Elem, n.Elem {
		what = "is an item of"
		if t.Kind == value.Map {
			what = "is a value of"
		}
	}
	switch {
	case t.Enum != nil && what == "is the type of":
		enum(w, t, n, "holds the values of "+where)
	case t.Enum != nil:
		enum(w, t, n, what+" "+where)
	case t.Kind == value.Object:
		object(w, t, n, what+" "+where)
	}
}

// object emits the type of an object, and those in it:
//
//	// FileTooLargeViolation is an item of [FileTooLargeParams].Violations.
//	type FileTooLargeViolation struct {
//		Field  string
//		Reason string
//	}
func object(w *writer, t *catalog.Type, n *goname.Type, what string) {
	w.comment(n.Name + " " + what + ".")
	w.line("type ", n.Name, " struct {")
	fields := make([]field, len(t.Fields))
	for i := range t.Fields {
		f, own := &t.Fields[i], &n.Fields[i]
		typ, tag := typeText(&f.Type, &own.Type), f.Name
		if f.Optional {
			tag += ",omitempty"
			if !isNilable(f.Kind) {
				typ = "*" + typ
			}
		}
		fields[i] = field{name: own.Name, rest: typ + "\v`json:" + strconv.Quote(tag) + "`"}
	}
	w.fields(fields)
	w.line("}")
	w.line()
	for i := range t.Fields {
		types(w, &t.Fields[i].Type, &n.Fields[i].Type, "["+n.Name+"]."+n.Fields[i].Name)
	}
}

// enum emits the type of an enum, and its values:
//
//	// FileTooLargeKind holds the values of [FileTooLargeParams].Kind.
//	type FileTooLargeKind string
//
//	// The values of [FileTooLargeKind].
//	const (
//		FileTooLargeKindImage FileTooLargeKind = "image"
//	)
func enum(w *writer, t *catalog.Type, n *goname.Type, what string) {
	w.comment(n.Name + " " + what + ". A newer server may send others.")
	w.line("type ", n.Name, " string")
	w.line()
	w.comment("The values of [" + n.Name + "].")
	w.line("const (")
	values := make([]field, len(t.Enum))
	for i, v := range t.Enum {
		values[i] = field{name: n.Enum[i], rest: n.Name + " = " + strconv.Quote(v.Value)}
	}
	w.fields(values)
	w.line(")")
	w.line()
	names := strings.Join(n.Enum, ", ")
	w.line("// Values returns the values that the catalog has.")
	w.line("func (", n.Name, ") Values() []", n.Name, " {")
	w.line("\treturn []", n.Name, "{", names, "}")
	w.line("}\n")
	w.line("// Valid reports whether the catalog has the value.")
	w.line("func (v ", n.Name, ") Valid() bool {")
	w.line("\tswitch v {\n\tcase ", names, ":\n\t\treturn true\n\t}\n\treturn false\n}\n")
}

// errorType emits
//
//	// FileTooLargeError is the error of code FILE_TOO_LARGE (HTTP 413): File too large.
//	type FileTooLargeError struct {
//		Details
//		Params FileTooLargeParams
//	}
//
// Details has fields and no methods, because each promoted method would cost the compiler a
// wrapper.
func (g *generator) errorType(w *writer, e *entry) {
	lead := fmt.Sprintf("%s is the error of code %s (%s): %s",
		e.Go.Type, e.Code, statuses(e), sentence(e.Title))
	doc := append([]string{}, paragraphs(e.Description)...)
	doc = append(doc, paragraphs(e.Resolution)...)
	doc = slices.DeleteFunc(doc, func(p string) bool { return p == "" })
	if len(doc) == 0 {
		doc = []string{""}
	}
	doc[0] = sentences(lead, doc[0])
	last := len(doc) - 1
	doc[last] = sentences(doc[last], g.standsForText(e), reference.Recognition(e.Entry),
		reference.RetryAdvice(e.Entry), seeText(e), linksText(e))
	doc = append(doc, deprecation(e))
	w.comment(doc...)
	if len(e.Params) == 0 {
		w.line("type ", e.Go.Type, " struct{ Details }\n")
		return
	}
	w.line("type ", e.Go.Type, " struct {")
	w.line("\tDetails")
	w.line("\tParams ", e.Go.Params)
	w.line("}\n")
}

// sentences joins those that are not empty.
func sentences(all ...string) string {
	return strings.Join(slices.DeleteFunc(all, func(s string) bool { return s == "" }), " ")
}

// standsForText says which errors that are not of the package are sent as this one.
func (g *generator) standsForText(e *entry) string {
	var errs []string
	for _, f := range g.catalog.StandsFor(e.Entry) {
		errs = append(errs, [...]string{
			catalog.AnyFailure:     "any error that is not of this package",
			catalog.BodyTooLarge:   "an [*net/http.MaxBytesError]",
			catalog.DeadlinePassed: "a [context.DeadlineExceeded]",
		}[f])
	}
	if len(errs) == 0 || !g.has("server") {
		return ""
	}
	return "[Write] also sends it for " + list(errs, "and") + "."
}

func seeText(e *entry) string {
	var words []string
	for _, s := range e.See {
		words = append(words, "["+nameOf(s).Type+"]")
	}
	if e.DocsURL != "" {
		words = append(words, e.DocsURL)
	}
	if len(words) == 0 {
		return ""
	}
	return "See " + list(words, "and") + "."
}

func linksText(e *entry) string {
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
//		text := "The " + string(kind) + " file exceeds " + bytesText(limit) + "."
//		return fill(e, 7, text, opts).(*FileTooLargeError)
//	}
//
// A generic fill would need no assertion, but compiling 1,000 codes would take 8 % longer.
func (g *generator) constructors(w *writer, e *entry) {
	for i := range e.Variants {
		v := &e.Variants[i]
		doc := v.Go.New + " returns the error “" + v.Message.String() + "”."
		if v.Silent {
			doc = v.Go.New + " returns the error, which is sent without a message."
		}
		if len(e.Statuses) > 1 {
			doc += fmt.Sprintf(" Its status is %d; [WithStatus] chooses another.", e.Statuses[0])
		}
		c := &constructor{
			writer: w, generator: g, entry: e, variant: v, takes: e.Takes(v), byStruct: e.TakesStruct(),
		}
		if p := retryAfterParam(e); p != nil && (c.takes[p.Name] || p.Optional) {
			doc += " The Retry-After header comes from " + strings.TrimPrefix(c.param(p), "*") + "."
		}
		w.comment(doc, deprecation(e))
		w.line("func ", v.Go.New, "(", c.arguments(), "opts ...Option) *", e.Go.Type, " {")
		c.body()
		w.line("}\n")
	}
}

// A constructor is one that is being emitted.
type constructor struct {
	*writer
	*generator
	entry    *entry
	variant  *variant
	takes    map[string]bool
	byStruct bool
}

// arguments returns the constructor's parameters, each with a comma.
func (c *constructor) arguments() string {
	if c.byStruct {
		return "params " + c.entry.Go.Params + ", "
	}
	text := ""
	for i := range c.entry.Params {
		if p := &c.entry.Params[i]; c.takes[p.Name] {
			text += p.Go.Arg + " " + paramType(p) + ", "
		}
	}
	return text
}

// param returns the expression of a param.
func (c *constructor) param(p *param) string {
	switch {
	case c.byStruct && p.Optional && !isNilable(p.Kind):
		return "*params." + p.Go.Field
	case c.byStruct:
		return "params." + p.Go.Field
	default:
		return p.Go.Arg
	}
}

func (c *constructor) body() {
	c.clamp()
	e := c.entry
	if c.byStruct {
		for i := range e.Params {
			p := &e.Params[i]
			if x := "params." + p.Go.Field; !p.Sensitive && c.copyOf(&p.Type, x) != x {
				c.line("\t", x, " = ", c.copyOf(&p.Type, x))
			}
		}
	}
	made, text := "&"+e.Go.Type+"{"+c.fields()+"}", c.text(c.variant.Message, c.messageText)
	filled := func(space string) string {
		return "return fill(" + made + ", " + strconv.Itoa(e.Index) + "," + space + text + ", opts).(*" +
			e.Go.Type + ")"
	}
	if !c.isPlain() || len(e.Params) > 0 && len(filled(" ")) > maxLine {
		c.line("\te := ", made)
		made = "e"
	}
	if c.variant.Go.Const != "" {
		c.line("\te.Variant = ", c.variant.Go.Const)
	}
	c.headers()
	if c.variant.Silent {
		made, text = "silent("+made+")", quote(e.Title)
	}
	space := " "
	if len(filled(space)) > maxLine {
		space = "\n\t\t"
	}
	c.line("\t", filled(space))
}

// maxLine is how long a line of a constructor is before it is broken.
const maxLine = 96

// isPlain reports whether nothing is set after the error is made.
func (c *constructor) isPlain() bool {
	hasParams := slices.ContainsFunc(c.entry.Headers, func(h catalog.Header) bool {
		return len(h.Value.Names()) > 0
	})
	return c.variant.Go.Const == "" && !hasParams
}

// fields returns the literal of the params struct as a field of the error.
func (c *constructor) fields() string {
	if c.byStruct {
		return "Params: params"
	}
	var fields []string
	for i := range c.entry.Params {
		p := &c.entry.Params[i]
		if !c.takes[p.Name] {
			continue
		}
		field := c.copyOf(&p.Type, p.Go.Arg)
		if p.Sensitive {
			field = "Redact(" + field + ")"
		}
		fields = append(fields, p.Go.Field+": "+field)
	}
	if len(fields) == 0 {
		return ""
	}
	return "Params: " + c.entry.Go.Params + "{" + strings.Join(fields, ", ") + "}"
}

// clamp limits the param of the Retry-After header to what the header can say, so that the message
// says the same.
func (c *constructor) clamp() {
	p := retryAfterParam(c.entry)
	if p == nil || p.Optional || !c.takes[p.Name] {
		return
	}
	switch x := c.param(p); p.Kind {
	case value.Duration:
		c.line("\t", x, " = max(", x, ", 0)")
	case value.Int:
		c.line("\t", x, " = min(max(", x, ", 0), maxSeconds)")
	default: // a time stays what it is
	}
}

// headers emits the headers that are made of params.
func (c *constructor) headers() {
	for i := range c.entry.Headers {
		h := &c.entry.Headers[i]
		names := h.Value.Names()
		if len(names) == 0 {
			continue
		}
		var conditions []string
		for _, name := range names {
			if p := c.entry.Param(name); p.Optional {
				conditions = append(conditions, "params."+p.Go.Field+" != nil")
			}
		}
		indent := "\t"
		if len(conditions) > 0 {
			c.line("\tif ", strings.Join(conditions, " && "), " {")
			indent = "\t\t"
		}
		if p := retryAfterParam(c.entry); h.Canonical() == catalog.RetryAfter && p != nil {
			c.line(indent, "e.RetryAfter = ", retryAfterOf(p, c.param(p)))
		} else {
			c.line(indent, "addHeader(&e.Details, ", quote(h.Canonical()),
				", ", c.text(h.Value, c.headerText), ")")
		}
		if len(conditions) > 0 {
			c.line("\t}")
		}
	}
}

// retryAfterOf returns the delay that a param states, as an expression.
func retryAfterOf(p *param, x string) string {
	switch p.Kind {
	case value.Duration:
		if p.Optional {
			return "max(" + x + ", 0)"
		}
		return x
	case value.Time:
		return "max(time.Until(" + x + "), 0)"
	default:
		if p.Optional {
			x = "min(max(" + x + ", 0), maxSeconds)"
		}
		return "time.Duration(" + x + ") * time.Second"
	}
}

// text returns a template as an expression, with each param as asText has it.
func (c *constructor) text(t message.Template, asText func(*param) string) string {
	var parts []string
	for _, s := range t {
		if s.Name == "" {
			parts = append(parts, quote(s.Literal))
		} else {
			parts = append(parts, asText(c.entry.Param(s.Name)))
		}
	}
	if len(parts) == 0 {
		return `""`
	}
	return strings.Join(parts, "+")
}

// messageText returns a param as a message shows it.
func (c *constructor) messageText(p *param) string {
	x := c.param(p)
	switch {
	case p.Enum != nil:
		return "string(" + x + ")"
	case p.Kind == value.String:
		return x
	default:
		return p.Kind.String() + "Text(" + x + ")"
	}
}

// headerText returns a param as a header has it: sizes in bytes, durations in whole seconds, times
// as HTTP-date.
func (c *constructor) headerText(p *param) string {
	x := c.param(p)
	switch p.Kind {
	case value.String:
		if p.Enum != nil {
			x = "string(" + x + ")"
		}
		return "headerText(" + x + ")"
	case value.Bytes:
		return "intText(" + x + ")"
	case value.Duration:
		return "wholeSeconds(" + x + ")"
	case value.Time:
		return "dateText(" + x + ")"
	default:
		return c.messageText(p)
	}
}

// methods emits the five methods that a type needs of its own; all others are those of the *Error
// that it unwraps to. Each method of each type costs the compiler some 0.2 ms, and more if it holds
// anything but a call.
func methods(w *writer, e *entry) {
	for _, m := range [...][2]string{
		{"Error() string", "return textOf(e)"},
		{"Equal(other error) bool", "return isEqual(e, other)"},
		{"LogValue() slog.Value", "return attrsOf(e)"},
		{"MarshalJSON() ([]byte, error)", "return bodyOf(e)"},
		{"Unwrap() error", "return unwrap(e, " + strconv.Itoa(e.Index) + ")"},
	} {
		if len(e.Go.Type) > longType {
			w.line("func (e *", e.Go.Type, ") ", m[0], " {\n\t", m[1], "\n}\n")
		} else {
			w.line(fmt.Sprintf("func (e *%s) %-29s { %s }", e.Go.Type, m[0], m[1]))
		}
	}
	if len(e.Go.Type) <= longType {
		w.line()
	}
}

// longType is the length of the longest type name whose methods gofmt leaves on one line each.
const longType = 41

// retryAfterParam returns the param that alone feeds the Retry-After header, or nil.
func retryAfterParam(e *entry) *param {
	for i := range e.Headers {
		h := &e.Headers[i]
		if h.Canonical() == catalog.RetryAfter && len(h.Value) == 1 && h.Value[0].Name != "" {
			return e.Param(h.Value[0].Name)
		}
	}
	return nil
}
