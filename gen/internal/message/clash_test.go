package message_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/value"
)

func kindOf(name string) value.Kind {
	kind, _ := value.KindOf(strings.TrimRight(name, "0123456789"))
	return kind
}

// valuesOf returns what a name of these tests stands for: a kind, or enum for on, off and on!.
func valuesOf(name string) message.Values {
	if strings.HasPrefix(name, "enum") {
		return message.Values{Enum: []string{"on", "off", "on!"}}
	}
	return message.Values{Kind: kindOf(name)}
}

func parse(t interface{ Fatalf(string, ...any) }, text string) message.Template {
	tmpl, problems := message.Parse(text)
	if problems != nil {
		t.Fatalf("%q is no template: %v", text, problems)
	}
	return tmpl
}

func language(t message.Template) *message.Language { return message.LanguageOf(t, valuesOf) }

// An enum of very many values is any text, rather than a reason to give up.
func TestClashOfLongEnums(t *testing.T) {
	values := func(string) message.Values {
		v := message.Values{Enum: make([]string, 1000)}
		for i := range v.Enum {
			v.Enum[i] = strings.Repeat("x", i%50) + string(rune('a'+i%26))
		}
		return v
	}
	of := func(text string) *message.Language { return message.LanguageOf(parse(t, text), values) }
	effort := 200_000_000
	if _, found, gaveUp := message.Clash(of("${a} is 1"), of("${a} is 1"), &effort); !found || gaveUp {
		t.Errorf("found %v, gave up %v; want found", found, gaveUp)
	}
}

func TestClash(t *testing.T) {
	tests := []struct {
		a, b string
		text string // one that both give; "-": none
	}{
		{"Agent not found for code: ${string}", "No active rooms found for agent ${string}", "-"},
		{"same", "same", "same"},
		{"same", "other", "-"},
		{"Invalid ${string1}: ${string2}", "Invalid : ${string}", "Invalid : "},
		{"${string}", "anything", "anything"},
		{"${string} is gone", "It ${string}", "It is gone"},
		{"${int} files", "${string} files", "0 files"},
		{"${int} files", "no files", "-"},
		{"after ${duration}", "after ${bytes}", "-"},
		{"after ${duration}", "after ${int}", "-"},
		{"after ${duration}", "after ${int}s", "after 0s"},
		{"after ${duration}", "after 1-1s", "-"},
		{"after ${duration}", "after 90s", "-"}, // which is 1m30s
		{"after ${duration}", "after 1h0.5s", "-"},
		{"after ${duration}", "after 1h0m0.5s", "after 1h0m0.5s"},
		{"after ${duration}", "after 1m", "after 1m"},
		{"${int}", "007", "-"},
		{"${int}", "-0", "-"},
		{"${int}", "1.5", "-"},
		{"${float}", "1.50", "-"},
		{"${float}", "1e+21", "1e+21"},
		{"${float}", "1e5", "-"},
		{"${bytes}", "1000 B", "-"},
		{"${bytes}", "10 MB", "10 MB"},
		{"${bytes}", "0 kB", "-"},
		{"is ${bool}", "is tralse", "-"},
		{"${time}", "2026-13-01T00:00:00Z", "-"},
		{"${time}", "2026-12-01T00:00:00Z", "2026-12-01T00:00:00Z"},
		{"it is ${enum}", "it is lost", "-"},
		{"it is ${enum}", "it is on!", "it is on!"},
		{"it is ${enum}", "it is ${enum}!", "it is on!"},
		{"the ${enum} one", "the other one", "-"},
		{"${enum}", "${int}", "-"},
		{"is ${bool}", "is ${int}", "-"},
		{"is ${bool}", "is true", "is true"},
		{"${string1}${string2}", "", ""},
		{"", "", ""},
		{"", "x", "-"},
		{"at ${time}", "at ${string}", "at 1111-01-31T11:11:11Z"},
		{"é${string}", "é", "é"},
	}
	for _, tt := range tests {
		for range 2 {
			effort := 1_000_000
			text, found, gaveUp := message.Clash(language(parse(t, tt.a)), language(parse(t, tt.b)), &effort)
			switch {
			case gaveUp:
				t.Errorf("Clash(%q, %q) gives up", tt.a, tt.b)
			case found != (tt.text != "-"), found && text != tt.text:
				t.Errorf("Clash(%q, %q) = %q, %v; want %q", tt.a, tt.b, text, found, tt.text)
			}
			tt.a, tt.b = tt.b, tt.a
		}
	}
}

func TestClashGivesUp(t *testing.T) {
	long := strings.Repeat("x", 1000)
	effort := 1_500_000
	a, b := parse(t, "${string}"+long), parse(t, "${string}"+long+"x")
	if _, found, gaveUp := message.Clash(language(a), language(b), &effort); !found || gaveUp {
		t.Errorf("with enough effort: found %v, gave up %v; want found", found, gaveUp)
	}
	if _, _, gaveUp := message.Clash(language(a), language(b), &effort); !gaveUp {
		t.Errorf("with %d steps left: want it to give up", effort)
	}
}

func TestAdjacent(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "${a}": 0, "${a} ${b}": 0, "${a}${b}": 1, "x${a}y${b}${c}": 4,
	} {
		if got := parse(t, text).Adjacent(); got != want {
			t.Errorf("Parse(%q).Adjacent() = %d, want %d", text, got, want)
		}
	}
}

// expression is the judge of TestClashIsRight: what a template could give, as a regular expression
// that was written by looking at the types, not at the automata.
func expression(tmpl message.Template) *regexp.Regexp {
	const seconds = `([0-9]+(\.[0-9]+)?(ns|µs|ms|s))`
	var b strings.Builder
	b.WriteString(`(?s)\A`)
	for _, seg := range tmpl {
		if seg.Name == "" {
			b.WriteString(regexp.QuoteMeta(seg.Literal))
			continue
		}
		if strings.HasPrefix(seg.Name, "enum") {
			b.WriteString("(on|off|on!)")
			continue
		}
		b.WriteString(map[value.Kind]string{
			value.String:   `.*`,
			value.Int:      `-?[0-9]+`,
			value.Float:    `[-+]?(NaN|Inf|[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?)`,
			value.Bool:     `(true|false)`,
			value.Bytes:    `-?[0-9]+ ([kMGTPE]|[KMGTPE]i)?B`,
			value.Duration: `-?([0-9]+h([0-9]+m)?` + seconds + `?|[0-9]+m` + seconds + `?|` + seconds + `)`,
			value.Time:     `-?[0-9]+-[0-9]+-[0-9]+T[0-9:.]+Z`,
		}[kindOf(seg.Name)])
	}
	b.WriteString(`\z`)
	return regexp.MustCompile(b.String())
}

// A text that one template gives and another could give is a clash, whatever the values; and the
// text of a clash between templates of strings alone is one that both give.
func TestClashIsRight(t *testing.T) {
	words := rapid.SampledFrom([]string{
		"a", "b", " ", ":", "1", "s", "B", "true", "${string1}", "${string2}", "${int}", "${bool}",
		"${bytes}", "${duration}", "${float}", "${time}", "${enum}", "on",
	})
	hostile := rapid.SampledFrom([]string{
		"", "a", "b", " ", "1", "a:b", "true", "1s", "1 B", "-1", "é",
	})
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) message.Template {
			return parse(t, strings.Join(rapid.SliceOfN(words, 0, 6).Draw(t, label), ""))
		}
		a, b := draw("a"), draw("b")
		effort := 1_000_000
		text, found, gaveUp := message.Clash(language(a), language(b), &effort)
		if gaveUp {
			t.Fatalf("gives up on %q and %q", a, b)
		}
		strings := true
		for _, seg := range append(a[:len(a):len(a)], b...) {
			strings = strings && (seg.Name == "" || kindOf(seg.Name) == value.String)
		}
		if found && strings && !(expression(a).MatchString(text) && expression(b).MatchString(text)) {
			t.Fatalf("Clash(%q, %q) = %q, which not both give", a, b, text)
		}
		given := a.Fill(func(name string) string {
			if name == "enum" {
				return rapid.SampledFrom([]string{"on", "off", "on!"}).Draw(t, "enum")
			}
			return sample(t, kindOf(name), hostile)
		})
		if !found && expression(b).MatchString(given) {
			t.Fatalf("Clash(%q, %q) finds none, but both give %q", a, b, given)
		}
	})
}

func sample(t *rapid.T, kind value.Kind, text *rapid.Generator[string]) string {
	v := value.Value{Kind: kind}
	switch kind {
	case value.String:
		return text.Draw(t, "text")
	case value.Float:
		v.Float = rapid.Float64Range(-1e30, 1e30).Draw(t, "float")
	case value.Bool:
		v.Bool = rapid.Bool().Draw(t, "bool")
	case value.Time:
		v.Time = time.Unix(rapid.Int64Range(-1e10, 1e10).Draw(t, "time"), 0).UTC()
	default:
		few := rapid.SampledFrom([]int64{
			0, 1, -1, 10, 1000, 1024, 5e5, 1e9, 60e9, 90e9, 3600e9, 5400e9, -3600e9,
		})
		v.Int = rapid.OneOf(few, rapid.Int64Range(-1, 1e12)).Draw(t, "number")
	}
	return v.Text()
}

// Whatever a param's value is, the search knows that the param could give its text.
func TestClashKnowsEveryText(t *testing.T) {
	kinds := rapid.SampledFrom([]value.Kind{
		value.String, value.Int, value.Float, value.Bool, value.Bytes, value.Duration, value.Time,
	})
	hostile := rapid.String()
	rapid.Check(t, func(t *rapid.T) {
		kind := kinds.Draw(t, "kind")
		text := sample(t, kind, hostile)
		gives(t, kind, text)
	})
	// a caller of the generated package may pass these
	for _, text := range []string{"NaN", "+Inf", "-Inf", "1e+30", "-1.5e-7"} {
		gives(t, value.Float, text)
	}
	gives(t, value.Bytes, "-5 B")
	gives(t, value.Duration, "-1h2m3.5s")
	gives(t, value.Duration, "1.5µs")
}

func gives(t interface{ Fatalf(string, ...any) }, kind value.Kind, text string) {
	effort := 1_000_000
	a, b := parse(t, "${"+kind.String()+"}"), parse(t, message.Escape(text))
	if _, found, _ := message.Clash(language(a), language(b), &effort); !found {
		t.Fatalf("a %v could give %q, and Clash does not know", kind, text)
	}
}
