package rule

import "strings"

// An Example shows a rule at work: a mistake, and the same put right, or a catalog before and after
// a change. Each is an excerpt of what the rule is about. That of a catalog is keys of its root,
// then errors of a group (from `- code` on), where both are needed with an empty line between.
type Example struct{ Before, After string }

// Example returns the rule's example. Its texts end with a line end.
func (r Rule) Example() Example {
	e, ok := examples[r.ID]
	if !ok {
		e = changeExamples[r.ID]
	}
	return Example{strings.TrimPrefix(e.Before, "\n"), strings.TrimPrefix(e.After, "\n")}
}

// examples are the rules' examples, by id. Each rule has one; a test asks for it, and finds in
// Before the rule and nothing else, and in After nothing at all.
var examples = map[string]Example{
	// Form.
	YAMLSyntax: {`
- code: FILE_GONE
  status: 410
   message: The file is gone
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	UnknownKey: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  resoluton: Upload it again.
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	WrongType: {`
- code: FILE_GONE
  status: gone
  message: The file is gone
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	MissingKey: {`
- code: FILE_GONE
  message: The file is gone
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	DuplicateKey: {`
- code: FILE_GONE
  status: 404
  message: The file is gone
  resolution: Upload it again.
  status: 410
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	ControlCharacter: {`
- code: FILE_GONE
  status: 410
  message: "The file\u0007 is gone"
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	BidiControl: {`
- code: FILE_GONE
  status: 410
  message: "The file \u202Eenog si"
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	InvisibleCharacter: {`
- code: FILE_GONE
  status: 410
  message: "The file\u200B is gone"
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	LimitExceeded: {`
docs:
  front_matter:
    a: &a [x, x, x, x, x, x, x, x, x, x]
    b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
    c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
    d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
    e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]
    f: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]
    g: [*f, *f, *f, *f, *f, *f, *f, *f, *f, *f]
`, `
docs:
  front_matter: {section: api, order: 33}
`},
	IncludeMissing: {`
include: [errors/fils.yaml]
`, `
include: [errors/files.yaml]
`},
	IncludeCycle: {`
include: [errors/files.yaml, errors/*.yaml]
`, `
include: [errors/*.yaml]
`},
	IncludeEscape: {`
include: [../shared/files.yaml]
`, `
include: [errors/files.yaml]
`},

	// Codes and groups.
	DuplicateCode: {`
- {code: NOT_FOUND, status: 404, message: There is no such file, resolution: Look elsewhere.}
- {code: NOT_FOUND, status: 404, message: There is no such user, resolution: Look elsewhere.}
`, `
- code: NOT_FOUND
  status: 404
  resolution: Look elsewhere.
  variants:
    - {id: file, message: There is no such file}
    - {id: user, message: There is no such user}
`},
	DuplicateGroup: {`
groups:
  - id: files
    title: Files
    errors:
      - {code: FILE_GONE, status: 410, message: The file is gone, resolution: Upload it again.}
  - id: files
    title: Folders
    errors:
      - {code: FOLDER_GONE, status: 410, message: The folder is gone, resolution: Create it again.}
`, `
groups:
  - id: files
    title: Files
    errors:
      - {code: FILE_GONE, status: 410, message: The file is gone, resolution: Upload it again.}
  - id: folders
    title: Folders
    errors:
      - {code: FOLDER_GONE, status: 410, message: The folder is gone, resolution: Create it again.}
`},
	DuplicateVariant: {`
- code: NOT_FOUND
  status: 404
  resolution: Look elsewhere.
  variants:
    - {id: file, message: There is no such file}
    - {id: file, message: There is no such folder}
`, `
- code: NOT_FOUND
  status: 404
  resolution: Look elsewhere.
  variants:
    - {id: file, message: There is no such file}
    - {id: folder, message: There is no such folder}
`},
	CodeInvalid: {`
- {code: " FILE_GONE", status: 410, message: The file is gone, resolution: Upload it again.}
`, `
- {code: FILE_GONE, status: 410, message: The file is gone, resolution: Upload it again.}
`},
	CodeFormat: {`
- {code: fileGone, status: 410, message: The file is gone, resolution: Upload it again.}
`, `
- {code: FILE_GONE, status: 410, message: The file is gone, resolution: Upload it again.}
`},
	RetiredCodeUsed: {`
retired:
  - {code: FILE_GONE, status: 410, since: 2026-06-12}

- {code: FILE_GONE, status: 404, message: There is no such file, resolution: Look elsewhere.}
`, `
retired:
  - {code: FILE_GONE, status: 410, since: 2026-06-12, use: NO_FILE}

- {code: NO_FILE, status: 404, message: There is no such file, resolution: Look elsewhere.}
`},
	SymbolCollision: {`
- {code: FILE_GONE, status: 410, message: The file is gone, resolution: Upload it again., go_name: Gone}
- {code: PAGE_GONE, status: 410, message: The page is gone, resolution: Look elsewhere., go_name: Gone}
`, `
- {code: FILE_GONE, status: 410, message: The file is gone, resolution: Upload it again., go_name: Gone}
- {code: PAGE_GONE, status: 410, message: The page is gone, resolution: Look elsewhere.}
`},
	AnchorCollision: {`
- {code: FILE_GONE, status: 410, message: The file is gone, resolution: Upload it again., anchor: gone}
- {code: PAGE_GONE, status: 410, message: The page is gone, resolution: Look elsewhere., anchor: gone}
`, `
- {code: FILE_GONE, status: 410, message: The file is gone, resolution: Upload it again., anchor: gone}
- {code: PAGE_GONE, status: 410, message: The page is gone, resolution: Look elsewhere., anchor: page-gone}
`},

	// Statuses and retries.
	StatusRange: {`
- {code: FILE_GONE, status: 200, message: The file is gone, resolution: Upload it again.}
`, `
- {code: FILE_GONE, status: 410, message: The file is gone, resolution: Upload it again.}
`},
	StatusUnlisted: {`
statuses:
  401: {title: Unauthorized, cause: The key is wrong.}
  500: {title: Internal Server Error, cause: The fault is ours.}

- code: ACCOUNT_SUSPENDED
  status: [401, 403]
  message: The account is suspended
  resolution: Settle the open invoice.
`, `
statuses:
  401: {title: Unauthorized, cause: The key is wrong.}
  403: {title: Forbidden, cause: The account may not do this.}
  500: {title: Internal Server Error, cause: The fault is ours.}

- code: ACCOUNT_SUSPENDED
  status: [401, 403]
  message: The account is suspended
  resolution: Settle the open invoice.
`},
	StatusUnused: {`
lint: {enable: [status-unused]}
statuses:
  402: {title: Payment Required, cause: There is no money left.}
  500: {title: Internal Server Error, cause: The fault is ours.}
`, `
lint: {enable: [status-unused]}
statuses:
  500: {title: Internal Server Error, cause: The fault is ours.}
`},
	RetryMismatch: {`
- {code: RATE_LIMITED, status: 429, message: Too many requests, resolution: Slow down.}
`, `
retry_policies:
  backoff: {base: 1s, max_retries: 4}

- {code: RATE_LIMITED, status: 429, message: Too many requests, resolution: Slow down., retry: backoff}
`},
	DocsURLPages: {`
docs_url: https://docs.example.com/errors
lint: {enable: [docs-url-pages]}
`, `
docs_url: https://docs.example.com/errors/{anchor}
lint: {enable: [docs-url-pages]}
`},
	RetryUnstated: {`
lint: {enable: [retry-unstated]}

- {code: INTERNAL_ERROR, status: 500, message: Internal server error, resolution: Report it.}
`, `
lint: {enable: [retry-unstated]}

- {code: INTERNAL_ERROR, status: 500, message: Internal server error, resolution: Report it., retry: never}
`},
	RetryUnknown: {`
retry_policies:
  backoff: {base: 1s, max_retries: 4}

- {code: RATE_LIMITED, status: 429, message: Too many requests, resolution: Slow down., retry: back-off}
`, `
retry_policies:
  backoff: {base: 1s, max_retries: 4}

- {code: RATE_LIMITED, status: 429, message: Too many requests, resolution: Slow down., retry: backoff}
`},
	RetryInvalid: {`
retry_policies:
  backoff: {base: 1m, max_delay: 30s}
`, `
retry_policies:
  backoff: {base: 1s, max_delay: 30s}
`},
	FallbackMissing: {`
- code: INTERNAL_ERROR
  status: 500
  message: Internal error ${id}
  params: {id: {type: string}}
  resolution: Report it.
`, `
- code: INTERNAL_ERROR
  status: 500
  message: Internal server error
  resolution: Report it.
`},

	// Params, values and messages.
	ParamUndeclared: {`
- code: FILE_GONE
  status: 410
  message: "The file ${nmae} is gone"
  params: {name: {type: string}}
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 410
  message: "The file ${name} is gone"
  params: {name: {type: string}}
  resolution: Upload it again.
`},
	ParamUnused: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  params: {name: {type: string}}
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 410
  message: The file ${name} is gone
  params: {name: {type: string}}
  resolution: Upload it again.
`},
	NameShared: {`
- code: FILE_TOO_LARGE
  status: 413
  message: The file has ${size}
  params: {size: {type: bytes}}
  values: {size: 10MB}
  resolution: Send at most ${size}.
`, `
- code: FILE_TOO_LARGE
  status: 413
  message: The file has ${size}
  params: {size: {type: bytes}}
  values: {max_size: 10MB}
  resolution: Send at most ${max_size}.
`},
	ParamType: {`
- code: FILE_TOO_LARGE
  status: 413
  message: The file has ${size}
  params: {size: {type: megabytes}}
  resolution: Send a smaller one.
`, `
- code: FILE_TOO_LARGE
  status: 413
  message: The file has ${size}
  params: {size: {type: bytes}}
  resolution: Send a smaller one.
`},
	ParamName: {`
- code: FILE_GONE
  status: 410
  message: The file ${file name} is gone
  params: {file name: {type: string}}
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 410
  message: The file ${file_name} is gone
  params: {file_name: {type: string}}
  resolution: Upload it again.
`},
	ValueType: {`
- code: FILE_TOO_LARGE
  status: 413
  message: The file is too large
  values: {max_size: {type: bytes, value: ten}}
  resolution: Send at most ${max_size}.
`, `
- code: FILE_TOO_LARGE
  status: 413
  message: The file is too large
  values: {max_size: {type: bytes, value: 10MB}}
  resolution: Send at most ${max_size}.
`},
	EnumEmpty: {`
- code: FILE_TOO_LARGE
  status: 413
  message: The ${kind} is too large
  params: {kind: {type: string, enum: [image, video, image]}}
  resolution: Send a smaller one.
`, `
- code: FILE_TOO_LARGE
  status: 413
  message: The ${kind} is too large
  params: {kind: {type: string, enum: [image, video]}}
  resolution: Send a smaller one.
`},
	ExampleInvalid: {`
- code: FILE_TOO_LARGE
  status: 413
  message: The ${kind} is too large
  params: {kind: {type: string, enum: [image, video], example: audio}}
  resolution: Send a smaller one.
`, `
- code: FILE_TOO_LARGE
  status: 413
  message: The ${kind} is too large
  params: {kind: {type: string, enum: [image, video], example: image}}
  resolution: Send a smaller one.
`},
	ExampleMissing: {`
lint: {enable: [example-missing]}

- {code: NOT_FOUND, status: 404, message: "No order ${order}", resolution: Check the number., params: {order: {type: string}}}
`, `
lint: {enable: [example-missing]}

- {code: NOT_FOUND, status: 404, message: "No order ${order}", resolution: Check the number., params: {order: {type: string, example: B-2026-117}}}
`},
	TemplateSyntax: {`
- {code: UNPAID, status: 402, message: This costs 5$, resolution: Pay.}
`, `
- {code: UNPAID, status: 402, message: This costs 5$$, resolution: Pay.}
`},
	MessageMissing: {`
- code: FILE_GONE
  status: 410
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	MessageAmbiguous: {`
- code: NOT_FOUND
  status: 404
  params: {name: {type: string}}
  resolution: Look elsewhere.
  variants:
    - {id: file, message: "There is no ${name}"}
    - {id: none, message: There is no file}
`, `
- code: NOT_FOUND
  status: 404
  params: {name: {type: string}}
  resolution: Look elsewhere.
  variants:
    - {id: file, message: "There is no file ${name}"}
    - {id: none, message: There are no files}
`},
	MessageUnreadable: {`
- code: NOT_FOUND
  status: 404
  message: There is no ${folder}${file}
  params: {folder: {type: string}, file: {type: string}}
  resolution: Look elsewhere.
`, `
- code: NOT_FOUND
  status: 404
  message: There is no "${file}"
  params: {file: {type: string}}
  resolution: Look elsewhere.
`},
	MessageStyle: {`
- code: FILE_GONE
  status: 410
  message: |
    The file is gone
  resolution: Upload it again.
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
`},
	ResolutionMissing: {`
- {code: FILE_GONE, status: 410, message: The file is gone}
`, `
- {code: FILE_GONE, status: 410, message: The file is gone, resolution: Upload it again.}
`},

	// Texts, links, headers and the envelope.
	TextHTML: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again, with <name> in the path.
`, "\n" + `- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again, with ` + "`<name>`" + ` in the path.
`},
	LinkInvalid: {`
docs_url: docs.example.com/errors
`, `
docs_url: https://docs.example.com/errors
`},
	TypeBaseEnd: {`
type_base: https://example.com/problems
`, `
type_base: https://example.com/problems/
`},
	LinkScheme: {`
- code: KEY_GONE
  status: 401
  message: The key is gone
  resolution: "[Make another](dashboard.example.com/keys)."
`, `
- code: KEY_GONE
  status: 401
  message: The key is gone
  resolution: "[Make another](https://dashboard.example.com/keys)."
`},
	SeeUnknown: {`
- {code: FILE_GONE, status: 410, message: The file is gone, resolution: Upload it again., see: [NO_FIL]}
- {code: NO_FILE, status: 404, message: There is no such file, resolution: Look elsewhere.}
`, `
- {code: FILE_GONE, status: 410, message: The file is gone, resolution: Upload it again., see: [NO_FILE]}
- {code: NO_FILE, status: 404, message: There is no such file, resolution: Look elsewhere.}
`},
	DeprecatedTarget: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  deprecated: {since: 2026-06-12, use: NO_FIL}
- {code: NO_FILE, status: 404, message: There is no such file, resolution: Look elsewhere.}
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  deprecated: {since: 2026-06-12, use: NO_FILE}
- {code: NO_FILE, status: 404, message: There is no such file, resolution: Look elsewhere.}
`},
	RetiredTarget: {`
retired:
  - {code: FILE_GONE, status: 410, since: 2026-06-12, use: FILE_GONE}

- {code: NO_FILE, status: 404, message: There is no such file, resolution: Look elsewhere.}
`, `
retired:
  - {code: FILE_GONE, status: 410, since: 2026-06-12, use: NO_FILE}

- {code: NO_FILE, status: 404, message: There is no such file, resolution: Look elsewhere.}
`},
	EnvelopeInvalid: {`
envelope:
  body: {error: {code: $code, message: $text}}
`, `
envelope:
  body: {error: {code: $code, message: $message}}
`},
	HeaderInvalid: {`
- code: RATE_LIMITED
  status: 429
  message: Too many requests
  resolution: Slow down.
  retry: never
  headers: {Retry After: "30"}
`, `
- code: RATE_LIMITED
  status: 429
  message: Too many requests
  resolution: Slow down.
  retry: never
  headers: {Retry-After: "30"}
`},

	// The files of a user's that outputs are made with.
	TemplateInvalid: {`
{{range .Groups}}{{range .Entries}}
## {{.Code}}

{{.Titel}}
{{end}}{{end}}
`, `
{{range .Groups}}{{range .Entries}}
## {{.Code}}

{{.Title}}
{{end}}{{end}}
`},
	InjectMarkers: {`
[//]: # (errspec:begin statuses)

## Codes
`, `
[//]: # (errspec:begin statuses)
[//]: # (errspec:end)

## Codes
`},

	// The linter's own settings, and what is still to come.
	IgnoreUnused: {`
lint:
  ignore:
    - {rule: code-format, codes: [FILE_GONE], reason: It is as old as the API.}

- {code: FILE_GONE, status: 410, message: The file is gone, resolution: Upload it again.}
`, `
- {code: FILE_GONE, status: 410, message: The file is gone, resolution: Upload it again.}
`},
	IgnoreUnreasoned: {`
lint:
  ignore:
    - {rule: code-format, codes: [fileGone]}

- {code: fileGone, status: 410, message: The file is gone, resolution: Upload it again.}
`, `
lint:
  ignore:
    - {rule: code-format, codes: [fileGone], reason: It is as old as the API.}

- {code: fileGone, status: 410, message: The file is gone, resolution: Upload it again.}
`},
	DollarMissing: {`
- code: NOT_FOUND
  status: 404
  message: There is no file {file_id}
  params: {file_id: {type: string}}
  resolution: Look elsewhere.
`, `
- code: NOT_FOUND
  status: 404
  message: There is no file ${file_id}
  params: {file_id: {type: string}}
  resolution: Look elsewhere.
`},
	ScalarComment: {`
- code: NOT_FOUND
  status: 404
  message: No order #5 found
  resolution: Look elsewhere.
`, `
- code: NOT_FOUND
  status: 404
  message: "No order #5 found" # as the old API said it
  resolution: Look elsewhere.
`},
	ValueRespelled: {`
- code: CLIENT_TOO_OLD
  status: 400
  message: The client is too old
  resolution: Use version ${min_version} or newer.
  values: {min_version: 1.10}
`, `
- code: CLIENT_TOO_OLD
  status: 400
  message: The client is too old
  resolution: Use version ${min_version} or newer.
  values: {min_version: "1.10"}
`},
	YAMLAnchorUnused: {`
x-params:
  file_id: &file_id {type: string, example: f_1}

- {code: FILE_GONE, status: 410, message: The file is gone, resolution: Upload it again.}
`, `
x-params:
  file_id: &file_id {type: string, example: f_1}

- code: FILE_GONE
  status: 410
  message: The file ${file_id} is gone
  params: {file_id: *file_id}
  resolution: Upload it again.
`},
	DetailUnreachable: {`
envelope: nested

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params: {owner: {type: string, detail: true}}
`, `
envelope:
  body: {code: $code, message: $message, details: $params}

- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params: {owner: {type: string, detail: true}}
`},
	OptionalInMessage: {`
- code: FILE_GONE
  status: 410
  message: The file ${name} is gone
  resolution: Upload it again.
  params: {name: {type: string, optional: true}}
`, `
- code: FILE_GONE
  status: 410
  message: The file ${name} is gone
  resolution: Upload it again.
  params: {name: {type: string}}
`},
	SensitiveExposed: {`
- code: FILE_GONE
  status: 410
  message: The file of ${owner} is gone
  resolution: Upload it again.
  params: {owner: {type: string, sensitive: true}}
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  params: {owner: {type: string, sensitive: true}}
`},
	InternalExposed: {`
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
  see: [DISK_LOST]
- code: DISK_LOST
  status: 500
  message: A disk was lost
  resolution: Look at the disks.
  visibility: internal
`, `
- code: FILE_GONE
  status: 410
  message: The file is gone
  resolution: Upload it again.
- code: DISK_LOST
  status: 500
  message: A disk was lost
  resolution: Look at the disks.
  visibility: internal
`},
	RoleAbsent: {`
envelope:
  body: {code: $code, message: $message, field: $param.fild}

- code: FIELD_EMPTY
  status: 400
  message: The field ${field} is empty
  resolution: Fill it in.
  params: {field: {type: string}}
`, `
envelope:
  body: {code: $code, message: $message, field: $param.field}

- code: FIELD_EMPTY
  status: 400
  message: The field ${field} is empty
  resolution: Fill it in.
  params: {field: {type: string}}
`},
	RoleUnread: {`
envelope:
  body: {code: $code, text: "${code}: ${message}"}

- code: FIELD_EMPTY
  status: 400
  message: The field ${field} is empty
  resolution: Fill it in.
  params: {field: {type: string}}
`, `
envelope:
  body: {code: $code, text: $message}

- code: FIELD_EMPTY
  status: 400
  message: The field ${field} is empty
  resolution: Fill it in.
  params: {field: {type: string}}
`},
	EnvelopeParamCollision: {`
envelope:
  body: {code: $code, message: $message, $spread: $params}

- code: FILE_GONE
  status: 410
  message: The file ${code} is gone
  resolution: Upload it again.
  params: {code: {type: string}}
`, `
envelope:
  body: {code: $code, message: $message, $spread: $params}

- code: FILE_GONE
  status: 410
  message: The file ${file_code} is gone
  resolution: Upload it again.
  params: {file_code: {type: string}}
`},
	AcceptUnused: {`
lint:
  accept: [{rule: code-removd, codes: [FILE_GONE], reason: Nobody ever met it.}]
`, `
lint:
  accept: [{rule: code-removed, codes: [FILE_GONE], reason: Nobody ever met it.}]
`},
	AcceptUnreasoned: {`
lint:
  accept: [{rule: code-removed, codes: [FILE_GONE]}]
`, `
lint:
  accept: [{rule: code-removed, codes: [FILE_GONE], reason: Nobody ever met it.}]
`},
}
