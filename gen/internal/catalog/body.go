package catalog

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/value"
)

// A RoleValue is what a role stands for in one body. One whose JSON is nil is absent.
type RoleValue struct {
	JSON json.RawMessage // compact
	Text string          // inside a string
}

// AppendJSON appends a body as compact JSON, members in the author's order. It omits what is
// absent: a member, an item of an array, a whole string if a role inside it is absent, and an
// object or a list in which no role has a value. The body itself stays.
func (n *Node) AppendJSON(dst []byte, role func(r Role, key string) RoleValue) []byte {
	switch n.Kind {
	case NodeOr:
		for i := range n.Items {
			if item := &n.Items[i]; item.hasValue(role) {
				return item.AppendJSON(dst, role)
			}
		}
		return dst
	case NodeObject:
		return n.appendObject(dst, role)
	case NodeArray, NodeEach:
		dst = append(dst, '[')
		for i := range n.Items {
			before := len(dst)
			dst = appendComma(dst)
			dst = n.Items[i].appendOr(dst, before, role)
		}
		return append(dst, ']')
	case NodeConst:
		return appendConst(dst, n.Const)
	case NodeText:
		return n.appendText(dst, role)
	default:
		return append(dst, role(n.Role, n.Key).JSON...)
	}
}

func (n *Node) appendObject(dst []byte, role func(Role, string) RoleValue) []byte {
	dst = append(dst, '{')
	for i := range n.Members {
		m := &n.Members[i]
		if m.Node.Kind == NodeSpread {
			if params := role(m.Node.Role, "").JSON; len(params) > len("{}") {
				dst = append(appendComma(dst), params[1:len(params)-1]...)
			}
			continue
		}
		before := len(dst)
		dst = append(appendString(appendComma(dst), m.Name), ':')
		dst = m.Node.appendOr(dst, before, role)
	}
	return append(dst, '}')
}

// appendOr appends the node, or, if it is absent, cuts dst back to what it was before.
func (n *Node) appendOr(dst []byte, before int, role func(Role, string) RoleValue) []byte {
	if !n.hasValue(role) {
		return dst[:before]
	}
	return n.AppendJSON(dst, role)
}

// hasValue reports whether a node is in a body.
func (n *Node) hasValue(role func(Role, string) RoleValue) bool {
	switch n.Kind {
	case NodeRole, NodeSpread:
		return role(n.Role, n.Key).JSON != nil
	case NodeText:
		for _, name := range n.Text.Names() {
			if r, key := RoleNamed(name); role(r, key).JSON == nil {
				return false
			}
		}
		return true
	}
	for part := range n.Parts() {
		if part.hasValue(role) {
			return true
		}
	}
	return n.IsConst()
}

// appendComma appends a comma unless dst ends in an opening bracket.
func appendComma(dst []byte) []byte {
	if last := dst[len(dst)-1]; last == '{' || last == '[' {
		return dst
	}
	return append(dst, ',')
}

func (n *Node) appendText(dst []byte, role func(Role, string) RoleValue) []byte {
	return appendString(dst, n.Text.Fill(func(name string) string {
		r, key := RoleNamed(name)
		return role(r, key).Text
	}))
}

// RoleNamed returns the role, and the name or key after its dot, that a name in a [Node]'s Text
// stands for.
func RoleNamed(name string) (r Role, key string) {
	if head, key, ok := strings.Cut(name, "."); ok {
		return Role("$" + head + "."), key
	}
	return Role("$" + name), ""
}

// appendConst appends a JSON scalar, a string in the spelling of appendString.
func appendConst(dst []byte, scalar json.RawMessage) []byte {
	if n := len(scalar); n >= 2 && isPlainASCII(string(scalar[1:n-1])) {
		return append(dst, scalar...)
	}
	var text string
	if scalar[0] != '"' || json.Unmarshal(scalar, &text) != nil {
		return append(dst, scalar...)
	}
	return appendString(dst, text)
}

// appendString appends text as a JSON string. Unlike json.Marshal it leaves <, > and & alone:
// bodies are shown to people.
func appendString(dst []byte, text string) []byte {
	if isPlainASCII(text) {
		return append(append(append(dst, '"'), text...), '"')
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(text); err != nil {
		panic("catalog: " + err.Error())
	}
	return append(dst, bytes.TrimSuffix(b.Bytes(), []byte("\n"))...)
}

// isPlainASCII reports whether a JSON string holds a text as it is, as it does most.
func isPlainASCII(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

// appendValue appends a typed value as JSON, strings in the spelling of appendString.
func appendValue(dst []byte, v value.Value) []byte {
	switch v.Kind {
	case value.String:
		return appendString(dst, v.Str)
	case value.List:
		dst = append(dst, '[')
		for _, item := range v.List {
			dst = appendValue(appendComma(dst), item)
		}
		return append(dst, ']')
	case value.Object, value.Map:
		dst = append(dst, '{')
		for _, m := range v.Members {
			dst = append(appendString(appendComma(dst), m.Name), ':')
			dst = appendValue(dst, m.Value)
		}
		return append(dst, '}')
	case value.JSON:
		return append(dst, v.Raw...)
	default:
		return append(dst, v.JSON()...)
	}
}

func stringRole(text string) RoleValue {
	if text == "" {
		return RoleValue{}
	}
	return RoleValue{JSON: appendString(nil, text), Text: text}
}

// Indent returns a JSON body as people read it: two spaces a level, no final newline.
func Indent(body []byte) []byte {
	var b bytes.Buffer
	if err := json.Indent(&b, body, "", "  "); err != nil {
		panic("catalog: a body that is no JSON: " + err.Error())
	}
	return b.Bytes()
}

// ExampleBody returns the compact JSON that a server sends for one variant of e with a status,
// every param having its example's value. What only a single response knows (its request id, its
// instance) is absent.
func (c *Catalog) ExampleBody(e *Entry, v *Variant, status int) []byte {
	return c.Envelope.Body.AppendJSON(nil, func(r Role, key string) RoleValue {
		return c.exampleRole(e, v, status, r, key)
	})
}

// ExampleMessage returns a variant's message, every param having its example's value.
func (e *Entry) ExampleMessage(v *Variant) string { return e.exampleText(v.Message) }

// ExampleHeader returns the value of one of e's headers, every param having its example's value in
// the form that it has there.
func (e *Entry) ExampleHeader(h *Header) string {
	return h.Value.Fill(func(name string) string { return e.Param(name).Example.Header() })
}

func (e *Entry) exampleText(t message.Template) string {
	return t.Fill(func(name string) string { return e.Param(name).Example.Text() })
}

func (c *Catalog) exampleRole(e *Entry, v *Variant, status int, r Role, key string) RoleValue {
	switch r {
	case RoleCode, RoleCodeNumber:
		switch {
		case e.Anonymous:
			return RoleValue{}
		case r == RoleCode:
			return stringRole(e.Code)
		default:
			return numberRole(e.Code)
		}
	case RoleMessage:
		if v.Silent {
			return RoleValue{}
		}
		text := e.ExampleMessage(v)
		return RoleValue{JSON: appendString(nil, text), Text: text}
	case RoleTitle:
		return stringRole(c.TitleFor(e, status))
	case RoleStatus, RoleStatusString:
		return statusRole(r, status)
	case RoleStatusText:
		return stringRole(http.StatusText(status))
	case RoleType:
		return stringRole(e.Type)
	case RoleDocsURL:
		return stringRole(e.DocsURL)
	case RoleVariant:
		return stringRole(v.ID)
	case RoleRequestID, RoleInstance:
		return RoleValue{}
	case RoleRetryAfter:
		return e.exampleRetryAfter()
	case RoleParams:
		return e.exampleParams(v)
	case RoleParam:
		if p := e.Param(key); p != nil && p.inBody(e, v) {
			return p.exampleRole()
		}
		return RoleValue{}
	case RoleService:
		return stringRole(c.Service)
	case RoleGroup:
		return stringRole(c.Groups[e.Group].ID)
	case RoleMeta:
		value := stringRole(e.MetaValue(key))
		if value.JSON != nil {
			value.JSON = e.MetaJSON(key)
		}
		return value
	default:
		panic("catalog: unknown role " + string(r))
	}
}

// numberRole is a code as a number; null if it is not a number, as the code of an internal error
// may be.
func numberRole(code string) RoleValue {
	if !IsCodeNumber(code) {
		return RoleValue{JSON: json.RawMessage("null"), Text: code}
	}
	return RoleValue{JSON: json.RawMessage(code), Text: code}
}

func statusRole(r Role, status int) RoleValue {
	text := strconv.Itoa(status)
	if r == RoleStatusString {
		return stringRole(text)
	}
	return RoleValue{JSON: json.RawMessage(text), Text: text}
}

// TitleFor returns the value of $title with a status: the code's title, or, in a problem whose
// $type has no value, the phrase of the status (RFC 9457, section 4.2.1). Where the body has no
// $type, or a constant, the author decides.
func (c *Catalog) TitleFor(e *Entry, status int) string {
	if phrase := http.StatusText(status); e.Type == "" && c.PhrasesTitles() && phrase != "" {
		return phrase
	}
	return e.Title
}

// PhrasesTitles reports whether the title of an error without a type is the phrase of its status.
func (c *Catalog) PhrasesTitles() bool {
	if c.Envelope.MediaType != ProblemMediaType {
		return false
	}
	for r := range c.Envelope.Body.Roles() {
		if r == RoleType {
			return true
		}
	}
	return false
}

// ProblemMediaType is the media type of RFC 9457.
const ProblemMediaType = "application/problem+json"

// MetaValue returns the constant for $meta.key, or "".
func (e *Entry) MetaValue(key string) string {
	for _, m := range e.Meta {
		if m.Key == key {
			return m.Value
		}
	}
	return ""
}

// MetaJSON returns the constant for $meta.key as a body carries it; nil: there is none.
func (e *Entry) MetaJSON(key string) json.RawMessage {
	for i := range e.Meta {
		if e.Meta[i].Key == key {
			return e.Meta[i].JSON()
		}
	}
	return nil
}

// inParams reports whether $params holds the param in a body of e's variant v.
func (p *Param) inParams(e *Entry, v *Variant) bool { return !p.Apart && p.inBody(e, v) }

// inBody reports whether a body of e's variant v can hold the param, in $params or as $param.name:
// it is not sensitive, and there is a place to set it (a detail, an option, a header, or the
// variant's own message).
func (p *Param) inBody(e *Entry, v *Variant) bool {
	return !p.Sensitive && (p.Detail || p.Optional || p.inHeader(e) || hasName(v.Message, p.Name))
}

// AlwaysInBody reports whether every body of e can hold the param.
func (p *Param) AlwaysInBody(e *Entry) bool {
	if p.Optional {
		return false
	}
	for i := range e.Variants {
		if !p.inBody(e, &e.Variants[i]) {
			return false
		}
	}
	return true
}

// EverInBody reports whether some body of e can hold the param.
func (p *Param) EverInBody(e *Entry) bool {
	for i := range e.Variants {
		if p.inBody(e, &e.Variants[i]) {
			return true
		}
	}
	return false
}

func (p *Param) inHeader(e *Entry) bool {
	for _, h := range e.Headers {
		if hasName(h.Value, p.Name) {
			return true
		}
	}
	return false
}

func hasName(t message.Template, name string) bool {
	for _, s := range t {
		if s.Name == name {
			return true
		}
	}
	return false
}

// exampleParams returns $params: an object, absent if nothing would be in it.
func (e *Entry) exampleParams(v *Variant) RoleValue {
	dst := []byte{'{'}
	for i := range e.Params {
		if p := &e.Params[i]; p.inParams(e, v) {
			dst = append(appendString(appendComma(dst), p.Name), ':')
			dst = append(dst, p.exampleRole().JSON...)
		}
	}
	if len(dst) == 1 {
		return RoleValue{}
	}
	return RoleValue{JSON: append(dst, '}')}
}

func (p *Param) exampleRole() RoleValue {
	return RoleValue{JSON: p.ExampleJSON(), Text: p.Example.Text()}
}

// ExampleJSON returns the param's example as a body carries it.
func (p *Param) ExampleJSON() json.RawMessage { return appendValue(nil, p.Example) }

// exampleRetryAfter returns $retry_after: the seconds of the Retry-After header. It is absent when
// there is no header, or the header holds a date or 0.
func (e *Entry) exampleRetryAfter() RoleValue {
	for _, h := range e.Headers {
		if h.Canonical() != RetryAfter {
			continue
		}
		if len(h.Value) == 1 && h.Value[0].Name != "" {
			p := e.Param(h.Value[0].Name) // nil if this error is without it
			if p == nil || p.Kind != value.Duration && p.Kind != value.Int {
				return RoleValue{}
			}
			return RoleValue{JSON: p.Example.JSON(), Text: string(p.Example.JSON())}
		}
		if text := e.exampleText(h.Value); isSeconds(text) && text != "0" {
			return RoleValue{JSON: json.RawMessage(text), Text: text}
		}
	}
	return RoleValue{}
}

func isSeconds(text string) bool {
	n, err := strconv.ParseUint(text, 10, 63)
	return err == nil && strconv.FormatUint(n, 10) == text
}
