package find

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A reading is a text read as a message.
type reading struct {
	form   *form
	values []string
	score  int
}

// readMessages reads the units as messages.
func (s *search) readMessages() {
	s.read = map[int]reading{}
	for i := range s.units {
		u := &s.units[i]
		for w := range u.words {
			for _, f := range s.index.words[w] {
				if s.index.forms[f].key == w {
					s.readAs(&s.index.forms[f], u)
				}
			}
		}
		for _, f := range s.index.loose {
			s.readAs(&s.index.forms[f], u)
		}
	}
	for record, r := range s.read {
		s.add(record, r.score)
	}
}

func (s *search) readAs(f *form, u *unit) {
	r, ok := u.read(f)
	if ok && r.score > s.read[f.record].score {
		s.read[f.record] = r
	}
}

// read reads a unit as a message, or as a text with the message in it. Each literal is found as far
// left as possible, so that it takes a single pass.
func (u *unit) read(f *form) (r reading, ok bool) {
	last := f.blanks()
	var start, at int
	r = reading{form: f, values: make([]string, last)}
	k := 0 // the placeholder before which everything is read
	if f.lower[0] != "" {
		if start = u.find(f.lower[0], last == 0); start < 0 {
			return r, false
		}
		at = start + len(f.lower[0])
	} else {
		next := strings.Index(u.lower, f.lower[1])
		if next < 0 || f.lower[1] == "" {
			return r, false
		}
		_, kind := f.blank(0)
		r.values[0] = u.before(next, kind)
		start, at, k = next-len(r.values[0]), next+len(f.lower[1]), 1
	}
	for ; k < last; k++ {
		literal := f.lower[k+1]
		end := -1
		switch {
		case literal == "" && k == last-1:
			_, kind := f.blank(k)
			end = at + len(u.after(start, at, kind))
		case literal == "": // no one knows where the one ends and the other begins
			end = at
		case k == last-1 && start == 0 && strings.HasSuffix(u.lower[at:], literal):
			end = len(u.lower) - len(literal)
		default:
			if next := strings.Index(u.lower[at:], literal); next >= 0 {
				end = at + next
			}
		}
		if end < 0 {
			return r, false
		}
		r.values[k] = u.text[at:end]
		at = end + len(literal)
	}
	if !u.isEdge(at) && f.lower[last] != "" {
		return r, false
	}
	r.score = u.score(f, start, at)
	for k := range last {
		if _, kind := f.blank(k); !fits(kind, r.values[k]) {
			r.score += scoreMisfit
		}
	}
	return r, r.score > 0
}

// score returns how much it proves that a message is from one place of a unit to another.
func (u *unit) score(f *form, start, end int) int {
	length, letters := 0, 0
	for _, literal := range f.lower {
		length += len(literal)
		letters += len(fold(literal))
	}
	switch {
	case start == 0 && end == len(u.text) && (letters >= 4 || f.blanks() == 0):
		return scoreWhole + min(length, 100)
	case len(f.words) >= 2 && letters >= 8:
		return scorePart + min(length, 100)
	case len(f.words) >= 1 && letters >= 4:
		return scoreShort
	default:
		return 0
	}
}

// find returns where a literal begins in the unit that begins, and if it is all ends, as a word
// does; -1: nowhere.
func (u *unit) find(literal string, all bool) int {
	for from := 0; ; {
		at := strings.Index(u.lower[from:], literal)
		if at < 0 {
			return -1
		}
		at += from
		if u.isEdge(at) && (!all || u.isEdge(at+len(literal))) {
			return at
		}
		from = at + 1
	}
}

// isEdge reports whether a place of the unit is not inside a word.
func (u *unit) isEdge(at int) bool {
	before, _ := utf8.DecodeLastRuneInString(u.text[:at])
	after, _ := utf8.DecodeRuneInString(u.text[at:])
	return at == 0 || at == len(u.text) || !isWord(before) || !isWord(after)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// kinds are the texts of values that are not any text.
var kinds = map[string]string{
	"int": `-?[0-9]+`, "float": `-?[0-9]+(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?`, "bool": `true|false`,
	"bytes": `-?[0-9]+ [kMGTPE]?i?B`, "duration": `-?(?:[0-9]+(?:\.[0-9]+)?(?:ns|µs|ms|s|m|h))+`,
	"time": `[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z`, "word": `[^ ]+`,
}

var whole, head, tail = compiled("^(?:%)$"), compiled("^(?:%)"), compiled("(?:%)$")

// compiled returns the patterns of kinds in a frame. They are compiled at the first call, as those
// of pattern are.
func compiled(frame string) func() map[string]*regexp.Regexp {
	return sync.OnceValue(func() map[string]*regexp.Regexp {
		all := map[string]*regexp.Regexp{}
		for kind, pattern := range kinds {
			all[kind] = regexp.MustCompile(strings.Replace(frame, "%", pattern, 1))
		}
		return all
	})
}

// fits reports whether a value is of its kind. A word may turn out to be several.
func fits(kind, text string) bool {
	return kind == "word" || whole()[kind] == nil || whole()[kind].MatchString(text)
}

// after returns the value that begins at a place, of a message that begins at another: all that
// follows in a unit that is a message, up to the quote in one that has it in quotes.
func (u *unit) after(start, at int, kind string) string {
	rest := u.text[at:]
	if start == 0 {
		return rest
	}
	if quote := u.text[start-1 : start]; strings.Contains("\"'`", quote) {
		value, _, _ := strings.Cut(rest, quote)
		return strings.TrimSuffix(value, `\`)
	}
	if re := head()[kind]; re != nil {
		rest = re.FindString(rest)
	}
	if kind == "word" {
		rest = strings.TrimRight(rest, ",;.!?)]}>\"'`")
	}
	return rest
}

// before returns the value that ends at a place and begins the message.
func (u *unit) before(end int, kind string) string {
	rest := u.text[:end]
	if u.whole {
		return rest
	}
	rest = rest[max(len(rest)-maxValue, 0):]
	if re := tail()[kind]; re != nil {
		rest = re.FindString(rest)
	} else if at := strings.LastIndex(rest, ": "); at >= 0 {
		rest = rest[at+2:]
	}
	return strings.TrimLeft(rest, "([{<\"'`")
}

// fillIn adds to a hit what the text says of its variant and its params.
func (s *search) fillIn(h *Hit) {
	if r, ok := s.read[h.Record]; ok {
		h.Variant = r.form.variant()
		for k, text := range r.values {
			name, _ := r.form.blank(k)
			if text != "" {
				h.set(name, text)
			}
		}
	}
	for _, body := range s.bodies {
		code := cmp.Or(s.role(body, "code"), s.role(body, "code_number"))
		if code != "" && code != s.index.Records[h.Record].Code {
			continue
		}
		if v := s.role(body, "variant"); s.hasVariant(h.Record, v) {
			h.Variant = v
		}
		for _, role := range slices.Sorted(maps.Keys(s.index.paths)) {
			name, ok := strings.CutPrefix(role, "param.")
			if text := s.role(body, role); ok && text != "" && s.hasParam(h.Record, name) {
				h.set(name, text)
			}
		}
		for _, path := range s.index.paths["params"] {
			v, _ := valueAt(body, path)
			object, _ := v.(map[string]any)
			for _, name := range sortedKeys(object) {
				if text, ok := jsonText(object[name]); ok && s.hasParam(h.Record, name) {
					h.set(name, text)
				}
			}
		}
	}
}

func (s *search) hasVariant(record int, id string) bool {
	return id != "" && slices.ContainsFunc(s.index.Records[record].Forms, func(f Form) bool {
		return f.variant() == id
	})
}

func (s *search) hasParam(record int, name string) bool {
	r := &s.index.Records[record]
	return slices.Contains(r.Params, name) || slices.ContainsFunc(r.Forms, func(f Form) bool {
		for k := range f.blanks() {
			if blank, _ := f.blank(k); blank == name {
				return true
			}
		}
		return false
	})
}

// set notes a value, unless the text has another for the same param.
func (h *Hit) set(name, text string) {
	if !slices.ContainsFunc(h.Values, func(v Value) bool { return v.Name == name }) {
		h.Values = append(h.Values, Value{name, text})
	}
}
