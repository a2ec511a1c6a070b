package rule

import "github.com/errspec/errspec/gen/internal/diag"

// The ids of the rules.
const (
	// Form: is it YAML, with the keys and kinds of the format?
	YAMLSyntax         = "yaml-syntax"
	UnknownKey         = "unknown-key"
	WrongType          = "wrong-type"
	MissingKey         = "missing-key"
	DuplicateKey       = "duplicate-key"
	ControlCharacter   = "control-character"
	BidiControl        = "bidi-control"
	InvisibleCharacter = "invisible-character"
	LimitExceeded      = "limit-exceeded"
	IncludeMissing     = "include-missing"
	IncludeCycle       = "include-cycle"
	IncludeEscape      = "include-escape"

	// Codes and groups.
	DuplicateCode    = "duplicate-code"
	DuplicateGroup   = "duplicate-group"
	DuplicateVariant = "duplicate-variant"
	CodeInvalid      = "code-invalid"
	CodeFormat       = "code-format"
	RetiredCodeUsed  = "retired-code-used"
	SymbolCollision  = "symbol-collision"
	AnchorCollision  = "anchor-collision"

	// Statuses and retries.
	StatusRange     = "status-range"
	StatusUnlisted  = "status-unlisted"
	StatusUnused    = "status-unused"
	RetryMismatch   = "retry-mismatch"
	RetryUnstated   = "retry-unstated"
	DocsURLPages    = "docs-url-pages"
	TypeBaseEnd     = "type-base-end"
	RetryUnknown    = "retry-unknown"
	RetryInvalid    = "retry-invalid"
	FallbackMissing = "fallback-missing"

	// Params, values and messages.
	ParamUndeclared   = "param-undeclared"
	ParamUnused       = "param-unused"
	NameShared        = "name-shared"
	ParamType         = "param-type"
	ParamName         = "param-name"
	ValueType         = "value-type"
	EnumEmpty         = "enum-empty"
	ExampleInvalid    = "example-invalid"
	ExampleMissing    = "example-missing"
	ScalarComment     = "scalar-comment"
	ValueRespelled    = "value-respelled"
	DollarMissing     = "dollar-missing"
	YAMLAnchorUnused  = "yaml-anchor-unused"
	TemplateSyntax    = "template-syntax"
	DetailUnreachable = "detail-unreachable"
	OptionalInMessage = "optional-in-message"
	SensitiveExposed  = "sensitive-exposed"
	MessageMissing    = "message-missing"
	MessageAmbiguous  = "message-ambiguous"
	MessageUnreadable = "message-unreadable"
	MessageStyle      = "message-style"
	ResolutionMissing = "resolution-missing"

	// Texts, links, headers and the envelope.
	TextHTML         = "text-html"
	LinkInvalid      = "link-invalid"
	LinkScheme       = "link-scheme"
	SeeUnknown       = "see-unknown"
	InternalExposed  = "internal-exposed"
	DeprecatedTarget = "deprecated-target"
	RetiredTarget    = "retired-target"
	EnvelopeInvalid  = "envelope-invalid"

	EnvelopeParamCollision = "envelope-param-collision"
	RoleAbsent             = "role-absent"
	RoleUnread             = "role-unread"

	HeaderInvalid = "header-invalid"

	// A user's templates and pages.
	TemplateInvalid = "template-invalid"
	InjectMarkers   = "inject-markers"

	// The linter's own settings.
	IgnoreUnused     = "ignore-unused"
	IgnoreUnreasoned = "ignore-unreasoned"
	AcceptUnused     = "accept-unused"
	AcceptUnreasoned = "accept-unreasoned"
)

var table = [...]Rule{
	{
		ID: YAMLSyntax, Severity: diag.Error,
		Summary: "the file is not valid YAML in UTF-8",
		Why:     "errspec cannot read the catalog, so it cannot check anything else.",
	},
	{
		ID: UnknownKey, Severity: diag.Error,
		Summary: "the format does not have this key",
		Why:     "If errspec ignored a misspelt key, its value would silently have no effect.",
	},
	{
		ID: WrongType, Severity: diag.Error,
		Summary: "a value has the wrong kind, or is not one of the allowed values",
		Why:     "errspec could only guess what a number means where a list is expected.",
	},
	{
		ID: MissingKey, Severity: diag.Error,
		Summary: "a required key is missing",
		Why:     "errspec cannot guess a status or a title: clients would rely on the guess.",
	},
	{
		ID: DuplicateKey, Severity: diag.Error,
		Summary: "a key appears twice in one mapping",
		Why: "YAML readers disagree on which of the two counts, so one of them would be lost " +
			"silently.",
	},
	{
		ID: ControlCharacter, Severity: diag.Error,
		Summary: "a text contains a control character",
		Why: "Control characters other than line feed and tab, and the line separators of " +
			"Unicode, break log lines, terminals, headers and pages.",
	},
	{
		ID: BidiControl, Severity: diag.Error,
		Summary: "a character changes the direction of the text around it",
		Why: "The character is invisible, but the text around it is displayed in a different " +
			"order from the one that programs read: to reviewers of the catalog, on the page and " +
			"in generated code. See CVE-2021-42574, \"Trojan Source\". The rule covers the " +
			"characters with Bidi_Control in UAX #9.",
	},
	{
		ID: InvisibleCharacter, Severity: diag.Error,
		Summary: "a text contains an invisible character",
		Why: "Two texts that look the same can differ, a search does not find what is on the " +
			"page, and a text can carry what no reviewer sees. The rule covers the characters " +
			"with Default_Ignorable_Code_Point in Unicode. Those that a script or an emoji " +
			"needs are allowed: joiners in Persian, in Hindi or in a family of emoji, the " +
			"selector after a symbol, the zero-width space in Thai or Khmer.",
	},
	{
		ID:       LimitExceeded,
		Severity: diag.Error,
		Summary:  "a file, a text, a list or a body is too large, too deep, or expands too far",
		Why: "A broken or hostile catalog must not take time and memory out of proportion. " +
			"Limits of a catalog: 8 MiB " +
			"in all files together, 100 levels of nesting, 1,000 included files. Aliases may add as " +
			"many nodes as the file contains plus 100,000, and as much text plus 1 MiB. " +
			"Limits of a text: 64 KiB of Markdown, with 1,000 runs of * _ ~ [ ] ` < in a paragraph and " +
			"100 nested quotes or lists; 8 KiB of other text; 2,000 bytes of docs_url, type_base, " +
			"service, media_type and code_pattern. " +
			"Limits of a code: 256 params, values, variants, headers, links, tags and related codes " +
			"each, 16 statuses, 256 fields of an object in a list, 32 constants in meta (also of a " +
			"group) of 200 bytes each. " +
			"Limits of lists: 1,000 elements of an enum, a list as a value, retry_policies, sections, " +
			"lint.ignore and lint.accept. Limits of the envelope: 256 members and 4 KiB in the catalog, " +
			"1 MiB when sent, because clients read no more.",
	},
	{
		ID: IncludeMissing, Severity: diag.Error,
		Summary: "a file does not exist or cannot be read",
		Why:     "Without the file, the catalog would lack every code in it.",
	},
	{
		ID: IncludeCycle, Severity: diag.Error,
		Summary: "a file is included twice, or includes itself through other files",
		Why: "A file that includes itself never ends, and a file that is included twice has " +
			"every code twice.",
	},
	{
		ID: IncludeEscape, Severity: diag.Error,
		Summary: "a path leads outside the root file's folder",
		Why: "A catalog may come from somebody else. It must not read other files on your " +
			"machine.",
	},
	{
		ID: DuplicateCode, Severity: diag.Error,
		Summary: "two entries have the same code",
		Why:     "A code has one meaning, so one of the two entries would be lost.",
	},
	{
		ID: DuplicateGroup, Severity: diag.Error,
		Summary: "two groups in one file have the same id",
		Why: "Links, lookups and includes find a group by its id. In another file, the same " +
			"id continues the group.",
	},
	{
		ID: DuplicateVariant, Severity: diag.Error,
		Summary: "two variants of a code have the same id",
		Why:     "Clients tell variants apart by their ids.",
	},
	{
		ID: CodeInvalid, Severity: diag.Error,
		Summary: "a code cannot be printed, linked to or named",
		Why: "A code appears in JSON, URLs, logs and source code. It must be visible, short, " +
			"and the same everywhere.",
	},
	{
		ID: CodeFormat, Severity: diag.Warning,
		Summary: "a code does not match the pattern of codes",
		Why: "Developers type codes by hand, and one form for all codes prevents mistakes. The " +
			"default is that of AIP-193: `[A-Z][A-Z0-9_]*[A-Z0-9]`, at most 63 characters. " +
			"Set `lint.code_pattern` to use another. If most codes do not match, one " +
			"diagnostic says so.",
	},
	{
		ID:       RetiredCodeUsed,
		Severity: diag.Error,
		Summary:  "a code is both live and retired",
		Why:      "Old clients know the old meaning of a retired code, so it must never get another one.",
	},
	{
		ID: SymbolCollision, Severity: diag.Error,
		Summary: "a `go_name` produces a Go identifier that is taken",
		Why: "The generated package would not compile. Only names from `go_name` can collide; of " +
			"two other equal names, the later gets a suffix, as in CodeTimeoutX3F2A.",
	},
	{
		ID: AnchorCollision, Severity: diag.Error,
		Summary: "two headings have the same `anchor:`",
		Why: "A link to one heading would lead to the other. Anchors that errspec makes from " +
			"titles never collide: a heading whose anchor is taken gets another one.",
	},
	{
		ID: StatusRange, Severity: diag.Error,
		Summary: "a status is outside 400-599, or outside 100-599 in the status table",
		Why:     "Clients and proxies treat a response below 400 as a success.",
	},
	{
		ID: StatusUnlisted, Severity: diag.Warning,
		Summary: "`statuses` has no row for a code's status",
		Why:     "The status table of the reference would omit a status that clients receive.",
	},
	{
		ID: StatusUnused, Severity: diag.Warning, OptIn: true, Of: Whole,
		Summary: "no code uses a 4xx or 5xx row of `statuses`",
		Why: "The row may be outdated. It may also describe what proxies send, so the rule is " +
			"opt-in.",
	},
	{
		ID: RetryMismatch, Severity: diag.Warning,
		Summary: "a retry policy cannot help with its status, or a 429 or 503 has none",
		Why: "A request that got 400, 401, 402, 403, 404, 413, 415 or 422 fails again when " +
			"repeated. A request that got 429 or 503 usually succeeds later.",
	},
	{
		ID: RetryUnstated, Severity: diag.Warning, OptIn: true,
		Summary: "a code does not say whether to retry",
		Why: "Clients do not retry such a code, and the reference says nothing. The rule is " +
			"opt-in: not every API documents it.",
	},
	{
		ID: RetryUnknown, Severity: diag.Error,
		Summary: "`retry_policies` does not have this policy",
		Why:     "Clients would not retry the code.",
	},
	{
		ID: RetryInvalid, Severity: diag.Error,
		Summary: "a retry policy has a value that makes no sense",
		Why: "A base of zero, a factor below one or a cap below the base lets clients flood " +
			"the server.",
	},
	{
		ID: FallbackMissing, Severity: diag.Warning, Of: Whole,
		Summary: "no code can serve as the fallback",
		Why: "Servers answer unknown errors with the first 500 that has no required params. Without " +
			"such a code, they send a built-in error that the catalog does not document.",
	},
	{
		ID: ParamUndeclared, Severity: diag.Error,
		Summary: "a placeholder `${name}` is not declared",
		Why:     "Users would see the placeholder itself.",
	},
	{
		ID: ParamUnused, Severity: diag.Warning,
		Summary: "no message and no header uses a param",
		Why:     "Every caller would have to pass a value that nobody sees.",
	},
	{
		ID: NameShared, Severity: diag.Error,
		Summary: "a param and a value of one code have the same name",
		Why:     "`${name}` would mean one thing in the message and another in the resolution.",
	},
	{
		ID: ParamType, Severity: diag.Error,
		Summary: "a param's type is unknown, or does not fit its other keys",
		Why:     "The Go type, the JSON type and the text of a param follow from its type.",
	},
	{
		ID: ParamName, Severity: diag.Error,
		Summary: "a param or a value has an invalid name",
		Why: "A name is a letter, followed by letters, digits, `_` and `-`. Names become Go fields " +
			"and arguments, JSON members, and `${name}` in messages.",
	},
	{
		ID: ValueType, Severity: diag.Error,
		Summary: "a value does not match its type",
		Why:     "The documentation and the Go constant come from the same value.",
	},
	{
		ID: EnumEmpty, Severity: diag.Error,
		Summary: "an enum has no values, or one value twice",
		Why:     "No call could pass a value of an empty enum.",
	},
	{
		ID: ExampleInvalid, Severity: diag.Error,
		Summary: "an example does not match its param's type or enum",
		Why:     "The reference shows examples, and tests run them.",
	},
	{
		ID: ExampleMissing, Severity: diag.Warning, OptIn: true,
		Summary: "a param has no example",
		Why: "The reference then shows a value that errspec makes up from the name and the type. " +
			"The rule is opt-in: often that is good enough.",
	},
	{
		ID: TemplateSyntax, Severity: diag.Error,
		Summary: "a `$` has no meaning: an unclosed `${`, an empty `${}`, a lone `$`",
		Why:     "Users would see half a placeholder. Write `$$` for a dollar sign.",
	},
	{
		ID: DollarMissing, Severity: diag.Warning,
		Summary: "a message has a placeholder in another form, such as `{name}`",
		Why: "Users would see the placeholder itself. The forms are `{name}`, `{{name}}`, " +
			"`<name>`, `:name` and `%(name)s` of a param of the code, and `%s` and the like if " +
			"a param is missing.",
	},
	{
		ID: ScalarComment, Severity: diag.Warning,
		Summary: "YAML cuts a text at a ` #`",
		Why: "YAML reads `No order #5 found` without quotes as `No order`. If you mean a comment, " +
			"write a space after its `#`.",
	},
	{
		ID: ValueRespelled, Severity: diag.Warning,
		Summary: "a value without quotes is a number or a time that prints differently",
		Why: "`1.10` is the number 1.1, `1e3` is 1000, and times print in UTC. Quotes keep a " +
			"text as it is; a `type` says that you mean the number.",
	},
	{
		ID: YAMLAnchorUnused, Severity: diag.Warning, Of: Whole,
		Summary: "nothing uses a YAML anchor",
		Why: "The anchor is a leftover, or something that should use it does not. Parts " +
			"that codes share belong under a key that begins with `x-`, which errspec ignores.",
	},
	{
		ID: DetailUnreachable, Severity: diag.Error,
		Summary: "a param is sent in the body, but the envelope has no member for it",
		Why:     "Servers would have to supply a value that no client receives.",
	},
	{
		ID: OptionalInMessage, Severity: diag.Error,
		Summary: "a message contains an optional param",
		Why: "Without the param, the sentence would say something else, and clients could not " +
			"read it back.",
	},
	{
		ID: SensitiveExposed, Severity: diag.Error,
		Summary: "a sensitive param appears in a message, a header, an example or the details",
		Why:     "Messages, headers and details are sent to clients, and examples are published.",
	},
	{
		ID: MessageMissing, Severity: diag.Error,
		Summary: "a code has neither a message nor variants",
		Why:     "Users of the API read the message.",
	},
	{
		ID: MessageAmbiguous, Severity: diag.Error,
		Summary: "two variants of a code, or two errors without a code, can produce the same message",
		Why: "Clients tell variants apart by the message, and could confuse these two. If the " +
			"body has `$variant`, clients rely on that, and messages may be the same. So may those of " +
			"errors without a code, if their bodies have different constants or members.",
	},
	{
		ID: MessageUnreadable, Severity: diag.Warning,
		Summary: "clients cannot tell the params of a message apart",
		Why:     "Clients read params back from the message, so they need a text between two params.",
	},
	{
		ID: MessageStyle, Severity: diag.Warning,
		Summary: "a message has several lines, or begins or ends with a space",
		Why:     "Logs print messages on one line.",
	},
	{
		ID: ResolutionMissing, Severity: diag.Warning,
		Summary: "a code has no resolution",
		Why: "Whoever gets an error wants to know what to do next. If more than ten codes lack " +
			"a resolution, one diagnostic says so.",
	},
	{
		ID: TextHTML, Severity: diag.Warning,
		Summary: "a Markdown text contains raw HTML",
		Why: "Some renderers of the reference do not allow HTML, so it is shown as text. Put " +
			"text such as <code> in backticks.",
	},
	{
		ID: LinkInvalid, Severity: diag.Error,
		Summary: "a link is not a web, mail or telephone address, nor a path on the same site",
		Why: "The link would not work, or would do harm on the published page: run a script, " +
			"start a program, lead to another host. Allowed are https, http, mailto " +
			"and tel, and in texts paths, ?queries and #fragments. docs_url and links need a " +
			"URL or an absolute path. errspec reads links as browsers do: a backslash is a " +
			"slash, and tabs and line ends are skipped.",
	},
	{
		ID: DocsURLPages, Severity: diag.Warning, OptIn: true, Of: Whole,
		Summary: "`docs_url` has no `{anchor}` or `{code}`, but each code has a page",
		Why: "The links in responses lead to anchors, and not to the pages of codes. " +
			"`generate --pages` enables the rule.",
	},
	{
		ID: TypeBaseEnd, Severity: diag.Warning, Of: Whole,
		Summary: "`type_base` ends with a letter or a digit, so the codes run into it",
		Why: "The type is the base and the anchor of the code, with nothing between them: " +
			"`https://example.com/errorsnot-found`.",
	},
	{
		ID: LinkScheme, Severity: diag.Warning,
		Summary: "a link in a text begins with a host name",
		Why:     "Without https://, browsers look for a file next to the page.",
	},
	{
		ID:       SeeUnknown,
		Severity: diag.Error,
		Summary:  "`see` does not name another code",
		Why:      "The reference would link to an entry that does not exist, or to the entry itself.",
	},
	{
		ID: InternalExposed, Severity: diag.Error,
		Summary: "a public code refers to an internal one",
		Why: "Internal codes are not documented, so the link would lead nowhere and reveal " +
			"the code.",
	},
	{
		ID: DeprecatedTarget, Severity: diag.Error,
		Summary: "`deprecated.use` does not name a code to move to",
		Why:     "Clients that follow the advice must arrive at a code that stays.",
	},
	{
		ID: RetiredTarget, Severity: diag.Error,
		Summary: "a tombstone's `use` does not name a code to move to",
		Why:     "Clients that meet a retired code must arrive at a code that stays.",
	},
	{
		ID: EnvelopeInvalid, Severity: diag.Error,
		Summary: "the envelope cannot carry an error",
		Why: "Clients need `$code` and `$message` to tell errors apart. An unknown role would " +
			"be sent as it is written.",
	},
	{
		ID: EnvelopeParamCollision, Severity: diag.Error,
		Summary: "a param that `$spread` writes has the same name as another member",
		Why: "JSON readers keep one of two members with the same name, and not all keep the " +
			"same one.",
	},
	{
		ID: RoleAbsent, Severity: diag.Warning, Of: Whole,
		Summary: "no error has a value for a role in the envelope",
		Why: "Empty members are omitted, so this one is never sent. The role is probably " +
			"misspelt, or the catalog lacks its value.",
	},
	{
		ID: RoleUnread, Severity: diag.Warning, Of: Whole,
		Summary: "clients cannot read a role of the envelope",
		Why: "A server sends the value, but clients find no place from which they can read it with " +
			"certainty: it shares a text with another role, or `$or` has several alternatives that " +
			"contain roles.",
	},
	{
		ID: HeaderInvalid, Severity: diag.Error,
		Summary: "a response header cannot be sent, or the catalog must not set it",
		Why: "A header whose name is not a token, or whose value has a line end, is dropped or " +
			"breaks the response. The server sets Content-Type, Content-Length and the like to " +
			"match the body, and a cookie belongs to one client.",
	},
	{
		ID: TemplateInvalid, About: Template, Severity: diag.Error,
		Summary: "a page template cannot be read or executed",
		Why:     "The page would be incomplete, so errspec writes nothing.",
	},
	{
		ID: InjectMarkers, About: Page, Severity: diag.Error,
		Summary: "a marker is missing, duplicate, nested or unclosed, or a block does not exist",
		Why: "errspec replaces the text between two markers. If a marker is unclear, it could " +
			"replace your own text.",
	},
	{
		ID: IgnoreUnused, Severity: diag.Warning, Of: Exception,
		Summary: "a suppression suppresses nothing",
		Why:     "Nothing is left to suppress. If the suppression stays, it hides the next diagnostic.",
	},
	{
		ID: IgnoreUnreasoned, Severity: diag.Warning, Of: Exception,
		Summary: "a suppression has no reason",
		Why:     "The next reader cannot tell whether to remove it.",
	},
	{
		ID: AcceptUnused, Severity: diag.Warning, Of: Exception,
		Summary: "an accepted change did not happen",
		Why: "The base already has the change, or the change was undone, or never happened. If " +
			"the entry stays, it hides the next change. `lint` reports entries that can never " +
			"match, `breaking` reports all of them.",
	},
	{
		ID: AcceptUnreasoned, Severity: diag.Warning, Of: Exception,
		Summary: "an accepted change has no reason",
		Why:     "Reviewers cannot tell why breaking clients is acceptable.",
	},
}
