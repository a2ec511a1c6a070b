package syntax

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

// A need is what a place of the format needs: a kind of node.
type need struct {
	words string // with an article
	typ   *Type  // nil: of what has no type of its own, such as a key
}

// needOf returns what a place of a type needs.
func needOf(t *Type) need {
	if t.Choices != nil {
		return need{list(names(t.Choices), "or"), t}
	}
	return need{t.form(), t}
}

// wrongKind reports a node that is not of the kind that its place needs.
func (w *walker) wrongKind(n *yaml.Node, needs need) {
	n = resolve(n)
	help := "write " + needs.words
	for _, advice := range advices {
		if text := advice(w, n, needs); text != "" {
			help = text
			break
		}
	}
	w.report(diag.Diagnostic{
		Rule: rule.WrongType, Span: w.place(n),
		Message: fmt.Sprintf("%s must be %s; this is %s", w.subject(), needs.words, describe(n)),
		Help:    help,
	})
}

// subject names the current place, for the begin of a sentence.
func (w *walker) subject() string {
	switch at := w.here(); {
	case at == nil:
		return "the file"
	case at.key != "":
		return fmt.Sprintf("%q", at.key)
	default:
		return fmt.Sprintf("an element of %q", w.lastKey())
	}
}

// here is the last step of the path; nil at the root of a file.
func (w *walker) here() *step {
	if len(w.path) == 0 {
		return nil
	}
	return &w.path[len(w.path)-1]
}

// advices say what to write instead of a node of the wrong kind. The first one that applies
// wins.
var advices = [...]func(w *walker, n *yaml.Node, needs need) string{
	adviseEnum, adviseVariants, adviseConstant, adviseRewriting, adviseRoot, advisePath, adviseNull,
	adviseBrackets, adviseSample,
}

// adviseEnum is about the values of an enum, where those of a map belong.
func adviseEnum(_ *walker, n *yaml.Node, needs need) string {
	if needs.typ != typeSpec.Type || n.Kind != yaml.SequenceNode || len(n.Content) == 0 {
		return ""
	}
	var values []string
	for _, item := range n.Content {
		if item = resolve(item); item.Kind != yaml.ScalarNode || !quotable(item.Value) {
			return ""
		}
		values = append(values, brief(item))
	}
	return "write `enum: [" + strings.Join(values[:min(len(values), 3)], ", ") + "]` for the values " +
		"that a string may have"
}

// adviseVariants is about an error with several messages where one belongs.
func adviseVariants(w *walker, n *yaml.Node, _ need) string {
	at := len(w.path) - 1
	if at < 2 || w.path[at].name() != "message" || w.path[at-2].key != "errors" ||
		len(n.Content) == 0 {
		return ""
	}
	variants := listOf("", variant()).Type
	form := asList(variants, n)
	if n.Kind == yaml.SequenceNode {
		form = "[" + variants.Item.sampleOf(&yaml.Node{}, resolve(n.Content[0])) + ", …]"
	}
	return "write one text, or `variants: " + form + "` instead of `message`"
}

// adviseConstant is about what a constant of the envelope cannot be.
func adviseConstant(w *walker, n *yaml.Node, _ need) string {
	at := len(w.path) - 1
	switch {
	case at < 1 || w.path[at-1].key != "meta" || w.path[at-1].field == nil:
		return ""
	case n.Kind != yaml.ScalarNode:
		return "write a text, a number, true or false; if the API sends this, " +
			"write it in envelope.body, with `$meta.NAME` for each part that differs, " +
			"or send a param of type json"
	case n.Value != "":
		return fmt.Sprintf("remove the key, and write `{$or: [$meta.%s, null]}` in envelope.body: "+
			"it is null without the constant", w.path[at].key)
	}
	return ""
}

// adviseRewriting shows what was written as a list in the form of a mapping, or the reverse.
func adviseRewriting(w *walker, n *yaml.Node, needs need) string {
	at := w.here()
	if needs.typ == nil || at != nil && at.key == "" {
		return ""
	}
	key := ""
	if at != nil {
		key = at.name()
	}
	if form := rewritten(needs.typ, key, n); form != "" {
		return "write " + opposite[n.Kind] + ": `" + form + "`"
	}
	if needs.typ.Kind == List && n.Kind == yaml.MappingNode {
		return "write a list: each of its elements begins with `- `"
	}
	return ""
}

// opposite is the form in which a list, or a mapping, is rewritten.
var opposite = map[yaml.Kind]string{yaml.SequenceNode: "a mapping", yaml.MappingNode: "a list"}

func adviseRoot(w *walker, _ *yaml.Node, _ need) string {
	if w.here() == nil {
		return "begin with `version: 1`; `errspec init` writes a catalog to start from"
	}
	return ""
}

// adviseNull is about a key or an element with nothing behind it, or with a null, which its author
// may mean as a text. A required key cannot be removed.
func adviseNull(w *walker, n *yaml.Node, needs need) string {
	if n.Kind != yaml.ScalarNode || n.Tag != "!!null" {
		return ""
	}
	at, help := w.here(), "write "+needs.words
	switch {
	case needs.typ == nil || !at.isRequired():
		help += ", or " + w.removal()
	case needs.typ.sample(n) == "": // adviseSample knows better than the example of the key
		help += fmt.Sprintf(", as in `%s: %s`", at.name(), at.field.Examples[0])
	default:
		return ""
	}
	if n.Value != "" && needs.isText() {
		help += fmt.Sprintf("; if you mean the text %q, put it in quotes", n.Value)
	}
	return help
}

// isText reports whether any text would do.
func (n need) isText() bool { return n.typ == nil || n.typ.Choices == nil && isTextual(n.typ) }

func isTextual(t *Type) bool { return t.Kind == Text || t.Kind == Markdown }

// isSwitch reports whether a scalar switches something on or off: `markdown: true` asks for an
// output, and names no file.
func isSwitch(n *yaml.Node) bool {
	switch strings.ToLower(n.Value) {
	case "true", "false", "yes", "no", "on", "off":
		return n.Style == 0
	}
	return false
}

// advisePath is about a switch where a path belongs.
func advisePath(w *walker, n *yaml.Node, needs need) string {
	if needs.typ == nil || !needs.typ.Path || !isSwitch(n) {
		return ""
	}
	if at := w.here(); at.field != nil && len(at.field.Examples) > 0 {
		return fmt.Sprintf("write %s, as in `%s: %s`; if the name is really %[4]s, put it in quotes",
			needs.words, at.name(), at.field.Examples[0], n.Value)
	}
	return fmt.Sprintf("write %s; if the name is really %s, put it in quotes", needs.words, n.Value)
}

// adviseBrackets is about one element where a list of them belongs.
func adviseBrackets(_ *walker, n *yaml.Node, needs need) string {
	if needs.typ == nil || needs.typ.Kind != List || n.Kind != yaml.ScalarNode ||
		!quotable(n.Value) {
		return ""
	}
	if sample := needs.typ.Item.sample(n); sample != "" {
		return fmt.Sprintf("write a list: [%s]", sample)
	}
	return fmt.Sprintf("write a list: [%s]", n.Value)
}

// adviseSample shows an object, with what was written as the value that it needs, if that can be.
func adviseSample(w *walker, n *yaml.Node, needs need) string {
	if needs.typ == nil || needs.typ.Kind != Object && needs.typ.Kind != Map {
		return ""
	}
	at, sample := w.here(), needs.typ.sample(n)
	if sample == "" && at.field != nil && len(at.field.Examples) > 0 {
		sample = at.field.Examples[len(at.field.Examples)-1]
	}
	switch {
	case sample == "":
		return ""
	case at.key == "":
		return fmt.Sprintf("write %s, as in `- %s`", needs.words, sample)
	default:
		return fmt.Sprintf("write %s, as in `%s: %s`", needs.words, at.name(), sample)
	}
}

// removal says how to remove the value at the current position.
func (w *walker) removal() string {
	if w.here().key == "" {
		return "remove the element"
	}
	return "remove the key"
}

// name is the key as a help writes it: a misspelt one is reported already.
func (s *step) name() string {
	if s.field != nil {
		return s.field.Key
	}
	return s.key
}

// isRequired reports whether the key cannot be omitted.
func (s *step) isRequired() bool { return s.field != nil && s.field.Required }

// valueKeys are the keys whose value people write behind the name of an element, as in
// `- NOT_FOUND: not found`, from the one that they most likely mean.
var valueKeys = [...]string{"message", "url", "use", "reason", "title"}

// sampleOf is the sample of an object with a name, and with a scalar as the value that it may mean.
// The two may also be the other way round, as in `404: NOT_FOUND`.
func (t *Type) sampleOf(name, v *yaml.Node) string {
	if f := t.valueField(name); t.Fields[f].Type.accepts(name) {
		return t.sampleWith(v, f, name)
	}
	return t.sampleWith(name, t.valueField(v), v)
}

// valueField returns the field whose value a scalar most likely is; that of the name if there is
// none.
func (t *Type) valueField(v *yaml.Node) int {
	for f := range t.Fields {
		if t.Fields[f].Type.accepts(v) {
			return f
		}
	}
	for _, key := range valueKeys {
		if f := t.field(key); f >= 0 {
			return f
		}
	}
	return t.namingField()
}

// accepts reports whether a scalar is a value of a type that does not accept any text.
func (t *Type) accepts(v *yaml.Node) bool {
	if t.Kind == OneOf {
		return slices.ContainsFunc(t.Alternatives, func(a Alternative) bool { return a.Type.accepts(v) })
	}
	if t.Kind == Int {
		return isStatus(v.Value)
	}
	return has(t.Choices, v.Value)
}

// sample is an object as short as it may be: its required fields with their examples. A scalar n
// becomes the value that it may mean: `string` gives {type: string}. It is "" if the object needs
// nothing.
func (t *Type) sample(n *yaml.Node) string {
	// A text of several words is a message rather than a name.
	if f := t.field("message"); f >= 0 && strings.Contains(strings.TrimSpace(n.Value), " ") {
		return t.sampleWith(&yaml.Node{}, f, n)
	}
	return t.sampleWith(n, -1, nil)
}

// sampleWith is a sample in which a field, if at is not -1, has the value v.
func (t *Type) sampleWith(n *yaml.Node, at int, v *yaml.Node) string {
	var members []string
	n = resolve(n)
	name := t.namingField()
	for i := range t.Fields {
		f := &t.Fields[i]
		if i == at && i != name {
			members = append(members, f.Key+": "+brief(v))
			continue
		}
		if !f.Required || len(f.Examples) == 0 {
			continue
		}
		text := f.Examples[0]
		isName := i == name && quotable(n.Value)
		if link := t.field("url"); link >= 0 && strings.Contains(n.Value, "/") {
			isName = i == link && quotable(n.Value)
		}
		if n.Kind == yaml.ScalarNode && (has(f.Type.Choices, n.Value) || isName) {
			text = n.Value
		} else if meant := f.Type.Elsewhere[strings.ToLower(n.Value)]; has(f.Type.Choices, meant) {
			text = meant
		}
		members = append(members, f.Key+": "+text)
	}
	if members == nil {
		return ""
	}
	return "{" + strings.Join(members, ", ") + "}"
}

const empty = "empty"

// describe says what a node is, in the author's words if they are short.
func describe(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Tag == "!!null" && n.Value == "":
		return empty
	case n.Tag == "!!null" && n.Value == "~":
		return "null (~)"
	case n.Tag == "!!null":
		return "null"
	case quotable(n.Value):
		return fmt.Sprintf("the text %q", n.Value)
	default:
		return "a text"
	}
}
