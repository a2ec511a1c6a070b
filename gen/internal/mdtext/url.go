package mdtext

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/unseen"
)

// schemes are those of the links that a page may have.
var schemes = []string{"https", "http", "mailto", "tel"}

// IsSafeURL reports whether a link may lead somewhere: see [URLProblem].
func IsSafeURL(link string) bool { return URLProblem(link) == "" }

// URLProblem says why a link must not lead somewhere, or "". It may lead to the web (https or http,
// with a host), to a mail address or a telephone, and to a place on the same site: an absolute or a
// relative path, ?query, #fragment. All else is refused, also what browsers read otherwise than RFC
// 3986 does (https://url.spec.whatwg.org/#url-parsing): they skip line ends, tabs and spaces at the
// ends, and take a backslash for a slash. What is percent-encoded in a path is judged decoded, too,
// because sites decode it.
func URLProblem(link string) string {
	if isPlainURL(link) && link != "" && !strings.HasPrefix(link, "//") {
		return "" // as most links within a page
	}
	problem := urlProblem(link)
	if _, _, ok := cutScheme(link); problem != "" || ok {
		return problem
	}
	path := link[:len(link)-len(strings.TrimLeftFunc(link,
		func(r rune) bool { return r != '?' && r != '#' }))]
	if decoded, err := url.PathUnescape(path); err == nil && decoded != path {
		return urlProblem(decoded)
	}
	return ""
}

func urlProblem(link string) string {
	scheme, rest, ok := cutScheme(link)
	switch {
	case IsScript(link):
		return "would run a script"
	case link == "":
		return "leads nowhere"
	case strings.Trim(link, " ") != link || strings.ContainsFunc(link,
		func(r rune) bool { return r < ' ' || r == 0x7F }) || unseen.Any(link):
		return "holds what browsers skip"
	case strings.Contains(link, `\`):
		return "has a backslash, which browsers take for a slash"
	case strings.HasPrefix(link, "//"):
		return "leads to another host without a scheme"
	case !ok:
		return ""
	case !slices.Contains(schemes, scheme):
		return fmt.Sprintf("has the scheme %q", scheme)
	case rest == "":
		return "leads nowhere"
	case scheme == "tel" && strings.Trim(rest, "+0123456789-.()") != "":
		return "is no telephone number"
	case scheme == "http" || scheme == "https":
		return hostProblem(rest)
	}
	return ""
}

// hostProblem judges what comes behind the scheme of a URL on the web.
func hostProblem(rest string) string {
	host, ok := strings.CutPrefix(rest, "//")
	if i := strings.IndexAny(host, "/?#"); i >= 0 {
		host = host[:i]
	}
	switch {
	case !ok || strings.Trim(host, ":") == "" || host[0] == ':':
		return "names no host"
	case strings.Contains(host, "@"):
		return "names a user, which readers take for the host"
	case badHost.MatchString(host):
		return "has a host that is none"
	}
	return ""
}

// badHost finds what no name of a host has. Letters that are not ASCII may be percent-encoded. An
// address in brackets is none that a reference leads to, and Markdown has no form for it that all
// renderers read.
var badHost = regexp.MustCompile("[\\x00-\\x20\"<>`^|{}'\\[\\]]|%([0-7]|$|.$)")

// cutScheme returns the scheme of a link in lower case, and what comes behind it.
func cutScheme(link string) (scheme, rest string, ok bool) {
	i := strings.IndexAny(link, ":/?#")
	if i < 0 || link[i] != ':' {
		return "", link, false
	}
	return strings.ToLower(link[:i]), link[i+1:], true
}

// IsScript reports whether a browser may run a link, or show foreign content for it.
func IsScript(link string) bool {
	scheme, _, _ := cutScheme(strings.Map(func(r rune) rune { // without what browsers skip
		if r <= ' ' || r == 0x7F || unseen.Suspect(r) {
			return -1
		}
		return r
	}, link))
	switch scheme {
	case "javascript", "vbscript", "data", "file", "blob":
		return true
	}
	return false
}

// Unescaped returns what a piece of Markdown, such as the destination of a link, stands for:
// backslash escapes and entities are read.
func Unescaped(md string) string { return string(shown([]byte(md))) }
