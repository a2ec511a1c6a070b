package apierr

import (
	"bytes"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A param is one that the body of an error carries.
type param struct {
	name  string
	value any // as in the Params struct, but a byteSize for a size
}

// A byteSize is an int64 that texts show as a size, such as 10 MB.
type byteSize int64

//errspec:if server

// addParams adds a constructor's params to the body: those that the message needs, and optional
// ones that have a value.
func (e *Error) addParams(fields reflect.Value) {
	n := 0
	//errspec:if variants
	if isThis := func(m MessageInfo) bool { return m.Variant == e.Variant }; e.Variant != "" {
		n = slices.IndexFunc(e.info.messages, isThis)
	}
	//errspec:end
	set := make([]bool, len(e.info.params))
	for k, p := range e.info.params {
		set[k] = slices.Contains(e.info.forms[n].needs, k) || p.Optional && !fields.Field(k).IsNil()
	}
	e.params = bodyParams(fields, e.info.params, set)
	//errspec:if apart
	e.separate()
	//errspec:end
}

//errspec:end

// param returns a param of the body; nil: the error has none of that name.
func (e *Error) param(name string) any {
	for _, p := range e.params {
		if p.name == name {
			return p.value
		}
	}
	//errspec:if apart
	for _, p := range e.apart {
		if p.name == name {
			return p.value
		}
	}
	//errspec:end
	return nil
}

// sameParams reports whether the bodies of two errors carry the same params.
func sameParams(e, o *Error) bool {
	text := func(params []param) string { return string(appendMembers([]byte("{"), params)) }
	same := text(e.params) == text(o.params)
	//errspec:if apart
	same = same && text(e.apart) == text(o.apart)
	//errspec:end
	return same
}

// appendParams appends the params as members of the object that b ends in.
func appendParams(b []byte, e *Error) []byte { return appendMembers(b, e.params) }

func appendMembers(b []byte, params []param) []byte {
	for _, p := range params {
		if b[len(b)-1] != '{' {
			b = append(b, ',')
		}
		b = append(appendString(b, p.name), ':')
		b = appendValue(b, p.value)
	}
	return b
}

// appendValue appends a value as the body carries it: a size in bytes, a duration in seconds, a
// time in RFC 3339.
func appendValue(b []byte, value any) []byte {
	switch v := value.(type) {
	case string: // and the other usual types, which need no reflection
		return appendString(b, v)
	case int64:
		return strconv.AppendInt(b, v, 10)
	case bool:
		return strconv.AppendBool(b, v)
	case time.Duration:
		return appendSeconds(b, v)
	case time.Time:
		return append(append(append(b, '"'), timeText(v)...), '"')
		//errspec:if rawjson
	case json.RawMessage:
		raw, ok := compactJSON(v)
		if !ok {
			return append(b, "null"...)
		}
		return append(b, raw...)
		//errspec:end
	}
	switch v := reflect.ValueOf(value); v.Kind() {
	case reflect.String:
		return appendString(b, v.String())
	case reflect.Int64:
		return strconv.AppendInt(b, v.Int(), 10)
	case reflect.Float64:
		if f := v.Float(); !math.IsNaN(f) && !math.IsInf(f, 0) {
			return append(b, floatText(f)...)
		}
	case reflect.Slice:
		b = append(b, '[')
		for i := range v.Len() {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendValue(b, v.Index(i).Interface())
		}
		return append(b, ']')
	case reflect.Struct:
		b = append(b, '{')
		for i := range v.NumField() {
			name, member := v.Type().Field(i).Tag.Get("json"), v.Field(i)
			//errspec:if nested
			name, optional := strings.CutSuffix(name, ",omitempty")
			if optional && member.IsNil() {
				continue
			}
			//errspec:end
			if b[len(b)-1] != '{' {
				b = append(b, ',')
			}
			b = append(appendString(b, name), ':')
			b = appendValue(b, member.Interface())
		}
		return append(b, '}')
		//errspec:if nested
	case reflect.Pointer: // of an optional member
		return appendValue(b, v.Elem().Interface())
		//errspec:end
		//errspec:if maps
	case reflect.Map:
		keys := v.MapKeys()
		slices.SortFunc(keys, func(x, y reflect.Value) int {
			return strings.Compare(x.String(), y.String())
		})
		b = append(b, '{')
		for i, key := range keys {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendString(b, key.String()), ':')
			b = appendValue(b, v.MapIndex(key).Interface())
		}
		return append(b, '}')
		//errspec:end
	}
	return append(b, "null"...)
}

//errspec:if rawjson

// maxLevels is how deep the JSON of a param may nest, so that clients can read the body.
const maxLevels = 200

// compactJSON returns a copy of JSON without white space. It returns false if the JSON is not valid
// or nests too deep: no param may break the body that it is in.
func compactJSON(raw []byte) (json.RawMessage, bool) {
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return nil, false
	}
	level, inString := 0, false
	for i := 0; i < b.Len(); i++ {
		switch c := b.Bytes()[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{', c == '[':
			level++
		case c == '}', c == ']':
			level--
		}
		if level > maxLevels {
			return nil, false
		}
	}
	return bytes.ToValidUTF8(b.Bytes(), []byte("\uFFFD")), true
}

//errspec:end
//errspec:if nested

// cloned returns a deep copy of a param, so that later changes by the caller do not change what is
// sent.
func cloned[T any](v T) T { return deepCopy(reflect.ValueOf(&v).Elem()).Interface().(T) }

func deepCopy(v reflect.Value) reflect.Value {
	switch kind := v.Kind(); {
	case kind == reflect.Slice && !v.IsNil():
		list := reflect.AppendSlice(reflect.MakeSlice(v.Type(), 0, v.Len()), v)
		for i := 0; i < list.Len() && list.Index(i).Kind() != reflect.Uint8; i++ {
			list.Index(i).Set(deepCopy(v.Index(i)))
		}
		return list
		//errspec:if maps
	case kind == reflect.Map && !v.IsNil():
		m := reflect.MakeMapWithSize(v.Type(), v.Len())
		for _, key := range v.MapKeys() {
			m.SetMapIndex(key, deepCopy(v.MapIndex(key)))
		}
		return m
		//errspec:end
	case kind == reflect.Pointer && !v.IsNil():
		p := reflect.New(v.Type().Elem())
		p.Elem().Set(deepCopy(v.Elem()))
		return p
	case kind == reflect.Struct && v.Type() != reflect.TypeFor[time.Time]():
		s := reflect.New(v.Type()).Elem()
		for i := range v.NumField() {
			s.Field(i).Set(deepCopy(v.Field(i)))
		}
		return s
	}
	return v
}

//errspec:end

// valueText returns a value as a text shows it.
func valueText(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case byteSize:
		return bytesText(int64(v))
	case time.Duration:
		return durationText(v)
	}
	text := string(appendValue(nil, value))
	if s, err := strconv.Unquote(text); err == nil {
		return s
	}
	return text
}

//errspec:if client

// A fit says how much of a JSON value is of its type.
type fit uint8

const (
	fitsNot fit = iota
	fitsPart
	fits
)

func fitsIf(yes bool) fit {
	if yes {
		return fits
	}
	return fitsNot
}

// setParam sets a field of a params struct from JSON, as appendValue writes it. What is not of its
// type is omitted: the field, an item, or a member.
func setParam(field reflect.Value, raw []byte) fit {
	text := ""
	if raw[0] == '"' {
		text = unquoted(raw)
	}
	switch p := field.Addr().Interface().(type) {
	case *time.Duration:
		d, ok := parseSeconds(string(raw))
		if ok {
			*p = d
		}
		return fitsIf(ok)
	case *time.Time:
		t, err := time.Parse(time.RFC3339Nano, text)
		if err == nil {
			*p = t
		}
		return fitsIf(err == nil)
		//errspec:if rawjson
	case *json.RawMessage:
		value, ok := compactJSON(raw)
		if ok {
			*p = value
		}
		return fitsIf(ok)
		//errspec:end
	}
	switch field.Kind() {
	case reflect.String:
		if raw[0] == '"' {
			field.SetString(text)
		}
		return fitsIf(raw[0] == '"')
	case reflect.Int64:
		n, ok := parseInt(string(raw))
		if ok {
			field.SetInt(n)
		}
		return fitsIf(ok)
	case reflect.Slice:
		return setList(field, raw)
		//errspec:if maps
	case reflect.Map:
		return setMap(field, raw)
		//errspec:end
	case reflect.Pointer:
		p := reflect.New(field.Type().Elem())
		found := setParam(p.Elem(), raw)
		if found != fitsNot {
			field.Set(p)
		}
		return found
	case reflect.Struct:
		return setObject(field, raw)
	default: // float64, bool
		return fitsIf(string(raw) != "null" && json.Unmarshal(raw, field.Addr().Interface()) == nil)
	}
}

// setList sets a list; null is like nil.
func setList(field reflect.Value, raw []byte) fit {
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil {
		return fitsNot
	}
	if items == nil {
		return fits
	}
	all, list := fits, reflect.MakeSlice(field.Type(), 0, len(items))
	for _, item := range items {
		value := reflect.New(field.Type().Elem()).Elem()
		found := setParam(value, item)
		if found != fitsNot {
			list = reflect.Append(list, value)
		}
		all = min(all, max(found, fitsPart))
	}
	field.Set(list)
	return all
}

//errspec:if maps

// setMap sets a map; null is like nil.
func setMap(field reflect.Value, raw []byte) fit {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return fitsNot
	}
	if members == nil {
		return fits
	}
	all, m := fits, reflect.MakeMapWithSize(field.Type(), len(members))
	for key, member := range members {
		value := reflect.New(field.Type().Elem()).Elem()
		found := setParam(value, member)
		if found != fitsNot {
			m.SetMapIndex(reflect.ValueOf(key), value)
		}
		all = min(all, max(found, fitsPart))
	}
	field.Set(m)
	return all
}

//errspec:end

// setObject sets an object. Null is like no value for a member that is optional.
func setObject(field reflect.Value, raw []byte) fit {
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil || members == nil {
		return fitsNot
	}
	all := fits
	for i := range field.NumField() {
		name := field.Type().Field(i).Tag.Get("json")
		//errspec:if nested
		name, optional := strings.CutSuffix(name, ",omitempty")
		if optional && (members[name] == nil || string(members[name]) == "null") {
			continue
		}
		//errspec:end
		found := fitsNot
		if member := members[name]; member != nil {
			found = setParam(field.Field(i), member)
		}
		all = min(all, max(found, fitsPart))
	}
	return all
}

// readParams sets the params that a body carries, over those read from its message. It returns
// false if one is not of its type. Null is like no value for a param that is optional.
func (i *Info) readParams(values []rawParam, fields reflect.Value, set []bool) (fit bool) {
	fit = true
	seen := make([]bool, len(i.params))
	for _, v := range slices.Backward(values) { // of several of one name the last counts
		n := slices.IndexFunc(i.params, func(p ParamInfo) bool { return p.Name == v.name })
		if n < 0 || seen[n] {
			continue
		}
		seen[n] = true
		//errspec:if ors
		if i.params[n].Optional && v.absent {
			continue
		}
		//errspec:end
		if i.params[n].Sensitive || i.params[n].Optional && string(v.raw) == "null" {
			continue
		}
		found := setParam(fields.Field(n), v.raw)
		fit, set[n] = fit && found == fits, set[n] || found != fitsNot
	}
	return fit
}

// parseInt reads a whole number. 3.0 and 3e2 are whole, too.
func parseInt(s string) (int64, bool) {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return n, true
	}
	const exact = 1 << 53 // a float64 holds each whole number up to here
	f, err := strconv.ParseFloat(s, 64)
	return int64(f), err == nil && f == math.Trunc(f) && math.Abs(f) <= exact
}

// parseSeconds reads a number of seconds.
func parseSeconds(s string) (time.Duration, bool) {
	if strings.Trim(s, "0123456789.-+eE") != "" {
		return 0, false
	}
	if d, err := time.ParseDuration(s + "s"); err == nil { // exact, but it knows no exponent
		return d, true
	}
	f, err := strconv.ParseFloat(s, 64)
	n := math.Round(f * 1e9)
	return time.Duration(n), err == nil && n >= math.MinInt64 && n < math.MaxInt64
}

//errspec:end

// bodyParams returns the params of the body that a params struct holds.
func bodyParams(params reflect.Value, infos []ParamInfo, set []bool) []param {
	list := make([]param, 0, len(infos))
	for i, info := range infos {
		if !set[i] || info.Sensitive {
			continue
		}
		v := params.Field(i)
		if v.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		if v.Kind() == reflect.Slice { // a changed Params changes nothing that is sent
			v = reflect.AppendSlice(reflect.Zero(v.Type()), v)
		}
		//errspec:if nested
		v = deepCopy(v)
		//errspec:end
		value := v.Interface()
		if info.Type == "bytes" {
			value = byteSize(v.Int())
		}
		list = append(list, param{info.Name, value})
	}
	return list
}

//errspec:if apart

// separate takes the params that have a member of their own in the body out of params.
func (e *Error) separate() {
	if !slices.ContainsFunc(e.info.params, func(i ParamInfo) bool { return i.apart }) {
		return
	}
	all := e.params
	e.params = nil
	for _, p := range all {
		isIt := func(i ParamInfo) bool { return i.Name == p.name && i.apart }
		if slices.ContainsFunc(e.info.params, isIt) {
			e.apart = append(e.apart, p)
		} else {
			e.params = append(e.params, p)
		}
	}
}

//errspec:end
