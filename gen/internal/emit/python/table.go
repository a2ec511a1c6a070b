package python

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/pyname"
	"github.com/errspec/errspec/gen/internal/value"
)

// tables writes what the module's functions read: the shape of a body, the retry policies, the
// codes and the retired codes.
func (g *generator) tables(b *strings.Builder) {
	s := shaper{g: g}
	b.WriteString("# The form of a body: the names of roles, where their values are.\n")
	envelope := s.shape(&g.catalog.Envelope.Body)
	named("_ENVELOPE: Any = ", envelope).write(b, 0, "\n")
	requestID := cmp.Or(g.catalog.Envelope.RequestIDHeader(), "X-Request-Id")
	named("\n# The header with the id of a request.\n_REQUEST_ID_HEADER = ",
		str(strings.ToLower(requestID))).write(b, 0, "\n")
	if g.features["codeheaders"] {
		b.WriteString("\n# The headers that state the code, with what stands around it.\n")
		var headers []expr
		for _, h := range g.catalog.Envelope.CodeHeaders {
			headers = append(headers, tuple(
				str(strings.ToLower(h.Name)), str(h.Before), str(h.After), boolean(h.Open)))
		}
		named("_CODE_HEADERS = ", tuple(headers...)).write(b, 0, "\n")
	}
	var infos []expr
	for i := range g.entries {
		infos = append(infos, named(quote(g.entries[i].Code)+": ", g.info(&g.entries[i])))
	}
	standard := text("None")
	if p := g.catalog.RetryDefault; p != nil {
		standard = g.policy(p)
	}
	b.WriteByte('\n')
	for i := range g.policies {
		named("_RETRY_"+strconv.Itoa(i+1)+" = ", policy(&g.policies[i])).write(b, 0, "\n")
	}
	named("_DEFAULT_RETRY: Retry | None = ", standard).write(b, 0, "\n")
	if len(infos) == 0 {
		b.WriteString("\nCATALOG: Mapping[str, Info] = MappingProxyType({})\n")
	} else {
		b.WriteString("\nCATALOG: Mapping[str, Info] = MappingProxyType(\n    ")
		exploded("{", infos, "}").write(b, 4, "\n)\n")
	}
	b.WriteString("\"\"\"What the catalog says about each code.\"\"\"\n")
	if g.features["retired"] {
		var retired []expr
		for i := range g.catalog.Retired {
			retired = append(retired,
				named(quote(g.catalog.Retired[i].Code)+": ", tombstone(&g.catalog.Retired[i])))
		}
		b.WriteByte('\n')
		exploded("_RETIRED = {", retired, "}").write(b, 0, "\n")
	}
}

// policy returns the name of a policy.
func (g *generator) policy(p *catalog.RetryPolicy) expr {
	n := slices.Index(g.policies, *p)
	if n < 0 {
		n = len(g.policies)
		g.policies = append(g.policies, *p)
	}
	return text("_RETRY_" + strconv.Itoa(n+1))
}

func policy(p *catalog.RetryPolicy) expr {
	factor := p.Factor
	if p.Strategy == catalog.Constant {
		factor = 1
	}
	jitter := map[catalog.Jitter]string{
		catalog.FullJitter: "1", catalog.EqualJitter: "0.5", catalog.NoJitter: "0",
	}
	return call("Retry",
		named("name=", str(p.Name)),
		named("base=", seconds(p.Base)),
		named("factor=", text(value.FormatFloat(factor))),
		named("max_delay=", seconds(p.MaxDelay)),
		named("jitter=", text(jitter[p.Jitter])),
		named("max_retries=", text(strconv.Itoa(p.MaxRetries))),
		named("max_retry_after=", seconds(p.MaxRetryAfter)),
		named("any_method=", boolean(p.AnyMethod)),
	)
}

func boolean(is bool) expr {
	if is {
		return text("True")
	}
	return text("False")
}

// seconds returns a delay as a number.
func seconds(d time.Duration) expr {
	v := value.Value{Kind: value.Duration, Int: int64(d)}
	return text(string(v.JSON()))
}

func (g *generator) info(e *entry) expr {
	statuses := make([]expr, len(e.Statuses))
	for i, status := range e.Statuses {
		statuses[i] = text(strconv.Itoa(status))
	}
	messages := make([]expr, len(e.Variants))
	for i := range e.Variants {
		messages[i] = g.message(e, &e.Variants[i])
	}
	args := []expr{text(e.names.Class), str(e.Title), tuple(statuses...), tuple(messages...)}
	var params []expr
	for i, p := range e.params() {
		params = append(params, param(p.Name, &p.Type, p.Optional, &e.names.Params[i]))
	}
	if params != nil {
		args = append(args, named("params=", tuple(params...)))
	}
	if headers := readHeaders(e.Entry); g.features["headerparams"] && len(headers) > 0 {
		var parts []expr
		for _, h := range headers {
			parts = append(parts, tuple(str(strings.ToLower(h.Name)), str(h.Value.String())))
		}
		args = append(args, named("headers=", tuple(parts...)))
	}
	if g.features["typebody"] && e.Type != "" {
		args = append(args, named("type_uri=", str(e.Type)))
	}
	if e.Anonymous && g.features["bystatus"] {
		args = append(args, named("pattern=", constant(g.catalog.Pattern(e.Entry))))
		if e.KnownBy == catalog.ByBody {
			args = append(args, named("by_body=", text("True")))
		}
		if element := g.catalog.ElementPattern(e.Entry); element != nil {
			args = append(args, named("element=", constant(element)))
		}
	}
	if e.Resolution != "" {
		args = append(args, named("resolution=", str(string(e.Resolution))))
	}
	if e.DocsURL != "" {
		args = append(args, named("docs_url=", str(e.DocsURL)))
	}
	if e.Retry != nil {
		args = append(args, named("retry=", g.policy(e.Retry)))
	}
	return call("Info", args...)
}

func (g *generator) message(e *entry, v *catalog.Variant) expr {
	said := v.Message.String()
	if v.Silent {
		said = ""
	}
	args := []expr{str(said)}
	if v.ID != "" {
		args = append(args, named("variant=", str(v.ID)))
	}
	if v.Resolution != "" {
		args = append(args, named("resolution=", str(string(v.Resolution))))
	}
	var needs []string
	takes := e.Takes(v)
	for _, p := range e.params() {
		if takes[p.Name] {
			needs = append(needs, p.Name)
		}
	}
	if needs != nil {
		args = append(args, named("needs=", tuple(strs(needs)...)))
	}
	return call("Message", args...)
}

// param returns a param, or a field of an object.
func param(name string, t *catalog.Type, optional bool, n *pyname.Param) expr {
	args := []expr{str(name), typ(t, &n.Type), str(n.Attribute)}
	if optional {
		args = append(args, named("optional=", boolean(true)))
	}
	return call("Param", args...)
}

// typ returns how values of a type are read.
func typ(t *catalog.Type, n *pyname.Type) expr {
	switch t.Kind {
	case value.List:
		return call("_List", typ(t.Elem, n.Elem))
	case value.Map:
		return call("_Map", typ(t.Elem, n.Elem))
	case value.Object:
		args := []expr{text(n.Class)}
		for i := range t.Fields {
			f := &t.Fields[i]
			args = append(args, param(f.Name, &f.Type, f.Optional, &n.Fields[i]))
		}
		return call("_Object", args...)
	case value.String:
		var values []string
		for _, v := range t.Enum {
			values = append(values, v.Value)
		}
		return call("_String", strs(values)...)
	}
	name := t.Kind.String()
	return call("_" + strings.ToUpper(name[:1]) + name[1:])
}

func tombstone(t *catalog.Tombstone) expr {
	args := []expr{str(t.Code)}
	if t.Status != 0 {
		args = append(args, named("status=", text(strconv.Itoa(t.Status))))
	}
	if t.Since != "" {
		args = append(args, named("since=", str(t.Since)))
	}
	if t.Use != nil && !t.Use.Internal {
		args = append(args, named("use=", str(t.Use.Code)))
	}
	if t.Note != "" {
		args = append(args, named("note=", str(string(t.Note))))
	}
	return call("Retired", args...)
}
