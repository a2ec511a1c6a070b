package breaking_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

// sender is a catalog whose envelope has a member for a role, «role», or none.
const sender = `version: 1
title: Errors
service: files
docs_url: https://example.com/docs
type_base: https://example.com/types/
envelope:
  media_type: application/json
  body: {code: $code, message: $message«role»}
groups:
  - id: files
    title: Files
    errors:
      - code: FILE_GONE
        title: It is gone
        status: [409, 410]
        resolution: Upload it again.
        meta: {key: one}
        params: {name: {type: string, example: a}}
        retry: {base: 1s}
        headers: {Retry-After: 5, X-Name: "${name}"}
        variants:
          - {id: first, message: The first file is gone}
          - {id: second, message: The second file is gone}
      - {code: OTHER, status: 410, message: Other, resolution: Act.}
  - id: server
    title: Server
    errors:
      - {code: INTERNAL_ERROR, status: 500, message: Internal server error, resolution: Report it., meta: {key: server}, retry: {base: 1s}}
`

// A sending is a change of what a role stands for.
type sending struct {
	from, to string
	sent     string // the rule that reports it where the envelope carries the role
	unsent   string // and where it does not; the same if it is about more than the body
}

// sendings has for each role the edits that change what it stands for, or none, and why.
var sendings = map[catalog.Role]struct {
	edits []sending
	why   string
}{
	catalog.RoleCode: {edits: []sending{{
		"code: FILE_GONE",
		"code: FILE_LOST",
		rule.CodeRenamed,
		rule.CodeRenamed,
	}}},
	catalog.RoleCodeNumber: {why: "a code is renamed whatever shows it"},
	catalog.RoleMessage: {edits: []sending{
		{"message: Other", "message: Another", rule.MessageChanged, rule.MessageChanged},
		{
			"message: The first",
			"message: The one",
			rule.VariantMessageChanged,
			rule.VariantMessageChanged,
		},
	}},
	catalog.RoleStatus: {edits: []sending{{
		"[409, 410]",
		"[422, 410]",
		rule.StatusDefaultChanged,
		rule.StatusDefaultChanged,
	}}},
	catalog.RoleStatusString: {edits: []sending{{
		"[409, 410]",
		"[422, 410]",
		rule.StatusDefaultChanged,
		rule.StatusDefaultChanged,
	}}},
	catalog.RoleStatusText: {edits: []sending{{
		"[409, 410]",
		"[422, 410]",
		rule.StatusDefaultChanged,
		rule.StatusDefaultChanged,
	}}},
	catalog.RoleTitle: {edits: []sending{
		{"title: It is gone", "title: It was removed", rule.MetaChanged, rule.TextChanged},
		{"code: OTHER", "code: OTHER, title: Something else", rule.MetaChanged, rule.TextChanged},
	}},
	catalog.RoleType: {edits: []sending{
		{"com/types/", "org/types/", rule.TypeChanged, ""},
		{"com/types/", "com/types/{code}", rule.TypeChanged, ""},
		{"type_base: https://example.com/types/\n", "", rule.TypeChanged, ""},
	}},
	catalog.RoleDocsURL: {edits: []sending{
		{"com/docs", "org/docs", rule.MetaChanged, rule.TextChanged},
		{"com/docs", "com/docs/{code}", rule.MetaChanged, rule.TextChanged},
	}},
	catalog.RoleVariant: {edits: []sending{
		{"id: first", "id: one", rule.VariantRemoved, rule.GoNameChanged},
		{
			"variants:\n          - {id: first, message: The first file is gone}\n" +
				"          - {id: second, message: The second file is gone}",
			"message: The first file is gone",
			rule.VariantRemoved,
			rule.GoNameChanged,
		},
	}},
	catalog.RoleRetryAfter: {edits: []sending{{
		"Retry-After: 5",
		"Retry-After: 6",
		rule.HeaderChanged,
		rule.HeaderChanged,
	}}},
	catalog.RoleParams: {edits: []sending{{
		"type: string, example: a",
		"type: int, example: 1",
		rule.ParamTypeChanged,
		rule.ParamTypeChanged,
	}}},
	catalog.RoleParam: {edits: []sending{{
		"type: string, example: a",
		"type: int, example: 1",
		rule.ParamTypeChanged,
		rule.ParamTypeChanged,
	}}},
	catalog.RoleService: {edits: []sending{{
		"service: files",
		"service: storage",
		rule.EnvelopeChanged,
		rule.TextChanged,
	}}},
	catalog.RoleGroup: {edits: []sending{
		{"id: server", "id: ours", rule.MetaChanged, rule.GroupMoved},
		{"  - id: server\n    title: Server\n    errors:\n", "", rule.MetaChanged, rule.GroupMoved},
	}},
	catalog.RoleMeta: {edits: []sending{
		{"key: one", "key: two", rule.MetaChanged, rule.TextChanged},
		{", meta: {key: server}", "", rule.MetaChanged, rule.TextChanged},
	}},
	catalog.RoleRequestID: {why: "only a response knows it"},
	catalog.RoleInstance:  {why: "only a response knows it"},
}

// as writes a role as an author does.
func as(r catalog.Role) string {
	switch r {
	case catalog.RoleParam:
		return "$param.name"
	case catalog.RoleMeta:
		return "$meta.key"
	default:
		return string(r)
	}
}

// What a role puts into bodies is a promise to those who read all of the JSON: where the envelope
// carries the role, a change of what it stands for is told to them, and not as another text. Where
// it does not, it is what it was without the role.
func TestWhatRolesCarryIsTold(t *testing.T) {
	for _, r := range catalog.Roles() {
		s, known := sendings[r]
		if !known || (s.edits == nil) == (s.why == "") {
			t.Errorf("say in sendings what changes what %s stands for, or why nothing does", r)
		}
		for _, e := range s.edits {
			for _, carried := range []bool{true, false} {
				member, want := "", e.unsent
				if carried {
					member, want = ", role: "+as(r), e.sent
				}
				if carried || r != catalog.RoleCode && r != catalog.RoleMessage { // which are always there
					tellsOne(t, strings.Replace(sender, "«role»", member, 1), e, want)
				}
			}
			// inside a text, and deep down, it is carried as well
			tellsOne(t, strings.Replace(sender, "«role»",
				", deep: [{text: 'It is ${"+strings.TrimPrefix(as(r), "$")+"}.'}]", 1), e, e.sent)
		}
	}
}

// tellsOne wants an edit to be reported as one kind of change, in both directions.
func tellsOne(t *testing.T, yaml string, e sending, want string) {
	t.Helper()
	if strings.Contains(yaml, "${params}") { // an object is no text
		return
	}
	if !strings.Contains(yaml, e.from) {
		t.Fatalf("there is no %q to edit", e.from)
	}
	was, is := resolve(t, yaml), resolve(t, strings.Replace(yaml, e.from, e.to, 1))
	for _, pair := range [][2]*catalog.Catalog{{was, is}, {is, was}} {
		found := breaking.Compare(pair[0], pair[1])
		// what else became of the variants, and the other way round, is not the matter here
		if e.sent == rule.VariantRemoved {
			found = slices.DeleteFunc(found, func(ch breaking.Change) bool { return ch.Rule != want })
			if pair[0] == is && !strings.Contains(e.to, "id:") {
				continue
			}
		}
		var ids []string
		for _, ch := range found {
			ids = append(ids, ch.Rule)
			r, _ := rule.Find(ch.Rule)
			if want == e.sent &&
				want == rule.MetaChanged &&
				(ch.Category != rule.Contract || ch.Severity != diag.Warning) {
				t.Errorf("%s is told in the category %s as %v", r.ID, ch.Category, ch.Severity)
			}
		}
		ids = slices.Compact(ids)
		if want == "" && ids != nil || want != "" && !slices.Equal(ids, []string{want}) {
			t.Errorf("of the edit of %q to %q is reported as %v, want %q, in\n%s",
				e.from, e.to, found, want, yaml)
		}
	}
}

// unseen are the edits that change bodies, but not so that a reader of the JSON would see it.
var unseen = map[string]string{
	"param_example":    "an example is not sent",
	"enum_example":     "an example is not sent",
	"enum_order":       "the first value is the example, which is not sent",
	"param_enum":       "the first value is the example, which is not sent; each value is a text as before",
	"param_order":      "the order of an object's members means nothing",
	"typescript_names": "so here",
	"python_names":     "so here",
	"fields":           "a new member harms nobody",
}

// Whatever edit changes a body, the clients that read all of it are told, with an envelope that
// carries every role.
func TestWhatChangesBodiesIsTold(t *testing.T) {
	all := "title: $title, docs: $docs_url, group: $group, variant: $variant, retry: $retry_after, status: $status, of: $service, kind: $meta.kind, note: $meta.note, owner: $meta.owner,"
	full := func(yaml string) string {
		return strings.Replace(yaml, "    of: $service\n",
			"    all: {"+strings.TrimSuffix(all, ",")+"}\n", 1)
	}
	none := make([]bool, len(edits))
	before, changed := resolve(t, full(yamlOf(none))), 0
	for i, e := range edits {
		if e.there == "" || unseen[e.name] != "" {
			continue
		}
		made := slices.Clone(none)
		made[i] = true
		after := resolve(t, full(yamlOf(made)))
		for _, pair := range [][2]*catalog.Catalog{{before, after}, {after, before}} {
			if !bodiesDiffer(pair[0], pair[1]) {
				continue
			}
			changed++
			told := slices.ContainsFunc(breaking.Compare(pair[0], pair[1]), func(ch breaking.Change) bool {
				newMember := ch.Rule == rule.EnvelopeChanged ||
					ch.Rule == rule.ParamAdded ||
					ch.Rule == rule.ConstructorChanged // which harms no reader
				return ch.Category == rule.Contract || ch.Category == rule.Wire || newMember
			})
			if !told {
				t.Errorf("the edit %s changes bodies, and is reported as %v",
					e.name, breaking.Compare(pair[0], pair[1]))
			}
		}
	}
	if changed < 20 {
		t.Errorf("%d edits change bodies, which are too few for this to be a test", changed)
	}
}

// bodiesDiffer reports whether a code that is in both catalogs, and is sent, has another body with
// a status and a variant that are in both.
func bodiesDiffer(a, b *catalog.Catalog) bool {
	for e := range a.All() {
		n := b.Find(e.Code)
		if n == nil || e.Internal || n.Internal {
			continue
		}
		for _, s := range e.Statuses {
			for i := range e.Variants {
				for j := range n.Variants {
					if slices.Contains(n.Statuses, s) &&
						e.Variants[i].ID == n.Variants[j].ID &&
						!bytes.Equal(a.ExampleBody(e, &e.Variants[i], s), b.ExampleBody(n, &n.Variants[j], s)) {
						return true
					}
				}
			}
		}
	}
	return false
}

// A problem without a type has the phrase of its status for a title (RFC 9457), so another title of
// the code is not on the wire; that the types come or go is.
func TestTitlesOfProblems(t *testing.T) {
	const problem = `version: 1
title: Errors
envelope: {media_type: application/problem+json, body: {type: $type, code: $code, title: $title, status: $status, detail: $message}}
groups:
  - id: files
    title: Files
    errors:
      - {code: FILE_GONE, title: It is gone, status: 410, message: The file is gone, resolution: Upload it again.}
  - id: server
    title: Server
    errors:
      - {code: INTERNAL_ERROR, status: 500, message: Internal server error, resolution: Report it.}
`
	const typed = "type_base: https://example.com/\nenvelope"
	retitle := func(yaml string) string {
		return strings.Replace(yaml, "title: It is gone", "title: It was removed", 1)
	}
	for name, tt := range map[string]struct {
		before, after string
		want          []string
	}{
		"no type": {problem, retitle(problem), []string{rule.TextChanged}},
		"a type": {
			strings.Replace(problem, "envelope", typed, 1),
			retitle(strings.Replace(problem, "envelope", typed, 1)),
			[]string{rule.MetaChanged},
		},
		"no problem": {
			strings.Replace(problem, "problem+", "", 1),
			retitle(strings.Replace(problem, "problem+", "", 1)),
			[]string{rule.MetaChanged},
		},
		"no $type": {
			strings.Replace(problem, "type: $type, ", "", 1),
			retitle(strings.Replace(problem, "type: $type, ", "", 1)),
			[]string{rule.MetaChanged},
		},
		"a constant type": {
			strings.Replace(problem, "$type", "https://x.example", 1),
			retitle(strings.Replace(problem, "$type", "https://x.example", 1)),
			[]string{rule.MetaChanged},
		},
		"a type comes": {
			problem,
			strings.Replace(problem, "envelope", typed, 1),
			[]string{rule.TypeChanged, rule.MetaChanged},
		},
		"docs_url is the type": {
			problem,
			strings.Replace(problem, "envelope", strings.Replace(typed, "type_base", "docs_url", 1), 1),
			[]string{rule.TextChanged, rule.TypeChanged, rule.MetaChanged},
		},
		"a type and a title": {
			problem,
			retitle(strings.Replace(problem, "envelope", typed, 1)),
			[]string{rule.TypeChanged, rule.MetaChanged, rule.TextChanged},
		},
		"another media type": {
			problem,
			strings.Replace(problem, "problem+", "", 1),
			[]string{rule.MetaChanged, rule.EnvelopeChanged},
		},
		"a status without name": {
			strings.Replace(problem, "410", "499", 1),
			retitle(strings.Replace(problem, "410", "499", 1)),
			[]string{rule.MetaChanged},
		},
		"the title is not sent": {
			strings.Replace(problem, "title: $title, ", "", 1),
			strings.Replace(strings.Replace(problem, "title: $title, ", "", 1), "envelope", typed, 1),
			[]string{rule.TypeChanged},
		},
	} {
		was, is := resolve(t, tt.before), resolve(t, tt.after)
		var ids []string
		for _, ch := range breaking.Compare(was, is) {
			ids = append(ids, ch.Rule)
		}
		if !slices.Equal(ids, tt.want) {
			t.Errorf("%s: it is reported as %v, want %v", name, ids, tt.want)
		}
	}
}

// An envelope that names a param before any error has it does not change when one gets it.
func TestAlternativesThatNoErrorHas(t *testing.T) {
	const without = `version: 1
title: Errors
envelope: {body: {code: $code, detail: {$or: [$param.fields, $param.other, $message]}}}
groups:
  - id: files
    title: Files
    errors:
      - {code: FILE_GONE, status: 410, message: The file is gone, resolution: Upload it again.}
      - {code: INTERNAL_ERROR, status: 500, message: Internal server error, resolution: Report it.}
`
	with := strings.Replace(without, "resolution: Upload it again.",
		"resolution: Upload it again., params: {fields: {type: list, items: string, optional: true}}", 1)
	for _, ch := range breaking.Compare(resolve(t, without), resolve(t, with)) {
		if ch.Rule != rule.ParamAdded {
			t.Errorf("a new param is reported as %s", ch.Rule)
		}
	}
}
