package find

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A token may be a code, the name of a type, or a word. Its parts are between its points.
var (
	token  = pattern(`[\pL\pN_](?:[\pL\pN_.:/-]*[\pL\pN_])?`)
	points = pattern(`[.:/-]+`)
	word   = pattern(`[\pL\pN]+`)
)

// pattern returns a function that compiles a pattern at its first call: most commands search for
// nothing, and those with classes of Unicode take long.
func pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}

// statusIn matches the HTTP status of an error in a text: a status line, a member or an attribute
// of a log, words such as "failed with 402" and "(401)", or the status with its name.
var statusIn = pattern(`(?i)(?:\bHTTP(?:/[0-9.]+)? |` +
	`status\w{0,20}(?: code| of)?["']? ?[:=]? ?["']?|` +
	`\b(?:code|error|failed with|returned|got)["']? ?[:=]? ?["']?|\()([45][0-9][0-9])\b|` +
	`\b([45][0-9][0-9]) (?:client error|server error|` +
	`bad request|unauthorized|payment required|forbidden|not found|conflict|gone|` +
	`payload too large|unprocessable|too many requests|` +
	`internal server error|bad gateway|service unavailable|gateway time-?out)\b`)

// atEdge is a status that begins or ends a short text. In a long one it may be any number.
var atEdge = regexp.MustCompile(`^([45][0-9][0-9])\b|\b([45][0-9][0-9])$`)

// A search is one text, parsed.
type search struct {
	index    *Index
	text     string
	bodies   []any // the JSON in it
	units    []unit
	tokens   []string
	short    bool // the text has a few words
	named    bool // the text may be a name of several words
	statuses map[int]bool
	found    map[int]*Hit
	read     map[int]reading // the best reading of a record's messages
}

// A unit is a piece of text that may be a message or contain one: a string of a body, which is a
// whole text, or a line.
type unit struct {
	text, lower string
	whole       bool
	words       map[string]bool
}

func newUnit(text string, whole bool) unit {
	u := unit{text: strings.TrimSpace(collapse(text)), whole: whole, words: map[string]bool{}}
	u.lower = lower(u.text)
	for _, w := range word().FindAllString(u.lower, -1) {
		u.words[w] = true
	}
	return u
}

// read parses a text.
func (x *Index) read(text string) *search {
	s := &search{index: x, text: text, statuses: map[int]bool{}}
	texts := decoded(text)
	for _, t := range texts {
		s.bodies = append(s.bodies, bodiesIn(t)...)
	}
	for i := 0; i < len(s.bodies); i++ {
		s.strings(s.bodies[i])
	}
	for _, t := range texts {
		lines := strings.Split(t, "\n")
		for _, line := range lines {
			s.unit(line, false)
		}
		if len(lines) > 1 {
			s.unit(t, false)
		}
	}
	seen := map[string]bool{}
	for _, t := range texts {
		for _, t := range token().FindAllString(t, maxTokens) {
			if !seen[t] {
				seen[t] = true
				s.tokens = append(s.tokens, t)
			}
		}
	}
	s.short = len(token().FindAllString(text, maxShort+1)) <= maxShort
	s.named = len(token().FindAllString(text, maxNamed+1)) <= maxNamed
	found := statusIn().FindAllStringSubmatch(text, 10)
	if s.named {
		found = append(found, atEdge.FindAllStringSubmatch(text, 2)...)
	}
	for _, m := range found {
		status, _ := strconv.Atoi(m[1] + m[2])
		s.statuses[status] = true
	}
	return s
}

// decoded returns a text with what it was escaped with for a log, a shell, an address or a page
// taken off, and with plain quotation marks, several times if need be, then the text as it is.
func decoded(text string) []string {
	texts := []string{text}
	for range maxEscapes {
		plain := unescaped(texts[0])
		if plain == texts[0] {
			break
		}
		texts = append([]string{plain}, texts...)
	}
	return texts
}

var (
	quotes   = strings.NewReplacer(`\\`, `\`, `\"`, `"`, `\n`, " ")
	entities = strings.NewReplacer("&quot;", `"`, "&#34;", `"`, "&#39;", "'", "&apos;", "'",
		"&lt;", "<", "&gt;", ">", "&amp;", "&")
	curly    = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "‘", "'", "’", "'")
	percents = regexp.MustCompile(`(?:%[0-9A-Fa-f]{2})+`)
)

func unescaped(text string) string {
	if strings.Contains(text, `\"`) {
		return quotes.Replace(text)
	}
	for _, r := range []*strings.Replacer{entities, curly} {
		if plain := r.Replace(text); plain != text {
			return plain
		}
	}
	return percents.ReplaceAllStringFunc(text, func(escaped string) string {
		plain, err := url.PathUnescape(escaped)
		if err != nil || !utf8.ValidString(plain) {
			return escaped
		}
		return plain
	})
}

func (s *search) unit(text string, whole bool) {
	if len(s.units) < maxUnits && strings.TrimSpace(text) != "" {
		s.units = append(s.units, newUnit(text, whole))
	}
}

// strings makes units of the strings in a body. One that is itself a body is another body.
func (s *search) strings(v any) {
	switch v := v.(type) {
	case string:
		s.unit(v, true)
		if strings.HasPrefix(v, "{") && len(s.bodies) < maxBodies {
			s.bodies = append(s.bodies, bodiesIn(v)...)
		}
	case []any:
		for _, item := range v {
			s.strings(item)
		}
	case map[string]any:
		for _, key := range sortedKeys(v) {
			s.strings(v[key])
		}
	}
}

// maxBodies is also how many brackets are tried that may begin one.
const maxBodies = 20

// bodiesIn returns the JSON objects in a text, and the lists of objects.
func bodiesIn(text string) []any {
	var bodies []any
	for at, tries := 0, 0; tries < maxBodies; tries++ {
		begin := opening.FindStringIndex(text[at:])
		if begin == nil {
			break
		}
		at += begin[0]
		end := balanced(text[at:])
		var body any
		d := json.NewDecoder(strings.NewReader(text[at : at+end]))
		d.UseNumber()
		if end > 0 && d.Decode(&body) == nil {
			bodies = append(bodies, body)
			at += end
		} else {
			at++
		}
	}
	return bodies
}

var opening = regexp.MustCompile(`\{|\[\s*\{`)

// balanced returns the length of the object or list that a text begins with; 0 if it does not end.
func balanced(text string) int {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// at returns the text of what is at a place of a body.
func at(body any, path []any) (text string, ok bool) {
	v, ok := valueAt(body, path)
	if !ok {
		return "", false
	}
	return jsonText(v)
}

func valueAt(body any, path []any) (any, bool) {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, _ := body.(map[string]any)
			member, ok := object[step]
			if !ok {
				return nil, false
			}
			body = member
		case float64:
			list, _ := body.([]any)
			if int(step) >= len(list) {
				return nil, false
			}
			body = list[int(step)]
		}
	}
	return body, true
}

// jsonText returns a scalar as people read it.
func jsonText(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		return strconv.FormatBool(v), true
	}
	return "", false
}

// collapse makes one space of each run of white space.
func collapse(text string) string {
	var b strings.Builder
	space := false
	for _, r := range text {
		if unicode.IsSpace(r) {
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	if space {
		b.WriteByte(' ')
	}
	return b.String()
}

// lower returns a text in lower case, as long as before.
func lower(text string) string {
	low := []byte(text)
	for i, c := range low {
		if 'A' <= c && c <= 'Z' {
			low[i] = c + 'a' - 'A'
		}
	}
	return string(low)
}

// fold returns the letters and digits of a name in lower case.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}
