package format_test

import (
	"fmt"
	"regexp"
	"strings"

	"pgregory.net/rapid"
)

// A scribbler writes a catalog in a random layout: indentation, brackets, quotes, line breaks,
// blank lines and comments.
type scribbler struct {
	t        *rapid.T
	b        strings.Builder
	comments int
	// the last line belongs to a block scalar, which would absorb what is indented after it
	inText bool
}

// A tree is a mapping, a list or a text.
type tree struct {
	keys  []string // of a mapping
	items []tree
	text  string
	plain bool // the text is written without quotes: its type is inferred
}

func text(s string) tree              { return tree{text: s} }
func list(items ...tree) tree         { return tree{items: items} }
func (n *tree) isText() bool          { return n.items == nil }
func (n *tree) with(k string, v tree) { n.keys, n.items = append(n.keys, k), append(n.items, v) }

// drawCatalog draws a catalog without errors but with awkward texts.
func drawCatalog(t *rapid.T) tree {
	draw := func(texts ...string) tree { return text(rapid.SampledFrom(texts).Draw(t, "text")) }
	prose := func() tree {
		return draw("Wait.", "It's 50% off: see below, # and 'there'.", "- no list", "a\n\nb",
			"one two three four", "back\\slash \"quoted\"",
			"one\ntwo\n", "[link](https://example.com/a)", "  indented", "1.10", "null",
			"ünïcödé words", "trailing:", "# no comment", "{a}, [b]")
	}
	var root, statuses tree
	root.with("version", text("1"))
	root.with("title", draw("Errors", "Errors: all", "yes"))
	root.with("description", prose())
	status := tree{}
	status.with("title", draw("Conflict", "It's one"))
	status.with("cause", prose())
	statuses.with("409", status)
	root.with("statuses", statuses)
	var groups []tree
	for g := range rapid.IntRange(1, 3).Draw(t, "groups") {
		var group tree
		var errors []tree
		group.with("id", text(fmt.Sprintf("group-%d", g)))
		group.with("title", text(fmt.Sprintf("Group %d", g)))
		for e := range rapid.IntRange(1, 3).Draw(t, "errors") {
			errors = append(errors, drawError(t, fmt.Sprintf("CODE_%d_%d", g, e), prose))
		}
		group.with("errors", list(errors...))
		groups = append(groups, group)
	}
	root.with("groups", list(groups...))
	return root
}

func drawError(t *rapid.T, code string, prose func() tree) tree {
	var e, values, headers tree
	e.with("code", text(code))
	e.with("status", text("409"))
	if rapid.Bool().Draw(t, "values") {
		for i, v := range rapid.SliceOfN(rapid.SampledFrom([]string{"10MB", `"10MB"`, "true",
			"'1.5'", "1.50", "6s", "[a, 'b']", "0x1F", "{type: int, value: 3}"}), 1,
			4).Draw(t, "values") {
			values.with(fmt.Sprintf("value_%d", i), tree{text: v, plain: true})
		}
		e.with("values", values)
	}
	if rapid.Bool().Draw(t, "headers") {
		headers.with("X-Reason", text("it's: so"))
		e.with("headers", headers)
	}
	e.with("description", prose())
	if rapid.Bool().Draw(t, "variants") {
		var one, two tree
		one.with("id", text("one"))
		one.with("message", text("It is #1: the first"))
		two.with("id", text("two"))
		two.with("message", text("It is the second"))
		two.with("resolution", prose())
		e.with("variants", list(one, two))
	} else {
		e.with("message", text("It's a conflict: "+strings.ToLower(code)))
	}
	e.with("resolution", prose())
	if rapid.Bool().Draw(t, "tags") {
		e.with("tags", list(text("one"), text("two"), text("three")))
	}
	return e
}

func (s *scribbler) odds(n int) bool { return rapid.IntRange(1, n).Draw(s.t, "odds") == n }

func (s *scribbler) spaces(least int) string {
	return strings.Repeat(" ", least+rapid.SampledFrom([]int{0, 0, 0, 1, 3}).Draw(s.t, "spaces"))
}

func (s *scribbler) comment() string {
	s.comments++
	return fmt.Sprintf("#c%d; it's {a} comment: yes", s.comments)
}

// newline ends a line, writes what may stand between lines, and starts the next line at a column.
func (s *scribbler) newline(column int) {
	if !s.inText {
		if s.odds(5) {
			s.b.WriteString(s.spaces(1) + s.comment())
		}
		s.b.WriteString(rapid.SampledFrom([]string{"", "", " "}).Draw(s.t, "trailing"))
	}
	s.b.WriteString(rapid.SampledFrom([]string{"\n", "\n", "\r\n"}).Draw(s.t, "end"))
	for s.odds(4) {
		if s.odds(2) {
			if !s.inText {
				s.b.WriteString(s.spaces(0))
			}
			s.b.WriteString(s.comment())
		}
		s.b.WriteString("\n")
	}
	s.b.WriteString(strings.Repeat(" ", column))
	s.inText = false
}

// block writes the entries of a collection at a column, the first one at the current position.
func (s *scribbler) block(n *tree, column int) {
	for i := range n.items {
		if i > 0 {
			s.newline(column)
		}
		if n.keys == nil {
			s.b.WriteString("-")
			if v := &n.items[i]; !v.isText() && s.odds(2) { // compact
				gap := s.spaces(1)
				s.b.WriteString(gap)
				s.block(v, column+1+len(gap))
				continue
			}
		} else {
			s.b.WriteString(s.key(n.keys[i]) + s.spaces(0) + ":")
		}
		s.value(&n.items[i], column, n.keys != nil)
	}
}

func (s *scribbler) key(k string) string {
	switch rapid.IntRange(0, 5).Draw(s.t, "key") {
	case 0:
		return `"` + k + `"`
	case 1:
		return "'" + k + "'"
	default:
		return k
	}
}

// value writes what follows a colon or a dash of a block at a column.
func (s *scribbler) value(n *tree, column int, afterKey bool) {
	switch {
	case n.isText():
		if s.odds(6) {
			s.newline(column + 1 + rapid.IntRange(0, 3).Draw(s.t, "deeper"))
		} else {
			s.b.WriteString(s.spaces(1))
		}
		s.scalar(n, column, false)
	case s.odds(3):
		s.b.WriteString(s.spaces(1))
		s.flow(n, column+1)
	default:
		in := column + 1 + rapid.IntRange(0, 3).Draw(s.t, "deeper")
		if afterKey && n.keys == nil && s.odds(2) {
			in = column
		}
		s.newline(in)
		s.block(n, in)
	}
}

// flow writes a collection in brackets. Its lines begin at or beyond a column.
func (s *scribbler) flow(n *tree, column int) {
	br := func() {
		if s.odds(4) {
			s.newline(column + rapid.IntRange(0, 2).Draw(s.t, "deeper"))
		} else {
			s.b.WriteString(s.spaces(0))
		}
	}
	brackets := "[]"
	if n.keys != nil {
		brackets = "{}"
	}
	s.b.WriteString(brackets[:1])
	for i := range n.items {
		if br(); i > 0 {
			s.b.WriteString(",")
			br()
		}
		if n.keys != nil {
			s.b.WriteString(s.key(n.keys[i]) + ": ")
			br()
		}
		if v := &n.items[i]; v.isText() {
			s.scalar(v, column, true)
		} else {
			s.flow(v, column)
		}
	}
	if s.odds(5) {
		s.b.WriteString(",")
	}
	br()
	s.b.WriteString(brackets[1:])
}

var (
	plainText   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9 ._-]*[A-Za-z0-9.]$`)
	spaceInText = regexp.MustCompile(`(\S) (\S)`)
)

// scalar writes a text in one of YAML's forms. Its lines begin beyond a column.
func (s *scribbler) scalar(n *tree, column int, inFlow bool) {
	in := strings.Repeat(" ", column+1+rapid.IntRange(0, 3).Draw(s.t, "deeper"))
	fold := func(text, before string) string {
		return spaceInText.ReplaceAllStringFunc(text, func(m string) string {
			if !s.odds(4) {
				return m
			}
			return m[:1] + before + "\n" + in + m[2:]
		})
	}
	oneLine := !strings.ContainsAny(n.text, "\n\\")
	switch way := rapid.IntRange(0, 5).Draw(s.t, "way"); {
	case n.plain:
		s.b.WriteString(n.text)
	case way <= 1 && plainText.MatchString(n.text) && n.text != "null":
		s.b.WriteString(fold(n.text, " "))
	case way == 2 && oneLine && plainText.MatchString(n.text):
		s.b.WriteString("'" + fold(strings.ReplaceAll(n.text, "'", "''"), "\t") + "'")
	case way == 3 && oneLine:
		s.b.WriteString("'" + strings.ReplaceAll(n.text, "'", "''") + "'")
	case way >= 4 && !inFlow:
		s.blockScalar(n.text, column)
	default:
		quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(n.text)
		if i := strings.Index(quoted, " "); i > 0 && s.odds(3) && plainText.MatchString(n.text) {
			quoted = quoted[:i] + " \\\n" + in + quoted[i+1:]
		}
		s.b.WriteString(`"` + quoted + `"`)
	}
}

func (s *scribbler) blockScalar(text string, column int) {
	deeper := rapid.IntRange(1, 4).Draw(s.t, "deeper")
	header := "|"
	if !strings.Contains(text, "\n") && s.odds(2) {
		header = ">"
	}
	if strings.HasPrefix(text, " ") || s.odds(4) {
		header += fmt.Sprint(deeper)
	}
	body, ended := strings.CutSuffix(text, "\n")
	if !ended {
		header += "-"
	}
	s.b.WriteString(header)
	if s.odds(5) {
		s.b.WriteString(" " + s.comment())
	}
	for line := range strings.SplitSeq(body, "\n") {
		s.b.WriteString("\n")
		if line != "" {
			s.b.WriteString(strings.Repeat(" ", column+deeper) + line)
		}
	}
	s.inText = true
}
