// Package unseen finds characters that readers do not see, and those that change how other
// characters look: controls, marks of direction, joiners, selectors, fillers and tags. A text with
// one of them can mean something else than it shows.
//
// It takes a text. It returns the characters that do not belong there ([All]), or the text with
// these made visible, for a terminal ([Line], [Lines]).
//
// The same characters also have legitimate uses, so each is judged with its neighbours:
//
//   - Marks of direction (Bidi_Control of UAX #9, https://www.unicode.org/reports/tr9/) are never
//     allowed. They reorder text, in a reviewer's diff as on a page: CVE-2021-42574, UTS #55
//     (https://www.unicode.org/reports/tr55/). Arabic and Hebrew text does not need them: its
//     letters have their own direction.
//   - The joiners U+200C and U+200D are allowed where a script needs them, after UAX #31, section
//     2.3 (https://www.unicode.org/reports/tr31/): between letters of a script whose letters join
//     or form conjuncts, and after a virama. U+200D also joins emoji (UTS #51,
//     https://www.unicode.org/reports/tr51/).
//   - A variation selector is allowed after a character that can have variants: a symbol, an
//     ideograph, a Mongolian, Myanmar or Phags-pa letter. After another character it selects
//     nothing, and could carry a hidden message.
//   - U+200B separates words in scripts without spaces (Complex_Context of UAX #14), and U+180E a
//     Mongolian vowel.
//   - Tags are allowed in the flags of England, Scotland and Wales, and nowhere else.
//   - All other Default_Ignorable_Code_Point and format characters (UTS #39,
//     https://www.unicode.org/reports/tr39/) are refused, and also noncharacters, line separators,
//     and all controls except line feed and tab.
//
// Private-use characters are visible, perhaps as boxes, so they are allowed.
package unseen

import (
	"fmt"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Kind is the reason why a character does not belong in a text.
type Kind int

// The kinds.
const (
	None      Kind = iota
	Control        // a control character, a line separator, or a noncharacter
	Direction      // a mark of direction
	Invisible      // an invisible character
)

// A Character is a character that does not belong at its position.
type Character struct {
	Kind   Kind
	Rune   rune
	Offset int // in bytes
	Len    int // in bytes
}

// String returns the name of the character in diagnostics, such as U+202E.
func (c Character) String() string { return fmt.Sprintf("U+%04X", c.Rune) }

// All yields the characters of a text that do not belong there, in order. It skips bytes that are
// not UTF-8.
func All(text string) iter.Seq[Character] {
	return func(yield func(Character) bool) {
		for i := 0; i < len(text); {
			if c := text[i]; c >= ' ' && c < 0x7F || c == '\n' || c == '\t' {
				i++
				continue
			}
			char := At(text, i)
			if char.Kind != None && !yield(char) {
				return
			}
			i += char.Len
		}
	}
}

// At returns the character at an offset of a text. Its kind is [None] if it is allowed there.
func At(text string, offset int) Character {
	r, n := utf8.DecodeRuneInString(text[offset:])
	return Character{judge(text, offset, r, n), r, offset, n}
}

// Any reports whether [All] would yield a character.
func Any(text string) bool {
	for range All(text) {
		return true
	}
	return false
}

// Suspect reports whether a character is refused in some texts, whatever its neighbours in this
// one.
func Suspect(r rune) bool {
	return r >= 0x7F && kindOf(r) != None || r < ' ' && r != '\n' && r != '\t'
}

func judge(text string, i int, r rune, n int) Kind {
	kind := kindOf(r)
	if kind == Invisible && isNeeded(text[:i], r, text[i+n:]) {
		return None
	}
	return kind
}

// kindOf judges a character without its neighbours.
func kindOf(r rune) Kind {
	switch {
	case r == '\n' || r == '\t':
		return None
	case r < ' ' || r >= 0x7F && r < 0xA0 || r == '\u2028' || r == '\u2029' || r&0xFFFE == 0xFFFE ||
		r >= 0xFDD0 && r <= 0xFDEF:
		return Control
	case unicode.Is(unicode.Bidi_Control, r):
		return Direction
	case isInvisible(r):
		return Invisible
	}
	return None
}

// isInvisible reports whether a character is Default_Ignorable_Code_Point, a format character that
// shows nothing, or the empty Braille pattern.
func isInvisible(r rune) bool {
	switch {
	case unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector),
		r == brailleBlank:
		return true
	case unicode.Is(unicode.Cf, r):
		// these and the format characters of hieroglyphs are visible
		return !unicode.Is(unicode.Prepended_Concatenation_Mark, r) && (r < 0x13430 || r > 0x1345F)
	}
	return false
}

const (
	zeroWidthSpace = '\u200B'
	nonJoiner      = '\u200C'
	joiner         = '\u200D'
	mongolianVowel = '\u180E'
	brailleBlank   = '\u2800'
	keycap         = '\u20E3'
	blackFlag      = '\U0001F3F4'
)

// isNeeded reports whether an invisible character has its intended effect between its neighbours.
func isNeeded(before string, r rune, after string) bool {
	prev, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	switch {
	case r == joiner && isEmoji(bare(before)) && isSymbol(next):
		return true
	case r == joiner || r == nonJoiner:
		return joins(lastLetter(before), prev, r, next)
	case r == zeroWidthSpace:
		return scriptOf(prev, spaceless) != nil && scriptOf(next, spaceless) != nil
	case r == brailleBlank:
		return unicode.Is(unicode.Braille, prev) && prev != r ||
			unicode.Is(unicode.Braille, next) && next != r
	case r == mongolianVowel:
		return isMongolian(prev) && isMongolian(next)
	case unicode.Is(unicode.Variation_Selector, r):
		return selects(prev, r, next)
	}
	return isTag(before, r, after)
}

// joins reports whether a joiner has an effect between two characters; letter is prev without its
// vowel marks. Next to a single Arabic letter, U+200D shows the letter's form within a word.
func joins(letter, prev, r, next rune) bool {
	script := scriptOf(letter, joining)
	switch {
	case script != nil:
		return unicode.Is(script, next) || isVirama(prev) || r == joiner &&
			script == unicode.Arabic && !Suspect(next)
	case r == joiner:
		return scriptOf(next, joining) == unicode.Arabic && !Suspect(prev)
	}
	return false
}

// lastLetter returns the last character of a text, except for marks that the letters of any script
// can have, such as Arabic vowels.
func lastLetter(text string) rune {
	for {
		r, n := utf8.DecodeLastRuneInString(text)
		if !unicode.Is(unicode.Mn, r) || !unicode.Is(unicode.Inherited, r) || isInvisible(r) {
			return r
		}
		text = text[:len(text)-n]
	}
}

// selects reports whether a variation selector has an effect between two characters.
func selects(prev, r, next rune) bool {
	switch {
	case r >= 0x180B && r <= 0x180F:
		return isMongolian(prev)
	case r >= 0xE0100 || r <= 0xFE02 && unicode.Is(unicode.Han, prev):
		return unicode.Is(unicode.Han, prev)
	case r == 0xFE00 && unicode.In(prev, unicode.Myanmar, unicode.Phags_Pa):
		return true
	case prev >= '0' && prev <= '9' || prev == '#' || prev == '*':
		return r == 0xFE0F && next == keycap || r == 0xFE00 && prev == '0'
	}
	return isSymbol(prev)
}

// isSymbol reports whether a character is a symbol or another character that emoji use.
func isSymbol(r rune) bool {
	switch r {
	case '\u203C', '\u2049', '\u2139', '\u3030', '\u303D':
		return true
	}
	return r > unicode.MaxASCII && r != utf8.RuneError && (unicode.Is(unicode.So, r) ||
		unicode.Is(unicode.Sm, r)) && !isInvisible(r)
}

// isEmoji reports whether a character can begin a sequence of emoji.
func isEmoji(r rune) bool { return r >= 0x2190 && isSymbol(r) }

// bare returns the last character of a text without its modifiers: selectors and skin colours.
func bare(text string) rune {
	r, n := utf8.DecodeLastRuneInString(text)
	if r == 0xFE0F || r >= 0x1F3FB && r <= 0x1F3FF {
		r, _ = utf8.DecodeLastRuneInString(text[:len(text)-n])
	}
	return r
}

// joining are the scripts whose letters join or form conjuncts.
var joining = []*unicode.RangeTable{
	unicode.Arabic, unicode.Syriac, unicode.Mandaic, unicode.Mongolian, unicode.Nko,
	unicode.Phags_Pa, unicode.Adlam, unicode.Hanifi_Rohingya,
	unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya,
	unicode.Tamil, unicode.Telugu, unicode.Kannada,
	unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar, unicode.Tibetan,
	unicode.Balinese, unicode.Javanese,
}

// spaceless are the scripts without spaces between words.
var spaceless = []*unicode.RangeTable{
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tai_Le, unicode.New_Tai_Lue,
	unicode.Tai_Tham, unicode.Tai_Viet, unicode.Ahom,
	unicode.Tibetan, unicode.Balinese, unicode.Javanese,
}

// scriptOf returns the script of a letter or a mark, among the given ones, or nil.
func scriptOf(r rune, scripts []*unicode.RangeTable) *unicode.RangeTable {
	if r == utf8.RuneError || !unicode.In(r, unicode.L, unicode.M) || isInvisible(r) {
		return nil
	}
	for _, script := range scripts {
		if unicode.Is(script, r) {
			return script
		}
	}
	return nil
}

func isMongolian(r rune) bool { return unicode.Is(unicode.Mongolian, r) && unicode.IsLetter(r) }

// isVirama reports whether a mark joins the letters around it into a conjunct:
// Indic_Syllabic_Category Virama and Invisible_Stacker of the scripts above.
func isVirama(r rune) bool {
	switch r {
	case 0x094D, 0x09CD, 0x0A4D, 0x0ACD, 0x0B4D, 0x0BCD, 0x0C4D, 0x0CCD, 0x0D3B, 0x0D3C, 0x0D4D,
		0x0DCA, 0x0F84, 0x1039, 0x103A, 0x17D2, 0x1B44, 0xA9C0:
		return true
	}
	return false
}

// flags are the regions whose flags consist of tags: all that Unicode recommends for interchange
// (emoji-sequences.txt).
var flags = [...]string{"gbeng", "gbsct", "gbwls"}

// isTag reports whether a tag is part of one of the flags.
func isTag(before string, r rune, after string) bool {
	if r < 0xE0020 || r > 0xE007F {
		return false
	}
	const longest = 4 * 7 // bytes of the flag, five tags and the end tag
	before, after = before[max(0, len(before)-longest):], after[:min(len(after), longest)]
	i := strings.LastIndex(before, string(blackFlag))
	if i < 0 {
		return false
	}
	whole := before[i:] + string(r) + after
	for _, region := range flags {
		flag := string(blackFlag)
		for _, letter := range region {
			flag += string(0xE0000 + letter)
		}
		if flag += string(rune(0xE007F)); strings.HasPrefix(whole, flag) &&
			len(before)-i < len(flag) {
			return true
		}
	}
	return false
}
