package templates

// A Page is the reference of one catalog, on one page or on the page that leads to those of the
// codes. What is internal is not in it.
type Page struct {
	FrontMatter string // YAML, with a final newline; "" if there is none. Not Markdown
	// the line by which errspec knows the page as its own: it goes first, after the front matter
	Notice      string
	Title       string // "" if the front matter has a title, which sites print themselves
	Description Text   // nil if there is none

	Service string    // a code span; "" if the catalog names none
	Related []Related // the same for programs: what errspec has written beside the page

	// The author's sections, by position.
	AtStart, AfterEnvelope, AfterStatuses, AfterCodes, AtEnd []Section

	Envelope    Envelope
	Statuses    []Status // in the author's order
	Groups      []Group  // those that have codes
	HasVariants bool     // some code has several messages
	Retired     []Retired

	Retryable []*Entry // the codes that may be retried, in page order
	// for a response that is not the API's own, such as a proxy's; nil: do not retry
	RetryDefault *Retry
}

// A Text is what the author wrote in Markdown, to be written for the place where it goes.
type Text interface {
	// Block returns the whole text as blocks, without a final newline. Lead, which is Markdown, is
	// put before it, in the first paragraph if the text begins with one.
	Block(lead string) string
	// Cell returns the first paragraph, in one line, for a table cell.
	Cell() string
	// Fits reports whether Cell is all of the text.
	Fits() bool
	// Whole returns all of the text, in one line, for a table cell: with line breaks between
	// paragraphs, items and lines of code.
	Whole() string
}

// A Section is a piece of the page that the author wrote.
type Section struct {
	Title string // "" if none
	Text  string // blocks
}

// A CodePage is the page of one code, live or retired.
type CodePage struct {
	FrontMatter string // YAML, with a final newline: title and description. Not Markdown
	// the line by which errspec knows the page as its own: it goes first, after the front matter
	Notice  string
	Index   string // the title of the reference, linked to its first page
	Page    *Page  // that page
	Entry   *Entry // nil if the code is retired
	Retired *Retired
}

// A Related is a file for programs that is published with the page.
type Related struct {
	Kind string // schema, schema-lenient, openapi or json: the flag that writes it. Not Markdown
	Link string // its name, linked
}

// An Envelope is the form of all error responses.
type Envelope struct {
	Description Text   // nil if there is none
	MediaType   string // a code span
	Plain       bool   // the media type is application/json
	Sample      string // blocks: the body as a fence
	// the code that the sample is of, linked; "" if it is the form of all and of none
	Of string

	// What the sample does not show: where an error may have nothing, as code spans such as
	// `error.param`; and the code span that stands in it for the names of an error's params, "" if
	// none does.
	Optional []string
	Params   string

	// Where in the body things are, as code spans such as `error.code`; "" if nowhere, or only
	// within a longer string.
	CodePath, MessagePath, VariantPath string
}

// A Status is a row of the status table.
type Status struct {
	Code  int
	Title string
	Cause Text // nil if there is none
}

// A Group holds codes that belong together.
type Group struct {
	ID            string // as in the catalog. Not Markdown
	Heading       string // the marks that make its title a heading, such as ###
	Title         string
	Anchor        string // of its heading. Not Markdown
	Description   Text   // nil if there is none
	HasResolution bool   // some of its codes say what to do
	Entries       []*Entry
}

// An Entry is one code.
type Entry struct {
	ID      string // the code as it is sent. Not Markdown
	Heading string // the marks that make it a heading, such as ###
	Code    string // a code span
	// the code, linked to its entry; a mere code span where there is no entry to lead to
	Link     string
	Href     string // where that link leads; "" if nowhere. Not Markdown
	Anchor   string // of its entry. Not Markdown
	Title    string
	Group    string // its group's title
	Status   string // its statuses, such as 401/403
	Statuses []Status

	Description Text // nil if there is none
	// which failures without a code of their own it answers for, in a sentence; "" if none
	StandsFor   string
	HasVariants bool // there are several messages
	Messages    []Message
	Params      []Param
	Values      []Value
	Resolution  Text   // what to do about it; nil if there is nothing
	Retry       *Retry // nil: never
	RetryAdvice string // whether and how to retry, in sentences
	Headers     []Header
	Example     string // blocks: a response body as a fence
	See         []string
	Links       []string
	Tags        []string

	// What some of its params or values have: the others would make an empty column of a table.
	ParamsHaveExamples, ParamsHaveMeanings, ValuesHaveMeanings bool

	Since      string // "" if not said
	Stability  string // beta or experimental; "" if stable
	Deprecated *Deprecated
}

// A Message is what a code says. A code that has several tells cases apart by them.
type Message struct {
	Variant    string // a code span; "" if the code has one message
	Text       string // a code span, with params in angle brackets
	Resolution Text   // nil if there is none of its own
}

// A Param is what stands in a message, a header or the body for something that differs from
// response to response.
type Param struct {
	Name        string // a code span
	Type        string
	Optional    bool
	Example     string // a code span: as it stands in a message; "" if there is none, as of a list
	Description Text   // nil if there is none
}

// A Value is a constant that the API and its docs share, such as a limit.
type Value struct {
	Name        string // a code span
	Value       string
	Description Text // nil if there is none
}

// A Header is a response header that comes with a code.
type Header struct {
	Line    string // a code span: name and value, with params in angle brackets
	Example string // a code span; "" if it would be the same
}

// A Retry says how a caller may try again.
type Retry struct {
	Max           int    // retries, not attempts
	Waits         string // before each retry, such as 1s, 2s, 4s, or: random, up to 1s, 2s, 4s
	MaxRetryAfter string // a Retry-After that asks for more means no retry
	AnyMethod     bool   // not only methods that may be repeated
}

// A Deprecated says that a code should not be relied on any more.
type Deprecated struct {
	Since string // "" if not said
	Use   string // another code, linked; "" if there is none
	Note  Text   // nil if there is none
}

// A Retired is a code that was published and is gone.
type Retired struct {
	ID      string // the code as it was sent. Not Markdown
	Heading string // the marks that make it a heading, such as ###
	Code    string // a code span
	// the code, linked to its entry; a mere code span where there is no entry to lead to
	Link   string
	Anchor string // of its entry. Not Markdown
	Status *Status
	Since  string // "" if not said
	Use    string // another code, linked; "" if there is none
	Note   Text   // nil if there is none
}
