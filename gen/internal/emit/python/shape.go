package python

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/message"
)

// readRoles are the roles that a client reads, and what the runtime calls them.
var readRoles = map[catalog.Role]string{
	catalog.RoleCode:         "code",
	catalog.RoleCodeNumber:   "code_number",
	catalog.RoleMessage:      "message",
	catalog.RoleStatus:       "status",
	catalog.RoleStatusString: "status",
	catalog.RoleVariant:      "variant",
	catalog.RoleRequestID:    "request_id",
	catalog.RoleRetryAfter:   "retry_after",
	catalog.RoleInstance:     "instance",
	catalog.RoleParams:       "params",
	catalog.RoleParam:        "param",
	catalog.RoleType:         "type",
}

// A shaper makes the shape by which a client reads a body.
type shaper struct {
	g    *generator
	used []string // the features of the shapes that it made
}

// role returns what the runtime calls a role; "": a client does not read it.
func (s *shaper) role(r catalog.Role) string {
	needs := map[catalog.Role]string{
		catalog.RoleVariant:    "variantbody",
		catalog.RoleParams:     "bodyparams",
		catalog.RoleParam:      "bodyparams",
		catalog.RoleCodeNumber: "codenumber", catalog.RoleType: "typebody",
	}
	if word := needs[r]; word != "" && !s.g.features[word] {
		return ""
	}
	return readRoles[r]
}

// shape returns the shape of a node. Constants are not in it: what a server adds to its envelope,
// or changes there, does not concern a client.
func (s *shaper) shape(n *catalog.Node) expr {
	switch n.Kind {
	case catalog.NodeRole:
		if n.Role == catalog.RoleParam {
			s.used = append(s.used, "bodyparam")
			return call("_Member", str(n.Key))
		}
		return str(s.role(n.Role))
	case catalog.NodeText:
		return s.text(n.Text)
	case catalog.NodeArray:
		return s.array(n)
	case catalog.NodeOr:
		return s.or(n)
	case catalog.NodeEach:
		s.used = append(s.used, "each")
		if !s.isRead(&n.Items[0]) {
			return call("_Each", text("{}"))
		}
		return call("_Each", s.shape(&n.Items[0]))
	default:
		return s.object(n)
	}
}

func (s *shaper) object(n *catalog.Node) expr {
	var members []expr
	spread := false
	for i := range n.Members {
		m := &n.Members[i]
		if m.Node.Kind == catalog.NodeSpread {
			spread = spread || s.isRead(&m.Node)
		} else if s.isRead(&m.Node) {
			members = append(members, named(quote(m.Name)+": ", s.shape(&m.Node)))
		}
	}
	object := list("{", members, "}")
	if spread {
		s.used = append(s.used, "spread")
		return call("_Spread", object)
	}
	return object
}

// array is the shape of a list. From the first item that may be missing, clients recognize items by
// their constants.
func (s *shaper) array(n *catalog.Node) expr {
	fixed := s.g.catalog.FirstLoose(n, slices.Collect(s.g.catalog.Public()))
	var items []expr
	for i := range n.Items {
		switch item := &n.Items[i]; {
		case !s.isRead(item):
			items = append(items, text("None"))
		case fixed >= 0 && i >= fixed && item.Kind == catalog.NodeObject:
			items = append(items, s.known(item))
		default:
			items = append(items, s.shape(item))
		}
	}
	if fixed >= 0 {
		s.used = append(s.used, "loose")
		return call("_Loose", tuple(items...), text(strconv.Itoa(fixed)))
	}
	s.used = append(s.used, "array")
	return call("_Array", tuple(items...))
}

// known is the shape of an object with its constants, by which an item of a list is known.
func (s *shaper) known(n *catalog.Node) expr {
	var constants []expr
	for i := range n.Members {
		if m := &n.Members[i]; m.Node.Kind == catalog.NodeConst {
			constants = append(constants, named(quote(m.Name)+": ", constant(m.Node.Const)))
		}
	}
	if constants == nil {
		return s.shape(n)
	}
	return call("_Known", list("{", constants, "}"), s.shape(n))
}

// choice is the shape of a value that is one of several roles.
func (s *shaper) choice(n *catalog.Node) expr {
	var alternatives []expr
	for item := range n.Alternatives() {
		switch {
		case item.IsConst():
			alternatives = append(alternatives, call("_Constant", constant(item.AppendJSON(nil, nil))))
		case item.Role == catalog.RoleMeta:
			alternatives = append(alternatives, s.meta(item.Key))
		case s.isRead(item):
			alternatives = append(alternatives, s.shape(item))
		default:
			alternatives = append(alternatives, text("None"))
		}
	}
	s.used = append(s.used, "choice")
	return call("_Choice", tuple(alternatives...))
}

// meta is the shape of a value that is a constant of the code.
func (s *shaper) meta(key string) expr {
	var constants []expr
	for e := range s.g.catalog.Public() {
		if raw := e.MetaJSON(key); raw != nil {
			constants = append(constants, named(quote(e.Code)+": ", constant(raw)))
		}
	}
	return call("_Meta", list("{", constants, "}"))
}

// or is the shape of the one alternative that is no constant. The constants stand for no value.
func (s *shaper) or(n *catalog.Node) expr {
	if n.IsChoice() {
		return s.choice(n)
	}
	var constants []expr
	for item := range n.Alternatives() {
		if item.IsConst() {
			constants = append(constants, constant(item.AppendJSON(nil, nil)))
		}
	}
	shape := s.shape(n.Only())
	if constants == nil {
		return shape
	}
	s.used = append(s.used, "or")
	return call("_Or", shape, tuple(constants...))
}

// text is the shape of a string with one role inside.
func (s *shaper) text(t message.Template) expr {
	var before, after, role string
	for _, seg := range t {
		literal := seg.Literal
		if s.isConst(seg) {
			literal = s.g.catalog.Service
		}
		switch {
		case seg.Name != "" && !s.isConst(seg):
			role = s.role(catalog.Role("$" + seg.Name))
		case role == "":
			before += literal
		default:
			after += literal
		}
	}
	if before == "" && after == "" || role == "status" { // a status is a number, or a string of one
		return str(role)
	}
	s.used = append(s.used, "text")
	args := []expr{str(role)}
	if before != "" {
		args = append(args, named("before=", str(before)))
	}
	if after != "" {
		args = append(args, named("after=", str(after)))
	}
	return call("_Text", args...)
}

// isRead reports whether a client finds anything in a node. A string with several roles, or with a
// param, is not parsed.
func (s *shaper) isRead(n *catalog.Node) bool {
	switch n.Kind {
	case catalog.NodeRole, catalog.NodeSpread:
		return s.role(n.Role) != ""
	case catalog.NodeText:
		roles := slices.DeleteFunc(slices.Clone(n.Text), func(seg message.Segment) bool {
			return seg.Name == "" || s.isConst(seg)
		})
		if len(roles) != 1 {
			return false
		}
		return s.role(catalog.Role("$"+roles[0].Name)) != ""
	case catalog.NodeOr:
		if n.IsChoice() {
			return slices.ContainsFunc(n.Items, func(item catalog.Node) bool { return s.isRead(&item) })
		}
		only := n.Only()
		return only != nil && s.isRead(only)
	default:
		return slices.ContainsFunc(n.Members, func(m catalog.Member) bool { return s.isRead(&m.Node) }) ||
			slices.ContainsFunc(n.Items, func(n catalog.Node) bool { return s.isRead(&n) })
	}
}

// isConst reports whether a role inside a string is the same in every body.
func (s *shaper) isConst(seg message.Segment) bool {
	return s.g.catalog.Service != "" &&
		seg.Name != "" &&
		catalog.Role("$"+seg.Name) == catalog.RoleService
}

// constant returns JSON as an expression of Python.
func constant(raw json.RawMessage) expr {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		panic("python: a constant that is no JSON: " + err.Error())
	}
	return constantOf(v)
}

func constantOf(v any) expr {
	switch v := v.(type) {
	case nil:
		return text("None")
	case bool:
		if v {
			return text("True")
		}
		return text("False")
	case json.Number:
		return text(v.String())
	case string:
		return str(v)
	case []any:
		items := make([]expr, len(v))
		for i := range v {
			items[i] = constantOf(v[i])
		}
		return list("[", items, "]")
	}
	object := v.(map[string]any)
	var names []string
	for name := range object {
		names = append(names, name)
	}
	slices.Sort(names)
	members := make([]expr, len(names))
	for i, name := range names {
		members[i] = named(quote(name)+": ", constantOf(object[name]))
	}
	return list("{", members, "}")
}
