package hostile

import (
	"fmt"
	"strings"
)

// A sentences composes catalogs of small messages: params of every type, beside each other and
// between texts that the params may hold, too.
type sentences struct{ dice }

// paramTypes are types of params, and examples of them.
var paramTypes = []struct {
	text     string
	examples []string
}{
	{"type: string", []string{
		"a", `""`, "a b", `"0"`, `"6s"`, "é", "a.b", `"a, b"`, `" "`, `"true"`, `"${p}"`, `"a\nb"`,
	}},
	{"type: string", []string{"x", "xx", "x/y", "10 MB"}},
	{"type: string, enum: [a, ab, b]", []string{"a", "ab", "b"}},
	{`type: string, enum: ["", x, "x "]`, []string{`""`, "x"}},
	{`type: string, enum: ["1", "true", "6s"]`, []string{`"1"`, `"true"`}},
	{"type: int", []string{"0", "-1", "42", "9223372036854775807", "-9223372036854775808"}},
	{"type: float", []string{"0", "-0.0", "2.5", "1e21", "1e-7", "3", "-1"}},
	{"type: bool", []string{"true", "false"}},
	{"type: bytes", []string{"0B", "10MB", "999B", "1024B", "1MiB", "9223372036854775807B"}},
	{"type: duration", []string{"0s", "6s", "-1s", "1m30s", "1ns", "1.5s", "100000h"}},
	{"type: time", []string{
		"2026-06-12T15:04:05Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z",
		"2026-06-12T15:04:05.5+02:00",
	}},
	{"type: list, items: string", []string{"[]", "[a]", `["", b]`}},
	{"type: list, items: duration", []string{"[]", "[6s, 0s]"}},
	{"type: list, items: {f: int}", []string{"[]", "[{f: 1}]"}},
	{"type: map, values: bytes", []string{"{}", "{a: 1MB}", `{"": 1B}`}},
	{"type: object, fields: {f: string, g: {type: time, optional: true}}", []string{"{f: a}"}},
	{"type: object, fields: {f: {type: int, optional: true}}", []string{"{}", "{f: 1}"}},
	{"type: json", []string{"null", "{a: 1}", "[]", "x", "1"}},
}

// inText is how many of them messages can show.
const inText = 11

// between are texts around placeholders; params may hold most of them.
var between = []string{
	"", "", "", " ", " ", "a", "b", "0", "1", "-", ".", ", ", "s", " B", "MB", "true", "T", "Z", ":", "/", "$$",
	"é", "x", "\\n", "%s", "{", "}",
}

// A declared is a param as it is declared, and whether a message may show it.
type declared struct {
	name, text string
	shown      bool
}

func (m sentences) params(names []string) (all []declared) {
	for _, name := range names {
		n := len(paramTypes)
		if !m.one(3) {
			n = inText
		}
		i := m.IntN(n)
		p := declared{name: name, text: paramTypes[i].text, shown: i < inText}
		if m.one(8) {
			p.text, p.shown = p.text+", sensitive: true", false
		} else if !m.one(6) {
			p.text += ", example: " + m.pick(paramTypes[i].examples)
		}
		switch m.IntN(8) {
		case 0:
			p.text, p.shown = p.text+", detail: true", false
		case 1:
			p.text, p.shown = p.text+", optional: true", false
		case 2:
			p.text, p.shown = p.text+", detail: true, optional: true", false
		case 3:
			p.text += ", detail: false"
		}
		all = append(all, p)
	}
	return all
}

// message returns a message that shows some of the params, perhaps one of them twice.
func (m sentences) message(params []declared) string {
	if m.one(12) {
		return "null"
	}
	text := m.pick([]string{"", "A ", "A ", "It is bad", "B: "})
	for _, i := range m.Perm(len(params)) {
		p := params[i]
		if m.one(6) || !p.shown && !m.one(15) {
			continue
		}
		text += "${" + p.name + "}" + m.pick(between)
		if m.one(10) {
			text += "${" + p.name + "}"
		}
	}
	return `"` + text + m.pick([]string{"", "", ".", "!", " $$"}) + `"`
}

// prose returns a text of the reference, which shows values.
func (m sentences) prose() string {
	return `"` + m.pick([]string{"", "Use ", "`", "**", "| "}) + m.pick([]string{
		"x", "${v}", "${v}${w}", "${w}", "${retry.max_retries}", "${retry.base}", "$$v", "${v} or ${v}",
		"${retry.max_delay} ${v}", "[a](https://example.com/${w})", "${l}",
	}) + m.pick([]string{"", ".", " x", "`", "**", " |"}) + `"`
}

// messageBodies are envelopes that have or lack what messages have.
var messageBodies = []string{
	"{code: $code, message: $message, details: $params}",
	"{code: $code, message: $message, details: $params}",
	"{code: $code, message: $message, variant: $variant, $spread: $params}",
	"{code: $code, message: $message}",
	"{code: $code, message: $message, p: $param.p, q: $param.q}",
	"{code: $code, message: {$or: [$message, null]}, p: $param.p, params: $params}",
	`{code: $code, text: "${title}: ${message}", params: {$or: [$params, null]}}`,
	"{code: $code, variant: $variant, params: $params}",
	"{code: $code, p: {$or: [$param.p, $message]}, q: {$or: [$param.q, none]}}",
	`{code: $code, text: "p=${param.p}", message: $message, status: $status}`,
	"{errors: {$each: {code: $code, message: $message, details: $params}}}",
	"{errors: {$each: {code: $code, message: $message, p: $param.p}}, q: $param.q}",
	"{message: $message, params: $params}",
	"{message: $message}",
	"$message",
	"[$code, $message, $params]",
}

func (m sentences) catalog() []byte {
	var b strings.Builder
	body := m.pick(messageBodies)
	fmt.Fprintf(&b, `version: 1
title: T
service: shop
docs_url: https://example.com/errors
lint: {code_pattern: .*}
envelope:
  body: %s
retry_policies: {again: {base: 2s, max_retries: 3}}
groups:
  - id: all
    title: All
    errors:
`, body)
	for i := range 1 + m.IntN(4) {
		params := m.params(m.some([]string{"p", "q", "r", "s"}, 0, 4))
		fmt.Fprintf(&b, "      - code: CODE_%d\n        status: %s\n        resolution: %s\n", i,
			m.pick([]string{"400", "404", "409", "422", "[400, 422]", "[429, 503]", "500"}), m.prose())
		b.WriteString("        values: {v: " + m.pick([]string{
			"10MB", "6s", `"x"`, "1.10", "true", "-0", `""`, `"|"`, "\"`\"", "2026-06-12T15:04:05Z", "1", "a b",
		}) + ", w: " + m.pick([]string{"2", "a", "{type: float, value: 1.10}", "{type: string, value: 7}"}) +
			", l: [a, 1]}\n")
		retry := m.one(2)
		if retry {
			b.WriteString("        retry: " + m.pick([]string{
				"again", "never", "{policy: again, max_retries: 1}", "{base: 1s}",
			}) + "\n")
		}
		if m.one(4) {
			fmt.Fprintf(&b, "        description: %s\n", m.prose())
		}
		if m.one(4) {
			b.WriteString("        title: \"" + m.pick([]string{"A title", "$$5", "x | y", "${v}"}) + "\"\n")
		}
		if m.one(4) {
			b.WriteString("        headers: {X-P: \"" + m.pick([]string{
				"${p}", "${q}", "x ${p}", "${p} ${q}", "${p}${p}",
			}) + "\"}\n")
		}
		if m.one(2) {
			b.WriteString("        message: " + m.message(params) + "\n")
		} else {
			b.WriteString("        variants:\n")
			for _, id := range m.some([]string{"one", "two", "three"}, 1, 3) {
				fmt.Fprintf(&b, "          - {id: %s, message: %s", id, m.message(params))
				if m.one(4) {
					b.WriteString(", resolution: " + m.prose())
				}
				b.WriteString("}\n")
			}
		}
		if len(params) > 0 {
			b.WriteString("        params:\n")
			for _, p := range params {
				fmt.Fprintf(&b, "          %s: {%s}\n", p.name, p.text)
			}
		}
	}
	return []byte(b.String())
}
