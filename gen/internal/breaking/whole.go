package breaking

import (
	"reflect"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/rule"
)

// head compares the texts about the catalog as a whole.
func (c *comparison) head() {
	was, now := c.old, c.new
	var what []string
	check := func(key string, same bool) {
		if !same {
			what = append(what, key)
		}
	}
	check("title", was.Title == now.Title)
	check("description", was.Description == now.Description)
	check("docs_url", was.DocsURL == now.DocsURL || c.wire[catalog.RoleDocsURL])
	check("service", was.Service == now.Service || c.wire[catalog.RoleService])
	kept, stayed := rows(was.Statuses, now.Statuses), rows(now.Statuses, was.Statuses)
	check("statuses", slices.Equal(kept, stayed))
	check("docs", reflect.DeepEqual(was.Docs, now.Docs))
	check("envelope",
		was.Envelope.Description == now.Envelope.Description && sample(was) == sample(now))
	if what != nil {
		at := root(what[0])
		if what[0] == "statuses" {
			at.Keys = append(at.Keys, statusText(row(kept, stayed)))
		}
		c.add(change(rule.TextChanged,
			append(say("the documentation was reworded: "), names(what)...), at, at))
	}
	if c.wire[catalog.RoleService] && was.Service != now.Service {
		text := say("the service, which the envelope carries, changed from ", quote(was.Service),
			" to ", quote(now.Service))
		ch := change(rule.EnvelopeChanged, text, root("service"), root("service"))
		if codeBesideService(c.old) {
			ch.Remark = ", and older clients read the code from the same text"
		} else {
			ch = c.constant(ch)
		}
		c.add(ch)
	}
	c.table()
	c.types()
	c.addresses()
	c.titles()
}

// sample returns the sample that an author chose. Another one follows from the codes, and is told
// with them.
func sample(c *catalog.Catalog) catalog.Sample {
	if !c.Envelope.Sample.Given {
		return catalog.Sample{}
	}
	return c.Envelope.Sample
}

// table reports rows of the table of statuses that are new, and of those that are gone.
func (c *comparison) table() {
	for _, s := range c.new.Statuses {
		if !hasRow(c.old.Statuses, s.Code) {
			c.add(change(rule.StatusRowAdded,
				say("the status table has a new row for ", s.Code, ": ", quote(s.Title)),
				Place{}, root("statuses", statusText(s.Code))))
		}
	}
	for _, s := range c.old.Statuses {
		if !hasRow(c.new.Statuses, s.Code) {
			c.add(change(rule.StatusRowRemoved,
				say("the status table no longer has a row for ", s.Code, ": ", quote(s.Title)),
				root("statuses", statusText(s.Code)), root("statuses")))
		}
	}
}

func hasRow(table []catalog.Status, status int) bool {
	return slices.ContainsFunc(table, func(s catalog.Status) bool { return s.Code == status })
}

// rows returns the rows of a table whose status another one has as well.
func rows(table, other []catalog.Status) []catalog.Status {
	return slices.DeleteFunc(slices.Clone(table), func(s catalog.Status) bool {
		return !hasRow(other, s.Code)
	})
}

// row returns the status of the first row that is reworded in another table of the same statuses.
func row(was, now []catalog.Status) int {
	for _, s := range now {
		if !slices.Contains(was, s) {
			return s.Code
		}
	}
	return now[0].Code // the rows have another order
}

// types reports the type URIs of all codes at once, where they have one cause.
func (c *comparison) types() {
	key := "type_base"
	if c.old.TypeBase == "" && c.new.TypeBase == "" {
		key = "docs_url"
	}
	was, now := base(c.old), base(c.new)
	if !c.wire[catalog.RoleType] || was == now {
		return
	}
	for e := range c.old.All() {
		if n := c.is[e.Code]; n != nil && !e.Internal && !n.Internal && e.Type != n.Type {
			c.retyped = true
			text := say("the types of all codes change: they began with ", name(orNone(was)),
				" and now begin with ", name(orNone(now)))
			c.add(change(rule.TypeChanged, text, root(key), root(key)))
			return
		}
	}
}

// addresses reports the links of all codes at once, where the envelope carries them.
func (c *comparison) addresses() {
	was, now := c.old.DocsURL, c.new.DocsURL
	if !c.wire[catalog.RoleDocsURL] || was == now {
		return
	}
	c.relinked = true
	text := say("the links of all codes, which the envelope carries, began with ",
		name(orNone(was)), " and now begin with ", name(orNone(now)))
	c.add(change(rule.MetaChanged, text, root("docs_url"), root("docs_url")))
}

// titles reports the titles of all codes at once: a problem without a type has its status's phrase
// for a title.
func (c *comparison) titles() {
	was, now := phrased(c.old), phrased(c.new)
	if !c.wire[catalog.RoleTitle] || was == now {
		return
	}
	c.retitled = true
	text := say("the titles, which the envelope carries, " +
		"were the phrases of the statuses and are now the codes' own")
	if now {
		text = say("the titles, which the envelope carries, " +
			"were the codes' own and are now the phrases of the statuses")
	}
	c.add(change(rule.MetaChanged, text, root("type_base"), root("type_base")))
}

// phrased reports whether the envelope's $title is the phrase of the status, as RFC 9457 asks of
// problems that have no type.
func phrased(c *catalog.Catalog) bool {
	return c.PhrasesTitles() && base(c) == ""
}

func base(c *catalog.Catalog) string {
	if c.TypeBase != "" {
		return c.TypeBase
	}
	return c.DocsURL
}

// policies compares the named policies. What changes in one is told once, not for each code that
// names it.
func (c *comparison) policies() {
	c.shared = map[[2]string]bool{}
	now := make(map[string]*catalog.RetryPolicy, len(c.new.Policies))
	for i := range c.new.Policies {
		now[c.new.Policies[i].Name] = &c.new.Policies[i]
	}
	for i := range c.old.Policies {
		p := &c.old.Policies[i]
		n := now[p.Name]
		if n == nil {
			continue
		}
		text := policyChanges(p, n)
		users := c.users(p.Name)
		if text == nil || len(users) == 0 {
			continue
		}
		c.shared[[2]string{p.Name, p.Name}] = true
		place := Place{Of: InPolicy, Name: p.Name}
		ch := change(rule.RetryChanged,
			append(say("the retry policy ", name(p.Name), " changed: "), text...), place, place)
		if len(users) == 1 {
			ch.Text = append(say("its retries changed: "), text...)
		}
		ch = ch.about(users[0], users[1:]...)
		ch.Exempt = !slices.ContainsFunc(users, func(e *catalog.Entry) bool {
			return e.Stability != catalog.Experimental
		})
		c.add(ch)
	}
	c.retryDefault()
}

// users returns the codes that named a policy and do so still.
func (c *comparison) users(policy string) []*catalog.Entry {
	var users []*catalog.Entry
	for e := range c.old.All() {
		n := c.is[e.Code]
		if n == nil || e.Internal || n.Internal || e.Retry == nil || n.Retry == nil {
			continue
		}
		if e.Retry.Name == policy && n.Retry.Name == policy {
			users = append(users, e)
		}
	}
	return users
}

func (c *comparison) retryDefault() {
	was, now := c.old.RetryDefault, c.new.RetryDefault
	place := root("retry_default")
	const of = "a response that is not the API's own, such as a proxy's, "
	switch {
	case was == nil && now == nil:
	case now == nil:
		c.add(change(rule.RetryRemoved, say(of, "is no longer retryable"), place, place))
	case was == nil:
		c.add(change(rule.RetryAdded, say(of, "is now retryable, ", times(now.MaxRetries)), place, place))
	case !c.shared[[2]string{was.Name, now.Name}]:
		if text := policyChanges(was, now); text != nil {
			c.add(change(rule.RetryChanged,
				append(say(of, "is retried differently: "), text...), place, place))
		}
	}
}

// groups compares the groups: their texts, and whether one is called something else.
func (c *comparison) groups() {
	c.moved = map[string]string{}
	now := make(map[string]*catalog.Group, len(c.new.Groups))
	for i := range c.new.Groups {
		now[c.new.Groups[i].ID] = &c.new.Groups[i]
	}
	was := make(map[string]bool, len(c.old.Groups))
	for i := range c.old.Groups {
		was[c.old.Groups[i].ID] = true
	}
	for i := range c.old.Groups {
		g := &c.old.Groups[i]
		n := now[g.ID]
		if n == nil {
			n = c.renamedGroup(g, was)
			if n == nil {
				continue
			}
			c.moved[g.ID] = n.ID
			id, text := rule.GroupMoved, say("the group ", name(g.ID), " was renamed to ", name(n.ID))
			if c.wire[catalog.RoleGroup] {
				id, text = rule.MetaChanged, say("the group ", name(g.ID),
					", which the envelope carries, was renamed to ", name(n.ID))
			}
			c.add(change(id, text, group(g, "id"), group(n, "id")))
		}
		if g.Title != n.Title || g.Description != n.Description || g.Anchor != n.Anchor {
			c.add(change(rule.TextChanged,
				say("the documentation of the group ", quote(n.Title), " was reworded"),
				group(g, "title"), group(n, "title")))
		}
	}
}

func group(g *catalog.Group, key string) Place {
	return Place{Of: InGroup, Name: g.ID, Keys: []string{key}}
}

// renamedGroup returns the new group that has all of a group's codes that are still there, or nil.
func (c *comparison) renamedGroup(g *catalog.Group, was map[string]bool) *catalog.Group {
	at := -1
	for _, e := range g.Entries {
		n := c.is[e.Code]
		if n == nil {
			continue
		}
		if at >= 0 && n.Group != at {
			return nil
		}
		at = n.Group
	}
	if at < 0 || was[c.new.Groups[at].ID] {
		return nil
	}
	for _, e := range c.new.Groups[at].Entries { // two groups that were joined have moved, both
		if o := c.was[e.Code]; o != nil && c.old.Groups[o.Group].ID != g.ID {
			return nil
		}
	}
	return &c.new.Groups[at]
}

// metaKeys returns the keys of the constants that both envelopes carry.
func (c *comparison) metaKeys() []string {
	var keys []string
	for r := range c.wire {
		if key, ok := strings.CutPrefix(string(r), string(catalog.RoleMeta)); ok {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}
