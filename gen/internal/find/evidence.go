package find

import (
	"maps"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/diag"
)

func sortedKeys(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }

// lookIntoBodies finds the codes and statuses where bodies have them.
func (s *search) lookIntoBodies() {
	for _, body := range s.bodies {
		for _, role := range []string{"code", "code_number"} {
			if record, ok := s.index.exact[s.role(body, role)]; ok {
				s.add(record, scoreBody)
			}
		}
		if record, ok := s.index.types[s.role(body, "type")]; ok {
			s.add(record, scoreBody)
		}
	}
}

// role returns the text of a role in a body, "" if there is none.
func (s *search) role(body any, role string) string {
	for _, path := range s.index.paths[role] {
		if text, ok := at(body, path); ok {
			return text
		}
	}
	return ""
}

// lookUpTokens finds codes and names in the text.
func (s *search) lookUpTokens() {
	if record, ok := s.index.exact[s.text]; ok {
		s.add(record, scoreCode)
	}
	if s.named { // Rate Limited
		s.lookUp(s.text)
	}
	left := maxSpans
	for _, t := range s.tokens {
		parts := partsOf(t)
		for from := range parts {
			for to := from; to < min(from+maxParts, len(parts)) && left > 0; to++ {
				s.lookUp(t[parts[from].begin:parts[to].end])
				left--
			}
		}
	}
	for _, record := range s.index.odd {
		code := s.index.Records[record].Code
		if strings.Contains(s.text, code) && len(fold(code)) > 3 {
			s.add(record, scoreOf(code))
		}
	}
}

// A part is a stretch of a token between its points.
type part struct{ begin, end int }

func partsOf(t string) []part {
	var parts []part
	begin := 0
	for _, at := range points().FindAllStringIndex(t, -1) {
		parts = append(parts, part{begin, at[0]})
		begin = at[1]
	}
	return append(parts, part{begin, len(t)})
}

// affixes are what generated packages add to the name of a code.
var (
	prefixes = []string{"", "code", "new", "variant", "is", "err"}
	suffixes = []string{"", "error", "params", "exception", "err"}
)

func (s *search) lookUp(t string) {
	if record, ok := s.index.exact[t]; ok {
		s.add(record, scoreOf(t))
	}
	folded := fold(t)
	if isNumber(folded) {
		return
	}
	for _, prefix := range prefixes {
		rest, ok := strings.CutPrefix(folded, prefix)
		if !ok {
			continue
		}
		for _, suffix := range suffixes {
			if stem, ok := strings.CutSuffix(rest, suffix); ok {
				for _, n := range s.index.folded[stem] {
					s.add(n.record, scoreFolded)
					if h := s.found[n.record]; h.Variant == "" {
						h.Variant = n.variant
					}
				}
			}
		}
	}
}

// scoreOf returns how much a code proves that is in a text.
func scoreOf(code string) int {
	switch {
	case isNumber(code) && len(code) < 4:
		return 0
	case isNumber(code):
		return scoreNumber
	case ordinary().MatchString(code):
		return scoreWord
	default:
		return scoreCode
	}
}

var ordinary = pattern(`^[\p{Ll}\p{Lo}]+$`)

func isNumber(text string) bool { return strings.Trim(text, "-0123456789") == "" }

// mistyped returns the codes that a typing mistake tells from a name in the text.
func (s *search) mistyped() []Hit {
	var hits []Hit
	best := 0 // the score of the fewest mistakes: one more is still shown
	names := s.names()
	for at := range s.index.Records {
		least := -1
		known := fold(s.index.Records[at].Code)
		for _, n := range names {
			limit := max(diag.Allowed(n), diag.Allowed(known)) + 1
			for _, name := range []string{known, known + "error"} {
				if d := diag.Distance(n, name, limit); d < limit && (least < 0 || d < least) {
					least = d
				}
			}
		}
		if least >= 0 {
			hits = append(hits, Hit{Record: at, Why: Alike, score: -least})
			if len(hits) == 1 || -least > best {
				best = -least
			}
		}
	}
	hits = slices.DeleteFunc(hits, func(h Hit) bool { return h.score < best-1 })
	return ranked(hits, maxAlike)
}

// names returns what in a text may be the name of a code, folded: a short text, the words of one,
// and in a long one what is written as codes are.
func (s *search) names() []string {
	var names []string
	add := func(t string) {
		folded := fold(t)
		for _, prefix := range prefixes {
			n, ok := strings.CutPrefix(folded, prefix)
			if ok && len(n) >= 4 && len(n) <= 64 && !isNumber(n) && !slices.Contains(names, n) &&
				len(names) < maxNames {
				names = append(names, n)
			}
		}
	}
	if s.short {
		add(s.text)
	}
	for _, body := range s.bodies {
		add(s.role(body, "code"))
	}
	for _, t := range s.tokens {
		if s.short || codelike().MatchString(t) {
			for _, part := range points().Split(t, -1) {
				add(part)
			}
		}
	}
	return names
}

// codelike are tokens that people do not take for words.
var codelike = pattern(`_|^[\p{Lu}\pN]+$|\p{Ll}\p{Lu}`)

// reworded returns the codes with a message most of whose words are in the text.
func (s *search) reworded() []Hit {
	known := map[string]bool{}
	for _, u := range s.units {
		for w := range u.words {
			known[w] = true
		}
	}
	s.correct(known)
	scores := map[int]int{}
	for w := range known {
		if len(s.index.words[w]) > maxCommon {
			continue
		}
		for _, at := range s.index.words[w] {
			f := &s.index.forms[at]
			has := 0
			for _, w := range f.words {
				if known[w] {
					has++
				}
			}
			if has >= 2 && has*5 >= len(f.words)*3 {
				scores[f.record] = max(scores[f.record], has*100/len(f.words)+has)
			}
		}
	}
	var hits []Hit
	for record, score := range scores {
		hits = append(hits, Hit{Record: record, Why: Alike, score: score})
	}
	return ranked(hits, maxAlike)
}

// correct adds the words of messages that a typing mistake or two tell from the first words of the
// text that no message has.
func (s *search) correct(known map[string]bool) {
	seen := map[string]bool{}
	for _, w := range word().FindAllString(lower(s.text), -1) {
		if seen[w] || s.index.words[w] != nil || len(w) < 5 {
			continue
		}
		if seen[w] = true; len(seen) > maxWords {
			return
		}
		limit := min(diag.Allowed(w), 2) + 1
		for right := range s.index.words {
			if diag.Distance(w, right, limit) < limit {
				known[right] = true
			}
		}
	}
}
