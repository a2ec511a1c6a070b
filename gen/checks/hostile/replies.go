package hostile

import (
	"fmt"
	"slices"
	"strings"
)

// A replies composes catalogs of what is around a body: statuses, headers, retries, and the life of
// codes.
type replies struct{ dice }

var (
	replyHeaders  = []string{"X-A", "Retry-After", "x-b", "WWW-Authenticate"}
	commonHeaders = []string{
		"$code", `"${code}"`, "$request_id", "$message", `"${status}"`, "$variant", "$title", "x", `""`,
		"$meta.kind", `"${meta.kind}/${code}"`, "$param.p", `"a ${param.p}"`, "$param.wait", `"30"`,
		"$retry_after", "$type", "$service", "$instance", `'Bearer error="${code}", text="${message}"'`,
		`"${code}${status}"`, `"${code} ${request_id}"`, "$docs_url", "$group",
		"$status_text", `"${code}: ${status_text}"`,
	}
	ownHeaders = []string{
		"x", `"30"`, `"0"`, `""`, `"${code}"`, "$code", "$meta.kind", "$title", `"$$"`, `"${status}"`, "$param.p",
		`"${param.wait}"`,
	}
	ofP    = []string{`"${p}"`, `"x ${p}"`, `"${meta.kind} ${p}"`, `"${param.p}"`, `"${p}${p}"`}
	ofWait = []string{`"${wait}"`, `"${wait}"`, `"w=${wait}; x"`}
	ofBoth = []string{`"${p}, ${wait}"`, `"${p}${wait}"`}
	// waits are values of Retry-After.
	waits = []string{
		`"30"`, `"0"`, `"Sun, 06 Nov 1994 08:49:37 GMT"`, "$param.wait", `"${wait}"`, `"${wait}"`, `"1${wait}"`, `"-1"`,
		`"1.5"`, "soon",
	}
	waitTypes = []string{
		"type: duration, example: 6s", "type: duration, example: 1500ms", "type: int, example: 30",
		"type: time, example: 2026-06-12T15:04:05Z", "type: duration, optional: true, example: 6s",
		"type: int, optional: true", "type: time, optional: true", "type: float, example: 2.5",
		"type: string, example: \"30\"", "type: duration, detail: true", "type: duration, detail: false",
		"type: bytes, example: 10MB", "type: duration, example: 0s", "type: int, example: -1",
		"type: duration, optional: true, detail: false", "type: string, enum: [\"30\", \"60\"]",
		"type: bool", "type: duration, sensitive: true",
	}
	retries = []string{
		"never", "one", "two", "{policy: one, max_retries: 1}", "{base: 1s, strategy: constant}",
		"{policy: two, methods: any, jitter: none}", "{max_retry_after: 1s}", "{max_retries: 1}",
	}
	policies = []string{
		"{}", "{base: 1ns}", "{methods: any}", "{strategy: constant, base: 5s, jitter: none}",
		"{factor: 1, max_retries: 1}", "{max_retry_after: 1h, base: 30s, max_delay: 30s}",
		"{jitter: equal, factor: 1.5, max_delay: 2562047h47m16.854775807s}", "{max_retries: 2147483647}",
	}
	replyBodies = []string{
		"{code: $code, message: $message}", "{code: $code, message: $message, params: $params}",
		"{code: $code, message: $message, wait: $retry_after, status: $status}",
		"{code: $code, w: $param.wait, message: $message}", "{message: $message}", "{}",
		"{type: $type, title: $title, status: $status, detail: $message}", "problem", "nested",
		"{code: $code, wait: {$or: [$retry_after, null]}, id: $request_id, params: $params}",
		"{code: $code, wait: {$or: [$param.wait, $retry_after]}}", "{status: $status_string, message: $message}",
		"{status: $status, error: $status_text, message: $message}", `{line: "${status} ${status_text}", code: $code}`,
		"{code: $code, error: {$or: [$meta.kind, $status_text]}, text: {$or: [$message, $status_text, none]}}",
		"{errors: {$each: {code: $code, message: $message, wait: $retry_after}}}",
		`{code: $code, text: "retry in ${retry_after} s", more: {kind: $meta.kind, v: $variant}}`,
		"{code: $code, link: $docs_url, type: $type, instance: $instance, g: $group, s: $service}",
	}
	replyStatuses = []string{
		"400", "401", "404", "409", "429", "429", "500", "500", "503", "599", "499", "418", "[429, 503]",
		"[400, 401, 403]", "[500, 502]", "[503, 400]", "[404, 410]", "[410, 404]", "408", "425",
	}
)

func (r replies) headers(names, values []string, most int) string {
	var all []string
	for _, name := range r.some(names, 0, most) {
		value := r.pick(values)
		if strings.EqualFold(name, "Retry-After") && !r.one(6) {
			value = r.pick(values)
			if !r.one(3) {
				value = r.pick(waits)
			}
		}
		all = append(all, name+": "+value)
	}
	return "{" + strings.Join(all, ", ") + "}"
}

func (r replies) catalog() []byte {
	var b strings.Builder
	b.WriteString("version: 1\ntitle: T\nservice: shop\nlint: {code_pattern: .*}\n")
	if !r.one(4) {
		b.WriteString("docs_url: " + r.pick([]string{
			"https://example.com/errors", "https://example.com/{code}", "/errors#{anchor}",
		}) + "\n")
	}
	if r.one(3) {
		b.WriteString("type_base: " + r.pick([]string{"https://example.com/t/", `"urn:x:"`, "/t/"}) + "\n")
	}
	body := r.pick(replyBodies)
	if body != "problem" && body != "nested" {
		b.WriteString("envelope:\n  body: " + body + "\n")
		b.WriteString("  headers: " + r.headers([]string{"X-A", "x-c", "ETag"}, commonHeaders, 3) + "\n")
	} else {
		b.WriteString("envelope: " + body + "\n")
	}
	fmt.Fprintf(&b, "retry_policies: {one: %s, two: %s}\n", r.pick(policies), r.pick(policies))
	if r.one(2) {
		b.WriteString("retry_default: " + r.pick(retries) + "\n")
	}
	if r.one(2) {
		b.WriteString("statuses: {404: {title: \"Nothing | here\", cause: \"a\\n\\nb\"}, 503: {title: Busy}, 299: {title: Odd}}\n")
	}
	if r.one(2) {
		b.WriteString("retired:\n  - {code: OLD, status: 410, use: CODE_0, since: 1.10, note: \"`x` $$p\"}\n  - {code: OLDER}\n")
	}
	b.WriteString("groups:\n  - {id: first, title: First, meta: {kind: a}, errors: []}\n  - id: all\n    title: All\n    errors:\n")
	for i := range 1 + r.IntN(6) {
		fmt.Fprintf(&b, "      - code: CODE_%d\n        status: %s\n        resolution: x\n", i, r.pick(replyStatuses))
		message := "A message"
		params, own := "", ownHeaders
		if r.one(2) {
			own = slices.Concat(own, ofWait, ofWait)
			params += "wait: {" + r.pick(waitTypes) + "}, "
			if r.one(3) {
				message = "Wait ${wait}"
			}
		}
		if r.one(2) {
			own = slices.Concat(own, ofP, ofP)
			if params != "" {
				own = slices.Concat(own, ofBoth)
			}
			params += "p: {type: string, " + r.pick([]string{"example: a", "optional: true", "enum: [a, b]", `example: ""`, "example: é"}) + "}, "
			if r.one(3) {
				message += " for ${p}"
			}
		}
		switch r.IntN(6) {
		case 0:
			b.WriteString("        message: null\n")
		case 1:
			fmt.Fprintf(&b, "        variants: [{id: v, message: \"%s\"}, {id: w, message: %s}]\n", message,
				r.pick([]string{"null", "Another", `"${wait}"`}))
		default:
			fmt.Fprintf(&b, "        message: \"%s\"\n", message)
		}
		if params != "" {
			b.WriteString("        params: {" + strings.TrimSuffix(params, ", ") + "}\n")
		}
		if h := r.headers(replyHeaders, own, 3); h != "{}" {
			b.WriteString("        headers: " + h + "\n")
		}
		if r.one(2) {
			b.WriteString("        retry: " + r.pick(retries) + "\n")
		}
		for _, key := range []string{
			"visibility: internal", "anonymous: true", "deprecated: {since: 1, use: CODE_9, note: x}",
			"stability: experimental", "meta: " + r.pick([]string{"{kind: b}", `{kind: ""}`, "{other: c}"}),
			"see: [CODE_0, CODE_1]", "since: 1.10", "tags: [a, A]",
		} {
			if r.one(7) {
				b.WriteString("        " + key + "\n")
			}
		}
	}
	return []byte(b.String())
}
