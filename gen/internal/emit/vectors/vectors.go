// Package vectors makes test vectors for clients: responses of an API, and what a client must make
// of each of them. Clients in any language are held to the same table.
//
// It takes a checked catalog and returns one file, see [Document]. The verdicts are made from the
// catalog by a reader of this package. It shares no code with the generated Go package, so a
// difference between the two shows a mistake in one of them. Internal codes have no vectors,
// because a server never sends them.
package vectors

import (
	"net/http"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/encode"
)

// FormatVersion is the version of the document's format. Within a version members may be added and
// none is removed or changes its meaning, so runners ignore members that they do not know.
const FormatVersion = 1

// A Document is the file. Durations are numbers of seconds.
type Document struct {
	FormatVersion int      `json:"format_version"`
	GeneratedBy   string   `json:"generated_by"`
	Title         string   `json:"title"`
	Service       string   `json:"service,omitempty"`
	Vectors       []Vector `json:"vectors"`
}

// A Vector is a response and what a client makes of it.
type Vector struct {
	Name     string   `json:"name"` // unique in the document
	Response Response `json:"response"`
	Verdict  Verdict  `json:"verdict"`
	// Repeat makes a long text short: its mark in the vector means a text, a number of times.
	Repeat *Repeat `json:"repeat,omitempty"`
}

// A Response is what a client receives.
type Response struct {
	Status  int           `json:"status"`
	Headers encode.Object `json:"headers"` // of strings
	// Body is the body as text. BodyBase64 stands for it where the body is not UTF-8.
	Body       *string `json:"body,omitempty"`
	BodyBase64 []byte  `json:"body_base64,omitempty"`
	// Now is the time at which the response is read, where the verdict depends on it.
	Now string `json:"now,omitempty"`
}

// A Verdict is what a client must make of a response.
type Verdict struct {
	Outcome
	RequestID  *string  `json:"request_id"`
	RetryAfter *float64 `json:"retry_after"` // nil: the response asks for no wait
	Retired    bool     `json:"retired"`     // the code is retired
	// Errors are all errors of the response, this one first, if the envelope has $each.
	Errors []Outcome `json:"errors,omitempty"`
	// Decisions say whether to send the request again.
	Decisions []Decision `json:"decisions"`
}

// An Outcome is what a client makes of one error.
type Outcome struct {
	// Code is the error's code; nil: it is not an error that the client knows.
	Code *string `json:"code"`
	// RawCode is the code in the response, known or not; nil: it has none.
	RawCode *string `json:"raw_code"`
	Variant *string `json:"variant"` // its id; nil: none, or it is not known which
	// Params are those that can be read, by name, each as the body carries it.
	Params encode.Object `json:"params"`
	// HasParams says whether all params of the error could be read.
	HasParams bool `json:"has_params"`
	// Message is that of the body, else the title of the code; nil: neither.
	Message *string `json:"message"`
}

// A Decision says whether to send a request again after a number of attempts.
type Decision struct {
	Method  string `json:"method"` // GET stands for idempotent methods, POST for the others
	Attempt int    `json:"attempt"`
	Retry   bool   `json:"retry"`
	// Delay is the shortest and the longest delay: they differ if a part of it is random.
	Delay []float64 `json:"delay,omitempty"`
}

// A Repeat says what a mark stands for.
type Repeat struct {
	Mark  string `json:"mark"`
	Text  string `json:"text"`
	Times int    `json:"times"`
}

// Verdicts returns the document of responses that were seen: each with its name and what a client
// must make of it.
func Verdicts(c *catalog.Catalog, seen []Vector) Document {
	d, r := document(c), newReader(c)
	for _, v := range seen {
		v.Verdict = r.verdict(v.Response.received())
		d.Vectors = append(d.Vectors, v)
	}
	return d
}

// received returns the response as a client gets it.
func (r *Response) received() received {
	got := received{status: r.Status, header: http.Header{}, body: r.BodyBase64, now: clock}
	for _, h := range r.Headers {
		got.header.Set(h.Name, h.Value.(string))
	}
	if r.Body != nil {
		got.body = []byte(*r.Body)
	}
	return got
}

func document(c *catalog.Catalog) Document {
	return Document{
		FormatVersion: FormatVersion, GeneratedBy: emit.Notice, Title: c.Title, Service: c.Service,
	}
}

// Emit returns the vectors.
func Emit(c *catalog.Catalog) ([]emit.File, error) {
	m := maker{reader: newReader(c), names: map[string]int{}}
	m.usual()
	m.odd()
	d := document(c)
	d.Vectors = m.list
	return []emit.File{{Data: encode.JSON(d)}}, nil
}
