package errorsjson

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/encode"
)

func flat() *catalog.Catalog {
	code := catalogtest.Member("code", catalogtest.Role(catalog.RoleCode))
	return catalogtest.Everything(catalog.Envelope{Body: catalogtest.Object(code)})
}

// TestErrors compares what stands for a code that has much, and for one that has little.
func TestErrors(t *testing.T) {
	c := flat()
	for _, tt := range []struct{ code, want string }{
		{"FILE_TOO_LARGE", `{
  "code": "FILE_TOO_LARGE",
  "group": "files",
  "statuses": [413],
  "title": "File too large",
  "messages": [
    {
      "template": "The ${kind} file exceeds ${limit}.",
      "segments": [
        {"literal": "The "},
        {"param": "kind"},
        {"literal": " file exceeds "},
        {"param": "limit"},
        {"literal": "."}
      ],
      "readable": false,
      "example": {"message": "The image file exceeds 10 MB.", "body": {"code": "FILE_TOO_LARGE"}}
    }
  ],
  "params": [
    {
      "name": "kind",
      "type": "string",
      "enum": ["image", "video"],
      "example": {"value": "image", "text": "image"},
      "in_message": true,
      "detail": false,
      "optional": false
    },
    {
      "name": "limit",
      "type": "bytes",
      "description": "The limit.",
      "example": {"value": 10000000, "text": "10 MB"},
      "in_message": true,
      "detail": false,
      "optional": false
    },
    {
      "name": "violations",
      "type": "list",
      "items": {"type": "object", "fields": [{"name": "field", "type": "string"}, {"name": "count", "type": "int"}]},
      "example": {"value": [{"field": "field", "count": 1}]},
      "in_message": false,
      "detail": true,
      "optional": false
    },
    {
      "name": "hint",
      "type": "string",
      "example": {"value": "Try a JPEG", "text": "Try a JPEG"},
      "in_message": false,
      "detail": false,
      "optional": true
    }
  ],
  "values": [],
  "description": "A file is larger than its kind may be.",
  "resolution": "Send a smaller one. <kbd>|</kbd>",
  "retry": null,
  "headers": [],
  "links": [{"title": "Limits", "url": "/limits"}],
  "see": [],
  "tags": [],
  "docs_url": "https://docs.example.com/errors#file_too_large",
  "type": "https://example.com/problems/file_too_large",
  "meta": {"type": "files_error"},
  "stability": "stable"
}
`},
		{"INTERNAL_ERROR", `{
  "code": "INTERNAL_ERROR",
  "group": "files",
  "statuses": [500],
  "title": "Internal error",
  "messages": [
    {
      "template": "Internal server error",
      "segments": [{"literal": "Internal server error"}],
      "readable": false,
      "example": {"message": "Internal server error", "body": {"code": "INTERNAL_ERROR"}}
    }
  ],
  "params": [],
  "values": [],
  "retry": {
    "strategy": "constant",
    "base_seconds": 1.5,
    "factor": 1,
    "max_delay_seconds": 30,
    "jitter": "none",
    "max_retries": 1,
    "max_retry_after_seconds": 60,
    "methods": "any"
  },
  "headers": [],
  "links": [],
  "see": [],
  "tags": [],
  "docs_url": "https://docs.example.com/errors#internal_error",
  "type": "https://example.com/problems/internal_error",
  "meta": {"type": "files_error"},
  "stability": "stable"
}
`},
	} {
		if diff := cmp.Diff(tt.want, string(encode.JSON(entry(c, c.Find(tt.code))))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.code, diff)
		}
	}
}

// TestPartsOfErrors compares single members of other codes.
func TestPartsOfErrors(t *testing.T) {
	c := flat()
	for _, tt := range []struct{ code, member, want string }{
		{"ACCOUNT_SUSPENDED", "statuses", `[403,401]`},
		{
			"ACCOUNT_SUSPENDED",
			"values",
			`[{"name":"floor","type":"int","value":-11,"text":"-11","description":"The lowest balance."},{"name":"names","type":"list","value":["a","b"],"text":"a, b"}]`,
		},
		{"ACCOUNT_SUSPENDED", "see", `["UNAUTHORIZED"]`},
		{"ACCOUNT_SUSPENDED", "stability", `"beta"`},
		{
			"OLD_KEY",
			"deprecated",
			`{"since":"2026-01-01","use":"UNAUTHORIZED","note":"Keys have *one* kind."}`,
		},
		{"UNAUTHORIZED", "since", `"1.10"`},
		{"UNAUTHORIZED", "tags", `["auth","key"]`},
		{
			"NOT_FOUND",
			"messages",
			`[{"variant":"file","template":"No file ${id}","segments":[{"literal":"No file "},{"param":"id"}],"readable":true,"example":{"message":"No file A91","body":{"code":"NOT_FOUND"}}},` +
				`{"variant":"page","template":"No page ${page} of file ${id}","segments":[{"literal":"No page "},{"param":"page"},{"literal":" of file "},{"param":"id"}],"readable":true,"resolution":"Ask for a lower page.","example":{"message":"No page 3 of file A91","body":{"code":"NOT_FOUND"}}}]`,
		},
		{
			"RATE_LIMITED",
			"headers",
			`[{"name":"Retry-After","template":"${retry_after}","segments":[{"param":"retry_after"}]},{"name":"X-Kind","template":"limit","segments":[{"literal":"limit"}]}]`,
		},
		{
			"RATE_LIMITED",
			"retry",
			`{"policy":"backoff","strategy":"exponential","base_seconds":1,"factor":2,"max_delay_seconds":30,"jitter":"full","max_retries":4,"max_retry_after_seconds":300,"methods":"idempotent"}`,
		},
	} {
		var members map[string]json.RawMessage
		if err := json.Unmarshal(encode.CompactJSON(entry(c, c.Find(tt.code))), &members); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tt.want, string(members[tt.member])); diff != "" {
			t.Errorf("%s, %s (-want +got):\n%s", tt.code, tt.member, diff)
		}
	}
}

func TestDollarsStandForThemselves(t *testing.T) {
	got := string(encode.CompactJSON(template(catalogtest.Template("$$1 of ${total}"))))
	want := `{"template":"$$1 of ${total}","segments":[{"literal":"$1 of "},{"param":"total"}]}`
	if got != want {
		t.Errorf("template = %s, want %s", got, want)
	}
}

func TestEnvelopes(t *testing.T) {
	want := map[string]struct{ template, paths string }{
		"nested": {
			`{"error":{"code":"$code","message":"$message","httpStatus":"$status"},"status":"error","status_code":"$status"}`,
			`{"code":[["error","code"]],"message":[["error","message"]],"status":[["error","httpStatus"],["status_code"]]}`,
		},
		"problem": {
			`{"type":"$type","title":"$title","status":"$status","detail":"$message","instance":"$instance","code":"$code","$spread":"$params"}`,
			`{"type":[["type"]],"title":[["title"]],"status":[["status"]],"message":[["detail"]],"instance":[["instance"]],"code":[["code"]],"params":[[]]}`,
		},
		"google": {
			`{"error":{"code":"$status","message":"$message","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"$code","domain":"$service","metadata":"$params"}]}}`,
			`{"status":[["error","code"]],"message":[["error","message"]],"code":[["error","details",0,"reason"]],"service":[["error","details",0,"domain"]],"params":[["error","details",0,"metadata"]]}`,
		},
		"odd": { // no path leads past the item of "loose" that may be absent
			`{"ok":false,"none":null,"version":2,"ratio":-0.5,"":"","empty":{},"list":[],"urn":"urn:${service}:(${code})","line":"HTTP ${status}: ${message}","vary":"${variant}!",` +
				`"pair":["$code",["$status","$message"]],"loose":["$request_id","$status"],"never":"$meta.no-such-key"}`,
			`{"code":[["pair",0]],"status":[["pair",1,0]],"message":[["pair",1,1]],"meta.no-such-key":[["never"]]}`,
		},
	}
	for _, e := range catalogtest.Envelopes() {
		w, ok := want[e.Name]
		if !ok {
			continue
		}
		got := envelope(catalogtest.Everything(e.Envelope))
		if diff := cmp.Diff(w.template, string(got.Template)); diff != "" {
			t.Errorf("%s: template (-want +got):\n%s", e.Name, diff)
		}
		if diff := cmp.Diff(w.paths, string(encode.CompactJSON(got.Paths))); diff != "" {
			t.Errorf("%s: paths (-want +got):\n%s", e.Name, diff)
		}
	}
}

// TestPathsLeadThere follows every path into the sample and every example, as a client would.
func TestPathsLeadThere(t *testing.T) {
	for _, e := range catalogtest.Envelopes() {
		c := catalogtest.Everything(e.Envelope)
		paths := map[string][][]any{}
		if err := json.Unmarshal(encode.CompactJSON(envelope(c).Paths), &paths); err != nil {
			t.Fatal(err)
		}
		for entry := range c.All() {
			v := &entry.Variants[0]
			for role, want := range map[string]any{
				"code": entry.Code, "message": entry.ExampleMessage(v), "status": float64(entry.Statuses[0]),
			} {
				for _, path := range paths[role] {
					var at any
					if err := json.Unmarshal(c.ExampleBody(entry, v, entry.Statuses[0]), &at); err != nil {
						t.Fatal(err)
					}
					for _, step := range path {
						switch step := step.(type) {
						case string:
							at = at.(map[string]any)[step]
						case float64:
							at = at.([]any)[int(step)]
						}
					}
					if at != want {
						t.Errorf("%s: %s: %v leads to %v, want the %s %v", e.Name, entry.Code, path, at, role, want)
					}
				}
			}
		}
	}
}

func TestEmit(t *testing.T) {
	for _, e := range catalogtest.Envelopes() {
		files, err := Emit(catalogtest.Everything(e.Envelope))
		if err != nil || len(files) != 1 || files[0].Path != "" {
			t.Fatalf("Emit returns %d files, error %v; want a single file without a path", len(files), err)
		}
		data := files[0].Data
		if !emit.JSONMark.In(data) || !json.Valid(data) {
			t.Errorf("%s: the file should be JSON with our mark:\n%s", e.Name, data)
		}
		for _, private := range []string{"SECRET_STATE", `"owner"`, "u_1"} {
			if bytes.Contains(data, []byte(private)) {
				t.Errorf("%s: errors.json holds %s, which is internal or sensitive", e.Name, private)
			}
		}
	}
}

// TestListsAreThere decodes an empty catalog: its lists and tables are empty, not null.
func TestListsAreThere(t *testing.T) {
	c := &catalog.Catalog{Title: "Empty", Envelope: catalog.Envelope{Body: catalogtest.Object()}}
	want := `{"format_version":1,"generated_by":"Code generated by errspec; DO NOT EDIT.","title":"Empty",` +
		`"envelope":{"media_type":"","template":{},"paths":{},"sample":{}},` +
		`"statuses":[],"retry_policies":{},"retry_default":null,"groups":[],"errors":{},"retired":{}}`
	if diff := cmp.Diff(want, string(encode.CompactJSON(document(c)))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCatalogOrder(t *testing.T) {
	c := flat()
	var want []string
	for e := range c.All() {
		if !e.Internal {
			want = append(want, e.Code)
		}
	}
	var got []string
	for m := range errors(c) {
		got = append(got, m.Name)
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("the codes are in the order %v, want %v", got, want)
	}
}
