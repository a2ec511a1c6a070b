package fixed

import (
	"iter"
	"slices"
	"strings"
)

// Info is what the catalog says about a code. There is one for each code, made when the package is compiled; it can not be
// changed, and what its methods return belongs to the caller.
type Info struct {
	code        Code
	title       string
	description string
	resolution  string
	docsURL     string
	typeURI     string // if the envelope shows it
	since       string
	stability   string // "" if stable
	deprecated  *Deprecation
	group       uint16 // in groups
	retry       uint16 // in policies, from 1; 0: never
	statuses    []int
	messages    []messageInfo
	params      []paramInfo
	headers     []headerInfo
	see         []Code
	tags        []string
	meta        []metaInfo
	internal    bool // never sent, and in no list
	escaped     bool // JSON escapes some of its code, its title and its addresses

	retryAfterHeader uint8 // which of the headers is Retry-After, from 1; 0: none
	retryAfterParam  uint8 // the param that feeds it, from 1; 0: none
}

type messageInfo struct {
	variant    Variant // "" if the code has no variants
	template   []segment
	resolution string
}

type headerInfo struct {
	name  string
	value []segment
}

type metaInfo struct{ key, value string }

type groupInfo struct {
	id, title string
	lo, hi    int // infos[lo:hi]
}

// Code returns the code.
func (i *Info) Code() Code { return i.code }

// Title returns the code's meaning in a few words.
func (i *Info) Title() string { return i.title }

// Description returns, in Markdown, when the error happens. It may be empty.
func (i *Info) Description() string { return i.description }

// Resolution returns, in Markdown, what the caller does about the error. It may be empty.
func (i *Info) Resolution() string { return i.resolution }

// DocsURL returns the address of the code's documentation. It is empty if the catalog gives none.
func (i *Info) DocsURL() string { return i.docsURL }

// Group returns the id and the title of the code's group.
func (i *Info) Group() (id, title string) { return groups[i.group].id, groups[i.group].title }

// Status returns the HTTP status that the code comes with unless its server chose another.
func (i *Info) Status() int { return i.statuses[0] }

// Statuses returns all HTTP statuses that the code may come with, the default one first.
func (i *Info) Statuses() []int { return slices.Clone(i.statuses) }

// Retry returns how to retry. It is false for a code that must not be retried.
func (i *Info) Retry() (RetryPolicy, bool) { return policyNumber(int(i.retry)) }

// See returns related codes.
func (i *Info) See() []Code { return slices.Clone(i.see) }

// Tags returns the code's tags.
func (i *Info) Tags() []string { return slices.Clone(i.tags) }

// Meta returns a constant of the code, or of its group, by its key. It is empty if there is none.
func (i *Info) Meta(key string) string {
	for _, m := range i.meta {
		if m.key == key {
			return m.value
		}
	}
	return ""
}

// Headers yields the names and the values of the headers that come with the error, with a ${name} for each param.
func (i *Info) Headers() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for k := range i.headers {
			if h := &i.headers[k]; !yield(h.name, templateText(h.value, i.params)) {
				return
			}
		}
	}
}

// Since returns the date or version at which the code appeared, as the catalog writes it. It may be empty.
func (i *Info) Since() string { return i.since }

// Internal reports whether the code is for logs alone: it is never sent, and not listed by [All], [ByStatus] and [ByGroup].
func (i *Info) Internal() bool { return i.internal }

// Stability returns "stable", "beta" or "experimental".
func (i *Info) Stability() string {
	if i.stability == "" {
		return "stable"
	}
	return i.stability
}

// Deprecated returns what the catalog says about a code that is to go. It is false for all others.
func (i *Info) Deprecated() (Deprecation, bool) {
	if i.deprecated == nil {
		return Deprecation{}, false
	}
	return *i.deprecated, true
}

// Messages yields the code's variants and their message templates, with a ${name} for each param. A code without variants has
// one message, whose variant is empty.
func (i *Info) Messages() iter.Seq2[Variant, string] {
	return func(yield func(Variant, string) bool) {
		for k := range i.messages {
			m := &i.messages[k]
			if !yield(m.variant, templateText(m.template, i.params)) {
				return
			}
		}
	}
}

// VariantResolution returns, in Markdown, what to do about one variant of the code, if that is more than [Info.Resolution] says.
func (i *Info) VariantResolution(v Variant) string {
	for k := range i.messages {
		if i.messages[k].variant == v {
			return i.messages[k].resolution
		}
	}
	return ""
}

// A ParamInfo describes one of a code's params.
type ParamInfo struct {
	Name        string   // as in a message template
	Type        string   // string, int, float, bool, bytes, duration, time or list
	Enum        []string // the values that a string may have; nil: any
	Description string   // Markdown; may be empty
	Example     string   // as it stands in a message; of a list: as in a body
	Optional    bool     // it may be absent
	Detail      bool     // it is in the body, in no message
	Sensitive   bool     // it is never sent
}

// Params returns the code's params in the order of the constructor's arguments.
func (i *Info) Params() []ParamInfo {
	params := make([]ParamInfo, len(i.params))
	for k := range i.params {
		p := &i.params[k]
		params[k] = ParamInfo{
			Name: p.name, Type: p.kind.String(), Enum: slices.Clone(p.enum), Description: p.description, Example: p.example,
			Optional: p.optional, Detail: p.detail, Sensitive: p.sensitive,
		}
	}
	return params
}

// A Deprecation is what the catalog says about a code that should not be relied on any more.
type Deprecation struct {
	Since string // the date or version since when, as the catalog writes it; may be empty
	Use   Code   // the code to use instead; may be empty
	Note  string // Markdown: why; may be empty
}

// A Tombstone is what the catalog says about a code that it had once. No other error ever gets that code, so that what an older
// server sends is not taken for something else.
type Tombstone struct {
	Code   Code
	Status int    // the HTTP status that it came with; 0: the catalog does not say
	Since  string // the date or version at which it was retired, as the catalog writes it; may be empty
	Use    Code   // the code that replaced it; may be empty
	Note   string // Markdown: why it is gone; may be empty
}

// tombstoneOf returns the tombstone of a code; nil: there is none.
func tombstoneOf(code string) *Tombstone {
	n, ok := slices.BinarySearchFunc(tombstones[:], code, func(t Tombstone, code string) int { return strings.Compare(string(t.Code), code) })
	if !ok {
		return nil
	}
	return &tombstones[n]
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

// Lookup returns what the catalog says about a code. It allocates nothing, and takes the same time for any string of a length.
func Lookup(code string) (*Info, bool) {
	if n, ok := lookup(code); ok {
		return &infos[n], true
	}
	return nil, false
}

// lookup returns the number of a code.
func lookup(code string) (int, bool) {
	h := hashOf(code, hashSeed)
	entry := index[slotOf(h, displace[:], len(index))]
	if entry>>numberBits != markOf(h) {
		return 0, false
	}
	n := int(entry & (1<<numberBits - 1))
	return n, n < len(codeOf) && string(codeOf[n]) == code
}

// All yields every code of the catalog, in its order.
func All() iter.Seq[*Info] { return infosIn(0, len(infos), nil) }

// ByStatus yields the codes that may come with an HTTP status, in the catalog's order.
func ByStatus(status int) iter.Seq[*Info] {
	return infosIn(0, len(infos), func(i *Info) bool { return slices.Contains(i.statuses, status) })
}

// ByGroup yields the codes of a group, in the catalog's order. A group that the catalog does not have is empty.
func ByGroup(id string) iter.Seq[*Info] {
	for k := range groups {
		if groups[k].id == id {
			return infosIn(groups[k].lo, groups[k].hi, nil)
		}
	}
	return infosIn(0, 0, nil)
}

func infosIn(lo, hi int, keep func(*Info) bool) iter.Seq[*Info] {
	return func(yield func(*Info) bool) {
		for k := lo; k < hi; k++ {
			if i := &infos[k]; !i.internal && (keep == nil || keep(i)) && !yield(i) {
				return
			}
		}
	}
}
