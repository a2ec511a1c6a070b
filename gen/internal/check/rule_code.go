package check

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
	"github.com/errspec/errspec/gen/internal/unseen"
)

const maxCode = 128 // bytes

// groups resolves the groups, and makes an entry of every code that has one.
func (c *checker) groups() {
	n := 0
	for i := range c.written.Groups {
		n += len(c.written.Groups[i].Errors)
	}
	c.entries = make([]entry, 0, n)
	c.codes = make(map[string]*entry, n)
	out := make([]catalog.Entry, n) // of one piece: entries are never moved
	places := make(map[string]int, len(c.written.Groups))
	for i := range c.written.Groups {
		g := &c.written.Groups[i]
		at := c.group(g, places)
		for j := range g.Errors {
			c.entry(&g.Errors[j], g, at, &out[len(c.entries)])
		}
	}
}

// groupTitles asks whether each group has a title.
func (c *checker) groupTitles() {
	for i, g := range c.first {
		if g.ID.IsSet() && c.out.Groups[i].Title == "" {
			c.report(diag.Diagnostic{
				Rule: rule.MissingKey, Span: g.ID.Span(), Path: g.Path.String(),
				Message: fmt.Sprintf("the group %q has no title", g.ID.Text),
				Help:    "add `title: …`",
			})
		}
	}
}

// group returns the place of a group among the resolved ones. Several files may add to one group; its title is given once.
func (c *checker) group(g *syntax.Group, places map[string]int) int {
	at, known := places[g.ID.Text]
	switch {
	case !known || !g.ID.IsSet():
		at = len(c.out.Groups)
		places[g.ID.Text] = at
		c.out.Groups = append(c.out.Groups, catalog.Group{ID: g.ID.Text})
		c.first = append(c.first, g)
	case g.SameFile(c.first[at].Place):
		c.report(diag.Diagnostic{
			Rule: rule.DuplicateGroup, Span: g.ID.Span(), Path: g.Path.String() + ".id",
			Message: fmt.Sprintf("two groups have the id %q", g.ID.Text),
			Help:    "rename one, or put their errors into one group",
			Notes:   []diag.Note{note(c.first[at].ID.Span(), "first written here")},
		})
		return at
	}
	out, path := &c.out.Groups[at], g.Path.String()
	switch {
	case g.Title.IsSet() && out.Title == "":
		out.Title = c.constant(g.Title, path+".title")
		c.titled = append(c.titled, titled{at, g, g.Title})
	case g.Title.IsSet():
		c.report(diag.Diagnostic{
			Rule: rule.DuplicateGroup, Span: g.Title.Span(), Path: path + ".title",
			Message: fmt.Sprintf("the group %q has a title already", g.ID.Text),
			Help:    "give the title of a group once",
			Notes:   []diag.Note{note(c.first[at].ID.Span(), "the group begins here")},
		})
	}
	if g.Description.IsSet() && out.Description != "" {
		c.report(diag.Diagnostic{
			Rule: rule.DuplicateGroup, Span: g.Description.Span(), Path: path + ".description",
			Message: fmt.Sprintf("the group %q has a description already", g.ID.Text),
			Help:    "give the description of a group once",
			Notes:   []diag.Note{note(c.first[at].ID.Span(), "the group begins here")},
		})
	} else if g.Description.IsSet() {
		out.Description = c.markdown(nil, g.Description, path+".description")
	}
	return at
}

// entry makes an entry of an error. One whose code is missing, or another's already, is judged all the same: its author wants to
// hear of all that is wrong with it in one run.
func (c *checker) entry(w *syntax.Error, g *syntax.Group, group int, out *catalog.Entry) {
	if !w.IsSet() {
		return // it was no mapping
	}
	*out = catalog.Entry{Index: len(c.entries), Group: group, Code: w.Code.Text, Span: w.Code.Span()}
	c.entries = append(c.entries, entry{c: c, w: w, group: g, out: out})
	e := &c.entries[len(c.entries)-1]
	c.out.Groups[group].Entries = append(c.out.Groups[group].Entries, out)
	other, twice := c.codes[w.Code.Text]
	switch {
	case w.Code.Text == "": // it is reported; two empty codes are not one code written twice
	case twice:
		c.report(diag.Diagnostic{
			Rule: rule.DuplicateCode, Span: w.Code.Span(), Path: w.Path.String() + ".code",
			Message: fmt.Sprintf("two errors have the code %q", w.Code.Text),
			Help:    "rename one of them; one error with several messages has `variants`",
			Notes:   []diag.Note{note(other.w.Code.Span(), "first written here")},
		})
	default:
		c.codes[w.Code.Text] = e
	}
}

// String returns what messages call the error: its code, if anybody can see it.
func (e *entry) String() string {
	if strings.TrimSpace(e.w.Code.Text) == "" {
		return "this error"
	}
	return e.w.Code.Text
}

// span is where findings about the error as a whole point to: its code.
func (e *entry) span() diag.Span {
	if !e.w.Code.IsSet() {
		return e.w.Span()
	}
	return e.w.Code.Span()
}

// isFirst reports whether the error is the one that its code means: of two with one code, the first.
func (e *entry) isFirst() bool { return e.c.codes[e.w.Code.Text] == e }

// codes judges the codes themselves.
func (c *checker) codeForms() {
	var misfits []*entry
	for i := range c.entries {
		if e := &c.entries[i]; e.w.Code.IsSet() && (e.isFirst() || e.w.Code.Text == "") && e.code() {
			misfits = append(misfits, e)
		}
	}
	c.misfitting(misfits)
}

// code judges the code itself, and reports whether it is one that is not of the default form.
func (e *entry) code() (misfits bool) {
	s := e.w.Code
	if problem, at := codeProblem(s); problem != "" {
		e.report(diag.Diagnostic{
			Rule: rule.CodeInvalid, Span: at, Path: "code",
			Message: problem,
			Help:    "use letters, digits and underscores, as in FILE_TOO_LARGE",
		})
		return false
	}
	pattern := e.c.lint.codePattern
	switch {
	case pattern == nil && formProblem(s.Text) != "":
		return true
	case pattern == nil && len(s.Text) > 63:
		e.report(diag.Diagnostic{
			Rule: rule.CodeFormat, Span: s.Span(), Path: "code",
			Message: fmt.Sprintf("the code %q has %d characters; AIP-193 allows 63", s.Text, len(s.Text)),
			Help:    "shorten it, or set lint.code_pattern",
		})
	case pattern != nil && !pattern.MatchString(s.Text):
		e.report(diag.Diagnostic{
			Rule: rule.CodeFormat, Span: s.Span(), Path: "code",
			Message: fmt.Sprintf("the code %q does not match lint.code_pattern, %s", s.Text, e.c.written.Lint.CodePattern.Text),
			Help:    "rename it, or change the pattern",
			Notes:   []diag.Note{note(e.c.written.Lint.CodePattern.Span(), "the pattern is here")},
		})
	}
	return false
}

// misfitting reports the codes that are not of the default form: each, or, where most of the catalog's are of another form, that the
// catalog should say so. Hundreds of findings that one line puts right are read by nobody.
func (c *checker) misfitting(misfits []*entry) {
	if n := len(misfits); n > 10 && 2*n > len(c.entries) || n > 2 && n == len(c.entries) {
		first := misfits[0]
		c.report(diag.Diagnostic{
			Rule: rule.CodeFormat, Span: first.w.Code.Span(), Path: "lint.code_pattern",
			Message: fmt.Sprintf("%d of the %d codes do not match the default form %s; the first is %q",
				n, len(c.entries), defaultForm, first.w.Code.Text),
			Help: "say what this catalog's codes look like, as in `lint: {code_pattern: '" + c.likelyPattern() + "'}`",
		})
		return
	}
	for _, e := range misfits {
		e.report(diag.Diagnostic{
			Rule: rule.CodeFormat, Span: e.w.Code.Span(), Path: "code",
			Message: fmt.Sprintf("the code %q %s", e.w.Code.Text, formProblem(e.w.Code.Text)),
			Help:    c.better(e.w.Code.Text) + ", or set lint.code_pattern to the form of this catalog's codes",
		})
	}
}

// better says what to write in place of a code that is not of the default form.
func (c *checker) better(code string) string {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch ch := code[i]; {
		case ch >= '0' && ch <= '9' || ch >= 'a' && ch <= 'z':
			b.WriteByte(ch)
		case ch >= 'A' && ch <= 'Z':
			if i > 0 && code[i-1] >= 'a' && code[i-1] <= 'z' {
				b.WriteByte('_')
			}
			b.WriteByte(ch)
		default:
			b.WriteByte('_')
		}
	}
	if name := strings.ToUpper(strings.Trim(b.String(), "_")); formProblem(name) == "" && c.codes[name] == nil {
		return "write " + name
	}
	return "use upper-case words with _ between them, as in FILE_TOO_LARGE"
}

// likelyPattern returns the narrowest of the usual forms that all codes have.
func (c *checker) likelyPattern() string {
	for _, pattern := range [...]string{
		`^[0-9]+$`, `^[A-Z][A-Za-z0-9]*$`, `^[A-Z0-9]+$`, `^[a-z][A-Za-z0-9]*$`, `^[a-z][a-z0-9_]*$`, `^[a-z][a-z0-9-]*$`, `^[a-z][a-z0-9_./-]*$`,
		`^[A-Za-z0-9_-]+$`, `^[A-Za-z0-9_./:-]+$`,
	} {
		re := regexp.MustCompile(pattern)
		if !slices.ContainsFunc(c.entries, func(e entry) bool { return !re.MatchString(e.w.Code.Text) }) {
			return pattern
		}
	}
	return "^.+$"
}

// defaultForm is the form of codes where the catalog names no other: that of AIP-193.
const defaultForm = "[A-Z][A-Z0-9_]*[A-Z0-9]"

// formProblem says why a code is not of the default form, as the end of a sentence, or "".
func formProblem(code string) string {
	for i := 0; i < len(code); i++ {
		c := code[i]
		if upper, digit := c >= 'A' && c <= 'Z', c >= '0' && c <= '9'; !upper && !digit && c != '_' {
			return "is not in UPPER_SNAKE_CASE"
		}
	}
	switch {
	case len(code) < 2:
		return "is too short: a code has at least two characters"
	case code[0] >= '0' && code[0] <= '9':
		return "begins with a digit"
	case code[0] == '_':
		return "begins with an underscore"
	case code[len(code)-1] == '_':
		return "ends with an underscore"
	}
	return ""
}

// codeProblem says why a code can not be one, and which part of it is to blame.
func codeProblem(s syntax.Scalar) (problem string, at diag.Span) {
	code := s.Text
	switch {
	case code == "":
		return "the code is empty", s.Span()
	case len(code) > maxCode:
		return fmt.Sprintf("the code has %d bytes; at most %d are allowed", len(code), maxCode), s.Span()
	case strings.TrimSpace(code) != code:
		return fmt.Sprintf("the code %q has white space at an end", code), s.Span()
	}
	for i, r := range code {
		if unseen.Suspect(r) || unicode.IsControl(r) || r == utf8.RuneError { // also those that a text may hold
			return fmt.Sprintf("the code holds the invisible character U+%04X", r), s.At(i, utf8.RuneLen(r))
		}
	}
	if !strings.ContainsFunc(code, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return fmt.Sprintf("the code %q has neither letters nor digits: no name and no link can be made of it", code), s.Span()
	}
	return "", diag.Span{}
}

// retiredCodes judges the tombstones' codes.
func (c *checker) retiredCodes() {
	first := map[string]diag.Span{}
	for i := range c.written.Retired {
		t := &c.written.Retired[i]
		path := t.Path.String() + ".code"
		if !t.Code.IsSet() {
			continue
		}
		if problem, at := codeProblem(t.Code); problem != "" {
			c.report(diag.Diagnostic{
				Rule: rule.CodeInvalid, Span: at, Path: path,
				Message: problem,
				Help:    "write the code as it was",
			})
		}
		if t.Code.Text == "" {
			continue
		}
		if other, twice := first[t.Code.Text]; twice {
			c.report(diag.Diagnostic{
				Rule: rule.DuplicateCode, Span: t.Code.Span(), Path: path,
				Message: fmt.Sprintf("the code %q is retired twice", t.Code.Text),
				Help:    "keep one of the two",
				Notes:   []diag.Note{note(other, "first retired here")},
			})
		}
		first[t.Code.Text] = t.Code.Span()
		if live := c.codes[t.Code.Text]; live != nil {
			c.report(diag.Diagnostic{
				Rule: rule.RetiredCodeUsed, Span: live.w.Code.Span(), Path: live.w.Path.String() + ".code",
				Message: fmt.Sprintf("the code %q is retired; old clients know it with its old meaning", t.Code.Text),
				Help:    "give the new error another code, or remove the tombstone if the code never went away",
				Notes:   []diag.Note{note(t.Code.Span(), "it is retired here")},
			})
		}
	}
}
