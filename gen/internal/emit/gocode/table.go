package gocode

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/value"
)

// table emits what Info, Lookup and the retry functions read: arrays that the linker lays out, so that the program does nothing
// when it starts. They are lines of data, not trees: a tree of ten thousand entries would take most of the generator's time.
func (g *generator) table() ([]byte, error) {
	c := g.catalog
	problem := c.Envelope.MediaType == catalog.ProblemMediaType
	t := &tableWriter{catalog: c, withType: problem || usesRole(&c.Envelope.Body, catalog.RoleType)}
	t.Grow(4096 + 768*c.Len()) // an entry of a usual size
	t.infos()
	t.tombstones()
	t.groups()
	t.policyTable()
	t.printf("// service is the domain of the codes: see ErrspecCode.\nconst service = %q\n\n", c.Service)
	t.printf("// What the envelope is like: see Error.title and Error.fill.\nconst (\n\ttitleIsPhrase = %v\n\tbodyHasParams = %v\n)\n\n",
		problem, usesRole(&c.Envelope.Body, catalog.RoleParams, catalog.RoleParam))
	t.index()
	var imports []string
	if len(t.policies) > 0 { // which have durations
		imports = append(imports, "time")
	}
	return append(header(g.pkg, imports...), t.String()...), nil
}

// A tableWriter writes composite literals in gofmt's form, so that a file as long as the catalog need not be parsed and printed
// once more; a test holds it to that.
type tableWriter struct {
	strings.Builder
	fields   [][2]string // the last lines, names and values, which gofmt aligns
	catalog  *catalog.Catalog
	policies []catalog.RetryPolicy // those in use, in the order of their first use
	withType bool
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
		if t.withType {
			t.field("typeURI", quote(e.Type))
		}
		t.field("since", quote(e.Since))
		if e.Stability != catalog.Stable {
			t.field("stability", quote(string(e.Stability)))
		}
		if d := e.Deprecated; d != nil {
			t.field("deprecated", deprecationLiteral(d))
		}
		t.field("group", strconv.Itoa(e.Group))
		t.field("retry", strconv.Itoa(t.policy(e.Retry)))
		t.field("statuses", "[]int{"+join(e.Statuses, strconv.Itoa)+"}")
		t.messages(e)
		t.params(e)
		t.headers(e)
		if len(e.See) > 0 {
			t.field("see", "[]Code{"+join(e.See, func(s *catalog.Entry) string { return s.Go.Code })+"}")
		}
		if e.Internal {
			t.field("internal", "true")
		}
		if known := e.Code + e.Title + e.DocsURL + e.Type; inString(known) != known {
			t.field("escaped", "true")
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
	t.list("messages", "messageInfo", len(e.Variants), func(i int) {
		v := &e.Variants[i]
		if v.Go.Const != "" {
			t.printf("variant: %s, ", v.Go.Const)
		}
		t.printf("template: %s", segments(e, v.Message))
		if v.Resolution != "" {
			t.printf(", resolution: %s", quote(string(v.Resolution)))
		}
	})
}

// segments returns a template as a composite literal of the fixed part's type.
func segments(e *catalog.Entry, template message.Template) string {
	var items []string
	literal := ""
	add := func(param string) {
		var fields []string
		if literal != "" {
			fields = append(fields, "text: "+quote(literal))
		}
		if param != "" {
			fields = append(fields, "param: "+param)
		}
		if len(fields) > 0 {
			items = append(items, "{"+strings.Join(fields, ", ")+"}")
		}
		literal = ""
	}
	for _, s := range template {
		literal += s.Literal
		if s.Name != "" {
			add(strconv.Itoa(paramNumber(e, s.Name)))
		}
	}
	add("")
	return "[]segment{" + strings.Join(items, ", ") + "}"
}

// paramNumber returns the place of a param, from 1.
func paramNumber(e *catalog.Entry, name string) int {
	for i := range e.Params {
		if e.Params[i].Name == name {
			return i + 1
		}
	}
	panic("gocode: " + e.Code + " has no param " + name + "; package check lets none through that is not declared")
}

func (t *tableWriter) params(e *catalog.Entry) {
	t.list("params", "paramInfo", len(e.Params), func(i int) {
		p := &e.Params[i]
		t.printf("name: %s", quote(p.Name))
		if p.Kind != value.String {
			t.printf(", kind: %s", kindName(p.Kind))
		}
		for _, flag := range []struct {
			name string
			set  bool
		}{{"optional", p.Optional}, {"sensitive", p.Sensitive}, {"detail", p.Detail}} {
			if flag.set {
				t.printf(", %s: true", flag.name)
			}
		}
		t.items(p.Items)
		if p.Enum != nil {
			t.printf(", enum: []string{%s}", join(p.Enum, func(v catalog.EnumValue) string { return quote(v.Value) }))
		}
		if p.Description != "" {
			t.printf(", description: %s", quote(string(p.Description)))
		}
		example := p.Example.Text()
		if p.Kind == value.List {
			example = string(p.ExampleJSON())
		}
		t.printf(", example: %s", quote(example))
	})
}

func (t *tableWriter) items(items *catalog.Items) {
	switch {
	case items == nil:
	case items.Fields == nil:
		t.printf(", item: %s", kindName(items.Kind))
	default:
		t.printf(", fields: []fieldInfo{%s}", join(items.Fields, func(f catalog.Field) string {
			return "{" + quote(f.Name) + ", " + kindName(f.Kind) + "}"
		}))
	}
}

// kindName returns the fixed part's constant for a kind.
func kindName(k value.Kind) string {
	name := k.String()
	return "kind" + strings.ToUpper(name[:1]) + name[1:]
}

func (t *tableWriter) headers(e *catalog.Entry) {
	t.list("headers", "headerInfo", len(e.Headers), func(i int) {
		h := &e.Headers[i]
		t.printf("name: %s, value: %s", quote(h.Canonical()), segments(e, h.Value))
	})
	for i := range e.Headers {
		if e.Headers[i].Canonical() == catalog.RetryAfter {
			t.field("retryAfterHeader", strconv.Itoa(i+1))
			if p := retryAfterParam(e); p != nil {
				t.field("retryAfterParam", strconv.Itoa(paramNumber(e, p.Name)))
			}
		}
	}
}

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
	t.WriteString("// groups are the catalog's groups, each a range of infos.\nvar groups = [...]groupInfo{")
	t.open(len(t.catalog.Groups) > 0)
	lo := 0
	for i := range t.catalog.Groups {
		g := &t.catalog.Groups[i]
		t.printf("\t{id: %s, title: %s, lo: %d, hi: %d},\n", quote(g.ID), quote(g.Title), lo, lo+len(g.Entries))
		lo += len(g.Entries)
	}
	t.WriteString("}\n\n")
}

// policy returns the number of a policy, from 1, and 0 for none.
func (t *tableWriter) policy(r *catalog.RetryPolicy) int {
	if r == nil {
		return 0
	}
	for i, p := range t.policies {
		if p == *r {
			return i + 1
		}
	}
	t.policies = append(t.policies, *r)
	return len(t.policies)
}

func (t *tableWriter) policyTable() {
	fallback := t.policy(t.catalog.RetryDefault)
	t.WriteString("// policies are the retry policies in use; numbers that mean one count from 1.\nvar policies = [...]RetryPolicy{")
	if len(t.policies) > 0 {
		t.WriteString("\n")
	}
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
	t.printf("}\n\n// defaultPolicy is the policy for a gateway's own responses; 0: they are not retried.\nconst defaultPolicy = %d\n\n", fallback)
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

func (t *tableWriter) index() {
	codes := make([]string, 0, t.catalog.Len())
	var constants strings.Builder
	for e := range t.catalog.All() {
		codes = append(codes, e.Code)
		constants.WriteString("\n\t" + e.Go.Code + ",")
	}
	if len(codes) > 0 {
		constants.WriteByte('\n')
	}
	x := newIndex(codes)
	t.printf("// codeOf has the code of each Info, side by side: a lookup compares with one, and many fit into a processor's cache.\n"+
		"var codeOf = [...]Code{%s}\n\n", constants.String())
	t.printf("// hashSeed, displace and index place each code where no other is: see slotOf.\nconst hashSeed = %d\n\n", x.seed)
	t.printf("var displace = [...]uint16{%s}\n\n", numberLines(x.displace))
	t.printf("var index = [...]uint32{%s}\n", numberLines(x.slots))
}

// numberLines prints numbers, ten a line.
func numberLines[T uint16 | uint32](numbers []T) string {
	var b strings.Builder
	for i, n := range numbers {
		if i%10 == 0 {
			b.WriteString("\n\t")
		} else {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.FormatInt(int64(n), 10) + ",")
	}
	b.WriteByte('\n')
	return b.String()
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
