package find

import (
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/gen/internal/value"
)

// A Record is what a search knows about a code.
type Record struct {
	Code     string
	Stem     string // what its names in packages are made of; "" if that follows from the code
	Anchor   string // in addresses; "" if that follows from the code
	Type     string // the URI that a body has instead of the code; "" if it has the code
	Statuses []int
	Forms    []Form   // its messages
	Params   []string // the params that no message has, so that only a body has them
	Text     string   // what the reference says of it, in lower case
}

// A Form is a message as a search reads it: the id of its variant, then literals and blanks in
// turn, beginning and ending with a literal, which may be empty. A blank is a param's name, a
// space, and the kind of its values: one of the keys of kinds. The HTML reference has it as a list
// in JSON.
type Form []string

func (f Form) variant() string { return f[0] }

// blanks returns how many params the message has.
func (f Form) blanks() int { return (len(f) - 2) / 2 }

// literal returns the text before the k-th blank, or after the last one.
func (f Form) literal(k int) string { return f[1+2*k] }

// blank returns the k-th blank.
func (f Form) blank(k int) (name, kind string) {
	name, kind, _ = strings.Cut(f[2+2*k], " ")
	return name, kind
}

// RecordOf returns the record of a code.
func RecordOf(c *catalog.Catalog, e *catalog.Entry) Record {
	r := Record{
		Code: e.Code, Stem: StemOf(e), Anchor: AnchorOf(e.Code, e.Anchor), Type: TypeOf(e),
		Statuses: e.Statuses, Forms: FormsOf(e),
		Params: ParamsOf(e),
	}
	texts := []string{e.Code, e.Title}
	for _, status := range e.Statuses {
		texts = append(texts, reference.StatusLine(c, status))
	}
	for i := range e.Variants {
		v := &e.Variants[i]
		texts = append(texts, v.ID, reference.WithBlanks(v.Message), mdtext.Plain(string(v.Resolution)))
	}
	texts = append(texts, mdtext.Plain(string(e.Description)), mdtext.Plain(string(e.Resolution)))
	r.Text = strings.ToLower(strings.Join(append(texts, e.Tags...), "\n"))
	return r
}

// StemOf returns the Stem of a code's record.
func StemOf(e *catalog.Entry) string {
	if stem := goname.Stem(e.Code, e.GoName); fold(stem) != fold(e.Code) {
		return stem
	}
	return ""
}

// AnchorOf returns the Anchor of the record of a code, live or retired.
func AnchorOf(code, anchor string) string {
	if fold(anchor) == fold(code) {
		return ""
	}
	return anchor
}

// TypeOf returns the Type of a code's record.
func TypeOf(e *catalog.Entry) string {
	if e.KnownBy == catalog.ByType {
		return e.Type
	}
	return ""
}

// ParamsOf returns the Params of a code's record.
func ParamsOf(e *catalog.Entry) []string {
	var names []string
	for i := range e.Params {
		if p := &e.Params[i]; !p.InMessage && !p.Sensitive {
			names = append(names, p.Name)
		}
	}
	return names
}

// FormsOf returns the messages of a code. One that is sent without a message, and one that consists
// of params alone, cannot be recognized.
func FormsOf(e *catalog.Entry) []Form {
	var forms []Form
	for i := range e.Variants {
		f := Form{e.Variants[i].ID, ""}
		letters := 0
		for _, seg := range e.Variants[i].Message {
			if seg.Name == "" {
				f[len(f)-1] = collapse(seg.Literal)
				letters += len(fold(seg.Literal))
			} else {
				f = append(f, seg.Name+" "+kindOf(e.Param(seg.Name)), "")
			}
		}
		f[1] = strings.TrimLeft(f[1], " ")
		f[len(f)-1] = strings.TrimRight(f[len(f)-1], " ")
		if letters > 0 {
			forms = append(forms, f)
		}
	}
	return forms
}

// kindOf returns the kind of a param's values: where in a line they end. A text whose example has
// no space counts as a word.
func kindOf(p *catalog.Param) string {
	switch {
	case p.Kind != value.String:
		return p.Kind.String()
	case strings.Contains(p.Example.Text(), " "):
		return "text"
	default:
		return "word"
	}
}
