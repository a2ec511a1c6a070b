package schemas

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/emit/schema"
	"github.com/errspec/errspec/gen/internal/value"
)

func TestBodies(t *testing.T) { judge(t, bodyDocuments()) }

// bodyDocuments are both schemas of a catalog in every style of envelope, each with every body that
// a server may send, and with bodies that it may not send.
func bodyDocuments() []document {
	var documents []document
	for _, e := range catalogtest.Envelopes() {
		c := catalogtest.Everything(e.Envelope)
		documents = append(documents, strictAndLenient(e.Name, c, verdicts[e.Name])...)
	}
	return documents
}

func strictAndLenient(name string, c *catalog.Catalog, table []bodyVerdict) []document {
	strict := document{name: name, schema: schema.Document(c, schema.KnownCodes)}
	lenient := document{name: name + " lenient", schema: schema.Document(c, schema.AnyCode)}
	strict.instances = append(strict.instances, sent(c)...)
	lenient.instances = append(lenient.instances, judgedLeniently(sent(c))...)
	for _, v := range table {
		strict.instances = append(strict.instances, instance{v.name, v.body, v.verdict == fine})
		lenient.instances = append(lenient.instances, instance{v.name, v.body, v.verdict != wrong})
	}
	return []document{strict, lenient}
}

// retypedAnonymous ends the names of bodies without a code in which a scalar has another type. A
// newer server's error without a code may have it, so the lenient schema accepts some of them.
const retypedAnonymous = " without a code, retyped"

// judgedLeniently returns the instances of which it is certain what the lenient schema says.
func judgedLeniently(instances []instance) []instance {
	return slices.DeleteFunc(slices.Clone(instances), func(i instance) bool {
		return strings.HasSuffix(i.name, retypedAnonymous)
	})
}

// sent returns the example bodies of every public code, variant and status. It also returns them
// with an additional member in each object (valid), and with each scalar changed to another type
// (invalid).
func sent(c *catalog.Catalog) []instance {
	var instances []instance
	chosen := choices(&c.Envelope.Body, "")
	for e := range c.All() {
		for i := range e.Variants {
			for _, status := range e.Statuses {
				if e.Internal {
					continue
				}
				body := string(c.ExampleBody(e, &e.Variants[i], status))
				name := fmt.Sprintf("%s/%s %d", e.Code, e.Variants[i].ID, status)
				instances = append(instances, instance{name, body, true},
					instance{name + " and more", more(body, e, chosen), true})
				kind := " retyped"
				if e.Anonymous {
					kind = retypedAnonymous
				}
				for _, changed := range retyped(body, e, chosen) {
					instances = append(instances, instance{name + kind, changed, false})
				}
			}
		}
	}
	return instances
}

// choices returns the paths of the values that may be one of several roles.
func choices(n *catalog.Node, path string) (all []string) {
	if n.IsChoice() {
		return []string{path}
	}
	for i := range n.Members {
		all = append(all, choices(&n.Members[i].Node, path+"/"+n.Members[i].Name)...)
	}
	for i := range n.Items {
		all = append(all, choices(&n.Items[i], fmt.Sprint(path, "/", i))...)
	}
	return all
}

// holds reports whether a path leads into a param of e that holds values of a kind, or into a choice
// that may be one.
func holds(e *catalog.Entry, path string, kind value.Kind, chosen []string) bool {
	isChosen := slices.ContainsFunc(chosen, func(choice string) bool {
		return strings.HasPrefix(path+"/", choice+"/")
	})
	var within func(t *catalog.Type) bool
	within = func(t *catalog.Type) bool {
		return t.Kind == kind || t.Elem != nil && within(t.Elem) ||
			slices.ContainsFunc(t.Fields, func(f catalog.Field) bool { return within(&f.Type) })
	}
	for i := range e.Params {
		p := &e.Params[i]
		if (isChosen || strings.Contains(path+"/", "/"+p.Name+"/")) && within(&p.Type) {
			return true
		}
	}
	return false
}

// more returns a body of e with another member in each of its objects, but for maps, whose values
// are of one type.
func more(body string, e *catalog.Entry, chosen []string) string {
	return encode(walk("", decode(body), func(path string, v any) any {
		if object, ok := v.(map[string]any); ok && !holds(e, path, value.Map, chosen) {
			object["future"] = []any{"of", "it"}
		}
		return v
	}))
}

// retyped returns the body of e once for each of its scalars: that one a number if it was a string,
// else a string. It leaves alone a list whose items come and go, what may be any JSON, a choice that
// a newer server's param may have, and one by which clients recognize other errors.
func retyped(body string, e *catalog.Entry, chosen []string) []string {
	var paths []string
	walk("", decode(body), func(path string, v any) any {
		switch v.(type) {
		case map[string]any, []any:
		default:
			isAnother := e.Anonymous && slices.Contains(chosen, path)
			if !strings.HasPrefix(path+"/", "/loose/") && !isAnother &&
				!holds(e, path, value.JSON, chosen) {
				paths = append(paths, path)
			}
		}
		return v
	})
	results := make([]string, len(paths))
	for i, changed := range paths {
		results[i] = encode(walk("", decode(body), func(path string, v any) any {
			if path != changed {
				return v
			}
			if _, ok := v.(string); ok {
				return 7
			}
			return "seven"
		}))
	}
	return results
}

// walk replaces v and everything in it by the result of change, the innermost values first.
func walk(path string, v any, change func(path string, v any) any) any {
	switch v := v.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			v[key] = walk(path+"/"+key, v[key], change)
		}
	case []any:
		for i := range v {
			v[i] = walk(fmt.Sprint(path, "/", i), v[i], change)
		}
	}
	return change(path, v)
}

func decode(text string) any {
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		panic(err.Error() + ": " + text)
	}
	return v
}

func encode(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(data)
}

// A verdict is what the schemas should say about a body.
type verdict int

const (
	wrong verdict = iota // both schemas refuse it
	newer                // only the lenient schema accepts it: its code is unknown
	fine                 // both schemas accept it
)

type bodyVerdict struct {
	verdict verdict
	name    string
	body    string
}

var verdicts = map[string][]bodyVerdict{
	"nested": {
		{fine, "members in another order",
			`{"status_code":413,"status":"error","error":{"httpStatus":413,"message":"","code":"FILE_TOO_LARGE"}}`},
		{fine, "the code's other status",
			`{"error":{"code":"ACCOUNT_SUSPENDED","message":"m","httpStatus":401},"status":"error","status_code":401}`},
		{wrong, "statuses that disagree",
			`{"error":{"code":"ACCOUNT_SUSPENDED","message":"m","httpStatus":401},"status":"error","status_code":403}`},
		{wrong, "statuses that disagree, the other way",
			`{"error":{"code":"ACCOUNT_SUSPENDED","message":"m","httpStatus":403},"status":"error","status_code":401}`},
		{wrong, "another code's status",
			`{"error":{"code":"UNAUTHORIZED","message":"m","httpStatus":403},"status":"error","status_code":403}`},
		{wrong, "one wrong status",
			`{"error":{"code":"UNAUTHORIZED","message":"m","httpStatus":401},"status":"error","status_code":400}`},
		{wrong, "a status of success",
			`{"error":{"code":"UNAUTHORIZED","message":"m","httpStatus":200},"status":"error","status_code":200}`},
		{wrong, "a status with a fraction",
			`{"error":{"code":"UNAUTHORIZED","message":"m","httpStatus":401.5},"status":"error","status_code":401}`},
		{newer, "a code of the future",
			`{"error":{"code":"NEW_CODE","message":"m","httpStatus":418},"status":"error","status_code":418}`},
		{newer, "an internal code",
			`{"error":{"code":"SECRET_STATE","message":"m","httpStatus":500},"status":"error","status_code":500}`},
		{newer, "a retired code",
			`{"error":{"code":"FILE_MISSING","message":"m","httpStatus":404},"status":"error","status_code":404}`},
		{newer, "a code in lower case",
			`{"error":{"code":"unauthorized","message":"m","httpStatus":401},"status":"error","status_code":401}`},
		{wrong, "another constant",
			`{"error":{"code":"UNAUTHORIZED","message":"m","httpStatus":401},"status":"failure","status_code":401}`},
		{wrong, "no code",
			`{"error":{"message":"m","httpStatus":401},"status":"error","status_code":401}`},
		{wrong, "no message",
			`{"error":{"code":"UNAUTHORIZED","httpStatus":401},"status":"error","status_code":401}`},
		{wrong, "no inner status",
			`{"error":{"code":"UNAUTHORIZED","message":"m"},"status":"error","status_code":401}`},
		{wrong, "no outer status",
			`{"error":{"code":"UNAUTHORIZED","message":"m","httpStatus":401},"status":"error"}`},
		{wrong, "no constant",
			`{"error":{"code":"UNAUTHORIZED","message":"m","httpStatus":401},"status_code":401}`},
		{wrong, "no error", `{"status":"error","status_code":401}`},
		{wrong, "an error that is a string",
			`{"error":"UNAUTHORIZED","status":"error","status_code":401}`},
		{wrong, "null members",
			`{"error":{"code":null,"message":null,"httpStatus":null},"status":null,"status_code":null}`},
		{wrong, "a list",
			`[{"error":{"code":"UNAUTHORIZED","message":"m","httpStatus":401},"status":"error","status_code":401}]`},
		{wrong, "an empty object", `{}`},
		{wrong, "null", `null`},
	},
	"each": {
		{fine, "several errors, the first of which decides the status",
			`{"status":401,"errors":[{"code":"UNAUTHORIZED","status":"401","detail":"m"},{"code":"ACCOUNT_SUSPENDED","status":"403","detail":"m"}]}`},
		{newer, "a code of the future among others",
			`{"status":401,"errors":[{"code":"UNAUTHORIZED","status":"401","detail":"m"},{"code":"NEW_CODE","status":"418","detail":"m"}]}`},
		{wrong, "no errors", `{"status":401,"errors":[]}`},
		{wrong, "null in the place of errors", `{"status":401,"errors":null}`},
		{
			wrong,
			"one error that is in no list",
			`{"status":401,"errors":{"code":"UNAUTHORIZED","status":"401","detail":"m"}}`,
		},
		{wrong, "an element that is no object",
			`{"status":401,"errors":[{"code":"UNAUTHORIZED","status":"401","detail":"m"},"UNAUTHORIZED"]}`},
		{wrong, "a second error with another code's status",
			`{"status":401,"errors":[{"code":"UNAUTHORIZED","status":"401","detail":"m"},{"code":"UNAUTHORIZED","status":"403","detail":"m"}]}`},
		{wrong, "a second error without a code",
			`{"status":401,"errors":[{"code":"UNAUTHORIZED","status":"401","detail":"m"},{"status":"401","detail":"m"}]}`},
		{wrong, "one error of another status than the response's",
			`{"status":403,"errors":[{"code":"UNAUTHORIZED","status":"401","detail":"m"}]}`},
		{wrong, "no status", `{"errors":[{"code":"UNAUTHORIZED","status":"401","detail":"m"}]}`},
	},
	"problem": {
		{fine, "an instance",
			`{"type":"t","title":"t","status":500,"detail":"d","instance":"/1","code":"INTERNAL_ERROR"}`},
		{wrong, "an instance that is no text",
			`{"type":"t","title":"t","status":500,"detail":"d","instance":1,"code":"INTERNAL_ERROR"}`},
		{fine, "no optional param",
			`{"type":"t","title":"t","status":413,"detail":"d","code":"FILE_TOO_LARGE","kind":"video","limit":1,"violations":[]}`},
		{wrong, "no required param",
			`{"type":"t","title":"t","status":413,"detail":"d","code":"FILE_TOO_LARGE","limit":1,"violations":[]}`},
		{wrong, "a value that is none of the enum",
			`{"type":"t","title":"t","status":413,"detail":"d","code":"FILE_TOO_LARGE","kind":"audio","limit":1,"violations":[]}`},
		{wrong, "a negative size",
			`{"type":"t","title":"t","status":413,"detail":"d","code":"FILE_TOO_LARGE","kind":"video","limit":-1,"violations":[]}`},
		{wrong, "an incomplete item",
			`{"type":"t","title":"t","status":413,"detail":"d","code":"FILE_TOO_LARGE","kind":"video","limit":1,"violations":[{"field":"f"}]}`},
		{fine, "a variant without the other's param",
			`{"type":"t","title":"t","status":404,"detail":"d","code":"NOT_FOUND","id":"A91"}`},
		{fine, "another code's param, of another type",
			`{"type":"t","title":"t","status":500,"detail":"d","code":"INTERNAL_ERROR","limit":"none"}`},
		{wrong, "a time that is none",
			`{"type":"t","title":"t","status":429,"detail":"d","code":"RATE_LIMITED","retry_after":6,"reset":"soon","load":0.5,"shared":true,"windows":[]}`},
		{wrong, "a wrong status",
			`{"type":"t","title":"t","status":401,"detail":"d","code":"INTERNAL_ERROR"}`},
		{newer, "no type", `{"title":"t","status":418,"detail":"d","code":"NEW"}`},
	},
	"stripe": {
		{fine, "a request id",
			`{"error":{"type":"access_error","code":"UNAUTHORIZED","message":"m","doc_url":"u","request_id":"r"}}`},
		{newer, "a kind that no code has",
			`{"error":{"type":"new_error","code":"UNAUTHORIZED","message":"m","doc_url":"u"}}`},
		{newer, "no kind", `{"error":{"code":"UNAUTHORIZED","message":"m","doc_url":"u"}}`},
		{wrong, "a code without its param",
			`{"error":{"type":"files_error","code":"NOT_FOUND","message":"m","doc_url":"u"}}`},
	},
	"google": {
		{wrong, "a wrong status",
			`{"error":{"code":401,"message":"m","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"INTERNAL_ERROR","domain":"example"}]}}`},
		{wrong, "another service",
			`{"error":{"code":500,"message":"m","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"INTERNAL_ERROR","domain":"other"}]}}`},
		{wrong, "no details", `{"error":{"code":500,"message":"m","details":[]}}`},
		{wrong, "no metadata",
			`{"error":{"code":404,"message":"m","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"NOT_FOUND","domain":"example"}]}}`},
	},
	"json-api": {
		{fine, "two errors",
			`{"jsonapi":{"version":"1.1"},"errors":[{"status":"500","code":"INTERNAL_ERROR","title":"t","detail":"d","links":{"about":"u"}},{"status":"500","code":"INTERNAL_ERROR","title":"t","detail":"d","links":{"about":"u"}}],"meta":{"group":"files"}}`},
		{wrong, "a wrong status",
			`{"jsonapi":{"version":"1.1"},"errors":[{"status":"501","code":"INTERNAL_ERROR","title":"t","detail":"d","links":{"about":"u"}}],"meta":{"group":"files"}}`},
		{wrong, "a status that is a number",
			`{"jsonapi":{"version":"1.1"},"errors":[{"status":500,"code":"INTERNAL_ERROR","title":"t","detail":"d","links":{"about":"u"}}],"meta":{"group":"files"}}`},
		{wrong, "no errors", `{"jsonapi":{"version":"1.1"},"errors":[],"meta":{"group":"files"}}`},
		{newer, "a new group",
			`{"jsonapi":{"version":"1.1"},"errors":[{"status":"500","code":"INTERNAL_ERROR","title":"t","detail":"d","links":{"about":"u"}}],"meta":{"group":"new"}}`},
		{wrong, "a negative delay",
			`{"jsonapi":{"version":"1.1"},"errors":[{"status":"500","code":"INTERNAL_ERROR","title":"t","detail":"d","links":{"about":"u"}}],"meta":{"group":"files","retry_after":-1}}`},
	},
	"flat": {
		{newer, "a code of the future", `{"code":"NEW","message":""}`},
		{wrong, "no message", `{"code":"UNAUTHORIZED"}`},
	},
	"odd": {
		{wrong, "another status inside a string", strings.Replace(oddBody, "HTTP 500: ",
			"HTTP 501: ", 1)},
		{wrong, "another text around the code", strings.Replace(oddBody, "urn:example:",
			"urn:other:", 1)},
		{fine, "a message of two lines inside a string",
			strings.Replace(oddBody, "HTTP 500: ", `HTTP 500: 1\n2`, 1)},
		{fine, "an item that may be absent", strings.Replace(oddBody, `"loose":[`,
			`"loose":["r_1",`, 1)},
		{wrong, "an item too many", strings.Replace(oddBody, `[500,"m"]`, `[500,"m",1]`, 1)},
		{wrong, "an item too few", strings.Replace(oddBody, `[500,"m"]`, `[500]`, 1)},
		{wrong, "a constant of another value", strings.Replace(oddBody, `"ratio":-0.5`,
			`"ratio":0.5`, 1)},
		{fine, "as it should be", oddBody},
	},
	"urn": {
		{fine, "as it should be",
			`{"type":"urn:example:INTERNAL_ERROR","message":"m","status":"HTTP 500"}`},
		{wrong, "a wrong status",
			`{"type":"urn:example:INTERNAL_ERROR","message":"m","status":"HTTP 501"}`},
		{newer, "a code of the future",
			`{"type":"urn:example:NEW","message":"m","status":"HTTP 501"}`},
	},
}

const oddBody = `{"ok":false,"none":null,"version":2,"ratio":-0.5,"":"","empty":{},"list":[],"urn":"urn:example:(INTERNAL_ERROR)",` +
	`"line":"HTTP 500: m","pair":["INTERNAL_ERROR",[500,"m"]],"loose":[500]}`
