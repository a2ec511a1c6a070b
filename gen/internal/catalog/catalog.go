// Package catalog is the resolved catalog: all that an emitter needs to know, and nothing of how it
// was written.
//
// Defaults are applied, names settled, texts filled in, references followed, order fixed.
// Everything is a slice in catalog order; there is no map to iterate, no YAML, no Go syntax tree.
// Package check builds a Catalog complete or not at all; after that nobody writes to it, so
// emitters may run in any order and side by side.
package catalog

import (
	"encoding/json"
	"iter"
	"net/textproto"
	"slices"
	"strconv"
	"time"

	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/value"
)

// A Markdown is text an author wrote in Markdown (GFM), with its ${names} filled in. What was
// filled in is escaped, so that it shows as it is.
type Markdown string

// A Catalog is one API's errors.
type Catalog struct {
	Title       string
	Description Markdown
	Service     string // "" if none
	DocsURL     string // as written; "" if none. Each entry has its own, resolved
	TypeBase    string // as written; "" if none

	Envelope     Envelope
	Statuses     []Status      // the reference's status table, in the author's order
	Policies     []RetryPolicy // the named ones, in the author's order
	RetryDefault *RetryPolicy  // for responses that are not ours; nil: no retry
	Groups       []Group
	// for AnyFailure: the first 500 that needs no param; nil: the built-in text
	Fallback *Entry `json:"-"`
	TooLarge *Entry `json:"-"` // for BodyTooLarge: the first 413 that needs no param; nil: none
	// for DeadlinePassed: the first 504 that needs no param, else the first such 503, and one whose
	// retry policy allows any method only if there is no other; nil: none
	Timeout *Entry `json:"-"`
	Retired []Tombstone
	Docs    Docs
}

// A Status is a row of the status table.
type Status struct {
	Code  int
	Title string
	Cause Markdown
}

// A Group holds entries that belong together, under one heading.
type Group struct {
	ID          string
	Title       string
	Description Markdown
	Anchor      string // of its heading
	Suffix      string // as that of an Entry
	Entries     []*Entry
}

// All yields every entry, in catalog order.
func (c *Catalog) All() iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		for i := range c.Groups {
			for _, e := range c.Groups[i].Entries {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// Public yields the entries that a client may see, in catalog order: all but the internal ones.
func (c *Catalog) Public() iter.Seq[*Entry] {
	return func(yield func(*Entry) bool) {
		for e := range c.All() {
			if !e.Internal && !yield(e) {
				return
			}
		}
	}
}

// Len returns how many entries there are.
func (c *Catalog) Len() int {
	n := 0
	for i := range c.Groups {
		n += len(c.Groups[i].Entries)
	}
	return n
}

// Status returns the row of the status table for code, or nil.
func (c *Catalog) Status(code int) *Status {
	for i := range c.Statuses {
		if c.Statuses[i].Code == code {
			return &c.Statuses[i]
		}
	}
	return nil
}

// Find returns the entry of a code, or nil. It searches; emitters that look up often keep an index
// of their own.
func (c *Catalog) Find(code string) *Entry {
	for e := range c.All() {
		if e.Code == code {
			return e
		}
	}
	return nil
}

// Tombstone returns the tombstone of a code, or nil. It searches, as Find does.
func (c *Catalog) Tombstone(code string) *Tombstone {
	for i := range c.Retired {
		if c.Retired[i].Code == code {
			return &c.Retired[i]
		}
	}
	return nil
}

// A Failure is one for which no handler names a code. Servers answer it with a code of the catalog
// that needs no params.
type Failure int

// The failures.
const (
	AnyFailure     Failure = iota // an error that is not the catalog's
	BodyTooLarge                  // a request body of more bytes than the server reads
	DeadlinePassed                // a deadline that passed while the server worked
)

// StandIns yields the failures that the catalog has a code for, with that code.
func (c *Catalog) StandIns() iter.Seq2[Failure, *Entry] {
	return func(yield func(Failure, *Entry) bool) {
		for f, e := range []*Entry{
			AnyFailure: c.Fallback, BodyTooLarge: c.TooLarge, DeadlinePassed: c.Timeout,
		} {
			if e != nil && !yield(Failure(f), e) {
				return
			}
		}
	}
}

// StandsFor returns the failures that a code answers for.
func (c *Catalog) StandsFor(e *Entry) []Failure {
	var failures []Failure
	for f, standIn := range c.StandIns() {
		if standIn == e {
			failures = append(failures, f)
		}
	}
	return failures
}

// An Entry is one error code.
type Entry struct {
	Index int // place in catalog order, from 0
	Group int // place of its group in Catalog.Groups
	Code  string
	// the author's name for it in Go, or one that tells it from another's; "": the one that follows
	// from the code
	GoName   string
	Statuses []int  // the first is the default; at least one
	Title    string // plain text; never empty

	Params   []Param
	Values   []Value
	Variants []Variant // at least one; a code without variants has one whose ID is ""

	Description Markdown
	Resolution  Markdown
	Retry       *RetryPolicy // nil: never, or not stated
	// the author says whether to retry; a client never retries what is not stated
	RetryStated bool
	Headers     []Header
	Links       []Link
	See         []*Entry `json:"-"`
	Tags        []string
	Since       string
	Stability   Stability
	Deprecated  *Deprecation // nil: not
	Internal    bool
	Anonymous   bool     // its body and its headers have no code: $code and $code_number have no value
	KnownBy     Identity // how clients know it
	Meta        []Meta   // the group's and its own, its own winning, by key

	Anchor string // of its heading, and the fragment of its link; no other heading has it
	// what headings in Markdown add to the code in parentheses, so that their anchors differ; "":
	// nothing
	Suffix  string
	DocsURL string // its link; "" if the catalog has none
	Type    string // its RFC 9457 type URI; "" if none

	// Written has the texts in which something was filled in, as their author wrote them, by their
	// keys (description, variants[0].resolution). They tell a changed text from a changed value.
	Written map[string]string `json:"-"`
}

// HasVariants reports whether the code's messages are told apart by a variant id.
func (e *Entry) HasVariants() bool { return e.Variants[0].ID != "" }

// Silent returns the place of the variant that is sent without a message; -1: there is none.
func (e *Entry) Silent() int {
	return slices.IndexFunc(e.Variants, func(v Variant) bool { return v.Silent })
}

// Param returns the param of that name, or nil.
func (e *Entry) Param(name string) *Param {
	for i := range e.Params {
		if e.Params[i].Name == name {
			return &e.Params[i]
		}
	}
	return nil
}

// A Param is a typed placeholder in an entry's messages, headers or details.
type Param struct {
	Name string
	Type
	Description Markdown
	Example     value.Value // always set: the author's, or one that fits the type
	Detail      bool        // goes into the body, not into the message
	// never goes into $params: into the message, a header, or a member of its own
	Apart     bool
	Optional  bool
	Sensitive bool
	InMessage bool   // at least one message of its entry has it
	GoName    string // as that of an Entry
}

// A Type says which values a param, or a part of one, may have.
type Type struct {
	Kind   value.Kind
	Enum   []EnumValue // of a string; nil: any
	Fields []Field     // of an object, in the author's order; at least one
	Elem   *Type       // of a list: its items; of a map: its values
}

// An EnumValue is one of the values that an enum may have.
type EnumValue struct {
	Value string
}

// A Field is a member of an object.
type Field struct {
	Name string
	Type
	Optional bool
	GoName   string // as that of an Entry
}

// MaxLevels limits how deep objects, lists and maps nest in a param.
const MaxLevels = 8

// A Value is a named constant that docs and code share.
type Value struct {
	Name        string
	Value       value.Value
	Description Markdown
	GoName      string // as that of an Entry
}

// A Variant is one of an entry's messages.
type Variant struct {
	ID         string           // "" if the code has no variants
	Message    message.Template // names are params of the entry
	Silent     bool             // it is sent without a message
	Resolution Markdown         // its own; "" if none
	GoName     string           // as that of an Entry
	Readable   bool             // its params can be read back from its text when their values allow it
}

// A Header is a response header that goes with an error.
type Header struct {
	Name  string           // as the author writes it, for people to read
	Value message.Template // names are params of the entry
}

// RetryAfter is the canonical name of the header that says how long to wait.
const RetryAfter = "Retry-After"

// Canonical returns the header's name in the one form that is compared: case means nothing in it
// (RFC 9110, section 5.1).
func (h *Header) Canonical() string { return textproto.CanonicalMIMEHeaderKey(h.Name) }

// A Link leads to further reading.
type Link struct{ Title, URL string }

// A Meta is a constant for $meta.KEY.
type Meta struct {
	Key, Value string
	Plain      bool // true, false or a number in JSON, and not a string
}

// JSON returns the constant as a body carries it.
func (m *Meta) JSON() json.RawMessage {
	if m.Plain {
		return json.RawMessage(m.Value)
	}
	return appendString(nil, m.Value)
}

// A Stability says how far clients may rely on a code.
type Stability string

// The stabilities, least first.
const (
	Experimental Stability = "experimental"
	Beta         Stability = "beta"
	Stable       Stability = "stable"
)

// A Deprecation says since when a code is deprecated, and what to use instead.
type Deprecation struct {
	Since string
	Use   *Entry `json:"-"` // nil: none
	Note  Markdown
}

// A Tombstone is a code that was published and is gone. It is never used again for another meaning.
type Tombstone struct {
	Code   string
	Status int // 0: not said
	Since  string
	Use    *Entry `json:"-"` // nil: none
	Note   Markdown
	Anchor string
	Suffix string // as that of an Entry
}

// A RetryPolicy says when and how often a caller may try again. Delays grow as Base, Base·Factor,
// … up to MaxDelay.
type RetryPolicy struct {
	Name          string // "" if inline, or if a named one was changed in place
	Strategy      Strategy
	Base          time.Duration
	Factor        float64
	MaxDelay      time.Duration // caps the computed delay
	Jitter        Jitter
	MaxRetries    int           // retries, not attempts
	MaxRetryAfter time.Duration // a longer Retry-After means no retry
	AnyMethod     bool          // not only idempotent methods
}

// A Strategy is how delays grow.
type Strategy string

// The strategies.
const (
	Exponential Strategy = "exponential"
	Constant    Strategy = "constant"
)

// A Jitter is how delays are spread: the part of a computed delay that is random.
type Jitter string

// The jitters: none of the delay, its upper half, all of it.
const (
	NoJitter    Jitter = "none"
	EqualJitter Jitter = "equal"
	FullJitter  Jitter = "full"
)

// DefaultRetryPolicy returns the values of the keys that a policy does not set.
func DefaultRetryPolicy() RetryPolicy {
	return RetryPolicy{
		Strategy:      Exponential,
		Base:          time.Second,
		Factor:        2,
		MaxDelay:      30 * time.Second,
		Jitter:        FullJitter,
		MaxRetries:    4,
		MaxRetryAfter: 5 * time.Minute,
	}
}

// PolicyKeys returns the keys of a retry policy, in the order of the format.
func PolicyKeys() []string {
	return []string{
		"strategy", "base", "factor", "max_delay", "jitter", "max_retries", "max_retry_after", "methods",
	}
}

// Text returns the value of a key of the policy as a text shows it. It returns false if there is no
// such key.
func (p *RetryPolicy) Text(key string) (string, bool) {
	switch key {
	case "strategy":
		return string(p.Strategy), true
	case "base":
		return value.FormatDuration(p.Base), true
	case "factor":
		return value.FormatFloat(p.Factor), true
	case "max_delay":
		return value.FormatDuration(p.MaxDelay), true
	case "jitter":
		return string(p.Jitter), true
	case "max_retries":
		return strconv.Itoa(p.MaxRetries), true
	case "max_retry_after":
		return value.FormatDuration(p.MaxRetryAfter), true
	case "methods":
		if p.AnyMethod {
			return "any", true
		}
		return "idempotent", true
	}
	return "", false
}

// Docs is what the reference page holds beside the tables.
type Docs struct {
	EditURL     string   // as written, with {code} and {anchor}; "" if none
	FrontMatter string   // YAML, one key a line, ending in a newline; "" if none
	Samples     []string // the languages of the samples on the page, as package sample names them
	Sections    []Section
}

// A Section is a piece of the page that the author wrote.
type Section struct {
	Position Position
	Title    string // "" if none
	Anchor   string // of the title
	Suffix   string // as that of an Entry
	Text     Markdown
}

// A Position is where on the page a section goes.
type Position string

// The positions, in page order.
const (
	AtStart       Position = "start"
	AfterEnvelope Position = "after-envelope"
	AfterStatuses Position = "after-statuses"
	AfterCodes    Position = "after-codes"
	AtEnd         Position = "end"
)

// SectionsAt yields the sections at a position, in the author's order.
func (d *Docs) SectionsAt(p Position) iter.Seq[*Section] {
	return func(yield func(*Section) bool) {
		for i := range d.Sections {
			if d.Sections[i].Position == p && !yield(&d.Sections[i]) {
				return
			}
		}
	}
}
