package hostile

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/syntax"
)

// An editor changes a catalog as an author would: one code, param or member at a time. What an edit
// leaves behind, such as a placeholder of a param that is gone, it changes too, most of the time.
type editor struct {
	*composer
	root *yaml.Node
}

// newEditor returns an editor of a catalog. New parts are composed.
func newEditor(r *rand.Rand, root *yaml.Node) *editor {
	e := &editor{&composer{dice: dice{r}, made: r.IntN(100)}, root}
	for _, at := range e.errors() {
		e.codes = append(e.codes, get(at.node, "code").Value)
	}
	e.codes = append(e.codes, e.some(codeNames, 3, 3)...)
	e.params = e.some(paramNames, 4, 8)
	e.policies = keys(get(root, "retry_policies"))
	if e.policies == nil {
		e.policies = e.some(ids, 1, 1)
	}
	e.meta = e.some(metaNames, 1, 2)
	e.carries = get(root, "envelope") == nil || has(get(root, "envelope"), "$params")
	return e
}

// edits changes a catalog so many times, and returns the names of the edits.
func (e *editor) edits(n int) (made []string) {
	for range 20 * n {
		if len(made) == n {
			break
		}
		if change := edits[e.IntN(len(edits))]; change.make(e) {
			made = append(made, change.name)
		}
	}
	return made
}

// edits are the changes that an author may make. One that finds nothing to change returns false.
var edits = []struct {
	name string
	make func(*editor) bool
}{
	{"remove a code", (*editor).removeCode},
	{"add a code", (*editor).addCode},
	{"rename a code", (*editor).renameCode},
	{"retire a code", (*editor).retireCode},
	{"remove a tombstone", (*editor).removeTombstone},
	{"use a retired code", (*editor).reuseCode},
	{"swap two codes", (*editor).swapCodes},
	{"copy a code", (*editor).copyCode},
	{"move a code", (*editor).moveCode},
	{"reorder codes", (*editor).reorderCodes},
	{"rename a group", (*editor).renameGroup},
	{"reorder groups", func(e *editor) bool { return e.shuffle(get(e.root, "groups")) }},
	{"change a key of a code", func(e *editor) bool { return e.changeKey("error", e.code()) }},
	{"change a key of a code", func(e *editor) bool { return e.changeKey("error", e.code()) }},
	{"name a code in Go", (*editor).nameInGo},
	{"change the statuses", (*editor).changeStatuses},
	{"change the visibility", func(e *editor) bool {
		return e.toggle(e.code(), "visibility", "internal")
	}},
	{"change the stability", func(e *editor) bool {
		return e.toggle(e.code(), "stability", "experimental")
	}},
	{"omit the code", func(e *editor) bool { return e.toggle(e.code(), "anonymous", "true") }},
	{"reword a message", (*editor).rewordMessage},
	{"make a variant of the message", (*editor).makeVariants},
	{"remove a variant", (*editor).removeVariant},
	{"add a variant", (*editor).addVariant},
	{"rename a variant", (*editor).renameVariant},
	{"reorder variants", func(e *editor) bool { return e.shuffle(get(e.code(), "variants")) }},
	{"remove a param", (*editor).removeParam},
	{"add a param", (*editor).addParam},
	{"rename a param", (*editor).renameParam},
	{"reorder params", func(e *editor) bool { return e.reorder(get(e.code(), "params")) }},
	{"change a param", (*editor).changeParam},
	{"make a param optional", func(e *editor) bool { return e.toggleParam("optional") }},
	{"make a param sensitive", func(e *editor) bool { return e.toggleParam("sensitive") }},
	{"make a param a detail", func(e *editor) bool { return e.toggleParam("detail") }},
	{"change a nested type", (*editor).changeNested},
	{"change a nested type", (*editor).changeNested},
	{"remove a header", func(e *editor) bool { return e.removeFrom(get(e.code(), "headers")) }},
	{"add a header", (*editor).addHeader},
	{"remove a value", func(e *editor) bool { return e.removeFrom(get(e.code(), "values")) }},
	{"change a value", (*editor).changeValue},
	{"add a value", (*editor).addValue},
	{"change a retry policy", (*editor).changePolicy},
	{"change a constant", (*editor).changeMeta},
	{"change a member of the body", (*editor).changeMember},
	{"change a member of the body", (*editor).changeMember},
	{"add a member to the body", (*editor).addMember},
	{"remove a member of the body", (*editor).removeMember},
	{"rename a member of the body", (*editor).renameMember},
	{"reorder the body", func(e *editor) bool { return e.reorder(e.bodyObject()) }},
	{"wrap the body", (*editor).wrapBody},
	{"change a list of the body", (*editor).changeList},
	{"change a key of the envelope", func(e *editor) bool {
		return e.changeKey("envelope", get(e.root, "envelope"))
	}},
	{"change a key of the catalog", (*editor).changeRoot},
}

// clone returns a copy of a tree.
func clone(n *yaml.Node) *yaml.Node {
	if n == nil {
		return nil
	}
	c := *n
	c.Content = make([]*yaml.Node, len(n.Content))
	for i := range n.Content {
		c.Content[i] = clone(n.Content[i])
	}
	return &c
}

// keys returns the keys of a mapping.
func keys(n *yaml.Node) (list []string) {
	for i := 0; n != nil && n.Kind == yaml.MappingNode && i < len(n.Content); i += 2 {
		list = append(list, n.Content[i].Value)
	}
	return list
}

// has reports whether a scalar in a tree has a text in it.
func has(n *yaml.Node, text string) bool {
	return n != nil && (n.Kind == yaml.ScalarNode && strings.Contains(n.Value, text) ||
		slices.ContainsFunc(n.Content, func(n *yaml.Node) bool { return has(n, text) }))
}

// replaceIn replaces a text in the scalars of a tree.
func replaceIn(n *yaml.Node, text, by string) {
	if n == nil {
		return
	}
	if n.Kind == yaml.ScalarNode && strings.Contains(n.Value, text) {
		n.Value = strings.ReplaceAll(n.Value, text, by)
	}
	for _, inner := range n.Content {
		replaceIn(inner, text, by)
	}
}

// A placedError is one with the list that it is in.
type placedError struct{ node, list *yaml.Node }

// errors returns the errors of all groups.
func (e *editor) errors() (all []placedError) {
	if groups := get(e.root, "groups"); groups != nil {
		for _, g := range groups.Content {
			if list := get(g, "errors"); list != nil {
				for _, n := range list.Content {
					if get(n, "code") != nil {
						all = append(all, placedError{n, list})
					}
				}
			}
		}
	}
	return all
}

// code returns one of the errors; nil: there is none.
func (e *editor) code() *yaml.Node { return e.placed().node }

func (e *editor) placed() placedError {
	all := e.errors()
	if len(all) == 0 {
		return placedError{}
	}
	return all[e.IntN(len(all))]
}

// index returns the place of an element of a list that has one; -1: there is none.
func (e *editor) index(n *yaml.Node) int {
	if n == nil || n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		return -1
	}
	return e.IntN(len(n.Content))
}

// keyOf returns the place of a key in a mapping's content; -1: it has none.
func (e *editor) keyOf(n *yaml.Node) int {
	if n == nil || n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		return -1
	}
	return 2 * e.IntN(len(n.Content)/2)
}

func (e *editor) removeFrom(n *yaml.Node) bool {
	i := e.keyOf(n)
	if i < 0 {
		return false
	}
	n.Content = slices.Delete(n.Content, i, i+2)
	return true
}

func (e *editor) shuffle(n *yaml.Node) bool {
	if n == nil || n.Kind != yaml.SequenceNode || len(n.Content) < 2 {
		return false
	}
	e.Shuffle(len(n.Content), func(i, j int) {
		n.Content[i], n.Content[j] = n.Content[j], n.Content[i]
	})
	return true
}

// reorder puts the keys of a mapping into another order.
func (e *editor) reorder(n *yaml.Node) bool {
	if n == nil || n.Kind != yaml.MappingNode || len(n.Content) < 4 {
		return false
	}
	e.Shuffle(len(n.Content)/2, func(i, j int) {
		i, j = 2*i, 2*j
		n.Content[i], n.Content[j] = n.Content[j], n.Content[i]
		n.Content[i+1], n.Content[j+1] = n.Content[j+1], n.Content[i+1]
	})
	return true
}

func (e *editor) toggle(n *yaml.Node, key, value string) bool {
	if n == nil {
		return false
	}
	if is(n, key, value) {
		set(n, key, nil)
	} else {
		set(n, key, plain(value))
	}
	return true
}

// typeNamed returns a type of the format, such as error or envelope.
func typeNamed(name string) *syntax.Type {
	var find func(t *syntax.Type, seen map[*syntax.Type]bool) *syntax.Type
	find = func(t *syntax.Type, seen map[*syntax.Type]bool) *syntax.Type {
		if t == nil || seen[t] {
			return nil
		}
		seen[t] = true
		if t.Name == name && t.Kind == syntax.Object {
			return t
		}
		inner := []*syntax.Type{t.Item}
		for _, f := range t.Fields {
			inner = append(inner, f.Type)
		}
		for _, a := range t.Alternatives {
			inner = append(inner, a.Type)
		}
		for _, i := range inner {
			if found := find(i, seen); found != nil {
				return found
			}
		}
		return nil
	}
	return find(syntax.Format(), map[*syntax.Type]bool{})
}

// changeKey composes the value of one key of an object again, or removes it.
func (e *editor) changeKey(name string, n *yaml.Node) bool {
	if n == nil {
		return false
	}
	t := typeNamed(name)
	f := t.Fields[e.IntN(len(t.Fields))]
	if f.Key == "code" || f.Key == "body" {
		return false
	}
	if get(n, f.Key) != nil && !f.Required && e.one(3) {
		set(n, f.Key, nil)
		return true
	}
	switch f.Key {
	case "message", "variants", "headers", "params":
		return false // these have edits of their own
	}
	set(n, f.Key, e.value(f.Type, name+"."+f.Key))
	return true
}

func (e *editor) removeCode() bool {
	at := e.placed()
	if at.node == nil {
		return false
	}
	at.list.Content = slices.DeleteFunc(at.list.Content,
		func(n *yaml.Node) bool { return n == at.node })
	return true
}

func (e *editor) addCode() bool {
	at := e.placed()
	if at.node == nil {
		return false
	}
	n := e.object(typeNamed("error"))
	i := e.IntN(len(at.list.Content) + 1)
	at.list.Content = slices.Insert(at.list.Content, i, n)
	return true
}

// freeCode returns a name that no code has.
func (e *editor) freeCode() string {
	for {
		code := e.pick(codeNames)
		used := slices.ContainsFunc(e.errors(), func(p placedError) bool {
			return is(p.node, "code", code)
		})
		if !used {
			return code
		}
	}
}

func (e *editor) renameCode() bool {
	n := e.code()
	if n == nil {
		return false
	}
	was, now := get(n, "code").Value, e.freeCode()
	e.refer(was, now)
	set(n, "code", str(now))
	return true
}

// refer makes what refers to a code refer to another.
func (e *editor) refer(was, now string) {
	var walk func(n *yaml.Node, key string)
	walk = func(n *yaml.Node, key string) {
		switch n.Kind {
		case yaml.ScalarNode:
			if n.Value == was && (key == "see" || key == "use" || key == "codes") {
				*n = *str(now)
			}
		case yaml.MappingNode:
			for i := 0; i < len(n.Content); i += 2 {
				walk(n.Content[i+1], n.Content[i].Value)
			}
		default:
			for _, inner := range n.Content {
				walk(inner, key)
			}
		}
	}
	walk(e.root, "")
}

func (e *editor) retireCode() bool {
	at := e.placed()
	if at.node == nil {
		return false
	}
	retired := get(e.root, "retired")
	if retired == nil {
		retired = list()
		retired.Style = 0
		set(e.root, "retired", retired)
	}
	t := mapping(str("code"), clone(get(at.node, "code")))
	at.list.Content = slices.DeleteFunc(at.list.Content,
		func(n *yaml.Node) bool { return n == at.node })
	if other := e.code(); other != nil && e.one(2) {
		set(t, "use", clone(get(other, "code")))
		e.refer(get(at.node, "code").Value, get(other, "code").Value)
	}
	retired.Content = append(retired.Content, t)
	return true
}

func (e *editor) removeTombstone() bool {
	retired := get(e.root, "retired")
	i := e.index(retired)
	if i < 0 {
		return false
	}
	retired.Content = slices.Delete(retired.Content, i, i+1)
	return true
}

func (e *editor) reuseCode() bool {
	retired, n := get(e.root, "retired"), e.code()
	i := e.index(retired)
	if i < 0 || n == nil {
		return false
	}
	code := get(retired.Content[i], "code")
	retired.Content = slices.Delete(retired.Content, i, i+1)
	if e.one(2) {
		e.refer(get(n, "code").Value, code.Value)
		set(n, "code", code)
		return true
	}
	return e.copyAs(code)
}

func (e *editor) swapCodes() bool {
	all := e.errors()
	if len(all) < 2 {
		return false
	}
	e.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	a, b := all[0].node, all[1].node
	was := get(a, "code")
	set(a, "code", get(b, "code"))
	set(b, "code", was)
	return true
}

func (e *editor) copyCode() bool { return e.copyAs(str(e.freeCode())) }

func (e *editor) copyAs(code *yaml.Node) bool {
	at := e.placed()
	if at.node == nil {
		return false
	}
	n := clone(at.node)
	set(n, "code", code)
	set(n, "go_name", nil)
	at.list.Content = append(at.list.Content, n)
	return true
}

func (e *editor) moveCode() bool {
	groups, at := get(e.root, "groups"), e.placed()
	if at.node == nil {
		return false
	}
	g := groups.Content[e.IntN(len(groups.Content))]
	if len(groups.Content) < 3 && e.one(2) {
		g = mapping(str("id"), str(e.pick(ids)+"-new"), str("title"), str("New"))
		groups.Content = append(groups.Content, g)
	}
	at.list.Content = slices.DeleteFunc(at.list.Content,
		func(n *yaml.Node) bool { return n == at.node })
	if get(g, "errors") == nil {
		n := list()
		n.Style = 0
		set(g, "errors", n)
	}
	to := get(g, "errors")
	to.Content = append(to.Content, at.node)
	return true
}

func (e *editor) reorderCodes() bool {
	at := e.placed()
	return at.list != nil && e.shuffle(at.list)
}

func (e *editor) renameGroup() bool {
	groups := get(e.root, "groups")
	i := e.index(groups)
	if i < 0 {
		return false
	}
	set(groups.Content[i], "id", str(e.pick(ids)+"-renamed"))
	return true
}

// nameInGo gives something of a code another name in Go, or the one that follows.
func (e *editor) nameInGo() bool {
	n := e.code()
	for _, key := range []string{"params", "values"} {
		if inner := get(n, key); e.keyOf(inner) >= 0 && e.one(3) {
			n = inner.Content[e.keyOf(inner)+1]
		}
	}
	if v := get(n, "variants"); e.index(v) >= 0 && e.one(2) {
		n = v.Content[e.index(v)]
	}
	if n == nil || n.Kind != yaml.MappingNode {
		return false
	}
	if get(n, "go_name") != nil && e.one(2) {
		set(n, "go_name", nil)
	} else {
		set(n, "go_name", str(e.pick(goNames)))
	}
	return true
}

func (e *editor) changeStatuses() bool {
	n := e.code()
	if n == nil {
		return false
	}
	status := get(n, "status")
	if status != nil && status.Kind == yaml.SequenceNode {
		i := e.index(status)
		switch e.IntN(3) {
		case 0:
			return e.shuffle(status)
		case 1:
			if len(status.Content) > 1 {
				status.Content = slices.Delete(status.Content, i, i+1)
				return true
			}
		}
		status.Content = append(status.Content, plain(e.pick([]string{"402", "502", "504"})))
		return true
	}
	set(n, "status", meanings["error.status"](e.composer))
	return true
}

// messagesOf returns the messages of an error: its own or those of its variants.
func messagesOf(n *yaml.Node) (all []*yaml.Node) {
	if v := get(n, "variants"); v != nil {
		for _, variant := range v.Content {
			if m := get(variant, "message"); m != nil {
				all = append(all, m)
			}
		}
	} else if m := get(n, "message"); m != nil {
		all = append(all, m)
	}
	return all
}

func (e *editor) rewordMessage() bool {
	n := e.code()
	all := messagesOf(n)
	if len(all) == 0 {
		return false
	}
	m := all[e.IntN(len(all))]
	params := get(n, "params")
	switch i := e.keyOf(params); {
	case i >= 0 && e.one(3):
		*m = *str(m.Value + " ${" + params.Content[i].Value + "}")
	case i >= 0 && e.one(3):
		*m = *str(strings.ReplaceAll(m.Value, "${"+params.Content[i].Value+"}", "it"))
	case e.one(6):
		*m = *plain("null")
	default:
		*m = *str("Again: " + m.Value)
	}
	return true
}

// makeVariants makes the message of a code its only variant, or the other way round.
func (e *editor) makeVariants() bool {
	n := e.code()
	v := get(n, "variants")
	if v == nil {
		if get(n, "message") == nil {
			return false
		}
		variant := mapping(str("id"), str(e.pick(variants)), str("message"), get(n, "message"))
		set(n, "message", nil)
		items := list(variant)
		items.Style = 0
		set(n, "variants", items)
		return true
	}
	i := e.index(v)
	if i < 0 || get(v.Content[i], "message") == nil {
		return false
	}
	set(n, "message", get(v.Content[i], "message"))
	set(n, "variants", nil)
	return true
}

func (e *editor) removeVariant() bool {
	v := get(e.code(), "variants")
	i := e.index(v)
	if i < 0 || len(v.Content) < 2 {
		return false
	}
	v.Content = slices.Delete(v.Content, i, i+1)
	return true
}

func (e *editor) addVariant() bool {
	n := e.code()
	v := get(n, "variants")
	if v == nil {
		return false
	}
	text := "Another case"
	if i := e.keyOf(get(n, "params")); i >= 0 && e.one(2) {
		text += " of ${" + get(n, "params").Content[i].Value + "}"
	}
	v.Content = append(v.Content, mapping(str("id"), str(e.pick(variants)), str("message"), str(text)))
	return true
}

func (e *editor) renameVariant() bool {
	v := get(e.code(), "variants")
	i := e.index(v)
	if i < 0 {
		return false
	}
	set(v.Content[i], "id", str(e.pick(variants)))
	return true
}

// param returns the params of a code that has some, and the place of one of them.
func (e *editor) param() (code, params *yaml.Node, at int) {
	all := e.errors()
	e.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	for _, p := range all {
		params := get(p.node, "params")
		if i := e.keyOf(params); i >= 0 && params.Content[i+1].Kind == yaml.MappingNode {
			return p.node, params, i
		}
	}
	return nil, nil, -1
}

func (e *editor) removeParam() bool {
	n, params, i := e.param()
	if n == nil {
		return false
	}
	name := "${" + params.Content[i].Value + "}"
	params.Content = slices.Delete(params.Content, i, i+2)
	for _, m := range messagesOf(n) {
		replaceIn(m, name, "it")
	}
	replaceIn(get(n, "headers"), name, "it")
	return true
}

func (e *editor) addParam() bool {
	n := e.code()
	if n == nil {
		return false
	}
	params := get(n, "params")
	if params == nil {
		params = mapping()
		set(n, "params", params)
	}
	name := e.pick(paramNames)
	if get(params, name) != nil {
		return false
	}
	p := e.object(paramType())
	i := 2 * e.IntN(len(params.Content)/2+1)
	params.Content = slices.Insert(params.Content, i, str(name), p)
	all := messagesOf(n)
	if is(p, "detail", "true") || is(p, "sensitive", "true") || len(all) == 0 ||
		slices.Contains(inBody, get(p, "type").Value) {
		return true
	}
	m := all[e.IntN(len(all))]
	*m = *str(m.Value + ": ${" + name + "}")
	return true
}

func (e *editor) renameParam() bool {
	n, params, i := e.param()
	if n == nil {
		return false
	}
	was, now := params.Content[i].Value, e.pick(paramNames)
	if get(params, now) != nil {
		return false
	}
	params.Content[i] = str(now)
	for _, m := range messagesOf(n) {
		replaceIn(m, "${"+was+"}", "${"+now+"}")
	}
	replaceIn(get(n, "headers"), "${"+was+"}", "${"+now+"}")
	return true
}

func (e *editor) changeParam() bool {
	n, params, i := e.param()
	if n == nil {
		return false
	}
	p := params.Content[i+1]
	t := paramType()
	f := t.Fields[e.IntN(len(t.Fields))]
	switch {
	case f.Key == "example" && get(p, "type") != nil:
		set(p, "example", e.exampleOf(p))
	case get(p, f.Key) != nil && !f.Required && e.one(2):
		set(p, f.Key, nil)
	default:
		set(p, f.Key, e.value(f.Type, "param."+f.Key))
	}
	if get(p, "type") == nil {
		return true
	}
	if get(p, "type").Kind == yaml.ScalarNode {
		e.paramAgrees(p)
	}
	return true
}

func (e *editor) toggleParam(key string) bool {
	n, params, i := e.param()
	if n == nil || !e.toggle(params.Content[i+1], key, "true") {
		return false
	}
	if p := params.Content[i+1]; is(p, "sensitive", "true") || is(p, "optional", "true") ||
		is(p, "detail", "true") {
		for _, m := range messagesOf(n) {
			replaceIn(m, "${"+params.Content[i].Value+"}", "it")
		}
		if is(p, "sensitive", "true") {
			set(p, "example", nil)
			set(p, "detail", nil)
		}
	}
	return true
}

// changeNested changes a type within the type of a param.
func (e *editor) changeNested() bool {
	n, params, i := e.param()
	if n == nil {
		return false
	}
	p := params.Content[i+1]
	var inner []*yaml.Node
	var walk func(t *yaml.Node)
	walk = func(t *yaml.Node) {
		if t == nil || t.Kind != yaml.MappingNode {
			return
		}
		inner = append(inner, t)
		walk(get(t, "items"))
		walk(get(t, "values"))
		if fields := get(t, "fields"); fields != nil && fields.Kind == yaml.MappingNode {
			for i := 1; i < len(fields.Content); i += 2 {
				walk(fields.Content[i])
			}
		}
	}
	walk(p)
	t := inner[e.IntN(len(inner))]
	fields, enum := get(t, "fields"), get(t, "enum")
	set(p, "example", nil) // what it was may not fit
	switch {
	case enum != nil && e.one(2):
		enum.Content = append(enum.Content, str(e.pick([]string{"more", "a", "A", "<", "x y"})))
	case enum != nil && len(enum.Content) > 1:
		i := e.index(enum)
		enum.Content = slices.Delete(enum.Content, i, i+1)
	case fields != nil && e.keyOf(fields) >= 0:
		i := e.keyOf(fields)
		switch e.IntN(5) {
		case 0:
			if len(fields.Content) > 2 {
				fields.Content = slices.Delete(fields.Content, i, i+2)
			}
		case 1:
			fields.Content[i] = str(e.pick(fieldNames))
		case 2:
			return e.reorder(fields)
		case 3:
			fields.Content[i+1] = e.field(2)
		default:
			fields.Content = append(fields.Content, str(e.pick(fieldNames)+"_new"), e.field(2))
		}
	case get(t, "items") != nil:
		set(t, "items", e.element(2))
	case get(t, "values") != nil:
		set(t, "values", e.element(2))
	default:
		return false
	}
	return true
}

func (e *editor) addHeader() bool {
	n := e.code()
	if n == nil {
		return false
	}
	h := get(n, "headers")
	if h == nil {
		h = mapping()
		set(n, "headers", h)
	}
	value := "x"
	if i := e.keyOf(get(n, "params")); i >= 0 && e.one(2) {
		value = "${" + get(n, "params").Content[i].Value + "}"
	}
	set(h, e.pick(headers), str(value))
	return true
}

func (e *editor) changeValue() bool {
	for _, at := range e.errors() {
		v := get(at.node, "values")
		if i := e.keyOf(v); i >= 0 && e.one(2) {
			v.Content[i+1] = e.literal()
			return true
		}
	}
	return false
}

func (e *editor) addValue() bool {
	n := e.code()
	if n == nil {
		return false
	}
	v := get(n, "values")
	if v == nil {
		v = mapping()
		set(n, "values", v)
	}
	set(v, e.pick(paramNames), e.literal())
	return true
}

func (e *editor) changePolicy() bool {
	policies := get(e.root, "retry_policies")
	i := e.keyOf(policies)
	if i < 0 {
		return false
	}
	return e.changeKey("retry policy", policies.Content[i+1])
}

func (e *editor) changeMeta() bool {
	groups := get(e.root, "groups")
	n := e.code()
	if i := e.index(groups); i >= 0 && e.one(2) {
		n = groups.Content[i]
	}
	if n == nil {
		return false
	}
	m := get(n, "meta")
	if m == nil {
		m = mapping()
		set(n, "meta", m)
	}
	if e.one(3) && e.removeFrom(m) {
		return true
	}
	set(m, e.pick(e.meta), plain(e.pick([]string{"1", "a", "true", "b c"})))
	return true
}

// isBody reports whether an object may have members of the body of a response.
func isBody(n *yaml.Node) bool { return get(n, "$or") == nil && get(n, "$each") == nil }

// bodyNode returns a node of the body of which something holds; nil: there is none.
func (e *editor) bodyNode(is func(*yaml.Node) bool) *yaml.Node {
	var all []*yaml.Node
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		if n == nil {
			return
		}
		if is(n) {
			all = append(all, n)
		}
		for _, inner := range n.Content {
			walk(inner)
		}
	}
	walk(get(get(e.root, "envelope"), "body"))
	if all == nil {
		return nil
	}
	return all[e.IntN(len(all))]
}

// bodyObject returns an object with members of the body; nil: there is none.
func (e *editor) bodyObject() *yaml.Node {
	return e.bodyNode(func(n *yaml.Node) bool { return n.Kind == yaml.MappingNode && isBody(n) })
}

func (e *editor) changeMember() bool {
	n := e.bodyObject()
	i := e.keyOf(n)
	if i < 0 {
		return false
	}
	n.Content[i+1] = e.member()
	return true
}

// member is a new value of a member of the body.
func (e *editor) member() *yaml.Node {
	role := str(e.pick([]string{
		"$code", "$message", "$status", "$status_string", "$status_text", "$title", "$type", "$docs_url",
		"$variant", "$request_id", "$instance", "$retry_after", "$service", "$group", "$params",
		"$meta." + e.pick(e.meta), "$param." + e.pick(e.params), "${code}", "x ${status}",
	}))
	switch e.IntN(6) {
	case 0:
		return e.free(1)
	case 1:
		return mapping(str("$or"), list(role, plain("null")))
	case 2:
		return mapping(str("inner"), role)
	default:
		return role
	}
}

func (e *editor) addMember() bool {
	n := e.bodyObject()
	if n == nil {
		return false
	}
	set(n, fmt.Sprint("added", e.IntN(3)), e.member())
	return true
}

func (e *editor) removeMember() bool { return e.removeFrom(e.bodyObject()) }

func (e *editor) renameMember() bool {
	n := e.bodyObject()
	i := e.keyOf(n)
	if i < 0 {
		return false
	}
	n.Content[i] = str("renamed" + fmt.Sprint(e.IntN(3)))
	return true
}

// wrapBody puts the body into a member, or into the list of a body with several errors.
func (e *editor) wrapBody() bool {
	envelope := get(e.root, "envelope")
	b := get(envelope, "body")
	if b == nil {
		return false
	}
	switch e.IntN(3) {
	case 0:
		set(envelope, "body", mapping(str("error"), b))
	case 1:
		set(envelope, "body", mapping(str("errors"), mapping(str("$each"), b)))
	default:
		if each := get(b, "$each"); each != nil {
			set(envelope, "body", each)
		} else {
			set(envelope, "body", mapping(str("list"), list(b)))
		}
	}
	return true
}

// listBody puts the members of the body into the elements of a list. Clients find some by their
// constants, and others by their places.
func (e *editor) listBody() bool {
	envelope := get(e.root, "envelope")
	b := get(envelope, "body")
	if b == nil || b.Kind != yaml.MappingNode || !isBody(b) {
		return false
	}
	var items []*yaml.Node
	for i := 0; i < len(b.Content); i += 2 {
		item := mapping(b.Content[i], b.Content[i+1])
		if !e.one(3) {
			item = mapping(str("kind"), str(fmt.Sprint("k", i)), b.Content[i], b.Content[i+1])
		}
		items = append(items, item)
	}
	set(envelope, "body", mapping(str("list"), list(items...)))
	return true
}

// changeList changes a list of the body: its order, how many elements it has, or a constant.
func (e *editor) changeList() bool {
	l := e.bodyNode(func(n *yaml.Node) bool { return n.Kind == yaml.SequenceNode })
	at := e.index(l)
	if at < 0 {
		return false
	}
	switch item := l.Content[at]; e.IntN(4) {
	case 0:
		return e.shuffle(l)
	case 1:
		l.Content = slices.Delete(l.Content, at, at+1)
	case 2:
		item := mapping(str("kind"), str(e.pick([]string{"added", "k0"})), str("added"), e.member())
		l.Content = slices.Insert(l.Content, at, item)
	default:
		if get(item, "kind") == nil {
			return false
		}
		set(item, "kind", str(e.pick([]string{"changed", "k0", "k2"})))
	}
	return true
}

// changeRoot composes the value of a key of the catalog again, or removes it.
func (e *editor) changeRoot() bool {
	key := e.pick([]string{
		"title", "description", "service", "docs_url", "type_base", "statuses", "retry_policies",
		"retry_default", "docs",
	})
	if get(e.root, key) != nil && key != "title" && e.one(3) {
		set(e.root, key, nil)
		return true
	}
	for _, f := range syntax.Format().Fields {
		if f.Key == key {
			set(e.root, key, e.value(f.Type, "catalog."+key))
			return true
		}
	}
	return false
}
