package check_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
)

// A diagnostic says what was most likely meant, and what follows from one mistake is not told as
// another.
func TestHelp(t *testing.T) {
	catalog := func(top, entry string) string {
		return "version: 1\ntitle: T\n" + top +
			"retry_policies: {slow: {}, fast: {}}\ngroups:\n  - id: g\n    title: G\n    errors:\n" +
			"      - {code: INTERNAL_ERROR, status: 500, message: Internal server error, resolution: Tell us.}\n" +
			"      - code: NO_FILE\n        status: 409\n        resolution: Look elsewhere.\n        " + entry + "\n"
	}
	for _, tt := range []struct{ name, src, message, help string }{
		{"a dollar without braces",
			catalog("", "message: No $file_id\n        params: {file_id: {type: string}}"),
			"a lone $ in the text", "write ${file_id} for a placeholder, $$ for a dollar"},
		{"a dollar without braces in a Retry-After",
			catalog("",
				"message: No file\n        params: {wait: {type: duration}}\n        headers: {Retry-After: $wait}"),
			"a lone $ in the text", "write ${wait} for a placeholder"},
		{"a Retry-After without its param",
			catalog("", "message: No file\n        headers: {retry-after: \"${wait}\"}"),
			`has no param "wait"`, "declare it: `params: {wait: {type: duration}}`"},
		{"a param that is called as a member of a problem is",
			catalog("", "message: No ${type}\n        params: {type: {type: string}}"),
			`param "type" has the same name as a member of RFC 9457, which the default envelope puts beside the params`,
			"give the param another name, also in its messages"},
		{"a Retry-After that is none",
			catalog("", "message: No file\n        headers: {Retry-After: soon}"),
			`"soon" is not a valid Retry-After`,
			"write whole seconds, such as 30, or a param that is a duration, an int or a time, as in `${retry_after}`"},
		{"braces without a dollar",
			catalog("", "message: No {file_id}\n        params: {file_id: {type: string}}"),
			`{file_id} is text, not a placeholder for "file_id" of NO_FILE`, "write ${file_id}"},
		{"a param that nothing shows",
			catalog("envelope: nested\n", "message: No file\n        params: {file_id: {type: string}}"),
			`no message and no header of NO_FILE uses param "file_id"`,
			"write ${file_id} in the message, remove the param, or add `detail: true` to send it in the body only"},
		{"a param that the body would carry",
			catalog("envelope: {body: {code: $code, message: $message, of: $params}}\n",
				"message: No file\n        params: {file_id: {type: string}}"),
			`no message and no header of NO_FILE uses param "file_id"`,
			"add `detail: true` to send it in the body, write ${file_id} in the message, or remove it"},
		{"an optional param that nothing carries",
			catalog("envelope: nested\n",
				"message: No file\n        params: {file_id: {type: string, optional: true}}"),
			`no message and no header of NO_FILE uses param "file_id"`,
			"add a member such as `file_id: $param.file_id` to envelope.body, use the param in a header, or remove it"},
		{"a part of a name", catalog("", "message: No ${id}\n        params: {file_id: {type: string}}"),
			`has no param "id"; did you mean "file_id"?`,
			"write ${file_id}, or declare it: `params: {id: {type: string}}`"},
		{"retry: true", catalog("", "message: No file\n        retry: true"),
			`there is no retry policy "true"`,
			"write never, slow, fast, or a policy such as `{base: 1s, max_retries: 4}`"},
		{"retry: 3", catalog("", "message: No file\n        retry: 3"),
			`there is no retry policy "3"`,
			"write never, slow, fast, or a policy such as `{base: 1s, max_retries: 3}`"},
		{"retry: false", catalog("", "message: No file\n        retry: false"),
			`there is no retry policy "false"; did you mean "never"?`, "write never"},
		{"retry: none", catalog("", "message: No file\n        retry: none"),
			`there is no retry policy "none"; did you mean "never"?`, "write never"},
		{"a policy that is not there", catalog("", "message: No file\n        retry: polite"),
			`there is no retry policy "polite"`,
			"write never, slow, fast, or add it to retry_policies, as in `retry_policies: {polite: {base: 1s, max_retries: 4}}`"},
		{"a placeholder that is not closed",
			catalog("", "message: No ${file_id\n        params: {file_id: {type: string}}"),
			"unclosed ${ in the text", "write ${file_id} for a placeholder"},
		{"a placeholder that is not closed, and more",
			catalog("",
				"message: No ${ file here\n        params: {file_id: {type: string}, size: {type: int}}"),
			"unclosed ${ in the text", "write ${name} for a placeholder"},
		{"a placeholder without a name",
			catalog("", "message: No ${}\n        params: {file_id: {type: string}}"),
			"empty ${} in the text", "write ${name} for a placeholder"},
		{"a placeholder with spaces",
			catalog("", "message: No ${ file_id }\n        params: {file_id: {type: string}}"),
			`has no param " file_id "; did you mean "file_id"?`, "write ${file_id}"},
		{"a placeholder with spaces and no param", catalog("", "message: No ${ file_id }"),
			`has no param " file_id "`, "declare it: `params: {file_id: {type: string}}`"},
		{"a value with spaces",
			catalog("",
				"message: No file\n        values: {most: 10MB}\n        description: At ${ most }."),
			`has no value " most "; did you mean "most"?`, "write ${most}"},
		{"a status of no class",
			strings.Replace(catalog("", "message: No file"), "status: 409", "status: 999", 1),
			"999 is not an error status", "write a status from 400 to 599"},
		{"no status in a list",
			strings.Replace(catalog("", "message: No file"), "status: 409", "status: []", 1),
			"the list of statuses is empty", "write at least one status"},
		{"a code with an umlaut",
			catalog("",
				"message: No file\n      - {code: DATEI_GRÖSSE, status: 400, message: Zu groß, resolution: r}"),
			`the code "DATEI_GRÖSSE" is not in UPPER_SNAKE_CASE`,
			"use the letters A to Z, as in FILE_TOO_LARGE"},
		{"an envelope that is none",
			catalog("envelope: jsonapi\n",
				"message: No file\n        params: {list: {type: list, items: string}}"),
			`"jsonapi" is not allowed here`, "write problem or nested"},
		{"a role that is none",
			catalog("envelope: {body: {code: $code, message: $message, at: $where}}\n", "message: No file"),
			"there is no role $where", "$params, $param.NAME, $service, $group, $meta.KEY"},
		{"a value of the code's own as a role",
			catalog("envelope: {body: {code: $code, message: $message, at: $where}}\n", "message: No file"),
			"there is no role $where",
			"write $meta.where for a constant of the code, $param.where for one of its params, $$ for a dollar; the roles are $code,"},
		{"a param of a type that is none",
			catalog("envelope: {body: {code: $code, message: $message, at: $params}}\n",
				"message: No file\n        params: {places: {type: array, items: string}}"),
			`"array" is not allowed here; did you mean "list"?`, "write string, int"},
		{"a param that is called as a role is",
			catalog("envelope: {body: {code: $code, message: $message, at: $file_id}}\n",
				"message: No ${file_id}\n        params: {file_id: {type: string}}"),
			`there is no role $file_id; did you mean "$param.file_id"?`,
			`write "$param.file_id", or write $$ for a dollar; the roles are`},
		{"a param of the params",
			catalog("envelope: {body: {code: $code, message: $message, at: $params.file_id}}\n",
				"message: No ${file_id}\n        params: {file_id: {type: string}}"),
			`there is no role $params.file_id; did you mean "$param.file_id"?`, `write "$param.file_id"`},
		{"a param without a name",
			catalog("envelope: {body: {code: $code, message: $message, at: $param}}\n", "message: No file"),
			`there is no role $param; did you mean "$param.NAME"?`, `write "$param.NAME"`},
		{"a constant that is called as a role is",
			catalog("envelope: {body: {code: $code, message: $message, is: $reason}}\n",
				"message: No file\n        meta: {reason: lost}"),
			`there is no role $reason; did you mean "$meta.reason"?`, `write "$meta.reason"`},
		{"what others call a role",
			catalog("envelope: {body: {code: $code, message: $detail}}\n", "message: No file"),
			`there is no role $detail; did you mean "$message"?`, `write "$message"`},
		{"what others call the phrase of the status",
			catalog("envelope: {body: {code: $code, message: $message, error: $reason_phrase}}\n",
				"message: No file"),
			`there is no role $reason_phrase; did you mean "$status_text"?`, `write "$status_text"`},
		{"the phrase of the status, misspelt",
			catalog("envelope: {body: {code: $code, message: $message, error: $status_texts}}\n",
				"message: No file"),
			`there is no role $status_texts; did you mean "$status_text"?`, `write "$status_text"`},
		{"the phrase of the status, as a constant is often called",
			catalog("envelope: {body: {code: $code, message: $message, error: $reason}}\n",
				"message: No file"),
			`there is no role $reason; did you mean "$status_text"?`, `write "$status_text"`},
		{"a role that no error has",
			catalog("envelope: {body: {code: $code, message: $message, is: $meta.reason}}\n",
				"message: No file"),
			"no error has a value for $meta.reason, so the member is never sent",
			"add the constant to a group or an error, as in `meta: {reason: …}`; or remove it from the body"},
		{"a body that nothing tells",
			catalog("envelope: {body: {id: $request_id}}\n", "message: No file"),
			"no member is in every body of INTERNAL_ERROR, so clients would recognize any JSON as this error",
			"clients get it as Unrecognized"},
		{"a body that nothing tells without its code",
			catalog("envelope: {body: {code: $code}}\n", "message: No file\n        anonymous: true"),
			"no member is in every body of NO_FILE",
			"add what each body has: a constant, $message, or $param.NAME"},
		{"an error that is not in the list of the others",
			catalog("envelope: {body: {errors: {$each: {code: $code}}, error: $meta.error}}\n",
				"message: No file\n        anonymous: true\n        meta: {error: invalid_grant}"),
			"no member is in every element of $each of NO_FILE",
			"describe it in a catalog of its own"},
		{"a code that may be absent in a list",
			catalog("envelope: {body: {of: [$code, $status]}}\n",
				"message: No file\n        anonymous: true"),
			"$code may be absent, but an element of a list cannot be omitted", "`{$or: [$code, null]}`"},
		{"a code with something else in a text",
			catalog("envelope: {body: {is: '${code}/${status}', message: $message}}\n", "message: No file"),
			"clients cannot read $code here", "write it as a member, as in `code: $code`"},
		{"codes in texts that differ", strings.Replace(
			catalog("envelope: {body: {is: '${meta.in}#${code}'}}\n", "message: No file"),
			"    errors:", "    meta: {in: acme}\n    errors:\n"+
				"      - {code: NO_DIR, status: 409, message: No directory, resolution: r}", 1),
			"clients cannot read $code here", "the whole text is the code"},
		{"a variant with something else in a text",
			catalog("envelope: {body: {code: $code, message: $message, of: '${variant}/${status}'}}\n",
				"variants: [{id: a, message: No file}, {id: b, message: No file}]"),
			"can both produce the message", "add a member such as `variant: $variant`"},
		{"a code in an object of $or",
			catalog("envelope: {body: {errors: {$or: [$request_id, [{reason: $code}]]}, message: $message}}\n",
				"message: No file"),
			"clients cannot read $code inside $or", "make the other a param"},
		{"a code in a list of $or",
			catalog("envelope: {body: {is: {$or: [$request_id, {in: {c: $code}}]}, message: $message}}\n",
				"message: No file"),
			"clients cannot read $code inside $or", "write it as a member of its own"},
		{"a body that is a list", catalog("envelope: {body: [{code: $code}]}\n", "message: No file"),
			"the envelope's body is a list",
			"write what each element contains: `body: {$each: {code: $code, message: $message}}`"},
		{"a body that is a text", catalog("envelope: {body: $message}\n", "message: No file"),
			"errspec describes only JSON bodies", "leave those errors to handwritten code"},
		{"an empty message", catalog("", "message: ''"), "the message is empty",
			"`{$or: [$message, \"\"]}` in envelope.body"},
		{"a detail that only a header contains",
			catalog("envelope: {body: {code: $code, message: $message}}\n",
				"message: No file\n        headers: {X-Reset: '${reset}'}\n        params: {reset: {type: int, detail: true}}"),
			`param "reset" is sent in the body`,
			"if only headers or messages contain it, remove `detail: true`"},
		{"a detail without a member", catalog("envelope: {body: {code: $code, message: $message}}\n",
			"message: No file\n        params: {names: {type: list, items: string}}"),
			`param "names" is sent in the body`, "as in `names: $param.names` or `details: $params`"},
		{"errors without a code that can be alike",
			catalog("envelope: {body: {errors: {$each: {reason: $message}}}}\n",
				"message: '${a}: missing'\n        params: {a: {type: string}}\n"+
					"      - code: NO_DIR\n        status: 409\n        resolution: r\n        message: '${a}: not a ${b}'\n"+
					"        params: {a: {type: string}, b: {type: string}}"),
			"clients cannot tell NO_DIR from NO_FILE",
			"with a message that is a param, as in `message: ${text}`"},
		{"a member that begins with $",
			catalog("envelope: {body: {$schema: x, code: $code, message: $message}}\n", "message: No file"),
			`"$schema" is not a member name`, "write `$$schema`"},
		{"a code in a text without braces",
			catalog("envelope: {body: {is: com.acme#$code, message: $message}}\n", "message: No file"),
			"a lone $ in the text", "${code} inside a longer string"},
		{"a media type with capitals",
			catalog("envelope: {media_type: application/JSON, body: {code: $code, message: $message}}\n",
				"message: No file"),
			`"application/JSON" has capital letters or white space in its type`, "write application/json"},
		{"a media type with quotes",
			catalog("envelope: {media_type: 'application/json; charset=\"utf-8\"', body: {code: $code, message: $message}}\n",
				"message: No file"),
			"has a parameter that errspec cannot read",
			"write parameters without quotes, as in `application/json; charset=utf-8`"},
		{"a header without a name", catalog("", "message: No file\n        headers: {'': x}"),
			"the name of a header is empty", "use letters"},
		{"a header with a space", catalog("", "message: No file\n        headers: {Retry After: x}"),
			`the name of a header, "Retry After", contains ' '`, "use letters"},
		{"a param with a long name",
			catalog("",
				"message: No file\n        params: {"+strings.Repeat("x",
					65)+": {type: string, sensitive: true}}"), "the name has 65 bytes; the limit is 64",
			"use a letter"},
		{"an empty code without more",
			strings.Replace(catalog("", "message: No file\n        visibility: internal"), "NO_FILE", `""`,
				1), "the code is empty", "as in FILE_TOO_LARGE"},
		{"a code of white space",
			strings.Replace(catalog("", "message: No file\n        visibility: internal"), "NO_FILE", `" "`,
				1), "the code is empty", "as in FILE_TOO_LARGE"},
		{"a media type that is no JSON's",
			catalog("envelope: {media_type: application/xml, body: {code: $code, message: $message}}\n",
				"message: No file"),
			`"application/xml" is not a media type of JSON`, "write application/json"},
		{"a code of another form",
			strings.Replace(catalog("", "message: No file"), "NO_FILE", "noFile.here", 1),
			`the code "noFile.here" is not in UPPER_SNAKE_CASE`,
			"for a code that nobody receives yet, write NO_FILE_HERE"},
		{"a code of another form that is taken",
			strings.Replace(catalog("", "message: No file"), "NO_FILE\n",
				"internal-error\n        go_name: Other\n", 1),
			`the code "internal-error" is not in UPPER_SNAKE_CASE`,
			"use upper-case words with _ between them, as in FILE_TOO_LARGE"},
		{"a placeholder that is none",
			catalog("docs_url: 'https://example.com/{cod}'\n", "message: No file"),
			"contains braces that are not {code} or {anchor}; did you mean \"{code}\"?",
			"write {code} or {anchor}, or %7B and %7D for literal braces"},
		{"half a placeholder", catalog("type_base: 'https://example.com/{code'\n", "message: No file"),
			"contains braces that are not {code} or {anchor}", "or %7B and %7D for literal braces"},
		{"a fragment before the anchor",
			catalog("docs_url: 'https://example.com/#codes'\n", "message: No file"),
			"already contains #, which errspec puts before a code's anchor",
			"or write {anchor} where the anchor goes"},
		{"a value of a policy that is none",
			catalog("",
				"message: No file\n        retry: slowly\n        description: ${retry.max_retries}"),
			`there is no retry policy "slowly"`, `write "slow"`},
		{"a value of no policy",
			catalog("", "message: No file\n        retry: never\n        description: ${retry.max_retries}"),
			"${retry.max_retries}: NO_FILE is never retried",
			"name a policy (slow, fast) instead of `retry: never`, or reword the text"},
		{"a value of no policy at all",
			catalog("", "message: No file\n        description: ${retry.max_retries}"),
			"${retry.max_retries}: NO_FILE has no retry policy",
			"add `retry: ` and the name of a policy (slow, fast), or reword the text"},
		{"a policy on a status that does not pass",
			strings.Replace(catalog("", "message: No file\n        retry: slow"), "status: 409",
				"status: 400", 1),
			"a 400 (Bad Request) fails again until the request or the resource changes",
			"if the API sends this status for a temporary failure, suppress the rule for the code"},
		{"an error that is none to HTTP",
			strings.Replace(catalog("", "message: No file"), "status: 409", "status: 200", 1),
			"200 is not an error status", "remove the error: clients treat a status below 400 as a success"},
		{"an example of objects",
			catalog("envelope: {body: {code: $code, message: $message, all: $params}}\n",
				"message: No file\n        params: {all: {type: list, items: {field: string}, example: [{feild: a}]}}"),
			`the example of param "all": the object has no field "feild"; did you mean "field"?`,
			`write "field"`},
		{"an example of another type",
			catalog("", "message: No ${n}\n        params: {n: {type: int, example: five}}"),
			`the example of param "n": "five" is not an int`, "write a whole number"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			all := findings(source.New("catalog.yaml", []byte(tt.src), nil))
			if len(all) != 1 {
				t.Fatalf("%d findings, want one: %v", len(all), all)
			}
			if d := all[0]; !strings.Contains(d.Message, tt.message) || !strings.Contains(d.Help, tt.help) {
				t.Errorf("%s\n  help: %s\nwant %s\n  help: %s", d.Message, d.Help, tt.message, tt.help)
			}
		})
	}
}

// A catalog of an API that is older than it has codes of another form, and that is one thing to
// say.
func TestAllCodesAreOfAnotherForm(t *testing.T) {
	for codes, want := range map[string]string{
		"card_declined rate_limit api_error":    "lint: {code_pattern: '^[a-z][a-z0-9_]*$'}",
		"1000 9109 10000":                       "lint: {code_pattern: '^[0-9]+$'}",
		"NotFoundException Throttled AbortedBy": "lint: {code_pattern: '^[A-Z][A-Za-z0-9]*$'}",
	} {
		src := "version: 1\ntitle: T\ngroups:\n  - id: g\n    title: G\n    errors:\n"
		for _, code := range strings.Fields(codes) {
			src += "      - {code: " + code + ", status: 500, message: m, resolution: r}\n"
		}
		all := findings(source.New("catalog.yaml", []byte(src), nil))
		if len(all) != 1 || !strings.Contains(all[0].Message, "3 of the 3 codes do not match the default form [A-Z][A-Z0-9_]*[A-Z0-9]") || !strings.Contains(all[0].Help, want) {
			t.Errorf("%s: %v; want one finding that says %s", codes, all, want)
		}
	}
}

// A text with the code is absent where something else in it is: then the body has no code.
func TestCodeBesideAServiceThatIsNone(t *testing.T) {
	src := "version: 1\ntitle: T\nenvelope: {body: {is: '${service}/${code}', message: $message}}\ngroups: []\n"
	for _, d := range findings(source.New("catalog.yaml", []byte(src), nil)) {
		if strings.Contains(d.Message, "clients cannot read $code here") {
			return
		}
	}
	t.Error("nothing is found")
}

// What a catalog may say has no findings.
func TestNothingToHelpWith(t *testing.T) {
	for _, top := range []string{
		"envelope: {body: {__type: 'com.acme#${code}', message: $message}}\n",
		"service: acme\nenvelope: {body: {__type: 'com.${service}#${code}', message: $message}}\n",
		"envelope: {media_type: application/x-amz-json-1.0, body: {code: $code, message: $message}}\n",
		"envelope: {media_type: application/json; charset=UTF-8, body: {code: $code, message: $message}}\n",
		"envelope: {body: {code: $code, message: $message, at: $param.at}}\n",
		"envelope: {body: {code: $code, message: $message, all: $params}}\n",
		"envelope: {media_type: application/vnd.api+json, body: {code: $code, message: $message}}\n",
	} {
		src := "version: 1\ntitle: T\n" + top +
			"groups: [{id: g, title: G, errors: [{code: INTERNAL_ERROR, status: 500, message: Internal server error, resolution: Tell us.}"
		if strings.Contains(top, "$param") {
			src += ", {code: NO_FILE, status: 404, message: No file, params: {at: {type: string, optional: true}}, resolution: Look elsewhere.}"
		}
		src += "]}]\n"
		for _, d := range findings(source.New("catalog.yaml", []byte(src), nil)) {
			t.Errorf("%s%s [%s]", top, d.Message, d.Rule)
		}
	}
}

// What many codes lack for one reason is one diagnostic, which counts those that the catalog does
// not suppress.
func TestManyCodesOfOneReason(t *testing.T) {
	catalog := func(n int, entry, top string) []diag.Diagnostic {
		src := "version: 1\ntitle: T\n" + top + "groups:\n  - id: g\n    title: G\n    errors:\n" +
			"      - {code: INTERNAL_ERROR, status: 500, message: m, resolution: r}\n"
		for i := range n {
			src += fmt.Sprintf("      - {code: CODE_%c, "+entry+"}\n", 'A'+i)
		}
		return findings(source.New("catalog.yaml", []byte(src), nil))
	}
	for _, tt := range []struct{ name, entry, top, message string }{
		{"no resolution", "status: 400, message: m", "",
			"12 codes have no resolution: CODE_A, CODE_B, CODE_C and 9 more"},
		{"some suppressed", "status: 400, message: m",
			"lint: {ignore: [{rule: resolution-missing, codes: [CODE_B], reason: r}]}\n",
			"11 codes have no resolution: CODE_A, CODE_C, CODE_D and 8 more"},
		{"a status without a row", "status: 409, message: m, resolution: r",
			"statuses: {500: {title: t}}\n",
			"12 codes have status 409, which `statuses` does not list: CODE_A"},
		{"no retry policy", "status: 503, message: m, resolution: r", "",
			"12 codes have status 503 (Service Unavailable), but do not say how to retry: CODE_A"},
		{"a retry policy", "status: 404, message: m, resolution: r, retry: {}", "",
			"12 codes have status 404 (Not Found) and a retry policy: CODE_A"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			list := catalog(12, tt.entry, tt.top)
			if len(list) > 0 && list[0].Rule == rule.StatusUnlisted &&
				strings.HasPrefix(list[0].Message, "INTERNAL") {
				list = list[1:]
			}
			if len(list) != 1 || !strings.HasPrefix(list[0].Message, tt.message) || len(list[0].Notes) != 2 {
				t.Errorf("%d diagnostics, %v; want one that says %s, and two notes", len(list), list,
					tt.message)
			}
			if few := catalog(3, tt.entry, ""); tt.top == "" && len(few) != 3 {
				t.Errorf("3 codes get %d diagnostics, want one each", len(few))
			}
		})
	}
}
