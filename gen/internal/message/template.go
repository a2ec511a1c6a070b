// Package message is about text with ${name} in it: taking it apart, and knowing whether a text
// made from it can be read back.
//
// In such text `$` is the only special character: ${name} is filled in, $$ is a dollar, anything
// else after a $ is a [Problem]. Braces, percents, backticks and angle brackets are text.
package message

import (
	"strings"
)

// A Segment is a piece of a [Template]: literal text, or the name of what is filled in.
type Segment struct {
	Literal string // when Name is empty
	Name    string // as in ${name}; dots are part of it (retry.max_retries)
	Offset  int    // byte offset of the segment in the text that was parsed
}

// A Template is a parsed text. No two literal segments are adjacent, and none is empty.
type Template []Segment

// Blank returns a name as it stands for its value in a text that people read: in angle brackets.
func Blank(name string) string { return "<" + name + ">" }

// A Problem is a `$` that means nothing.
type Problem struct {
	Offset  int // bytes
	Len     int // bytes
	Message string
}

// Parse takes text apart. Where there are problems the template holds what could be read.
func Parse(text string) (Template, []Problem) {
	var (
		t        Template
		problems []Problem
		lit      strings.Builder
		litAt    int
		// where the first } or line end behind the last ${ is: looked for once, however many ${ stand
		// before it
		stop = -1
	)
	flush := func() {
		if lit.Len() > 0 {
			t = append(t, Segment{Literal: lit.String(), Offset: litAt})
			lit.Reset()
		}
	}
	for i := 0; i < len(text); {
		n := strings.IndexByte(text[i:], '$')
		if n < 0 {
			n = len(text) - i
		}
		if n > 0 {
			if lit.Len() == 0 {
				litAt = i
			}
			lit.WriteString(text[i : i+n])
			i += n
			continue
		}
		switch rest := text[i+1:]; {
		case strings.HasPrefix(rest, "$"):
			if lit.Len() == 0 {
				litAt = i
			}
			lit.WriteByte('$')
			i += 2
		case strings.HasPrefix(rest, "{"):
			if stop < i+2 {
				if stop = strings.IndexAny(text[i+2:], "}\n"); stop < 0 {
					stop = len(text)
				} else {
					stop += i + 2
				}
			}
			end := stop - (i + 2)
			switch {
			case stop == len(text) || text[stop] == '\n':
				problems = append(problems, Problem{i, 2, "unclosed ${"})
				i += 2
			case strings.TrimSpace(rest[1:1+end]) == "":
				problems = append(problems, Problem{i, end + 3, "empty ${}"})
				i += end + 3
			default:
				flush()
				t = append(t, Segment{Name: rest[1 : 1+end], Offset: i})
				i += end + 3
			}
		default:
			problems = append(problems, Problem{i, 1, "a lone $"})
			i++
		}
	}
	flush()
	return t, problems
}

// Escape returns text in which every $ stands for itself.
func Escape(text string) string { return strings.ReplaceAll(text, "$", "$$") }

// String returns the text that Parse reads as t.
func (t Template) String() string {
	var b strings.Builder
	for _, s := range t {
		if s.Name != "" {
			b.WriteString("${" + s.Name + "}")
		} else {
			b.WriteString(Escape(s.Literal))
		}
	}
	return b.String()
}

// Fill returns the text with every name replaced by what value says.
func (t Template) Fill(value func(name string) string) string {
	var b strings.Builder
	for _, s := range t {
		if s.Name != "" {
			b.WriteString(value(s.Name))
		} else {
			b.WriteString(s.Literal)
		}
	}
	return b.String()
}

// Names returns the names in t in the order of their first appearance, each once.
func (t Template) Names() []string {
	var names []string
	seen := map[string]bool{}
	for _, s := range t {
		if s.Name != "" && !seen[s.Name] {
			seen[s.Name] = true
			names = append(names, s.Name)
		}
	}
	return names
}
