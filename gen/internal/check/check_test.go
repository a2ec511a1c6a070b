package check_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/check"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
	"github.com/errspec/errspec/gen/internal/value"
)

// load resolves a catalog that has nothing wrong with it.
func load(t *testing.T, name string) *catalog.Catalog {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	written, list := syntax.Parse(source.New(name, data, nil))
	if written == nil {
		t.Fatalf("%s cannot be read: %v", name, list.All())
	}
	c, findings := check.Check(written)
	list.Append(findings)
	for _, d := range list.All() {
		t.Errorf("%s:%d:%d: %s [%s]", name, d.Span.Line, d.Span.Col, d.Message, d.Rule)
	}
	if c == nil {
		t.FailNow()
	}
	return c
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	// entries refer to each other
	same := cmp.Comparer(func(a, b *catalog.Entry) bool { return a == b })
	if diff := cmp.Diff(want, got, same); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// What check makes of a catalog: defaults applied, names settled, references followed, texts filled
// in.
func TestResolved(t *testing.T) {
	c := load(t, "testdata/resolved.yaml")
	e, internal, tooLarge := c.Groups[0].Entries[0], c.Groups[1].Entries[0], c.Groups[1].Entries[1]

	equal(t, "description", c.Description, catalog.Markdown("Costs $5."))
	equal(t, "order of the statuses",
		[]int{c.Statuses[0].Code, c.Statuses[1].Code, c.Statuses[2].Code}, []int{500, 413, 409})
	equal(t, "group", []string{c.Groups[0].Title, c.Groups[0].Anchor},
		[]string{"Stock & more", "stock--more"})
	if c.Fallback != internal || c.TooLarge != tooLarge {
		t.Errorf("fallback %v, too large %v", c.Fallback, c.TooLarge)
	}
	slow := catalog.RetryPolicy{
		Name: "slow", Strategy: catalog.Constant, Base: time.Minute, Factor: 2, MaxDelay: time.Minute,
		Jitter:     catalog.FullJitter,
		MaxRetries: 4, MaxRetryAfter: 5 * time.Minute,
	}
	equal(t, "policies", c.Policies, []catalog.RetryPolicy{slow})
	if internal.Retry != &c.Policies[0] {
		t.Error("a policy that is used by its name is not the named one")
	}
	changed, byDefault := slow, slow
	changed.Name, changed.MaxRetries = "", 2
	byDefault.Name, byDefault.AnyMethod = "", true
	equal(t, "changed policy", e.Retry, &changed)
	equal(t, "default policy", c.RetryDefault, &byDefault)
	equal(t, "tombstone", c.Retired,
		[]catalog.Tombstone{{
			Code:   "OLD_CODE",
			Status: 404,
			Since:  "2026-06-12",
			Use:    internal,
			Note:   "Never $ again.",
			Anchor: "old_code",
		}})
	equal(t, "front matter", c.Docs.FrontMatter, "title: \"A: b\"\norder: 33\n")
	equal(t, "sections", c.Docs.Sections,
		[]catalog.Section{{
			Position: catalog.AtEnd,
			Title:    "The End",
			Anchor:   "the-end",
			Text:     "It's $5.",
		}})

	equal(t, "statuses", e.Statuses, []int{409, 413})
	equal(t, "title", []string{e.Title, tooLarge.Title}, []string{"Out of stock", "Too large"})
	equal(t, "description", e.Description,
		catalog.Markdown("Limit 10 MB, kinds a, b: `0.5` of 1, 2.5. $1."))
	equal(t, "resolution", e.Resolution, catalog.Markdown("Retry up to 2 times after 1m."))
	equal(t, "addresses", []string{e.Anchor, e.DocsURL, e.Type},
		[]string{"out_of_stock", "https://example.com/errors/OUT_OF_STOCK#out_of_stock",
			"https://example.com/problems/out_of_stock"})
	equal(t, "header", []string{e.Headers[0].Name, e.Headers[0].Value.String()},
		[]string{"retry-after", "${wait}"})
	equal(t, "links", e.Links, []catalog.Link{{Title: "Stock", URL: "/stock"}})
	equal(t, "see", e.See, []*catalog.Entry{internal})
	equal(t, "facts", []string{e.Tags[0], e.Since, string(e.Stability), string(internal.Stability)},
		[]string{"a", "1.10", "beta", "stable"})
	equal(t, "deprecation", e.Deprecated,
		&catalog.Deprecation{Since: "2.0", Use: internal, Note: "It is -11."})
	equal(t, "meta", e.Meta, []catalog.Meta{{Key: "kind", Value: "a"}, {Key: "level", Value: "own"}})
	names := goname.Of(e)
	equal(t, "names", names.Entry,
		goname.Entry{
			Stem: "OutOfStock", Code: "CodeOutOfStock", Type: "OutOfStockError", Params: "OutOfStockParams",
		})
	equal(t, "message",
		[]any{e.Variants[0].Message.String(), names.Variants[0], e.Variants[0].Readable, e.HasVariants()},
		[]any{
			"Only ${left} ${unit} of ${item_id} left", goname.Variant{New: "NewOutOfStock"}, true, false,
		})
	equal(t, "params", e.Params, []catalog.Param{
		{
			Name:        "item_id",
			Description: "The item.",
			Example:     value.Value{Str: "item_7f3a9c"},
			InMessage:   true,
		},
		{
			Name:      "left",
			Type:      catalog.Type{Kind: value.Int},
			Example:   value.Value{Kind: value.Int, Int: 42},
			InMessage: true,
			GoName:    "Remaining",
		},
		{
			Name: "unit", Type: catalog.Type{Enum: []catalog.EnumValue{{Value: "piece"}, {Value: "box"}}},
			Example: value.Value{Str: "piece"}, InMessage: true,
		},
		{
			Name:    "wait",
			Type:    catalog.Type{Kind: value.Duration},
			Example: value.Value{Kind: value.Duration, Int: 1_500_000_000},
		},
	})
	equal(t, "names of params", names.Params, []goname.Param{
		{Field: "ItemID", Arg: "itemID"},
		{Field: "Remaining", Arg: "remaining"},
		{Field: "Unit", Arg: "unit", Type: goname.Type{
			Name: "OutOfStockUnit", Enum: []string{"OutOfStockUnitPiece", "OutOfStockUnitBox"},
		}},
		{Field: "Wait", Arg: "wait"},
	})
	var values []string
	for i, v := range e.Values {
		values = append(values, names.Values[i]+" "+v.Value.Kind.String()+" "+v.Value.Text())
	}
	equal(t, "values", values, []string{
		"OutOfStockLimit bytes 10 MB", "OutOfStockKinds list a, b", "OutOfStockFloor int -11",
		"OutOfStockRatio float 0.5", "OutOfStockNumbers list 1, 2.5",
	})
}

func TestResolvedEnvelope(t *testing.T) {
	c := load(t, "testdata/resolved.yaml")
	equal(t, "media type", c.Envelope.MediaType, "application/problem+json")
	equal(t, "sample", c.Envelope.Sample,
		catalog.Sample{
			Code: "OUT_OF_STOCK", Message: "Only 42 piece of item_7f3a9c left", Status: 409, Given: true,
		})
	show := func(r catalog.Role, _ string) catalog.RoleValue {
		return catalog.RoleValue{
			JSON: []byte(`"<` + strings.TrimPrefix(string(r), "$") + `>"`), Text: string(r),
		}
	}
	const want = `{"type":"<type>","errors":[{"code":"<code>","message":"<message>","text":"$code: $message, $5"}],"status":"<status>",` +
		`"ok":false,"none":null,"version":1.50,"name":"1.50","since":"2026-06-12"}`
	equal(t, "body", string(c.Envelope.Body.AppendJSON(nil, show)), want)

	c = load(t, "testdata/least.yaml")
	equal(t, "media type", c.Envelope.MediaType, "application/problem+json")
	equal(t, "body of a catalog without an envelope", string(c.Envelope.Body.AppendJSON(nil, show)),
		`{"type":"<type>","title":"<title>","status":"<status>","detail":"<message>","instance":"<instance>","code":"<code>",<params>}`)
	written, _ := syntax.Parse(source.New("catalog.yaml",
		[]byte("version: 1\ntitle: T\nenvelope: nested\ngroups: []\n"), nil))
	c, _ = check.Check(written)
	equal(t, "media type", c.Envelope.MediaType, "application/json")
	equal(t, "body of the preset nested", string(c.Envelope.Body.AppendJSON(nil, show)),
		`{"error":{"code":"<code>","message":"<message>","httpStatus":"<status>"},"status":"error","status_code":"<status>"}`)
}

// A member name that begins with $ has another $ before it.
func TestMemberNamesWithDollars(t *testing.T) {
	body := `{$$id: "1", $$type: $code, a: {$$$ref: "$$5"}, $$: x, b$: y, error: $message}`
	written, _ := syntax.Parse(source.New("catalog.yaml",
		[]byte("version: 1\ntitle: T\nenvelope: {body: "+body+"}\ngroups: []\n"), nil))
	c, list := check.Check(written)
	for _, d := range list.All() {
		if d.Severity == diag.Error {
			t.Errorf("%v", d)
		}
	}
	var names func(n *catalog.Node) string
	names = func(n *catalog.Node) (all string) {
		for i := range n.Members {
			all += n.Members[i].Name + " " + names(&n.Members[i].Node)
		}
		return all
	}
	equal(t, "names", names(&c.Envelope.Body), "$id $type a $$ref $ b$ error ")
}

// The fallback needs no params; it may have optional ones.
func TestFallbackParams(t *testing.T) {
	for params, is := range map[string]bool{
		"{}":                  true,
		"{p: {type: string}}": false,
		"{p: {type: json, optional: true}, q: {type: string, optional: true, detail: true}}": true,
		"{p: {type: string, optional: true, detail: true}, q: {type: int, detail: true}}":    false,
		"{p: {type: string, sensitive: true}}":                                               false,
	} {
		text := "version: 1\ntitle: T\ngroups:\n  - id: g\n    title: G\n" +
			"    errors: [{code: BROKEN, status: 500, message: m, resolution: r., params: " + params + "}]\n"
		written, _ := syntax.Parse(source.New("catalog.yaml", []byte(text), nil))
		if c, _ := check.Check(written); (c.Fallback != nil) != is {
			t.Errorf("%s: the fallback is %v", params, c.Fallback)
		}
	}
}

// What made other generators fail makes us no worse than warn: the rows of the table of awkward
// input that are not a rule's own file in testdata/rules.
func TestAwkwardInput(t *testing.T) {
	const ok = "code: AB\nstatus: 400\nresolution: R\n"
	for name, tt := range map[string]struct{ src, want string }{
		"description of two lines": {ok + "message: m\ndescription: \"First.\\nSecond.\"", ""},
		"description that is Go": {
			ok + "message: m\ndescription: \"x\\nfunc init() { println(1) }\\n*/\"",
			"",
		},
		"code that begins with digit": {
			"code: 2F003\nstatus: 400\nresolution: R\nmessage: m",
			"code-format",
		},
		"code that is a keyword": {
			"code: type\nstatus: 400\nresolution: R\nmessage: m",
			"code-format",
		},
		"code with a slash": {
			"code: auth/invalid-email\nstatus: 400\nresolution: R\nmessage: m",
			"code-format",
		},
		"params called like Go's own": {
			ok + "params: {type: {type: string}, range: {type: int}, err: {type: int}, fmt: {type: int}, string: {type: int}, ctx: {type: int}, e: {type: int}, opts: {type: int}}\nmessage: \"${type} ${range} ${err} ${fmt} ${string} ${ctx} ${e} ${opts}\"",
			"",
		},
		"params called like ours": {
			ok + "params: {code: {type: string}, message: {type: int}, error: {type: int}, stack: {type: int}, cause: {type: int}, status: {type: int}}\nmessage: \"${code} ${message} ${error} ${stack} ${cause} ${status}\"",
			"",
		},
		"param with a hyphen": {
			ok + "params: {user-id: {type: string}}\nmessage: \"${user-id}\"",
			"",
		},
		"quotes and backslashes":    {ok + `message: "\"a\" \\ 'b'"`, ""},
		"message of two lines":      {ok + `message: "a\nb"`, "message-style"},
		"message in another script": {ok + "message: ошибка", ""},
		"message full of markup":    {ok + "message: \"%d `x` */ </script> | {x} <code> {{ }}\"", ""},
		"numeric status as text":    {"code: AB\nstatus: \"404\"\nresolution: R\nmessage: m", ""},
		"status that is no number":  {"code: AB\nstatus: 4xx\nresolution: R\nmessage: m", "wrong-type"},
		"typed by a wrong word": {
			ok + "params: {a: {type: strnig}}\nmessage: \"${a}\"",
			"param-type",
		},
	} {
		t.Run(name, func(t *testing.T) {
			src := "version: 1\ntitle: T\nenvelope: nested\ngroups:\n  - id: g\n    title: G\n    errors:\n      - {code: INTERNAL_ERROR, status: 500, message: Oops, resolution: R}\n      - " +
				strings.ReplaceAll(tt.src, "\n", "\n        ") + "\n"
			var got []string
			for _, d := range findings(source.New("catalog.yaml", []byte(src), nil)) {
				got = append(got, d.Rule)
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("findings %v, want %q\n%s", got, tt.want, src)
			}
		})
	}
}

// findingsIn prints what is found in a catalog, as line:col rule.
func findingsIn(src string) []string {
	var list []string
	for _, d := range findings(source.New("catalog.yaml", []byte(src), nil)) {
		list = append(list, fmt.Sprintf("%d:%d %s", d.Span.Line, d.Span.Col, d.Rule))
	}
	return list
}

const sound = `version: 1
title: Errors
groups:
  - id: server
    title: Server
    errors:
      - {code: INTERNAL_ERROR, status: 500, message: Internal server error, resolution: Try again later.}
`

// One mistake is one finding: what follows from it is not reported as well.
func TestOneMistakeOneFinding(t *testing.T) {
	for name, tt := range map[string]struct{ errors, want string }{
		"a misspelt message": {`
      - code: NOT_FOUND
        status: 404
        params: {id: {type: string}}
        mesage: "${id} is not found"
        resolution: Look elsewhere.
`, "11:9 unknown-key"},
		"a misspelt status": {`
      - {code: NOT_FOUND, staus: 404, message: Not found, resolution: Look elsewhere.}
`, "8:27 unknown-key"},
		"a misspelt code": {`
      - {cod: NOT_FOUND, status: 404, message: Not found, resolution: Look elsewhere.}
`, "8:10 unknown-key"},
		"a misspelt param": {`
      - code: NOT_FOUND
        status: 404
        params: {agent_id: {type: string}}
        message: "${agnet_id} is not found"
        resolution: Look elsewhere.
`, "11:19 param-undeclared"},
		"a message that is missing": {`
      - code: NOT_FOUND
        status: 404
        params: {id: {type: string}}
        resolution: Look elsewhere.
`, "8:15 message-missing"},
		"an empty message": {`
      - code: NOT_FOUND
        status: 404
        params: {id: {type: string}}
        message:
        resolution: Look elsewhere.
`, "11:17 wrong-type"},
		"an empty resolution": {`
      - {code: NOT_FOUND, status: 404, message: Not found, resolution: }
`, "8:72 wrong-type"},
		"an error that is none": {`
      - NOT_FOUND
`, "8:9 wrong-type"},
		"a policy's strategy": {`
      - {code: BUSY, status: 503, message: Busy, resolution: Wait., retry: {strategy: linear}}
`, "8:87 wrong-type"},
		"a code twice": {`
      - {code: INTERNAL_ERROR, status: 500, message: Internal, resolution: Try again later.}
`, "8:16 duplicate-code"},
	} {
		t.Run(name, func(t *testing.T) {
			equal(t, "findings", findingsIn(sound+tt.errors[1:]), []string{tt.want})
		})
	}
}

// Every mistake is a diagnostic, also those in an error that has no code, or another's.
func TestAllMistakesInOneRun(t *testing.T) {
	equal(t, "findings", findingsIn(sound+
		`      - {code: INTERNAL_ERROR, status: 700, message: "${x} is lost", see: [NOWHERE]}
      - {status: 404, message: "costs $5", params: {p: {type: strnig}}, retry: soon}
`), []string{
		"8:16 duplicate-code", "8:16 resolution-missing", "8:40 status-range", "8:55 param-undeclared",
		"8:76 see-unknown", "9:9 missing-key", "9:9 resolution-missing", "9:39 template-syntax",
		"9:63 param-type", "9:80 retry-unknown",
	})
}

// A comment on an error that has no code yet ignores nothing in the rest of the catalog, and is not
// told to be of no use.
func TestIgnoredOnAnErrorWithoutACode(t *testing.T) {
	equal(t, "findings",
		findingsIn(sound+`      # errspec:ignore resolution-missing it has no code, either
      - {status: 404, message: Not found}
      - {code: GONE, status: 410, message: Gone}
`), []string{"9:9 missing-key", "9:9 resolution-missing", "10:16 resolution-missing"})
}

// A catalog whose codes are of another form than the default hears of it once, and what to write.
func TestCodesOfAnotherForm(t *testing.T) {
	for _, tt := range []struct{ form, pattern string }{
		{"%05d", "^[0-9]+$"},
		{"NotFound%d", "^[A-Z][A-Za-z0-9]*$"},
		{"2F%03d", "^[A-Z0-9]+$"},
		{"not_found_%d", "^[a-z][a-z0-9_]*$"},
		{"not-found-%d", "^[a-z][a-z0-9-]*$"},
		{"auth/not-found-%d", "^[a-z][a-z0-9_./-]*$"},
		{"Not_Found-%d", "^[A-Za-z0-9_-]+$"},
		{"é%d", "^.+$"},
	} {
		src := strings.Replace(sound, "INTERNAL_ERROR", fmt.Sprintf(tt.form, 0), 1)
		for i := range 12 {
			src += fmt.Sprintf("      - {code: %q, status: 400, message: m, resolution: r}\n",
				fmt.Sprintf(tt.form, i+1))
		}
		list := findings(source.New("catalog.yaml", []byte(src), nil))
		if len(list) != 1 ||
			!strings.Contains(list[0].Message, "13 of the 13 codes") ||
			!strings.Contains(list[0].Help, "'"+tt.pattern+"'") {
			t.Errorf("%s: findings %v, want one, whose help is the pattern %s", tt.form, list, tt.pattern)
			continue
		}
		equal(t, "findings with the pattern",
			findingsIn(src+"lint: {code_pattern: '"+tt.pattern+"'}\n"), []string(nil))
	}
}

// What depends on a part that was refused is not reported as well: each of these is one mistake.
func TestRefusedPartsHaveNoConsequences(t *testing.T) {
	const entry = "      - {code: NO_FILE, status: 429, resolution: r, "
	for name, src := range map[string]string{
		"params": sound + entry +
			"retry: never, message: '${id} ${size}', params: [id, size]}\n",
		"params for a header": sound + entry +
			"retry: never, message: m, params: [id], headers: {X-Id: '${id}'}}\n",
		"values": sound + entry +
			"retry: never, message: m, values: [max], description: '${max}'}\n",
		"values in a message": sound + entry + "retry: never, message: 'at most ${max}', values: [max]}\n",
		"headers": sound + entry +
			"retry: never, message: m, params: {id: {type: int}}, headers: [X-Id]}\n",
		"variants": sound + entry +
			"retry: never, params: {id: {type: int}}, variants: {gone: {message: '${id}'}}}\n",
		"the policies": sound + entry + "retry: slow, message: m, description: '${retry.base}'}\n" +
			"retry_policies: [slow]\n",
		"one policy": sound + entry + "retry: slow, message: m}\nretry_policies: {slow: 5s}\n",
		"a retry":    sound + entry + "retry: [slow], message: m, description: '${retry.base}'}\n",
		"meta": strings.Replace(sound, "groups:",
			"envelope: {body: {code: $code, message: $message, kind: $meta.kind}}\ngroups:", 1) +
			entry + "retry: never, message: m, meta: [kind]}\n",
		"params in the envelope": strings.Replace(sound, "groups:",
			"envelope: {body: {code: $code, message: $message, id: $param.id}}\ngroups:", 1) +
			entry + "retry: never, message: m, params: [id]}\n",
		"errors that others name": strings.Replace(sound, "    errors:\n"+
			"      - {", "    errors:\n      - {see: [NO_FILE], deprecated: {use: NO_FILE}, ", 1) +
			"  - id: files\n    title: Files\n    errors: {NO_FILE: {status: 404}}\nretired: [{code: OLD, use: NO_FILE}]\n",
		"a group that others name": strings.Replace(sound, "    errors:\n"+
			"      - {", "    errors:\n      - {see: [NO_FILE], ", 1) +
			"  - {code: NO_FILE, status: 404, message: m}\n",
		"the errors of a group": strings.Replace(sound, "    errors:\n      - {code: INTERNAL_ERROR, ",
			"    INTERNAL_ERROR: {", 1),
		"the only group": "version: 1\ntitle: T\ngroups: [{id: g, title: G}]\n",
		"the statuses":   sound + "statuses: [{code: 404, title: Not Found}]\n",
		"the envelope": "envelope: [code, message]\n" + sound + entry +
			"retry: never, message: m, params: {id: {type: string, detail: true}}}\n",
		"the body": "envelope: {body: [code]}\n" + sound + entry +
			"retry: never, message: m, params: {id: {type: string, detail: true}}}\n",
		"a service": "service: []\nenvelope: {body: {code: $code, message: $message, of: $service}}\n" +
			sound,
	} {
		if found := findingsIn(src); len(found) != 1 {
			t.Errorf("%s: %q, want one diagnostic\n%s", name, found, src)
		}
	}
}

// A handler may have acted before its deadline, so the code for that is rather one that clients do
// not repeat with any method.
func TestTheCodeForDeadlines(t *testing.T) {
	const anyOf, idempotent = "{methods: any}", "{methods: idempotent}"
	for _, tt := range []struct{ slow, busy, down, want string }{
		{idempotent, idempotent, "never", "SLOW"},
		{anyOf, idempotent, "never", "BUSY"},
		{anyOf, anyOf, "never", "DOWN"},
		{anyOf, anyOf, anyOf, "SLOW"},
	} {
		c := accepted(t, "version: 1\ntitle: T\ngroups: [{id: all, title: All, errors: [\n"+
			"  {code: BUSY, status: 503, message: Busy, retry: "+tt.busy+"},\n"+
			"  {code: DOWN, status: 503, message: Down, retry: "+tt.down+"},\n"+
			"  {code: SLOW, status: 504, message: Slow, retry: "+tt.slow+"}]}]\n")
		if c.Timeout.Code != tt.want {
			t.Errorf("%+v: a deadline is %s", tt, c.Timeout.Code)
		}
	}
}
