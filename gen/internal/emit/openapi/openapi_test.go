package openapi

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/synth"
	"github.com/errspec/errspec/gen/internal/value"
)

func emitted(t *testing.T, c *catalog.Catalog, o Options) []byte {
	t.Helper()
	files, err := Emit(c, o)
	if err != nil || len(files) != 1 || files[0].Path != "" {
		t.Fatalf("Emit returns %d files, error %v; want a single file without a path", len(files), err)
	}
	if !emit.OpenAPIMark.In(files[0].Data) {
		t.Errorf("the file lacks our mark:\n%s", files[0].Data)
	}
	return files[0].Data
}

// TestYAMLAndJSONAreOneDocument also asks that internal codes and sensitive params leave no trace
// in either.
func TestYAMLAndJSONAreOneDocument(t *testing.T) {
	for _, e := range catalogtest.Envelopes() {
		c := catalogtest.Everything(e.Envelope)
		inYAML, inJSON := emitted(t, c, Options{}), emitted(t, c, Options{JSON: true})
		var fromYAML, fromJSON any
		if err := yaml.Unmarshal(inYAML, &fromYAML); err != nil {
			t.Fatalf("%s: %v\n%s", e.Name, err, inYAML)
		}
		if err := json.Unmarshal(inJSON, &fromJSON); err != nil {
			t.Fatalf("%s: %v\n%s", e.Name, err, inJSON)
		}
		asJSON, err := json.Marshal(fromYAML)
		if err != nil {
			t.Fatal(err)
		}
		if want, err := json.Marshal(fromJSON); err != nil || !bytes.Equal(asJSON, want) {
			t.Errorf("%s: the YAML says something else than the JSON (-json +yaml), %v:\n%s",
				e.Name, err, cmp.Diff(string(want), string(asJSON)))
		}
		for _, private := range []string{"SECRET_STATE", "SecretState", "owner"} {
			if bytes.Contains(inYAML, []byte(private)) {
				t.Errorf("%s: the document holds %s:\n%s", e.Name, private, inYAML)
			}
		}
	}
}

// components returns the sections of a document.
func components(t *testing.T, c *catalog.Catalog) map[string]map[string]json.RawMessage {
	t.Helper()
	var doc struct {
		Components map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal(emitted(t, c, Options{JSON: true}), &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Components
}

var (
	keyPattern = regexp.MustCompile(`^[a-zA-Z0-9._-]+$`)
	refPattern = regexp.MustCompile(`"\$ref": ?"#/components/(\w+)/([^"]*)"`)
)

// TestEveryReferenceLeadsSomewhere also asks that keys have the form that OpenAPI wants, and that
// each is used once.
func TestEveryReferenceLeadsSomewhere(t *testing.T) {
	for _, e := range catalogtest.Envelopes() {
		c := catalogtest.Everything(e.Envelope)
		all := components(t, c)
		for section, members := range all {
			for key := range members {
				if !keyPattern.MatchString(key) {
					t.Errorf("%s: no key of %s may be %q", e.Name, section, key)
				}
			}
		}
		refs := refPattern.FindAllStringSubmatch(string(emitted(t, c, Options{JSON: true})), -1)
		if len(refs) == 0 {
			t.Errorf("%s: nothing refers to anything", e.Name)
		}
		for _, r := range refs {
			if all[r[1]][r[2]] == nil {
				t.Errorf("%s: %s leads nowhere", e.Name, r[0])
			}
		}
		for _, want := range []string{
			"default", "Status.401", "Unauthorized", "AccountSuspended", "AccountSuspended.401",
			"AccountSuspended.403",
		} {
			if all["responses"][want] == nil {
				t.Errorf("%s: there is no response %s", e.Name, want)
			}
		}
	}
}

// TestKeys asks that what could meet does not, whatever the names are.
func TestKeys(t *testing.T) {
	entry := func(code string, statuses ...int) *catalog.Entry {
		return &catalog.Entry{Code: code, Statuses: statuses}
	}
	none := &catalog.Variant{}
	got := []string{
		codeKey(entry("NOT_FOUND", 404)), codeKey(entry("日本", 400)), codeKey(entry("default", 400)),
		codeKey(entry("STATUS_404", 404)), statusKey(404), codeStatusKey(entry("A", 401, 403), 403),
		codeKey(entry("A_403", 403)), defaultKey,
	}
	want := []string{
		"NotFound", "X-0065e5-00672c", "Default", "Status404", "Status.404", "A.403", "A403", "default",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("keys of responses (-want +got):\n%s", diff)
	}
	got = []string{
		exampleKey(entry("A", 400), none, 400),
		exampleKey(entry("A", 400), &catalog.Variant{ID: "b c"}, 400),
		exampleKey(entry("A", 401, 403), none, 403),
		exampleKey(entry("A", 401, 403), &catalog.Variant{ID: "401"}, 403), bodyKey("default"),
		bodyKey("Error"), bodyKey("ErrorCode"),
	}
	want = []string{"A", "A.b-000020c", "A.403", "A.403.401", "Error", "Error.Body", "ErrorCode.Body"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("keys of examples and schemas (-want +got):\n%s", diff)
	}
}

func TestSchemas(t *testing.T) {
	// RFC 9457, in which the params are
	c := catalogtest.Everything(catalogtest.Envelopes()[1].Envelope)
	schemas := components(t, c)["schemas"]
	for key, want := range map[string]string{
		"InternalError.Body": `{"description":"` + "`INTERNAL_ERROR`" +
			`: Internal error.","type":"object","required":["type","title","status","detail","code"],` +
			`"properties":{"type":{"description":"A URI that names the type of error.","type":"string"},` +
			`"title":{"description":"A short summary of the code.","type":"string"},"status":{"type":"integer","const":500},` +
			`"detail":{"description":"What went wrong, for people to read.","type":"string"},` +
			`"instance":{"description":"A URI that names this occurrence of the error.","type":"string"},"code":{"type":"string","const":"INTERNAL_ERROR"}},` +
			`"externalDocs":{"url":"https://docs.example.com/errors#internal_error"}}`,
		"Error": `{"description":"The body of any error, including codes that this document does not list.","type":"object","required":["title","status","detail","code"],` +
			`"properties":{"type":{"description":"A URI that names the type of error.","type":"string"},` +
			`"title":{"description":"A short summary of the code.","type":"string"},"status":{"type":"integer","minimum":400,"maximum":599},` +
			`"detail":{"description":"What went wrong, for people to read.","type":"string"},` +
			`"instance":{"description":"A URI that names this occurrence of the error.","type":"string"},"code":{"$ref":"#/components/schemas/ErrorCode"},` +
			`"kind":{"type":"string","x-extensible-enum":["image","video"]},"limit":{"type":"integer","format":"int64"},` +
			`"violations":{"type":"array","items":{"type":"object","properties":{"field":{"type":"string"},"count":{"type":"integer","format":"int64"}}}},` +
			`"hint":{"type":"string"},"id":{"type":"string"},"page":{"type":"integer","format":"int64"},"retry_after":{"type":"number"},"reset":{"type":"string","format":"date-time"},` +
			`"load":{"type":"number"},"shared":{"type":"boolean"},"windows":{"type":"array","items":{"type":"integer","format":"int64"}}}}`,
	} {
		var compact bytes.Buffer
		if err := json.Compact(&compact, schemas[key]); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, compact.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", key, diff)
		}
	}
	required := func(key string) (names []string) {
		var s struct{ Required []string }
		if err := json.Unmarshal(schemas[key], &s); err != nil {
			t.Fatal(err)
		}
		return s.Required
	}
	got := strings.Join(required("FileTooLarge.Body"), " ")
	if got != "type title status detail code kind limit violations" {
		t.Errorf("of FILE_TOO_LARGE %s are required; hint is optional", got)
	}
	if !bytes.Contains(schemas["AccountSuspended.Body"], []byte(`"enum": [403, 401]`)) ||
		!bytes.Contains(schemas["AccountSuspended.403.Body"], []byte(`"const": 403`)) {
		t.Errorf("a code with several statuses: %s\n%s",
			schemas["AccountSuspended.Body"], schemas["AccountSuspended.403.Body"])
	}
	if !bytes.Contains(schemas["OldKey.Body"], []byte(`"deprecated": true`)) {
		t.Errorf("a code that is deprecated: %s", schemas["OldKey.Body"])
	}
}

// TestOpenSchemas asks that nothing about more than one code is closed, except the unions and the
// enum of known codes.
func TestOpenSchemas(t *testing.T) {
	for _, e := range catalogtest.Envelopes() {
		for key, s := range components(t, catalogtest.Everything(e.Envelope))["schemas"] {
			several := key == "Error" || key == "ErrorCode" || key == "ErrorItem" ||
				strings.HasPrefix(key, "Status.") && strings.HasSuffix(key, ".Body")
			if several && regexp.MustCompile(`"enum"|"(INTERNAL_ERROR|NOT_FOUND)"\}`).Match(s) {
				t.Errorf("%s: %s is closed: %s", e.Name, key, s)
			}
		}
	}
}

// compacted returns a component without white space.
func compacted(t *testing.T, component json.RawMessage) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Compact(&b, component); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestUnions(t *testing.T) {
	role := catalogtest.Role
	code := func(r catalog.Role) catalog.Node {
		return catalogtest.Object(catalogtest.Member("c", role(r)))
	}
	c := &catalog.Catalog{Groups: []catalog.Group{{Entries: []*catalog.Entry{
		{Code: "1", Title: "One", Statuses: []int{404}, Variants: make([]catalog.Variant, 1)},
		{Code: "2", Title: "Two", Statuses: []int{400, 404}, Variants: make([]catalog.Variant, 1)},
	}}}}
	const x1, x2 = "#/components/schemas/X1.Body", "#/components/schemas/X2.Body"
	const both = `[{"$ref":"` + x1 + `"},{"$ref":"` + x2 + `"}]`
	const about = `{"description":"The body of any known code. The code says which one it is.",`
	for _, tt := range []struct {
		name string
		body catalog.Node
		want string
	}{
		{"at the top", code(catalog.RoleCode), about + `"oneOf":` + both +
			`,"discriminator":{"propertyName":"c","mapping":{"1":"` + x1 + `","2":"` + x2 + `"}}}`},
		{"a number", code(catalog.RoleCodeNumber), about + `"anyOf":` + both + `}`},
		{"deeper", catalogtest.Object(catalogtest.Member("e", code(catalog.RoleCode))),
			about + `"anyOf":` + both + `}`},
		{"in a list", catalogtest.Object(catalogtest.Member("e",
			catalogtest.Array(code(catalog.RoleCode)))), ""},
		{"nowhere", code(catalog.RoleMessage), ""},
	} {
		c.Envelope.Body = tt.body
		schemas := components(t, c)["schemas"]
		if schemas["ErrorUnion"] == nil {
			if tt.want != "" || schemas["Status.404.Union"] != nil {
				t.Errorf("%s: want a union for all codes, and only then one for a status", tt.name)
			}
			continue
		}
		if diff := cmp.Diff(tt.want, compacted(t, schemas["ErrorUnion"])); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		got := compacted(t, schemas["Status.400.Union"])
		if want := `{"$ref":"#/components/schemas/X2.400.Body"}`; got != want {
			t.Errorf("%s: the union of one code is %s, want %s", tt.name, got, want)
		}
	}
}

func TestRetry(t *testing.T) {
	for _, tt := range []struct {
		entry catalog.Entry
		want  string
	}{
		{catalog.Entry{}, `null`},
		{catalog.Entry{RetryStated: true}, `{"max_retries":0}`},
		{catalog.Entry{RetryStated: true, Retry: &catalog.RetryPolicy{
			Name: "slow", Strategy: catalog.Constant, Base: time.Second, Jitter: "none",
			MaxRetries: 2, MaxDelay: time.Minute, MaxRetryAfter: time.Hour,
		}}, `{"policy":"slow","strategy":"constant","base_seconds":1,"factor":1,` +
			`"max_delay_seconds":60,"jitter":"none","max_retries":2,` +
			`"max_retry_after_seconds":3600,"methods":"idempotent"}`},
	} {
		if got := string(encode.CompactJSON(retryOf(&tt.entry))); got != tt.want {
			t.Errorf("x-retry is %s, want %s", got, tt.want)
		}
	}
}

func TestHeaders(t *testing.T) {
	e := &catalog.Entry{GoName: "A", Params: []catalog.Param{
		{
			Name:    "wait",
			Type:    catalog.Type{Kind: value.Duration},
			Example: value.Value{Kind: value.Duration, Int: int64(1500 * time.Millisecond)},
		},
		{
			Name:    "reset",
			Type:    catalog.Type{Kind: value.Time},
			Example: value.Value{Kind: value.Time, Time: time.Date(2026, 6, 12, 15, 4, 5, 0, time.UTC)},
		},
		{Name: "scope", Optional: true, Example: value.Value{Str: "account"}},
	}}
	for _, tt := range []struct{ name, template, want string }{
		{
			"Retry-After",
			"${wait}",
			`{"description":"How many seconds to wait before a retry.","required":true,"schema":{"type":"integer","format":"int64"},"example":2}`,
		},
		{
			"Retry-After",
			"${reset}",
			`{"description":"When to retry.","required":true,"schema":{"type":"string"},"example":"Fri, 12 Jun 2026 15:04:05 GMT"}`,
		},
		{
			"Retry-After",
			"30",
			`{"description":"How many seconds to wait before a retry.","required":true,"schema":{"type":"integer","const":30},"example":30}`,
		},
		{
			"X-Kind",
			"limit",
			`{"required":true,"schema":{"type":"string","const":"limit"},"example":"limit"}`,
		},
		{"X-Scope", "the ${scope}", `{"schema":{"type":"string"},"example":"the account"}`},
	} {
		h := &catalog.Header{Name: tt.name, Value: catalogtest.Template(tt.template)}
		if got := string(encode.CompactJSON(headerOf(e, h))); got != tt.want {
			t.Errorf("%s: %s\nis  %s\nnot %s", tt.name, tt.template, got, tt.want)
		}
	}
}

// TestCommonHeaders asks what a status says of the headers of its codes.
func TestCommonHeaders(t *testing.T) {
	entry := func(stem string, headers ...string) *catalog.Entry {
		e := &catalog.Entry{GoName: stem, Params: []catalog.Param{{
			Name:    "n",
			Type:    catalog.Type{Kind: value.Int},
			Example: value.Value{Kind: value.Int, Int: 3},
		}}}
		for i := 0; i < len(headers); i += 2 {
			e.Headers = append(e.Headers,
				catalog.Header{Name: headers[i], Value: catalogtest.Template(headers[i+1])})
		}
		return e
	}
	for _, tt := range []struct {
		name string
		give []*catalog.Entry
		want string
	}{
		{
			"all send it",
			[]*catalog.Entry{entry("A", "X", "${n}"), entry("B", "X", "${n}")},
			`{"X":{"$ref":"#/components/headers/A.X"}}`,
		},
		{
			"one sends it",
			[]*catalog.Entry{entry("A"), entry("B", "X", "${n}")},
			`{"X":{"schema":{"type":"integer","format":"int64"},"example":3}}`,
		},
		{
			"of two forms",
			[]*catalog.Entry{entry("A", "X", "a"), entry("B", "X", "${n}")},
			`{"X":{"schema":{"type":"string"},"example":"a"}}`,
		},
		{"none", []*catalog.Entry{entry("A")}, `{}`},
	} {
		got := string(encode.CompactJSON((&builder{catalog: &catalog.Catalog{}}).commonHeaders(tt.give)))
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestSizeIsLinear(t *testing.T) {
	some := len(emitted(t, synth.Catalog(500), Options{JSON: true}))
	more := len(emitted(t, synth.Catalog(1000), Options{JSON: true}))
	if more > 2*some {
		t.Errorf("500 codes take %d bytes, 1,000 take %d", some, more)
	}
}

func TestNoPublicCodes(t *testing.T) {
	c := synth.Catalog(2)
	for e := range c.All() {
		e.Internal = true
	}
	all := components(t, c)
	if len(all["responses"]) != 1 || len(all["schemas"]) != 3 || all["examples"] != nil {
		t.Errorf("of a catalog without public codes there is the default response: %s",
			encode.CompactJSON(all))
	}
}
