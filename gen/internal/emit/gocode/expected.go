package gocode

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/vectors"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/value"
)

// expected emits what the package's own tests compare it with: each error that the catalog
// describes, made by its constructor from the values of its params' examples, and what the catalog
// says that it is. Bodies come from the catalog's model, as on the reference page, and not from the
// tables and the envelope of the package, so that the tests find an edit of either.
func (g *generator) expected() ([]byte, error) {
	t := &tableWriter{generator: g}
	t.Grow(4096 + 448*g.catalog.Len()) // an expectation of a usual size
	t.printf("// expected is each error of the catalog, with the values of its params' examples. " +
		"It is written from the catalog, not from the\n" +
		"// package's own tables, so that a change by hand to either shows.\n" +
		"var expected = [...]expectation{")
	t.open(t.catalog.Len() > 0)
	var uses packages
	for _, e := range g.entries {
		for i := range e.Variants {
			uses.add(t.expectation(e, &e.Variants[i]))
		}
	}
	t.WriteString("}\n\n")
	t.expectedConstants()
	t.expectedCatalog()
	return append(header(g.pkg, uses.list()...), t.String()...), nil
}

// expectation writes one error:
//
//	{
//		code:     "NOT_FOUND",
//		variant:  "agent",
//		statuses: []int{404},
//		body:     `{"error":{"code":"NOT_FOUND",…`,
//		info:     []string{"Not found", "Check the code.", …},
//		make: func(o ...Option) error {
//			return NewNotFoundAgent("A91XMB7113", o...)
//		},
//	},
func (t *tableWriter) expectation(e *entry, v *variant) (uses packages) {
	t.field("code", quote(e.Code))
	t.field("variant", quote(v.ID))
	t.field("statuses", "[]int{"+join(e.Statuses, strconv.Itoa)+"}")
	if !e.Internal && !hasDatedRetryAfter(e) {
		t.field("body", quote(string(t.catalog.ExampleBody(e.Entry, v.Variant, e.Statuses[0]))))
	}
	if headers := exampleHeaders(e); len(headers) > 0 {
		t.field("headers", "[]string{"+join(headers, quote)+"}")
	}
	if t.has("client") {
		t.field("retry", quote(printedPolicy(e.Retry)))
	}
	if e.Internal {
		t.field("internal", "true")
	}
	if !e.Internal && t.has("client") {
		read := t.reader.Example(e.Entry, v.Variant)
		if (t.has("choices") || t.has("looseitems")) && t.has("message") &&
			!v.Silent &&
			(read.Message == nil || *read.Message != e.ExampleMessage(v.Variant)) {
			t.field("hidden", "true")
		}
		if len(e.Params) > 0 && read.HasParams && isRead(read, v.ID) {
			t.field("readable", "true")
		}
	}
	t.field("info", "[]string{"+join(t.info(e), quote)+"}")
	if t.has("server") {
		var call string
		call, uses = exampleCall(e, v)
		t.field("make", "func(o ...Option) error {\n\t\t\treturn "+withOption(call, "o...")+"\n\t\t}")
	}
	t.entry()
	return uses
}

// hasDatedRetryAfter reports whether an entry's Retry-After is no number of seconds, so that the
// response depends on the clock.
func hasDatedRetryAfter(e *entry) bool {
	for i := range e.Headers {
		if h := &e.Headers[i]; h.Canonical() == catalog.RetryAfter &&
			strings.Trim(e.ExampleHeader(h), "0123456789") != "" {
			return true
		}
	}
	return false
}

// exampleHeaders returns the headers that do not depend on the clock, as on the wire.
func exampleHeaders(e *entry) []string {
	var lines []string
	for i := range e.Headers {
		if h := &e.Headers[i]; h.Canonical() != catalog.RetryAfter || !hasDatedRetryAfter(e) {
			lines = append(lines, h.Canonical()+": "+e.ExampleHeader(h))
		}
	}
	return lines
}

// printedPolicy returns a policy as fmt.Sprint prints a RetryPolicy of the package; "" for none.
func printedPolicy(r *catalog.RetryPolicy) string {
	if r == nil {
		return ""
	}
	return fmt.Sprintf("{%s %v %v %v %v %d %v %t}",
		r.Name, r.Base, factorOf(r), r.MaxDelay, jitterOf(r), r.MaxRetries, r.MaxRetryAfter, r.AnyMethod)
}

// info returns what Info says of an entry, as the function _info in the package's tests does.
func (t *tableWriter) info(e *entry) []string {
	g := &t.catalog.Groups[e.Group]
	info := []string{e.Title, string(e.Resolution), e.DocsURL, g.ID, g.Title}
	add := func(feature string, more ...string) {
		if t.has(feature) {
			info = append(info, more...)
		}
	}
	add("description", string(e.Description))
	add("since", e.Since)
	add("stability", string(e.Stability))
	add("internal", strconv.FormatBool(e.Internal))
	if d := e.Deprecated; d != nil {
		use := ""
		if d.Use != nil {
			use = d.Use.Code
		}
		info = append(info, d.Since, use, string(d.Note))
	}
	for i := range e.Variants {
		v := &e.Variants[i]
		sentinel, resolution := "", ""
		if v.ID != "" {
			sentinel, resolution = e.Code+"/"+v.ID, string(v.Resolution)
		}
		info = append(info, v.Message.String())
		add("variants", sentinel, resolution)
	}
	for i := range e.Headers {
		info = append(info, e.Headers[i].Canonical(), e.Headers[i].Value.String())
	}
	for i := range e.Params {
		p := &e.Params[i]
		info = append(info, p.Name, p.Kind.String(), string(p.Description), paramExample(p),
			fmt.Sprintf("optional %t, detail %t, sensitive %t", p.Optional, p.Detail, p.Sensitive))
		for _, v := range p.Enum {
			info = append(info, v.Value)
		}
	}
	for _, v := range e.Values {
		info = append(info, v.Name, v.Value.Text(), string(v.Description))
	}
	for _, s := range e.See {
		info = append(info, s.Code)
	}
	info = append(info, e.Tags...)
	for _, m := range e.Meta {
		info = append(info, m.Key, m.Value)
	}
	return info
}

// expectedConstants writes the values and the enums of all codes, as fmt.Sprint prints them.
func (t *tableWriter) expectedConstants() {
	t.printf("// expectedConstants is what the values and the enums of the catalog are, " +
		"as fmt.Sprint prints them.\n" +
		"var expectedConstants = [...]struct {\n\tgot  any\n\twant string\n}{")
	first := true
	line := func(got, want string) {
		if first {
			t.WriteString("\n")
			first = false
		}
		t.printf("\t{%s, %s},\n", got, quote(want))
	}
	for _, e := range t.entries {
		for i := range e.Values {
			v := &e.Values[i]
			call := v.Go
			if v.Value.Kind == value.List || v.Value.Kind == value.Time {
				call += "()"
			}
			line(call, fmt.Sprint(goValue(v.Value)))
		}
		for i := range e.Params {
			expectedEnums(&e.Params[i].Type, &e.Params[i].Go.Type, line)
		}
	}
	t.WriteString("}\n\n")
}

// expectedEnums writes the enums of a type and of those in it.
func expectedEnums(t *catalog.Type, n *goname.Type, line func(got, want string)) {
	var values []string
	for k, v := range t.Enum {
		line(n.Enum[k], v.Value)
		line(n.Enum[k]+".Valid()", "true")
		values = append(values, v.Value)
	}
	if t.Enum != nil {
		line(n.Name+"(\"\").Values()", fmt.Sprint(values))
	}
	for i := range t.Fields {
		expectedEnums(&t.Fields[i].Type, &n.Fields[i].Type, line)
	}
	if t.Elem != nil {
		expectedEnums(t.Elem, n.Elem, line)
	}
}

// goValue returns a value as Go has it.
func goValue(v value.Value) any {
	switch v.Kind {
	case value.Int, value.Bytes:
		return v.Int
	case value.Float:
		return v.Float
	case value.Bool:
		return v.Bool
	case value.Duration:
		return fmt.Sprint(durationOf(v))
	case value.Time:
		return v.Time
	case value.List:
		items := make([]any, len(v.List))
		for i, item := range v.List {
			items[i] = goValue(item)
		}
		return items
	default:
		return v.Str
	}
}

func (t *tableWriter) expectedCatalog() {
	codeOf := func(e *catalog.Entry) string {
		if e == nil {
			return `""`
		}
		return quote(e.Code)
	}
	t.WriteString("// expectedCatalog is what belongs to no one code.\n")
	t.field("mediaType", quote(t.catalog.Envelope.MediaType))
	if t.has("server") || t.has("internal") {
		t.field("fallback", codeOf(t.catalog.Fallback))
	}
	if t.has("server") {
		t.field("tooLarge", codeOf(t.catalog.TooLarge))
		t.field("timeout", codeOf(t.catalog.Timeout))
	}
	if t.has("client") {
		t.field("retryDefault", quote(printedPolicy(t.catalog.RetryDefault)))
	}
	if t.has("tombstones") {
		retired := sortedTombstones(t.catalog)
		t.field("retired", "[]string{"+join(retired, func(r catalog.Tombstone) string {
			use := ""
			if r.Use != nil {
				use = r.Use.Code
			}
			return quote(fmt.Sprint(r.Code, " ", r.Status, " ", r.Since, " ", use, " ", string(r.Note)))
		})+"}")
	}
	t.composite("var expectedCatalog = catalogExpectation{", "\t", "}\n")
}

// isRead reports whether clients know an error and its variant.
func isRead(read vectors.Outcome, variant string) bool {
	return read.Code != nil && (variant == "" || read.Variant != nil && *read.Variant == variant)
}
