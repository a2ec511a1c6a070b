package breaking

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/rule"
)

// A pair is one code in both versions, under one name or two.
type pair struct {
	c        *comparison
	was, now *catalog.Entry

	goWas, goNow *goname.Names
}

// entry compares a code with what it was.
func (c *comparison) entry(was, now *catalog.Entry) {
	p := &pair{c: c, was: was, now: now, goWas: goname.Of(was), goNow: goname.Of(now)}
	told := len(c.list)
	defer func() { p.taken(c.list[told:]) }()
	switch {
	case !was.Internal && now.Internal:
		p.add(rule.VisibilityReduced,
			say("the code is now internal, and no longer sent"), []string{"visibility"})
	case was.Internal && !now.Internal:
		p.note(change(rule.VisibilityRaised, say("the code, which was internal, is now public"),
			in(was, "visibility"), in(now, "code")))
	}
	p.names()
	p.params()
	if !was.Internal && !now.Internal {
		p.typescriptNames()
		p.pythonNames()
	}
	p.values()
	if was.Internal || now.Internal {
		p.messages(false)
		return // what follows is about what is sent
	}
	p.statuses()
	p.retry()
	p.anonymity()
	p.recognized()
	p.mistaken()
	p.messages(true)
	p.headers()
	p.life()
	p.meta()
	if was.Type != now.Type && was.Code == now.Code && c.wire[catalog.RoleType] &&
		(!p.c.retyped || was.Anchor != now.Anchor) {
		p.add(rule.TypeChanged,
			say("the type changed from ", name(orNone(was.Type)), " to ", name(orNone(now.Type))), nil)
	}
	if was.DocsURL != now.DocsURL && was.Code == now.Code && c.wire[catalog.RoleDocsURL] &&
		(!p.c.relinked || was.Anchor != now.Anchor) {
		was, now := name(orNone(was.DocsURL)), name(orNone(now.DocsURL))
		p.add(rule.MetaChanged,
			say("the link, which the envelope carries, changed from ", was, " to ", now), nil)
	}
	p.texts()
}

// add records a change that can be seen under the same keys in both versions.
func (p *pair) add(id string, text Phrase, keys []string) {
	p.note(change(id, text, in(p.was, keys...), in(p.now, keys...)))
}

// note records a change of the code.
func (p *pair) note(ch Change) {
	others := []*catalog.Entry{}
	if p.was.Code != p.now.Code {
		others = append(others, p.was)
	}
	ch = ch.about(p.now, others...)
	ch.Exempt = p.was.Stability == catalog.Experimental
	ch.Internal = p.was.Internal
	ch = p.c.hidden(ch) // nobody has read it so far
	ch.Internal = p.was.Internal && p.now.Internal
	p.c.add(ch)
}

func (p *pair) statuses() {
	was, now := p.was.Statuses, p.now.Statuses
	if was[0] != now[0] {
		p.add(rule.StatusDefaultChanged,
			say("the status changed from ", was[0], " to ", now[0]), []string{"status"})
	}
	for _, s := range was {
		if !slices.Contains(now, s) && (was[0] == now[0] || s != was[0]) {
			p.add(rule.StatusRemoved, say("the status ", s, " was removed"), []string{"status"})
		}
	}
	for _, s := range now {
		if !slices.Contains(was, s) && (was[0] == now[0] || s != now[0]) {
			p.add(rule.StatusAdded, say("the status may also be ", s), []string{"status"})
		}
	}
}

func (p *pair) retry() {
	was, now := p.was.Retry, p.now.Retry
	keys := []string{"retry"}
	switch {
	case was == nil && now == nil:
	case now == nil:
		p.add(rule.RetryRemoved, say("it is no longer retryable; it was, ", times(was.MaxRetries)), keys)
	case was == nil:
		p.add(rule.RetryAdded, say("it is now retryable, ", times(now.MaxRetries)), keys)
	case p.c.shared[[2]string{was.Name, now.Name}]: // told of the policy
	default:
		if text := policyChanges(was, now); text != nil {
			p.add(rule.RetryChanged, append(say("its retries changed: "), text...), keys)
		}
	}
}

// anonymity compares whether responses tell the code. A change of all codes is reported for the
// envelope.
func (p *pair) anonymity() {
	keys := []string{"anonymous"}
	switch {
	case !tellsCodes(p.c.old) || !tellsCodes(p.c.new):
	case !p.was.Anonymous && p.now.Anonymous:
		p.add(rule.EnvelopeChanged, say("its body no longer has a code"), keys)
	case p.was.Anonymous && !p.now.Anonymous:
		p.note(change(rule.EnvelopeChanged, say("its body now has the code"),
			in(p.was, keys...), in(p.now, "code")).harmless())
	}
}

// tellsCodes reports whether some body or header may have the code.
func tellsCodes(c *catalog.Catalog) bool {
	return c.Reads(catalog.RoleCode) || len(c.Envelope.CodeHeaders) > 0
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("up to %d times", n)
}

// policyChanges says what differs between two policies; nil if nothing does. Their names do not
// matter.
func policyChanges(was, now *catalog.RetryPolicy) Phrase {
	var parts Phrase
	for _, key := range catalog.PolicyKeys() {
		if key == "factor" && (was.Strategy == catalog.Constant || now.Strategy == catalog.Constant) {
			continue // one of them has no use for it
		}
		before, _ := was.Text(key)
		after, _ := now.Text(key)
		if before == after {
			continue
		}
		if parts != nil {
			parts = append(parts, say(", ")...)
		}
		parts = append(parts, say(name(key), " from ", before, " to ", after)...)
	}
	return parts
}

func (p *pair) headers() {
	find := func(list []catalog.Header, like catalog.Header) int {
		return slices.IndexFunc(list, func(h catalog.Header) bool {
			return h.Canonical() == like.Canonical()
		})
	}
	for _, h := range p.was.Headers {
		key := []string{"headers", h.Name}
		switch at := find(p.now.Headers, h); {
		case at < 0:
			p.add(rule.HeaderRemoved, say("the header ", name(h.Name), " was removed"), key)
		case h.Value.String() != p.now.Headers[at].Value.String():
			was, now := quote(h.Value.String()), quote(p.now.Headers[at].Value.String())
			p.add(rule.HeaderChanged,
				say("the header ", name(h.Name), " changed from ", was, " to ", now), key)
		}
	}
	for _, h := range p.now.Headers {
		if find(p.was.Headers, h) < 0 {
			p.note(change(rule.HeaderAdded, say("it now comes with the header ", name(h.Name)),
				Place{}, in(p.now, "headers", h.Name)))
		}
	}
}

// life compares how far clients may rely on the code.
func (p *pair) life() {
	rank := map[catalog.Stability]int{catalog.Experimental: 0, catalog.Beta: 1, catalog.Stable: 2}
	text := func() Phrase {
		return say("it changed from ", string(p.was.Stability), " to ", string(p.now.Stability))
	}
	switch was, now := rank[p.was.Stability], rank[p.now.Stability]; {
	case now < was:
		p.add(rule.StabilityReduced, text(), []string{"stability"})
	case now > was:
		p.note(change(rule.StabilityRaised, text(), in(p.was, "stability"), in(p.now, "stability")))
	}
	switch was, now := p.was.Deprecated, p.now.Deprecated; {
	case was == nil && now != nil:
		text := say("the code is deprecated")
		if now.Use != nil {
			text = append(text, say("; use ", name(now.Use.Code))...)
		}
		p.add(rule.Deprecated, text, []string{"deprecated"})
	case was != nil && now == nil:
		p.add(rule.Undeprecated, say("the code is no longer deprecated"), []string{"deprecated"})
	}
	before, after := p.c.old.Groups[p.was.Group].ID, p.c.new.Groups[p.now.Group].ID
	switch {
	case before == after, p.c.moved[before] == after:
	case p.c.wire[catalog.RoleGroup]:
		text := say("the group, which the envelope carries, changed from ", name(before),
			" to ", name(after))
		p.add(rule.MetaChanged, text, []string{"code"})
	default:
		p.add(rule.GroupMoved,
			say("the code moved from the group ", name(before), " to ", name(after)), []string{"code"})
	}
}

// meta compares the constants that the envelope carries.
func (p *pair) meta() {
	for _, key := range p.c.metaKeys() {
		if was, now := metaText(p.was, key), metaText(p.now, key); was != now {
			text := say("the constant ", name(key), ", which the envelope carries, changed from ",
				quote(was), " to ", quote(now))
			p.note(change(rule.MetaChanged, text, in(p.was, "meta", key), in(p.now, "meta", key)))
		}
	}
}

// unknownMessage is what is worse about a new message of an error without a code.
const unknownMessage = ", and older clients recognize the error by the messages that they know"

// byMessage reports whether older clients recognize the error by its message.
func (p *pair) byMessage() bool {
	return p.was.KnownBy == catalog.ByMessage && p.c.codeless(p.now)
}

// messages compares the messages, by the ids of their variants. Of a code that is not sent, only
// the variants count: they are names in Go.
func (p *pair) messages(sent bool) {
	for i := range p.was.Variants {
		was := &p.was.Variants[i]
		switch at := variant(p.now, was.ID); {
		case at < 0:
			p.variantGone(i, sent)
		case sent:
			p.message(i, at)
		}
	}
	for i := range p.now.Variants {
		now := &p.now.Variants[i]
		if variant(p.was, now.ID) < 0 && sameMessage(p.was, now) < 0 && now.ID != "" {
			ch := change(rule.VariantAdded,
				say("a new variant ", name(now.ID), ": ", quote(now.Message.String())),
				Place{}, in(p.now, "variants", strconv.Itoa(i), "id"))
			if p.byMessage() {
				ch.Severity, ch.Category = diag.Warning, rule.Wire
				ch.Remark = unknownMessage
			}
			p.note(ch)
		}
	}
}

func variant(e *catalog.Entry, id string) int {
	return slices.IndexFunc(e.Variants, func(v catalog.Variant) bool { return v.ID == id })
}

// sameMessage returns the variant of e that has another's message, or -1.
func sameMessage(e *catalog.Entry, v *catalog.Variant) int {
	text := v.Message.String()
	return slices.IndexFunc(e.Variants, func(o catalog.Variant) bool {
		return o.Message.String() == text
	})
}

// variantGone tells what became of a variant whose id is gone. If its message is still sent,
// clients still read it: only Go names change, and the variant in the envelope.
func (p *pair) variantGone(i int, sent bool) {
	was := &p.was.Variants[i]
	at := sameMessage(p.now, was)
	renamed := at >= 0 && variant(p.was, p.now.Variants[at].ID) < 0
	before := in(p.was, "variants", strconv.Itoa(i), "id")
	after := in(p.now, "variants", strconv.Itoa(at), "id")
	switch {
	case renamed && was.ID != "" && p.now.Variants[at].ID != "":
		text := say("the variant ", name(was.ID), " was renamed to ", name(p.now.Variants[at].ID))
		ch := p.variantRenamed(text, before, after)
		if ch.Rule == rule.GoNameChanged && p.goWas.Variants[i].New == p.goNow.Variants[at].New {
			if !sent {
				return
			}
			ch = change(rule.TypeScriptNameChanged, text, before, after)
			ch.Also = rule.SourcePython
		}
		p.note(ch)
	case renamed && was.ID != "": // a variant's message is the only one
		text := say("the message of the variant ", name(was.ID), " is now the only one: ",
			name(p.goWas.Variants[i].New), " is ", name(p.goNow.Variants[at].New))
		p.note(p.variantRenamed(text, before, in(p.now, "message")))
	case renamed && was.ID == "": // the one message has become a variant
		text := say("the message is now the variant ", name(p.now.Variants[at].ID), ": ",
			name(p.goWas.Variants[i].New), " is ", name(p.goNow.Variants[at].New))
		ch := change(rule.GoNameChanged, text, in(p.was, "message"), after)
		if p.c.wire[catalog.RoleVariant] {
			ch = p.variantRenamed(text, ch.Old, after)
		}
		p.note(ch)
	case was.ID == "": // its message is none of the variants'
		before, after := in(p.was, "message"), in(p.now, "variants")
		if sent {
			p.reworded(was.Message, p.now.Variants[0].Message, before, after, rule.MessageChanged,
				say("it now has variants, and none has its message ", quote(was.Message.String())))
		}
		p.note(change(rule.GoNameChanged, say("the Go constructor ", name(p.goWas.Variants[i].New),
			" was removed: each variant has its own"), before, after))
	default:
		text := say("the variant ", name(was.ID), " was removed: ", quote(was.Message.String()))
		ch := change(rule.VariantRemoved, text, before, in(p.now, "variants"))
		if p.byMessage() && !p.now.HasVariants() {
			ch.Category, ch.Remark = rule.Wire, unknownMessage
		}
		p.note(ch)
	}
}

// variantRenamed returns the change of a variant's id. If bodies do not have it, it is a name in
// the generated code of every language.
func (p *pair) variantRenamed(text Phrase, was, now Place) Change {
	if p.c.wire[catalog.RoleVariant] {
		return change(rule.VariantRemoved, text, was, now)
	}
	return variantNamed(text, was, now)
}

func variantNamed(text Phrase, was, now Place) Change {
	ch := change(rule.GoNameChanged, text, was, now)
	ch.Category = rule.Source
	return ch
}

// message compares one message with what it was.
func (p *pair) message(i, at int) {
	was, now := &p.was.Variants[i], &p.now.Variants[at]
	before, after := said(was), said(now)
	if was.Silent == now.Silent && was.Message.String() == now.Message.String() {
		return
	}
	if was.ID == "" {
		p.reworded(was.Message, now.Message, in(p.was, "message"), in(p.now, "message"),
			rule.MessageChanged, say("the message changed from ", before, " to ", after))
		return
	}
	p.reworded(was.Message, now.Message, in(p.was, "variants", strconv.Itoa(i), "message"),
		in(p.now, "variants", strconv.Itoa(at), "message"), rule.VariantMessageChanged,
		say("the message of the variant ", name(was.ID), " changed from ", before, " to ", after))
}

// said returns the message of a variant as a diagnostic shows it.
func said(v *catalog.Variant) any {
	if v.Silent {
		return "none"
	}
	return quote(v.Message.String())
}

// reworded reports a message with other words, or other params, which is worse.
func (p *pair) reworded(was, now message.Template, before, after Place, id string, text Phrase) {
	if !sameNames(was, now) {
		id = rule.MessageParamsChanged
	}
	ch := change(id, text, before, after)
	switch {
	case p.byMessage():
		ch.Severity, ch.Category = diag.Error, rule.Wire
		ch.Remark = ", and older clients recognize it by the old words"
	case id == rule.MessageChanged && p.unread(was):
		ch.Severity = diag.Warning
		ch.Remark = ", and older clients read its params from the old words"
	}
	p.note(ch)
}

// unread reports whether clients that know the old message alone lose a param by a change of its
// words: the envelope does not carry it.
func (p *pair) unread(t message.Template) bool {
	return slices.ContainsFunc(t.Names(), func(n string) bool { return !p.carries(n) })
}

func sameNames(a, b message.Template) bool {
	x, y := a.Names(), b.Names()
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// texts compares what people read.
func (p *pair) texts() {
	var what []string
	check := func(key string, same bool) {
		if !same {
			what = append(what, key)
		}
	}
	was, now := p.was, p.now
	switch {
	case was.Title == now.Title || was.Code != now.Code && derived(was) && derived(now):
	case p.sendsTitle():
		text := say("the title, which the envelope carries, changed from ", quote(was.Title),
			" to ", quote(now.Title))
		p.add(rule.MetaChanged, text, []string{"title"})
	default:
		check("title", p.same("title", "title", catalog.Markdown(was.Title), catalog.Markdown(now.Title)))
	}
	check("description", p.same("description", "description", was.Description, now.Description))
	check("resolution",
		p.same("resolution", "resolution", was.Resolution, now.Resolution) && p.sameVariantTexts())
	check("params", slices.EqualFunc(common(was.Params, now.Params), common(now.Params, was.Params),
		func(a, b *catalog.Param) bool {
			key := "params." + a.Name + ".description"
			return p.same(key, key, a.Description, b.Description) && sameExample(a, b)
		}))
	check("values", !slices.ContainsFunc(was.Values, func(a catalog.Value) bool {
		b := valueNamed(now.Values, a.Name)
		key := "values." + a.Name + ".description"
		return b != nil && !p.same(key, key, a.Description, b.Description)
	}))
	check("links", slices.Equal(was.Links, now.Links))
	check("see", slices.EqualFunc(was.See, now.See, p.c.sameCode))
	check("tags", slices.Equal(was.Tags, now.Tags))
	check("retry", was.Retry != nil || now.Retry != nil || was.RetryStated == now.RetryStated)
	check("since", was.Since == now.Since)
	check("anchor", was.Anchor == now.Anchor || was.Code != now.Code || p.readdressed())
	check("meta", slices.Equal(p.unsent(was.Meta), p.unsent(now.Meta)))
	if was.Deprecated != nil && now.Deprecated != nil {
		check("deprecated", was.Deprecated.Since == now.Deprecated.Since &&
			was.Deprecated.Note == now.Deprecated.Note &&
			p.c.sameCode(was.Deprecated.Use, now.Deprecated.Use))
	}
	if what != nil {
		p.add(rule.TextChanged, append(say("its documentation was reworded: "), names(what)...), what[:1])
	}
}

// readdressed reports whether the envelope carries an address of the code that has changed, which
// is a change of its own.
func (p *pair) readdressed() bool {
	return p.was.Type != p.now.Type && p.c.wire[catalog.RoleType] ||
		p.was.DocsURL != p.now.DocsURL && p.c.wire[catalog.RoleDocsURL]
}

// metaText returns a constant as a diagnostic shows it: a string that looks like another JSON value
// is in quotes.
func metaText(e *catalog.Entry, key string) string {
	i := slices.IndexFunc(e.Meta, func(m catalog.Meta) bool { return m.Key == key })
	if i < 0 {
		return ""
	}
	text := e.Meta[i].Value
	if !e.Meta[i].Plain &&
		(text == "true" || text == "false" || text == "null" || json.Valid([]byte(text))) {
		return strconv.Quote(text)
	}
	return text
}

// unsent returns the constants that not both envelopes carry.
func (p *pair) unsent(list []catalog.Meta) []catalog.Meta {
	return slices.DeleteFunc(slices.Clone(list), func(m catalog.Meta) bool {
		return p.c.wire[catalog.RoleMeta+catalog.Role(m.Key)]
	})
}

// sendsTitle reports whether a body with one of the code's statuses has its title in it, then and
// now.
func (p *pair) sendsTitle() bool {
	sends := func(c *catalog.Catalog, e *catalog.Entry) bool {
		return slices.ContainsFunc(e.Statuses, func(s int) bool { return c.TitleFor(e, s) == e.Title })
	}
	return p.c.wire[catalog.RoleTitle] && !p.c.retitled &&
		sends(p.c.old, p.was) && sends(p.c.new, p.now)
}

// derived reports whether a title says what the code says.
func derived(e *catalog.Entry) bool {
	letters := func(s string) string {
		return strings.Map(func(r rune) rune {
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				return -1
			}
			return unicode.ToLower(r)
		}, s)
	}
	return letters(e.Title) == letters(e.Code)
}

func (p *pair) sameVariantTexts() bool {
	key := func(i int) string { return fmt.Sprintf("variants[%d].resolution", i) }
	for i := range p.was.Variants {
		at := variant(p.now, p.was.Variants[i].ID)
		if at >= 0 &&
			!p.same(key(i), key(at), p.was.Variants[i].Resolution, p.now.Variants[at].Resolution) {
			return false
		}
	}
	return true
}

// same reports whether two versions of a text say the same. A text that was written alike and
// differs in what was filled in is the same: the change of the value or the retry policy is told
// where it changed.
func (p *pair) same(wasKey, nowKey string, was, now catalog.Markdown) bool {
	written := p.was.Written[wasKey]
	return was == now || written != "" && written == p.now.Written[nowKey]
}

// common returns those params of list that others has as well, in the order of their names.
func common(list, others []catalog.Param) []*catalog.Param {
	if len(list) == 0 {
		return nil
	}
	var both []*catalog.Param
	for i := range list {
		if slices.ContainsFunc(others, func(o catalog.Param) bool { return o.Name == list[i].Name }) {
			both = append(both, &list[i])
		}
	}
	slices.SortFunc(both, func(a, b *catalog.Param) int { return strings.Compare(a.Name, b.Name) })
	return both
}

// sameExample reports whether the examples of a param are the same, as far as another type or enum
// leaves a choice.
func sameExample(a, b *catalog.Param) bool {
	switch {
	case shapeOf(&a.Type) != shapeOf(&b.Type):
		return true
	case a.Kind.HasParts() && !reflect.DeepEqual(a.Type, b.Type):
		return true
	case a.Enum != nil && (!has(&a.Type, b.Example.Str) || !has(&b.Type, a.Example.Str)):
		return true
	default:
		return reflect.DeepEqual(a.Example, b.Example)
	}
}

func statusText(s int) string { return strconv.Itoa(s) }

func statusList(list []int) string {
	var texts []string
	for _, s := range list {
		texts = append(texts, statusText(s))
	}
	return strings.Join(texts, " or ")
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
