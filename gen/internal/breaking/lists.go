package breaking

import (
	"slices"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/rule"
)

// finds reports whether older clients find an element of a list in the body by the constant at a
// path: the element, or one before it, is not in every body.
func (c *comparison) finds(n *catalog.Node, path []string) bool {
	if len(path) < 2 {
		return false
	}
	at, err := strconv.Atoi(path[0])
	switch {
	case n.Kind == catalog.NodeEach:
		return c.finds(&n.Items[0], path[1:])
	case n.Kind == catalog.NodeArray && err == nil:
		item := &n.Items[at]
		loose := c.old.FirstLoose(n, slices.Collect(c.old.Public()))
		if len(path) == 2 && item.Kind == catalog.NodeObject && hasRole(item) {
			return loose >= 0 && at >= loose
		}
		return c.finds(item, path[1:])
	}
	for i := range n.Members {
		if m := &n.Members[i]; m.Name == path[0] {
			return c.finds(&m.Node, path[1:])
		}
	}
	return false
}

func hasRole(n *catalog.Node) bool {
	for range n.Roles() {
		return true
	}
	return false
}

// places reports lists whose elements older clients find by their places, and that may lack an
// element before these now.
func (c *comparison) places(was, now *catalog.Node, path []string) {
	at := func(key string) []string { return append(slices.Clone(path), key) }
	if was.Kind != now.Kind {
		return // leaves tells it
	}
	switch was.Kind {
	case catalog.NodeObject:
		for i := range was.Members {
			for k := range now.Members {
				if name := was.Members[i].Name; name != "" && name == now.Members[k].Name {
					c.places(&was.Members[i].Node, &now.Members[k].Node, at(name))
				}
			}
		}
	case catalog.NodeEach:
		c.places(&was.Items[0], &now.Items[0], at("$each"))
	case catalog.NodeArray:
		for i := range min(len(was.Items), len(now.Items)) {
			c.places(&was.Items[i], &now.Items[i], at(strconv.Itoa(i)))
		}
		if moved := c.moves(was, now); moved >= 0 {
			c.add(change(rule.EnvelopeChanged,
				say("the element ", name(dotted(at(strconv.Itoa(moved)))),
					" may now have another place: one before it may be absent"), body(path), body(path)))
		}
	}
}

// moves returns the first element of a list that older clients find by its place, and that may have
// another one now; -1: there is none.
func (c *comparison) moves(was, now *catalog.Node) int {
	var known []*catalog.Entry // to older clients
	for e := range c.new.Public() {
		if c.was[e.Code] != nil {
			known = append(known, e)
		}
	}
	fixed := c.old.FirstLoose(was, slices.Collect(c.old.Public()))
	if fixed < 0 {
		fixed = len(was.Items)
	}
	loose := c.new.FirstLoose(now, known)
	if loose < 0 {
		return -1
	}
	for i := loose; i < fixed; i++ {
		if hasRole(&was.Items[i]) && (i > loose || i < len(now.Items)-1) {
			return i
		}
	}
	return -1
}

// codeBesideService reports whether clients find the code of a body only in texts that contain the
// service, too, as in com.${service}#${code}.
func codeBesideService(c *catalog.Catalog) bool {
	found := false
	for _, l := range leaves(&c.Envelope.Body, nil) {
		hasCode := l.says == string(catalog.RoleCode) || l.says == string(catalog.RoleCodeNumber) ||
			strings.Contains(l.says, "${code")
		if hasCode && !strings.Contains(l.says, "${service}") {
			return false
		}
		found = found || hasCode
	}
	return found
}
