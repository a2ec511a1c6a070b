// Package value is about the typed scalars of a catalog: parsing what an author wrote, and printing
// it in the one canonical form that messages, JSON and headers use.
//
// The generated Go package prints with code of its own (it imports nothing of ours); a test holds
// the two together.
package value

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// A Kind is one of the catalog format's types.
type Kind int

// The kinds, in the order in which [Infer] tries them, but for String, which comes last there.
const (
	String Kind = iota
	Int
	Float
	Bool
	Bytes
	Duration
	Time
	List
	Object
	Map
	JSON
)

var kindNames = [...]string{
	"string", "int", "float", "bool", "bytes", "duration", "time", "list", "object", "map", "json",
}

// HasParts reports whether values of the kind hold others, of types that its name does not tell.
func (k Kind) HasParts() bool { return k == List || k == Object || k == Map }

// InBodyOnly reports whether values of the kind have only a JSON form, and no text for messages and
// headers.
func (k Kind) InBodyOnly() bool { return k >= List }

// String returns the kind as a catalog spells it.
func (k Kind) String() string { return kindNames[k] }

// KindOf returns the kind that a catalog spells as name.
func KindOf(name string) (Kind, bool) {
	for k, n := range kindNames {
		if n == name {
			return Kind(k), true
		}
	}
	return 0, false
}

// KindNames returns the spellings of all kinds.
func KindNames() []string { return kindNames[:] }

// A Value is a typed scalar, or what holds others.
type Value struct {
	Kind  Kind
	Str   string    // String
	Int   int64     // Int, Bytes (in bytes), Duration (in nanoseconds)
	Float float64   // Float; never NaN or infinite
	Bool  bool      // Bool
	Time  time.Time // Time, UTC
	List  []Value   // List

	Members []Member        // Object, Map: in the order of the fields, of the keys
	Raw     json.RawMessage // JSON: compact
}

// HasText reports whether messages can show the value: it is a scalar, or a list of them.
func (v Value) HasText() bool {
	if v.Kind == List {
		return len(v.List) == 0 || !v.List[0].Kind.InBodyOnly()
	}
	return !v.Kind.InBodyOnly()
}

// A Member is a value of an object or a map, and its key.
type Member struct {
	Name  string
	Value Value
}

// A Mistake is why what was written is no value of a kind. The author's words, which may hold
// anything, are in the problem alone.
type Mistake struct {
	Problem string // what is wrong, in quotes what was written
	Help    string // what to write
}

func (m *Mistake) Error() string { return m.Problem + ": " + m.Help }

// Explain takes an error of [Parse], or any other that is a [Mistake], apart into what is wrong and
// what to do.
func Explain(err error) (problem, help string) {
	var m *Mistake
	if !errors.As(err, &m) {
		return err.Error(), ""
	}
	return m.Problem, m.Help
}

// Parse reads text as a value of a scalar kind. The error is a [Mistake] that says what the kind
// looks like.
func Parse(kind Kind, text string) (Value, error) {
	v := Value{Kind: kind}
	switch kind {
	case String:
		v.Str = text
		return v, nil
	case Int:
		n, err := strconv.ParseInt(text, 10, 64)
		v.Int = n
		if err == nil && strconv.FormatInt(n, 10) == text {
			return v, nil
		}
		return no("an int", text, "write a whole number such as 3 or -11, within 64 bits")
	case Float:
		f, err := strconv.ParseFloat(text, 64)
		if v.Float = f; f == 0 {
			v.Float = 0 // of -0, too, which a constant of Go cannot hold
		}
		// a JSON number: no leading zero or sign, no hexadecimal, no Inf
		if err == nil && json.Valid([]byte(text)) {
			return v, nil
		}
		return no("a float", text, "write a number such as 2.5")
	case Bool:
		v.Bool = text == "true"
		if text == "true" || text == "false" {
			return v, nil
		}
		return no("a bool", text, "write true or false")
	case Bytes:
		n, ok := parseBytes(text)
		v.Int = n
		if ok {
			return v, nil
		}
		return no("a size", text, "write a whole number and a unit such as 512B, 10MB or 10MiB")
	case Duration:
		d, err := time.ParseDuration(text)
		v.Int = int64(d)
		if err == nil && text != "0" && text[0] != '+' {
			return v, nil
		}
		return no("a duration", text, "write a number and a unit such as 500ms, 6s or 1m30s")
	case Time:
		t, err := time.Parse(time.RFC3339Nano, text)
		v.Time = t.UTC()
		// RFC 3339 has no other, in UTC neither
		if year := v.Time.Year(); err == nil && year >= 0 && year <= 9999 {
			return v, nil
		}
		return no("a time", text, "write RFC 3339, such as 2026-06-12T15:04:05Z")
	case Object, Map:
		return Value{}, &Mistake{fmt.Sprintf("%q is not a mapping", text), "write {key: value}"}
	default:
		return Value{}, &Mistake{
			fmt.Sprintf("%q is not a list", text), "write [a, b]",
		}
	}
}

// no returns the mistake of a text that is not what it should be.
func no(what, text, help string) (Value, error) {
	return Value{}, &Mistake{fmt.Sprintf("%q is not %s", text, what), help}
}

// Infer finds the type of a plain (unquoted) scalar: int, float, bool, bytes, duration, time, then
// string. The list is part of the catalog format and never grows.
func Infer(text string) Value {
	for _, kind := range [...]Kind{Int, Float, Bool, Bytes, Duration, Time} {
		if v, err := Parse(kind, text); err == nil {
			return v
		}
	}
	return Value{Kind: String, Str: text}
}

type unit struct {
	name string
	size int64
}

// Largest first, SI before IEC: the order in which a size is printed (in the first that divides
// it).
var (
	siUnits  = []unit{{"EB", 1e18}, {"PB", 1e15}, {"TB", 1e12}, {"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}}
	iecUnits = []unit{
		{"EiB", 1 << 60}, {"PiB", 1 << 50}, {"TiB", 1 << 40},
		{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10},
	}
)

func parseBytes(text string) (int64, bool) {
	i := 0
	for i < len(text) && text[i] >= '0' && text[i] <= '9' {
		i++
	}
	n, err := strconv.ParseInt(text[:i], 10, 64)
	name := strings.TrimPrefix(text[i:], " ")
	if err != nil || name == "" {
		return 0, false
	}
	size := int64(0)
	switch name {
	case "B":
		size = 1
	case "KB":
		size = 1e3
	}
	for _, units := range [...][]unit{siUnits, iecUnits} {
		for _, u := range units {
			if u.name == name {
				size = u.size
			}
		}
	}
	if size == 0 || n > math.MaxInt64/size {
		return 0, false
	}
	return n * size, true
}

// formatBytes prints a size with the largest SI unit that divides it, else the largest IEC unit,
// else in bytes.
func formatBytes(n int64) string {
	if n != 0 {
		for _, units := range [...][]unit{siUnits, iecUnits} {
			for _, u := range units {
				if n%u.size == 0 {
					return strconv.FormatInt(n/u.size, 10) + " " + u.name
				}
			}
		}
	}
	return strconv.FormatInt(n, 10) + " B"
}

// FormatDuration prints a duration as Go does, without trailing zero units: 6s, 1m30s, 1h.
func FormatDuration(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// formatSeconds prints nanoseconds as a number of seconds, exactly: a float64 has not enough
// digits.
func formatSeconds(n int64) string {
	sign, u := "", uint64(n)
	if n < 0 {
		sign, u = "-", -u
	}
	s := sign + strconv.FormatUint(u/1e9, 10)
	if rest := u % 1e9; rest != 0 {
		s += "." + strings.TrimRight(fmt.Sprintf("%09d", rest), "0")
	}
	return s
}

// FormatFloat prints a number as encoding/json does.
func FormatFloat(f float64) string {
	b, err := json.Marshal(f)
	if err != nil {
		panic("value: a float that is no number reached FormatFloat; Parse does not make any")
	}
	return string(b)
}

// Text returns the text of the value in messages and other texts.
func (v Value) Text() string {
	switch v.Kind {
	case Int:
		return strconv.FormatInt(v.Int, 10)
	case Float:
		return FormatFloat(v.Float)
	case Bool:
		return strconv.FormatBool(v.Bool)
	case Bytes:
		return formatBytes(v.Int)
	case Duration:
		return FormatDuration(time.Duration(v.Int))
	case Time:
		return v.Time.Format(time.RFC3339Nano)
	case Object, Map, JSON:
		return string(v.JSON())
	case List:
		if len(v.List) > 0 && v.List[0].Kind.InBodyOnly() {
			return string(v.JSON())
		}
		var b strings.Builder
		for i, item := range v.List {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(item.Text())
		}
		return b.String()
	default:
		return v.Str
	}
}

// JSON returns the value in JSON: a size in bytes, a duration in seconds, a time in RFC 3339.
func (v Value) JSON() json.RawMessage {
	var x any
	switch v.Kind {
	case Object, Map:
		b := []byte{'{'}
		for i, m := range v.Members {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(append(append(b, Value{Str: m.Name}.JSON()...), ':'), m.Value.JSON()...)
		}
		return append(b, '}')
	case JSON:
		x = v.Raw
	case Int, Bytes:
		x = v.Int
	case Float:
		x = v.Float
	case Bool:
		x = v.Bool
	case Duration:
		x = json.RawMessage(formatSeconds(v.Int))
	case List:
		items := make([]json.RawMessage, len(v.List))
		for i, item := range v.List {
			items[i] = item.JSON()
		}
		x = items
	default:
		x = v.Text()
	}
	b, err := json.Marshal(x)
	if err != nil {
		panic("value: " + err.Error())
	}
	return b
}

// Header returns the value in an HTTP header: durations in whole seconds, rounded up; times as
// HTTP-date.
func (v Value) Header() string {
	switch v.Kind {
	case Bytes:
		return strconv.FormatInt(v.Int, 10)
	case Duration:
		d := time.Duration(v.Int)
		s := int64(d / time.Second)
		if d%time.Second > 0 {
			s++
		}
		return strconv.FormatInt(s, 10)
	case Time:
		return v.Time.Format("Mon, 02 Jan 2006 15:04:05 GMT")
	default:
		return strings.Map(func(r rune) rune {
			if r < ' ' || r == 0x7f {
				return ' '
			}
			return r
		}, v.Text())
	}
}
