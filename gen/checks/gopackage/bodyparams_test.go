package gopackage

import (
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

// Params in the body are read from the body, whatever the message says.
func addParamsOfTheBody(t *testing.T, m module) {
	t.Helper()
	const catalog = `
version: 1
title: Errors
envelope: {body: {code: $code, message: $message, variant: $variant, params: $params}}
groups:
  - id: g
    title: G
    errors:
      - {code: ECHO, status: 400, message: "${text}", params: {text: {type: string}}}
      - {code: QUOTA, status: 429, message: "Quota of ${n} used, ${hint}", params: {n: {type: int}, hint: {type: string}, extra: {type: int, optional: true, detail: true},
           rows: {type: list, items: {id: int}, optional: true, detail: true}}, headers: {X-Left: "${n}"}}
      - code: GONE
        status: 404
        params: {id: {type: string}, room: {type: int}}
        variants: [{id: agent, message: "No agent ${id}"}, {id: room, message: "No room ${room} of ${id}"}]
`
	const more = `      - {code: WAIT, status: 429, message: "Wait ${n} s", params: {n: {type: int}}, headers: {Retry-After: "${n}"}}
      - {code: LATER, status: 503, message: Later, params: {wait: {type: duration, optional: true, detail: true}}, headers: {Retry-After: "${wait}"}}
      - {code: ROWS, status: 400, message: Bad rows, params: {rows: {type: list, items: {id: int}, detail: true}, tags: {type: list, items: string, detail: true}}}
`
	for pkg, envelope := range map[string]string{"inbody": catalog,
		"inmessage": strip(catalog, ", variant: $variant, params: $params"),
		"novariant": strip(catalog, " variant: $variant,")} {
		if pkg == "inmessage" { // where the body cannot contain details
			envelope = strip(envelope,
				", extra: {type: int, optional: true, detail: true},\n"+
					"           rows: {type: list, items: {id: int}, optional: true, detail: true}")
		}
		if pkg == "inbody" {
			envelope += more
		}
		c, list := pipeline.Load(source.New("catalog.yaml", []byte(envelope), nil))
		if c == nil {
			t.Fatalf("%s does not load: %+v", pkg, list.All())
		}
		m.add("params/"+pkg, c)
	}
	m.write("params/params_test.go", read(t, "testdata/params_test.go.txt"))
}

func strip(text, part string) string { return strings.Replace(text, part, "", 1) }
