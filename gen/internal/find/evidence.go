package find

import (
	"maps"
	"regexp"
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
	for _, t := range s.tokens {
		parts := points.Split(t, -1)
		if len(parts) > 6 {
			s.lookUp(t)
		} else {
			for from := range parts {
				for to := from + 1; to <= len(parts); to++ {
					s.lookUp(between(t, parts, from, to))
				}
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

// between returns the parts of a token from one to another, with what is between them.
func between(t string, parts []string, from, to int) string {
	begin := 0
	for k := range from {
		begin += len(parts[k])
		begin += len(points.FindString(t[begin:]))
	}
	end := begin
	for k := from; k < to; k++ {
		if k > from {
			end += len(points.FindString(t[end:]))
		}
		end += len(parts[k])
	}
	return t[begin:end]
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
	case ordinary.MatchString(code):
		return scoreWord
	default:
		return scoreCode
	}
}

var ordinary = regexp.MustCompile(`^[\p{Ll}\p{Lo}]+$`)

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
	if len(s.tokens) <= 3 {
		add(s.text)
	}
	for _, body := range s.bodies {
		add(s.role(body, "code"))
	}
	for _, t := range s.tokens {
		if len(s.tokens) <= 3 || codelike.MatchString(t) {
			for _, part := range points.Split(t, -1) {
				add(part)
			}
		}
	}
	return names
}

// codelike are tokens that people do not take for words.
var codelike = regexp.MustCompile(`_|^[\p{Lu}\pN]+$|\p{Ll}\p{Lu}`)

// reworded returns the codes with a message most of whose words are in the text.
func (s *search) reworded() []Hit {
	known := map[string]bool{}
	for _, u := range s.units {
		for w := range u.words {
			known[w] = true
		}
	}
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
