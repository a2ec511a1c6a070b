package breaking

import (
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

// pair finds out what the codes that are gone are called now. A tombstone's `use` that names a new
// code says so; without one, a new code with the status, the messages and the params of the old one
// is the old one under another name; or one with its messages and its params alone, if no other
// code has them. Several codes may have become one.
func (c *comparison) pair() {
	c.successor, c.origins = map[*catalog.Entry]*catalog.Entry{}, map[*catalog.Entry][]*catalog.Entry{}
	c.graves = make(map[string]*catalog.Tombstone, len(c.new.Retired))
	for i := range c.new.Retired {
		c.graves[c.new.Retired[i].Code] = &c.new.Retired[i]
	}
	var gone []*catalog.Entry // without a successor so far
	for e := range c.old.All() {
		if c.is[e.Code] != nil {
			continue
		}
		t := c.graves[e.Code]
		if t == nil || t.Use == nil {
			gone = append(gone, e)
		} else if c.was[t.Use.Code] == nil {
			c.succeeds(t.Use, e)
		}
	}
	if len(gone) == 0 {
		return
	}
	withStatuses := func(e *catalog.Entry) string { return statusList(e.Statuses) + shape(e) }
	gone = c.alike(gone, withStatuses, false)
	c.alike(gone, shape, true)
}

// alike finds successors of one shape for codes that are gone, and returns those that have none.
// With strict, there must be no other of that shape: then it is hardly by chance, even if something
// else differs.
func (c *comparison) alike(
	gone []*catalog.Entry, shape func(*catalog.Entry) string, strict bool,
) []*catalog.Entry {
	fresh, old := map[string][]*catalog.Entry{}, map[string]int{}
	for e := range c.new.All() {
		if c.was[e.Code] == nil && c.origins[e] == nil {
			fresh[shape(e)] = append(fresh[shape(e)], e)
		}
	}
	for _, e := range gone {
		old[shape(e)]++
	}
	var left []*catalog.Entry
	for _, e := range gone {
		s := shape(e)
		same := fresh[s]
		if len(same) == 0 || strict && (len(same) > 1 || old[s] > 1) {
			left = append(left, e)
			continue
		}
		c.succeeds(same[0], e)
		fresh[s] = same[1:]
	}
	return left
}

func (c *comparison) succeeds(now, was *catalog.Entry) {
	c.successor[was] = now
	c.origins[now] = append(c.origins[now], was)
}

// shape is what makes a code what it is, beside its name and its statuses: its messages and its
// params.
func shape(e *catalog.Entry) string {
	var b strings.Builder
	for i := range e.Variants {
		b.WriteString("\x00v" + e.Variants[i].ID + "\x00" + e.Variants[i].Message.String())
	}
	for i := range e.Params {
		b.WriteString("\x00p" + e.Params[i].Name + "\x00" + shapeOf(&e.Params[i].Type))
	}
	if e.Internal {
		b.WriteString("\x00internal")
	}
	return b.String()
}

// codes compares the codes: those that are gone, those that stayed, and those that are new.
func (c *comparison) codes() {
	for e := range c.old.All() {
		now := c.is[e.Code]
		if now == nil {
			if now = c.successor[e]; now == nil {
				c.gone(e)
				continue
			}
			c.renamed(e, now)
			if len(c.origins[now]) > 1 {
				continue // a code that replaces several is compared with none of them
			}
		}
		c.entry(e, now)
	}
	for e := range c.new.All() {
		if c.was[e.Code] == nil && c.origins[e] == nil && !c.reused[e.Code] {
			c.fresh(e)
		}
	}
}

// gone reports a code that is not there any more.
func (c *comparison) gone(e *catalog.Entry) {
	t := c.graves[e.Code]
	var ch Change
	switch {
	case t == nil:
		ch = change(rule.CodeRemoved, say("the code was removed"), in(e), c.home(e))
	case t.Use != nil:
		ch = change(rule.CodeRetired, say("the code is retired; use ", name(t.Use.Code)), in(e), grave(t))
	default:
		ch = change(rule.CodeRetired, say("the code is retired"), in(e), grave(t))
	}
	switch {
	case t != nil && e.Deprecated != nil:
		ch = ch.harmless()
	case t != nil:
		ch.Remark = ", and was not deprecated before"
	}
	c.add(c.hidden(ch.about(e)))
}

// hidden makes a change of an internal code one that only callers of the Go package meet.
func (c *comparison) hidden(ch Change) Change {
	if ch.Internal && ch.Category != rule.Harmless {
		ch.Category = rule.SourceGo
	}
	return ch
}

func (c *comparison) renamed(was, now *catalog.Entry) {
	text := say("it was renamed from ", name(was.Code))
	if others := c.origins[now]; len(others) > 1 {
		var rest []string
		for _, o := range others {
			if o != was {
				rest = append(rest, o.Code)
			}
		}
		text = say(name(was.Code), " has become this code, together with ", names(rest))
	}
	place := in(now, "code")
	if t := c.graves[was.Code]; t != nil {
		place = grave(t)
	}
	ch := change(rule.CodeRenamed, text, in(was, "code"), place).about(now, was)
	ch.Exempt = was.Stability == catalog.Experimental
	c.add(c.hidden(ch))
}

// fresh reports a new code.
func (c *comparison) fresh(e *catalog.Entry) {
	ch := change(rule.CodeAdded, say("a new code, HTTP ", statusList(e.Statuses), ": ", e.Title),
		Place{}, in(e, "code")).about(e)
	if known := c.takenFor(e); known != nil {
		ch.Severity, ch.Category = diag.Warning, rule.Wire
		ch.Remark = ", and older clients read it as " + known.Code +
			", the only error without a code that they know with this status"
		if known.KnownBy == catalog.ByBody {
			ch.Remark += " and such a body"
		}
	}
	c.add(ch)
}

// takenFor returns the code for which older clients take a new error without a code: the only one
// that they know with its status; nil: there is none.
func (c *comparison) takenFor(e *catalog.Entry) *catalog.Entry {
	if e.Internal || e.KnownBy != catalog.ByStatus && !e.KnownBy.SharesStatus() {
		return nil
	}
	for o := range c.old.Public() {
		isLike := func() bool {
			now := c.is[o.Code]
			return o.KnownBy == catalog.ByBody && now != nil && !c.new.Lacks(e, now)
		}
		if sharesStatus(e, o) && (o.KnownBy == catalog.ByStatus || isLike()) {
			return o
		}
	}
	return nil
}

// fallback reports that another code is sent for errors that have none. What became of the previous
// one is reported elsewhere.
func (c *comparison) fallback(what string, was, now *catalog.Entry) {
	if was == nil || now == nil || c.sameCode(was, now) {
		return
	}
	still := c.is[was.Code]
	if still == nil {
		still = c.successor[was]
	}
	if still == nil || still.Internal || len(still.Params) > 0 || still.HasVariants() ||
		still.Statuses[0] != was.Statuses[0] {
		return
	}
	text := say("servers now answer ", what, " with this code, no longer with ", name(was.Code))
	ch := change(rule.FallbackChanged, text, in(was, "code"), in(now, "code")).about(now)
	ch.Exempt = was.Stability == catalog.Experimental
	c.add(ch)
}

// home is where a code that is gone would stand: in its group, or, if that is gone as well,
// anywhere.
func (c *comparison) home(e *catalog.Entry) Place {
	id := c.old.Groups[e.Group].ID
	for i := range c.new.Groups {
		if c.new.Groups[i].ID == id {
			return Place{Of: InGroup, Name: id, Keys: []string{"id"}}
		}
	}
	return root("groups")
}

func grave(t *catalog.Tombstone) Place {
	return Place{Of: InTombstone, Name: t.Code, Keys: []string{"code"}}
}

// tombstones asks whether all promises about retired codes are kept.
func (c *comparison) tombstones() {
	had := make(map[string]bool, len(c.old.Retired))
	for i := range c.old.Retired {
		t := &c.old.Retired[i]
		had[t.Code] = true
		now := c.graves[t.Code]
		live := c.is[t.Code]
		switch {
		case live != nil:
			ch := change(rule.CodeReused, say("the code was retired and is used again"),
				grave(t), in(live, "code")).about(live)
			ch.Exempt = false
			c.add(ch)
			c.reused[t.Code] = true
		case now == nil:
			ch := change(rule.TombstoneRemoved,
				say("the tombstone of the retired code was removed"), grave(t), root("retired"))
			ch.Codes = []string{t.Code}
			c.add(ch)
		case t.Note != now.Note || t.Since != now.Since || t.Status != now.Status ||
			t.Anchor != now.Anchor || !c.sameCode(t.Use, now.Use):
			ch := change(rule.TextChanged,
				say("the documentation of the retired code was reworded"), grave(t), grave(now))
			ch.Codes = []string{t.Code}
			c.add(ch)
		}
	}
	for i := range c.new.Retired {
		t := &c.new.Retired[i]
		if c.was[t.Code] == nil && !had[t.Code] {
			ch := change(rule.TextChanged,
				say("the code, which had already been removed, is listed as retired"), Place{}, grave(t))
			ch.Codes = []string{t.Code}
			c.add(ch)
		}
	}
}

// sameCode reports whether two references lead to one code, which may have another name now. Either
// may be nil.
func (c *comparison) sameCode(was, now *catalog.Entry) bool {
	if was == nil || now == nil {
		return was == now
	}
	return was.Code == now.Code || c.successor[was] == now
}
