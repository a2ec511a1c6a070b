package gocode

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/message"
)

// envelope emits the function that writes a response's body, and the shape by which one is read:
//
//	func appendBody(b []byte, e *Error) []byte {
//		b = append(b, "{\"error\":{\"code\":"...)
//		b = appendString(b, string(e.Code))
//		…
//		return b
//	}
//
//	var envelope = shape{members: []member{{"error", &shape{…}}}}
func (g *generator) envelope() []byte {
	env := &g.catalog.Envelope
	w := &bodyWriter{generator: g, seen: &seen{parts: map[string]conditions{}}}
	w.node(&env.Body)
	w.flush()
	var imports []string
	if g.has("responseheaders") {
		imports = append(imports, "net/http")
	}
	if w.seen.numbers || g.has("responseheaders") && showsStatus(env) {
		imports = append(imports, "strconv")
	}
	return append(header(g.pkg, imports...), render(func(f *jen.File) {
		if g.has("server") || g.has("tests") {
			f.Comment("// mediaType is the Content-Type of every response.")
			f.Const().Id("mediaType").Op("=").Lit(env.MediaType)
			f.Line()
		}
		f.Comment("// appendBody appends the body of e's response.")
		f.Func().Id("appendBody").
			Params(jen.Id("b").Index().Byte(), jen.Id("e").Op("*").Id("Error")).Index().Byte().
			Block(append(w.code, jen.Return(jen.Id("b")))...)
		if g.has("responseheaders") {
			f.Line()
			f.Comment("// setResponseHeaders sets the headers that differ from response to response.")
			f.Func().Id("setResponseHeaders").
				Params(jen.Id("h").Id("http").Dot("Header"), jen.Id("e").Op("*").Id("Error")).
				Block(w.responseHeaders()...)
		}
		if g.has("client") {
			f.Line()
			f.Comment("// requestIDHeader is the header with the id of a request.")
			f.Const().Id("requestIDHeader").Op("=").Lit(cmp.Or(env.RequestIDHeader(), "X-Request-Id"))
			f.Line()
			f.Comment("// envelope says what each member of a response's body is.")
			s := shaper{g.catalog, slices.Collect(g.catalog.Public()), g.catalog.Service, g.features}
			f.Var().Id("envelope").Op("=").Add(s.shape(&env.Body))
		}
	})...)
}

// showsStatus reports whether a header of every response is made of the status.
func showsStatus(env *catalog.Envelope) bool {
	return slices.ContainsFunc(env.ResponseHeaders(), func(h catalog.Header) bool {
		return slices.ContainsFunc(h.Value.Names(), func(name string) bool {
			return name == string(catalog.RoleStatus) || name == string(catalog.RoleStatusString)
		})
	})
}

// responseHeaders returns the statements that set the headers of a response, each under the
// condition that all its parts are there.
func (w *bodyWriter) responseHeaders() []jen.Code {
	var code []jen.Code
	for _, h := range w.catalog.Envelope.ResponseHeaders() {
		var value *jen.Statement
		var all conditions
		ever := true
		for _, s := range h.Value {
			text := jen.Lit(s.Literal)
			if s.Name != "" {
				r := catalog.Role(s.Name)
				present, is := w.rolePresence(r, "")
				ever = ever && is
				if present != nil {
					all.add(present)
				}
				text = w.headerRole(r)
			}
			if value == nil {
				value = text
			} else {
				value = value.Op("+").Add(text)
			}
		}
		set := jen.Id("h").Dot("Set").Call(jen.Lit(h.Canonical()), value)
		switch cond := all.joined("&&"); {
		case !ever:
		case cond == nil:
			code = append(code, set)
		default:
			code = append(code, jen.If(cond).Block(set))
		}
	}
	return code
}

// headerRole returns the expression of a role in a header.
func (w *bodyWriter) headerRole(r catalog.Role) *jen.Statement {
	switch r {
	case catalog.RoleStatus, catalog.RoleStatusString:
		return jen.Id("strconv").Dot("Itoa").Call(jen.Id("e").Dot("Status"))
	case catalog.RoleService:
		return jen.Lit(w.catalog.Service)
	case catalog.RoleMessage, catalog.RoleRequestID, catalog.RoleInstance:
		return jen.Id("headerText").Call(roleText(r, ""))
	default:
		return roleText(r, "")
	}
}

// A bodyWriter collects the statements that write a body. Text between two roles becomes one
// append.
type bodyWriter struct {
	*generator
	given string // the condition that is known to hold
	code  []jen.Code
	text  strings.Builder
	seen  *seen
}

// A seen records what the parts of the whole body have.
type seen struct {
	numbers bool                  // a number is written
	parts   map[string]conditions // those that a condition joins with ||
}

func (w *bodyWriter) flush() {
	if w.text.Len() > 0 {
		w.code = append(w.code, assign("append", jen.Op(quote(w.text.String())).Op("...")))
		w.text.Reset()
	}
}

// assign returns b = f(b, args).
func assign(f string, args ...jen.Code) *jen.Statement {
	return jen.Id("b").Op("=").Id(f).Call(append([]jen.Code{jen.Id("b")}, args...)...)
}

func (w *bodyWriter) node(n *catalog.Node) {
	switch n.Kind {
	case catalog.NodeObject:
		w.object(n)
	case catalog.NodeArray:
		w.array(n)
	case catalog.NodeConst:
		w.text.Write(n.Const)
	case catalog.NodeRole:
		w.role(n.Role, n.Key)
	case catalog.NodeOr:
		w.or(n)
	case catalog.NodeEach:
		w.each(n)
	case catalog.NodeText:
		w.text.WriteByte('"')
		for _, s := range n.Text {
			if s.Name == "" {
				w.text.WriteString(inString(s.Literal))
			} else {
				w.inText(catalog.RoleNamed(s.Name))
			}
		}
		w.text.WriteByte('"')
	default:
		panic(fmt.Sprintf("gocode: envelope node of kind %d outside an object", n.Kind))
	}
}

// A before says whether something stands before the next member or item.
type before int

const (
	nothing before = iota
	something
	perhaps
)

// object writes members in order. A member whose role may be absent is written if it is there, with
// its comma.
func (w *bodyWriter) object(n *catalog.Node) {
	b := nothing
	w.text.WriteByte('{')
	for i := range n.Members {
		m := &n.Members[i]
		if m.Node.Kind == catalog.NodeSpread {
			if !w.has("bodyparams") {
				continue
			}
			w.flush()
			w.code = append(w.code, assign("appendParams", jen.Id("e")))
			if b == nothing {
				b = perhaps
			}
			continue
		}
		key := jsonString(m.Name)
		b = w.optional(&m.Node, b, func(w *bodyWriter) {
			w.comma(b, '{')
			w.text.WriteString(key + ":")
		})
	}
	w.text.WriteByte('}')
}

// array writes items in order, as object does.
func (w *bodyWriter) array(n *catalog.Node) {
	b := nothing
	w.text.WriteByte('[')
	for i := range n.Items {
		b = w.optional(&n.Items[i], b, func(w *bodyWriter) { w.comma(b, '[') })
	}
	w.text.WriteByte(']')
}

// optional calls lead and then writes a node: both under a condition, if the node may be absent.
func (w *bodyWriter) optional(n *catalog.Node, b before, lead func(*bodyWriter)) before {
	present, ever := w.presence(n)
	switch {
	case !ever:
		return b
	case present == nil, present.GoString() == w.given:
		lead(w)
		w.node(n)
		return something
	}
	w.flush()
	inner := &bodyWriter{generator: w.generator, seen: w.seen, given: present.GoString()}
	lead(inner)
	inner.node(n)
	inner.flush()
	w.code = append(w.code, jen.If(present).Block(inner.code...))
	if b == nothing {
		return perhaps
	}
	return b
}

// comma writes a comma if something stands before it. If only a run can tell, the generated code
// looks whether b ends in the opening bracket.
func (w *bodyWriter) comma(b before, bracket rune) {
	switch b {
	case nothing:
	case something:
		w.text.WriteByte(',')
	case perhaps:
		w.flush()
		last := jen.Id("b").Index(jen.Len(jen.Id("b")).Op("-").Lit(1))
		comma := assign("append", jen.LitRune(','))
		w.code = append(w.code, jen.If(last.Op("!=").LitRune(bracket)).Block(comma))
	}
}

// or writes the first alternative that has a value, as an if with its else.
func (w *bodyWriter) or(n *catalog.Node) {
	type alternative struct {
		node *catalog.Node
		cond *jen.Statement // nil: it always has a value
	}
	var list []alternative
	for i := range n.Items {
		cond, ever := w.presence(&n.Items[i])
		if ever {
			list = append(list, alternative{&n.Items[i], cond})
		}
		if ever && cond == nil {
			break
		}
	}
	last := len(list) - 1 // needs no condition: if it is absent, so is the $or
	if last == 0 {
		w.node(list[0].node)
		return
	}
	w.flush()
	var code *jen.Statement
	for i, a := range list {
		inner := &bodyWriter{generator: w.generator, seen: w.seen, given: w.given}
		if a.cond != nil {
			inner.given = a.cond.GoString()
		}
		inner.node(a.node)
		inner.flush()
		switch i {
		case 0:
			code = jen.If(a.cond).Block(inner.code...)
		case last:
			code = code.Else().Block(inner.code...)
		default:
			code = code.Else().If(a.cond).Block(inner.code...)
		}
	}
	w.code = append(w.code, code)
}

// each writes an element for each error: a loop whose variable e is that error.
func (w *bodyWriter) each(n *catalog.Node) {
	w.text.WriteByte('[')
	w.flush()
	element := &bodyWriter{generator: w.generator, seen: w.seen}
	element.node(&n.Items[0])
	element.flush()
	comma := jen.If(jen.Id("i").Op(">").Lit(0)).Block(assign("append", jen.LitRune(',')))
	all := jen.List(jen.Id("i"), jen.Id("e")).Op(":=").Range().Id("e").Dot("all").Call()
	w.code = append(w.code, jen.For(all).Block(append([]jen.Code{comma}, element.code...)...))
	w.text.WriteByte(']')
}

// presence returns the condition under which a node is there, nil if it always is; and whether it
// ever is.
func (w *bodyWriter) presence(n *catalog.Node) (cond *jen.Statement, ever bool) {
	switch n.Kind {
	case catalog.NodeRole, catalog.NodeSpread:
		return w.rolePresence(n.Role, n.Key)
	case catalog.NodeConst:
		return nil, true
	case catalog.NodeText:
		return w.textPresence(n)
	}
	if n.IsConst() {
		return nil, true
	}
	var found conditions
	for part := range n.Parts() { // it is there where one of them is
		c, is := w.presence(part)
		switch {
		case !is:
			continue
		case c == nil:
			return nil, true
		}
		if parts := w.seen.parts[c.GoString()]; parts != nil {
			for _, part := range parts {
				found.add(part)
			}
		} else {
			found.add(c)
		}
		ever = true
	}
	if cond = found.joined("||"); len(found) > 1 {
		w.seen.parts[cond.GoString()] = found
	}
	return cond, ever
}

// conditions are different ones: vet complains of a condition that is there twice.
type conditions []*jen.Statement

func (c *conditions) add(cond *jen.Statement) {
	for _, have := range *c {
		if have.GoString() == cond.GoString() {
			return
		}
	}
	*c = append(*c, cond)
}

// joined returns one condition; nil: there are none.
func (c conditions) joined(op string) (all *jen.Statement) {
	for _, cond := range c {
		if all == nil {
			all = jen.Add(cond)
		} else {
			all.Op(op).Add(cond)
		}
	}
	return all
}

// textPresence returns the condition under which each role in a string has a value.
func (w *bodyWriter) textPresence(n *catalog.Node) (cond *jen.Statement, ever bool) {
	var all conditions
	for _, name := range n.Text.Names() {
		c, ever := w.rolePresence(catalog.RoleNamed(name))
		if !ever {
			return nil, false
		}
		if c != nil {
			all.add(c)
		}
	}
	return all.joined("&&"), true
}

func (w *bodyWriter) rolePresence(r catalog.Role, key string) (cond *jen.Statement, ever bool) {
	e := jen.Id("e")
	switch r {
	case catalog.RoleMessage:
		if w.has("silent") {
			return jen.Op("!").Add(e).Dot("silent"), true
		}
		return nil, true
	case catalog.RoleCode, catalog.RoleCodeNumber:
		if w.has("anonymous") {
			return e.Dot("sendsCode").Call(), true
		}
		return nil, true
	case catalog.RoleTitle, catalog.RoleStatus, catalog.RoleStatusString:
		return nil, true
	case catalog.RoleService:
		return nil, w.catalog.Service != ""
	case catalog.RoleRetryAfter:
		return e.Dot("RetryAfter").Op(">").Lit(0), true
	case catalog.RoleParams:
		return jen.Len(e.Dot("params")).Op(">").Lit(0), w.has("bodyparams")
	case catalog.RoleParam:
		return e.Dot("param").Call(jen.Lit(key)).Op("!=").Nil(), w.has("bodyparams")
	case catalog.RoleType:
		return roleText(r, key).Op("!=").Lit(""), w.catalog.TypeBase != "" || w.catalog.DocsURL != ""
	case catalog.RoleDocsURL:
		return roleText(r, key).Op("!=").Lit(""), w.catalog.DocsURL != ""
	case catalog.RoleVariant:
		return roleText(r, key).Op("!=").Lit(""), w.has("variants")
	case catalog.RoleMeta:
		return roleText(r, key).Op("!=").Lit(""), w.has("meta")
	default:
		return roleText(r, key).Op("!=").Lit(""), true
	}
}

// role writes a role as a value of its own.
func (w *bodyWriter) role(r catalog.Role, key string) {
	switch r {
	case catalog.RoleStatus:
		w.inText(r, key)
	case catalog.RoleStatusString:
		w.text.WriteByte('"')
		w.inText(r, key)
		w.text.WriteByte('"')
	case catalog.RoleRetryAfter:
		w.inText(r, key)
	case catalog.RoleMeta:
		if w.has("typedmeta") {
			w.append("appendMeta", jen.Id("e").Dot("about").Call(), jen.Lit(key))
			return
		}
		w.append("appendString", roleText(r, key))
	case catalog.RoleCodeNumber:
		w.append("appendNumber", jen.Id("e").Dot("Code"))
	case catalog.RoleService:
		w.text.WriteString(jsonString(w.catalog.Service))
	case catalog.RoleParams:
		w.text.WriteByte('{')
		w.append("appendParams", jen.Id("e"))
		w.text.WriteByte('}')
	case catalog.RoleParam:
		w.append("appendValue", jen.Id("e").Dot("param").Call(jen.Lit(key)))
	default:
		w.append("appendString", roleText(r, key))
	}
}

// inText writes a role inside a string.
func (w *bodyWriter) inText(r catalog.Role, key string) {
	switch r {
	case catalog.RoleStatus, catalog.RoleStatusString:
		w.seen.numbers = true
		w.append("strconv.AppendInt", jen.Int64().Call(jen.Id("e").Dot("Status")), jen.Lit(10))
	case catalog.RoleService:
		w.text.WriteString(inString(w.catalog.Service))
	case catalog.RoleRetryAfter:
		w.append("appendSeconds", jen.Id("e").Dot("RetryAfter"))
	case catalog.RoleParam:
		w.append("appendEscaped", jen.Id("valueText").Call(jen.Id("e").Dot("param").Call(jen.Lit(key))))
	default:
		w.append("appendEscaped", roleText(r, key))
	}
}

// append writes the text so far, and then a call.
func (w *bodyWriter) append(f string, args ...jen.Code) {
	w.flush()
	w.code = append(w.code, assign(f, args...))
}

// roleText returns the expression of a role that is a string.
func roleText(r catalog.Role, key string) *jen.Statement {
	e := jen.Id("e")
	switch r {
	case catalog.RoleCode, catalog.RoleCodeNumber:
		return jen.String().Call(e.Dot("Code"))
	case catalog.RoleMessage:
		return e.Dot("Message")
	case catalog.RoleTitle:
		return e.Dot("title").Call()
	case catalog.RoleStatusText:
		return e.Dot("statusText").Call()
	case catalog.RoleType:
		return e.Dot("about").Call().Dot("typeURI")
	case catalog.RoleDocsURL:
		return e.Dot("about").Call().Dot("docsURL")
	case catalog.RoleVariant:
		return e.Dot("variantID").Call()
	case catalog.RoleRequestID:
		return e.Dot("RequestID")
	case catalog.RoleInstance:
		return e.Dot("Instance")
	case catalog.RoleGroup:
		return e.Dot("about").Call().Dot("groupID").Call()
	case catalog.RoleMeta:
		return e.Dot("about").Call().Dot("Meta").Call(jen.Lit(key))
	default:
		panic("gocode: role " + string(r) + " is no string")
	}
}

// readRoles are the roles that a client reads, and what the runtime calls them.
var readRoles = map[catalog.Role]string{
	catalog.RoleCode:         "roleCode",
	catalog.RoleCodeNumber:   "roleCodeNumber",
	catalog.RoleMessage:      "roleMessage",
	catalog.RoleStatus:       "roleStatus",
	catalog.RoleStatusString: "roleStatus",
	catalog.RoleVariant:      "roleVariant",
	catalog.RoleRequestID:    "roleRequestID",
	catalog.RoleRetryAfter:   "roleRetryAfter",
	catalog.RoleInstance:     "roleInstance",
	catalog.RoleParams:       "roleParams",
	catalog.RoleParam:        "roleParam",
	catalog.RoleType:         "roleType",
}

// A shaper makes the shape by which a client reads a body.
type shaper struct {
	catalog *catalog.Catalog
	public  []*catalog.Entry
	service string
	features
}

// role returns what the runtime calls a role; "": a client does not read it.
func (s shaper) role(r catalog.Role) string {
	needs := map[catalog.Role]string{
		catalog.RoleVariant: "variantbody",
		catalog.RoleParams:  "bodyparams",
		catalog.RoleParam:   "bodyparams",
		catalog.RoleType:    "typebody",
	}
	if word := needs[r]; word != "" && !s.has(word) {
		return ""
	}
	return readRoles[r]
}

// shape returns the shape of a node as a composite literal. Constants are not in it: what a server
// adds to its envelope, or changes there, does not concern a client.
func (s shaper) shape(n *catalog.Node) *jen.Statement {
	return jen.Id("shape").Values(s.fields(n)...)
}

// shapes begins a field that is a list of shapes.
func shapes(field string) *jen.Statement {
	return jen.Id(field).Op(":").Index().Op("*").Id("shape")
}

// orField is the field with the constants that a body may have instead of a value.
func orField(constants ...jen.Code) *jen.Statement {
	return jen.Id("or").Op(":").Index().String().Values(constants...)
}

func (s shaper) fields(n *catalog.Node) []jen.Code {
	switch n.Kind {
	case catalog.NodeRole:
		fields := []jen.Code{jen.Id("role").Op(":").Id(readRoles[n.Role])}
		if n.Role == catalog.RoleParam {
			fields = append(fields, jen.Id("name").Op(":").Lit(n.Key))
		}
		return fields
	case catalog.NodeText:
		return s.text(n.Text)
	case catalog.NodeArray:
		return s.array(n)
	case catalog.NodeOr:
		return s.or(n)
	case catalog.NodeEach:
		element := jen.Id("shape").Values()
		if s.isRead(&n.Items[0]) {
			element = s.shape(&n.Items[0])
		}
		return []jen.Code{jen.Id("each").Op(":").Op("&").Add(element)}
	default:
		return s.object(n)
	}
}

// array is the shape of a list. From the first element that may be omitted, clients recognize
// elements by their constants.
func (s shaper) array(n *catalog.Node) []jen.Code {
	fixed := s.catalog.FirstLoose(n, s.public)
	loose := fixed >= 0
	fields := []jen.Code{shapes("items").ValuesFunc(func(g *jen.Group) {
		for i := range n.Items {
			switch item := &n.Items[i]; {
			case !s.isRead(item):
				g.Nil()
			case loose && i >= fixed && item.Kind == catalog.NodeObject:
				g.Values(s.constants(item)...)
			default:
				g.Values(s.fields(item)...)
			}
		}
	})}
	if loose {
		fields = append(fields, jen.Id("loose").Op(":").True(), jen.Id("fixed").Op(":").Lit(fixed))
	}
	return fields
}

// or is the shape of the one alternative that is no constant, or of a choice. The constants stand
// for no value.
func (s shaper) or(n *catalog.Node) []jen.Code {
	if n.IsChoice() {
		return []jen.Code{shapes("choice").ValuesFunc(func(g *jen.Group) {
			for item := range n.Alternatives() {
				switch {
				case item.IsConst():
					g.Values(orField(jen.Lit(string(item.AppendJSON(nil, nil)))))
				case item.Role == catalog.RoleMeta:
					g.Values(jen.Id("of").Op(":").Add(s.meta(item.Key)))
				case s.isRead(item):
					g.Values(s.fields(item)...)
				default:
					g.Values()
				}
			}
		})}
	}
	var constants []jen.Code
	for item := range n.Alternatives() {
		if item.IsConst() {
			constants = append(constants, jen.Lit(string(item.AppendJSON(nil, nil))))
		}
	}
	fields := s.fields(n.Only())
	if constants == nil {
		return fields
	}
	return append(fields, jen.Id("or").Op(":").Index().String().Values(constants...))
}

// meta is a map of the constants of codes.
//
//	map[Code]string{"A": `"a"`}
func (s shaper) meta(key string) jen.Code {
	return jen.Map(jen.Id("Code")).String().ValuesFunc(func(g *jen.Group) {
		for _, e := range s.public {
			if constant := e.MetaJSON(key); constant != nil {
				g.Lit(e.Code).Op(":").Lit(string(constant))
			}
		}
	})
}

// constants is the shape of an object with its constants, by which an element of a list is known.
func (s shaper) constants(n *catalog.Node) []jen.Code {
	var is []jen.Code
	for i := range n.Members {
		if m := &n.Members[i]; m.Node.Kind == catalog.NodeConst {
			shape := jen.Op("&").Id("shape").Values(orField(jen.Lit(string(m.Node.Const))))
			is = append(is, jen.Values(jen.Lit(m.Name), shape))
		}
	}
	if is == nil {
		return s.fields(n)
	}
	return append(s.fields(n), jen.Id("is").Op(":").Index().Id("member").Values(is...))
}

func (s shaper) object(n *catalog.Node) []jen.Code {
	var fields []jen.Code
	isSpread := func(m catalog.Member) bool { return m.Node.Kind == catalog.NodeSpread }
	if s.has("bodyparams") && slices.ContainsFunc(n.Members, isSpread) {
		fields = append(fields, jen.Id("role").Op(":").Id("roleParams"))
	}
	onLines := jen.Options{Open: "{", Close: "}", Separator: ",", Multi: true}
	return append(fields,
		jen.Id("members").Op(":").Index().Id("member").CustomFunc(onLines, func(g *jen.Group) {
			for i := range n.Members {
				if m := &n.Members[i]; m.Node.Kind != catalog.NodeSpread && s.isRead(&m.Node) {
					g.Values(jen.Lit(m.Name), jen.Op("&").Add(s.shape(&m.Node)))
				}
			}
		}))
}

// text is the shape of a string with one role inside.
func (s shaper) text(t message.Template) []jen.Code {
	var before, after, role string
	for _, seg := range t {
		text := seg.Literal
		if s.isConst(seg) {
			text = s.service
		}
		switch {
		case seg.Name != "" && !s.isConst(seg):
			role = s.role(catalog.Role("$" + seg.Name))
		case role == "":
			before += text
		default:
			after += text
		}
	}
	fields := []jen.Code{jen.Id("role").Op(":").Id(role)}
	if before != "" {
		fields = append(fields, jen.Id("before").Op(":").Lit(before))
	}
	if after != "" {
		fields = append(fields, jen.Id("after").Op(":").Lit(after))
	}
	return fields
}

// isRead reports whether a client finds anything in a node. A string with several roles, or with a
// param, is not parsed.
func (s shaper) isRead(n *catalog.Node) bool {
	switch n.Kind {
	case catalog.NodeRole:
		return s.role(n.Role) != ""
	case catalog.NodeText:
		roles := slices.DeleteFunc(slices.Clone(n.Text), func(seg message.Segment) bool {
			return seg.Name == "" || s.isConst(seg)
		})
		return len(roles) == 1 && s.role(catalog.Role("$"+roles[0].Name)) != ""
	case catalog.NodeSpread:
		return s.has("bodyparams")
	case catalog.NodeOr:
		if n.IsChoice() {
			return slices.ContainsFunc(n.Items, func(item catalog.Node) bool { return s.isRead(&item) })
		}
		role := n.Only()
		return role != nil && s.isRead(role)
	default:
		return slices.ContainsFunc(n.Members, func(m catalog.Member) bool { return s.isRead(&m.Node) }) ||
			slices.ContainsFunc(n.Items, func(n catalog.Node) bool { return s.isRead(&n) })
	}
}

// isConst reports whether a role inside a string is the same in every body.
func (s shaper) isConst(seg message.Segment) bool {
	return s.service != "" && seg.Name != "" && catalog.Role("$"+seg.Name) == catalog.RoleService
}

// jsonString returns s as a JSON string, as the runtime writes it at run time.
func jsonString(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic("gocode: " + strconv.Quote(s) + ": " + err.Error())
	}
	return string(b)
}

// inString is jsonString without the quotes.
func inString(s string) string {
	q := jsonString(s)
	return q[1 : len(q)-1]
}
