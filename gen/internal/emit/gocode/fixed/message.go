package fixed

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A match says what reading a text as one of a code's messages gave.
type match uint8

const (
	noMatch  match = iota
	aMatch         // the text may be this message, but its params are not certain
	theMatch       // and these are its params
)

// readMessage reads text as a message of the code. It returns which message that is (-1: none, or
// several), and sets those fields of params whose value is certain; set says which.
func (i *Info) readMessage(text string, params reflect.Value, set []bool) (variant int) {
	variant = -1
	var values []string // by param, as text
	for k, m := range i.messages {
		found, result := i.cut(m.Text, text, params)
		switch {
		case result == noMatch:
		case variant >= 0:
			return -1
		default:
			variant, values = k, found
			if result == aMatch {
				values = nil
			}
		}
	}
	for k, value := range values {
		if value != none {
			set[k] = setText(params.Field(k), &i.params[k], value) == theMatch
		}
	}
	return variant
}

// none stands for the text of a param that a message does not have. No text is like it: it is not UTF-8.
const none = "\xff"

// cut cuts text at the literals of a template, and returns the texts of the params. It cuts twice,
// each literal as far left and then as far right as it goes: where both agree there is one way only.
func (i *Info) cut(template, text string, params reflect.Value) ([]string, match) {
	literals, numbers := i.split(template)
	if len(numbers) == 0 {
		if text == literals[0] {
			return nil, theMatch
		}
		return nil, noMatch
	}
	text, begins := strings.CutPrefix(text, literals[0])
	text, ends := strings.CutSuffix(text, literals[len(literals)-1])
	if !begins || !ends {
		return nil, noMatch
	}
	between := literals[1 : len(literals)-1]
	left, right := make([]int, len(between)), make([]int, len(between))
	at := 0
	for k, literal := range between {
		if literal == "" {
			return nil, aMatch // nothing tells where the param before it ends
		}
		n := strings.Index(text[at:], literal)
		if n < 0 {
			return nil, noMatch
		}
		left[k] = at + n
		at += n + len(literal)
	}
	end := len(text)
	for k := len(between) - 1; k >= 0; k-- {
		end = strings.LastIndex(text[:end], between[k])
		right[k] = end
	}
	if !slices.Equal(left, right) {
		return nil, aMatch
	}
	values, result := slices.Repeat([]string{none}, len(i.params)), theMatch
	at = 0
	for k, p := range numbers {
		end := len(text)
		if k < len(between) {
			end = left[k]
		}
		value := text[at:end]
		if values[p] != none && values[p] != value {
			return nil, noMatch // one param with two values
		}
		values[p] = value
		result = min(result, setText(reflect.New(params.Field(p).Type()).Elem(), &i.params[p], value))
		if k < len(between) {
			at = end + len(between[k])
		}
	}
	return values, result
}

// split returns the literals of a template and the params between them, by number.
func (i *Info) split(template string) (literals []string, params []int) {
	literal := ""
	for {
		text, rest, found := strings.Cut(template, "$")
		literal += text
		if !found {
			return append(literals, literal), params
		}
		if !strings.HasPrefix(rest, "{") { // $$
			literal += "$"
			template = rest[1:]
			continue
		}
		name, after, _ := strings.Cut(rest[1:], "}")
		params = append(params, slices.IndexFunc(i.params, func(p ParamInfo) bool { return p.Name == name }))
		literals, literal, template = append(literals, literal), "", after
	}
}

// setText sets a field of a params struct from its text in a message. A text that this package would
// write otherwise is no match. A value that an enum does not have may be a newer server's.
func setText(field reflect.Value, p *ParamInfo, s string) match {
	var err error
	text := ""
	switch p.Type {
	case "string":
		field.SetString(s)
		if strings.ContainsRune(s, utf8.RuneError) || p.Enum != nil && !slices.Contains(p.Enum, s) {
			return aMatch // JSON has U+FFFD where the sender's text was broken
		}
		return theMatch
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
	return theMatch
}

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

// isWhole reports whether all params are set that the constructor of a variant takes, but for those
// that are never sent. If the variant is not known (-1), any may be meant.
func (i *Info) isWhole(variant int, set []bool) bool {
	for k, m := range i.messages {
		if variant >= 0 && k != variant {
			continue
		}
		_, takes := i.split(m.Text)
		//errspec:if headers
		for _, h := range i.headers {
			_, more := i.split(h.Value)
			takes = append(takes, more...)
		}
		//errspec:end
		for n, p := range i.params {
			if !set[n] && !p.Optional && !p.Sensitive && (p.Detail || slices.Contains(takes, n)) {
				return false
			}
		}
	}
	return true
}
