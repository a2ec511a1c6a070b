package breaking

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/value"
)

// params compares what messages, headers and details are filled with.
func (p *pair) params() {
	for i := range p.was.Params {
		was := &p.was.Params[i]
		now := p.now.Param(was.Name)
		key := []string{"params", was.Name}
		if now == nil {
			ch := change(rule.ParamRemoved, say("the param ", name(was.Name), " was removed"),
				in(p.was, key...), in(p.now, key...))
			if was.Sensitive { // it was never sent
				ch.Category = rule.SourceGo
			}
			p.note(ch)
			continue
		}
		p.param(was, now, key)
	}
	for i := range p.now.Params {
		now := &p.now.Params[i]
		if p.was.Param(now.Name) != nil {
			continue
		}
		ch := change(rule.ParamAdded, say("a new param ", name(now.Name), ", ", typeOf(&now.Type)),
			Place{}, in(p.now, "params", now.Name))
		if now.Optional {
			ch.Text = append(ch.Text, say(", optional")...)
		}
		switch {
		case !p.asks(now):
			ch = ch.harmless()
		case now.Optional:
			ch.Text = append(ch.Text, say(", so that Go constructors now take the params as a struct")...)
		}
		p.note(ch)
	}
	p.order()
}

// param compares a param with what it was.
func (p *pair) param(was, now *catalog.Param, key []string) {
	of := func(keys ...string) []string { return append(slices.Clone(key), keys...) }
	p.types(was.Name, &was.Type, &now.Type, key)
	switch {
	case !was.Sensitive && now.Sensitive:
		p.add(rule.ParamNowSensitive,
			say("the param ", name(was.Name), " is now sensitive, and no longer sent"), of("sensitive"))
	case was.Sensitive && !now.Sensitive:
		p.note(change(rule.ParamAdded, say("the param ", name(was.Name),
			", which was sensitive, is now sent, and its Go field is no longer Redacted"),
			in(p.was, key...), in(p.now, key...)))
	}
	switch {
	case !was.Optional && now.Optional:
		p.add(rule.ParamNowOptional,
			say("the param ", name(was.Name), " may now be absent"), of("optional"))
	case was.Optional && !now.Optional:
		p.add(rule.ParamNowRequired,
			say("the param ", name(was.Name), ", which was optional, is now required"), of("optional"))
	}
	switch {
	case was.Sensitive || now.Sensitive || !p.c.wire[catalog.RoleParams]:
	case !was.Apart && now.Apart:
		p.add(rule.ParamRemoved,
			say("the param ", name(was.Name), " is no longer among the params of the body"), of("detail"))
	case was.Apart && !now.Apart:
		p.note(change(rule.ParamAdded,
			say("the param ", name(was.Name), " is now among the params of the body"),
			in(p.was, of("detail")...), in(p.now, of("detail")...)).harmless())
	}
	p.goField(goname.Stem(was.Name, was.GoName), goname.Stem(now.Name, now.GoName), key)
}

func (p *pair) goField(before, after string, key []string) {
	if before != after {
		p.add(rule.GoNameChanged, say("the Go field ", name(before), " was renamed to ", name(after)),
			append(slices.Clone(key), "go_name"))
	}
}

// types compares a type of a param, or of a part of one, with what it was. part is what pages call
// it: causes[].field.
func (p *pair) types(part string, was, now *catalog.Type, key []string) {
	of := func(keys ...string) []string { return append(slices.Clone(key), keys...) }
	switch {
	case was.Kind != now.Kind, (was.Enum == nil) != (now.Enum == nil):
		ch := change(rule.ParamTypeChanged,
			say("the param ", name(part), " changed from ", typeOf(was), " to ", typeOf(now)),
			in(p.was, of("type")...), in(p.now, of("type")...))
		if was.Kind == now.Kind && was.Enum == nil { // in the JSON it is a string as before
			ch.Category = rule.Source
		}
		p.note(ch)
	case was.Enum != nil:
		p.enum(part, was, now, of("enum"))
	case was.Kind == value.List:
		p.types(part+"[]", was.Elem, now.Elem, of("items"))
	case was.Kind == value.Map:
		p.types(part+".*", was.Elem, now.Elem, of("values"))
	case was.Kind == value.Object:
		p.fields(part, was, now, key)
	}
}

// fields compares the fields of an object. Their order does not matter.
func (p *pair) fields(part string, was, now *catalog.Type, key []string) {
	of := func(keys ...string) []string { return append(slices.Clone(key), keys...) }
	for i := range was.Fields {
		before := &was.Fields[i]
		at, path := part+"."+before.Name, of("fields", before.Name)
		after := fieldNamed(now, before.Name)
		if after == nil {
			p.add(rule.ParamRemoved, say("the field ", name(at), " was removed"), path)
			continue
		}
		p.types(at, &before.Type, &after.Type, path)
		switch {
		case !before.Optional && after.Optional:
			p.add(rule.ParamNowOptional,
				say("the field ", name(at), " may now be absent"), append(path, "optional"))
		case before.Optional && !after.Optional:
			p.add(rule.ParamNowRequired,
				say("the field ", name(at), ", which was optional, is now required"), append(path, "optional"))
		}
		p.goField(goname.Stem(before.Name, before.GoName), goname.Stem(after.Name, after.GoName), path)
	}
	for i := range now.Fields {
		f := &now.Fields[i]
		if fieldNamed(was, f.Name) != nil {
			continue
		}
		at := part + "." + f.Name
		ch := change(rule.ParamAdded, say("a new field ", name(at), ", ", typeOf(&f.Type)),
			in(p.was, key...), in(p.now, of("fields", f.Name)...))
		if f.Optional {
			ch.Text = append(ch.Text, say(", optional")...)
			ch = ch.harmless()
		}
		p.note(ch)
	}
}

func fieldNamed(t *catalog.Type, field string) *catalog.Field {
	for i := range t.Fields {
		if t.Fields[i].Name == field {
			return &t.Fields[i]
		}
	}
	return nil
}

// enum compares the values of an enum. Their order does not matter.
func (p *pair) enum(part string, was, now *catalog.Type, key []string) {
	for i, v := range was.Enum {
		if !has(now, v.Value) {
			p.note(change(rule.EnumValueRemoved,
				say("the param ", name(part), " can no longer be ", quote(v.Value)),
				in(p.was, append(slices.Clone(key), fmt.Sprint(i))...), in(p.now, key...)))
		}
	}
	for i, v := range now.Enum {
		if !has(was, v.Value) {
			p.note(change(rule.EnumValueAdded,
				say("the param ", name(part), " can now be ", quote(v.Value)),
				in(p.was, key...), in(p.now, append(slices.Clone(key), fmt.Sprint(i))...)))
		}
	}
}

// has reports whether an enum has a value.
func has(t *catalog.Type, v string) bool {
	return slices.ContainsFunc(t.Enum, func(e catalog.EnumValue) bool { return e.Value == v })
}

// A constructor is one in Go that both versions have, with the variants that it makes.
type constructor struct {
	name     string
	was, now *catalog.Variant
}

// constructors returns the constructors that callers know and still find. If the code has another
// name in Go, they are those that would have kept theirs.
func (p *pair) constructors() (kept []constructor) {
	rest := func(of *goname.Names, i int) string {
		return strings.TrimPrefix(of.Variants[i].New, "New"+of.Stem)
	}
	for i := range p.was.Variants {
		for k := range p.now.Variants {
			if rest(p.goWas, i) == rest(p.goNow, k) {
				kept = append(kept,
					constructor{p.goWas.Variants[i].New, &p.was.Variants[i], &p.now.Variants[k]})
			}
		}
	}
	return kept
}

// asks reports whether callers of a constructor must do something about a new param: pass it, or
// pass the params as a struct.
func (p *pair) asks(now *catalog.Param) bool {
	return slices.ContainsFunc(p.constructors(), func(c constructor) bool {
		return now.Optional && !p.was.TakesStruct() || p.now.Takes(c.now)[now.Name]
	})
}

// These rules say what became of a param that bodies had, and of a constructor. A change of another
// rule, such as one about the status, is no reason to keep that quiet: an author may accept it.
var (
	losing = []string{
		rule.VariantRemoved, rule.VariantMessageChanged, rule.MessageParamsChanged, rule.ParamRemoved,
		rule.ParamNowOptional, rule.ParamNowSensitive, rule.HeaderRemoved,
	}
	explaining = append([]string{
		rule.CodeRenamed, rule.GoNameChanged, rule.ParamAdded, rule.ParamOrderChanged,
		rule.ParamNowRequired,
	}, losing...)
)

// taken compares which params each variant takes, and so what its Go constructor takes and what its
// bodies hold, unless something that was told of the code explains that.
func (p *pair) taken(told []Change) {
	explains := func(rules []string) bool {
		return slices.ContainsFunc(told, func(ch Change) bool {
			isRead := ch.Rule != rule.ParamRemoved || ch.Category != rule.SourceGo // else it was sensitive
			return ch.Severity == diag.Error && isRead && slices.Contains(rules, ch.Rule)
		})
	}
	if explains(losing) {
		return
	}
	var changed []string
	for _, c := range p.constructors() {
		if lost := p.lost(c.was, c.now); lost != "" {
			text := say("the param ", name(lost), " was removed from bodies with the message ",
				quote(c.now.Message.String()))
			p.add(rule.ParamRemoved, text, []string{"params", lost})
			return
		}
		if !slices.Equal(arguments(p.was, c.was), arguments(p.now, c.now)) {
			changed = append(changed, c.name)
		}
	}
	if changed == nil || explains(explaining) {
		return
	}
	subject := "the Go constructor "
	if len(changed) > 1 {
		subject = "each of the Go constructors "
	}
	object := " now takes other params"
	if p.now.TakesStruct() {
		object = " now takes the params as a struct"
	}
	p.add(rule.ConstructorChanged, say(subject, names(changed), object), []string{"params"})
}

// lost returns a param that a variant's bodies held and do not hold any more; "" if there is none.
func (p *pair) lost(was, now *catalog.Variant) string {
	before, after := p.was.Takes(was), p.now.Takes(now)
	for i := range p.was.Params {
		n := p.was.Params[i].Name
		if p.carries(n) && !p.was.Params[i].Sensitive && !p.was.Internal && before[n] && !after[n] {
			return n
		}
	}
	return ""
}

// carries reports whether the bodies of both versions have a param: in a member of its own, or
// among all of them, unless it was apart.
func (p *pair) carries(param string) bool {
	was := p.was.Param(param)
	return p.c.wire[catalog.RoleParam+catalog.Role(param)] ||
		p.c.wire[catalog.RoleParams] && (was == nil || !was.Apart)
}

// arguments returns what a constructor takes: the params struct, or params by name.
func arguments(e *catalog.Entry, v *catalog.Variant) (list []string) {
	if e.TakesStruct() {
		return []string{"the struct " + goname.Of(e).Entry.Params}
	}
	takes := e.Takes(v)
	for i := range e.Params {
		if takes[e.Params[i].Name] {
			list = append(list, e.Params[i].Name)
		}
	}
	return list
}

// order compares the order of the params. It harms callers of a constructor that took two of them
// one by one, and still does.
func (p *pair) order() {
	var was, now []string
	for i := range p.was.Params {
		if n := p.now.Param(p.was.Params[i].Name); n != nil && !n.Optional && !p.was.Params[i].Optional {
			was = append(was, n.Name)
		}
	}
	for i := range p.now.Params {
		if slices.Contains(was, p.now.Params[i].Name) {
			now = append(now, p.now.Params[i].Name)
		}
	}
	if slices.Equal(was, now) {
		return
	}
	ch := change(rule.ParamOrderChanged,
		say("the order of the params changed from ", names(was), " to ", names(now)),
		in(p.was, "params"), in(p.now, "params"))
	if !slices.ContainsFunc(p.constructors(), p.swaps) {
		ch = ch.harmless()
	}
	p.note(ch)
}

// swaps reports whether a constructor takes the same arguments in another order.
func (p *pair) swaps(c constructor) bool {
	was, now := arguments(p.was, c.was), arguments(p.now, c.now)
	common := func(list, others []string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(s string) bool {
			return !slices.Contains(others, s)
		})
	}
	return !slices.Equal(common(was, now), common(now, was))
}

// typeOf is a type in words: int; list of string; map of object; an enum.
func typeOf(t *catalog.Type) string {
	switch {
	case t.Enum != nil:
		return "an enum"
	case t.Elem != nil:
		return t.Kind.String() + " of " + typeOf(t.Elem)
	default:
		return t.Kind.String()
	}
}

// shapeOf is a type with all that is in it, but for the values of enums.
func shapeOf(t *catalog.Type) string {
	if t.Elem != nil {
		return t.Kind.String() + " of " + shapeOf(t.Elem)
	}
	fields := make([]string, len(t.Fields))
	for i := range t.Fields {
		f := &t.Fields[i]
		fields[i] = fmt.Sprint(f.Name, " ", shapeOf(&f.Type), " ", f.Optional)
	}
	slices.Sort(fields)
	return typeOf(t) + "{" + strings.Join(fields, ", ") + "}"
}

// values compares the constants that docs and code share.
func (p *pair) values() {
	for i := range p.was.Values {
		was := &p.was.Values[i]
		now := valueNamed(p.now.Values, was.Name)
		key := []string{"values", was.Name}
		if now == nil {
			p.add(rule.ValueRemoved, say("the value ", name(was.Name), " was removed"), key)
			continue
		}
		p.value(was, now, key)
		before, after := goname.ForValue(p.goWas.Stem, was), goname.ForValue(p.goNow.Stem, now)
		if before != after && p.goWas.Stem == p.goNow.Stem {
			p.add(rule.GoNameChanged,
				say("the Go constant ", name(before), " was renamed to ", name(after)),
				append(key, "go_name"))
		}
	}
	for i := range p.now.Values {
		if now := &p.now.Values[i]; valueNamed(p.was.Values, now.Name) == nil {
			p.note(change(rule.ValueAdded, say("a new value ", name(now.Name), ", ", quoteValue(now.Value)),
				Place{}, in(p.now, "values", now.Name)))
		}
	}
}

func valueNamed(list []catalog.Value, name string) *catalog.Value {
	for i := range list {
		if list[i].Name == name {
			return &list[i]
		}
	}
	return nil
}

func (p *pair) value(was, now *catalog.Value, key []string) {
	key = append(slices.Clone(key), "value")
	switch {
	case valueType(was.Value) != valueType(now.Value):
		text := say("the value ", name(was.Name),
			" changed from ", valueType(was.Value), " (", quoteValue(was.Value), ")",
			" to ", valueType(now.Value), " (", quoteValue(now.Value), ")")
		p.add(rule.ValueTypeChanged, text, key)
	case !reflect.DeepEqual(was.Value, now.Value):
		text := say("the value ", name(was.Name), " changed from ", quoteValue(was.Value),
			" to ", quoteValue(now.Value))
		ch := change(rule.ValueChanged, text, in(p.was, key...), in(p.now, key...))
		if lower(was.Value, now.Value) {
			ch.Severity = diag.Warning
		}
		p.note(ch)
	}
}

// lower reports whether a limit is lower now. What is written with a fraction is a rate or a factor
// more often than a limit.
func lower(was, now value.Value) bool {
	switch was.Kind {
	case value.Int, value.Bytes, value.Duration:
		return now.Int < was.Int
	default:
		return false
	}
}

// valueType is the type of a value's Go constant, in the catalog's words.
func valueType(v value.Value) string {
	if v.Kind != value.List {
		return v.Kind.String()
	}
	return "list of " + v.List[0].Kind.String() // a list is never empty
}

func quoteValue(v value.Value) Piece {
	if v.Kind == value.String {
		return quote(v.Str)
	}
	return name(v.Text())
}

// names compares the Go names that do not follow from anything else.
func (p *pair) names() {
	if p.was.Code == p.now.Code && p.goWas.Stem != p.goNow.Stem {
		before := names([]string{p.goWas.Code, p.goWas.Type})
		after := names([]string{p.goNow.Code, p.goNow.Type})
		ch := change(rule.GoNameChanged, say("its Go names changed from ", before, " to ", after),
			in(p.was, "go_name"), in(p.now, "go_name"))
		if was, now := p.pythonClasses(); was != now {
			ch.Also = rule.SourcePython
			python := say("; the Python class changed from ", name(was), " to ", name(now))
			ch.Text = append(ch.Text, python...)
		}
		p.note(ch)
		return
	}
	for i := range p.was.Variants {
		at := variant(p.now, p.was.Variants[i].ID)
		if at < 0 || p.goWas.Stem != p.goNow.Stem {
			continue
		}
		was, now := p.goWas.Variants[i], p.goNow.Variants[at]
		if was.New == now.New {
			continue
		}
		n := fmt.Sprint(at)
		text := say("the Go names ", names([]string{was.Const, was.New}),
			" are now ", names([]string{now.Const, now.New}))
		p.note(change(rule.GoNameChanged, text,
			in(p.was, "variants", fmt.Sprint(i), "go_name"), in(p.now, "variants", n, "go_name")))
	}
}
