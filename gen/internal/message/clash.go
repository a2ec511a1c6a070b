package message

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/value"
)

// A Values says which texts a param can have in a message.
type Values struct {
	Kind value.Kind
	Enum []string // of a string; nil: any
}

// A Language is the texts that a template could give.
type Language struct {
	template      Template
	values        func(name string) Values
	exact, coarse *syntax.Prog // made when asked for
}

// LanguageOf returns the language of a template. values tells what its names stand for.
func LanguageOf(t Template, values func(name string) Values) *Language {
	return &Language{template: t, values: values}
}

// Clash looks for a text that is in both languages, and returns one if there is any: then whoever
// reads it cannot tell which of the two it was.
//
// No clash is certain. A clash means that both give the text, as far as the form of their params
// goes: an enum has its own values, and a number, a bool, a size, a duration or a time is written
// as the generated package writes it. Only bounds are not looked at (numbers of more than 64 bits,
// sizes that a larger unit divides, days of a month), and enums of so many values that the search
// would take long are any text. Clash gives up, and says so, when the templates are so long that
// the search would take more than *effort steps; what it takes is subtracted.
func Clash(a, b *Language, effort *int) (text string, found, gaveUp bool) {
	if disjoint(a.template, b.template) {
		return "", false, false
	}
	if size := (length(a.template) + 1) * (length(b.template) + 1); size > min(*effort, maxStates) {
		return "", false, true // without a look at it
	}
	x, y := a.program(true), b.program(true)
	if x == nil || y == nil || len(x.Inst)*len(y.Inst) > min(*effort, enough) {
		x, y = a.program(false), b.program(false)
	}
	if x == nil || y == nil || len(x.Inst)*len(y.Inst) > min(*effort, maxStates) {
		return "", false, true
	}
	*effort -= len(x.Inst) * len(y.Inst)
	text, found = common(x, y)
	return text, found, false
}

// enough is how many steps an exact search may take.
const enough = 1 << 20

// length is how many bytes the literals of a template have.
func length(t Template) int {
	n := 0
	for _, seg := range t {
		n += len(seg.Literal)
	}
	return n
}

// maxStates bounds what one search may take: eight bytes a state.
const maxStates = 8 << 20

// Adjacent returns the first place in t where two names stand side by side: the index of the
// second. It is 0 if there is none. Where the text of the one ends and the other's begins cannot be
// told.
func (t Template) Adjacent() int {
	for i := 1; i < len(t); i++ {
		if t[i].Name != "" && t[i-1].Name != "" {
			return i
		}
	}
	return 0
}

// disjoint reports whether what goes before the first name, or comes after the last one, tells the
// two apart. Most pairs of messages differ there.
func disjoint(a, b Template) bool {
	p, q := prefix(a), prefix(b)
	if n := min(len(p), len(q)); p[:n] != q[:n] {
		return true
	}
	p, q = suffix(a), suffix(b)
	n := min(len(p), len(q))
	return p[len(p)-n:] != q[len(q)-n:]
}

func prefix(t Template) string {
	if len(t) == 0 {
		return ""
	}
	return t[0].Literal
}

func suffix(t Template) string {
	if len(t) == 0 {
		return ""
	}
	return t[len(t)-1].Literal
}

// forms are the texts of each kind, as regular expressions: all that [value.Value.Text] writes, and
// the generated package as well. A caller may give it a NaN, a negative zero or a negative size.
var forms = map[value.Kind]string{
	value.Int: `(?:0|-?[1-9][0-9]{0,18})`,
	value.Float: `(?:NaN|[-+]Inf|-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?|` +
		`-?[1-9](?:\.[0-9]*[1-9])?e(?:-[1-9][0-9]{0,2}|\+[1-9][0-9]{1,2}))`,
	value.Bool: `(?:true|false)`,
	// A size that ends in 000 has a larger unit.
	value.Bytes: `(?:0 B|-?(?:[1-9][0-9]{0,2}|` +
		`[1-9][0-9]*(?:[1-9][0-9]{2}|[0-9][1-9][0-9]|[0-9]{2}[1-9])) (?:[kMGTPE]|[KMGTPE]i)?B)`,
	value.Duration: `(?:0s|-?(?:` +
		`[1-9][0-9]{0,2}(?:ns|(?:\.[0-9]{0,2}[1-9])?µs|(?:\.[0-9]{0,5}[1-9])?ms)|` +
		seconds + `|` + minutes + seconds + `?|` +
		`[1-9][0-9]*h(?:` + minutes + `|(?:0m|` + minutes + `)` + seconds + `)?))`,
	value.Time: `(?:-?[0-9]{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])` +
		`T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{0,8}[1-9])?Z)`,
}

// Parts of a duration that are not zero.
const (
	minutes = `(?:[1-9]|[1-5][0-9])m`
	seconds = `(?:(?:0\.[0-9]{0,8}[1-9]|(?:[1-9]|[1-5][0-9])(?:\.[0-9]{0,8}[1-9])?)s)`
)

// program returns the automaton of the language, nil if there is none that is small enough. If it
// is not exact, enums are any text.
func (l *Language) program(exact bool) *syntax.Prog {
	kept := &l.coarse
	if exact {
		kept = &l.exact
	}
	if *kept == nil {
		if re, err := syntax.Parse(l.expression(exact), syntax.Perl); err == nil {
			*kept, _ = syntax.Compile(re.Simplify()) // which is nil if it fails
		}
	}
	return *kept
}

func (l *Language) expression(exact bool) string {
	var b strings.Builder
	b.WriteString(`(?s)`)
	for _, seg := range l.template {
		if seg.Name == "" {
			b.WriteString(quoted(seg.Literal))
			continue
		}
		v := l.values(seg.Name)
		switch form := forms[v.Kind]; {
		case v.Kind == value.String && v.Enum != nil && exact:
			all := make([]string, len(v.Enum))
			for i, text := range v.Enum {
				all[i] = quoted(text)
			}
			b.WriteString("(?:" + strings.Join(all, "|") + ")")
		case form != "":
			b.WriteString(form)
		default:
			b.WriteString(".*")
		}
	}
	return b.String()
}

func quoted(text string) string { return regexp.QuoteMeta(strings.ToValidUTF8(text, "\uFFFD")) }

// A pair is how far the two automata have come, and how they came there.
type pair struct {
	from int32 // the pair before, from 1; 0: not reached; -1: the start
	by   rune  // what was read; -1: one of the two went on without reading
}

// common searches the pairs of states, nearest first, for a text that leads both to their end.
func common(x, y *syntax.Prog) (string, bool) {
	width := len(y.Inst)
	seen := make([]pair, len(x.Inst)*width)
	start := x.Start*width + y.Start
	queue := []int{start}
	seen[start].from = -1
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		i, j := &x.Inst[at/width], &y.Inst[at%width]
		visit := func(to1, to2 uint32, p pair) {
			p.from = int32(at + 1)
			if to := int(to1)*width + int(to2); seen[to].from == 0 {
				seen[to] = p
				queue = append(queue, to)
			}
		}
		me1, me2 := uint32(at/width), uint32(at%width)
		switch {
		case i.Op == syntax.InstFail || j.Op == syntax.InstFail:
		case i.Op == syntax.InstAlt || i.Op == syntax.InstAltMatch:
			visit(i.Out, me2, pair{by: -1})
			visit(i.Arg, me2, pair{by: -1})
		case moves(i):
			visit(i.Out, me2, pair{by: -1})
		case j.Op == syntax.InstAlt || j.Op == syntax.InstAltMatch:
			visit(me1, j.Out, pair{by: -1})
			visit(me1, j.Arg, pair{by: -1})
		case moves(j):
			visit(me1, j.Out, pair{by: -1})
		case i.Op == syntax.InstMatch && j.Op == syntax.InstMatch:
			return trace(seen, at), true
		case i.Op == syntax.InstMatch || j.Op == syntax.InstMatch:
		default:
			if c, ok := shared(i, j); ok {
				visit(i.Out, j.Out, pair{by: c})
			}
		}
	}
	return "", false
}

// moves reports whether a step reads nothing: the start, a bracket, an anchor.
func moves(i *syntax.Inst) bool {
	return i.Op == syntax.InstNop || i.Op == syntax.InstCapture || i.Op == syntax.InstEmptyWidth
}

func trace(seen []pair, at int) string {
	var text []rune
	for ; seen[at].from > 0; at = int(seen[at].from) - 1 {
		if seen[at].by >= 0 {
			text = append(text, seen[at].by)
		}
	}
	slices.Reverse(text)
	return string(text)
}

// shared returns a character that both steps read, one that is good to read if there is a choice.
func shared(i, j *syntax.Inst) (rune, bool) {
	both := func(c rune) bool { return i.MatchRune(c) && j.MatchRune(c) }
	for _, c := range "1x0s " {
		if both(c) {
			return c, true
		}
	}
	for _, step := range [...]*syntax.Inst{i, j} {
		for _, c := range step.Rune { // the bounds of its ranges, or the one that it reads
			if both(c) {
				return c, true
			}
		}
	}
	if both('!') { // both read anything, or all but a line end
		return '!', true
	}
	return 0, false
}
