package diag

import "strings"

// maxWord is how long a name may be: a comparison takes as many steps as the product of both
// lengths.
const maxWord = 200

// Nearest returns the one of known that word most likely means, or "" if none is near. Upper and
// lower case, and which separator stands between words, count for little; of several that are
// equally near the first wins.
func Nearest(word string, known []string) string {
	if len(word) > maxWord {
		return ""
	}
	best, limit := "", allowed(word)+1
	w := fold(word)
	for _, k := range known {
		if abs(len(k)-len(word)) >= limit && abs(len(fold(k))-len(w)) >= limit {
			continue
		}
		if d := distance(w, fold(k), limit); d < limit {
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

// allowed returns how many slips a word of this length may hold: one in three letters, at least
// one, at most four.
func allowed(word string) int { return min(max(len(word)/3, 1), 4) }

// fold drops what people mix up without noticing.
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

// distance counts the letters that must be added, dropped, changed or swapped with their neighbour
// to make b of a, or returns limit if there are that many or more.
func distance(a, b string, limit int) int {
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
