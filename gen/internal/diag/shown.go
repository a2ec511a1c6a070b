package diag

import (
	"fmt"
	"strings"
)

// MaxShown limits how many diagnostics a report prints, the most severe ones. The rest are counted.
const MaxShown = 1000

// Shown returns what a report prints: the MaxShown most severe diagnostics, in the order of their
// positions, without duplicates.
func (l *List) Shown() []Diagnostic {
	all := l.All()
	if len(all) <= MaxShown {
		return all
	}
	room := MaxShown
	var quota [Error + 1]int // how many of each severity fit
	for s := Error; s >= Info; s-- {
		for _, d := range all {
			if d.Severity == s && quota[s] < room {
				quota[s]++
			}
		}
		room -= quota[s]
	}
	picked := make([]Diagnostic, 0, MaxShown)
	for _, d := range all {
		if quota[d.Severity] > 0 {
			quota[d.Severity]--
			picked = append(picked, d)
		}
	}
	return picked
}

// Summary counts diagnostics, as in "3 errors, 1 warning, 2 accepted". It says so if [List.Shown]
// omits some.
func (l *List) Summary() string {
	n := l.Counts()
	var parts []string
	for s := Error; s >= Info; s-- {
		switch {
		case n[s] == 1 || n[s] > 0 && s == Info:
			parts = append(parts, fmt.Sprintf("%d %s", n[s], s))
		case n[s] > 1:
			parts = append(parts, fmt.Sprintf("%d %ss", n[s], s))
		}
	}
	if l.Accepted > 0 {
		parts = append(parts, fmt.Sprintf("%d accepted", l.Accepted))
	}
	text := strings.Join(parts, ", ")
	if l.Len() > MaxShown {
		text += fmt.Sprintf(" (%d diagnostics are shown)", MaxShown)
	}
	return text
}
