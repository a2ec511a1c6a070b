package hostile

import (
	"fmt"
	"strings"
)

// An identities composes catalogs in which several errors without a code have one status: clients
// recognize each by its message, or by what no body of the others has.
type identities struct{ dice }

// identityLeaves are what such errors differ in.
var identityLeaves = []string{
	"$meta.kind", "$meta.kind", "$meta.size", "$message", "$message", "$param.a", "$param.b",
	"{$or: [$meta.kind, $message]}", "{$or: [$meta.size, $message]}",
	"{$or: [$meta.kind, {type: $code, text: $message}]}", "{$or: [$param.a, $message]}",
	"{$or: [$param.a, $param.b, $message]}", "{$or: [$param.b, $status]}",
	"{$or: [$param.a, $message, $status]}",
	"{$or: [$meta.kind, $param.a]}", "{$or: [$meta.kind, none]}", "{$or: [$message, null]}",
	"{x: $meta.kind}", "{x: {y: $param.b}}", "[$message]", "[$meta.kind, x]", `"${meta.kind}!"`,
	"$params", "$status", "$title", "x", "$type", "$docs_url",
	"$status_text", "{$or: [$meta.kind, $status_text]}", "{$or: [$message, $status_text]}",
	"{$or: [$meta.size, {x: $status_text}]}", "{$or: [$message, $meta.kind]}",
	"{$$: x}", "{$$: $meta.kind}", "{$$$: $message}", "{$$x: $param.a, $$y: 1}",
}

func (d identities) catalog() []byte {
	var members []string
	for i, leaf := range d.some(identityLeaves, 1, 4) {
		members = append(members, fmt.Sprintf("m%d: %s", i, leaf))
	}
	if d.one(3) {
		members = append(members, "code: $code")
	}
	if d.one(4) {
		members = append(members, "$spread: $params")
	}
	body := "{" + strings.Join(members, ", ") + "}"
	if d.one(4) {
		body = "{errors: {$each: " + body + "}}"
	}
	var errors strings.Builder
	for i := range 2 + d.IntN(4) {
		messages := []string{"null", "It is bad", "It is worse", "Bad Request"}
		params := d.some([]string{"a", "b"}, 0, 2)
		for k, name := range params {
			if d.one(2) {
				messages = append(messages, `"${`+name+`}"`, `"bad: ${`+name+`}"`)
				params[k] += ": {type: string}"
			} else {
				params[k] += ": " + d.pick([]string{
					"{type: int}", "{type: string, optional: true}", "{type: list, items: string}",
					"{type: map, values: string}", "{type: object, fields: {x: int}}", "{type: bool}",
					"{type: list, items: string, optional: true}", "{type: json}",
				})
			}
		}
		meta := d.some([]string{
			"kind: " + d.pick([]string{"one", "two", "three", "Bad Request"}),
			"size: " + d.pick([]string{"1", "2", `"1"`}),
		}, 0, 2)
		fmt.Fprintf(&errors,
			"      - {code: E_%d, status: %s, resolution: x, message: %s, meta: {%s}, params: {%s}%s}\n",
			i, d.pick([]string{"400", "400", "400", "[400, 409]", "[400, 499]", "499"}), d.pick(messages),
			strings.Join(meta, ", "), strings.Join(params, ", "),
			d.pick([]string{"", ", anonymous: true", ", anonymous: true"}))
	}
	return fmt.Appendf(nil, `version: 1
title: T
service: shop
envelope: {body: %s}
groups:
  - id: all
    title: All
    errors:
%s      - {code: SERVER, status: 500, message: A server error, resolution: x}
`, body, errors.String())
}
