package pagetemplate

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/errspec/errspec/gen/internal/diag"
)

// withoutEnd matches what text/template says about a missing end, far below the beginning.
var withoutEnd = regexp.MustCompile(
	`^unexpected (?:EOF|"\{" in |<define> in command)|^unclosed action`)

// An action is what is between {{ and }}.
type action struct {
	from, to int    // in bytes, including the braces; to is 0 if the action has no end
	word     string // the first word
	within   int    // where another action begins inside; 0 if none does
}

var firstWord = regexp.MustCompile(`^\{\{(?:- )?\s*([a-z]*)`)

// actionAt returns the action that begins at a byte of a text.
func actionAt(text string, from int) action {
	a := action{from: from, word: firstWord.FindStringSubmatch(text[from:])[1]}
	if comment := strings.TrimPrefix(text[from+2:], "- "); strings.HasPrefix(comment, "/*") {
		if i := strings.Index(text[from:], "*/"); i >= 0 {
			if j := strings.Index(text[from+i:], "}}"); j >= 0 {
				a.to = from + i + j + 2
			}
		}
		return a
	}
	for i := from + 2; i < len(text); i++ {
		switch {
		case strings.HasPrefix(text[i:], "}}"):
			a.to = i + 2
			return a
		case strings.HasPrefix(text[i:], "{{"):
			a.within = i
			return a
		case text[i] == '"' || text[i] == '`':
			i += stringLen(text[i:]) - 1
		}
	}
	return a
}

// stringLen returns the length of the string at the start of a text, or 1 if the string has no end.
func stringLen(text string) int {
	quote := text[0]
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == quote:
			return i + 1
		case quote == '"' && text[i] == '\\':
			i++
		case quote == '"' && text[i] == '\n':
			return 1
		}
	}
	return 1
}

// findUnclosed returns the diagnostic for an action, or a block such as {{if}}, without an end, at
// its beginning. It returns nil if all have ends.
func findUnclosed(file *diag.File) *diag.Diagnostic {
	text := string(file.Bytes())
	at := func(a action) diag.Span { return file.At(a.from, len("{{")+len(a.word)) }
	block := func(a action, before string, notes ...diag.Note) *diag.Diagnostic {
		d := diagnostic(at(a), fmt.Sprintf("{{%s}} has no {{end}}%s", a.word, before),
			"add {{end}} where it ends, or to a block inside it that has no {{end}}")
		d.Notes = notes
		return &d
	}
	var open []action
	for i := strings.Index(text, "{{"); i >= 0; {
		a := actionAt(text, i)
		if a.to == 0 {
			d := diagnostic(file.At(a.from, len("{{")), `unclosed action: "{{" has no "}}"`,
				`add "}}" where it ends`)
			if a.within > 0 {
				d.Notes = []diag.Note{{Span: file.At(a.within, len("{{")),
					Message: "another action begins here"}}
			}
			return &d
		}
		switch a.word {
		case "define":
			if n := len(open); n > 0 {
				return block(open[n-1], " before a {{define}}",
					diag.Note{Span: at(a), Message: "the {{define}} is here"})
			}
			open = append(open, a)
		case "if", "range", "with", "block":
			open = append(open, a)
		case "end":
			open = open[:max(len(open)-1, 0)]
		}
		next := strings.Index(text[a.to:], "{{")
		if next < 0 {
			break
		}
		i = a.to + next
	}
	if n := len(open); n > 0 {
		return block(open[n-1], "")
	}
	return nil
}
