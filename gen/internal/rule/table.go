package rule

import "github.com/errspec/errspec/gen/internal/diag"

// The ids of the rules.
const (
	// Form: is it YAML, and has it the keys and kinds of the format?
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

	HeaderInvalid = "header-invalid"

	// The files of a user's that outputs are made with.
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
		Why:     "Nothing can be said about a catalog that can not be read.",
	},
	{
		ID: UnknownKey, Severity: diag.Error,
		Summary: "a key that the format does not have",
		Why:     "A misspelt key would otherwise be ignored, and what it says would silently not happen.",
	},
	{
		ID: WrongType, Severity: diag.Error,
		Summary: "a value of the wrong kind, or not one of those allowed",
		Why:     "What a number means where a list belongs, or a choice that the format does not have, could only be guessed.",
	},
	{
		ID: MissingKey, Severity: diag.Error,
		Summary: "a required key is missing",
		Why:     "Nothing sensible can stand in for it: a guessed status or title would become a promise to clients.",
	},
	{
		ID: DuplicateKey, Severity: diag.Error,
		Summary: "a key stands twice in one mapping",
		Why:     "YAML readers disagree on which of the two counts; one of them would be lost without a word.",
	},
	{
		ID: ControlCharacter, Severity: diag.Error,
		Summary: "a control character in a text",
		Why:     "Control characters other than line feed and tab, and the line separators of Unicode, break log lines, terminals, headers and pages.",
	},
	{
		ID: BidiControl, Severity: diag.Error,
		Summary: "a character that changes the direction of the text around it",
		Why: "The mark is not seen, and the text around it is shown in another order than programs read it, to a reviewer of the catalog as on " +
			"the page and in generated code: CVE-2021-42574, \"Trojan Source\". The characters are Bidi_Control of UAX #9.",
	},
	{
		ID: InvisibleCharacter, Severity: diag.Error,
		Summary: "a character that nobody sees",
		Why: "Two texts that look the same differ, a search does not find what is on the page, and a text can carry what no reviewer saw. The " +
			"characters are Default_Ignorable_Code_Point of Unicode. Those that a script or an emoji needs may stay: joiners in Persian, in Hindi " +
			"or in a family of emoji, the selector behind a symbol, the space of width zero in Thai or Khmer.",
	},
	{
		ID: LimitExceeded, Severity: diag.Error,
		Summary: "a file, a text, a list or a body is too large, too deep, or expands too far",
		Why: "A broken or hostile catalog must cost no more than its size. All files of a catalog together may have 8 MiB, 100 levels of nesting and 1,000 includes. " +
			"Aliases may add as many nodes as are written and 100,000 more, and as much text and 1 MiB more. " +
			"A text in Markdown may have 64 KiB, 1,000 runs of * _ ~ [ ] ` < in one paragraph, and 100 quotes or lists inside each other; any other text 8 KiB; " +
			"docs_url, type_base, service, media_type and code_pattern 2,000 bytes. " +
			"A code may have 256 params, values, variants, headers, links, tags and related codes, and 16 statuses, an object in a list 256 fields, a code or group 32 constants in meta of 200 bytes each. " +
			"An enum, a list as a value, retry_policies, sections, lint.ignore and lint.accept may have 1,000 elements, the body of the envelope 256 members and 4 KiB. " +
			"A body that is sent may have 1 MiB: clients read no more.",
	},
	{
		ID: IncludeMissing, Severity: diag.Error,
		Summary: "a file that is named does not exist, or can not be read",
		Why:     "A catalog with a part missing would retire every code in that part.",
	},
	{
		ID: IncludeCycle, Severity: diag.Error,
		Summary: "a file is included twice, or includes itself by way of others",
		Why:     "A file that includes itself has no end, and one that comes twice has every code twice.",
	},
	{
		ID: IncludeEscape, Severity: diag.Error,
		Summary: "a path leads out of the root file's folder",
		Why:     "A catalog may come from elsewhere; it must not read files of the machine that compiles it.",
	},
	{
		ID: DuplicateCode, Severity: diag.Error,
		Summary: "two entries have one code",
		Why:     "A code means one thing; of two entries one would be lost.",
	},
	{
		ID: DuplicateGroup, Severity: diag.Error,
		Summary: "two groups of one file have one id",
		Why:     "Links, lookups and includes find a group by its id. In another file the same id is the same group, continued.",
	},
	{
		ID: DuplicateVariant, Severity: diag.Error,
		Summary: "two variants of a code have one id",
		Why:     "Clients tell variants apart by their ids.",
	},
	{
		ID: CodeInvalid, Severity: diag.Error,
		Summary: "a code that can not be printed, linked to or named",
		Why:     "A code goes into JSON, URLs, logs and source code; it must be visible, short, and the same everywhere.",
	},
	{
		ID: CodeFormat, Severity: diag.Warning,
		Summary: "a code that is not of the form that codes have",
		Why: "Clients type codes by hand; one form for all prevents mistakes. It is that of AIP-193, `[A-Z][A-Z0-9_]*[A-Z0-9]` and no more than " +
			"63 characters, unless `lint.code_pattern` says otherwise.",
	},
	{
		ID: RetiredCodeUsed, Severity: diag.Error,
		Summary: "a code is both live and retired",
		Why:     "A retired code keeps its old meaning for old clients; it may never get another.",
	},
	{
		ID: SymbolCollision, Severity: diag.Error,
		Summary: "two names give one Go identifier",
		Why:     "The generated package would not compile. Renaming one silently would break its users when the other is removed.",
	},
	{
		ID: AnchorCollision, Severity: diag.Error,
		Summary: "two headings of the reference give one anchor, or two codes' pages one file name",
		Why:     "A link to one of them would lead to the other, and one page would be lost.",
	},
	{
		ID: StatusRange, Severity: diag.Error,
		Summary: "a status outside 400-599, or outside 100-599 in the status table",
		Why:     "Clients and proxies take a response below 400 for a success.",
	},
	{
		ID: StatusUnlisted, Severity: diag.Warning,
		Summary: "a code's status has no row in `statuses`",
		Why:     "The status table of the reference would lack a status that clients do meet.",
	},
	{
		ID: StatusUnused, Severity: diag.Warning, OptIn: true, Of: Whole,
		Summary: "a 4xx or 5xx row of `statuses` that no code uses",
		Why:     "Such a row may be out of date; it may also be a promise about proxies, hence opt-in.",
	},
	{
		ID: RetryMismatch, Severity: diag.Warning,
		Summary: "a retry policy on a status that retrying can not help, or none on 429 or 503",
		Why: "Retrying a request that is wrong repeats the error (400, 401, 402, 403, 404, 413, 415, 422); not retrying a 429 or 503 gives " +
			"up on a request that would pass.",
	},
	{
		ID: RetryUnknown, Severity: diag.Error,
		Summary: "a retry policy that `retry_policies` does not have",
		Why:     "The code would be left without a policy.",
	},
	{
		ID: RetryInvalid, Severity: diag.Error,
		Summary: "a retry policy that makes no sense",
		Why:     "A base of zero, a factor below one or a cap below the base turn backing off into hammering.",
	},
	{
		ID: FallbackMissing, Severity: diag.Warning, Of: Whole,
		Summary: "no 500 that needs no param",
		Why:     "An unknown error must become some response; without such a code it is a built-in text that the catalog does not document.",
	},
	{
		ID: ParamUndeclared, Severity: diag.Error,
		Summary: "`${name}` without a declaration",
		Why:     "Users would see the placeholder itself.",
	},
	{
		ID: ParamUnused, Severity: diag.Warning,
		Summary: "a param that no message and no header uses",
		Why:     "Every caller would have to supply a value that nobody ever sees.",
	},
	{
		ID: NameShared, Severity: diag.Error,
		Summary: "a param and a value of one code share a name",
		Why:     "`${name}` would mean one thing in the message and another in the resolution.",
	},
	{
		ID: ParamType, Severity: diag.Error,
		Summary: "a param's type is unknown, or does not go with its other keys",
		Why:     "The Go type, the JSON type and the text of a param all follow from its type.",
	},
	{
		ID: ParamName, Severity: diag.Error,
		Summary: "a name of a param or a value that is not a letter, then letters, digits, `_` and `-`",
		Why:     "Names become Go fields and arguments, JSON members, and `${name}` in messages.",
	},
	{
		ID: ValueType, Severity: diag.Error,
		Summary: "a value does not parse as its type",
		Why:     "The docs and the Go constant come from the same value; it must be one.",
	},
	{
		ID: EnumEmpty, Severity: diag.Error,
		Summary: "an enum without values, or with one twice",
		Why:     "Of an empty enum no call could ever pass a value; of two equal values one can never be meant.",
	},
	{
		ID: ExampleInvalid, Severity: diag.Error,
		Summary: "an example does not parse as its param's type, or is none of its enum",
		Why:     "Examples are shown to users and run as tests.",
	},
	{
		ID: TemplateSyntax, Severity: diag.Error,
		Summary: "a `$` that means nothing: unclosed `${`, empty `${}`, a lone `$`",
		Why:     "Users would see half a placeholder. A dollar is written `$$`.",
	},
	{
		ID: DetailUnreachable, Severity: diag.Error,
		Summary: "a param goes into the body's params, and the envelope carries none",
		Why:     "Servers would be asked for a value that no client ever gets.",
	},
	{
		ID: OptionalInMessage, Severity: diag.Error,
		Summary: "a message holds a param that may be absent",
		Why:     "A message is one sentence: with a hole in it, it says something else, and can not be read back.",
	},
	{
		ID: SensitiveExposed, Severity: diag.Error,
		Summary: "a sensitive param in a message, a header, an example or the details",
		Why:     "What is sensitive reaches constructors and logs alone; all of these are sent or published.",
	},
	{
		ID: MessageMissing, Severity: diag.Error,
		Summary: "a code without a message and without variants",
		Why:     "The message is what users of the API read.",
	},
	{
		ID: MessageAmbiguous, Severity: diag.Error,
		Summary: "one text could be the message of two variants of a code",
		Why:     "Clients tell variants apart by the message; here they could take one for the other.",
	},
	{
		ID: MessageUnreadable, Severity: diag.Warning,
		Summary: "a message's params can not be told apart",
		Why:     "Clients read params back from the message; without a text between them that no value holds, they get none.",
	},
	{
		ID: MessageStyle, Severity: diag.Warning,
		Summary: "a message of several lines, or with a space at an end",
		Why:     "Messages are printed in logs and shown in one line.",
	},
	{
		ID: ResolutionMissing, Severity: diag.Warning,
		Summary: "a code without a resolution",
		Why:     "The reader of an error wants to know one thing: what to do now.",
	},
	{
		ID: TextHTML, Severity: diag.Warning,
		Summary: "raw HTML in a Markdown text",
		Why:     "It will be shown as text: not every renderer of the reference allows HTML. Text such as <code> belongs in backticks.",
	},
	{
		ID: LinkInvalid, Severity: diag.Error,
		Summary: "a link that is not on the web, to a mail address, a telephone, or the same site",
		Why: "The link would not work, or would do harm where the reference is published: run a script, start a program, lead to another host. " +
			"Allowed are https, http, mailto and tel, and in texts paths, ?queries and #fragments; docs_url and links need a URL or an absolute " +
			"path. Links are judged as browsers read them: a backslash is a slash, and tabs and line ends are skipped.",
	},
	{
		ID: LinkScheme, Severity: diag.Warning,
		Summary: "a link in a text that begins with the name of a host",
		Why:     "Without https:// browsers take it for a file beside the page, and the reader finds none.",
	},
	{
		ID: SeeUnknown, Severity: diag.Error,
		Summary: "`see` names no other code",
		Why:     "The reference would send its reader to an entry that does not exist, or to the one that is being read.",
	},
	{
		ID: InternalExposed, Severity: diag.Error,
		Summary: "a public code refers to an internal one",
		Why:     "An internal code is in no documentation: the reference would lead nowhere, and tell of what nobody is to know.",
	},
	{
		ID: DeprecatedTarget, Severity: diag.Error,
		Summary: "`deprecated.use` names no code that one could move to",
		Why:     "Who follows the advice must arrive at a code that stays.",
	},
	{
		ID: RetiredTarget, Severity: diag.Error,
		Summary: "a tombstone's `use` names no code that one could move to",
		Why:     "Who meets an old code must arrive at one that stays.",
	},
	{
		ID: EnvelopeInvalid, Severity: diag.Error,
		Summary: "an envelope that can not carry an error",
		Why:     "Without `$code` and `$message` clients can not tell errors apart; an unknown role would be sent as it is written.",
	},
	{
		ID: EnvelopeParamCollision, Severity: diag.Error,
		Summary: "a param that is spread over the envelope has the name of a member",
		Why:     "JSON readers keep one of two members with one name, and not all the same one.",
	},
	{
		ID: RoleAbsent, Severity: diag.Warning, Of: Whole,
		Summary: "a role in the envelope for which no error has a value",
		Why:     "What an error does not have is left out of its body, so a member that none has is never sent: most likely its name is misspelt, or something is missing from the catalog.",
	},
	{
		ID: HeaderInvalid, Severity: diag.Error,
		Summary: "a response header that can not be sent, or is not the catalog's to set",
		Why: "A name that is no token, or a line end in a value, would be dropped or break the response. Content-Type, Content-Length and the " +
			"like must agree with the body, and a cookie belongs to one client.",
	},
	{
		ID: TemplateInvalid, About: Template, Severity: diag.Error,
		Summary: "a page template that can not be read or executed",
		Why:     "Half a page is worse than none, so nothing is written.",
	},
	{
		ID: InjectMarkers, About: Page, Severity: diag.Error,
		Summary: "a marker pair that is missing, doubled, nested or unclosed, or a block that does not exist",
		Why:     "What stands between two markers is replaced: where they are in doubt, somebody's own text could be lost.",
	},
	{
		ID: IgnoreUnused, Severity: diag.Warning, Of: Exception,
		Summary: "an ignore that ignores nothing",
		Why:     "What it was for is gone; left in place it would hide the next finding.",
	},
	{
		ID: IgnoreUnreasoned, Severity: diag.Warning, Of: Exception,
		Summary: "an ignore without a reason",
		Why:     "The next reader can not tell whether it may go.",
	},
	{
		ID: AcceptUnused, Severity: diag.Warning, Of: Exception,
		Summary: "an acceptance that accepts nothing",
		Why: "The change that it was for is part of the base already, or was taken back, or never was one; left in place it would hide " +
			"the next one. `lint` sees those that can never accept anything, `breaking` all of them.",
	},
	{
		ID: AcceptUnreasoned, Severity: diag.Warning, Of: Exception,
		Summary: "an acceptance without a reason",
		Why:     "The reviewer can not tell why clients may be broken.",
	},
}
