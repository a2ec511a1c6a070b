package vectors

import (
	"encoding/json"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/value"
)

// readError sets the variant and the params of a known error.
func (r *reader) readError(v *Outcome, e *catalog.Entry, b *body, h http.Header) {
	text, hasMessage := b.text(catalog.RoleMessage)
	inBody, fit := readBody(e, b)
	variant, inMessage := -1, map[string]any(nil)
	if r.Reads(catalog.RoleMessage) { // in a body that never has it, its absence says nothing
		variant, inMessage = readMessage(e, text, hasMessage)
	}
	if b.hides && !hasMessage {
		variant = -1
	}
	if len(e.Variants) == 1 {
		variant = 0
	}
	if id, ok := b.text(catalog.RoleVariant); ok && r.reads(catalog.RoleVariant) {
		said := slices.IndexFunc(e.Variants, func(v catalog.Variant) bool {
			return id != "" && v.ID == id
		})
		if said != variant {
			inMessage = nil
			if said >= 0 && hasMessage && !e.Variants[said].Silent {
				if params, how := readText(e, e.Variants[said].Message, text, fromText); how == certain {
					inMessage = params
				}
			}
		}
		variant = said
	}
	if variant >= 0 && e.Variants[variant].ID != "" {
		v.Variant = &e.Variants[variant].ID
	}
	inHeaders := readHeaders(e, h)
	has := map[string]bool{}
	for i := range e.Params {
		name := e.Params[i].Name
		for _, from := range []map[string]any{inBody, inMessage, inHeaders} {
			if found, ok := from[name]; ok {
				v.Params = append(v.Params, encode.Member{Name: name, Value: found})
				has[name] = true
				break
			}
		}
	}
	v.HasParams = fit
	for i := range e.Variants {
		if variant >= 0 && i != variant {
			continue
		}
		for name := range e.Takes(&e.Variants[i]) {
			v.HasParams = v.HasParams && (has[name] || e.Param(name).Sensitive)
		}
	}
}

// readBody returns the params that the body carries. fit says that each of them is of its type.
func readBody(e *catalog.Entry, b *body) (params map[string]any, fit bool) {
	params, fit = map[string]any{}, true
	for i := range e.Params {
		p := &e.Params[i]
		v, ok := b.params[p.Name]
		absent := false
		for _, n := range b.named {
			if n.name == p.Name {
				v, ok, absent = n.value, true, n.absent
			}
		}
		if !ok || p.Sensitive || p.Optional && (absent || v == nil) {
			continue
		}
		found, how := typed(&p.Type, v)
		fit = fit && how == whole
		if how != misfit {
			params[p.Name] = found
		}
	}
	return params, fit
}

// A fitness says how much of a JSON value is of a type.
type fitness int

const (
	misfit fitness = iota
	partly
	whole
)

// typed returns the part of a JSON value that is of a type, as a body carries it.
func typed(t *catalog.Type, v any) (any, fitness) {
	switch t.Kind {
	case value.List:
		return typedList(t, v)
	case value.Map:
		return typedMap(t, v)
	case value.Object:
		return typedObject(t, v)
	case value.JSON:
		if levels(v) > maxLevels {
			return nil, misfit
		}
		return v, whole
	}
	if found, ok := typedScalar(t.Kind, v); ok {
		return found, whole
	}
	return nil, misfit
}

// maxLevels is how deep a json param may nest.
const maxLevels = 200

// levels returns how deep a JSON value nests: 0 for one that is no list or object.
func levels(v any) int {
	deepest := 0
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			deepest = max(deepest, levels(item))
		}
	case map[string]any:
		for _, member := range v {
			deepest = max(deepest, levels(member))
		}
	default:
		return 0
	}
	return deepest + 1
}

func typedScalar(k value.Kind, v any) (any, bool) {
	number, isNumber := v.(json.Number)
	text, isText := v.(string)
	switch k {
	case value.String:
		return text, isText
	case value.Bool:
		_, ok := v.(bool)
		return v, ok
	case value.Int, value.Bytes:
		n, ok := wholeNumber(number)
		return n, isNumber && ok
	case value.Float:
		f, err := number.Float64()
		return f, isNumber && err == nil
	case value.Duration:
		d, err := time.ParseDuration(number.String() + "s")
		if err != nil { // it has an exponent
			var f float64
			f, err = number.Float64()
			d = time.Duration(math.Round(f * 1e9))
			if math.Abs(f) > maxDuration.Seconds() {
				return nil, false
			}
		}
		return value.Value{Kind: value.Duration, Int: int64(d)}.JSON(), isNumber && err == nil
	default:
		t, err := time.Parse(time.RFC3339Nano, text)
		return value.Value{Kind: value.Time, Time: t.UTC()}.JSON(), isText && err == nil
	}
}

func typedList(t *catalog.Type, v any) (any, fitness) {
	items, ok := v.([]any)
	if !ok && v != nil {
		return nil, misfit
	}
	all, list := whole, []any{}
	for _, item := range items {
		found, how := typed(t.Elem, item)
		if how != misfit {
			list = append(list, found)
		}
		all = min(all, max(how, partly))
	}
	return list, all
}

func typedMap(t *catalog.Type, v any) (any, fitness) {
	members, ok := v.(map[string]any)
	if !ok && v != nil {
		return nil, misfit
	}
	all, m := whole, map[string]any{}
	for key, member := range members {
		found, how := typed(t.Elem, member)
		if how != misfit {
			m[key] = found
		}
		all = min(all, max(how, partly))
	}
	return m, all
}

func typedObject(t *catalog.Type, v any) (any, fitness) {
	members, ok := v.(map[string]any)
	if !ok {
		return nil, misfit
	}
	all, object := whole, encode.Object{}
	for i := range t.Fields {
		f := &t.Fields[i]
		member, ok := members[f.Name]
		if f.Optional && member == nil {
			continue
		}
		how := misfit
		if ok {
			var found any
			if found, how = typed(&f.Type, member); how != misfit {
				object = append(object, encode.Member{Name: f.Name, Value: found})
			}
		}
		all = min(all, max(how, partly))
	}
	return object, all
}

// A likeness says how well a text matches one of a code's messages.
type likeness int

const (
	unlike  likeness = iota
	newer            // it is if an enum has a value that is not in this catalog
	likely           // it is, but its params are not certain
	certain          // it is, and has these params
)

// readMessage returns which of a code's messages a text is (-1: none, or several) and its params.
func readMessage(e *catalog.Entry, text string, ok bool) (variant int, params map[string]any) {
	if !ok {
		return e.Silent(), nil
	}
	variant, best := -1, unlike
	for i := range e.Variants {
		if e.Variants[i].Silent {
			continue
		}
		found, how := readText(e, e.Variants[i].Message, text, fromText)
		sure := how == certain
		how = min(how, likely)
		switch {
		case how == unlike, how < best:
		case how == best:
			variant, params = -1, nil
		default:
			variant, best, params = i, how, nil
			if sure {
				params = found
			}
		}
	}
	return variant, params
}

// readText reads a text as a message, or as the value of a header. Its params are certain if there
// is only one way to cut the text at the message's literals.
func readText(
	e *catalog.Entry, t message.Template, text string,
	read func(*catalog.Param, string) (any, likeness),
) (map[string]any, likeness) {
	literals, names := []string{""}, []string(nil)
	for _, seg := range t {
		if seg.Name == "" {
			literals[len(literals)-1] += seg.Literal
		} else {
			literals, names = append(literals, ""), append(names, seg.Name)
		}
	}
	if len(names) == 0 {
		if text == literals[0] {
			return nil, certain
		}
		return nil, unlike
	}
	parts, ways := cuts(text, literals)
	switch {
	case ways == 0:
		return nil, unlike
	// nothing tells where a param ends
	case ways > 1, slices.Contains(literals[1:len(literals)-1], ""):
		return nil, likely
	}
	params, texts, how := map[string]any{}, map[string]string{}, certain
	for i, name := range names {
		if was, ok := texts[name]; ok && was != parts[i] {
			return nil, unlike // one param with two values
		}
		found, like := read(e.Param(name), parts[i])
		params[name], texts[name], how = found, parts[i], min(how, like)
	}
	return params, how
}

// cuts returns what is between the literals of a text, and in how many ways it can be cut: 0, 1, or
// 2 for more.
func cuts(text string, literals []string) (parts []string, ways int) {
	last := len(literals) - 1
	text, begins := strings.CutPrefix(text, literals[0])
	text, ends := strings.CutSuffix(text, literals[last])
	if !begins || !ends {
		return nil, 0
	}
	for _, literal := range literals[1:last] {
		part, rest, ok := strings.Cut(text, literal)
		if !ok {
			return nil, 0
		}
		parts, text = append(parts, part), rest
	}
	parts = append(parts, text)
	// Another way moves at least one literal to the right: then the last one that moves has room
	// to do so, and what is behind it stays.
	for i := last - 1; i > 0; i-- {
		between := parts[i-1] + literals[i] + parts[i]
		if strings.LastIndex(between, literals[i]) != len(parts[i-1]) {
			return nil, 2
		}
	}
	return parts, 1
}

// fromText reads a param as a message states it. A value in another form than the server's does not
// match.
func fromText(p *catalog.Param, text string) (any, likeness) {
	if p.Kind == value.String {
		switch {
		case p.Enum != nil && !slices.Contains(p.Enum, catalog.EnumValue{Value: text}):
			return text, newer
		case strings.Contains(text, "\ufffd"): // JSON has it where the sender's text was broken
			return text, likely
		}
		return text, certain
	}
	v, err := value.Parse(p.Kind, text)
	if err != nil || v.Text() != text {
		return nil, unlike
	}
	return v.JSON(), certain
}

// readHeaders returns the params in headers. A header whose params are all in each message is not
// read.
func readHeaders(e *catalog.Entry, h http.Header) map[string]any {
	params := map[string]any{}
	for i := range e.Headers {
		t := e.Headers[i].Value
		values := h.Values(e.Headers[i].Name)
		inAll := func(name string) bool {
			return !slices.ContainsFunc(e.Variants, func(v catalog.Variant) bool {
				return !slices.Contains(v.Message.Names(), name)
			})
		}
		notInAll := func(name string) bool { return !inAll(name) }
		if len(values) != 1 || !slices.ContainsFunc(t.Names(), notInAll) {
			continue
		}
		found, how := readText(e, t, values[0], fromHeader)
		if how != certain {
			continue
		}
		for name, v := range found {
			if _, ok := params[name]; !ok {
				params[name] = v
			}
		}
	}
	return params
}

// fromHeader reads a param as a header states it.
func fromHeader(p *catalog.Param, text string) (any, likeness) {
	v := value.Value{Kind: p.Kind}
	var err error
	switch p.Kind {
	case value.Bytes:
		v.Int, err = strconv.ParseInt(text, 10, 64)
	case value.Duration:
		v.Int, err = strconv.ParseInt(text, 10, 64)
		if v.Int > int64(maxDuration/time.Second) {
			return nil, unlike
		}
		v.Int *= int64(time.Second)
	case value.Time:
		v.Time, err = http.ParseTime(text)
	default:
		return fromText(p, text)
	}
	if err != nil {
		return nil, unlike
	}
	return v.JSON(), certain
}
