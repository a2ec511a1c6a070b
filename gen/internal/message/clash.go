package message

import (
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/value"
)

// Clash looks for a text that both templates could give, and returns one if there is any: then
// whoever reads it cannot tell which of the two it was. kind is the type of a name in either
// template.
//
// No clash is certain. A clash means that both could give the text as far as the form of their params goes: a number is taken
// for any run of the characters that numbers are made of, and an enum for any text, because a newer server may know values
// that this catalog does not. It gives up, and says so, when the templates are so long that the search would take more than
// *effort steps; what it takes is subtracted.
func Clash(
	a, b Template,
	kind func(name string) value.Kind,
	effort *int,
) (text string, found, gaveUp bool) {
	if disjoint(a, b) {
		return "", false, false
	}
	x, y := atoms(a, kind), atoms(b, kind)
	steps := (len(x) + 1) * (len(y) + 1)
	if steps > min(*effort, maxStates) {
		return "", false, true
	}
	*effort -= steps
	text, found = common(x, y)
	return text, found, false
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

// A set is a set of bytes.
type set [4]uint64

func (s *set) add(c byte) { s[c>>6] |= 1 << (c & 63) }

func (s *set) has(c byte) bool { return s[c>>6]&(1<<(c&63)) != 0 }

// An atom is a step of an automaton that is a line: a byte of the set, once, or, if it repeats, any
// number of them. Every template is such a line.
type atom struct {
	set    set
	repeat bool
}

// atoms returns the automaton of what t could give.
func atoms(t Template, kind func(string) value.Kind) []atom {
	var line []atom
	once := func(chars string) { line = append(line, atom{set: setOf(chars)}) }
	many := func(chars string) { line = append(line, atom{set: setOf(chars), repeat: true}) }
	for _, seg := range t {
		if seg.Name == "" {
			for i := 0; i < len(seg.Literal); i++ {
				once(seg.Literal[i : i+1])
			}
			continue
		}
		// Every line of this switch must take in all that [value.Value.Text] writes, and the
		// generated package as well: a caller may give it a NaN or a negative size.
		switch kind(seg.Name) {
		case value.Int:
			once("-0123456789")
			many("0123456789")
		case value.Float:
			once("+-0123456789NI")
			many("+-.0123456789eaNInf")
		case value.Bool:
			once("tf")
			many("rueals")
			once("e")
		case value.Bytes:
			once("-0123456789")
			many("0123456789")
			once(" ")
			many("kKMGTPEi")
			once("B")
		case value.Duration:
			once("-0123456789")
			many("-.0123456789hmnuµs")
			once("hms")
		case value.Time:
			once("-0123456789")
			many("+-.:0123456789TZ")
		default:
			line = append(
				line,
				atom{set: set{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}, repeat: true},
			)
		}
	}
	return line
}

func setOf(chars string) set {
	var s set
	for i := 0; i < len(chars); i++ {
		s.add(chars[i])
	}
	return s
}

// A pair is how far the two automata have come, and how they came there.
type pair struct {
	from int32 // the pair before, from 1; 0: not reached; -1: the start
	by   byte
	ate  bool // by was read; else a repetition was left behind
}

// common searches the pairs of states, nearest first, for a text that leads both to their end.
func common(x, y []atom) (string, bool) {
	width := len(y) + 1
	seen := make([]pair, (len(x)+1)*width)
	queue := make([]int, 1, 64)
	seen[0].from = -1
	visit := func(i, j int, p pair) {
		if to := i*width + j; seen[to].from == 0 {
			seen[to] = p
			queue = append(queue, to)
		}
	}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		i, j := at/width, at%width
		here := int32(at + 1)
		if i == len(x) && j == len(y) {
			return trace(seen, at), true
		}
		if i < len(x) && x[i].repeat {
			visit(i+1, j, pair{from: here})
		}
		if j < len(y) && y[j].repeat {
			visit(i, j+1, pair{from: here})
		}
		if i == len(x) || j == len(y) {
			continue
		}
		if c, ok := shared(&x[i].set, &y[j].set); ok {
			ni, nj := i, j
			if !x[i].repeat {
				ni++
			}
			if !y[j].repeat {
				nj++
			}
			visit(ni, nj, pair{from: here, by: c, ate: true})
		}
	}
	return "", false
}

func trace(seen []pair, at int) string {
	var text []byte
	for ; seen[at].from > 0; at = int(seen[at].from) - 1 {
		if seen[at].ate {
			text = append(text, seen[at].by)
		}
	}
	slices.Reverse(text)
	return strings.ToValidUTF8(string(text), "�")
}

// shared returns a byte of both sets, one that is good to read if there is a choice.
func shared(a, b *set) (byte, bool) {
	both := set{a[0] & b[0], a[1] & b[1], a[2] & b[2], a[3] & b[3]}
	for _, c := range []byte("1x0s ") {
		if both.has(c) {
			return c, true
		}
	}
	for c := range 256 {
		if both.has(byte(c)) {
			return byte(c), true
		}
	}
	return 0, false
}
