package diag

import "strings"

// maxWord limits the length of a name: a comparison takes as many steps as the product of both
// lengths.
const maxWord = 200

// Nearest returns the name in known that word most likely means, or "" if none is near. Case and
// separators count for little. Of equally near names the first wins.
func Nearest(word string, known []string) string {
	if len(word) > maxWord {
		return ""
	}
	best, limit := "", Allowed(word)+1
	w := fold(word)
	for _, k := range known {
		if abs(len(k)-len(word)) >= limit && abs(len(fold(k))-len(w)) >= limit {
			continue
		}
		if d := Distance(w, fold(k), limit); d < limit {
			best, limit = k, d
			if d == 0 {
				break
			}
		}
	}
	return best
}

// DidYouMean returns `; did you mean "x"?` for a near name, or "".
func DidYouMean(word string, known []string) string {
	if n := Nearest(word, known); n != "" {
		return `; did you mean "` + n + `"?`
	}
	return ""
}

// Allowed returns how many mistakes a word may contain: one in three letters, at least one, at most
// four.
func Allowed(word string) int { return min(max(len(word)/3, 1), 4) }

// fold removes differences that people overlook.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '-', '_', ' ', '.':
			return -1
		}
		return r
	}, strings.ToLower(s))
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// Distance counts the letters to add, drop, change or swap with a neighbour to make b of a. It
// returns limit if there are that many or more.
func Distance(a, b string, limit int) int {
	if abs(len(a)-len(b)) >= limit {
		return limit
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least >= limit {
			return limit
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit)
}
