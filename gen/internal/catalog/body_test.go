package catalog

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/message"
	"github.com/errspec/errspec/gen/internal/value"
)

func object(members ...Member) Node { return Node{Kind: NodeObject, Members: members} }
func array(items ...Node) Node      { return Node{Kind: NodeArray, Items: items} }
func constant(json string) Node     { return Node{Kind: NodeConst, Const: []byte(json)} }
func role(r Role) Node              { return Node{Kind: NodeRole, Role: r} }
func keyed(r Role, key string) Node { return Node{Kind: NodeRole, Role: r, Key: key} }
func text(template string) Node {
	t, _ := message.Parse(template)
	return Node{Kind: NodeText, Text: t}
}
func member(name string, n Node) Member { return Member{Name: name, Node: n} }
func spread() Member {
	return Member{Node: Node{Kind: NodeSpread, Role: RoleParams}}
}

func template(text string) message.Template { t, _ := message.Parse(text); return t }

// rateLimited is a catalog of one code that uses every role, in an envelope that is given.
func rateLimited(body Node) *Catalog {
	e := &Entry{
		Code: "RATE_LIMITED", Statuses: []int{429, 503}, Title: "Rate limited",
		DocsURL: "https://example.com/errors#rate_limited",
		Params: []Param{
			{Name: "tier", Example: value.Value{Str: "a <b> & \"c\""}, InMessage: true},
			{
				Name:      "after",
				Type:      Type{Kind: value.Duration},
				Example:   value.Value{Kind: value.Duration, Int: int64(90 * time.Second)},
				InMessage: true,
			},
			{
				Name:    "size",
				Type:    Type{Kind: value.Bytes},
				Example: value.Value{Kind: value.Bytes, Int: 10e6},
				Detail:  true,
			},
			{Name: "secret", Example: value.Value{Str: "hunter2"}, Detail: true, Sensitive: true},
			{
				Name: "fields", Detail: true,
				Type: Type{Kind: value.List, Elem: &Type{
					Kind: value.Object, Fields: []Field{{Name: "field"}, {Name: "n", Type: Type{Kind: value.Int}}},
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
		Headers: []Header{{Name: "Retry-After", Value: template("${after}")}},
		Variants: []Variant{
			{ID: "tier", Message: template("Too many ${tier} requests, wait ${after}")},
			{ID: "other", Message: template("Too many: ${elsewhere}")},
		},
		Meta: []Meta{{Key: "type", Value: "limit"}},
	}
	return &Catalog{
		Service: "svc",
		DocsURL: "https://example.com/errors",
		Envelope: Envelope{MediaType: "application/json", Body: body, Sample: Sample{
			Code: "ERROR_CODE", Message: "What went wrong.", Status: 401,
		}},
		Statuses: []Status{{Code: 401, Title: "Unauthorized"}},
		Groups:   []Group{{ID: "limits", Entries: []*Entry{e}}},
	}
}

func TestBodies(t *testing.T) {
	tests := []struct {
		name            string
		body            Node
		sample, example string
	}{
		{
			"code, message and statuses",
			object(
				member("error", object(
					member("code", role(RoleCode)),
					member("message", role(RoleMessage)),
					member("httpStatus", role(RoleStatus)))),
				member("status", constant(`"error"`)),
				member("status_code", role(RoleStatusString))),
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
			object(member("none", keyed(RoleMeta, "none")),
				member("list", array(keyed(RoleMeta, "none"), role(RoleCode), keyed(RoleMeta, "none"))),
				member("urn", text("urn:${meta.none}")),
				member("obj", object(member("none", keyed(RoleMeta, "none"))))),
			`{"list":["ERROR_CODE"]}`,
			`{"list":["RATE_LIMITED"]}`,
		},
		{
			"what only one response knows is in the sample alone",
			object(member("id", role(RoleRequestID)),
				member("instance", role(RoleInstance)), member("n", constant("1"))),
			`{"id":"req_8Zk3vQ","instance":"/requests/req_8Zk3vQ","n":1}`,
			`{"n":1}`,
		},
		{
			"every other role",
			object(member("title", role(RoleTitle)), member("docs", role(RoleDocsURL)),
				member("variant", role(RoleVariant)), member("after", role(RoleRetryAfter)),
				member("service", role(RoleService)), member("group", role(RoleGroup)),
				member("meta", keyed(RoleMeta, "type")), member("none", keyed(RoleMeta, "none"))),
			`{"title":"What the code means, in a few words.","docs":"https://example.com/errors#error_code","variant":"<variant>","after":90,"service":"svc","group":"<group>","meta":"<type>"}`,
			`{"title":"Rate limited","docs":"https://example.com/errors#rate_limited","variant":"tier","after":90,"service":"svc","group":"limits","meta":"limit"}`,
		},
		{
			"params: the variant's own, headers and details; never sensitive ones",
			object(member("params", role(RoleParams)), member("size", keyed(RoleParam, "size")),
				member("secret", keyed(RoleParam, "secret")),
				member("elsewhere", keyed(RoleParam, "elsewhere"))),
			`{"params":{"<a param>":"<its value>"},"size":10000000,"elsewhere":"<elsewhere>"}`,
			`{"params":{"tier":"a <b> & \"c\"","after":90,"size":10000000,"fields":[{"field":"field","n":1}]},"size":10000000}`,
		},
		{
			"params spread among the members, and roles inside strings",
			object(member("code", role(RoleCode)), spread(),
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
	c := rateLimited(object(member("type", role(RoleDocsURL)), member("title", role(RoleTitle)),
		member("code", role(RoleCode)), member("text", role(RoleMessage)),
		member("status", role(RoleStatus)), member("id", role(RoleRequestID)),
		member("group", role(RoleGroup)), member("variant", role(RoleVariant)),
		member("elsewhere", keyed(RoleParam, "elsewhere")), spread()))
	before := &Entry{
		Code:     "FIRST",
		Statuses: []int{400},
		Title:    "First",
		Type:     "https://example.com/first",
		DocsURL:  "https://example.com/first",
		Params: []Param{{
			Name:    "stray",
			Example: value.Value{Str: "s"},
			Detail:  true,
		}}, Variants: []Variant{{Message: template("First")}},
	}
	c.Groups = append([]Group{{ID: "first", Entries: []*Entry{before}}}, c.Groups...)
	e := c.Groups[1].Entries[0]
	e.Group = 1
	c.Envelope.Sample = Sample{Code: e.Code, Message: "Wait.", Status: 503}
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
	c := rateLimited(object(spread(), member("code", role(RoleCode)), spread()))
	e := c.Groups[0].Entries[0]
	e.Params, e.Headers = nil, nil
	e.Variants = []Variant{{Message: template("Too many")}}
	got, want := string(c.ExampleBody(e, &e.Variants[0], 429)), `{"code":"RATE_LIMITED"}`
	if got != want {
		t.Errorf("ExampleBody = %s, want %s", got, want)
	}
}

func TestProblemWithoutTypeHasTheStatusPhrase(t *testing.T) {
	c := rateLimited(object(member("title", role(RoleTitle)), member("type", role(RoleType))))
	c.Envelope.MediaType = ProblemMediaType
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
	for _, members := range [][]Member{
		{}, {member("type", constant(`"https://example.com/problems"`))},
	} {
		c.Envelope.Body = object(append(members, member("title", role(RoleTitle)))...)
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
		c := rateLimited(object(member("after", role(RoleRetryAfter))))
		e := c.Groups[0].Entries[0]
		e.Headers[0].Value = template(tt.header)
		if got := string(c.ExampleBody(e, &e.Variants[0], 429)); got != tt.want {
			t.Errorf("Retry-After: %s gives %s, want %s", tt.header, got, tt.want)
		}
	}
}

func TestIndent(t *testing.T) {
	got := string(Indent([]byte(`{"error":{"code":"A<B","list":[1,2],"none":{}}}`)))
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
	e.Params = append(e.Params, Param{Name: "hint", Optional: true}, Param{Name: "unused"})
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
