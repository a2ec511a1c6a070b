package mdtext

import (
	"bytes"
	"strings"
)

// Code returns s as inline code, or "" if s is empty. White space inside collapses to single
// spaces.
func Code(s string) string { return code(s, Portable) }

func code(s string, d Dialect) string {
	s = squeeze(s)
	switch {
	case s == "":
		return ""
	case needsTag(s):
		return codeTag(s, d)
	case !strings.Contains(s, "`"):
		return "`" + s + "`"
	}
	fence := strings.Repeat("`", longestRun(s, '`')+1)
	pad := ""
	if s[0] == '`' || s[len(s)-1] == '`' {
		pad = " "
	}
	return fence + pad + s + pad + fence
}

// needsTag reports whether some renderer cannot show s in a backtick span.
func needsTag(s string) bool {
	for _, special := range [...]string{"|", "{{", "{%", "{#", "]:", "</>"} {
		if strings.Contains(s, special) {
			return true
		}
	}
	return isPadded(s) || strings.HasPrefix(s, ":::") || strings.HasPrefix(s, "#!")
}

// isPadded reports whether s begins or ends with white space. Python-Markdown strips all Unicode
// white space.
func isPadded(s string) bool { return strings.TrimSpace(s) != s }

// codeTag returns s, which is squeezed, in a <code> tag. A space at an end becomes an entity,
// because Python-Markdown strips spaces.
func codeTag(s string, d Dialect) string {
	if d == GFM {
		d = Portable // backslashes work too, but are hard to tell from those of the code
	}
	inner := strings.Trim(s, " ")
	dst := []byte("<code>")
	if strings.HasPrefix(s, " ") {
		dst = append(dst, entity(' ')...)
	}
	dst = appendText(dst, inner, place{typography: true, dialect: d})
	if inner != "" && strings.HasSuffix(s, " ") {
		dst = append(dst, entity(' ')...)
	}
	return string(append(dst, "</code>"...))
}

// Fence returns code as a fenced block, without a final newline. info is the language and what
// follows it, or "".
func Fence(info, code string) string {
	fence := strings.Repeat("`", max(3, longestRun(code, '`')+1))
	code = strings.TrimSuffix(code, "\n")
	var b bytes.Buffer
	b.Grow(len(code) + len(info) + 2*len(fence) + 3)
	b.WriteString(fence)
	b.WriteString(info)
	b.WriteByte('\n')
	if code != "" {
		b.WriteString(code)
		b.WriteByte('\n')
	}
	b.WriteString(fence)
	return b.String()
}

// longestRun returns the length of the longest run of c in s.
func longestRun(s string, c byte) int {
	longest, run := 0, 0
	for i := 0; i < len(s); i++ {
		if s[i] != c {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
