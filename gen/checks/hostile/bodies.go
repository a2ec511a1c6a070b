package hostile

import (
	"fmt"
	"strings"
)

// leaves are what a small body is made of: constants, roles that are the whole value, that all or
// only some codes of bodyCatalog have, and roles in a text.
var leaves = []string{
	"x", "null", "true", "{}", "[]", `""`,
	"$code", "$code", "$message", "$message", "$status", "$status_string", "$title", "$variant",
	"$status_text",
	"$request_id", "$retry_after", "$service", "$group", "$docs_url", "$type", "$instance",
	"$params", "$param.id", "$param.all", "$param.fields", "$param.maybe", "$meta.kind", "$meta.some",
	`"${code}: x"`, `"${code} ${message}"`, `"${status}!"`, `"${param.id}"`, `"${service}.${code}"`,
	`"${variant}x"`, `"${meta.some}"`, `"${status} ${status_text}"`,
}

// headerLeaves are the values of the envelope's headers.
var headerLeaves = []string{
	"x", `""`, "$code", `"${code}"`, `"e ${code}"`, "$message", `"${status}"`, "$title", "$variant",
	"$status_text", `"${code}: ${status_text}"`,
	"$request_id", "$retry_after", "$type", "$params", "$param.id", `"${param.id}"`, "$meta.kind",
	`"${meta.kind}/${code}"`, `"${meta.some}"`, `"${code}${status}"`, `"$$"`, "$service", "$instance",
}

// memberNames are names that mean something else to the format, to JSON, or in a language.
var memberNames = []string{
	"$$", "$$or", "$$each", "$$spread", "$$code", "$$$", "__proto__", "constructor", "toString",
	"length", "then", `"0"`, `""`, "a.b", `'a"b'`, "é", "A", "a-b", "code", "message", "m", "x y",
	`"\u2028"`, "or", "of", "each", "items", "self", "def", "class", "None", `"\\"`, "'`'", `"${code}"`, `"null"`,
}

// name returns the name of a member: the usual one, or now and then any.
func (b bodies) name(usual string) string {
	if b.one(8) {
		return b.pick(memberNames)
	}
	return usual
}

// A bodies composes small bodies: all that the grammar of envelopes allows, and some that it does
// not.
type bodies struct{ dice }

// node returns a node, in YAML, of at most some levels.
func (b bodies) node(depth int) string {
	if depth == 0 {
		return leaves[b.IntN(len(leaves))]
	}
	inner := func() string { return b.node(b.IntN(depth)) }
	switch b.IntN(12) {
	case 0, 1:
		return "{" + b.name("a") + ": " + inner() + "}"
	case 2:
		return "{" + b.name("a") + ": " + inner() + ", " + b.name("b") + ": " + inner() + "}"
	case 3:
		return "{" + b.name("a") + ": " + inner() + ", $spread: $params}"
	case 4:
		return "[" + inner() + "]"
	case 5:
		return "[" + inner() + ", " + inner() + "]"
	case 6, 7, 8:
		return "{$or: [" + inner() + ", " + inner() + "]}"
	case 9:
		return "{$or: [" + inner() + ", " + inner() + ", " + inner() + "]}"
	default:
		return "{$each: " + inner() + "}"
	}
}

// body returns the body of an envelope: often one that has the code beside it, so that more of them
// are accepted.
func (b bodies) body() string {
	n := b.node(1 + b.IntN(3))
	switch b.IntN(8) {
	case 0:
		return n
	case 1:
		return "{" + b.name("m") + ": " + n + "}"
	case 2:
		return "{$each: {" + b.name("code") + ": $code, " + b.name("m") + ": " + n + "}}"
	case 3:
		return "{errors: {$each: {" + b.name("code") + ": $code, " + b.name("m") + ": " + n +
			"}}, t: $title}"
	case 4:
		return "{" + b.name("message") + ": $message, " + b.name("m") + ": " + n + "}"
	default:
		return "{" + b.name("code") + ": $code, " + b.name("m") + ": " + n + "}"
	}
}

// catalog returns a catalog with a small body.
func (b bodies) catalog() []byte {
	anonymous, silent := "", "It is gone"
	if b.IntN(3) == 0 {
		anonymous = ", anonymous: true"
	}
	if b.IntN(3) == 0 {
		silent = "null"
	}
	body, params := b.body(), ""
	headers := "{}"
	if b.IntN(3) == 0 {
		headers = "{X-A: " + headerLeaves[b.IntN(len(headerLeaves))] +
			", X-B: " + headerLeaves[b.IntN(len(headerLeaves))] + "}"
	}
	text := body + headers
	for _, p := range []string{
		"id: {type: string, example: a, detail: true}",
		"all: {type: map, detail: true, values: {type: list, items: string}, example: {a: [x]}}",
		"fields: {type: list, detail: true, items: {name: string}, example: [{name: x}]}",
		"maybe: {type: int, optional: true, detail: true, example: 7}",
	} {
		name, _, _ := strings.Cut(p, ":")
		if strings.Contains(text, "$params") || strings.Contains(text, "param."+name) {
			params += p + ", "
		}
	}
	return fmt.Appendf(nil, `version: 1
title: T
service: shop
docs_url: https://example.com/errors
envelope:
  body: %s
  headers: %s
groups:
  - id: all
    title: All
    errors:
      - {code: INVALID, status: 400, message: It is bad, resolution: x, meta: {kind: a, some: b}, params: {%s}}
      - code: GONE
        status: [404, 499]
        resolution: x
        meta: {kind: c}
        variants: [{id: one, message: %s}, {id: two, message: It was never there}]
        headers: {Retry-After: "30"}
      - {code: SERVER, status: 500, message: A server error, resolution: x, meta: {kind: d}%s}
`, body, headers, params, silent, anonymous)
}
