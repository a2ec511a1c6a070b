package gocode

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/value"
)

// table emits what Info, Lookup and the retry functions read: arrays that the linker lays out, so
// that the program does nothing when it starts. They are lines of data, not trees: a tree of ten
// thousand entries would take most of the generator's time.
func (g *generator) table() ([]byte, error) {
	c := g.catalog
	t := &tableWriter{generator: g}
	t.Grow(4096 + 768*c.Len()) // an entry of a usual size
	t.infoTable()
	if t.has("tombstones") {
		t.tombstones()
	}
	t.groups()
	if t.has("retry") {
		t.policyTable()
	}
	if t.has("anonymous") {
		t.WriteString("// patterns are what each body of an error without a code has: constants, " +
			"and {\"$\": …} for other values of that type.\n" +
			"var patterns = [...]string{\n")
		for _, p := range t.patterns {
			t.printf("\t%s,\n", quote(p))
		}
		t.WriteString("}\n\n")
	}
	if t.has("codeheaders") {
		t.WriteString("// codeHeaders are the headers that tell the code.\n" +
			"var codeHeaders = [...]codeHeader{\n")
		for _, h := range t.catalog.Envelope.CodeHeaders {
			t.printf("\t{%q, %q, %q, %t},\n", h.Name, h.Before, h.After, h.Open)
		}
		t.WriteString("}\n\n")
	}
	t.standIns()
	if t.has("copies") {
		t.printf("// service is the domain of the codes: see ErrspecError.\n"+
			"const service = %q\n\n", c.Service)
	}
	imports := t.index()
	if strings.Contains(t.String(), " * time.") {
		imports = append(imports, "time")
	}
	return append(header(g.pkg, imports...), t.String()...), nil
}

// A tableWriter writes composite literals in gofmt's form, so that a file as long as the catalog
// need not be parsed and printed once more.
type tableWriter struct {
	strings.Builder
	*generator
	fields   []string              // of the entry that is being written
	policies []catalog.RetryPolicy // those in use, in the order of their first use
	patterns []string              // of the bodies without a code, in the order of their first use
}

func (t *tableWriter) printf(format string, args ...any) {
	fmt.Fprintf(&t.Builder, format, args...)
}

// field adds a field to an entry, unless it has the zero value.
func (t *tableWriter) field(name, expr string) {
	if expr != "" && expr != `""` && expr != "0" {
		t.fields = append(t.fields, name+": "+expr)
	}
}

// entry writes the fields as an entry of a table.
func (t *tableWriter) entry() { t.composite("\t{", "\t\t", "},\n") }

// composite writes the fields as a literal:
//
//	{code: CodeUnauthorized, title: "Unauthorized", statuses: []int{401}, group: &groups[0],
//		docsURL: "https://example.com/errors#unauthorized", resolution: "Get a valid secret."},
//
// gofmt aligns the values of fields that have a line to themselves, so each line has two fields at
// least, and more while there is room. A list of several lines is not aligned.
func (t *tableWriter) composite(begin, indent, end string) {
	const columns = 120
	t.WriteString(begin)
	onLine, width := 0, len(begin)
	for i, f := range t.fields {
		switch isLong := func(f string) bool { return strings.Contains(f, "\n") }; {
		case i == 0:
		case onLine > 1 && width+len(f) > columns, isLong(f), isLong(t.fields[i-1]):
			t.WriteString(",\n" + indent)
			onLine, width = 0, len(indent)
		default:
			t.WriteString(", ")
		}
		t.WriteString(f)
		onLine, width = onLine+1, width+len(f)+len(", ")
	}
	t.WriteString(end)
	t.fields = t.fields[:0]
}

// list adds a field whose value is a list: of one item on one line, else with each item on a line
// of its own.
func (t *tableWriter) list(name, typ string, n int, item func(int) string) {
	if n == 0 {
		return
	}
	if n == 1 {
		t.field(name, "[]"+typ+"{{"+item(0)+"}}")
		return
	}
	lines := "[]" + typ + "{\n"
	for i := range n {
		lines += "\t\t\t{" + item(i) + "},\n"
	}
	t.field(name, lines+"\t\t}")
}

func (t *tableWriter) infoTable() {
	t.WriteString("// infos is the catalog, in its order.\nvar infos = [...]Info{")
	t.open(t.catalog.Len() > 0)
	for _, e := range t.entries {
		t.field("code", e.Go.Code)
		t.field("title", quote(e.Title))
		t.field("statuses", "[]int{"+join(e.Statuses, strconv.Itoa)+"}")
		t.field("group", "&groups["+strconv.Itoa(e.Group)+"]")
		if t.has("retry") && e.Retry != nil {
			t.field("retry", t.policy(e.Retry))
		}
		t.field("docsURL", quote(e.DocsURL))
		t.field("resolution", quote(string(e.Resolution)))
		t.field("description", quote(string(e.Description)))
		if t.has("typeuri") {
			t.field("typeURI", quote(e.Type))
		}
		t.field("since", quote(e.Since))
		if e.Stability != catalog.Stable {
			t.field("stability", quote(string(e.Stability)))
		}
		if d := e.Deprecated; d != nil {
			t.field("deprecated", deprecationLiteral(d))
		}
		t.messagesField(e)
		t.paramsField(e)
		t.headersField(e)
		if len(e.Values) > 0 {
			t.valuesField(e)
		}
		if len(e.See) > 0 {
			t.field("see",
				"[]Code{"+join(e.See, func(s *catalog.Entry) string { return nameOf(s).Code })+"}")
		}
		if t.has("client") {
			t.field("empty", "(*"+e.Go.Type+")(nil)")
		}
		if e.Internal {
			t.field("internal", "true")
		} else if e.Anonymous {
			t.field("anonymous", t.pattern(t.catalog.Pattern(e.Entry)))
			if t.has("bybody") && e.KnownBy == catalog.ByBody {
				t.field("byBody", "true")
			}
			if t.has("each") && t.has("bystatus") {
				t.field("element", t.pattern(t.catalog.ElementPattern(e.Entry)))
			}
		}
		if len(e.Meta) > 0 {
			t.field("meta", "[]metaInfo{"+join(e.Meta, func(m catalog.Meta) string {
				if !m.Plain || !t.has("typedmeta") {
					return "{key: " + quote(m.Key) + ", value: " + quote(m.Value) + "}"
				}
				return "{key: " + quote(m.Key) + ", value: " + quote(m.Value) + ", plain: true}"
			})+"}")
		}
		if len(e.Tags) > 0 {
			t.field("tags", "[]string{"+join(e.Tags, quote)+"}")
		}
		t.entry()
	}
	t.WriteString("}\n\n")
}

// pattern returns the expression of what each body, or element, of an error without a code has.
func (t *tableWriter) pattern(has json.RawMessage) string {
	pattern := string(has)
	n := slices.Index(t.patterns, pattern)
	if n < 0 {
		n = len(t.patterns)
		t.patterns = append(t.patterns, pattern)
	}
	return "&patterns[" + strconv.Itoa(n) + "]"
}

func deprecationLiteral(d *catalog.Deprecation) string {
	var fields []string
	if d.Since != "" {
		fields = append(fields, "Since: "+quote(d.Since))
	}
	if d.Use != nil {
		fields = append(fields, "Use: "+nameOf(d.Use).Code)
	}
	if d.Note != "" {
		fields = append(fields, "Note: "+quote(string(d.Note)))
	}
	return "&Deprecation{" + strings.Join(fields, ", ") + "}"
}

func (t *tableWriter) messagesField(e *entry) {
	t.list("messages", "MessageInfo", len(e.Variants), func(i int) string {
		v := &e.Variants[i]
		text := "Text: " + quote(v.Message.String())
		if e.HasVariants() {
			text = "Variant: " + v.Go.Const + ", " + text
			if v.Resolution != "" {
				text += ", Resolution: " + quote(string(v.Resolution))
			}
		}
		return text
	})
	if len(e.Params) == 0 {
		return
	}
	t.list("forms", "form", len(e.Variants), func(i int) string {
		v := &e.Variants[i]
		text := "needs: []int{" + join(needs(e, v), strconv.Itoa) + "}"
		if t.has("readparams") {
			literals, params := pieces(e, v.Message)
			if v.Silent {
				literals = nil
			}
			text += ", params: []int{" + join(params, strconv.Itoa) + "}" +
				", literals: []string{" + join(literals, quote) + "}"
		}
		return text
	})
}

// needs returns the numbers of the params that a variant's constructor takes, but for the sensitive
// ones, of which nothing is ever sent.
func needs(e *entry, v *variant) (params []int) {
	takes := e.Takes(v)
	for i := range e.Params {
		if p := &e.Params[i]; takes[p.Name] && !p.Sensitive {
			params = append(params, i)
		}
	}
	return params
}

// pieces returns the numbers of the params in a message, and the literals before, between and
// behind them.
func pieces(e *entry, t message.Template) (literals []string, params []int) {
	literals = []string{""}
	for _, s := range t {
		if s.Name == "" {
			literals[len(literals)-1] += s.Literal
			continue
		}
		isIt := func(p param) bool { return p.Name == s.Name }
		literals, params = append(literals, ""), append(params, slices.IndexFunc(e.Params, isIt))
	}
	return literals, params
}

func (t *tableWriter) valuesField(e *entry) {
	t.list("values", "Value", len(e.Values), func(i int) string {
		v := &e.Values[i]
		text := "Name: " + quote(v.Name) + ", Text: " + quote(v.Value.Text())
		if v.Description != "" {
			text += ", Description: " + quote(string(v.Description))
		}
		return text
	})
}

func (t *tableWriter) paramsField(e *entry) {
	t.list("params", "ParamInfo", len(e.Params), func(i int) string {
		p := &e.Params[i]
		text := "Name: " + quote(p.Name) + ", Type: " + quote(p.Kind.String())
		if p.Enum != nil {
			text += ", Enum: []string{" +
				join(p.Enum, func(v catalog.EnumValue) string { return quote(v.Value) }) + "}"
		}
		if p.Description != "" {
			text += ", Description: " + quote(string(p.Description))
		}
		text += ", Example: " + quote(paramExample(p))
		for _, flag := range []struct {
			name string
			set  bool
		}{
			{"Optional", p.Optional},
			{"Detail", p.Detail},
			{"Sensitive", p.Sensitive},
			{"apart", p.Apart && t.has("apart")},
		} {
			if flag.set {
				text += ", " + flag.name + ": true"
			}
		}
		return text
	})
}

// paramExample returns a param's example as a message shows it, or else a body.
func paramExample(p *param) string {
	if p.Kind.InBodyOnly() {
		return string(p.ExampleJSON())
	}
	return p.Example.Text()
}

func (t *tableWriter) headersField(e *entry) {
	if t.has("headers") {
		t.list("headers", "HeaderInfo", len(e.Headers), func(i int) string {
			h := &e.Headers[i]
			return quote(h.Canonical()) + ", " + quote(h.Value.String())
		})
	}
	if t.has("headerparams") {
		var forms []string
		for i := range e.Headers {
			if h := &e.Headers[i]; tellsMore(e, h) && h.Value.Adjacent() == 0 {
				literals, params := pieces(e, h.Value)
				forms = append(forms, quote(h.Canonical())+
					", form{params: []int{"+join(params, strconv.Itoa)+"}"+
					", literals: []string{"+join(literals, quote)+"}}")
			}
		}
		t.list("headerForms", "headerForm", len(forms), func(i int) string { return forms[i] })
	}
	t.field("retryAfter", constantDelay(e))
}

// constantDelay returns the delay that a Retry-After header without params states; "" for none.
func constantDelay(e *entry) string {
	for i := range e.Headers {
		if h := &e.Headers[i]; h.Canonical() == catalog.RetryAfter {
			if n, err := strconv.Atoi(h.Value.String()); err == nil && n > 0 {
				return duration(time.Duration(min(n, maxSeconds)) * time.Second)
			}
		}
	}
	return ""
}

// maxSeconds is how many seconds a time.Duration can hold.
const maxSeconds = int(math.MaxInt64 / int64(time.Second))

// tombstones writes the retired codes, in an order in which they can be searched.
func (t *tableWriter) tombstones() {
	retired := sortedTombstones(t.catalog)
	t.WriteString("// tombstones are the codes that the catalog had once, " +
		"in the order of their texts.\n" +
		"var tombstones = [...]Tombstone{")
	t.open(len(retired) > 0)
	for i := range retired {
		r := &retired[i]
		t.field("Code", quote(r.Code))
		t.field("Status", strconv.Itoa(r.Status))
		t.field("Since", quote(r.Since))
		if r.Use != nil {
			t.field("Use", nameOf(r.Use).Code)
		}
		t.field("Note", quote(string(r.Note)))
		t.entry()
	}
	t.WriteString("}\n\n")
}

func sortedTombstones(c *catalog.Catalog) []catalog.Tombstone {
	return slices.SortedFunc(slices.Values(c.Retired), func(a, b catalog.Tombstone) int {
		return strings.Compare(a.Code, b.Code)
	})
}

// open begins the lines of a list: gofmt has none in an empty one.
func (t *tableWriter) open(filled bool) {
	if filled {
		t.WriteString("\n")
	}
}

func (t *tableWriter) groups() {
	t.WriteString("var groups = [...]groupInfo{")
	t.open(len(t.catalog.Groups) > 0)
	for i := range t.catalog.Groups {
		g := &t.catalog.Groups[i]
		t.printf("\t{%s, %s},\n", quote(g.ID), quote(g.Title))
	}
	t.WriteString("}\n\n")
}

// policy returns the expression of a policy.
func (t *tableWriter) policy(r *catalog.RetryPolicy) string {
	n := slices.Index(t.policies, *r)
	if n < 0 {
		n = len(t.policies)
		t.policies = append(t.policies, *r)
	}
	return "&policies[" + strconv.Itoa(n) + "]"
}

func (t *tableWriter) policyTable() {
	fallback := "*RetryPolicy"
	if r := t.catalog.RetryDefault; r != nil {
		fallback = "= " + t.policy(r)
	}
	t.WriteString("// policies are the retry policies in use.\nvar policies = [...]RetryPolicy{")
	t.open(len(t.policies) > 0)
	for _, p := range t.policies {
		t.field("Name", quote(p.Name))
		t.field("Base", duration(p.Base))
		t.field("Factor", value.FormatFloat(factorOf(&p)))
		t.field("MaxDelay", duration(p.MaxDelay))
		t.field("Jitter", value.FormatFloat(jitterOf(&p)))
		t.field("MaxRetries", strconv.Itoa(p.MaxRetries))
		t.field("MaxRetryAfter", duration(p.MaxRetryAfter))
		if p.AnyMethod {
			t.field("AnyMethod", "true")
		}
		t.entry()
	}
	t.printf("}\n\n"+
		"// defaultPolicy is the policy for a gateway's own responses; nil: they are not retried.\n"+
		"var defaultPolicy %s\n\n", fallback)
}

// factorOf returns by what a policy's delays grow.
func factorOf(p *catalog.RetryPolicy) float64 {
	if p.Strategy == catalog.Constant {
		return 1
	}
	return p.Factor
}

// jitterOf returns which part of a policy's delays is random.
func jitterOf(p *catalog.RetryPolicy) float64 {
	share := map[catalog.Jitter]float64{
		catalog.FullJitter: 1, catalog.EqualJitter: 0.5, catalog.NoJitter: 0,
	}
	return share[p.Jitter]
}

// standIns writes which codes are sent for errors that are not of the package.
func (t *tableWriter) standIns() {
	info := func(e *catalog.Entry) string {
		if e == nil {
			return "*Info"
		}
		return "= &infos[" + strconv.Itoa(e.Index) + "]"
	}
	if t.has("server") || t.has("internal") {
		t.printf("// fallbackInfo is what is sent for errors that may not be shown; nil: a plain text.\n"+
			"var fallbackInfo %s\n\n", info(t.catalog.Fallback))
	}
	if t.has("server") {
		t.printf("// What is sent for an *http.MaxBytesError, "+
			"and for a deadline that has passed; nil: the fallback.\n"+
			"var (\n\ttooLargeInfo %s\n\ttimeoutInfo  %s\n)\n\n",
			info(t.catalog.TooLarge), info(t.catalog.Timeout))
	}
}

// fewCodes is how many codes are looked up one after the other, which is nearly as fast as a map. A
// switch is faster, but has two lines for each code, and a new code changes those of all after it.
const fewCodes = 24

// index writes the lookup of a code. It returns what the lookup imports.
func (t *tableWriter) index() (imports []string) {
	t.WriteString("// Lookup returns what the catalog says about a code. " +
		"ok is false if the catalog does not have it.\n" +
		"func Lookup(code string) (info *Info, ok bool) {\n")
	if t.catalog.Len() <= fewCodes {
		t.WriteString("\tfor n := range infos {\n" +
			"\t\tif infos[n].code == Code(code) {\n\t\t\treturn &infos[n], true\n\t\t}\n" +
			"\t}\n" +
			"\treturn nil, false\n}\n")
		return nil
	}
	t.WriteString("\tindexOnce.Do(fillIndex)\n" +
		"\tinfo, ok = index[Code(code)]\n" +
		"\treturn info, ok\n}\n\n" +
		"// index is filled by the first lookup.\n" +
		"var (\n\tindex     map[Code]*Info\n\tindexOnce sync.Once\n)\n\n" +
		"func fillIndex() {\n" +
		"\tindex = make(map[Code]*Info, len(infos))\n" +
		"\tfor n := range infos {\n\t\tindex[infos[n].code] = &infos[n]\n\t}\n}\n")
	return []string{"sync"}
}

func join[T any](items []T, text func(T) string) string {
	words := make([]string, len(items))
	for i, it := range items {
		words[i] = text(it)
	}
	return strings.Join(words, ", ")
}

// usesRole reports whether an envelope has any of some roles.
func usesRole(n *catalog.Node, roles ...catalog.Role) bool {
	for r := range n.Roles() {
		if slices.Contains(roles, r) {
			return true
		}
	}
	return false
}
