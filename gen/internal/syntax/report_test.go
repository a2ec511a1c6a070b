package syntax_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// What people bring from other formats, and what they write in a form that the format does not
// have, is told with what to write instead, and is one finding each.
func TestWhatWasMeant(t *testing.T) {
	whole := func(lines string) string { return "version: 1\ntitle: T\n" + lines + "groups: []\n" }
	for _, tt := range []struct{ name, src, message, help string }{
		{"a key's other name", entry("status: 400", "msg: x"),
			`has no key "msg"; did you mean "message"?`, `write "message"`},
		{"in upper case, too", entry("httpStatus: 400", "message: x"), `did you mean "status"?`,
			`write "status"`},
		{"when the right one is there", entry("status: 400", "message: x", "text: y"),
			`did you mean "message"?`, `remove it; "message" is also present`},
		{"a key of something else", entry("status: 400", "message: x", "retry_policies: {}"),
			`an error has no key "retry_policies"`,
			`"retry_policies" is a key of a catalog: write it there; an error has the keys code, `},
		{"a missing level", "version: 1\ntitle: T\nerrors:\n  - {code: A_B, status: 400, message: m}\n",
			`a catalog has no key "errors"`,
			`"errors" is a key of a group: write it there, as in ` +
				"`groups: [{id: files, title: Files, errors: [{code: A_B, status: 400, message: m}]}]`"},
		{"a missing level, in another form",
			"version: 1\ntitle: T\nerrors:\n  A_B: {status: 400, message: m}\n",
			`a catalog has no key "errors"`,
			"write it there, as in `groups: [{id: files, title: Files, errors: [{code: A_B, status: 400, message: m}]}]`"},
		{"a missing level twice", "version: 1\ntitle: T\ngroups: [{id: g, title: G, code: A_B}]\n",
			`a group has no key "code"`,
			`"code" is a key of an error: write it there, as in ` + "`errors: [{code: A_B, status: "},
		{"a missing level under the other name of its list",
			"version: 1\ntitle: T\ncodes: [{code: A_B, status: 400}]\n", `a catalog has no key "codes"`,
			"`groups: [{id: files, title: Files, errors: [{code: A_B, status: 400}]}]`"},
		{"an error alone", "version: 1\ntitle: T\ncode: A_B\nstatus: 400\nmessage: m\n",
			`a catalog has no key "code"`,
			"`groups: [{id: files, title: Files, errors: [{code: A_B}]}]`"},
		{"codes by name without both levels",
			"version: 1\ntitle: T\nA_B: {status: 400, message: m}\nC_D: {status: 400, mesage: m}\n",
			`a catalog has no key "A_B"`, `put it into the "errors" of a group, as in ` +
				"`groups: [{id: files, title: Files, errors: [{code: A_B, status: 400, message: m}]}]`"},
		{"groups by name without their level",
			"version: 1\ntitle: T\nfiles: {title: Files, errors: [{code: A_B, status: 400}]}\n",
			`a catalog has no key "files"`, "put it into a list, as in " +
				"`groups: [{id: files, title: Files, errors: [{code: A_B, status: 400}]}]`"},
		{"codes by name without their level",
			"version: 1\ntitle: T\ngroups: [{id: g, title: G, A_B: {status: 400}, C_D: {status: 400}}]\n",
			`a group has no key "A_B"`, "put it into a list, as in `errors: [{code: A_B, status: 400}]`"},
		{"codes by name where groups belong",
			"version: 1\ntitle: T\ngroups: [{A_B: {status: 400}}, {C_D: {status: 400}, E_F: {msg: m, status: 400}}]\n",
			`an element of "groups" must be a group; this is an error`,
			"`groups: [{id: files, title: Files, errors: [{code: A_B, status: 400}]}]`"},
		{"codes by name instead of groups", "version: 1\ntitle: T\ngroups: {A_B: {status: 400}, C_D: {status: 400}}\n",
			`"groups" must be a list`,
			"`groups: [{id: files, title: …, errors: [{code: A_B, status: 400}, …]}]`"},
		{"a group by name with its codes by name",
			"version: 1\ntitle: T\ngroups: {g: {A_B: {status: 400}}, h: {C_D: {status: 400}}}\n",
			`"groups" must be a list`,
			"`groups: [{id: g, title: …, errors: [{code: A_B, status: 400}]}, {id: h, title: …, errors: [{code: C_D, "},
		{"the codes of a group behind its id",
			"version: 1\ntitle: T\ngroups: [{g: [{code: A_B, status: 400}, {code: C_D, status: 400}]}]\n",
			`a group has no key "g"`, "write `{id: g, title: …, errors: [{code: A_B, status: 400}, …]}`"},
		{"errors by their status",
			"version: 1\ntitle: T\ngroups: [{id: g, title: G, errors: {400: [{code: A_B}]}}]\n",
			`"errors" must be a list`, "write a list: each of its elements begins with `- `"},
		{"a message without its variant", entry("status: 400", "variants: [It is gone]"),
			`an element of "variants" must be a mapping`, "as in `- {id: agent, message: It is gone}`"},
		{"a message without its code",
			"version: 1\ntitle: T\ngroups: [{id: g, title: G, errors: [The file is gone]}]\n",
			`an element of "errors" must be a mapping`,
			"as in `- {code: FILE_TOO_LARGE, status: 413, message: The file is gone}`"},
		{"headers as in a response", entry("status: 400", "message: x", `headers: ["Retry-After: 5"]`),
			`"headers" must be a mapping`, "write a mapping: `headers: {Retry-After: 5}`"},
		{"params as in code", entry("status: 400", "message: x", `params: ["n: int"]`),
			`"params" must be a mapping`, "write a mapping: `params: {n: {type: int}}`"},
		{"a type's other name instead of a param",
			entry("status: 400", "message: x", "params: {n: integer}"),
			`"n" must be a mapping`, "as in `n: {type: int}`"},
		{"a retry policy's key of other libraries",
			whole("retry_policies: {slow: {initialBackoff: 1s}}\n"),
			`a retry policy has no key "initialBackoff"; did you mean "base"?`, `write "base"`},
		{"a type's other name", entry("status: 400", "message: x", "params: {n: {type: integer}}"),
			`"integer" is not allowed here; did you mean "int"?`, "write string, int"},
		{"but none that is not allowed there",
			entry("status: 400", "message: x", "params: {n: {type: list, items: array}}"),
			`"array" is not allowed here`, "say what the list holds, as in `{type: list, items: string}`"},
		{"an object without fields",
			entry("status: 400", "message: x", "params: {n: {type: list, items: object}}"),
			`"object" is not allowed here`,
			"list the fields of the object and their types, as in `{type: object, fields: {field: string}}`"},
		{"a map without values",
			entry("status: 400", "message: x", "params: {n: {type: object, fields: {a: dict}}}"),
			`"dict" is not allowed here`, "say what the map holds, as in `{type: map, values: string}`"},
		{"a field of no type",
			entry("status: 400", "message: x", "params: {n: {type: list, items: {a: {optional: true}}}}"),
			`this field has no "type"`, "add it, as in `type: string`"},
		{"a field that may be null",
			entry("status: 400", "message: x",
				"params: {n: {type: object, fields: {a: {type: string, nullable: true}}}}"),
			`a field has no key "nullable"`, "a field is required unless it says `optional: true`"},
		{"a type that other formats have",
			entry("status: 400", "message: x", "params: {n: {type: dictionary, values: string}}"),
			`did you mean "map"?`, "write string, int"},
		{"the values of an enum",
			entry("status: 400", "message: x", "params: {n: {type: string, values: [a, b]}}"),
			`"values" must be`, "write `enum: [a, b]`"},
		{"a param that may be null",
			entry("status: 400", "message: x", "params: {n: {type: string, nullable: true}}"),
			`a param has no key "nullable"`,
			"to send something instead, write `{$or: [$param.NAME, null]}`"},
		{"a constant of the code", entry("status: 400", "message: x", "type: card_error"),
			`an error has no key "type"`,
			"write a constant of the code as `meta: {type: …}`; the envelope shows it as $meta.type"},
		{"the message of a problem", entry("status: 400", "detail: x"),
			`an error has no key "detail"; did you mean "message"?`, `write "message"`},
		{"the members of a problem",
			entry("status: 400", "message: x", "extensions: {n: {type: string}}"),
			`an error has no key "extensions"; did you mean "params"?`, `write "params"`},
		{"an id with underscores",
			whole("retry_policies: {card_error: {base: 1s}}\n"),
			`"card_error" contains '_'`, `write "card-error"`},
		{"an id of a digit", whole("retry_policies: {4xx_errors: {base: 1s}}\n"),
			`"4xx_errors" begins with '4'`, "write a lower-case letter, then"},
		{"a preset's other name", whole("envelope: RFC9457\n"), `did you mean "problem"?`,
			"write problem or nested"},
		{"a param that is its type", entry("status: 400", "message: x", "params: {n: int}"),
			`"n" must be a mapping; this is the text "int"`, "write a mapping, as in `n: {type: int}`"},
		{"a param that is something else", entry("status: 400", "message: x", "params: {n: 5}"),
			`"n" must be a mapping`, "as in `n: {type: string}`"},
		{"a mapping that needs nothing", entry("status: 400", "message: x", "deprecated: true"),
			`"deprecated" must be a mapping`, "as in `deprecated: {since: 2026-06-12, use: OTHER_CODE}`"},
		{"a list for a mapping", entry("status: 400", "message: x", "params: [n]"),
			`"params" must be a mapping; this is a list`, "write a mapping: `params: {n: {type: string}}`"},
		{"an empty id", "version: 1\ntitle: T\ngroups: [{id: '', title: G, errors: []}]\n",
			"the text is empty", "write letters, digits, _, . and -"},
		{"an id of a group with a space",
			"version: 1\ntitle: T\ngroups: [{id: card error, title: G, errors: []}]\n",
			`"card error" contains ' '`, "write letters, digits, _, . and -"},
		{"a Go name in lower case", entry("status: 400", "message: x", "go_name: lower"),
			`"lower" begins with 'l'`, "write an upper-case letter, then"},
		{"an id of a variant with a space", entry("status: 400", "variants: [{id: a b, message: x}]"),
			`"a b" contains ' '`, "write letters, digits, _, . and -"},
		{"errors instead of groups",
			"version: 1\ntitle: T\ngroups: [{code: A_B, status: 400, message: m}, {code: C_D, status: 400}]\n",
			`an element of "groups" must be a group; this is an error`,
			"`groups: [{id: files, title: Files, errors: [{code: A_B, status: 400, message: m}]}]`"},
		{"a code beside the id of its group",
			"version: 1\ntitle: T\ngroups: [{id: g, title: G, code: A_B, status: 400, message: m}]\n",
			`a group has no key "code"`, "write it there, as in `errors: [{code: A_B, "},
		{"a text with a colon for a duration", whole("retry_policies: {p: {base: \"after: 1s\"}}\n"),
			`"after: 1s" is not a duration`, "write a number and a unit such as 500ms, 6s or 1m30s"},
		{"a null that a required key cannot have", entry("status: 400", "message: x", "see: [~]"),
			"this is null (~)",
			"write a text, or remove the element; if you mean the text \"~\", put it in quotes"},
		{"nothing behind a required key", "version: 1\ntitle:\ngroups: []\n",
			`"title" must be a text; this is empty`, "write a text, as in `title: Errors`"},
		{"a null behind a required key", "version: 1\ntitle: null\ngroups: []\n", "this is null",
			"write a text, as in `title: Errors`; if you mean the text \"null\", put it in quotes"},
		{"a constant that is null", entry("status: 400", "message: x", "meta: {kind: ~}"), "this is null",
			"remove the key, and write `{$or: [$meta.kind, null]}` in envelope.body"},
		{"a constant that is a list", entry("status: 400", "message: x", "meta: {kind: [a]}"),
			"this is a list", "write a text, a number, true or false; if the API sends this, write it in"},
		{"a constant without a value", entry("status: 400", "message: x", "meta: {kind: }"),
			"this is empty", "write a text, or remove the key"},
		{"a param called meta", entry("status: 400", "message: x", "params: {meta: {type: ~}}"),
			"this is null", "as in `type: string`"},
		{"nothing behind another key", whole("description:\n"), "this is empty",
			"write a text, or remove the key"},
		{"nothing behind the statuses", entry("status:", "message: x"), `"status" must be`,
			"write a whole number or a list, as in `status: 413`"},
		{"nothing behind the groups", "version: 1\ntitle: T\ngroups:\n", `"groups" must be a list`,
			"write a list, as in `groups: [{id: files, "},
		{"a version in words", "version: v1\ntitle: T\ngroups: []\n", `"v1" is not an int`, "write 1"},
		{"a number of retries in words", whole("retry_policies: {p: {max_retries: twice}}\n"),
			`"twice" is not an int`, "write a whole number such as 4"},
		{"several statuses without brackets", entry("status: 404, 410", "message: x"),
			`"404, 410" is not an int`, "or a list of them, such as [401, 403]"},
		{"a code as a key",
			"version: 1\ntitle: T\ngroups: [{id: g, title: G, errors: [{A_B: , status: 400, message: m}]}]\n",
			`an error has no key "A_B"`, "write `code: A_B`"},
		{"a code above its keys",
			"version: 1\ntitle: T\ngroups:\n  - id: g\n    title: G\n    errors:\n      - A_B:\n          status: 400\n          message: m\n",
			`an error has no key "A_B"`,
			"write `code: A_B`, and begin the lines below it in the column of `code`"},
		{"a code before its keys",
			"version: 1\ntitle: T\ngroups: [{id: g, title: G, errors: [A_B: {status: 400, message: m}]}]\n",
			`an error has no key "A_B"`, "write `{code: A_B, status: 400, message: m}`"},
		{"a message behind its code",
			"version: 1\ntitle: T\ngroups: [{id: g, title: G, errors: [{A_B: not found}]}]\n",
			`an error has no key "A_B"`, "write `{code: A_B, status: 413, message: not found}`"},
		{"a status behind its code",
			"version: 1\ntitle: T\ngroups: [{id: g, title: G, errors: [{A_B: 404}]}]\n",
			`an error has no key "A_B"`, "write `{code: A_B, status: 404}`"},
		{"a code behind its status",
			"version: 1\ntitle: T\ngroups: [{id: g, title: G, errors: [{404: A_B}]}]\n",
			`an error has no key "404"`, "write `{code: A_B, status: 404}`"},
		{"a message behind a code that is a number",
			"version: 1\ntitle: T\ngroups: [{id: g, title: G, errors: [{1001: not found}]}]\n",
			`an error has no key "1001"`, "write `{code: 1001, status: 413, message: not found}`"},
		{"a message behind its code, and other keys",
			"version: 1\ntitle: T\ngroups: [{id: g, title: G, errors: [{A_B: not found, status: 404}]}]\n",
			`an error has no key "A_B"`, "write `code: A_B` and `message: not found`"},
		{"a status behind its code, and other keys",
			"version: 1\ntitle: T\ngroups: [{id: g, title: G, errors: [{A_B: 404, message: m}]}]\n",
			`an error has no key "A_B"`, "write `code: A_B` and `status: 404`"},
		{"a missing level and a message behind its code",
			"version: 1\ntitle: T\nerrors: [A_B: not found]\n", `a catalog has no key "errors"`,
			"errors: [{code: A_B, status: 413, message: not found}]}]`"},
		{"a missing level and only codes", "version: 1\ntitle: T\nerrors: [A_B]\n",
			`a catalog has no key "errors"`, "errors: [{code: A_B, status: 413}]}]`"},
		{"a message behind the id of its variant", entry("status: 400", "variants: [{gone: It is gone}]"),
			`a variant has no key "gone"`, "write `{id: gone, message: It is gone}`"},
		{"a link behind its title", entry("status: 400", "message: x", "links: [{Docs: /docs}]"),
			`a link has no key "Docs"`, "write `{title: Docs, url: /docs}`"},
		{"the code to use behind a retired one", whole("retired: [{OLD: NEW}]\n"),
			`a tombstone has no key "OLD"`, "write `{code: OLD, use: NEW}`"},
		{"the title of a group behind its id", "version: 1\ntitle: T\ngroups: [{files: Files}]\n",
			`a group has no key "files"`, "write `{id: files, title: Files, errors: "},
		{"a reason behind its rule", whole("lint: {ignore: [{code-format: old}]}\n"),
			`has no key "code-format"`, "write `{rule: code-format, reason: old}`"},
		{"codes with messages",
			"version: 1\ntitle: T\ngroups: [{id: g, title: G, errors: {A_B: not found, C_D: 404}}]\n",
			`"errors" must be a list`,
			"`errors: [{code: A_B, status: 413, message: not found}, {code: C_D, status: 404}]`"},
		{"several messages by name",
			entry("status: 400", "message: {gone: It is gone, lost: It is lost}"),
			`"message" must be a text`,
			"or `variants: [{id: gone, message: It is gone}, {id: lost, message: It is lost}]` instead"},
		{"several messages", entry("status: 400", "message: [It is gone, It is lost]"),
			`"message" must be a text`, "or `variants: [{id: agent, message: It is gone}, …]` instead"},
		{"a param's type behind a word that names",
			entry("status: 400", "message: x", "params: [id: string, name: user]"),
			`"params" must be a mapping`, "`params: {id: {type: string}, user: "},
		{"an id as a key", entry("status: 400", "variants: [{gone: {message: m}}]"),
			`a variant has no key "gone"`, "write `{id: gone, message: m}`"},
		{"a tombstone's code as a key", whole("retired: [{A_B: {status: 400}}]\n"),
			`a tombstone has no key "A_B"`, "write `{code: A_B, status: 400}`"},
		{"a misspelt key, whose object is no element by name", entry("stauts: 400", "message: m"),
			`did you mean "status"?`, `write "status"`},
		{"an envelope without its body", whole("envelope: {code: $code, message: $message}\n"),
			`an envelope has no key "code"`, "put these keys below `body`, as in `body: {code: $code}`"},
		{"an envelope in an object", whole("envelope: {error: {code: $code}}\n"),
			`an envelope has no key "error"`, "as in `body: {error: {code: $code}}`"},
		{"a key whose value tells what it is", whole("retry_policies: {p: {backoff: exponential}}\n"),
			`did you mean "strategy"?`, `write "strategy"`},
		{"the same key with another value", whole("retry_policies: {p: {backoff: 1s}}\n"),
			`did you mean "base"?`, `write "base"`},
		{"a key that says nothing with a value that does",
			entry("status: 400", "message: x", "scope: internal"), `did you mean "visibility"?`,
			`write "visibility"`},
		{"a key of several objects", entry("status: 400", "message: x", "use: A_B"),
			`an error has no key "use"`,
			`"use" is a key of a deprecation and of a tombstone: write it there`},
		{"a link without brackets", entry("status: 400", "message: x", "links: https://x.y"),
			`"links" must be a list`, "write a list: [{title: Rate limits, url: https://x.y}]"},
		{"a link without braces", entry("status: 400", "message: x", "links: [https://x.y]"),
			`an element of "links" must be a mapping`, "as in `- {title: Rate limits, url: https://x.y}`"},
		{"a rule without brackets", whole("lint: {disable: [{rule: code-format}]}\n"),
			`did you mean "ignore"?`, `write "ignore"`},
		{"a language's other name", whole("docs: {samples: [golang]}\n"), `did you mean "go"?`,
			"write go, typescript, python or curl"},
		{"a status that is none", entry("status: 4xx", "message: x"), `"4xx" is not an int`,
			"write a number from 400 to 599, such as 404"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, list := syntax.Parse(source.New("catalog.yaml", []byte(tt.src), nil))
			all := list.All()
			if len(all) != 1 {
				t.Fatalf("%d findings, want one: %v", len(all), all)
			}
			if d := all[0]; !strings.Contains(d.Message, tt.message) || !strings.Contains(d.Help, tt.help) {
				t.Errorf("%s\n  help: %s\nwant %s\n  help: %s", d.Message, d.Help, tt.message, tt.help)
			}
		})
	}
}

// What was written as a list where the format has a mapping, or the reverse, is one diagnostic,
// which shows it in the right form, with the author's names. The table has all places of the format
// where that can be; a new one needs a line.
func TestListsAndMappings(t *testing.T) {
	top := func(lines string) string { return "version: 1\ntitle: T\n" + lines + "\ngroups: []\n" }
	of := func(lines string) string { return entry("status: 400", "message: x", lines) }
	cases := map[string]struct{ src, form string }{
		"groups": {"version: 1\ntitle: T\ngroups: {files: {title: Files, errors: []}, more: {title: More}}\n",
			"groups: [{id: files, title: Files, errors: []}, {id: more, title: More}]"},
		"errors": {"version: 1\ntitle: T\ngroups: [{id: g, title: G, errors: {A_B: {status: 400, message: m}, C: {}, D: {}}}]\n",
			"errors: [{code: A_B, status: 400, message: m}, {code: C, …}, …]"},
		"variants": {entry("status: 400", "variants: {gone: {message: m}}"),
			"variants: [{id: gone, message: m}]"},
		"links":   {of("links: {Docs: /docs}"), "links: [{title: Docs, url: /docs}]"},
		"see":     {of("see: {A_B: x, C: y}"), "see: [A_B, C]"},
		"tags":    {of("tags: {red: true}"), "tags: [red]"},
		"enum":    {of("params: {p: {type: string, enum: {image: An image}}}"), "enum: [image]"},
		"retired": {top("retired: {OLD: {use: NEW}}"), "retired: [{code: OLD, use: NEW}]"},
		"include": {top("include: {a.yaml: x}"), "include: [a.yaml]"},
		"sections": {top("docs: {sections: {position: end, text: x}}"),
			"sections: [{position: end, text: x}]"},
		"samples": {top("docs: {samples: {go: true}}"), "samples: [go]"},
		"enable":  {top("lint: {enable: {status-unused: true}}"), "enable: [status-unused]"},
		"ignore": {top("lint: {ignore: {code-format: {reason: r}}}"),
			"ignore: [{rule: code-format, reason: r}]"},
		"accept": {top("lint: {accept: {rule: code-removed, reason: r}}"),
			"accept: [{rule: code-removed, reason: r}]"},
		"codes": {top("lint: {ignore: [{rule: code-format, codes: {A: x}, reason: r}]}"),
			"codes: [A]"},

		"statuses": {top("statuses: [{code: 404, title: Not Found}, 409]"),
			"statuses: {404: {title: Not Found}, 409: {title: Conflict}}"},
		"retry_policies": {top("retry_policies: [{name: slow, base: 1s}]"),
			"retry_policies: {slow: {base: 1s}}"},
		"params": {of("params: [{name: id, type: string, detail: true}, size: {type: int}, limit]"),
			"params: {id: {type: string, detail: true}, size: {type: int}, …}"},
		"types":  {of("params: [id: {type: string}]"), "params: {id: {type: string}}"},
		"values": {of("values: [{name: max, value: 10MB}]"), "values: {max: 10MB}"},
		"headers": {of("headers: [{name: Retry-After, value: '30'}, X-Y: z]"),
			"headers: {Retry-After: 30, X-Y: z}"},
		"meta": {of("meta: [type: card_error]"), "meta: {type: card_error}"},
		"items": {of("params: {p: {type: list, items: [field: string, reason: string]}}"),
			"items: {field: string, reason: string}"},
		"fields": {of("params: {p: {type: object, fields: [{name: field, type: string}, reason: int]}}"),
			"fields: {field: {type: string}, reason: int}"},
		"lint": {top("lint: [{rule: code-format, reason: r}]"),
			"lint: {ignore: [{rule: code-format, reason: r}]}"},
		"docs": {top("docs: [{position: end, text: x}]"), "docs: {sections: [{position: end, text: x}]}"},
	}
	for key, tt := range cases {
		_, list := syntax.Parse(source.New("catalog.yaml", []byte(tt.src), nil))
		if all := list.All(); len(all) != 1 || !strings.Contains(all[0].Help, "`"+tt.form+"`") {
			t.Errorf("%s: %v\nwant one diagnostic that shows `%s`", key, all, tt.form)
		}
	}
	for _, key := range collections() {
		if _, ok := cases[key]; !ok {
			t.Errorf("the list or mapping %q has no line in this test", key)
		}
	}
}

// collections returns the keys of the format whose values are lists or mappings of the author's.
func collections() []string {
	keys := map[string]bool{}
	seen := map[*syntax.Type]bool{}
	var visit func(t *syntax.Type)
	visit = func(t *syntax.Type) {
		if t == nil || seen[t] {
			return
		}
		seen[t] = true
		for _, f := range t.Fields {
			if f.Type.Kind == syntax.List || f.Type.Kind == syntax.Map {
				keys[f.Key] = true
			}
			visit(f.Type)
		}
		visit(t.Item)
		for _, a := range t.Alternatives {
			visit(a.Type)
		}
	}
	visit(syntax.Format())
	return slices.Sorted(maps.Keys(keys))
}
