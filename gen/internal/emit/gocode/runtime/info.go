package apierr

import (
	"iter"
	"slices"
	"strings"
	"time"
)

// Info is what the catalog says about a code. It is read-only: its methods return copies. Texts are
// Markdown, except titles.
type Info struct {
	code Code
	//errspec:if client
	empty typed // a nil pointer to the code's type
	//errspec:end
	title string
	//errspec:if description
	description string
	//errspec:end
	resolution string
	docsURL    string
	//errspec:if typeuri
	typeURI string // if the envelope shows it
	//errspec:end
	group    *groupInfo
	statuses []int
	messages []MessageInfo
	//errspec:if params
	params []ParamInfo
	forms  []form // of the messages, if there are params
	//errspec:end
	//errspec:if headers
	headers []HeaderInfo
	//errspec:end
	//errspec:if headerparams
	headerForms []headerForm // of the headers that params are read from
	//errspec:end
	//errspec:if constantdelay
	retryAfter time.Duration // that a constant Retry-After header states
	//errspec:end
	//errspec:if retry
	retry *RetryPolicy
	//errspec:end
	//errspec:if see
	see []Code
	//errspec:end
	//errspec:if values
	values []Value
	//errspec:end
	//errspec:if tags
	tags []string
	//errspec:end
	//errspec:if meta
	meta []metaInfo
	//errspec:end
	//errspec:if since
	since string
	//errspec:end
	//errspec:if stability
	stability string // "" if stable
	//errspec:end
	//errspec:if deprecated
	deprecated *Deprecation
	//errspec:end
	//errspec:if internal
	internal bool // never sent, and in no list
	//errspec:end
	//errspec:if anonymous
	anonymous *string // what each of its bodies has, which have no code; nil: they have it
	//errspec:end
	//errspec:if bystatus
	//errspec:if bybody
	byBody bool // no body of another error without a code has that
	//errspec:end
	//errspec:if each
	element *string // what each of its elements has, if anonymous
	//errspec:end
	//errspec:end
}

type groupInfo struct{ id, title string }

// A MessageInfo is one of a code's messages.
type MessageInfo struct {
	//errspec:if variants
	Variant    Variant // empty if the code has no variants
	Resolution string  // what to do about the variant, beside [Info.Resolution]; may be empty
	//errspec:end
	Text string // ${name} is a param, $$ a dollar sign; empty: no message is sent
}

//errspec:if params

// A form says which of the code's params a message has, by their indexes.
type form struct {
	needs []int // those that every error with this message has
	//errspec:if readparams
	params   []int    // those in the text, in its order
	literals []string // the text before, between and after them
	//errspec:end
}

//errspec:end

//errspec:if headerparams

// A headerForm is a header that is made of params.
type headerForm struct {
	name string
	form form
}

//errspec:end

// plain returns a message without params.
func (m *MessageInfo) plain() string { return strings.ReplaceAll(m.Text, "$$", "$") }

// Code returns the code.
func (i *Info) Code() Code { return i.code }

// Title returns the code's meaning in a few words.
func (i *Info) Title() string { return i.title }

//errspec:if description

// Description returns when the error happens. It may be empty.
func (i *Info) Description() string { return i.description }

//errspec:end

// Resolution returns what the caller can do about the error. It may be empty.
func (i *Info) Resolution() string { return i.resolution }

// DocsURL returns the address of the code's documentation. It may be empty.
func (i *Info) DocsURL() string { return i.docsURL }

// Group returns the id and the title of the code's group.
func (i *Info) Group() (id, title string) {
	if i.group == nil {
		return "", ""
	}
	return i.group.id, i.group.title
}

// Status returns the HTTP status that the code comes with unless its server chose another.
func (i *Info) Status() int {
	if len(i.statuses) == 0 {
		return 0
	}
	return i.statuses[0]
}

// Statuses returns all HTTP statuses that the code may come with, the default first.
func (i *Info) Statuses() []int { return slices.Clone(i.statuses) }

//errspec:if retry

// Retry returns how to retry. ok is false for a code that clients do not retry.
func (i *Info) Retry() (policy RetryPolicy, ok bool) {
	if i.retry == nil {
		return RetryPolicy{}, false
	}
	return *i.retry, true
}

//errspec:end

// Messages returns the code's messages: one, or one for each variant.
func (i *Info) Messages() []MessageInfo { return slices.Clone(i.messages) }

//errspec:if see

// See returns related codes.
func (i *Info) See() []Code { return slices.Clone(i.see) }

//errspec:end

//errspec:if headers

// Headers returns the headers that the error comes with, with ${name} for a param.
func (i *Info) Headers() []HeaderInfo { return slices.Clone(i.headers) }

// A HeaderInfo is the name and the value of a header.
type HeaderInfo struct{ Name, Value string }

//errspec:end

//errspec:if values

// Values returns the constants that the code's texts are filled from.
func (i *Info) Values() []Value { return slices.Clone(i.values) }

// A Value is a named constant of a code.
type Value struct {
	Name        string
	Text        string // as texts show it: 10 MB
	Description string // may be empty
}

//errspec:end

//errspec:if tags

// Tags returns the code's tags.
func (i *Info) Tags() []string { return slices.Clone(i.tags) }

//errspec:end

//errspec:if meta

// Meta returns the code's metadata for a key. It is empty if there is none.
func (i *Info) Meta(key string) string {
	for _, m := range i.meta {
		if m.key == key {
			return m.value
		}
	}
	return ""
}

type metaInfo struct {
	key, value string
	//errspec:if typedmeta
	plain bool // true, false or a number in JSON
	//errspec:end
}

//errspec:if typedmeta

// appendMeta appends a constant as JSON.
func appendMeta(b []byte, i *Info, key string) []byte {
	for _, m := range i.meta {
		if m.key == key && m.plain {
			return append(b, m.value...)
		}
	}
	return appendString(b, i.Meta(key))
}

//errspec:end

//errspec:end

//errspec:if since

// Since returns the date or version at which the code appeared. It may be empty.
func (i *Info) Since() string { return i.since }

//errspec:end

//errspec:if stability

// Stability returns "stable", "beta" or "experimental".
func (i *Info) Stability() string {
	if i.stability == "" {
		return "stable"
	}
	return i.stability
}

//errspec:end

//errspec:if deprecated

// Deprecated returns what the catalog says about a deprecated code. ok is false for other codes.
func (i *Info) Deprecated() (d Deprecation, ok bool) {
	if i.deprecated == nil {
		return Deprecation{}, false
	}
	return *i.deprecated, true
}

// A Deprecation says why a code is deprecated, and what to use instead.
type Deprecation struct {
	Since string // the date or version of the deprecation; may be empty
	Use   Code   // the code to use instead; may be empty
	Note  string // why; may be empty
}

//errspec:end

//errspec:if internal

// Internal reports whether the code is only for logs: it is never sent, and not listed.
func (i *Info) Internal() bool { return i.internal }

//errspec:end

//errspec:if params

// Params returns the code's params, in the order of the fields of its Params.
func (i *Info) Params() []ParamInfo {
	params := slices.Clone(i.params)
	for k := range params {
		params[k].Enum = slices.Clone(params[k].Enum)
	}
	return params
}

// A ParamInfo describes one of a code's params.
type ParamInfo struct {
	Name        string   // as in a message template
	Type        string   // string, int, float, bool, bytes, duration, time, list, object, map or json
	Enum        []string // the values that a string may have; nil: any
	Description string   // may be empty
	Example     string   // as a message shows it, or else as a body does
	Optional    bool     // it may be absent
	Detail      bool     // it is in the body, but in no message
	Sensitive   bool     // it is never sent
	//errspec:if apart
	apart bool // it is not among the params of the body
	//errspec:end
}

//errspec:end

// All yields the codes, in the catalog's order.
func All() iter.Seq[*Info] {
	return func(yield func(*Info) bool) {
		for n := range infos {
			//errspec:if internal
			if infos[n].internal {
				continue
			}
			//errspec:end
			if !yield(&infos[n]) {
				return
			}
		}
	}
}

// ByStatus yields the codes that may come with an HTTP status, in the catalog's order.
func ByStatus(status int) iter.Seq[*Info] {
	return func(yield func(*Info) bool) {
		for i := range All() {
			if slices.Contains(i.statuses, status) && !yield(i) {
				return
			}
		}
	}
}

//errspec:if tombstones

// A Tombstone is what the catalog says about a retired code. No other error ever gets the code.
type Tombstone struct {
	Code   Code
	Status int    // the HTTP status that it came with; 0: the catalog does not say
	Since  string // the date or version at which it was retired; may be empty
	Use    Code   // the code that replaced it; may be empty
	Note   string // why it is gone; may be empty
}

// tombstoneOf returns the tombstone of a code; nil: there is none.
func tombstoneOf(code Code) *Tombstone {
	for n := range tombstones {
		if tombstones[n].Code == code {
			return &tombstones[n]
		}
	}
	return nil
}

// reason says why a response with the code is not one of the catalog's.
func (t *Tombstone) reason() string {
	s := "the code " + string(t.Code) + " is retired"
	if t.Since != "" {
		s += " since " + t.Since
	}
	if t.Use != "" {
		s += ", and " + string(t.Use) + " replaced it"
	}
	return s
}

//errspec:end
