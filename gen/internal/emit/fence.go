package emit

import (
	"fmt"
	"slices"
	"strings"
)

// Fit returns the runtime of generated code without what a catalog does not need. Such parts stand
// between fences, which are line comments of the language:
//
//	//errspec:if variants
//	…
//	//errspec:end
//
// Of several words one is enough. A part within another one needs both.
func Fit(src, comment string, has func(word string) bool) (string, error) {
	var kept strings.Builder
	var open []bool // by fence: whether what stands inside is kept
	for line := range strings.Lines(src) {
		word, fenced := strings.CutPrefix(strings.TrimSpace(line), comment+"errspec:")
		condition, opens := strings.CutPrefix(word, "if ")
		switch {
		case fenced && opens:
			open = append(open, slices.ContainsFunc(strings.Fields(condition), has))
		case fenced && word == "end" && len(open) > 0:
			open = open[:len(open)-1]
		case fenced:
			return "", fmt.Errorf("%q closes no fence, or says neither if nor end", word)
		case !slices.Contains(open, false):
			kept.WriteString(line)
		}
	}
	if len(open) > 0 {
		return "", fmt.Errorf("a fence has no end")
	}
	return kept.String(), nil
}
