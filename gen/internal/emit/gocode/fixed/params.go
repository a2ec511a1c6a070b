package fixed

import (
	"encoding/json"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// setParams fills a params struct, whose fields are the params in order. An arg that does not fit its field leaves that field, and no other,
// empty: then setParams is false.
func setParams(params any, infos []paramInfo, args []arg) (fit bool) {
	fit = true
	v := reflect.ValueOf(params).Elem()
	for i := range infos {
		p, a, f := &infos[i], &args[i], v.Field(i)
		if !a.set || p.sensitive {
			continue
		}
		value, isPointer := f, p.optional && p.kind != kindList
		if isPointer {
			value = reflect.New(f.Type().Elem()).Elem()
		}
		switch {
		case !setField(value, p, a):
			fit, *a = false, arg{}
		case isPointer:
			f.Set(value.Addr())
		}
	}
	return fit
}

func setField(f reflect.Value, p *paramInfo, a *arg) bool {
	if p.kind == kindList {
		return setList(f, p, a.s)
	}
	return setScalar(f, p.kind, a)
}

func setScalar(f reflect.Value, k kind, a *arg) bool {
	switch k {
	case kindInt, kindBytes, kindDuration:
		f.SetInt(a.n)
	case kindFloat:
		f.SetFloat(a.float())
	case kindBool:
		f.SetBool(a.n != 0)
	case kindTime:
		t, err := time.Parse(time.RFC3339Nano, a.s)
		if err != nil {
			return false
		}
		f.Set(reflect.ValueOf(t))
	default:
		f.SetString(a.s)
	}
	return true
}

// setList fills a slice from JSON. Members of objects that the catalog does not have are passed over; those that are missing are
// left empty.
func setList(f reflect.Value, p *paramInfo, text string) bool {
	var items []json.RawMessage
	if json.Unmarshal([]byte(text), &items) != nil {
		return false
	}
	list := reflect.MakeSlice(f.Type(), len(items), len(items))
	for i, raw := range items {
		if !setItem(list.Index(i), p, raw) {
			return false
		}
	}
	f.Set(list)
	return true
}

func setItem(item reflect.Value, p *paramInfo, raw []byte) bool {
	if p.fields == nil {
		a, ok := jsonArg(raw, p.item)
		return ok && setScalar(item, p.item, &a)
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(raw, &members) != nil {
		return false
	}
	for i, field := range p.fields {
		if raw, ok := members[field.name]; ok {
			a, ok := jsonArg(raw, field.kind)
			if !ok || !setScalar(item.Field(i), field.kind, &a) {
				return false
			}
		}
	}
	return true
}

// argsOf is the reverse of setParams.
func argsOf(params any, infos []paramInfo, args []arg) {
	v := reflect.ValueOf(params).Elem()
	for i := range infos {
		p, f := &infos[i], v.Field(i)
		switch {
		case p.sensitive: // it is in the struct, and nowhere else
		case p.kind == kindList:
			if !p.optional || !f.IsNil() {
				args[i] = listArg(p, f.Interface())
			}
		case !p.optional:
			args[i] = scalarArg(f, p.kind)
		case !f.IsNil():
			args[i] = scalarArg(f.Elem(), p.kind)
		}
	}
}

func scalarArg(f reflect.Value, k kind) arg {
	switch k {
	case kindInt, kindBytes, kindDuration:
		return intArg(f.Int())
	case kindFloat:
		return floatArg(f.Float())
	case kindBool:
		return boolArg(f.Bool())
	case kindTime:
		t, _ := f.Interface().(time.Time)
		return timeArg(t)
	default:
		return textArg(f.String())
	}
}

// listArg returns a list, written as JSON.
func listArg(p *paramInfo, list any) arg {
	v := reflect.ValueOf(list)
	b := []byte{'['}
	for i := range v.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		item := v.Index(i)
		if p.fields == nil {
			b = scalarArg(item, p.item).appendJSON(b, p.item)
			continue
		}
		b = append(b, '{')
		for k, field := range p.fields {
			if k > 0 {
				b = append(b, ',')
			}
			b = append(appendString(b, field.name), ':')
			b = scalarArg(item.Field(k), field.kind).appendJSON(b, field.kind)
		}
		b = append(b, '}')
	}
	return arg{set: true, s: string(append(b, ']'))}
}

// appendJSON appends a value as the body carries it: a size in bytes, a duration in seconds, a time in RFC 3339.
func (a arg) appendJSON(b []byte, k kind) []byte {
	switch k {
	case kindInt, kindBytes:
		return strconv.AppendInt(b, a.n, 10)
	case kindFloat:
		if f := a.float(); math.IsNaN(f) || math.IsInf(f, 0) {
			return append(b, "null"...)
		}
		return appendFloat(b, a.float())
	case kindBool:
		return strconv.AppendBool(b, a.n != 0)
	case kindDuration:
		return appendSeconds(b, a.n)
	case kindList:
		return append(b, a.s...)
	default:
		return appendString(b, a.s)
	}
}

// jsonArg reads what appendJSON writes. It is false for a value of another type, and for null.
func jsonArg(raw []byte, k kind) (arg, bool) {
	text := string(raw)
	if k == kindString || k == kindTime {
		if len(raw) == 0 || raw[0] != '"' || json.Unmarshal(raw, &text) != nil {
			return arg{}, false
		}
	}
	switch k {
	case kindInt, kindBytes:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return intArg(n), true
		}
		f, err := strconv.ParseFloat(text, 64) // 3.0 and 3e2 are whole numbers, too
		return intArg(int64(f)), err == nil && f == math.Trunc(f) && math.Abs(f) <= maxWhole
	case kindFloat:
		f, err := strconv.ParseFloat(text, 64)
		return floatArg(f), err == nil
	case kindBool:
		return boolArg(text == "true"), text == "true" || text == "false"
	case kindDuration:
		n, ok := parseSeconds(text)
		return intArg(n), ok
	case kindTime:
		t, err := time.Parse(time.RFC3339Nano, text)
		return timeArg(t), err == nil
	default:
		return textArg(text), true
	}
}

// maxWhole is the largest number below which a float holds each whole one.
const maxWhole = 1 << 53

// appendSeconds appends nanoseconds as a number of seconds, exactly.
func appendSeconds(b []byte, n int64) []byte {
	u := uint64(n)
	if n < 0 {
		b = append(b, '-')
		u = -u
	}
	b = strconv.AppendUint(b, u/1e9, 10)
	if u %= 1e9; u != 0 {
		digits := strconv.FormatUint(1e9+u, 10) // a 1 and nine digits
		b = append(append(b, '.'), strings.TrimRight(digits[1:], "0")...)
	}
	return b
}

// parseSeconds reads a number of seconds: exactly what appendSeconds writes, and the nearest nanosecond to any other number.
func parseSeconds(s string) (int64, bool) {
	if d, err := time.ParseDuration(s + "s"); err == nil { // it knows no exponent
		return int64(d), true
	}
	f, err := strconv.ParseFloat(s, 64)
	n := math.Round(f * 1e9)
	if err == nil && n >= math.MinInt64 && n < math.MaxInt64 { // as a float64, MaxInt64 is one more than it is
		return int64(n), true
	}
	return 0, false
}

// isInBody reports whether a param's value is in the error's body.
func (e *Error) isInBody(param int) bool {
	return param < len(e.args) && e.args[param].set && !e.info.params[param].sensitive
}

// hasParamsInBody reports whether the error's body carries params.
func (e *Error) hasParamsInBody() bool {
	for i := range e.args {
		if e.isInBody(i) {
			return true
		}
	}
	return false
}

// appendParams appends the error's params as members of the object that b ends in.
func appendParams(b []byte, e *Error) []byte {
	for i := range e.args {
		if !e.isInBody(i) {
			continue
		}
		if b[len(b)-1] != '{' {
			b = append(b, ',')
		}
		p := &e.info.params[i]
		b = append(appendString(b, p.name), ':')
		b = e.args[i].appendJSON(b, p.kind)
	}
	return b
}

// param returns a param that the body carries by its name; false if this error has none.
func (e *Error) param(name string) (arg, kind, bool) {
	for i := range e.args {
		if e.isInBody(i) && e.info.params[i].name == name {
			return e.args[i], e.info.params[i].kind, true
		}
	}
	return arg{}, 0, false
}

// hasParam reports whether the error's body carries a param of that name.
func (e *Error) hasParam(name string) bool {
	_, _, ok := e.param(name)
	return ok
}

// appendParam appends a param as JSON.
func appendParam(b []byte, e *Error, name string) []byte {
	a, k, _ := e.param(name)
	return a.appendJSON(b, k)
}

// appendParamText appends a param inside a JSON string.
func appendParamText(b []byte, e *Error, name string) []byte {
	a, k, _ := e.param(name)
	return appendEscaped(b, string(a.appendText(nil, k)))
}

// readParams reads the params that a body carries into args, over what the message told. It is false if one is not of its type; null is none
// at all for a param that is optional.
func (b *body) readParams(info *Info, args []arg) (fit bool) {
	if b.raw[roleParams] == nil && b.named == nil {
		return true
	}
	fit = true
	for i := range info.params {
		p := &info.params[i]
		raw := b.param(p.name)
		if raw == nil || p.sensitive || p.optional && string(raw) == "null" {
			continue
		}
		a, ok := jsonArg(raw, p.kind)
		if ok {
			args[i] = a
		}
		fit = fit && ok
	}
	return fit
}

// isWhole reports whether args has all params that the constructor of a variant takes, but for those that are never sent. If the variant is
// not known (-1), any may be meant.
func (i *Info) isWhole(variant int, args []arg) bool {
	if variant < 0 {
		for k := range i.messages {
			if !i.isWhole(k, args) {
				return false
			}
		}
		return true
	}
	for k := range i.params {
		if p := &i.params[k]; !args[k].set && !p.optional && !p.sensitive && (p.detail || i.takes(variant, k+1)) {
			return false
		}
	}
	return true
}

// takes reports whether a param, by its number from 1, stands in a variant's message or in a header.
func (i *Info) takes(variant, param int) bool {
	for _, s := range i.messages[variant].template {
		if s.param == param {
			return true
		}
	}
	for _, h := range i.headers {
		for _, s := range h.value {
			if s.param == param {
				return true
			}
		}
	}
	return false
}
