package gopackage

import (
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

// A program may contain several copies of a package: two versions of it, or the same in two
// modules. Errors cross between them, but not between services.
func addCopies(t *testing.T, m module) {
	t.Helper()
	const catalog = `
version: 1
title: Errors
service: SERVICE
envelope:
  headers: {X-Request-Id: $request_id}
  body: {code: $code, message: $message, status: $status, request: $request_id, params: $params}
groups:
  - id: g
    title: G
    errors:
      - {code: INTERNAL, status: 500, message: Failed}
      - {code: SECRET, status: 503, message: Told to nobody, visibility: internal}
      - {code: BUSY, status: 503, message: Busy, retry: {base: 1s}, headers: {Retry-After: "7"}}
      - code: NOT_FOUND
        status: 404
        params: {id: {type: string}, room: {type: int}}
        variants: [{id: agent, message: "No agent ${id}"}, {id: room, message: "No room ${room}"}]
`
	const newer = "      - {code: NEWER, status: 409, message: Newer, params: {left: {type: int, detail: true}}}\n"
	for pkg, text := range map[string]string{"one": "acme", "two": "acme", "other": "other",
		"nameless": "", "nameless2": ""} {
		written := strings.Replace(catalog, "SERVICE", text, 1)
		if text == "" {
			written = strings.Replace(catalog, "service: SERVICE\n", "", 1)
		}
		if pkg == "two" {
			written += newer
		}
		c, list := pipeline.Load(source.New("catalog.yaml", []byte(written), nil))
		if c == nil {
			t.Fatalf("%s does not load: %+v", pkg, list.All())
		}
		m.add("copies/"+pkg, c)
	}
	m.write("copies/copies_test.go", read(t, "testdata/copies_test.go.txt"))
}
