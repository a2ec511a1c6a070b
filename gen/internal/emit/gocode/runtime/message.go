package apierr

import (
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A match is the result of reading a text as one of a code's messages.
type match uint8

const (
	noMatch   match = iota
	newValue        // the text is this message if an enum has a value that is not in this catalog
	uncertain       // the text is this message, but its params are not certain
	certain         // and these are its params
)

// readMessage reads text as a message of the code. It returns which message that is (-1: none, or
// several), and sets those fields of params whose value is certain; set says which.
func (i *Info) readMessage(text string, params reflect.Value, set []bool) int {
	variant, best := -1, noMatch
	for k := range i.forms {
		into, isSet := params, set
		if len(i.forms) > 1 { // a second match must not spoil the first
			into, isSet = reflect.New(params.Type()).Elem(), make([]bool, len(set))
		}
		found := i.read(&i.forms[k], text, into, isSet, setText)
		if found != certain { // right or absent
			into.SetZero()
			clear(isSet)
		}
		found = min(found, uncertain) // params or not, the text is the message
		switch {
		case found == noMatch || found < best:
		case found == best: // it is either
			variant = -1
			params.SetZero()
			clear(set)
		default:
			variant, best = k, found
			params.Set(into)
			copy(set, isSet)
		}
	}
	return variant
}

// A setter sets a field of a params struct from its text.
type setter func(field reflect.Value, p *ParamInfo, text string) match

// read reads text as one message. It cuts the text at the literals twice: with each literal as far
// left as possible, then as far right as possible. If both agree, there is only one way to cut it.
func (i *Info) read(m *form, text string, params reflect.Value, set []bool, setText setter) match {
	//errspec:if silent
	if len(m.literals) == 0 {
		return noMatch // it is sent without a message
	}
	//errspec:end
	last := len(m.params)
	if last == 0 {
		if text == m.literals[0] {
			return certain
		}
		return noMatch
	}
	text, begins := strings.CutPrefix(text, m.literals[0])
	text, ends := strings.CutSuffix(text, m.literals[last])
	if !begins || !ends {
		return noMatch
	}
	parts, rest, unique := make([]string, 0, last), text, true
	for _, literal := range m.literals[1:last] {
		part, after, found := strings.Cut(rest, literal)
		if !found {
			return noMatch
		}
		unique = unique && literal != "" // else nothing tells where the part ends
		parts, rest = append(parts, part), after
	}
	parts = append(parts, rest)
	for k := last - 1; k > 0 && unique; k-- {
		n := strings.LastIndex(text, m.literals[k])
		unique, text = text[n+len(m.literals[k]):] == parts[k], text[:n]
	}
	if !unique {
		return uncertain
	}
	result := certain
	for k, n := range m.params {
		if first := slices.Index(m.params, n); parts[first] != parts[k] {
			return noMatch // one param with two values
		}
		result, set[n] = min(result, setText(params.Field(n), &i.params[n], parts[k])), true
	}
	return result
}

// setText reads a field's text in a message. A text that this package would write differently is no
// match. A value that an enum does not have may be a newer server's, but only if the text is none
// of the other messages.
func setText(field reflect.Value, p *ParamInfo, s string) match {
	var err error
	text := ""
	switch p.Type {
	case "string":
		field.SetString(s)
		switch {
		case p.Enum != nil && !slices.Contains(p.Enum, s):
			return newValue
		case strings.ContainsRune(s, utf8.RuneError):
			return uncertain // JSON has U+FFFD where the sender's text was broken
		}
		return certain
	//errspec:if int
	case "int":
		var n int64
		n, err = strconv.ParseInt(s, 10, 64)
		field.SetInt(n)
		text = intText(n)
	//errspec:end
	//errspec:if float
	case "float":
		var f float64
		f, err = strconv.ParseFloat(s, 64)
		field.SetFloat(f)
		text = floatText(f)
	//errspec:end
	//errspec:if bool
	case "bool":
		field.SetBool(s == "true")
		text = boolText(s == "true")
	//errspec:end
	//errspec:if bytes
	case "bytes":
		n := parseBytes(s)
		field.SetInt(n)
		text = bytesText(n)
	//errspec:end
	//errspec:if duration
	case "duration":
		var d time.Duration
		d, err = time.ParseDuration(s)
		field.SetInt(int64(d))
		text = durationText(d)
	//errspec:end
	//errspec:if time
	case "time":
		var t time.Time
		t, err = time.Parse(time.RFC3339Nano, s)
		field.Set(reflect.ValueOf(t))
		text = timeText(t)
		//errspec:end
	}
	if err != nil || text != s {
		return noMatch
	}
	return certain
}

//errspec:if headerparams

// readHeaders sets the params that are still missing from the headers that are made of them.
func (i *Info) readHeaders(h http.Header, params reflect.Value, set []bool) {
	for k := range i.headerForms {
		f := &i.headerForms[k]
		values := h.Values(f.name)
		into, isSet := reflect.New(params.Type()).Elem(), make([]bool, len(set))
		if len(values) != 1 || i.read(&f.form, values[0], into, isSet, setHeader) != certain {
			continue
		}
		for n := range set {
			if isSet[n] && !set[n] {
				params.Field(n).Set(into.Field(n))
				set[n] = true
			}
		}
	}
}

// setHeader sets a field of a params struct from its text in a header.
func setHeader(field reflect.Value, p *ParamInfo, s string) match {
	if field.Kind() == reflect.Pointer {
		field.Set(reflect.New(field.Type().Elem()))
		field = field.Elem()
	}
	switch p.Type {
	case "bytes", "duration":
		n, err := strconv.ParseInt(s, 10, 64)
		if p.Type == "duration" {
			if longest := int64(maxDuration / time.Second); n > longest || n < -longest {
				return noMatch
			}
			n *= int64(time.Second)
		}
		field.SetInt(n)
		if err != nil {
			return noMatch
		}
		return certain
	case "time":
		t, err := http.ParseTime(s)
		field.Set(reflect.ValueOf(t))
		if err != nil {
			return noMatch
		}
		return certain
	}
	return setText(field, p, s)
}

//errspec:end
//errspec:if bytes

// parseBytes reads what bytesText writes. Of other texts it returns any number.
func parseBytes(s string) int64 {
	digits, unit, _ := strings.Cut(s, " ")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0
	}
	for _, u := range byteUnits {
		if u.name == unit {
			return n * u.size
		}
	}
	return n
}

//errspec:end

// isWhole reports whether all params are set that a message needs. If the message is not known
// (-1), it asks for those that any message needs.
func (i *Info) isWhole(message int, set []bool) bool {
	for k, m := range i.forms {
		isUnset := func(n int) bool { return !set[n] }
		if (message < 0 || k == message) && slices.ContainsFunc(m.needs, isUnset) {
			return false
		}
	}
	return true
}
