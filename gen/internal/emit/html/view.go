package html

import (
	"html/template"
	"slices"

	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/reference"
)

// A page is what the template is given. Strings are literal text, to be escaped; HTML is ready.
type page struct {
	Mark     template.HTML
	Policy   string
	Style    template.CSS
	Scripts  []template.JS
	Version  string    // "" if the page is not served live
	Findings *Findings // nil: none
	Empty    bool      // there is no catalog

	Title, Service string
	Summary        string // the description as one line of text; "" if there is none
	Description    template.HTML
	Own            anchors
	Contents       [][]link // lists, one below the other

	Branching []reference.Word // how a client tells errors apart
	Canonical string           // where the index is published; "" if nobody knows
	Agents    string           // the file for agents; "" if there is none
	Related   []outside        // the same for programs
	Glance    []glance         // the codes, by group; nil: there is nothing to choose from

	Envelope     envelope
	Samples      samples
	Statuses     []status
	Groups       []*group
	Retryable    []*entry
	AllStated    bool // every code says whether it may be retried
	RetryDefault *retry
	Retired      []retired

	AtStart, AfterEnvelope, AfterStatuses, AfterCodes, AtEnd []section

	Languages []code  // of the samples
	Search    *search // nil: there is nothing to find
	Parts     []*part // the pages that the entries are on; nil: they are on this one
	Part      *part   // this page is one of those; else it is the index
	entries   int
}

// A search finds codes on the page itself, or in a script that is loaded when somebody searches.
type search struct {
	Paths string // where roles are in a body, as in errors.json; "" if the codes are in the script
	Index string // the script; "" if the codes are on the page
}

// A part is a page of entries, where there are too many for one.
type part struct {
	Title, Href    string
	Entries        []*entry
	Previous, Next *part
}

// anchors are those of the page's own headings.
type anchors struct{ Envelope, Statuses, Codes, Retries, Handling, Details, Retired string }

// A link is a line of the contents.
type link struct {
	Text, Href string
	Count      int // of codes; 0: not said
	Sub        bool
	Code       bool // Text is a code
}

// A glance is a group with its codes.
type glance struct {
	Group *link  // nil if it has no heading to lead to
	Codes []link // nil if there are too many on the page
}

type section struct {
	Title, Anchor string
	Text          template.HTML
}

type envelope struct {
	Description template.HTML
	MediaType   string
	Plain       bool // the media type is application/json
	Sample      example
	Of          *ref     // the code that the sample is of; nil if it is the form of all and of none
	Params      string   // what the sample has instead of params' names; "" if nothing
	Optional    []string // where in it an error may have nothing
	EachPath    string   // of the list of errors; "" if a response has one
}

// An example is a JSON body, and of what.
type example struct {
	Caption, Of string
	Body        template.HTML
}

// A response is what a server sends for a variant of a code with one of its statuses.
type response struct {
	Label string // what tells it from the others of the code
	Head  string // the status line, the headers and the empty line
	Body  template.HTML
}

// Samples show how to handle an error in several languages.
type samples struct {
	Anchor, Of string // what the ids of their tabs begin with, and what they are of
	Codes      []code
}

// A code is one of the samples.
type code struct {
	ID, Title string // of its language
	Text      template.HTML
}

type status struct {
	Code  int
	Title string // "" if it has none
	Class string // for the style sheet: s1 to s5
	Cause template.HTML
	Used  bool // some code has it
}

type group struct {
	Title, Anchor string
	Description   template.HTML
	Entries       []*entry
}

// Lists returns the entries as lists of at most perList: a browser lays out those that are in view.
func (g *group) Lists() []list {
	var lists []list
	for entries := range slices.Chunk(g.Entries, perList) {
		lists = append(lists, list{entries, len(entries) == perList})
	}
	return lists
}

// The height of a full list in the style sheet depends on perList.
const perList = 50

type list struct {
	Entries []*entry
	Full    bool
}

type entry struct {
	Code, Anchor, Title string // no title if it only repeats the code
	Href                string // of this entry
	Page                string // of its own; "" if there is none
	Searched            string // what the search looks at beside what the index shows, in lower case
	Forms, OwnParams    string // JSON of package find's record; "" if there are none
	Stem, Known         string // the same, as text; Known is its type
	Statuses            []status
	Line                template.HTML // what the index says of it
	Whole               bool          // Line says all

	Description template.HTML
	StandsFor   string // in a sentence; "" if nothing
	Recognition string // how to recognize it without a code; "" if it has one
	HasVariants bool
	Messages    []text
	Params      []param
	Values      []fact
	Resolution  template.HTML
	Retry       *retry // nil: never, or not stated
	Never       bool   // the catalog says that a retry does not help
	RetryAdvice string // "": not stated
	Headers     []header
	Responses   []response
	Samples     samples
	See         []ref
	Links       []outside
	Tags        []string
	Since       string
	Stability   string // "" if stable
	Deprecated  *deprecated
}

// A text is what a code says.
type text struct {
	Variant    string
	Text       message.Template
	Resolution template.HTML
}

type param struct {
	Name        string
	Type        []reference.Word
	Optional    bool
	Example     string
	Description template.HTML
}

type fact struct {
	Name, Value string
	Description template.HTML
}

type header struct{ Line string }

// A ref leads to another code.
type ref struct{ Code, Href string }

// An outside leads away from the page.
type outside struct{ Title, URL string }

// Safe reports whether it may be a link.
func (o outside) Safe() bool { return mdtext.IsSafeURL(o.URL) }

type retry struct {
	Max           int
	Waits         string
	MaxRetryAfter string
	AnyMethod     bool
}

type deprecated struct {
	Since string
	Use   *ref
	Note  template.HTML
}

type retired struct {
	Page                string // see entry
	Code, Anchor, Since string
	Searched            string // all that the search looks at, in lower case
	Status              *status
	Use                 *ref
	Note                template.HTML
}
