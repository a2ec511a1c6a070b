package fixed

import (
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
	value any // string, int64, byteSize, float64, bool, time.Duration, time.Time, or a slice of these or of structs
}

// A byteSize is an int64 that a text states as in 10 MB.
type byteSize int64

// addParam adds a param to the body.
func addParam(d *Details, name string, value any) { d.params = append(d.params, param{name, value}) }

// param returns a param of the body; nil: the error has none of that name.
func (e *Error) param(name string) any {
	for _, p := range e.params {
		if p.name == name {
			return p.value
		}
	}
	return nil
}

// appendParams appends the params as members of the object that b ends in.
func appendParams(b []byte, e *Error) []byte {
	for _, p := range e.params {
		if b[len(b)-1] != '{' {
			b = append(b, ',')
		}
		b = append(appendString(b, p.name), ':')
		b = appendValue(b, p.value)
	}
	return b
}

// appendValue appends a value as the body carries it: a size in bytes, a duration in seconds, a time
// in RFC 3339.
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
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendString(b, v.Type().Field(i).Tag.Get("json")), ':')
			b = appendValue(b, v.Field(i).Interface())
		}
		return append(b, '}')
	}
	return append(b, "null"...)
}

// valueText returns a value as it stands in a text.
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

// setParam sets a field of a params struct from JSON, as appendValue writes it. It is false, and
// the field is as it was, for a value of another type.
func setParam(field reflect.Value, raw []byte) bool {
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
		return ok
	case *time.Time:
		t, err := time.Parse(time.RFC3339Nano, text)
		if err == nil {
			*p = t
		}
		return err == nil
	}
	switch field.Kind() {
	case reflect.String:
		if raw[0] == '"' {
			field.SetString(text)
		}
		return raw[0] == '"'
	case reflect.Int64:
		n, ok := parseInt(string(raw))
		if ok {
			field.SetInt(n)
		}
		return ok
	case reflect.Slice:
		var items []json.RawMessage
		if json.Unmarshal(raw, &items) != nil || items == nil {
			return false
		}
		list := reflect.MakeSlice(field.Type(), len(items), len(items))
		for i, item := range items {
			if !setParam(list.Index(i), item) {
				return false
			}
		}
		field.Set(list)
		return true
	case reflect.Pointer:
		p := reflect.New(field.Type().Elem())
		if !setParam(p.Elem(), raw) {
			return false
		}
		field.Set(p)
		return true
	case reflect.Struct: // an item of a list
		var members map[string]json.RawMessage
		if json.Unmarshal(raw, &members) != nil {
			return false
		}
		for i := range field.NumField() {
			member, ok := members[field.Type().Field(i).Tag.Get("json")]
			if ok && !setParam(field.Field(i), member) {
				return false
			}
		}
		return true
	default: // float64, bool
		return string(raw) != "null" && json.Unmarshal(raw, field.Addr().Interface()) == nil
	}
}

// readParams sets the params that a body carries, over what its message told. It is false if one is
// not of its type. Null is like no value for a param that is optional.
func (i *Info) readParams(values []rawParam, fields reflect.Value, set []bool) (fit bool) {
	fit = true
	seen := make([]bool, len(i.params))
	for _, v := range slices.Backward(values) { // of several of one name the last counts
		n := slices.IndexFunc(i.params, func(p ParamInfo) bool { return p.Name == v.name })
		if n < 0 || seen[n] {
			continue
		}
		seen[n] = true
		if i.params[n].Sensitive || i.params[n].Optional && string(v.raw) == "null" {
			continue
		}
		ok := setParam(fields.Field(n), v.raw)
		fit, set[n] = fit && ok, set[n] || ok
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

// bodyParams returns the params of the body that a params struct holds.
func bodyParams(params reflect.Value, infos []ParamInfo, set []bool) []param {
	var list []param
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
		value := v.Interface()
		if info.Type == "bytes" {
			value = byteSize(v.Int())
		}
		list = append(list, param{info.Name, value})
	}
	return list
}

//errspec:end
