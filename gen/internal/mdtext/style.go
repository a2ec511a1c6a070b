package mdtext

import (
	"strings"
	"unicode/utf8"
)

// A Dialect selects the renderers that Markdown is written for.
type Dialect int

// The dialects. Portable escapes whatever is special in any dialect.
const (
	Portable Dialect = iota // all renderers at once: GitHub, pandoc, MkDocs, Hugo, MDX
	GFM                     // GitHub, GitLab and others that read GitHub Flavored Markdown
	MDX                     // MDX 3: Docusaurus, Mintlify, Nextra
)

// A Style configures how Markdown is written. The zero value is the style of this package's
// functions.
type Style struct {
	Dialect Dialect
	// Anchor maps an anchor that an author links to on its own page, because the text may be shown
	// on another page. If it returns "", the link becomes its text. If Anchor is nil, such links
	// stay unchanged.
	Anchor func(anchor string) string
}

// Literal is [Literal] in this style.
func (s *Style) Literal(text string) string {
	md := literal(text, place{dialect: s.Dialect})
	if s.Dialect == MDX && endsInID(Collapse(text)) {
		md += noID
	}
	return md
}

// Code is [Code] in this style.
func (s *Style) Code(text string) string {
	md := code(text, s.Dialect)
	if s.Dialect == MDX && endsInID(text) {
		md += noID
	}
	return md
}

// MDX evaluates what is between braces; an empty expression shows nothing. Docusaurus looks for
// emoji and anchors in the text after all escapes are resolved, and an empty expression stops it.
// The anchors of headings do not contain it.
const (
	nothing = "{}" // after the first colon of :smile:, which would become an emoji
	// after a heading that ends in {#id}: Docusaurus reads expressions as text and finds white
	// space
	noID = "{\t}"
)

// endsInID reports whether Docusaurus would read the end of a heading as its anchor.
func endsInID(text string) bool {
	return strings.HasSuffix(text, "}") && strings.Contains(text, "{#")
}

// isEmoji reports whether s begins with what may be the name of an emoji.
func isEmoji(s string) bool {
	name, _, closed := strings.Cut(strings.TrimPrefix(s, ":"), ":")
	return closed && s[0] == ':' &&
		(name == "+1" || name != "" && strings.IndexFunc(name, isNoEmojiName) < 0)
}

func isNoEmojiName(r rune) bool {
	return r != '-' && r != '_' && (r >= utf8.RuneSelf || !isWord(r))
}

// Parse is [Parse] for a text that will be written in this style.
func (s *Style) Parse(md string) Doc {
	d := Parse(md)
	d.style = s
	return d
}

// backslashed reports whether a dialect escapes with backslashes. Entities work in all renderers
// but are hard to read.
func (d Dialect) backslashed() bool { return d != Portable }

// appendEscape appends an ASCII character without its special meaning.
func (d Dialect) appendEscape(dst []byte, c byte) []byte {
	// A letter or a space has no backslash escape. GitHub looks for mathematics between dollars
	// before it reads backslashes.
	if !d.backslashed() || c == '$' || c == ' ' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' {
		return append(dst, entity(rune(c))...)
	}
	return append(dst, '\\', c)
}

// specialInGFM reports whether the ASCII character s[i] is special to GitHub or to Jekyll, which
// builds GitHub Pages and reads doubled braces.
func specialInGFM(s string, i int) bool {
	switch s[i] {
	case '<':
		return i+1 < len(s) && (isLetter(s[i+1]) || strings.IndexByte("/!?", s[i+1]) >= 0)
	case '{':
		return beside(s, i) || i+1 < len(s) && s[i+1] == '%'
	case ':':
		return strings.HasPrefix(s[i:], "://")
	}
	return specialInBoth(s, i)
}

// specialInMDX reports whether the ASCII character s[i] is special to MDX with the plug-ins of
// Docusaurus.
func specialInMDX(s string, i int) bool {
	switch s[i] {
	case '<', '{', '}':
		return true
	case ':': // :name is a directive; the :45 of 12:30:45 also counts
		return i+1 < len(s) && s[i+1] != ' '
	}
	return specialInBoth(s, i)
}

func specialInBoth(s string, i int) bool {
	switch s[i] {
	case '|', '*', '`', '[', ']', '\\', '~', '$':
		return true
	case '&':
		n := strings.IndexByte(s[i:], ';')
		return n > 1 &&
			strings.Trim(s[i+1:i+n],
				"#0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
	case '#': // closes a heading if it follows a space
		return i == 0 || s[i-1] == ' '
	case '@': // an address becomes a link
		return i > 0 && s[i-1] != ' ' && i+1 < len(s) && s[i+1] != ' '
	case '_':
		return !wordBefore(s, i) || !wordAfter(s, i)
	case '.':
		return endsWithWWW(s[:i])
	}
	return false
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// startLen is the function startLen for a dialect.
func (d Dialect) startLen(s string) int {
	if d == Portable {
		return startLen(s)
	}
	if s == "" {
		return 0
	}
	switch s[0] {
	case '#', '-', '+', '=', '>':
		return 1
	case ':':
		if d == MDX {
			return 1
		}
	}
	if d == MDX && (strings.HasPrefix(s, "import") || strings.HasPrefix(s, "export")) {
		return 1
	}
	if n := listNumberLen(s); n > 0 && n <= 10 && strings.Trim(s[:n-1], "0123456789") == "" {
		return n
	}
	return 0
}
