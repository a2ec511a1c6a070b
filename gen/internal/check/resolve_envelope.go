package check

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
	"github.com/errspec/errspec/gen/internal/value"
)

// envelope resolves the JSON of every error response.
func (m *model) envelope() {
	w := &m.written.Envelope
	out := &m.out.Envelope
	out.MediaType = "application/json"
	switch {
	case w.Preset.Text == "nested":
		out.Body = nested()
		m.envelopeRead = true
		return
	case !w.Body.IsSet(): // absent, or the preset
		out.MediaType, out.Body = catalog.ProblemMediaType, problem()
		m.envelopeRead = true
		return
	}
	if w.MediaType.IsSet() {
		out.MediaType = w.MediaType.Text
	}
	out.Description = m.markdown(nil, w.Description, "envelope.description")
	if w.Body.Kind != syntax.AnyMapping {
		d := diag.Diagnostic{
			Rule: rule.EnvelopeInvalid, Span: w.Body.Span(), Path: "envelope.body",
			Message: "the envelope's body must be a mapping: errspec describes only JSON bodies",
			Help: "write a mapping, as in `body: {code: $code, message: $message}`; " +
				"if the API sends text, leave those errors to handwritten code",
		}
		if w.Body.Kind == syntax.AnyList {
			d.Message = "the envelope's body is a list, and errspec describes only lists of errors"
			d.Help = "write what each element contains: `body: {$each: {code: $code, message: $message}}`"
		}
		m.report(d)
		return
	}
	if at, limit := beyond(&w.Body); limit != "" {
		m.report(diag.Diagnostic{
			Rule: rule.LimitExceeded, Span: at, Path: "envelope.body",
			Message: limit,
			Help:    "remove members: the example of each error repeats the body",
		})
		out.Body = problem()
		return
	}
	b := body{m: m}
	out.Body = b.node(&w.Body, "envelope.body", true)
	m.envelopeRead, m.each, m.code, m.placed = !b.unread, b.each, b.code, b.placed
	if out.Body.Kind == catalog.NodeOr {
		m.envelopeRead = false
		m.report(diag.Diagnostic{
			Rule: rule.EnvelopeInvalid, Span: w.Body.Members[0].Key.Span(), Path: "envelope.body.$or",
			Message: "the envelope's body cannot be $or, because clients could not read it",
			Help: "write what most errors send as a mapping, " +
				"in which members without a value are omitted; " +
				"leave errors with other bodies to handwritten code",
		})
	}
}

// roleMember is a member whose value is a role.
func roleMember(name string, r catalog.Role) catalog.Member {
	return catalog.Member{Name: name, Node: catalog.Node{Kind: catalog.NodeRole, Role: r}}
}

// spread is the member that puts the params beside itself.
func spread() catalog.Member {
	return catalog.Member{Node: catalog.Node{Kind: catalog.NodeSpread, Role: catalog.RoleParams}}
}

// problem is the envelope of a catalog that writes none: that of RFC 9457, with the code and the
// params as extension members (section 3.2).
func problem() catalog.Node {
	return catalog.Node{Members: []catalog.Member{
		roleMember("type", catalog.RoleType),
		roleMember("title", catalog.RoleTitle),
		roleMember("status", catalog.RoleStatus),
		roleMember("detail", catalog.RoleMessage),
		roleMember("instance", catalog.RoleInstance),
		roleMember("code", catalog.RoleCode),
		spread(),
	}}
}

// nested is an envelope with the code and the message in an object of their own.
func nested() catalog.Node {
	role := roleMember
	return catalog.Node{Members: []catalog.Member{
		{Name: "error", Node: catalog.Node{Members: []catalog.Member{
			role("code", catalog.RoleCode),
			role("message", catalog.RoleMessage),
			role("httpStatus", catalog.RoleStatus),
		}}},
		{
			Name: "status",
			Node: catalog.Node{Kind: catalog.NodeConst, Const: json.RawMessage(`"error"`)},
		},
		role("status_code", catalog.RoleStatus),
	}}
}

// sample resolves what the page shows as the form of every error: one of a code that the author
// names, or of the first public one. It needs a catalog without errors.
func (m *model) sample() catalog.Sample {
	w := &m.written.Envelope.Example
	s := catalog.Sample{
		Code:    "ERROR_CODE",
		Message: "Human-readable description of what went wrong.",
		Status:  400,
	}
	s.Given = w.Code.IsSet() || w.Message.IsSet() || w.Status.IsSet()
	switch {
	case w.Code.IsSet():
		s.Code = w.Code.Text
	case !s.Given:
		for e := range m.out.Public() {
			s.Code = e.Code
			break
		}
	}
	if e := m.codes[s.Code]; e != nil && len(e.out.Statuses) > 0 { // else its status was refused
		s.Message, s.Status = e.out.ExampleMessage(&e.out.Variants[0]), e.out.Statuses[0]
	}
	if w.Message.IsSet() {
		s.Message = w.Message.Text
	}
	if w.Status.IsSet() {
		s.Status = atoi(w.Status)
	}
	return s
}

// The bounds of the body, which the outputs repeat for each code.
const (
	maxNodes = 256
	maxBytes = 4 << 10
)

// beyond returns where the body is beyond a bound, and which.
func beyond(w *syntax.Any) (at diag.Span, problem string) {
	nodes, size := 0, 0
	var measure func(key syntax.Scalar, w *syntax.Any)
	measure = func(key syntax.Scalar, w *syntax.Any) {
		nodes++
		size += len(key.Text) + len(w.Scalar.Text)
		if problem == "" && (nodes > maxNodes || size > maxBytes) {
			if at = w.Span(); nodes > maxNodes {
				problem = fmt.Sprintf("the body has more than %d members and elements", maxNodes)
			} else {
				problem = fmt.Sprintf("the keys and texts of the body have more than %d bytes", maxBytes)
			}
		}
		for i := range w.Items {
			measure(syntax.Scalar{}, &w.Items[i])
		}
		for i := range w.Members {
			measure(w.Members[i].Key, &w.Members[i].Value)
		}
	}
	measure(syntax.Scalar{}, w)
	return at, problem
}

// A body reads the envelope's body.
type body struct {
	m       *model
	numbers bool              // it shows codes as numbers
	unread  bool              // some part of it, which may be the code, has a mistake
	each    diag.Span         // of the first $each; zero: there is none yet
	inEach  bool              // what is read now is in it
	within  string            // where the next node is, if it is no member: "an element of a list"
	lists   map[string]*entry // see listParams; nil: not asked for yet
	inOr    bool              // what is read now is in an alternative of $or
	code    hiddenCode        // the first role that is the code
	placed  []placedRole      // each role, in the order in which they are written
}

// A placedRole is a role of the envelope's body, and where it is written.
type placedRole struct {
	role   catalog.Role
	key    string
	at     diag.Span
	path   string
	inText bool // it is a part of a text
}

// A hiddenCode is a role that is the code, and that clients perhaps cannot read.
type hiddenCode struct {
	at   diag.Span // zero: there is none
	inOr bool      // it is in an alternative of $or
}

func (b *body) node(w *syntax.Any, path string, member bool) catalog.Node {
	within := b.within
	b.within = ""
	switch w.Kind {
	case syntax.AnyMapping:
		for i := range w.Members {
			switch w.Members[i].Key.Text {
			case "$or":
				return b.or(w, &w.Members[i], path)
			case "$each":
				return b.eachError(w, &w.Members[i], path, within)
			}
		}
		return b.object(w, path)
	case syntax.AnyList:
		n := catalog.Node{Kind: catalog.NodeArray, Items: make([]catalog.Node, len(w.Items))}
		for i := range w.Items { // a list of one element is omitted with it
			b.within = "an element of a list"
			n.Items[i] = b.node(&w.Items[i], fmt.Sprintf("%s[%d]", path, i), len(w.Items) == 1)
		}
		return n
	default:
		return b.scalar(w.Scalar, path, member)
	}
}

// or resolves {$or: [$param.hint, null]}: the first of a list that has a value.
func (b *body) or(w *syntax.Any, m *syntax.Entry[syntax.Any], path string) catalog.Node {
	n := catalog.Node{Kind: catalog.NodeOr}
	path += ".$or"
	report := func(at diag.Span, message, help string) {
		b.m.report(diag.Diagnostic{
			Rule: rule.EnvelopeInvalid, Span: at, Path: path, Message: message, Help: help,
		})
	}
	switch {
	case len(w.Members) > 1:
		report(m.Key.Span(), "$or has other keys beside it",
			"write it alone, as in `{$or: [$param.hint, null]}`")
	case m.Value.Kind != syntax.AnyList:
		report(m.Value.Span(), "the value of $or is not a list",
			"write a list, as in `{$or: [$param.hint, null]}`")
		return n
	}
	roles, always := 0, ""
	for i := range m.Value.Items {
		item := &m.Value.Items[i]
		outer := b.inOr
		b.within, b.inOr = "an alternative of $or", true
		alternative := b.node(item, fmt.Sprintf("%s[%d]", path, i), true)
		b.inOr = outer
		if always != "" && (roles > 0 || !alternative.IsConst()) {
			report(item.Span(),
				"this alternative of $or is never used: "+always+" before it always has a value",
				"remove it, or move it before that one")
		}
		switch {
		case alternative.IsConst():
			always = "the constant"
		case b.alwaysThere(&alternative):
			always = "the alternative"
			roles++
		default:
			roles++
		}
		n.Items = append(n.Items, alternative)
	}
	switch {
	case roles == 0 && len(n.Items) > 0:
		report(m.Value.Span(), "$or contains no role, so it always sends its first constant",
			"write the constant without $or")
	case len(n.Items) < 2:
		report(m.Value.Span(), "$or needs at least two alternatives",
			"add what to send if the first has no value, as in `{$or: [$param.hint, null]}`")
	}
	return n
}

// eachHelp shows how a body contains several errors.
const eachHelp = "write `errors: {$each: {code: $code, detail: $message}}`"

// eachError resolves {$each: {code: $code}}: a list with one element for each error of a response.
func (b *body) eachError(
	w *syntax.Any, m *syntax.Entry[syntax.Any], path, within string,
) catalog.Node {
	path += ".$each"
	report := func(at diag.Span, message, help string, notes ...diag.Note) {
		b.m.report(diag.Diagnostic{
			Rule: rule.EnvelopeInvalid, Span: at, Path: path, Message: message, Help: help, Notes: notes,
		})
	}
	bad := true
	switch {
	case m.Value.Kind == syntax.AnyList:
		report(m.Value.Span(), "the value of $each must be one element, and this is a list",
			"write the element alone, as in "+strings.TrimPrefix(eachHelp, "write "))
	case len(w.Members) > 1:
		report(m.Key.Span(), "$each has other keys beside it",
			"move them out of the list, or into its element: "+eachHelp)
	case within != "":
		report(m.Key.Span(), "$each is "+within,
			"make it the value of a member; it is never omitted: "+eachHelp)
	case b.inEach:
		report(m.Key.Span(), "$each is inside $each",
			"an element holds one error; for a list of its details, declare a param of type list")
	case !b.each.IsZero():
		report(m.Key.Span(), "this is a second $each, and a body can have only one",
			"remove one of them; roles outside $each are those of the first error",
			note(b.each, "the first is here"))
	default:
		bad = false
		b.each = m.Key.Span()
	}
	if bad {
		b.unread = true // it may be the code that was meant
		return catalog.Node{Kind: catalog.NodeObject}
	}
	b.inEach = true
	n := catalog.Node{Kind: catalog.NodeEach, Items: []catalog.Node{b.node(&m.Value, path, true)}}
	b.inEach = false
	return n
}

// codelessEach reports a list of errors whose elements do not tell which errors they are, although
// the response tells it of the first.
func (m *model) codelessEach() {
	each, body := m.out.Envelope.Body.Each(), &m.out.Envelope.Body
	inElement := func(r catalog.Role) bool { return m.out.ReadsIn(each, r) }
	inBody := func(r catalog.Role) bool { return m.out.ReadsIn(body, r) }
	isCode := []catalog.Role{catalog.RoleCode, catalog.RoleType}
	if each == nil || !m.envelopeRead || slices.ContainsFunc(isCode, inElement) ||
		!slices.ContainsFunc(isCode, inBody) && len(m.out.Envelope.CodeHeaders) == 0 {
		return
	}
	m.report(diag.Diagnostic{
		Rule: rule.EnvelopeInvalid, Span: m.each, Path: "envelope.body",
		Message: "the code is outside $each, so the errors in the list cannot be told apart",
		Help: "move $code into the element, as in `errors: {$each: {code: $code}}`; " +
			"if only the response has a code, declare a param of type list instead of $each",
	})
}

// hasSilent reports whether some public error is sent without a message.
func (m *model) hasSilent() bool {
	return slices.ContainsFunc(m.entries, func(e entry) bool {
		return !e.out.Internal && e.out.Silent() >= 0
	})
}

// hasAnonymous reports whether an author says of some error that its body has no code.
func (m *model) hasAnonymous() bool {
	return slices.ContainsFunc(m.entries, func(e entry) bool { return e.w.Anonymous.Text == "true" })
}

// inEveryBody reports whether a role has a value in each body of the catalog.
func (b *body) inEveryBody(r catalog.Role) bool {
	if r == catalog.RoleService {
		return b.m.written.Service.IsSet()
	}
	return r.InEveryBody() && !(r.TellsCode() && b.m.hasAnonymous())
}

// showsNumbers reports whether the envelope shows codes as numbers.
func (m *model) showsNumbers() bool {
	for r := range m.out.Envelope.Body.Roles() {
		if r == catalog.RoleCodeNumber {
			return true
		}
	}
	return false
}

// codeNumbers judges the public codes, which the envelope shows as numbers.
func (m *model) codeNumbers(at diag.Span) {
	for i := range m.entries {
		e := &m.entries[i]
		if !e.w.Code.IsSet() || e.out.Internal || e.out.Anonymous || catalog.IsCodeNumber(e.w.Code.Text) {
			continue
		}
		e.report(diag.Diagnostic{
			Rule: rule.EnvelopeInvalid, Span: e.w.Code.Span(), Path: "code",
			Message: fmt.Sprintf("the code %q is not a whole number, "+
				"but the envelope sends codes as numbers", e.w.Code.Text),
			Help: "write the number that the API sends, as in `code: 20404`; " +
				"or write $code in the envelope, if it sends texts",
			Notes: []diag.Note{note(at, "the role is here")},
		})
	}
}

// alwaysThere reports whether a node is in every body, whatever the code.
func (b *body) alwaysThere(n *catalog.Node) bool {
	switch n.Kind {
	case catalog.NodeRole:
		return b.inEveryBody(n.Role)
	case catalog.NodeText:
		return !slices.ContainsFunc(n.Text.Names(), func(name string) bool {
			r, _ := catalog.RoleNamed(name)
			return !b.inEveryBody(r)
		})
	case catalog.NodeConst:
		return true
	case catalog.NodeSpread:
		return false
	}
	for part := range n.Parts() {
		if b.alwaysThere(part) {
			return true
		}
	}
	return n.IsConst()
}

// listKeys are what people write instead of $each.
var listKeys = []string{
	"$for", "$foreach", "$items", "$list", "$map", "$all", "$errors", "$range",
}

func (b *body) object(w *syntax.Any, path string) catalog.Node {
	n := catalog.Node{Kind: catalog.NodeObject, Members: make([]catalog.Member, 0, len(w.Members))}
	for i := range w.Members {
		key, at := w.Members[i].Key, path+"."+w.Members[i].Key.Text
		switch {
		case key.Text == "$spread":
			if v := w.Members[i].Value; v.Kind != syntax.AnyScalar ||
				v.Scalar.Text != string(catalog.RoleParams) {
				b.m.report(diag.Diagnostic{
					Rule: rule.EnvelopeInvalid, Span: v.Span(), Path: at,
					Message: "only $params can be spread",
					Help:    "write `$spread: $params`",
				})
				continue
			}
			n.Members = append(n.Members, spread())
			continue
		case key.Text == "$if" || key.Text == "$default":
			b.m.report(diag.Diagnostic{
				Rule: rule.EnvelopeInvalid, Span: key.Span(), Path: at,
				Message: fmt.Sprintf("there is no %s", key.Text),
				Help: "remove it: a member without a value is omitted; " +
					"to send something else instead, write `key: {$or: [$param.hint, null]}`",
			})
			continue
		case slices.Contains(listKeys, key.Text):
			b.m.report(diag.Diagnostic{
				Rule: rule.EnvelopeInvalid, Span: key.Span(), Path: at,
				Message: fmt.Sprintf("there is no %s", key.Text),
				Help: "for a list with one element for each error, " + eachHelp +
					"; for a list of values, declare a param of type list",
			})
			continue
		case strings.HasPrefix(key.Text, "$") && !strings.HasPrefix(key.Text, "$$"):
			b.m.report(diag.Diagnostic{
				Rule: rule.EnvelopeInvalid, Span: key.Span(), Path: at,
				Message: fmt.Sprintf("%q is not a member name: it begins with $", key.Text),
				Help: "write a role as a value, as in `key: $code`; if the API sends a member of this name, " +
					"write `$" + key.Text + "`",
			})
			continue
		}
		name := key.Text
		if strings.HasPrefix(name, "$$") {
			name = name[1:]
		}
		n.Members = append(n.Members,
			catalog.Member{Name: name, Node: b.node(&w.Members[i].Value, at, true)})
	}
	return n
}

// scalar resolves a constant, a role that is the whole value, or a text with roles in it.
func (b *body) scalar(s syntax.Scalar, path string, member bool) catalog.Node {
	name, isRole := strings.CutPrefix(s.Text, "$")
	switch {
	case !strings.Contains(s.Text, "$"):
		b.m.checkNumber(rule.EnvelopeInvalid, s, path)
		return catalog.Node{Kind: catalog.NodeConst, Const: jsonScalar(s)}
	case isRole && isRoleName(name):
		return b.wholeValue(name, s, path, member)
	default:
		return b.text(s, path)
	}
}

// wholeValue resolves a role that is a whole value: $code.
func (b *body) wholeValue(name string, s syntax.Scalar, path string, member bool) catalog.Node {
	role, key, ok := b.role(name, s, 0, len(s.Text), path)
	if ok && !member && !b.inEveryBody(role) && (role != catalog.RoleMessage || b.m.hasSilent()) {
		b.m.report(diag.Diagnostic{
			Rule: rule.EnvelopeInvalid, Span: s.Span(), Path: path,
			Message: s.Text + " may be absent, but an element of a list cannot be omitted",
			Help: "make it a member of an object, or write what to send instead, " +
				"as in `{$or: [" + s.Text + ", null]}`; " +
				"if the errors have different numbers of elements, send one param of type list",
		})
	}
	if ok {
		b.found(role, s.Span())
	}
	if role == catalog.RoleCodeNumber && !b.numbers {
		b.numbers = true
		b.m.codeNumbers(s.Span())
	}
	return catalog.Node{Kind: catalog.NodeRole, Role: role, Key: key}
}

// text resolves a text with roles in it: ${code}.
func (b *body) text(s syntax.Scalar, path string) catalog.Node {
	t, problems := message.Parse(s.Text)
	b.unread = b.unread || len(problems) > 0
	for _, p := range problems {
		b.m.report(diag.Diagnostic{
			Rule: rule.TemplateSyntax, Span: s.At(p.Offset, p.Len), Path: path,
			Message: p.Message + " in the text",
			Help: "write $code where it is the whole value, ${code} inside a longer string, " +
				"$$ for a dollar",
		})
	}
	if len(t) == 1 && t[0].Name == "" {
		return catalog.Node{Kind: catalog.NodeConst, Const: jsonString(t[0].Literal)}
	}
	for _, seg := range t {
		if seg.Name != "" {
			b.segment(seg, s, path)
		}
	}
	return catalog.Node{Kind: catalog.NodeText, Text: t}
}

// found remembers the first role that tells the code.
func (b *body) found(r catalog.Role, at diag.Span) {
	if r.TellsCode() && b.code.at.IsZero() {
		b.code = hiddenCode{at, b.inOr}
	}
}

// segment judges a role in a text.
func (b *body) segment(seg message.Segment, s syntax.Scalar, path string) {
	role, key, ok := b.role(seg.Name, s, seg.Offset, len(seg.Name)+3, path)
	if !ok {
		return
	}
	b.found(role, s.At(seg.Offset, len(seg.Name)+3))
	d := diag.Diagnostic{
		Rule: rule.EnvelopeInvalid, Span: s.At(seg.Offset, len(seg.Name)+3), Path: path,
	}
	switch list := b.listParams()[key]; {
	case role == catalog.RoleParams:
		d.Message = "$params is an object, and cannot be part of a string"
		d.Help = "make it a separate member"
	case role == catalog.RoleParam && list != nil:
		d.Message = fmt.Sprintf("param %q of %s is %s, and cannot be part of a string", key, list,
			kindWithArticle(list.out.Param(key).Kind))
		d.Help = "make it a separate member, as in `$param." + key + "`"
	default:
		return
	}
	b.m.report(d)
}

// listParams returns the params that are no scalars, by name, each with the first code that has
// one.
func (b *body) listParams() map[string]*entry {
	if b.lists != nil {
		return b.lists
	}
	b.lists = map[string]*entry{}
	for i := range b.m.entries {
		e := &b.m.entries[i]
		for k := range e.out.Params {
			if p := &e.out.Params[k]; p.Kind.InBodyOnly() && b.lists[p.Name] == nil {
				b.lists[p.Name] = e
			}
		}
	}
	return b.lists
}

// isRoleName reports whether a text after a $ is a role that is a whole value: $code, $param.name.
func isRoleName(name string) bool {
	for _, r := range name {
		isLetter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !isLetter && !(r >= '0' && r <= '9' || r == '_' || r == '.' || r == '-') {
			return false
		}
	}
	return name != ""
}

// role finds a role by its name.
func (b *body) role(
	name string,
	s syntax.Scalar,
	at, n int,
	path string,
) (role catalog.Role, key string, ok bool) {
	first, rest, dotted := strings.Cut(name, ".")
	full := "$" + first
	if dotted {
		full += "."
		key = rest
	}
	if role = catalog.Role(full); slices.Contains(catalog.Roles(), role) {
		b.absent(role, key, s.At(at, n), path)
		b.placed = append(b.placed, placedRole{role, key, s.At(at, n), path, n < len(s.Text)})
		return role, key, true
	}
	names, written := make([]string, 0, 16), make([]string, 0, 16)
	for _, r := range catalog.Roles() {
		names = append(names, string(r))
		written = append(written, asWritten(r))
	}
	otherwise := "write $$ for a dollar; the roles are " + strings.Join(written, ", ")
	meant := b.meant(first, rest)
	if meant == "" {
		if near := catalog.Role(b.m.near("$"+name, names)); near != "" {
			meant = asWritten(near)
		}
	}
	if meant == "" && !dotted {
		otherwise = fmt.Sprintf(
			"write $meta.%[1]s for a constant of the code, $param.%[1]s for one of its params, %[2]s", name,
			strings.TrimPrefix(otherwise, "write "))
	}
	b.unread = true // it may be the code that was meant
	hint, help := didYouMean(meant, otherwise)
	b.m.report(diag.Diagnostic{
		Rule: rule.EnvelopeInvalid, Span: s.At(at, n), Path: path,
		Message: fmt.Sprintf("there is no role $%s%s", name, hint),
		Help:    help,
	})
	return "", "", false
}

// asWritten is a role as an author writes it.
func asWritten(r catalog.Role) string {
	switch r {
	case catalog.RoleParam:
		return string(r) + "NAME"
	case catalog.RoleMeta:
		return string(r) + "KEY"
	default:
		return string(r)
	}
}

// meant returns the role that an author means who writes $first or $first.rest, or "": what other
// formats call a role, or what the catalog declares as a param or a constant.
func (b *body) meant(first, rest string) string {
	param, meta := string(catalog.RoleParam), string(catalog.RoleMeta)
	switch first {
	case "params":
		return param + rest
	case "param":
		return param + "NAME"
	case "meta":
		return meta + "KEY"
	case "detail", "msg", "text", "error_message", "errorMessage":
		return string(catalog.RoleMessage)
	case "code_int", "code_integer", "numeric_code", "error_number":
		return string(catalog.RoleCodeNumber)
	case "error_code", "errorCode", "error":
		return string(catalog.RoleCode)
	case "http_status", "httpStatus", "status_code", "statusCode":
		return string(catalog.RoleStatus)
	case "status_title", "status_name", "status_message", "status_phrase", "statustext", "statusText",
		"statusMessage", "reason_phrase", "reasonPhrase":
		return string(catalog.RoleStatusText)
	case "doc_url", "docsUrl", "documentation_url", "more_info", "help_url":
		return string(catalog.RoleDocsURL)
	case "id", "requestId", "trace_id", "traceId", "request":
		return string(catalog.RoleRequestID)
	}
	last := rest
	if last == "" {
		last = first
	}
	for i := range b.m.entries {
		switch e := &b.m.entries[i]; {
		case e.paramNames.find(last) >= 0:
			return param + last
		case e.out.MetaValue(last) != "":
			return meta + last
		}
	}
	if first == "reason" && rest == "" { // which often is a constant or a param
		return string(catalog.RoleStatusText)
	}
	return ""
}

// absent reports a role that no error of the catalog has: its member would never be sent.
func (b *body) absent(r catalog.Role, key string, at diag.Span, path string) {
	var known []string
	var add string
	switch r {
	case catalog.RoleService:
		if b.m.lost.keys["service"] || b.m.written.Service.IsSet() {
			return
		}
		add = "add `service: ` and the name of the API"
	case catalog.RoleDocsURL:
		if b.m.lost.keys["docs_url"] || b.m.written.DocsURL.IsSet() {
			return
		}
		add = "add `docs_url: ` and where the reference is published"
	case catalog.RoleParam:
		if b.m.lost.keys["params"] {
			return
		}
		for i := range b.m.entries {
			known = append(known, b.m.entries[i].paramNames.list...)
		}
		add = fmt.Sprintf("declare the param, as in `params: {%s: {type: string}}`", key)
	case catalog.RoleMeta:
		if b.m.lost.keys["meta"] {
			return
		}
		for i := range b.m.entries {
			for _, m := range b.m.entries[i].out.Meta {
				known = append(known, m.Key)
			}
		}
		add = fmt.Sprintf("add the constant to a group or an error, as in `meta: {%s: …}`", key)
	default:
		return
	}
	if slices.Contains(known, key) && key != "" {
		return
	}
	near := b.m.near(key, known)
	if near != "" {
		near = string(r) + near
	}
	hint, help := didYouMean(near, add+"; or remove it from the body")
	b.m.report(diag.Diagnostic{
		Rule: rule.RoleAbsent,
		Span: at,
		Path: path,
		Message: fmt.Sprintf("no error has a value for %s%s, so the member is never sent%s", r, key,
			hint),
		Help: help,
	})
}

var jsonNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// jsonScalar is a constant: null, true, false and JSON's numbers are themselves, all else is a
// string.
func jsonScalar(s syntax.Scalar) json.RawMessage {
	switch {
	case s.Quoted():
		return jsonString(s.Text)
	case s.IsNull():
		return json.RawMessage("null")
	case s.Text == "true" || s.Text == "false" || jsonNumber.MatchString(s.Text):
		return json.RawMessage(s.Text)
	default:
		return jsonString(s.Text)
	}
}

// checkNumber reports a constant that is a number in JSON, and too large for clients.
func (m *model) checkNumber(id string, s syntax.Scalar, path string) {
	if err := tooLarge(s); err != nil {
		m.report(diag.Diagnostic{
			Rule: id, Span: s.Span(), Path: path, Message: err.Problem, Help: err.Help,
		})
	}
}

// tooLarge returns a mistake if a scalar is a number in JSON that no client can read: Go refuses
// the whole body, and JavaScript and Python read it as infinite.
func tooLarge(s syntax.Scalar) *value.Mistake {
	if s.Quoted() || !jsonNumber.MatchString(s.Text) {
		return nil
	}
	if _, err := strconv.ParseFloat(s.Text, 64); err == nil {
		return nil
	}
	return &value.Mistake{
		Problem: fmt.Sprintf("%q is too large for programs that read JSON", s.Text),
		Help:    "write a number below 1.79e308, or put it in quotes to send a text",
	}
}

func jsonString(text string) json.RawMessage {
	b, err := json.Marshal(text)
	if err != nil {
		panic("check: a string that is no JSON: " + err.Error())
	}
	return b
}

// alternatives marks the alternatives of each choice between roles that no error has: what clients
// find there is never one of them. One of all is kept.
func (m *model) alternatives() {
	public := slices.Collect(m.out.Public())
	var mark func(n *catalog.Node)
	mark = func(n *catalog.Node) {
		isUnused := func(item catalog.Node) bool {
			return !item.IsConst() && m.out.Presence(&item, public) == catalog.Never
		}
		isUsed := func(item catalog.Node) bool { return !item.IsConst() && !isUnused(item) }
		hasUse := n.IsChoice() && slices.ContainsFunc(n.Items, isUsed)
		for i := range n.Items {
			item := &n.Items[i]
			item.Unused = hasUse && isUnused(*item)
			mark(item)
		}
		for i := range n.Members {
			mark(&n.Members[i].Node)
		}
	}
	mark(&m.out.Envelope.Body)
}
