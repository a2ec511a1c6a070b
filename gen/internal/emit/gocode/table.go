package gocode

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/value"
)

// table emits what Info, Lookup and the retry functions read: arrays that the linker lays out, so that the program does nothing
// when it starts. They are lines of data, not trees: a tree of ten thousand entries would take most of the generator's time.
func (g *generator) table() ([]byte, error) {
	c := g.catalog
	t := &tableWriter{catalog: c, features: g.features}
	t.Grow(4096 + 768*c.Len()) // an entry of a usual size
	t.infos()
	if t.has("tombstones") {
		t.tombstones()
	}
	t.groups()
	if t.has("client") {
		t.policyTable()
	}
	t.standIns()
	if t.has("copies") {
		t.printf("// service is the domain of the codes: see ErrspecError.\nconst service = %q\n\n", c.Service)
	}
	imports := t.index()
	if strings.Contains(t.String(), " * time.") {
		imports = append(imports, "time")
	}
	return append(header(g.pkg, imports...), t.String()...), nil
}

// A tableWriter writes composite literals in gofmt's form, so that a file as long as the catalog need not be parsed and printed
// once more; a test holds it to that.
type tableWriter struct {
	strings.Builder
	features
	fields   [][2]string // the last lines, names and values, which gofmt aligns
	catalog  *catalog.Catalog
	policies []catalog.RetryPolicy // those in use, in the order of their first use
}

func (t *tableWriter) printf(format string, args ...any) { fmt.Fprintf(&t.Builder, format, args...) }

// field writes a field of a composite literal on a line of its own, unless it has the zero value.
func (t *tableWriter) field(name, expr string) {
	if expr != "" && expr != `""` && expr != "0" {
		t.fields = append(t.fields, [2]string{name, expr})
	}
}

// align writes the fields since the last call, values below each other.
func (t *tableWriter) align() { t.alignAt("\t\t") }

func (t *tableWriter) alignAt(indent string) {
	for rest := t.fields; len(rest) > 0; {
		n, width := 0, 0
		for n < len(rest) && (n == 0 || !isHuge(rest[n-1]) && !isHuge(rest[n])) {
			width = max(width, len(rest[n][0]))
			n++
		}
		for _, f := range rest[:n] {
			t.WriteString(indent + f[0] + ":" + strings.Repeat(" ", 1+width-len(f[0])))
			t.WriteString(f[1] + ",\n")
		}
		rest = rest[n:]
	}
	t.fields = t.fields[:0]
}

// isHuge reports whether gofmt aligns a field with none beside it: a million bytes are more than it takes for one line (infinity in
// go/printer's exprList).
func isHuge(field [2]string) bool { return len(field[0])+len(": ")+len(field[1]) > 1_000_000 }

// list writes a field whose value stands on several lines.
func (t *tableWriter) list(name, typ string, n int, item func(int)) {
	if n == 0 {
		return
	}
	t.align()
	t.printf("\t\t%s: []%s{\n", name, typ)
	for i := range n {
		t.WriteString("\t\t\t{")
		item(i)
		t.WriteString("},\n")
	}
	t.WriteString("\t\t},\n")
}

func (t *tableWriter) infos() {
	t.WriteString("// infos is the catalog, in its order.\nvar infos = [...]Info{")
	t.open(t.catalog.Len() > 0)
	for e := range t.catalog.All() {
		t.WriteString("\t{\n")
		t.field("code", e.Go.Code)
		t.field("title", quote(e.Title))
		t.field("description", quote(string(e.Description)))
		t.field("resolution", quote(string(e.Resolution)))
		t.field("docsURL", quote(e.DocsURL))
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
		t.field("group", "&groups["+strconv.Itoa(e.Group)+"]")
		if t.has("client") && e.Retry != nil {
			t.field("retry", t.policy(e.Retry))
		}
		t.field("statuses", "[]int{"+join(e.Statuses, strconv.Itoa)+"}")
		t.messages(e)
		t.params(e)
		t.headers(e)
		if len(e.Values) > 0 {
			t.values(e)
		}
		if len(e.See) > 0 {
			t.field("see", "[]Code{"+join(e.See, func(s *catalog.Entry) string { return s.Go.Code })+"}")
		}
		if e.Internal {
			t.field("internal", "true")
		}
		if len(e.Meta) > 0 {
			t.field("meta", "[]metaInfo{"+join(e.Meta, func(m catalog.Meta) string { return "{" + quote(m.Key) + ", " + quote(m.Value) + "}" })+"}")
		}
		if len(e.Tags) > 0 {
			t.field("tags", "[]string{"+join(e.Tags, quote)+"}")
		}
		t.align()
		t.WriteString("\t},\n")
	}
	t.WriteString("}\n\n")
}

func deprecationLiteral(d *catalog.Deprecation) string {
	var fields []string
	if d.Since != "" {
		fields = append(fields, "Since: "+quote(d.Since))
	}
	if d.Use != nil {
		fields = append(fields, "Use: "+d.Use.Go.Code)
	}
	if d.Note != "" {
		fields = append(fields, "Note: "+quote(string(d.Note)))
	}
	return "&Deprecation{" + strings.Join(fields, ", ") + "}"
}

func (t *tableWriter) messages(e *catalog.Entry) {
	if !e.HasVariants() {
		t.field("messages", "[]MessageInfo{{Text: "+quote(e.Variants[0].Message.String())+"}}")
		return
	}
	t.list("messages", "MessageInfo", len(e.Variants), func(i int) {
		v := &e.Variants[i]
		t.printf("Variant: %s, Text: %s", v.Go.Const, quote(v.Message.String()))
		if v.Resolution != "" {
			t.printf(", Resolution: %s", quote(string(v.Resolution)))
		}
	})
}

func (t *tableWriter) values(e *catalog.Entry) {
	t.list("values", "Value", len(e.Values), func(i int) {
		v := &e.Values[i]
		t.printf("Name: %s, Text: %s", quote(v.Name), quote(v.Value.Text()))
		if v.Description != "" {
			t.printf(", Description: %s", quote(string(v.Description)))
		}
	})
}

func (t *tableWriter) params(e *catalog.Entry) {
	t.list("params", "ParamInfo", len(e.Params), func(i int) {
		p := &e.Params[i]
		t.printf("Name: %s, Type: %s", quote(p.Name), quote(p.Kind.String()))
		if p.Enum != nil {
			t.printf(", Enum: []string{%s}", join(p.Enum, func(v catalog.EnumValue) string { return quote(v.Value) }))
		}
		if p.Description != "" {
			t.printf(", Description: %s", quote(string(p.Description)))
		}
		t.printf(", Example: %s", quote(paramExample(p)))
		for _, flag := range []struct {
			name string
			set  bool
		}{{"Optional", p.Optional}, {"Detail", p.Detail}, {"Sensitive", p.Sensitive}} {
			if flag.set {
				t.printf(", %s: true", flag.name)
			}
		}
	})
}

// paramExample returns a param's example as it stands in a message; of a list as in a body.
func paramExample(p *catalog.Param) string {
	if p.Kind == value.List {
		return string(p.ExampleJSON())
	}
	return p.Example.Text()
}

func (t *tableWriter) headers(e *catalog.Entry) {
	if t.has("headers") {
		t.list("headers", "HeaderInfo", len(e.Headers), func(i int) {
			h := &e.Headers[i]
			t.printf("%s, %s", quote(h.Canonical()), quote(h.Value.String()))
		})
	}
	for i := range e.Headers {
		if h := &e.Headers[i]; h.Canonical() == catalog.RetryAfter {
			if n, err := strconv.Atoi(h.Value.String()); err == nil {
				t.field("retryAfter", duration(time.Duration(min(n, maxSeconds))*time.Second))
			}
		}
	}
}

// maxSeconds is how many seconds a time.Duration can hold.
const maxSeconds = int(math.MaxInt64 / int64(time.Second))

// tombstones writes the retired codes, in an order in which they can be searched.
func (t *tableWriter) tombstones() {
	retired := sortedTombstones(t.catalog)
	t.WriteString("// tombstones are the codes that the catalog had once, in the order of their texts.\nvar tombstones = [...]Tombstone{")
	t.open(len(retired) > 0)
	for i := range retired {
		r := &retired[i]
		t.WriteString("\t{\n")
		t.field("Code", quote(r.Code))
		t.field("Status", strconv.Itoa(r.Status))
		t.field("Since", quote(r.Since))
		if r.Use != nil {
			t.field("Use", r.Use.Go.Code)
		}
		t.field("Note", quote(string(r.Note)))
		t.align()
		t.WriteString("\t},\n")
	}
	t.WriteString("}\n\n")
}

func sortedTombstones(c *catalog.Catalog) []catalog.Tombstone {
	return slices.SortedFunc(slices.Values(c.Retired), func(a, b catalog.Tombstone) int { return strings.Compare(a.Code, b.Code) })
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
		t.WriteString("\t{\n")
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
		t.align()
		t.WriteString("\t},\n")
	}
	t.printf("}\n\n// defaultPolicy is the policy for a gateway's own responses; nil: they are not retried.\nvar defaultPolicy %s\n\n", fallback)
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
	return map[catalog.Jitter]float64{catalog.FullJitter: 1, catalog.EqualJitter: 0.5, catalog.NoJitter: 0}[p.Jitter]
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
		t.printf("// fallbackInfo is what is sent for errors that may not be shown; nil: a plain text.\nvar fallbackInfo %s\n\n", info(t.catalog.Fallback))
	}
	if t.has("server") {
		t.printf("// What is sent for an *http.MaxBytesError, and for a deadline that has passed; nil: the fallback.\n"+
			"var (\n\ttooLargeInfo %s\n\ttimeoutInfo  %s\n)\n\n", info(t.catalog.TooLarge), info(t.catalog.Timeout))
	}
}

// switchedCodes is how many codes are looked up by a switch. More of them take the compiler long: 0.7 ms a code.
const switchedCodes = 100

// index writes the lookup of a code. It returns what the lookup imports.
func (t *tableWriter) index() (imports []string) {
	t.WriteString("// indexOf returns the place of a code in infos.\n")
	if t.catalog.Len() > switchedCodes {
		t.WriteString("func indexOf(code Code) (int, bool) {\n\tindexOnce.Do(fillIndex)\n\tn, ok := index[code]\n\treturn n, ok\n}\n\n" +
			"// index is filled by the first lookup.\nvar (\n\tindex     map[Code]int\n\tindexOnce sync.Once\n)\n\n" +
			"func fillIndex() {\n\tindex = make(map[Code]int, len(infos))\n\tfor n := range infos {\n\t\tindex[infos[n].code] = n\n\t}\n}\n")
		return []string{"sync"}
	}
	t.WriteString("func indexOf(code Code) (int, bool) {\n\tswitch code {\n")
	for e := range t.catalog.All() {
		t.printf("\tcase %s:\n\t\treturn %d, true\n", e.Go.Code, e.Index)
	}
	t.WriteString("\t}\n\treturn 0, false\n}\n")
	return nil
}

func join[T any](items []T, text func(T) string) string {
	words := make([]string, len(items))
	for i, it := range items {
		words[i] = text(it)
	}
	return strings.Join(words, ", ")
}

// usesRole reports whether any of some roles stands in an envelope.
func usesRole(n *catalog.Node, roles ...catalog.Role) bool {
	for r := range n.Roles() {
		if slices.Contains(roles, r) {
			return true
		}
	}
	return false
}
