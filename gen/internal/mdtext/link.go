package mdtext

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// Link returns a link. Its text is finished Markdown, such as the result of [Code]. If the URL is
// not safe (see [IsSafeURL]), Link returns only the text.
func Link(text, url string) string {
	if target := target(url, "", Portable); target != "" && text != "" {
		return "[" + text + "]" + target
	}
	return text
}

// target returns the parentheses of a link or image, or "" if the URL is not allowed.
func target(url, title string, d Dialect) string {
	switch {
	case !IsSafeURL(url):
		return ""
	case !isPlainURL(url):
		url = Destination(url)
	}
	if title != "" {
		title = ` "` + quotedTitle(title, d) + `"`
	}
	return "(" + url + title + ")"
}

// quotedTitle returns the title of a link in a form that can be quoted: all renderers accept quotes
// only as entities.
func quotedTitle(title string, d Dialect) string {
	if strings.Contains(title, `"`) {
		d = Portable
	}
	return literal(title, place{dialect: d, attribute: true})
}

// isPlainURL reports whether a URL contains no special characters, like most links within a page.
func isPlainURL(url string) bool {
	for i := 0; i < len(url); i++ {
		switch c := url[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '#', c == '/',
			c == '-', c == '_', c == '.':
		default:
			return false
		}
	}
	return true
}

// entityLike matches what a renderer would read as an entity in a URL.
var entityLike = regexp.MustCompile(`&(#?[A-Za-z0-9]+;)`)

// Destination returns a URL for the parentheses of a link, also in a table cell and in MDX. It
// percent-encodes characters that are unusual in URLs and keeps what is already encoded.
func Destination(url string) string {
	escaped := util.URLEscape([]byte(strings.TrimSpace(url)), false)
	var b strings.Builder
	for _, c := range escaped {
		if strings.IndexByte("()<>[]{}|\\^`\"'*$", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return entityLike.ReplaceAllString(b.String(), "&amp;$1")
}

// link writes a link whose text is finished. A link inside a link becomes its text.
func (l *line) link(text, url, title string) {
	if anchor, ok := strings.CutPrefix(url, "#"); ok && l.r.style != nil &&
		l.r.style.Anchor != nil {
		url = l.r.style.Anchor(anchor)
	}
	target := target(url, title, l.r.dialect())
	switch {
	case l.depth.link > 0 || text == "" || target == "":
		l.raw(text)
	case !l.r.terminal:
		l.raw("[" + text + "]" + target)
		if title == "" && url[0] != '/' && url[0] != '#' {
			l.url = len(l.out) - len(target)
		}
	case url == text || url == "mailto:"+text || url[0] == '#':
		l.raw(text)
	default:
		l.raw(text + " (" + url + ")")
	}
}

func (l *line) autoLink(n *ast.AutoLink) {
	label := string(n.Label(l.r.src))
	url := string(n.URL(l.r.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(url), "mailto:") {
		url = "mailto:" + url
	}
	if !l.r.terminal {
		label = string(appendText(nil, label, place{dialect: l.r.dialect()}))
	}
	l.link(label, url, "")
}

// image writes an image. Its text is what readers without images see.
func (l *line) image(n *ast.Image) {
	alt := (&renderer{src: l.r.src, terminal: true}).line(n, false)
	url := string(shown(n.Destination))
	if l.r.terminal {
		l.link(alt, url, "")
		return
	}
	alt = literal(alt, place{dialect: l.r.dialect(), attribute: true})
	if target := target(url, string(shown(n.Title)), l.r.dialect()); target != "" {
		alt = "![" + alt + "]" + target
	}
	l.raw(alt)
}
