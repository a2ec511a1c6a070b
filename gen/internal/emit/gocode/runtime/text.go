package apierr

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// visible returns s with unprintable characters escaped as in a Go string, so that s cannot forge
// log lines or control a terminal.
func visible(s string) string {
	quoted := strconv.Quote(s)
	return strings.NewReplacer(`\\`, `\`, `\"`, `"`).Replace(quoted[1 : len(quoted)-1])
}

//errspec:if sendheaders

// plainText returns the text of a template. It returns false if the template has placeholders.
func plainText(template string) (string, bool) {
	if !strings.Contains(template, "$") {
		return template, true
	}
	text := strings.ReplaceAll(template, "$$", "")
	return strings.ReplaceAll(template, "$$", "$"), !strings.Contains(text, "${")
}

//errspec:end

// appendString appends s as a JSON string, as encoding/json writes it.
func appendString(b []byte, s string) []byte {
	return append(appendEscaped(append(b, '"'), s), '"')
}

// escapes says how JSON writes each ASCII character: a dot stands for the character itself, u for
// its number, and anything else for what follows a backslash.
const escapes = "uuuuuuuubtnufruuuuuuuuuuuuuuuuuu" +
	`.."...u.....................u.u.` +
	`............................\...` +
	`................................`

// appendEscaped appends s, escaped as in a JSON string.
func appendEscaped(b []byte, s string) []byte {
	for n := 0; n < len(s); n++ {
		c := s[n]
		if c < utf8.RuneSelf && escapes[c] == '.' {
			continue
		}
		r, size := utf8.DecodeRuneInString(s[n:])
		b = append(b, s[:n]...)
		switch {
		case c < utf8.RuneSelf && escapes[c] != 'u':
			b = append(b, '\\', escapes[c])
		case c < utf8.RuneSelf, r == '\u2028', r == '\u2029', r == utf8.RuneError && size == 1:
			b = fmt.Appendf(b, `\u%04x`, r)
		default:
			b = append(b, s[n:n+size]...)
		}
		s, n = s[n+size:], -1
	}
	return append(b, s...)
}

//errspec:if codenumber

// appendNumber appends a code as a number; null if it is none.
func appendNumber(b []byte, code Code) []byte {
	if n, err := strconv.ParseInt(string(code), 10, 64); err == nil {
		return strconv.AppendInt(b, n, 10)
	}
	return append(b, "null"...)
}

//errspec:end
//errspec:if seconds

// appendSeconds appends a delay as a number of seconds, exactly.
func appendSeconds(b []byte, d time.Duration) []byte {
	whole, rest := int64(d/time.Second), int64(d%time.Second)
	if d < 0 {
		b, whole, rest = append(b, '-'), -whole, -rest
	}
	b = strconv.AppendInt(b, whole, 10)
	if rest != 0 {
		b = append(b, strings.TrimRight(fmt.Sprintf(".%09d", rest), "0")...)
	}
	return b
}

//errspec:end

// wholeSeconds returns a delay in seconds, rounded up, as a header states it.
func wholeSeconds(d time.Duration) string {
	s := d / time.Second
	if d%time.Second > 0 {
		s++
	}
	return strconv.FormatInt(int64(s), 10)
}

//errspec:if sendheaders responseheaders

// headerText returns s without control characters, so that it cannot end a header.
func headerText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, s)
}

//errspec:end
//errspec:if int bytes

func intText(n int64) string { return strconv.FormatInt(n, 10) }

//errspec:end
//errspec:if bool

func boolText(v bool) string { return strconv.FormatBool(v) }

//errspec:end
//errspec:if float bodyparams

// floatText returns a number as encoding/json writes it.
func floatText(f float64) string {
	if abs := math.Abs(f); abs == 0 || abs >= 1e-6 && abs < 1e21 {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return strings.Replace(strconv.FormatFloat(f, 'e', -1, 64), "e-0", "e-", 1)
}

//errspec:end
//errspec:if bytes

// bytesText returns a size with the largest SI unit that divides it, else the largest IEC unit.
func bytesText(n int64) string {
	for _, u := range byteUnits {
		if n != 0 && n%u.size == 0 {
			return strconv.FormatInt(n/u.size, 10) + " " + u.name
		}
	}
	return strconv.FormatInt(n, 10) + " B"
}

var byteUnits = [...]struct {
	name string
	size int64
}{
	{"EB", 1e18}, {"PB", 1e15}, {"TB", 1e12}, {"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3},
	{"EiB", 1 << 60}, {"PiB", 1 << 50}, {"TiB", 1 << 40},
	{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10},
}

//errspec:end
//errspec:if retryparam

// maxSeconds is how many seconds a Duration can hold.
const maxSeconds = int64(1<<63-1) / int64(time.Second)

//errspec:end
//errspec:if duration

// durationText returns a delay as Go prints it, without zero units at its end: 6s, 1m30s, 1h.
func durationText(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

//errspec:end
//errspec:if time

// timeText returns t as in RFC 3339, in UTC. A year beyond four digits becomes the nearest time
// with four.
func timeText(t time.Time) string {
	switch t = t.UTC(); {
	case t.Year() > 9999:
		t = time.Date(9999, time.December, 31, 23, 59, 59, 999_999_999, time.UTC)
	case t.Year() < 0:
		t = time.Date(0, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	return t.Format(time.RFC3339Nano)
}

// dateText returns t as HTTP-date.
func dateText(t time.Time) string { return t.UTC().Format(http.TimeFormat) }

//errspec:end
