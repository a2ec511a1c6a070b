// Package hostile tests the compiler with catalogs that nobody would write, or that somebody
// would: real ones with a line gone, a number changed, an indentation slipped, a word from another
// language in the middle; and those that are composed from the format's own definition, of which
// every key and every edge of a type is a part sooner or later.
//
// Each must be diagnosed, with a position inside a file, or compiled to Go that type-checks,
// schemas that compile and Markdown that is no program for MDX. Composed catalogs that are accepted
// are also compiled, vetted and run, and what they send is compared with what their outputs say.
package hostile

import (
	"bytes"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
)

// words mean something to Go, YAML, Markdown, JSON, templates, MDX, HTML, a terminal or a browser.
var words = []string{
	"*/", "/*", "`", `"`, `'`, `\`, "|", "<code>", "{x}", "{{.}}", "%d", "$$", "$", "${code}", "${",
	"${nope}", "</script>", "<!--", "-->", "\u202e", "\x07", "\r", "\t", "[a](b)", "[a](javascript:b)",
	"![a](b)", "# h", "- l", "> q", "***", "~~~", "```", "//go:embed x", "\u2028", "😀", "é",
	"日本", "import x from 'y'", "export", "@", "&a", "*a", "!!str", "!x", "? ", ": ", " #", "---",
	"...", "%YAML 1.1", "<<: *a", "[", "]", "{", "}", ",", "null", "~", "NO", "00000", "0x1F", "1e999",
	"-0", ".inf", "2026-13-45", "-5", "9223372036854775808", "1h", "10MB", "type", "func", "init",
	"Error", "Code", "New", "string", "nil", "error", "code", "message", "status", "../../etc/passwd",
	"/etc/passwd", "C:\\x", "con", "a/b", "errspec:ignore",
}

var (
	scalar = regexp.MustCompile(`(:\s+|-\s+|[\[{,]\s*)([^\s\[\]{},#][^\n\[\]{},#]*)`)
	number = regexp.MustCompile(`[0-9]+`)
)

// mutate changes a catalog in one place, or in some: of many mistakes at once, most hide behind the
// first.
func mutate(r *rand.Rand, src []byte) []byte {
	lines := strings.Split(string(src), "\n")
	lines = mutateOnce(r, lines)
	for range 3 {
		if r.IntN(4) == 0 {
			lines = mutateOnce(r, lines)
		}
	}
	return []byte(strings.Join(lines, "\n"))
}

func mutateOnce(r *rand.Rand, lines []string) []string {
	i := r.IntN(len(lines))
	j := min(len(lines), i+1+r.IntN(4)) // some lines
	switch r.IntN(10) {
	case 0: // they are gone
		if j-i == len(lines) {
			return lines
		}
		return append(lines[:i:i], lines[j:]...)
	case 1: // they are there twice
		return append(append(lines[:j:j], lines[i:j]...), lines[j:]...)
	case 2: // they stand elsewhere, too
		k := r.IntN(len(lines))
		return append(append(lines[:k:k], lines[i:j]...), lines[k:]...)
	case 3: // two change places
		k := r.IntN(len(lines))
		lines[i], lines[k] = lines[k], lines[i]
	case 4: // a slip of the indentation
		if spaces := r.IntN(5); r.IntN(2) == 0 {
			lines[i] = strings.Repeat(" ", spaces) + lines[i]
		} else {
			lines[i] = strings.TrimPrefix(lines[i], strings.Repeat(" ", spaces))
		}
	case 5: // another number
		lines[i] = number.ReplaceAllStringFunc(lines[i], func(string) string {
			return []string{"0", "-1", "99", "404", "500", "600", "1000000", "9223372036854775807",
				strconv.Itoa(r.IntN(1000))}[r.IntN(9)]
		})
	case 6: // another value: a hostile word, or one from elsewhere in the file
		replace(r, lines, i, func(string) string { return words[r.IntN(len(words))] })
	case 7:
		from := lines[r.IntN(len(lines))]
		replace(r, lines, i, func(old string) string {
			if m := scalar.FindStringSubmatch(from); m != nil {
				return m[2]
			}
			return old
		})
	case 8: // a hostile word inside a value, in quotes so that YAML lets it through
		replace(r, lines, i, func(old string) string {
			at := r.IntN(len(old) + 1)
			return strconv.Quote(strings.Trim(old[:at]+words[r.IntN(len(words))]+old[at:], `"'`))
		})
	case 9: // or anywhere
		at := r.IntN(len(lines[i]) + 1)
		lines[i] = lines[i][:at] + words[r.IntN(len(words))] + lines[i][at:]
	}
	return lines
}

// replace gives the scalar of a line another text.
func replace(r *rand.Rand, lines []string, i int, text func(string) string) {
	all := scalar.FindAllStringSubmatchIndex(lines[i], -1)
	if len(all) == 0 {
		return
	}
	m := all[r.IntN(len(all))]
	lines[i] = lines[i][:m[4]] + text(lines[i][m[4]:m[5]]) + lines[i][m[5]:]
}

// excerpt returns a part of a large catalog that is a catalog: its head, and some of its errors.
// They begin with the same indentation and "- code:".
func excerpt(r *rand.Rand, src []byte, errors int) []byte {
	starts := regexp.MustCompile(`(?m)^ *- +code:`).FindAllIndex(src, -1)
	if len(starts) < 50 {
		return bytes.Clone(src)
	}
	first := r.IntN(len(starts) - errors)
	return append(bytes.Clone(src[:starts[0][0]]), src[starts[first][0]:starts[first+errors][0]]...)
}
