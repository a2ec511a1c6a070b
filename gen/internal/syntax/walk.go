package syntax

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/value"
)

// A walker goes once through a file's nodes, beside the definition of the format, and fills the
// tree.
type walker struct {
	file     *diag.File
	marks    bool // the file may have some of our comments
	list     *diag.List
	path     []step
	patterns map[string]*regexp.Regexp
}

func newWalker(list *diag.List) walker {
	return walker{list: list, patterns: map[string]*regexp.Regexp{}}
}

// in has the walker go through a file.
func (w *walker) in(f *diag.File) {
	w.file = f
	w.marks = bytes.Contains(f.Bytes(), []byte(anyMark))
}

// A step is a part of a key path: a key, or an index if the key is empty.
type step struct {
	key   string
	index int
	field *Field // of a key that the format has; else nil
}

func (w *walker) walk(n *yaml.Node, t *Type, into any) {
	if n.Kind == yaml.AliasNode {
		n = n.Alias
	}
	if n.Style&yaml.TaggedStyle != 0 && !isPlainTag(n) {
		w.report(diag.Diagnostic{
			Rule: rule.WrongType, Span: w.tag(n),
			Message: fmt.Sprintf("the tag %s has no meaning in a catalog", n.Tag),
			Help:    "remove the tag, or put it in quotes if you mean the text",
		})
		return
	}
	if p, ok := into.(interface{ set(*yaml.Node, *diag.File) }); ok {
		p.set(n, w.file)
	}
	switch of := into.(type) {
	case *Error:
		of.Ignores, of.Accepts = w.marked(n, ignoreWord), w.marked(n, acceptWord)
	case *Tombstone:
		of.Accepts = w.marked(n, acceptWord)
	}
	switch t.Kind {
	case OneOf:
		w.oneOf(n, t, into)
	case List:
		w.sequence(n, t, into)
	case Map:
		w.mapping(n, t, into)
	case Object:
		w.object(n, t, into)
	case Literal, Free:
		w.free(n, t, into.(*Any))
	default:
		w.scalar(n, t, into.(*Scalar))
	}
}

// tag is the place of a node's tag, or of the anchor before it.
func (w *walker) tag(n *yaml.Node) diag.Span {
	at := offset(w.file, n)
	end := bytes.IndexAny(w.file.Bytes()[at:], " \t\r\n,")
	if end < 0 {
		end = len(w.file.Bytes()) - at
	}
	return w.file.At(at, utf8.RuneCount(w.file.Bytes()[at:at+end]))
}

// isPlainTag reports whether an explicit tag says no more than the node's kind does.
func isPlainTag(n *yaml.Node) bool {
	switch n.Kind {
	case yaml.ScalarNode:
		return n.Tag == "!!str"
	case yaml.SequenceNode:
		return n.Tag == "!!seq"
	default:
		return n.Tag == "!!map"
	}
}

func (w *walker) oneOf(n *yaml.Node, t *Type, into any) {
	for _, a := range t.Alternatives {
		if fits(n, a.Type) {
			w.walk(n, a.Type, a.at(into))
			return
		}
	}
	var forms []string
	for _, a := range t.Alternatives {
		if form := a.Type.form(); !slices.Contains(forms, form) {
			forms = append(forms, form)
		}
	}
	w.wrongKind(n, need{strings.Join(forms, " or "), t})
}

func fits(n *yaml.Node, t *Type) bool {
	switch t.Kind {
	case List:
		return n.Kind == yaml.SequenceNode
	case Map:
		return n.Kind == yaml.MappingNode
	case Object:
		return n.Kind == yaml.MappingNode && (t.Signs == nil || hasSign(n, t.Signs))
	case Literal:
		return n.Kind != yaml.MappingNode
	case Free:
		return true
	default:
		return n.Kind == yaml.ScalarNode && n.Tag != "!!null"
	}
}

func hasSign(n *yaml.Node, signs []Sign) bool {
	for _, sign := range signs {
		if _, v := child(n, sign.Key); v != nil && (sign.Type == nil || sign.Type.means(resolve(v))) {
			return true
		}
	}
	return false
}

// means reports whether a node is what a sign asks for.
func (t *Type) means(n *yaml.Node) bool {
	return fits(n, t) &&
		(t.Kind == List || has(t.Choices, n.Value) || t.Elsewhere[strings.ToLower(n.Value)] != "")
}

func (w *walker) sequence(n *yaml.Node, t *Type, into any) {
	if n.Kind != yaml.SequenceNode {
		w.wrongKind(n, needOf(t))
		return
	}
	t.room(into, len(n.Content))
	skips := false // an element skips a level, which is reported once
	for i, item := range n.Content {
		if t.Most > 0 && i == t.Most {
			w.tooMany(item, t.Most)
			return
		}
		w.path = append(w.path, step{index: i})
		_, to := t.add(into)
		if p, ok := to.(interface{ setPath(Path) }); ok {
			p.setPath(w.currentPath())
		}
		if form, is := t.Item.named(item); is {
			w.nameAsKey(item, t.Item)
			if form != nil {
				w.walk(form, t.Item, to)
			}
		} else if !t.Item.skipped(item) {
			w.walk(item, t.Item, to)
		} else if !skips {
			skips = true
			w.levelSkipped(item, t.Item)
		}
		w.forget(t, into)
		w.path = w.path[:len(w.path)-1]
	}
}

// forget drops what was read last, if nobody will ask for it: there are so many errors that the
// catalog is not judged.
func (w *walker) forget(t *Type, list any) {
	if w.list.IsFull() {
		t.drop(list)
	}
}

func (g *Group) setPath(p Path)     { g.Path = p }
func (e *Error) setPath(p Path)     { e.Path = p }
func (t *Tombstone) setPath(p Path) { t.Path = p }

// currentPath is the path as groups, errors and tombstones keep it.
func (w *walker) currentPath() Path {
	p := Path{list: w.path[0].key, index: w.path[1].index}
	if len(w.path) > 3 {
		p.inner = w.path[3].index + 1
	}
	return p
}

func (w *walker) mapping(n *yaml.Node, t *Type, into any) {
	if n.Kind != yaml.MappingNode {
		w.wrongKind(n, needOf(t))
		return
	}
	pairs := w.pairs(n)
	t.room(into, len(pairs)/2)
	seen := newKeys(len(pairs) / 2)
	for i := 0; i < len(pairs); i += 2 {
		k := pairs[i]
		if t.Extensible && isExtension(k.Value) {
			continue
		}
		if t.Most > 0 && i/2 == t.Most {
			w.tooMany(k, t.Most)
			return
		}
		if !w.key(k) || !w.first(seen, k) {
			continue
		}
		w.path = append(w.path, step{key: k.Value})
		key, to := t.add(into)
		w.scalar(k, t.Key, key)
		w.walk(pairs[i+1], t.Item, to)
		w.forget(t, into)
		w.path = w.path[:len(w.path)-1]
	}
}

func (w *walker) object(n *yaml.Node, t *Type, into any) {
	if n.Kind != yaml.MappingNode {
		w.wrongKind(n, needOf(t))
		if p, ok := into.(interface{ set(*yaml.Node, *diag.File) }); ok {
			p.set(nil, nil)
		}
		return
	}
	pairs := w.pairs(n)
	written := t.written(pairs)
	var seen, held uint64 // by the index of the field; see TestFieldsFitMask
	for i := 0; i < len(pairs); i += 2 {
		k := pairs[i]
		if !w.key(k) || isExtension(k.Value) {
			continue
		}
		f := t.field(k.Value)
		if f < 0 {
			holder := t.holder(k, pairs[i+1], seen|written)
			if holder >= 0 && held&(1<<holder) != 0 {
				continue // the level that is missing is reported
			}
			if f = w.unknownKey(k, pairs[i+1], t, seen|written); f < 0 {
				if holder >= 0 {
					held |= 1 << holder
				}
				continue
			}
		}
		if seen&(1<<f) != 0 {
			w.duplicate(k, earlier(pairs[:i], k.Value))
			continue
		}
		seen |= 1 << f
		w.path = append(w.path, step{key: k.Value, field: &t.Fields[f]})
		w.walk(pairs[i+1], t.Fields[f].Type, t.Fields[f].at(into))
		w.path = w.path[:len(w.path)-1]
	}
	for f := range t.Fields {
		if t.Fields[f].Required && (seen|held)&(1<<f) == 0 && !t.elsewhere(f, seen) {
			w.missingKey(n, t, &t.Fields[f])
		}
	}
}

// elsewhere reports whether a field may be in another file, which one of the fields seen so far
// names.
func (t *Type) elsewhere(f int, seen uint64) bool {
	other := t.Fields[f].Unless
	return other != "" && seen&(1<<t.field(other)) != 0
}

func (t *Type) field(key string) int {
	for i := range t.Fields {
		if t.Fields[i].Key == key {
			return i
		}
	}
	return -1
}

// written returns the fields that a mapping has, as a mask.
func (t *Type) written(pairs []*yaml.Node) uint64 {
	var mask uint64
	for i := 0; i < len(pairs); i += 2 {
		if f := t.field(pairs[i].Value); f >= 0 {
			mask |= 1 << f
		}
	}
	return mask
}

func (w *walker) free(n *yaml.Node, t *Type, into *Any) {
	switch n.Kind {
	case yaml.ScalarNode:
		if w.tooLong(n, t) {
			return
		}
		into.Kind = AnyScalar
		into.Scalar = Scalar{n.Value, Place{n, w.file}}
		if t.Kind == Literal && n.Tag == "!!null" {
			w.wrongKind(n, needOf(t))
		}
	case yaml.SequenceNode:
		into.Kind = AnyList
		if t.Kind == Literal && len(n.Content) > MaxElements {
			w.tooMany(n.Content[MaxElements], MaxElements)
			return
		}
		into.Items = make([]Any, len(n.Content))
		for i, item := range n.Content {
			w.path = append(w.path, step{index: i})
			if item = resolve(item); t.Kind == Literal && item.Kind != yaml.ScalarNode {
				w.wrongKind(item, need{words: "a scalar: lists hold scalars"})
			} else {
				w.walk(item, t, &into.Items[i])
			}
			w.path = w.path[:len(w.path)-1]
		}
	case yaml.MappingNode:
		if t.Kind == Literal {
			w.wrongKind(n, needOf(t))
			return
		}
		w.freeMapping(n, t, into)
	}
}

func (w *walker) freeMapping(n *yaml.Node, t *Type, into *Any) {
	into.Kind = AnyMapping
	pairs := w.pairs(n)
	seen := newKeys(len(pairs) / 2)
	into.Members = make([]Entry[Any], 0, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		k := pairs[i]
		if !w.key(k) || !w.first(seen, k) {
			continue
		}
		w.path = append(w.path, step{key: k.Value})
		into.Members = append(into.Members, Entry[Any]{Key: Scalar{k.Value, Place{k, w.file}}})
		w.walk(pairs[i+1], t, &into.Members[len(into.Members)-1].Value)
		w.path = w.path[:len(w.path)-1]
	}
}

func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// scalar judges a scalar by the kind of its text. Whatever it finds, it keeps the text only if
// later stages can use it.
func (w *walker) scalar(n *yaml.Node, t *Type, into *Scalar) {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" && t.Null && describe(n) != empty {
		*into = Scalar{"", Place{n, w.file}}
		return
	}
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		w.wrongKind(n, needOf(t))
		*into = Scalar{}
		return
	}
	if w.tooLong(n, t) {
		if *into = (Scalar{}); t.Kind == Markdown {
			into.set(n, w.file) // it is not missing
		}
		return
	}
	if t.Path && isSwitch(n) {
		w.wrongKind(n, needOf(t))
		*into = Scalar{}
		return
	}
	*into = Scalar{n.Value, Place{n, w.file}}
	if mayBreak(n, w.path) {
		into.Text = lineBreaks.Replace(n.Value)
	}
	if problem, help := w.judge(t, into.Text); problem != "" {
		w.report(diag.Diagnostic{
			Rule: t.rule(), Span: into.Span(), Message: problem, Help: help,
		})
		*into = Scalar{}
	}
}

func (t *Type) rule() string {
	if t.Rule != "" {
		return t.Rule
	}
	return rule.WrongType
}

// valueKinds are the kinds of values that types of one word have.
var valueKinds = map[Kind]value.Kind{
	Number:   value.Float,
	Bool:     value.Bool,
	Duration: value.Duration,
}

// judge says what is wrong with a text, and what to write.
func (w *walker) judge(t *Type, text string) (problem, help string) {
	kind, ofOneWord := valueKinds[t.Kind]
	switch {
	case t.Kind == Int:
		return t.judgeInt(text)
	case ofOneWord:
		if _, err := value.Parse(kind, text); err != nil {
			return value.Explain(err)
		}
	case t.Choices != nil && !has(t.Choices, text):
		return t.judgeChoice(text)
	case t.Pattern != "" && !w.matches(t.Pattern, text):
		return w.judgePattern(t, text)
	}
	return "", ""
}

func (t *Type) judgeInt(text string) (problem, help string) {
	v, err := value.Parse(value.Int, text)
	switch bounded := t.Min < t.Max; {
	case err != nil:
		if problem, help = value.Explain(err); t.Looks != "" {
			help = "write " + t.Looks
		}
		return problem, help
	case bounded && (v.Int < int64(t.Min) || v.Int > int64(t.Max)):
		return fmt.Sprintf("%s is not between %d and %d", text, t.Min, t.Max),
			fmt.Sprintf("write a number from %d to %d", t.Min, t.Max)
	}
	return "", ""
}

func (t *Type) judgeChoice(text string) (problem, help string) {
	lower := strings.ToLower(text)
	hint := diag.DidYouMean(text, names(t.Choices))
	if meant := t.Elsewhere[lower]; has(t.Choices, meant) {
		hint = fmt.Sprintf("; did you mean %q?", meant)
	}
	help = t.Instead[lower]
	if help == "" {
		help = "write " + list(names(t.Choices), "or")
	}
	return fmt.Sprintf("%q is not allowed here%s", text, hint), help
}

// judgePattern names the first character that the pattern does not allow: whatever goes before it
// matches, as far as it goes.
func (w *walker) judgePattern(t *Type, text string) (problem, help string) {
	help = "write " + t.Looks
	if id := hyphened(text); t.Pattern == idPattern && w.matches(t.Pattern, id) {
		help = fmt.Sprintf("write %q", id)
	}
	for i, r := range text {
		if w.matches(t.Pattern, text[:i+utf8.RuneLen(r)]) {
			continue
		}
		if i == 0 {
			return fmt.Sprintf("%q begins with %q", text, r), help
		}
		return fmt.Sprintf("%q contains %q", text, r), help
	}
	return "the text is empty", help
}

// hyphened is a name as ids are written: card_error is card-error.
func hyphened(name string) string {
	return strings.Trim(
		strings.NewReplacer("_", "-", " ", "-", ".", "-", "/", "-").Replace(strings.ToLower(name)), "-")
}

func has(choices []Choice, text string) bool {
	for i := range choices {
		if choices[i].Value == text {
			return true
		}
	}
	return false
}

func names(choices []Choice) []string {
	names := make([]string, len(choices))
	for i := range choices {
		names[i] = choices[i].Value
	}
	return names
}

func (w *walker) matches(pattern, text string) bool {
	re := w.patterns[pattern]
	if re == nil {
		re = regexp.MustCompile(pattern)
		w.patterns[pattern] = re
	}
	return re.MatchString(text)
}

// key reports a key that is no text.
func (w *walker) key(k *yaml.Node) bool {
	if k.Kind == yaml.ScalarNode && k.Tag != "!!null" {
		return true
	}
	w.wrongKind(k, need{words: "a text as a key"})
	return false
}

// keys remembers the keys of one mapping; small ones are searched.
type keys struct {
	few  []*yaml.Node
	many map[string]*yaml.Node
}

func newKeys(n int) *keys {
	if n <= 8 {
		return &keys{few: make([]*yaml.Node, 0, n)}
	}
	return &keys{many: make(map[string]*yaml.Node, n)}
}

// first reports whether k is the first of its name, and if not, both.
func (w *walker) first(seen *keys, k *yaml.Node) bool {
	if seen.many != nil {
		if other := seen.many[k.Value]; other != nil {
			w.duplicate(k, other)
			return false
		}
		seen.many[k.Value] = k
		return true
	}
	for _, other := range seen.few {
		if other.Value == k.Value {
			w.duplicate(k, other)
			return false
		}
	}
	seen.few = append(seen.few, k)
	return true
}

func earlier(pairs []*yaml.Node, key string) *yaml.Node {
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i].Value == key {
			return pairs[i]
		}
	}
	return nil
}

// place is the span of a node.
func (w *walker) place(n *yaml.Node) diag.Span { return Place{n, w.file}.Span() }

func (w *walker) currentKeyPath() string {
	var b strings.Builder
	for _, s := range w.path {
		if s.key == "" {
			b.WriteString("[" + strconv.Itoa(s.index) + "]")
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(s.key)
	}
	return b.String()
}
