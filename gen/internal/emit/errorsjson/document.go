package errorsjson

import (
	"encoding/json"

	"github.com/errspec/errspec/gen/internal/encode"
)

// FormatVersion is the version of the document's format. Within a version members may be added and
// none is removed or changes its meaning, so readers ignore members that they do not know.
const FormatVersion = 1

// A Document is errors.json: the resolved catalog as data, for programs in any language.
//
// Lists are never omitted. Empty texts and absent objects are, except an error's retry, which is
// null. Texts named description, resolution, cause and note are Markdown; all other texts are
// plain. Durations are numbers of seconds, sizes are numbers of bytes, times are RFC 3339 strings.
// Internal codes and sensitive params are absent.
type Document struct {
	FormatVersion int    `json:"format_version"`
	GeneratedBy   string `json:"generated_by"`
	Title         string `json:"title"`
	Description   string `json:"description,omitempty"`
	// Service is the domain of the codes.
	Service string `json:"service,omitempty"`
	// DocsURL is the reference, as the author gave it. A code's own link is in its error.
	DocsURL  string   `json:"docs_url,omitempty"`
	Envelope Envelope `json:"envelope"`
	// Statuses is the reference's table of statuses, in its order. It may hold statuses that no code
	// has, and lack some.
	Statuses []Status `json:"statuses"`
	// RetryPolicies are the named ones, by name. An error's retry is complete and does not need them.
	RetryPolicies encode.Object `json:"retry_policies"` // of Retry
	// RetryDefault is for a 429, 502, 503 or 504 whose body is not an error of this catalog, such as a
	// proxy's.
	RetryDefault *Retry  `json:"retry_default"`
	Groups       []Group `json:"groups"`
	// Errors are the codes, by code, in the order of the reference.
	Errors encode.Object `json:"errors"` // of Error
	// Retired are codes that were published and are gone, by code. Older servers may still send them.
	Retired encode.Object `json:"retired"` // of Retired
}

// An Envelope is the JSON body of every error response.
type Envelope struct {
	MediaType   string `json:"media_type"`
	Description string `json:"description,omitempty"`
	// Template is the body as an author writes it: the string "$code" stands for the code and so on,
	// "${code}" for the code inside a string, "$$" for a dollar. A member "$spread" puts all params
	// beside its siblings. What has no value for a code (a link, a param, a request id) is omitted
	// from its bodies.
	Template json.RawMessage `json:"template"`
	// Paths says where in a body what is found: for each role, without its $, the ways there from the
	// root, each a list of member names and list indexes. "params" leads to the object that holds the
	// params.
	Paths encode.Object `json:"paths"` // of [][]Step
	// Each is the way to the list that has an element for each error of a response; nil: a response
	// has one error. Paths leads to the first error.
	Each []Step `json:"each,omitzero"`
	// Sample is the body as the reference shows it. Its code need not be one of the catalog.
	Sample json.RawMessage `json:"sample"`
	// Headers are those of every response, with roles without their $. Each code's own list has them,
	// too, filled in.
	Headers []Header `json:"headers,omitempty"`
}

// A Step is a member's name or a list's index, as JSON.
type Step = json.RawMessage

// A Status is a row of the table of statuses.
type Status struct {
	Status int    `json:"status"`
	Title  string `json:"title"`
	Cause  string `json:"cause,omitempty"`
}

// A Group holds codes that belong together.
type Group struct {
	ID          string   `json:"id"`
	Title       string   `json:"title"`
	Description string   `json:"description,omitempty"`
	Codes       []string `json:"codes"`
}

// An Error is one code.
type Error struct {
	Code  string `json:"code"`
	Group string `json:"group"` // its id
	// KnownBy is how a client knows an error whose body and headers have no code: by its type, by its
	// status or, if other errors without a code have the same status, by its message or its body. If
	// omitted: by its code.
	KnownBy string `json:"known_by,omitempty"`
	// Statuses are the HTTP statuses that the code may come with; the first is the default.
	Statuses []int `json:"statuses"`
	// Title says in a few words what the code means.
	Title string `json:"title"`
	// Messages has one message, or, for a code with variants, one for each of them.
	Messages []Message `json:"messages"`
	Params   []Param   `json:"params"`
	// Values are constants that belong to the code, such as limits.
	Values      []Value `json:"values"`
	Description string  `json:"description,omitempty"` // when it happens
	Resolution  string  `json:"resolution,omitempty"`  // what the caller does about it
	// Retry says how to retry; null: clients do not retry.
	Retry *Retry `json:"retry"`
	// RetryNever says that the catalog states that a retry does not help.
	RetryNever bool     `json:"retry_never,omitempty"`
	Headers    []Header `json:"headers"`
	Links      []Link   `json:"links"`
	See        []string `json:"see"` // other codes that one may be looking for
	Tags       []string `json:"tags"`
	DocsURL    string   `json:"docs_url,omitempty"`
	// Type is the URI that is the code's type in RFC 9457's terms.
	Type string `json:"type,omitempty"`
	// Meta are constants that the envelope may show.
	Meta       encode.Object `json:"meta,omitempty"` // of strings, numbers and booleans
	Since      string        `json:"since,omitempty"`
	Stability  string        `json:"stability"` // stable, beta or experimental
	Deprecated *Deprecation  `json:"deprecated,omitempty"`
}

// A Message is what a code says.
type Message struct {
	Variant string `json:"variant,omitempty"` // the variant's id
	Template
	// Readable says that the params can be read back from the message, as far as their values allow.
	Readable   bool    `json:"readable"`
	Resolution string  `json:"resolution,omitempty"` // the variant's own
	Example    Example `json:"example"`
}

// An Example shows a message with its params' examples filled in, and a whole body with it and the
// default status.
type Example struct {
	Message string          `json:"message"`
	Body    json.RawMessage `json:"body"`
}

// A Template is a text that params are filled into.
type Template struct {
	// Text is the whole: ${name} is filled in, $$ is a dollar.
	Text string `json:"template"`
	// Segments are the parts of the text.
	Segments []Segment `json:"segments"`
}

// A Segment is a piece of a template: literal text, or a param's name. It is one of the two.
type Segment struct {
	Literal string `json:"literal,omitempty"`
	Param   string `json:"param,omitempty"`
}

// A Param is a typed placeholder in a code's messages, headers or details.
type Param struct {
	Name string `json:"name"`
	Type
	Description string `json:"description,omitempty"`
	Example     Typed  `json:"example"`
	// InMessage says that a message shows it; Detail, that the body carries it as data; Apart, that it
	// is not among the params of the body: it has a member of its own, if any; Optional, that it may
	// be absent.
	InMessage bool `json:"in_message"`
	Detail    bool `json:"detail"`
	Apart     bool `json:"apart,omitempty"`
	Optional  bool `json:"optional"`
}

// A Type is the type of a param, or of a part of one.
type Type struct {
	// Type is string, int, float, bool, bytes, duration, time, list, object, map or json.
	Type string   `json:"type"`
	Enum []string `json:"enum,omitempty"` // of a string: the only ones
	// Items is what a list holds, Values what a map holds, under keys of any text.
	Items  *Type   `json:"items,omitempty"`
	Values *Type   `json:"values,omitempty"`
	Fields []Field `json:"fields,omitempty"` // of an object
}

// A Field is a member of an object.
type Field struct {
	Name string `json:"name"`
	Type
	Optional bool `json:"optional,omitempty"` // it may be absent
}

// A Typed is a value in both of its forms.
type Typed struct {
	Value json.RawMessage `json:"value"` // as bodies carry it
	// as messages show it; what they cannot show has none
	Text string `json:"text,omitempty"`
}

// A Value is a named constant.
type Value struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Typed
	Description string `json:"description,omitempty"`
}

// A Header is a response header that goes with an error. Params in it have their header form: whole
// seconds, HTTP dates.
type Header struct {
	Name string `json:"name"`
	Template
}

// A Link leads to further reading.
type Link struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

// A Retry says when and how often to try again. The n-th retry waits base_seconds · factor^(n-1),
// at most max_delay_seconds; jitter is the random part of that. If Retry-After asks for longer, it
// counts; beyond max_retry_after_seconds there is no retry.
type Retry struct {
	Policy string `json:"policy,omitempty"` // its name, if it is a named one, unchanged
	// exponential, or constant: then the factor is 1
	Strategy        string  `json:"strategy"`
	BaseSeconds     float64 `json:"base_seconds"`
	Factor          float64 `json:"factor"`
	MaxDelaySeconds float64 `json:"max_delay_seconds"`
	// the random part: none of the delay, equal (its upper half), full
	Jitter               string  `json:"jitter"`
	MaxRetries           int     `json:"max_retries"` // retries, not attempts
	MaxRetryAfterSeconds float64 `json:"max_retry_after_seconds"`
	Methods              string  `json:"methods"` // any, or idempotent: not POST, not PATCH
}

// A Deprecation says since when a code is deprecated, and what to use instead.
type Deprecation struct {
	Since string `json:"since,omitempty"`
	Use   string `json:"use,omitempty"` // a code
	Note  string `json:"note,omitempty"`
}

// A Retired is a retired code.
type Retired struct {
	Code   string `json:"code"`
	Status int    `json:"status,omitempty"`
	Since  string `json:"since,omitempty"`
	Use    string `json:"use,omitempty"` // the code to look for now
	Note   string `json:"note,omitempty"`
}
