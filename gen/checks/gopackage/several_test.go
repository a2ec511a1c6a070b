package gopackage

import (
	"testing"

	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

// A response may have several errors: what is sent of them, and what is read.
func TestSeveralErrors(t *testing.T) {
	m := newModule(t, "packages.test")
	const codes = `
retry_policies: {quick: {base: 1s, jitter: none}, any: {base: 3s, jitter: none, methods: any}}
groups:
  - id: g
    title: G
    errors:
      - {code: INVALID, status: [422, 400], message: "${field} is invalid", params: {field: {type: string}, extra: {type: int, optional: true, detail: true}}}
      - {code: NOT_FOUND, status: 404, message: Not found, headers: {X-Of: NOT_FOUND}}
      - {code: BUSY, status: 503, message: Busy, headers: {Retry-After: "2"}, retry: quick}
      - {code: SLOW, status: 429, message: "Wait ${n} s", params: {n: {type: int}}, headers: {Retry-After: "${n}"}, retry: any}
      - {code: LEFT, status: 400, message: Left, params: {left: {type: string, optional: true}}, headers: {X-Left: "${left}"}}
      - {code: HIDDEN, status: 500, message: secret, visibility: internal}
      - {code: INTERNAL, status: 500, message: Failed}
`
	for pkg, envelope := range map[string]string{
		"inside":  "{errors: {$each: {code: $code, status: $status_string, detail: $message, field: $param.field, extra: $param.extra}}}",
		"outside": "{ok: false, trace: $request_id, status: $status, first: $code, message: $message, errors: {$each: {code: $code, text: $message, params: $params, wait: $retry_after}}}",
		"codes":   "{id: $request_id, errors: {$each: $code}, more: $params}",
	} {
		text := "version: 1\ntitle: Errors\nservice: several" + pkg + "\nenvelope: {body: " + envelope +
			"}" + codes
		c, list := pipeline.Load(source.New("catalog.yaml", []byte(text), nil))
		if c == nil {
			t.Fatalf("%s does not load: %+v", pkg, list.All())
		}
		m.emit("several/"+pkg, c, gocode.Options{Import: "packages.test/several/" + pkg})
	}
	for pkg, text := range map[string]string{
		"anonymous": `
envelope: {body: {ok: false, errors: {$each: {code: $code, text: $message, data: $param.data, more: [{"@type": a, id: $param.id}, {"@type": b, wait: $retry_after}]}}}}
groups:
  - id: g
    title: G
    errors:
      - {code: A, status: 404, message: "No ${id}", params: {id: {type: string}}}
      - {code: LOST, status: 404, message: Lost, anonymous: true}
      - {code: GONE, status: 404, message: Gone, anonymous: true}
      - {code: DATA, status: 400, message: Data, params: {data: {type: json}}}
      - {code: BUSY, status: 503, message: Busy, headers: {Retry-After: "2"}}
      - {code: INTERNAL, status: 500, message: Failed}
`,
		"types": `
type_base: https://a.example/
envelope: {media_type: application/problem+json, body: {errors: {$each: {type: $type, title: $title, detail: {$or: [$param.data, $message]}}}}}
groups:
  - id: g
    title: G
    errors:
      - {code: A, status: 404, message: No a}
      - {code: DATA, status: 400, message: Data, params: {data: {type: map, values: int, optional: true}}}
      - {code: INTERNAL, status: 500, message: Failed}
`,
	} {
		m.add("several/"+pkg, loaded(t, "version: 1\ntitle: Errors"+text))
	}
	for pkg, body := range map[string]string{ // other styles, held by their generated tests
		"fhir":       `{resourceType: OperationOutcome, issue: {$each: {severity: error, code: $meta.kind, details: {coding: [{code: $code}], text: $title}, diagnostics: $message, expression: [$param.path]}}}`,
		"graphql":    `{data: null, errors: {$each: {message: $message, extensions: {code: $code, $spread: $params}}}}`,
		"oci":        `{errors: {$each: {code: $code, message: $message, detail: {$or: [$param.path, null]}}}}`,
		"cloudflare": `{success: false, errors: {$each: {code: $code_number, message: $message, source: {pointer: $param.path}}}, messages: [], result: null}`,
		"odata":      `{error: {code: $code, message: $message, details: {$each: {code: "x:${code}", message: $message, target: $param.path}}}}`,
	} {
		m.add("several/"+pkg, loaded(t, `version: 1
title: Errors
envelope: {body: `+body+`}
groups:
  - id: g
    title: G
    meta: {kind: invalid}
    errors:
      - {code: "1001", status: 422, message: "Bad ${path}", params: {path: {type: string}}}
      - {code: "1002", status: [404, 410], variants: [{id: a, message: No a}, {id: b, message: No b}]}
      - {code: "1003", status: 500, message: Failed}
`))
	}
	const shown = `version: 1
title: Fields
envelope: {body: {request_id: $request_id, errors: {$each: {code: $code, detail: $message, field: $param.field}}}}
groups:
  - id: fields
    title: Fields
    errors:
      - {code: FIELD_MISSING, status: 422, message: "${field} is missing", params: {field: {type: string}}}
      - {code: FIELD_UNKNOWN, status: 422, message: "${field} is unknown", params: {field: {type: string}}}
`
	m.add("several/docs/apierr", loaded(t, shown))
	m.write("several/docs/docs_test.go", read(t, "testdata/several_docs_test.go.txt"))
	m.write("several/several_test.go", read(t, "testdata/several_test.go.txt"))
	m.passes()
}
