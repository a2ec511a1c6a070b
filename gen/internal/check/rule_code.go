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

// groupTitles asks whether each group has a title.
func (m *model) groupTitles() {
	for i, g := range m.first {
		if g.ID.IsSet() && m.out.Groups[i].Title == "" {
			m.report(diag.Diagnostic{
				Rule: rule.MissingKey, Span: g.ID.Span(), Path: g.Path.String(),
				Message: fmt.Sprintf("the group %q has no title", g.ID.Text),
				Help:    "add `title: …`",
			})
		}
	}
}

// codeForms judges the codes themselves.
func (m *model) codeForms() {
	var misfits []*entry
	for i := range m.entries {
		if e := &m.entries[i]; e.w.Code.IsSet() && (e.isFirst() || e.w.Code.Text == "") &&
			e.code() {
			misfits = append(misfits, e)
		}
	}
	m.misfitting(misfits)
}

// code judges the code itself, and reports whether it is one that is not of the default form.
func (e *entry) code() (misfits bool) {
	s := e.w.Code
	if strings.TrimSpace(s.Text) == "" {
		e.report(diag.Diagnostic{
			Rule: rule.CodeInvalid, Span: s.Span(), Path: "code",
			Message: "the code is empty",
			Help:    "write the code, as in FILE_TOO_LARGE",
		})
		return false
	}
	if problem, at := codeProblem(s); problem != "" {
		e.report(diag.Diagnostic{
			Rule: rule.CodeInvalid, Span: at, Path: "code",
			Message: problem,
			Help: "correct it; if clients receive it like this, remove it from the catalog: " +
				"they get it as the code of an Unrecognized error",
		})
		return false
	}
	pattern := e.m.lint.codePattern
	switch {
	case pattern == nil && e.m.showsNumbers() && catalog.IsCodeNumber(s.Text):
	case pattern == nil && formProblem(s.Text) != "":
		return true
	case pattern == nil && len(s.Text) > 63:
		e.report(diag.Diagnostic{
			Rule: rule.CodeFormat,
			Span: s.Span(),
			Path: "code",
			Message: fmt.Sprintf("the code %q has %d characters; AIP-193 allows at most 63", s.Text,
				len(s.Text)),
			Help: "set lint.code_pattern; a code that nobody receives yet can be shortened",
		})
	case pattern != nil && !pattern.MatchString(s.Text):
		e.report(diag.Diagnostic{
			Rule: rule.CodeFormat,
			Span: s.Span(),
			Path: "code",
			Message: fmt.Sprintf("the code %q does not match lint.code_pattern, %s", s.Text,
				e.m.written.Lint.CodePattern.Text),
			Help:  "change the pattern; a code that nobody receives yet can be renamed",
			Notes: []diag.Note{note(e.m.written.Lint.CodePattern.Span(), "the pattern is here")},
		})
	}
	return false
}

// misfitting reports the codes that are not of the default form: each, or, if most of the catalog's
// are of another form, that the catalog should declare it. Nobody reads hundreds of diagnostics
// that one line would settle.
func (m *model) misfitting(misfits []*entry) {
	if n := len(misfits); n > 10 && 2*n > len(m.entries) || n > 2 && n == len(m.entries) {
		first := misfits[0]
		m.report(diag.Diagnostic{
			Rule: rule.CodeFormat,
			Span: first.w.Code.Span(),
			Path: "lint.code_pattern",
			Message: fmt.Sprintf("%d of the %d codes do not match the default form %s; the first is %q", n,
				len(m.entries), defaultForm, first.w.Code.Text),
			Help: "set the pattern of this catalog's codes, " +
				"as in `lint: {code_pattern: '" + m.likelyPattern() + "'}`",
		})
		return
	}
	for _, e := range misfits {
		e.report(diag.Diagnostic{
			Rule:    rule.CodeFormat,
			Span:    e.w.Code.Span(),
			Path:    "code",
			Message: fmt.Sprintf("the code %q %s", e.w.Code.Text, formProblem(e.w.Code.Text)),
			Help: "set lint.code_pattern to the pattern of this catalog's codes; for a code that " +
				"nobody receives yet, " + m.better(e.w.Code.Text),
		})
	}
}

// better says what to write instead of a code without the default form.
func (m *model) better(code string) string {
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
		case ch >= utf8.RuneSelf:
			return "use the letters A to Z, as in FILE_TOO_LARGE" // to drop one would spoil a word
		default:
			b.WriteByte('_')
		}
	}
	if name := strings.ToUpper(strings.Trim(b.String(), "_")); formProblem(name) == "" &&
		m.codes[name] == nil {
		return "write " + name
	}
	if len(code) < 2 {
		return "use at least two characters, as in FILE_TOO_LARGE"
	}
	return "use upper-case words with _ between them, as in FILE_TOO_LARGE"
}

// likelyPattern returns the narrowest of the usual forms that all codes have.
func (m *model) likelyPattern() string {
	for _, pattern := range [...]string{
		`^[0-9]+$`, `^[A-Z][A-Za-z0-9]*$`, `^[A-Z0-9]+$`, `^[a-z][A-Za-z0-9]*$`, `^[a-z][a-z0-9_]*$`,
		`^[a-z][a-z0-9-]*$`, `^[a-z][a-z0-9_./-]*$`, `^[A-Za-z0-9_-]+$`, `^[A-Za-z0-9_./:-]+$`,
	} {
		re := regexp.MustCompile(pattern)
		if !slices.ContainsFunc(m.entries, func(e entry) bool { return !re.MatchString(e.w.Code.Text) }) {
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
		if upper, digit := c >= 'A' &&
			c <= 'Z', c >= '0' &&
			c <= '9'; !upper && !digit &&
			c != '_' {
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

// codeProblem says why a code cannot be one, and which part of it is to blame.
func codeProblem(s syntax.Scalar) (problem string, at diag.Span) {
	code := s.Text
	switch {
	case strings.TrimSpace(code) == "":
		return "the code is empty", s.Span()
	case len(code) > maxCode:
		return fmt.Sprintf("the code has %d bytes; the limit is %d", len(code), maxCode), s.Span()
	case strings.TrimSpace(code) != code:
		return fmt.Sprintf("the code %q begins or ends with white space", code), s.Span()
	}
	for i, r := range code {
		// This includes characters that a text may hold.
		if unseen.Suspect(r) || unicode.IsControl(r) || r == utf8.RuneError {
			return fmt.Sprintf("the code contains the invisible character U+%04X", r),
				s.At(i, utf8.RuneLen(r))
		}
	}
	if !strings.ContainsFunc(code,
		func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return fmt.Sprintf(
			"the code %q has neither letters nor digits, so it has no Go name and no anchor", code), s.Span()
	}
	return "", diag.Span{}
}

// retiredCodes judges the tombstones' codes.
func (m *model) retiredCodes() {
	first := map[string]diag.Span{}
	for i := range m.written.Retired {
		t := &m.written.Retired[i]
		path := t.Path.String() + ".code"
		if !t.Code.IsSet() {
			continue
		}
		if problem, at := codeProblem(t.Code); problem != "" {
			m.report(diag.Diagnostic{
				Rule: rule.CodeInvalid, Span: at, Path: path,
				Message: problem,
				Help:    "write the code as it was before it was retired",
			})
		}
		if t.Code.Text == "" {
			continue
		}
		if other, twice := first[t.Code.Text]; twice {
			m.report(diag.Diagnostic{
				Rule: rule.DuplicateCode, Span: t.Code.Span(), Path: path,
				Message: fmt.Sprintf("the code %q is retired twice", t.Code.Text),
				Help:    "remove one of them",
				Notes:   []diag.Note{note(other, "first retired here")},
			})
		}
		first[t.Code.Text] = t.Code.Span()
		if live := m.codes[t.Code.Text]; live != nil {
			m.report(diag.Diagnostic{
				Rule:    rule.RetiredCodeUsed,
				Span:    live.w.Code.Span(),
				Path:    live.w.Path.String() + ".code",
				Message: fmt.Sprintf("the code %q is retired: old clients know its old meaning", t.Code.Text),
				Help:    "remove the tombstone if servers send the code; give a new error another code",
				Notes:   []diag.Note{note(t.Code.Span(), "it is retired here")},
			})
		}
	}
}
