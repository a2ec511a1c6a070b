package catalog_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/value"
)

func object(members ...catalog.Member) catalog.Node {
	return catalog.Node{Kind: catalog.NodeObject, Members: members}
}
func array(items ...catalog.Node) catalog.Node {
	return catalog.Node{Kind: catalog.NodeArray, Items: items}
}
func constant(json string) catalog.Node {
	return catalog.Node{Kind: catalog.NodeConst, Const: []byte(json)}
}
func role(r catalog.Role) catalog.Node { return catalog.Node{Kind: catalog.NodeRole, Role: r} }
func keyed(r catalog.Role, key string) catalog.Node {
	return catalog.Node{Kind: catalog.NodeRole, Role: r, Key: key}
}
func text(template string) catalog.Node {
	t, _ := message.Parse(template)
	return catalog.Node{Kind: catalog.NodeText, Text: t}
}
func member(name string, n catalog.Node) catalog.Member { return catalog.Member{Name: name, Node: n} }
func spread() catalog.Member {
	return catalog.Member{Node: catalog.Node{Kind: catalog.NodeSpread, Role: catalog.RoleParams}}
}

func template(text string) message.Template { t, _ := message.Parse(text); return t }

// rateLimited is a catalog of one code that uses every role, in an envelope that is given.
func rateLimited(body catalog.Node) *catalog.Catalog {
	e := &catalog.Entry{
		Code: "RATE_LIMITED", Statuses: []int{429, 503}, Title: "Rate limited",
		DocsURL: "https://example.com/errors#rate_limited",
		Params: []catalog.Param{
			{Name: "tier", Example: value.Value{Str: "a <b> & \"c\""}, InMessage: true},
			{
				Name:      "after",
				Type:      catalog.Type{Kind: value.Duration},
				Example:   value.Value{Kind: value.Duration, Int: int64(90 * time.Second)},
				InMessage: true,
			},
			{
				Name:    "size",
				Type:    catalog.Type{Kind: value.Bytes},
				Example: value.Value{Kind: value.Bytes, Int: 10e6},
				Detail:  true,
			},
			{Name: "secret", Example: value.Value{Str: "hunter2"}, Detail: true, Sensitive: true},
			{
				Name: "fields", Detail: true,
				Type: catalog.Type{Kind: value.List, Elem: &catalog.Type{
					Kind:   value.Object,
					Fields: []catalog.Field{{Name: "field"}, {Name: "n", Type: catalog.Type{Kind: value.Int}}},
				}},
				Example: value.Value{Kind: value.List, List: []value.Value{{
					Kind: value.Object,
					Members: []value.Member{
						{Name: "field", Value: value.Value{Str: "field"}},
						{Name: "n", Value: value.Value{Kind: value.Int, Int: 1}},
					},
				}}},
			},
			{Name: "elsewhere", Example: value.Value{Str: "other"}, InMessage: true},
		},
		Headers: []catalog.Header{{Name: "Retry-After", Value: template("${after}")}},
		Variants: []catalog.Variant{
			{ID: "tier", Message: template("Too many ${tier} requests, wait ${after}")},
			{ID: "other", Message: template("Too many: ${elsewhere}")},
		},
		Meta: []catalog.Meta{{Key: "type", Value: "limit"}},
	}
	return &catalog.Catalog{
		Service: "svc",
		DocsURL: "https://example.com/errors",
		Envelope: catalog.Envelope{MediaType: "application/json", Body: body, Sample: catalog.Sample{
			Code: "ERROR_CODE", Message: "What went wrong.", Status: 401,
		}},
		Statuses: []catalog.Status{{Code: 401, Title: "Unauthorized"}},
		Groups:   []catalog.Group{{ID: "limits", Entries: []*catalog.Entry{e}}},
	}
}

func TestBodies(t *testing.T) {
	tests := []struct {
		name            string
		body            catalog.Node
		sample, example string
	}{
		{
			"code, message and statuses",
			object(
				member("error", object(
					member("code", role(catalog.RoleCode)),
					member("message", role(catalog.RoleMessage)),
					member("httpStatus", role(catalog.RoleStatus)))),
				member("status", constant(`"error"`)),
				member("status_code", role(catalog.RoleStatusString))),
			`{"error":{"code":"ERROR_CODE","message":"What went wrong.","httpStatus":401},"status":"error","status_code":"401"}`,
			`{"error":{"code":"RATE_LIMITED","message":"Too many a <b> & \"c\" requests, wait 1m30s","httpStatus":503},"status":"error","status_code":"503"}`,
		},
		{
			"constants keep their kind, and a string is spelled as people write it",
			object(member("a", constant("null")), member("", constant("-1.50")),
				member("c", constant("true")), member("<d>", constant(`"\u003ce\u003e"`)),
				member("f", array()), member("g", object())),
			`{"a":null,"":-1.50,"c":true,"<d>":"<e>","f":[],"g":{}}`,
			`{"a":null,"":-1.50,"c":true,"<d>":"<e>","f":[],"g":{}}`,
		},
		{
			"absent roles omit their member, their item, their string",
			object(member("none", keyed(catalog.RoleMeta, "none")),
				member("list", array(keyed(catalog.RoleMeta, "none"), role(catalog.RoleCode),
					keyed(catalog.RoleMeta, "none"))),
				member("urn", text("urn:${meta.none}")),
				member("obj", object(member("none", keyed(catalog.RoleMeta, "none"))))),
			`{"list":["ERROR_CODE"]}`,
			`{"list":["RATE_LIMITED"]}`,
		},
		{
			"what only one response knows is in the sample alone",
			object(member("id", role(catalog.RoleRequestID)),
				member("instance", role(catalog.RoleInstance)), member("n", constant("1"))),
			`{"id":"req_8Zk3vQ","instance":"/requests/req_8Zk3vQ","n":1}`,
			`{"n":1}`,
		},
		{
			"every other role",
			object(member("title", role(catalog.RoleTitle)), member("docs", role(catalog.RoleDocsURL)),
				member("variant", role(catalog.RoleVariant)), member("after", role(catalog.RoleRetryAfter)),
				member("service", role(catalog.RoleService)), member("group", role(catalog.RoleGroup)),
				member("meta", keyed(catalog.RoleMeta, "type")),
				member("none", keyed(catalog.RoleMeta, "none"))),
			`{"title":"What the code means, in a few words.","docs":"https://example.com/errors#error_code","variant":"<variant>","after":90,"service":"svc","group":"<group>","meta":"<type>"}`,
			`{"title":"Rate limited","docs":"https://example.com/errors#rate_limited","variant":"tier","after":90,"service":"svc","group":"limits","meta":"limit"}`,
		},
		{
			"params: the variant's own, headers and details; never sensitive ones",
			object(member("params", role(catalog.RoleParams)),
				member("size", keyed(catalog.RoleParam, "size")),
				member("secret", keyed(catalog.RoleParam, "secret")),
				member("elsewhere", keyed(catalog.RoleParam, "elsewhere"))),
			`{"params":{"<a param>":"<its value>"},"size":10000000,"elsewhere":"<elsewhere>"}`,
			`{"params":{"tier":"a <b> & \"c\"","after":90,"size":10000000,"fields":[{"field":"field","n":1}]},"size":10000000}`,
		},
		{
			"params spread among the members, and roles inside strings",
			object(member("code", role(catalog.RoleCode)), spread(),
				member("urn", text("urn:${service}:${code}:${status}:${param.size}:${meta.type}"))),
			`{"code":"ERROR_CODE","<a param>":"<its value>","urn":"urn:svc:ERROR_CODE:401:<size>:<type>"}`,
			`{"code":"RATE_LIMITED","tier":"a <b> & \"c\"","after":90,"size":10000000,"fields":[{"field":"field","n":1}],"urn":"urn:svc:RATE_LIMITED:503:10 MB:limit"}`,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := rateLimited(tt.body)
			e := c.Groups[0].Entries[0]
			for what, body := range map[string][2]string{
				"sample":  {tt.sample, string(c.SampleBody())},
				"example": {tt.example, string(c.ExampleBody(e, &e.Variants[0], 503))},
			} {
				if diff := cmp.Diff(body[0], body[1]); diff != "" {
					t.Errorf("%s (-want +got):\n%s", what, diff)
				}
				if !json.Valid([]byte(body[1])) {
					t.Errorf("%s is no JSON: %s", what, body[1])
				}
			}
		})
	}
}

// TestSampleOfACode asks of a sample whose code is one of the catalog that all in it is that
// code's: a page that mixes two tells what no server sends.
func TestSampleOfACode(t *testing.T) {
	c := rateLimited(object(
		member("type", role(catalog.RoleDocsURL)), member("title", role(catalog.RoleTitle)),
		member("code", role(catalog.RoleCode)), member("text", role(catalog.RoleMessage)),
		member("status", role(catalog.RoleStatus)), member("id", role(catalog.RoleRequestID)),
		member("group", role(catalog.RoleGroup)), member("variant", role(catalog.RoleVariant)),
		member("elsewhere", keyed(catalog.RoleParam, "elsewhere")), spread()))
	before := &catalog.Entry{
		Code:     "FIRST",
		Statuses: []int{400},
		Title:    "First",
		Type:     "https://example.com/first",
		DocsURL:  "https://example.com/first",
		Params: []catalog.Param{{
			Name:    "stray",
			Example: value.Value{Str: "s"},
			Detail:  true,
		}}, Variants: []catalog.Variant{{Message: template("First")}},
	}
	c.Groups = append([]catalog.Group{{ID: "first", Entries: []*catalog.Entry{before}}}, c.Groups...)
	e := c.Groups[1].Entries[0]
	e.Group = 1
	c.Envelope.Sample = catalog.Sample{Code: e.Code, Message: "Wait.", Status: 503}
	want := `{"type":"https://example.com/errors#rate_limited","title":"Rate limited","code":"RATE_LIMITED","text":"Wait.","status":503,"id":"req_8Zk3vQ",` +
		`"group":"limits","variant":"tier","tier":"a <b> & \"c\"","after":90,"size":10000000,"fields":[{"field":"field","n":1}]}`
	if diff := cmp.Diff(want, string(c.SampleBody())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	e.Internal = true
	if c.SampleEntry() != nil {
		t.Error("the sample is of an internal code, of which the page must not tell")
	}
}

func TestSpreadOfNothing(t *testing.T) {
	c := rateLimited(object(spread(), member("code", role(catalog.RoleCode)), spread()))
	e := c.Groups[0].Entries[0]
	e.Params, e.Headers = nil, nil
	e.Variants = []catalog.Variant{{Message: template("Too many")}}
	got, want := string(c.ExampleBody(e, &e.Variants[0], 429)), `{"code":"RATE_LIMITED"}`
	if got != want {
		t.Errorf("ExampleBody = %s, want %s", got, want)
	}
}

func TestProblemWithoutTypeHasTheStatusPhrase(t *testing.T) {
	c := rateLimited(object(
		member("title", role(catalog.RoleTitle)), member("type", role(catalog.RoleType))))
	c.Envelope.MediaType = catalog.ProblemMediaType
	e := c.Groups[0].Entries[0]
	for _, tt := range []struct {
		typ    string
		status int
		want   string
	}{
		{"", 429, "Too Many Requests"},
		{"", 503, "Service Unavailable"},
		{"", 599, "Rate limited"}, // a status without a phrase
		{"https://example.com/problems/rate_limited", 429, "Rate limited"},
	} {
		e.Type = tt.typ
		if got := c.TitleFor(e, tt.status); got != tt.want {
			t.Errorf("with type %q and status %d the title is %q, want %q", tt.typ, tt.status, got, tt.want)
		}
	}
	e.Type = ""
	for _, members := range [][]catalog.Member{
		{}, {member("type", constant(`"https://example.com/problems"`))},
	} {
		c.Envelope.Body = object(append(members, member("title", role(catalog.RoleTitle)))...)
		if got := c.TitleFor(e, 429); got != "Rate limited" {
			t.Errorf("with a type that is a constant, or none, the title is %q; want that of the code", got)
		}
	}
}

func TestRetryAfterInExamples(t *testing.T) {
	for _, tt := range []struct{ header, want string }{
		{"${after}", `{"after":90}`},
		{"120", `{"after":120}`},
		{"${size}", `{}`},                       // not a time at all
		{"Fri, 02 Jan 2026 15:04:05 GMT", `{}`}, // a date is not a number of seconds
	} {
		c := rateLimited(object(member("after", role(catalog.RoleRetryAfter))))
		e := c.Groups[0].Entries[0]
		e.Headers[0].Value = template(tt.header)
		if got := string(c.ExampleBody(e, &e.Variants[0], 429)); got != tt.want {
			t.Errorf("Retry-After: %s gives %s, want %s", tt.header, got, tt.want)
		}
	}
}

func TestIndent(t *testing.T) {
	got := string(catalog.Indent([]byte(`{"error":{"code":"A<B","list":[1,2],"none":{}}}`)))
	want := `{
  "error": {
    "code": "A<B",
    "list": [
      1,
      2
    ],
    "none": {}
  }
}`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Indent (-want +got):\n%s", diff)
	}
}

func TestWhichParamsABodyHolds(t *testing.T) {
	c := rateLimited(object())
	e := c.Groups[0].Entries[0]
	e.Params = append(e.Params,
		catalog.Param{Name: "hint", Optional: true}, catalog.Param{Name: "unused"})
	type row struct {
		Name         string
		Ever, Always bool
	}
	var got []row
	for i := range e.Params {
		p := &e.Params[i]
		got = append(got, row{p.Name, p.EverInBody(e), p.AlwaysInBody(e)})
	}
	want := []row{
		{"tier", true, false}, // in one variant's message
		{"after", true, true}, // in a header
		{"size", true, true},
		{"secret", false, false},
		{"fields", true, true},
		{"elsewhere", true, false},
		{"hint", true, false},
		{"unused", false, false},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
