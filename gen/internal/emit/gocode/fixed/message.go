package fixed

import (
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A segment is a piece of a message or of a header: literal text, which may be empty, and the param after it. The last one may have
// no param.
type segment struct {
	text  string
	param int // the param's number, from 1; 0: none
}

type paramInfo struct {
	name        string
	kind        kind
	optional    bool
	sensitive   bool // never in a message, a body or a header
	detail      bool // in the body's params, in no message
	enum        []string
	item        kind        // of a list's items, if they are no objects
	fields      []fieldInfo // of a list's items, if they are objects
	description string
	example     string // as in a message; of a list: as in a body
}

// A fieldInfo is a member of the objects in a list.
type fieldInfo struct {
	name string
	kind kind
}

type kind uint8

const (
	kindString kind = iota
	kindInt
	kindFloat
	kindBool
	kindBytes
	kindDuration
	kindTime
	kindList
)

func (k kind) String() string {
	return [...]string{"string", "int", "float", "bool", "bytes", "duration", "time", "list"}[k]
}

// An arg is the value of a param, in the form that prints fastest: a time is in text already, a list in JSON.
type arg struct {
	set bool   // the zero arg is no value at all
	s   string // string, time, list
	n   int64  // int, bytes, duration; bool: 0 or 1; float: its bits
}

func textArg(s string) arg            { return arg{set: true, s: s} }
func intArg(n int64) arg              { return arg{set: true, n: n} }
func durationArg(d time.Duration) arg { return arg{set: true, n: int64(d)} }
func floatArg(f float64) arg          { return arg{set: true, n: int64(math.Float64bits(f))} }
func timeArg(t time.Time) arg         { return arg{set: true, s: formatTime(t)} }
func boolArg(b bool) arg {
	if b {
		return arg{set: true, n: 1}
	}
	return arg{set: true}
}

func (a arg) float() float64          { return math.Float64frombits(uint64(a.n)) }
func (a arg) duration() time.Duration { return time.Duration(a.n) }

// formatTime returns t as RFC 3339, in UTC. That has years of four digits: a time beyond them is the nearest that it has.
func formatTime(t time.Time) string {
	switch t = t.UTC(); {
	case t.Year() > 9999:
		t = time.Date(9999, time.December, 31, 23, 59, 59, 999_999_999, time.UTC)
	case t.Year() < 0:
		t = time.Date(0, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	return t.Format(time.RFC3339Nano)
}

// wholeSeconds rounds up.
func wholeSeconds(d time.Duration) int64 {
	s := int64(d / time.Second)
	if d%time.Second > 0 {
		s++
	}
	return s
}

// text returns a message of the code.
func (i *Info) text(variant int, args []arg) string {
	t := i.messages[variant].template
	if len(t) == 1 && t[0].param == 0 {
		return t[0].text
	}
	var buf [128]byte
	return string(appendText(buf[:0], t, i.params, args))
}

func appendText(b []byte, t []segment, params []paramInfo, args []arg) []byte {
	for i := range t {
		b = append(b, t[i].text...)
		if p := t[i].param - 1; p >= 0 {
			b = args[p].appendText(b, params[p].kind)
		}
	}
	return b
}

func (a *arg) appendText(b []byte, k kind) []byte {
	switch k {
	case kindInt:
		return strconv.AppendInt(b, a.n, 10)
	case kindFloat:
		return appendFloat(b, a.float())
	case kindBool:
		return strconv.AppendBool(b, a.n != 0)
	case kindBytes:
		return appendBytes(b, a.n)
	case kindDuration:
		return appendDuration(b, a.duration())
	default:
		return append(b, a.s...)
	}
}

// appendFloat writes a number as encoding/json does.
func appendFloat(b []byte, f float64) []byte {
	format := byte('f')
	if abs := math.Abs(f); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		format = 'e'
	}
	start := len(b)
	b = strconv.AppendFloat(b, f, format, -1, 64)
	if n := len(b); format == 'e' && n-start >= 4 && b[n-4] == 'e' && b[n-3] == '-' && b[n-2] == '0' {
		b[n-2] = b[n-1] // e-09 is e-9
		b = b[:n-1]
	}
	return b
}

// appendBytes writes a size with the largest SI unit that divides it, else the largest IEC unit, else in bytes.
func appendBytes(b []byte, n int64) []byte {
	if n != 0 {
		for _, u := range byteUnits {
			if n%u.size == 0 {
				b = strconv.AppendInt(b, n/u.size, 10)
				return append(b, u.name...)
			}
		}
	}
	return append(strconv.AppendInt(b, n, 10), " B"...)
}

// byteUnits is in the order in which units are tried.
var byteUnits = [...]struct {
	name string
	size int64
}{
	{" EB", 1e18}, {" PB", 1e15}, {" TB", 1e12}, {" GB", 1e9}, {" MB", 1e6}, {" kB", 1e3},
	{" EiB", 1 << 60}, {" PiB", 1 << 50}, {" TiB", 1 << 40}, {" GiB", 1 << 30}, {" MiB", 1 << 20}, {" KiB", 1 << 10},
}

// appendDuration writes a duration as Go does, without trailing zero units: 6s, 1m30s, 1h.
func appendDuration(b []byte, d time.Duration) []byte {
	if d%time.Second != 0 {
		return append(b, d.String()...) // which has no trailing zero units then
	}
	if d < 0 {
		b, d = append(b, '-'), -d
	}
	if h := int64(d / time.Hour); h > 0 {
		b = append(strconv.AppendInt(b, h, 10), 'h')
	}
	if m := int64(d / time.Minute % 60); m > 0 || d >= time.Hour && d%time.Minute > 0 {
		b = append(strconv.AppendInt(b, m, 10), 'm')
	}
	if s := int64(d / time.Second % 60); s > 0 || d == 0 {
		b = append(strconv.AppendInt(b, s, 10), 's')
	}
	return b
}

// isComplete reports whether all params of a header have a value. A header without one is not sent.
func isComplete(t []segment, args []arg) bool {
	for i := range t {
		if p := t[i].param - 1; p >= 0 && !args[p].set {
			return false
		}
	}
	return true
}

// appendHeader writes a header's value: sizes in bytes, durations in whole seconds, times as HTTP-date.
func appendHeader(b []byte, t []segment, params []paramInfo, args []arg) []byte {
	for i := range t {
		b = append(b, t[i].text...)
		p := t[i].param - 1
		if p < 0 {
			break // the last
		}
		switch a := args[p]; params[p].kind {
		case kindBytes:
			b = strconv.AppendInt(b, a.n, 10)
		case kindDuration:
			b = strconv.AppendInt(b, wholeSeconds(a.duration()), 10)
		case kindTime:
			if t, err := time.Parse(time.RFC3339Nano, a.s); err == nil {
				b = t.UTC().AppendFormat(b, http.TimeFormat)
			}
		default:
			b = append(b, headerSafe(string(a.appendText(nil, params[p].kind)))...)
		}
	}
	return b
}

// headerSafe returns s with every control character replaced by a space, so that it can not end a header.
func headerSafe(s string) string {
	control := func(r rune) bool { return r < ' ' || r == 0x7f }
	if strings.IndexFunc(s, control) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if control(r) {
			return ' '
		}
		return r
	}, s)
}

// templateText returns a template as the catalog writes it.
func templateText(t []segment, params []paramInfo) string {
	var b strings.Builder
	for i := range t {
		b.WriteString(strings.ReplaceAll(t[i].text, "$", "$$"))
		if p := t[i].param - 1; p >= 0 {
			b.WriteString("${" + params[p].name + "}")
		}
	}
	return b.String()
}

// A match is what reading a text back as one of a code's messages gave.
type match uint8

const (
	noMatch  match = iota
	aMatch         // the text may be this message, but its params can not be told
	theMatch       // and these are its params
)

// readBack reads a message: which of the code's messages it is (-1: none or several), and, if there is exactly one way to read them,
// its params, which it puts into args. It is right or says that it does not know.
func (i *Info) readBack(text string, args []arg) (variant int) {
	variant = -1
	var room [8]arg
	other := room[:]
	if len(args) > len(room) {
		other = make([]arg, len(args))
	}
	for k := range i.messages {
		into := args
		if variant >= 0 {
			into = other // a second match makes both worthless, but its reading must not spoil the first
		}
		clear(into)
		switch m := read(i.messages[k].template, i.params, text, into); {
		case m == noMatch:
		case variant >= 0:
			clear(args)
			return -1
		default:
			variant = k
			if m == aMatch {
				clear(into)
			}
		}
	}
	if variant < 0 {
		clear(args)
	}
	return variant
}

// read reads text as one message. The texts of its params are cut out twice, each literal between them as far left and then as
// far right as it goes: where both agree there is one way only.
func read(t []segment, params []paramInfo, text string, args []arg) match {
	ok := true
	if n := len(t) - 1; n >= 0 && t[n].param == 0 {
		text, ok = strings.CutSuffix(text, t[n].text)
		t = t[:n]
	}
	if len(t) == 0 {
		if ok && text == "" {
			return theMatch
		}
		return noMatch
	}
	if ok {
		text, ok = strings.CutPrefix(text, t[0].text)
	}
	if !ok {
		return noMatch
	}
	between := t[1:]
	var left, right [16]int // where each literal between params begins
	if len(between) > len(left) {
		return aMatch
	}
	at := 0
	for k := range between {
		literal := between[k].text
		if literal == "" {
			return aMatch // params side by side: where one ends can not be told
		}
		n := strings.Index(text[at:], literal)
		if n < 0 {
			return noMatch
		}
		left[k] = at + n
		at += n + len(literal)
	}
	end := len(text)
	for k := len(between) - 1; k >= 0; k-- {
		end = strings.LastIndex(text[:end], between[k].text) // there is one: where the loop above found it, or to the right
		right[k] = end
	}
	if left != right {
		return aMatch
	}
	result := theMatch
	at = 0
	for k := range t {
		end := len(text)
		if k < len(between) {
			end = left[k]
		}
		p := t[k].param - 1
		a, m := parseArg(text[at:end], &params[p])
		if m == noMatch {
			return noMatch
		}
		if args[p] != a && slices.ContainsFunc(t[:k], func(s segment) bool { return s.param == p+1 }) {
			return noMatch // one param with two values
		}
		result, args[p] = min(result, m), a
		if k < len(between) {
			at = end + len(between[k].text)
		}
	}
	return result
}

// parseArg reads a param's text. A text that this package would write otherwise is not one of the param's; a value that an enum
// does not have may be a newer server's.
func parseArg(s string, p *paramInfo) (a arg, m match) {
	var err error
	switch p.kind {
	case kindString:
		a = textArg(s)
		if strings.ContainsRune(s, utf8.RuneError) || p.enum != nil && !slices.Contains(p.enum, s) {
			return a, aMatch // JSON has put U+FFFD where the sender's text was broken
		}
		return a, theMatch
	case kindInt:
		var n int64
		n, err = strconv.ParseInt(s, 10, 64)
		a = intArg(n)
	case kindFloat:
		var f float64
		f, err = strconv.ParseFloat(s, 64)
		a = floatArg(f)
	case kindBool:
		a = boolArg(s == "true")
	case kindBytes:
		a = intArg(parseBytes(s))
	case kindDuration:
		var d time.Duration
		d, err = time.ParseDuration(s)
		a = durationArg(d)
	case kindTime:
		var t time.Time
		t, err = time.Parse(time.RFC3339Nano, s)
		a = timeArg(t)
	case kindList:
		return arg{}, aMatch // no message holds a list
	}
	var buf [64]byte
	if err != nil || string(a.appendText(buf[:0], p.kind)) != s {
		return arg{}, noMatch
	}
	return a, theMatch
}

// parseBytes reads what appendBytes writes; for other texts it returns any number.
func parseBytes(s string) int64 {
	digits, unit, _ := strings.Cut(s, " ")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0
	}
	for _, u := range byteUnits {
		if u.name[1:] == unit {
			return n * u.size
		}
	}
	return n
}
