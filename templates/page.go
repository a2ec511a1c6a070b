package templates

// A Page is the reference of one catalog: the whole page, or the index if each code has its own
// page. It contains nothing internal.
type Page struct {
	FrontMatter string // YAML, with a final newline; "" if there is none. Not Markdown
	// the header line that marks the page as errspec's, and the imports of the page if it has tabs:
	// print it first, after the front matter
	Notice      string
	Title       string // "" if the front matter has a title, which sites print themselves
	Description Text   // nil if there is none

	Branching string // how a client tells errors apart, in sentences

	Service string    // a code span; "" if the catalog has none
	Related []Related // files for programs that errspec has written beside the page

	// The author's sections, by position.
	AtStart, AfterEnvelope, AfterStatuses, AfterCodes, AtEnd []Section

	Samples []Sample // how to handle any error; nil unless the catalog asks for samples

	Envelope    Envelope
	Statuses    []Status // in the author's order
	Groups      []Group  // those with codes
	HasVariants bool     // some code has several messages
	Retired     []Retired

	Retryable    []*Entry // the codes that may be retried, in page order
	AllStated    bool     // every code says whether it may be retried
	RetryDefault *Retry   // for a proxy's or gateway's own response; nil: do not retry
}

// A Text is an author's Markdown. Choose the method for the position where it goes.
type Text interface {
	// Block returns the whole text as blocks, without a final newline. Lead is Markdown that
	// precedes it, in the first paragraph if the text begins with one.
	Block(lead string) string
	// Cell returns the first paragraph on one line, for a table cell.
	Cell() string
	// Fits reports whether Cell returns the whole text.
	Fits() bool
	// Whole returns the whole text on one line, for a table cell, with line breaks between
	// paragraphs, items and lines of code.
	Whole() string
}

// A Section is a part of the page that the author wrote.
type Section struct {
	Title string // "" if there is none
	Text  string // blocks
}

// A CodePage is the page of one code, live or retired.
type CodePage struct {
	FrontMatter string // YAML, with a final newline: title and description. Not Markdown
	// the header line that marks the page as errspec's, and the imports of the page if it has tabs:
	// print it first, after the front matter
	Notice  string
	Index   string // the title of the reference, linked to the index
	Page    *Page  // the index
	Entry   *Entry // nil if the code is retired
	Retired *Retired
	History []Change // the oldest first; nil unless the run is given the history of the catalog
}

// A Change is what happened to a code in a release.
type Change struct {
	When string // the name of the release, and its date if that is known
	Text string // a clause about the code
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
	// the code in the sample, linked; "" if the sample shows the form of all errors
	Of string

	// Optional lists what an error may omit, as code spans such as `error.param`. Params is the
	// code span of the sample that stands for the names of an error's params, or "".
	Optional []string
	Params   string

	// Where values are in the body, as code spans such as `error.code`; "" if a value is absent or
	// only part of a longer string.
	CodePath, MessagePath, VariantPath string

	// sentences that say how to recognize errors if no body has a code, or if some have none; else ""
	NoCode, SomeNoCode string

	// EachPath is the list that has an element for each error of a response, as in `errors` or "the
	// body"; "" if a response has one error.
	EachPath string
}

// A Sample shows how to handle an error in one language.
type Sample struct {
	ID       string // of the language: go, typescript, python or curl. Not Markdown
	Language string // its name, such as Go
	Code     string // blocks: a fence

	// whether it is a tab, as in the dialect docusaurus, and the first or the last one
	Tab, First, Last bool
}

// A Status is a row of the status table.
type Status struct {
	Code  int
	Title string
	Cause Text // nil if there is none
}

// A Group holds related codes.
type Group struct {
	ID            string // as in the catalog. Not Markdown
	Heading       string // the marks that make its title a heading, such as ###
	Title         string
	Anchor        string // of its heading. Not Markdown
	Description   Text   // nil if there is none
	HasResolution bool   // some of its codes have a resolution
	Entries       []*Entry
}

// An Entry is one code.
type Entry struct {
	ID      string // the code as it is sent. Not Markdown
	Heading string // the marks that make it a heading, such as ###
	Code    string // a code span for its heading; with anchor and suffix where anchors would meet
	Link    string // the code, linked to its entry; a mere code span where there is no entry
	Href    string // where that link leads; "" if nowhere. Not Markdown
	Anchor  string // of its entry. Not Markdown
	Title   string
	Meaning string // its title; "" if that only repeats the code
	Group   string // its group's title
	Status  string // its statuses, such as 401/403
	// its statuses with those names that say more than the code and the title: 401 Unauthorized or 403
	StatusNames string
	Statuses    []Status

	Description Text // nil if there is none
	// a sentence about failures without their own code that it is the fallback for; "" if there are
	// none
	StandsFor   string
	Recognition string // how to recognize it, in sentences, if its body has no code; else ""
	HasVariants bool   // it has several messages
	Messages    []Message
	Params      []Param
	Values      []Value
	Resolution  Text   // what to do about it; nil if there is nothing
	Retry       *Retry // nil: never, or not stated
	RetryAdvice string // whether and how to retry, in sentences; "": not stated
	Headers     []Header
	Example     string   // blocks: a response body as a fence
	Samples     []Sample // how to handle it; nil unless the catalog asks for samples

	// its names in generated code
	Go         GoNames
	TypeScript TypeScriptNames
	Python     PythonNames
	See        []string
	Links      []string
	Tags       []string

	// Whether any param or value has these. If not, a table column would be empty.
	ParamsHaveExamples, ParamsHaveMeanings, ValuesHaveMeanings bool

	Since      string // "" if unknown
	Stability  string // beta or experimental; "" if stable
	Deprecated *Deprecated
}

// GoNames are the names of a code in the generated Go package, such as CodeNotFound, NotFoundError,
// NotFoundParams ("" without params) and, of each variant, NewNotFoundAgent. Not Markdown.
type GoNames struct {
	Code, Type, Params string
	New                []string
}

// TypeScriptNames are those in the generated TypeScript module: the code is a literal type, such as
// "NOT_FOUND" with its quotation marks. Not Markdown.
type TypeScriptNames struct{ Code string }

// PythonNames are those in the generated Python module: the class, such as NotFoundError. Not
// Markdown.
type PythonNames struct{ Class string }

// A Message is a text of a code. A code with several messages has one per variant.
type Message struct {
	Variant    string // a code span; "" if the code has only one message
	Text       string // a code span, with params in angle brackets
	Resolution Text   // nil if it has none of its own
}

// A Param is a placeholder in a message, a header or the body, which differs between responses.
type Param struct {
	Name     string // a code span
	Type     string
	Optional bool
	// a code span with a value as in a message; "" if there is none, for example for lists
	Example     string
	Description Text // nil if there is none

	// its field, property or attribute in generated code, of a member that of its object. Not Markdown
	Go, TypeScript, Python string
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
	Example string // a code span; "" if it equals Line
}

// A Retry says how callers retry.
type Retry struct {
	Max           int    // retries, not attempts
	Waits         string // before each retry, such as 1s, 2s, 4s, or: random, up to 1s, 2s, 4s
	MaxRetryAfter string // a longer Retry-After means no retry
	AnyMethod     bool   // not only idempotent methods
}

// A Deprecated marks a code that callers should stop using.
type Deprecated struct {
	Since string // "" if unknown
	Use   string // another code, linked; "" if there is none
	Note  Text   // nil if there is none
}

// A Retired is the tombstone of a code that was published and removed.
type Retired struct {
	ID      string // the code as it was sent. Not Markdown
	Heading string // the marks that make it a heading, such as ###
	Code    string // a code span
	// the code, linked to its entry; only a code span if it has no entry
	Link   string
	Anchor string // of its entry. Not Markdown
	Status *Status
	Since  string // "" if unknown
	Use    string // another code, linked; "" if there is none
	Note   Text   // nil if there is none
}
