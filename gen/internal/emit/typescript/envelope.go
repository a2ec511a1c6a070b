package typescript

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/message"
)

// readRoles are the roles that a client reads, and what the runtime calls them.
var readRoles = map[catalog.Role]string{
	catalog.RoleCode:         "code",
	catalog.RoleCodeNumber:   "codeNumber",
	catalog.RoleMessage:      "message",
	catalog.RoleStatus:       "status",
	catalog.RoleStatusString: "status",
	catalog.RoleVariant:      "variant",
	catalog.RoleRequestID:    "requestId",
	catalog.RoleRetryAfter:   "retryAfter",
	catalog.RoleInstance:     "instance",
	catalog.RoleParams:       "params",
	catalog.RoleParam:        "param",
	catalog.RoleType:         "type",
}

// role returns what the runtime calls a role; "": a client does not read it.
func (w *writer) role(r catalog.Role) string {
	needs := map[catalog.Role]string{
		catalog.RoleVariant: "variantbody", catalog.RoleType: "typebody",
		catalog.RoleParams: "bodyparams", catalog.RoleParam: "bodyparams",
	}
	if word := needs[r]; word != "" && !w.has(word) {
		return ""
	}
	return readRoles[r]
}

// shape returns which values of a body are read, as an object literal. Constants are not in it:
// what a server adds to its envelope, or changes there, does not concern a client.
func (w *writer) shape(n *catalog.Node) literal {
	switch n.Kind {
	case catalog.NodeRole:
		l := object(member("role", scalar(quote(w.role(n.Role)))))
		if n.Role == catalog.RoleParam {
			l.items = append(l.items, member("name", scalar(quote(n.Key))))
		}
		return l
	case catalog.NodeText:
		return w.textShape(n.Text)
	case catalog.NodeArray:
		return w.arrayShape(n)
	case catalog.NodeOr:
		return w.orShape(n)
	case catalog.NodeEach:
		element := object()
		if w.isRead(&n.Items[0]) {
			element = w.shape(&n.Items[0])
		}
		return object(member("each", element))
	default:
		return w.objectShape(n)
	}
}

func (w *writer) objectShape(n *catalog.Node) literal {
	l, members := object(), object()
	for i := range n.Members {
		switch m := &n.Members[i]; {
		case !w.isRead(&m.Node):
		case m.Node.Kind == catalog.NodeSpread:
			l.items = append(l.items, member("role", scalar(quote(w.role(catalog.RoleParams)))))
		default:
			members.items = append(members.items, member(m.Name, w.shape(&m.Node)))
		}
	}
	l.items = append(l.items, member("members", members))
	return l
}

// arrayShape is the shape of a list. From the first item that may be missing, clients recognize
// items by their constants.
func (w *writer) arrayShape(n *catalog.Node) literal {
	items, loose := array(), firstLoose(w.Catalog, n)
	for i := range n.Items {
		switch item := &n.Items[i]; {
		case !w.isRead(item):
			items.items = append(items.items, scalar("null"))
		case loose >= 0 && i >= loose && item.Kind == catalog.NodeObject:
			items.items = append(items.items, w.withConstants(item))
		default:
			items.items = append(items.items, w.shape(item))
		}
	}
	l := object(member("items", items))
	if loose >= 0 {
		l.items = append(l.items, member("looseFrom", scalar(strconv.Itoa(loose))))
	}
	return l
}

// firstLoose returns the place of the first item of a list that may be missing; -1: there is none.
func firstLoose(c *catalog.Catalog, n *catalog.Node) int {
	if n.Kind != catalog.NodeArray {
		return -1
	}
	return c.FirstLoose(n, slices.Collect(c.Public()))
}

// withConstants is the shape of an object with its constants, by which an item of a list is known.
func (w *writer) withConstants(n *catalog.Node) literal {
	l, is := w.shape(n), object()
	for i := range n.Members {
		if m := &n.Members[i]; m.Node.Kind == catalog.NodeConst {
			is.items = append(is.items, member(m.Name, jsonLiteral(m.Node.Const)))
		}
	}
	if len(is.items) > 0 {
		l.items = append(l.items, member("is", is))
	}
	return l
}

// orShape is the shape of a choice, or of the one alternative that is no constant. The constants
// stand for no value.
func (w *writer) orShape(n *catalog.Node) literal {
	if n.IsChoice() {
		shapes := array()
		for item := range n.Alternatives() {
			switch {
			case item.IsConst():
				constant := jsonLiteral(item.AppendJSON(nil, nil))
				shapes.items = append(shapes.items, object(member("or", array(constant))))
			case item.Role == catalog.RoleMeta:
				shapes.items = append(shapes.items, object(member("of", w.meta(item.Key))))
			case w.isRead(item):
				shapes.items = append(shapes.items, w.shape(item))
			default:
				shapes.items = append(shapes.items, object())
			}
		}
		return object(member("choice", shapes))
	}
	l, constants := w.shape(n.Only()), array()
	for item := range n.Alternatives() {
		if item.IsConst() {
			constants.items = append(constants.items, jsonLiteral(item.AppendJSON(nil, nil)))
		}
	}
	if len(constants.items) > 0 {
		l.items = append(l.items, member("or", constants))
	}
	return l
}

// meta returns the constants that codes have for a key.
func (w *writer) meta(key string) literal {
	l := object()
	for _, e := range w.entries {
		if constant := e.MetaJSON(key); constant != nil {
			l.items = append(l.items, member(e.Code, jsonLiteral(constant)))
		}
	}
	return l
}

// textShape is the shape of a string with one role inside.
func (w *writer) textShape(t message.Template) literal {
	var before, after, role string
	for _, s := range t {
		text := s.Literal
		if w.isConst(s) {
			text = w.Service
		}
		switch {
		case s.Name != "" && !w.isConst(s):
			role = w.role(catalog.Role("$" + s.Name))
		case role == "":
			before += text
		default:
			after += text
		}
	}
	l := object(member("role", scalar(quote(role))))
	if before != "" {
		l.items = append(l.items, member("before", scalar(quote(before))))
	}
	if after != "" {
		l.items = append(l.items, member("after", scalar(quote(after))))
	}
	return l
}

// isConst reports whether a role inside a string is the same in every body.
func (w *writer) isConst(s message.Segment) bool {
	return w.Service != "" && s.Name != "" && catalog.Role("$"+s.Name) == catalog.RoleService
}

// isRead reports whether a client finds anything in a node. A string with several roles, or with a
// param, is not parsed.
func (w *writer) isRead(n *catalog.Node) bool {
	switch n.Kind {
	case catalog.NodeRole, catalog.NodeSpread:
		return w.role(n.Role) != ""
	case catalog.NodeText:
		roles := slices.DeleteFunc(slices.Clone(n.Text), func(s message.Segment) bool {
			return s.Name == "" || w.isConst(s)
		})
		return len(roles) == 1 && w.role(catalog.Role("$"+roles[0].Name)) != ""
	case catalog.NodeOr:
		if n.IsChoice() {
			return slices.ContainsFunc(n.Items, func(item catalog.Node) bool { return w.isRead(&item) })
		}
		role := n.Only()
		return role != nil && w.isRead(role)
	default:
		return slices.ContainsFunc(n.Members, func(m catalog.Member) bool { return w.isRead(&m.Node) }) ||
			slices.ContainsFunc(n.Items, func(item catalog.Node) bool { return w.isRead(&item) })
	}
}

func sortedKeys(m map[string]json.RawMessage) []string { return slices.Sorted(maps.Keys(m)) }
