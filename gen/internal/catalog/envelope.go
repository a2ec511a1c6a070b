package catalog

import (
	"encoding/json"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/message"
)

// An Envelope is the JSON of every error response.
type Envelope struct {
	MediaType   string // application/json if the author is silent
	Description Markdown
	Body        Node // an object
	Sample      Sample

	// of every error, as written; each entry's Headers have those that its code settles, filled in
	Headers     []Header
	CodeHeaders []CodeHeader // those that tell the code
}

// ResponseHeaders returns the headers of every error that differ from response to response, such as
// a request id. Their names are constants and roles, with their $. One is sent if each of its roles
// has a value.
func (e *Envelope) ResponseHeaders() []Header {
	var list []Header
	for _, h := range e.Headers {
		if h.ofResponse() {
			list = append(list, h)
		}
	}
	return list
}

func (h *Header) ofResponse() bool {
	return slices.ContainsFunc(h.Value.Names(), func(name string) bool {
		return IsResponseRole(Role(name))
	})
}

// IsResponseRole reports whether a role in a header is known only when a response is written.
func IsResponseRole(r Role) bool {
	switch r {
	case RoleRequestID, RoleInstance, RoleMessage, RoleStatus, RoleStatusString, RoleStatusText,
		RoleVariant:
		return true
	default:
		return false
	}
}

// RequestIDHeader returns the canonical name of the header that is the request's id; "" if there is
// none.
func (e *Envelope) RequestIDHeader() string {
	for _, h := range e.Headers {
		if h.Value.String() == "${"+string(RoleRequestID)+"}" {
			return h.Canonical()
		}
	}
	return ""
}

// A CodeHeader is a header that is made of the code and constants, and, if it is Open, of roles
// after the constant After.
type CodeHeader struct {
	Name, Before, After string
	Open                bool
}

// Read returns the code that clients read in a value of the header. ok is false if the value has
// none.
func (c CodeHeader) Read(text string) (code string, ok bool) {
	rest, begins := strings.CutPrefix(text, c.Before)
	code, ends := strings.CutSuffix(rest, c.After)
	if c.Open {
		code, _, ends = strings.Cut(rest+" ", c.After) // white space at the end is not sent
	}
	return code, begins && ends
}

// A Sample holds the values that the reference page shows in the envelope.
type Sample struct {
	Code    string
	Message string
	Status  int
	Given   bool // the author chose it; else it is of the first public code
}

// A Node is one value of the envelope's body.
type Node struct {
	Kind    NodeKind
	Members []Member // NodeObject
	// NodeArray; NodeOr: the alternatives, the first one that has a value counts; NodeEach: the
	// element
	Items  []Node
	Const  json.RawMessage  // NodeConst: a JSON scalar; compact
	Role   Role             // NodeRole, NodeSpread
	Key    string           // of RoleParam and RoleMeta: the name after the dot
	Text   message.Template // NodeText: a string with roles inside; names are roles without their $
	Unused bool             // it is an alternative of a $or that no error has
}

// A Member is one key of an object.
type Member struct {
	Name string // "" for NodeSpread
	Node Node
}

// Written returns the name as a catalog's author writes it: with one more $ if it begins with $, as
// roles do.
func (m *Member) Written() string {
	if strings.HasPrefix(m.Name, "$") {
		return "$" + m.Name
	}
	return m.Name
}

// A NodeKind is what a node is.
type NodeKind int

// The kinds of node. NodeSpread stands among the members of an object and puts the params there.
// NodeOr is $or, as in {$or: [$param.hint, null]}. NodeEach is $each: a list with one element for
// each error of the response. A response has one error, or several: what is outside the list is
// then of the first one.
const (
	NodeObject NodeKind = iota
	NodeArray
	NodeConst
	NodeRole
	NodeText
	NodeSpread
	NodeOr
	NodeEach
)

// Each returns the $each in an envelope's body, or nil. There is at most one, and it holds the
// code.
func (n *Node) Each() *Node {
	if n.Kind == NodeEach {
		return n
	}
	for i := range n.Members {
		if each := n.Members[i].Node.Each(); each != nil {
			return each
		}
	}
	for i := range n.Items {
		if each := n.Items[i].Each(); each != nil {
			return each
		}
	}
	return nil
}

// A Role is what an error puts in the envelope.
type Role string

// The roles, as an author writes them.
const (
	RoleCode         Role = "$code"
	RoleCodeNumber   Role = "$code_number"
	RoleMessage      Role = "$message"
	RoleTitle        Role = "$title"
	RoleStatus       Role = "$status"
	RoleStatusString Role = "$status_string"
	RoleStatusText   Role = "$status_text"
	RoleType         Role = "$type"
	RoleDocsURL      Role = "$docs_url"
	RoleVariant      Role = "$variant"
	RoleRequestID    Role = "$request_id"
	RoleInstance     Role = "$instance"
	RoleRetryAfter   Role = "$retry_after"
	RoleParams       Role = "$params"
	RoleParam        Role = "$param." // and a name
	RoleService      Role = "$service"
	RoleGroup        Role = "$group"
	RoleMeta         Role = "$meta." // and a key
)

// Roles returns all roles, in the order in which they are documented.
func Roles() []Role {
	return []Role{
		RoleCode, RoleCodeNumber, RoleMessage, RoleTitle, RoleStatus, RoleStatusString,
		RoleStatusText, RoleType, RoleDocsURL, RoleVariant, RoleRequestID, RoleInstance,
		RoleRetryAfter, RoleParams, RoleParam, RoleService, RoleGroup, RoleMeta,
	}
}

// TellsCode reports whether a role is the code: as a string, or as a number.
func (r Role) TellsCode() bool { return r == RoleCode || r == RoleCodeNumber }

// IsCodeNumber reports whether a body can have a code as a number: a whole number in its shortest
// form.
func IsCodeNumber(code string) bool {
	n, err := strconv.ParseInt(code, 10, 64)
	return err == nil && strconv.FormatInt(n, 10) == code
}

// InEveryBody reports whether each error has something for a role, whatever its code.
func (r Role) InEveryBody() bool {
	switch r {
	case RoleCode, RoleCodeNumber, RoleTitle, RoleStatus, RoleStatusString, RoleGroup:
		return true
	}
	return false
}

// Roles yields all roles of a node and of the nodes inside it, with the name or key after its dot:
// as values, inside strings, and spread over an object. It yields a role as often as it occurs.
func (n *Node) Roles() iter.Seq2[Role, string] {
	return func(yield func(Role, string) bool) { n.roles(yield) }
}

func (n *Node) roles(yield func(Role, string) bool) bool {
	if n.Role != "" && !yield(n.Role, n.Key) {
		return false
	}
	for _, s := range n.Text {
		if s.Name != "" && !yield(RoleNamed(s.Name)) {
			return false
		}
	}
	for i := range n.Members {
		if !n.Members[i].Node.roles(yield) {
			return false
		}
	}
	for i := range n.Items {
		if !n.Items[i].roles(yield) {
			return false
		}
	}
	return true
}
