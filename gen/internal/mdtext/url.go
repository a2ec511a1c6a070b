package mdtext

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/unseen"
)

// schemes are the URL schemes that links may have.
var schemes = []string{"https", "http", "mailto", "tel"}

// IsSafeURL reports whether a link is allowed; see [URLProblem].
func IsSafeURL(link string) bool { return URLProblem(link) == "" }

// URLProblem returns why a link is not allowed, or "". A link may lead to the web (https or http,
// with a host), to a mail address or telephone number, and to the same site: an absolute or
// relative path, ?query or #fragment. Everything else is refused. So is a URL that browsers read
// differently from RFC 3986 (https://url.spec.whatwg.org/#url-parsing): they skip line ends, tabs
// and outer spaces, and read a backslash as a slash. Percent-encoded characters in a path are also
// checked in decoded form, because sites decode them.
func URLProblem(link string) string {
	if isPlainURL(link) && link != "" && !strings.HasPrefix(link, "//") {
		return "" // like most links within a page
	}
	problem := urlProblem(link)
	if _, _, ok := cutScheme(link); problem != "" || ok {
		return problem
	}
	path := link[:len(link)-len(strings.TrimLeftFunc(link,
		func(r rune) bool { return r != '?' && r != '#' }))]
	if decoded, err := url.PathUnescape(path); err == nil && decoded != path {
		return urlProblem(decoded + link[len(path):])
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
		return "contains characters that browsers skip"
	case strings.Contains(link, `\`):
		return "has a backslash, which browsers read as a slash"
	case strings.HasPrefix(link, "//"):
		return "leads to another host without a scheme"
	case !ok:
		return ""
	case !slices.Contains(schemes, scheme):
		return fmt.Sprintf("has the scheme %q", scheme)
	case rest == "":
		return "leads nowhere"
	case scheme == "tel" && strings.Trim(rest, "+0123456789-.()") != "":
		return "is not a telephone number"
	case scheme == "http" || scheme == "https":
		return hostProblem(rest)
	}
	return ""
}

// hostProblem checks what follows the scheme of a web URL.
func hostProblem(rest string) string {
	host, ok := strings.CutPrefix(rest, "//")
	if i := strings.IndexAny(host, "/?#"); i >= 0 {
		host = host[:i]
	}
	switch {
	case !ok || strings.Trim(host, ":") == "" || host[0] == ':':
		return "has no host"
	case strings.Contains(host, "@"):
		return "has a user name, which readers may mistake for the host"
	case badHost.MatchString(host):
		return "has an invalid host"
	}
	return ""
}

// badHost matches what a host name cannot contain. Letters beyond ASCII may be percent-encoded. IP
// addresses in brackets are refused: references do not link to them, and no Markdown form of them
// works in all renderers.
var badHost = regexp.MustCompile("[\\x00-\\x20\"<>`^|{}'\\[\\]]|%([0-7]|$|.$)")

// cutScheme splits a link after its scheme, which it returns in lower case.
func cutScheme(link string) (scheme, rest string, ok bool) {
	i := strings.IndexAny(link, ":/?#")
	if i < 0 || link[i] != ':' {
		return "", link, false
	}
	return strings.ToLower(link[:i]), link[i+1:], true
}

// IsScript reports whether a browser may run a link or show foreign content for it.
func IsScript(link string) bool {
	// drop the characters that browsers skip
	scheme, _, _ := cutScheme(strings.Map(func(r rune) rune {
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

// Unescaped resolves the backslash escapes and entities in a piece of Markdown, such as the
// destination of a link.
func Unescaped(md string) string { return string(shown([]byte(md))) }
