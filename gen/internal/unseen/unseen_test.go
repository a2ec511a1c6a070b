package unseen_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/unseen"
)

// refused are characters that do not belong in Latin text, by kind.
var refused = map[unseen.Kind][]rune{
	unseen.Control: {0, 7, '\r', 0x1B, 0x7F, 0x80, 0x85, 0x9B, 0x9F, 0x2028, 0x2029, 0xFDD0, 0xFDEF,
		0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF},
	unseen.Direction: {
		0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068,
		0x2069,
	},
	unseen.Invisible: {
		0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180E, 0x180F, 0x200B, 0x200C,
		0x200D, 0x2060, 0x2061, 0x2064, 0x2065, 0x206A, 0x206F,
		0x2800, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0, 0xFFF9, 0xFFFB, 0x1BCA0, 0x1D173,
		0xE0000, 0xE0001, 0xE0041, 0xE007F, 0xE0100, 0xE01EF,
		0xE0FFF,
	},
}

func TestRefused(t *testing.T) {
	for kind, runes := range refused {
		for _, r := range runes {
			for _, text := range []string{"a" + string(r) + "b", string(r), "a " + string(r),
				"file" + string(r) + string(r)} {
				got := slices.Collect(unseen.All(text))
				if len(got) != strings.Count(text, string(r)) || got[0].Kind != kind ||
					got[0].Rune != r || got[0].Offset != strings.IndexRune(text, r) {
					t.Errorf("%q: found %v, want U+%04X of kind %d", text, got, r, kind)
				}
			}
		}
	}
}

// Allow what scripts and emoji need, and what most texts consist of.
func TestAllowed(t *testing.T) {
	for name, text := range map[string]string{
		"lines":                           "a\tb\nc",
		"Latin and accents":               "Größe e\u0301 “a” – b…\u00a0c",
		"Persian":                         "می\u200cخواهم نامه\u200cای",
		"Persian with vowel marks":        "مِ\u200cی",
		"an abbreviation in Arabic":       "۱۴۰۰ ه\u200d.",
		"the form within a word":          "\u200dه\u200d",
		"Hindi":                           "क्\u200dष क्\u200cष",
		"a chillu at the end of a word":   "അവന്\u200d",
		"Bengali":                         "র\u200d্য",
		"Sinhala":                         "ශ්\u200dරී",
		"Thai":                            "ไทย\u200bไทย",
		"Khmer":                           "ខ្មែរ\u200bខ្មែរ",
		"Mongolian":                       "ᠬᠠᠷ\u180eᠠ ᠠ\u180b",
		"a family":                        "👩\u200d👩\u200d👧",
		"a profession with a skin colour": "👩🏽\u200d🚀",
		"an eye in a bubble":              "👁\ufe0f\u200d🗨\ufe0f",
		"a head that shakes":              "🙂\u200d↔\ufe0f",
		"a heart":                         "❤\ufe0f ☎\ufe0e ⁉\ufe0f ℹ\ufe0f ©\ufe0f",
		"a keycap":                        "1\ufe0f⃣ #\ufe0f⃣",
		"a flag of a country":             "🇩🇪",
		"flags of regions":                "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
		"an ideograph of two forms":       "葛\U000e0100城",
		"Braille":                         "⠓⠑\u2800⠺",
		"Arabic and Hebrew":               "مرحبا שלום",
		"signs above numbers":             "\u0600\u0661",
		"hieroglyphs":                     "\U00013000\U00013430\U00013001",
		"for private use":                 "\ue000\U000f0000",
		"no UTF-8":                        "\xff",
	} {
		if got := slices.Collect(unseen.All(text)); got != nil {
			t.Errorf("%s: %+q holds %v", name, text, got)
		}
		if text != "\xff" && unseen.Lines(text) != text {
			t.Errorf("%s: %q is shown as %q", name, text, unseen.Lines(text))
		}
	}
}

// Even in their own scripts, these could carry hidden text.
func TestRefusedInScriptsThatHaveThem(t *testing.T) {
	for name, text := range map[string]string{
		"a second selector":           "❤\ufe0f\ufe0f",
		"a message in selectors":      "😀\U000e0158\U000e0155",
		"a joiner at a word's end":    "می\u200c ",
		"a joiner between scripts":    "م\u200ca",
		"two joiners":                 "م\u200c\u200cم",
		"a joiner in Latin":           "fi\u200dle",
		"an emoji and a letter":       "👩\u200da",
		"a joiner in digits":          "1\u200c2",
		"tags without a flag":         "a\U000e0067\U000e0062\U000e007f",
		"tags on a flag of no region": "🏴\U000e0068\U000e0069\U000e007f",
		"a flag that does not end":    "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074",
		"one tag too many":            "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f\U000e0061",
		"a space of width zero":       "Thai\u200bไทย",
		"a keycap without its cap":    "1\ufe0f",
		"a selector on a letter":      "e\ufe0f",
		"a mark in Hebrew":            "שלום\u200f",
	} {
		if !unseen.Any(text) {
			t.Errorf("%s: %+q is allowed", name, text)
		}
	}
}

func TestShown(t *testing.T) {
	const text = "a\x1b[31m\r\n\tb\u202e\u200b\x9b\u009b\U000e0041"
	if got, want := unseen.Line(text),
		"a␛[31m␍␊\tb‹U+202E›‹U+200B›\ufffd‹U+009B›‹U+E0041›"; got != want {
		t.Errorf("it is %q, want %q", got, want)
	}
	if got, want := unseen.Lines(text),
		"a␛[31m␍\n\tb‹U+202E›‹U+200B›\ufffd‹U+009B›‹U+E0041›"; got != want {
		t.Errorf("it is %q, want %q", got, want)
	}
}

// What is shown of a text contains nothing that is refused, whatever the text is.
func TestShownIsFitToBeShown(t *testing.T) {
	var pieces []string
	for _, runes := range refused {
		for _, r := range runes {
			pieces = append(pieces, string(r))
		}
	}
	pieces = append(pieces, "a", "1", " ", "\n", "م", "न", "्", "👩", "🏽", "❤",
		"🏴", "\U000e0067", "\U000e0062", "葛", "ไ", "⠓", "ᠬ", "\xff", "\xc3", "⃣")
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(rt, "text"), "")
		for _, shown := range []string{unseen.Line(text), unseen.Lines(text)} {
			if found := slices.Collect(unseen.All(shown)); found != nil ||
				!utf8.ValidString(shown) {
				rt.Errorf("%q is shown as %q, which holds %v", text, shown, found)
			}
			if unseen.Lines(shown) != shown {
				rt.Errorf("%q is shown as %q, and that as %q", text, shown, unseen.Lines(shown))
			}
		}
	})
}

// Suspects are exactly what Unicode's tables name, never letters or symbols.
func TestSuspectsAreNotSeen(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !unseen.Suspect(r) || !unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S) {
			continue
		}
		switch r {
		// Unicode calls the fillers letters, and the last one a symbol
		case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800:
		default:
			t.Errorf("U+%04X is visible, want it allowed", r)
		}
	}
}

// A text of only suspects must cost no more than its length, because each is judged with few
// neighbours.
func BenchmarkSuspects(b *testing.B) {
	for _, r := range []rune{0x200D, 0xE0067, 0x202E, 0xFE0F, 0x0651} {
		text := strings.Repeat(string(r)+"م", 1<<12)
		b.Run(fmt.Sprintf("U+%04X", r), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				_ = unseen.Any(text + "\u202e")
			}
		})
	}
}
