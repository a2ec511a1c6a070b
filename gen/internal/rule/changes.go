package rule

import "github.com/errspec/errspec/gen/internal/diag"

// A Category says whom a change breaks.
type Category string

// The categories, from the strictest to the loosest. Each includes those after it: a change that
// breaks readers of the JSON breaks callers of a generated package, too.
const (
	Source   Category = "source"   // callers of the generated code in any language do not compile
	Contract Category = "contract" // clients that read all of the JSON
	Wire     Category = "wire"     // clients that know only codes and statuses, and where they are
	Harmless Category = ""         // nobody
)

// The categories of one language, each a part of [Source].
const (
	SourceGo         Category = "source.go"
	SourceTypeScript Category = "source.typescript"
	SourcePython     Category = "source.python"
)

// Categories returns the categories that a user may ask for.
func Categories() []Category {
	return []Category{Source, SourceGo, SourceTypeScript, SourcePython, Contract, Wire}
}

// IsSource reports whether the category is [Source], or the part of it that is about one language.
func (c Category) IsSource() bool {
	return c == Source || c == SourceGo || c == SourceTypeScript || c == SourcePython
}

// Includes reports whether the changes of category c include one of category of. Every category
// includes changes that break nobody.
func (c Category) Includes(of Category) bool {
	switch of {
	case Harmless, Wire:
		return true
	case Contract:
		return c != Wire
	default:
		return c == of || c == Source || c.IsSource() && of == Source
	}
}

// The ids of the rules about changes.
const (
	// Codes.
	CodeRemoved      = "code-removed"
	CodeRetired      = "code-retired"
	TombstoneRemoved = "tombstone-removed"
	CodeReused       = "code-reused"
	CodeRenamed      = "code-renamed"

	// Statuses and types.
	StatusRemoved        = "status-removed"
	StatusDefaultChanged = "status-default-changed"
	StatusAdded          = "status-added"
	TypeChanged          = "type-changed"
	FallbackChanged      = "fallback-changed"

	// Retries.
	RetryRemoved = "retry-removed"
	RetryAdded   = "retry-added"
	RetryChanged = "retry-changed"

	// Messages.
	VariantRemoved        = "variant-removed"
	VariantMessageChanged = "variant-message-changed"
	MessageParamsChanged  = "message-params-changed"
	MessageChanged        = "message-changed"

	// Params.
	ParamRemoved      = "param-removed"
	ParamTypeChanged  = "param-type-changed"
	ParamNowSensitive = "param-now-sensitive"
	ParamNowOptional  = "param-now-optional"
	EnumValueRemoved  = "enum-value-removed"
	EnumValueAdded    = "enum-value-added"

	// Headers, the envelope, and how far clients may rely on a code.
	HeaderRemoved     = "header-removed"
	HeaderChanged     = "header-changed"
	EnvelopeChanged   = "envelope-changed"
	MetaChanged       = "meta-changed"
	VisibilityReduced = "visibility-reduced"
	StabilityReduced  = "stability-reduced"
	ValueChanged      = "value-changed"

	// Go.
	ParamAdded            = "param-added"
	ParamOrderChanged     = "param-order-changed"
	ParamNowRequired      = "param-now-required"
	ConstructorChanged    = "constructor-changed"
	GoNameChanged         = "go-name-changed"
	TypeScriptNameChanged = "typescript-name-changed"
	PythonNameChanged     = "python-name-changed"
	ValueTypeChanged      = "value-type-changed"
	ValueRemoved          = "value-removed"

	// What breaks nobody.
	CodeAdded        = "code-added"
	VariantAdded     = "variant-added"
	HeaderAdded      = "header-added"
	ValueAdded       = "value-added"
	VisibilityRaised = "visibility-raised"
	StabilityRaised  = "stability-raised"
	Deprecated       = "deprecated"
	Undeprecated     = "undeprecated"
	GroupMoved       = "group-moved"
	StatusRowAdded   = "status-row-added"
	StatusRowRemoved = "status-row-removed"
	TextChanged      = "text-changed"
)

// Changes returns every rule about changes between two versions of a catalog, in the order of the
// documentation. Callers must not change it.
func Changes() []Rule { return changes[:] }

var changes = [...]Rule{
	{
		ID: CodeRemoved, Severity: diag.Error, About: Change, Category: Wire,
		Summary: "a code was removed without a tombstone",
		Why: "Clients that handle the code never get it, and nothing tells them. Somebody may " +
			"even use the code again with another meaning.",
		Fix:           "keep {code} and add `deprecated`; to remove it, add it to `retired`",
		FixDeprecated: "keep {code}, which is already deprecated, or add it to `retired`",
	},
	{
		ID: CodeRetired, Severity: diag.Warning, About: Change, Category: Wire,
		Summary: "a code was retired without being deprecated first",
		Why: "Clients had no warning. One version with `deprecated` gives them time to move. " +
			"Retiring a deprecated code is reported as info.",
		Fix: "keep {code} for one more version and add `deprecated`",
	},
	{
		ID: TombstoneRemoved, Severity: diag.Error, About: Change, Category: Wire,
		Summary: "the tombstone of a retired code was removed",
		Why: "Nothing prevents another use of the code, and clients that receive it from an " +
			"old server cannot see what replaced it.",
		Fix: "restore the tombstone; tombstones stay forever",
	},
	{
		ID: CodeReused, Severity: diag.Error, About: Change, Category: Wire,
		Summary: "a retired code is used again",
		Why:     "Old clients know its old meaning.",
		Fix:     "give the new error another code",
	},
	{
		ID: CodeRenamed, Severity: diag.Error, About: Change, Category: Wire,
		Summary: "a code was renamed",
		Why: "Clients that compare with the old code no longer recognize the error. errspec " +
			"reports a rename if a tombstone's `use` names the new code, or if a new code has " +
			"the messages and params of the removed one.",
		Fix: "keep the old code with `deprecated: {use: {new}}`, and send the new one once " +
			"clients have moved",
		FixDeprecated: "keep {code} until clients have moved to {new}, or add it to `retired`",
	},
	{
		ID: StatusRemoved, Severity: diag.Error, About: Change, Category: Wire,
		Summary: "a code lost a status",
		Why:     "Clients that branch on the status no longer recognize the error.",
		Fix:     "keep the status in the list",
	},
	{
		ID: StatusDefaultChanged, Severity: diag.Error, About: Change, Category: Wire,
		Summary: "the default status of a code changed",
		Why: "Clients that branch on the status confuse the error with another one, or do not " +
			"recognize it.",
		Fix: "keep the status, or add a new code with the new status",
	},
	{
		ID: StatusAdded, Severity: diag.Warning, About: Change, Category: Wire,
		Summary: "a code has one more status",
		Why:     "Clients that branch on the status do not recognize the error with the new status.",
		Fix:     "tell clients before servers send it",
	},
	{
		ID: TypeChanged, Severity: diag.Error, About: Change, Category: Wire,
		Summary: "the `type` URI of a problem changed",
		Why:     "RFC 9457 identifies problems by their type, and clients compare it as text.",
		Fix:     "set `type_base` to the start of the old types; then `docs_url` may change",
	},
	{
		ID: FallbackChanged, Severity: diag.Error, About: Change, Category: Wire,
		Summary: "the fallback is another code",
		Why: "Servers answer unknown errors with the first 500 that has no required params, and bodies " +
			"that are too large with the first 413. Clients that handle the old fallback " +
			"receive another code.",
		Fix: "keep the old fallback before {code}",
	},
	{
		ID: RetryRemoved, Severity: diag.Error, About: Change, Category: Contract,
		Summary: "a code is no longer retryable",
		Why:     "Requests that used to succeed after a retry now fail.",
		Fix:     "keep the policy",
	},
	{
		ID: RetryAdded, Severity: diag.Warning, About: Change, Category: Contract,
		Summary: "a code is now retryable",
		Why: "Clients that follow the catalog send such requests again. The server must " +
			"expect that, and must not have acted on the first request.",
		Fix: "make sure that repeating the request does no harm",
	},
	{
		ID: RetryChanged, Severity: diag.Warning, About: Change, Category: Contract,
		Summary: "a retry policy changed",
		Why:     "Clients that follow the catalog retry at another pace, or more often.",
		Fix:     "make sure that servers can handle the new pace",
	},
	{
		ID: VariantRemoved, Severity: diag.Error, About: Change, Category: Contract,
		Summary: "a variant of a code was removed",
		Why:     "Clients that handle the variant never get it.",
		Fix:     "keep the variant",
	},
	{
		ID: VariantMessageChanged, Severity: diag.Error, About: Change, Category: Contract,
		Summary: "the message of a variant changed",
		Why: "Clients tell variants apart by the message. Clients generated earlier, or " +
			"clients that compare texts, no longer recognize the variant.",
		Fix: "keep the message word for word, or add another variant",
	},
	{
		ID: MessageParamsChanged, Severity: diag.Error, About: Change, Category: Contract,
		Summary: "the params of a message changed",
		Why: "Clients generated earlier cannot read the message back, so they lose the params " +
			"that it still contains.",
		Fix: "keep the params of the message; add new ones with `detail: true`",
	},
	{
		ID: MessageChanged, Severity: diag.Info, About: Change, Category: Contract,
		Summary: "the wording of a message changed",
		Why: "Nobody should compare texts, but people search for them. It is a warning if the " +
			"params are only in the message: clients generated earlier can no longer read " +
			"them.",
		Fix: "keep the wording if clients may search for it",
	},
	{
		ID: ParamRemoved, Severity: diag.Error, About: Change, Category: Contract,
		Summary: "a param, or a field of one, was removed",
		Why:     "Clients that read it find nothing.",
		Fix:     "keep the param",
	},
	{
		ID:       ParamTypeChanged,
		Severity: diag.Error,
		About:    Change,
		Category: Contract,
		Summary:  "the type of a param, or of a part of one, changed",
		Why:      "Clients generated earlier cannot read it, and other clients fail on its JSON type.",
		Fix:      "keep the param, and add another one with the new type",
	},
	{
		ID: ParamNowSensitive, Severity: diag.Error, About: Change, Category: Contract,
		Summary: "a param is now sensitive, and no longer sent",
		Why:     "Clients that read it find nothing.",
		Fix:     "if it should never have been sent, accept the change with that reason",
	},
	{
		ID: ParamNowOptional, Severity: diag.Error, About: Change, Category: Contract,
		Summary: "a param, or a field of one, is now optional",
		Why: "Clients that rely on it may find nothing. In Go, the param becomes a pointer " +
			"and constructors take a struct, so callers do not compile.",
		Fix: "keep it required",
	},
	{
		ID: EnumValueRemoved, Severity: diag.Error, About: Change, Category: Contract,
		Summary: "an enum lost a value",
		Why:     "Clients that handle the value never get it.",
		Fix:     "keep the value",
	},
	{
		ID: EnumValueAdded, Severity: diag.Warning, About: Change, Category: Contract,
		Summary: "an enum has a new value",
		Why:     "Clients with a branch for each value have none for this one.",
		Fix:     "tell clients before servers send it",
	},
	{
		ID: HeaderRemoved, Severity: diag.Error, About: Change, Category: Contract,
		Summary: "a response header was removed",
		Why:     "Clients that read it find nothing.",
		Fix:     "keep the header",
	},
	{
		ID: HeaderChanged, Severity: diag.Warning, About: Change, Category: Contract,
		Summary: "the value of a response header changed",
		Why:     "Clients that read it get another value.",
		Fix:     "make sure that clients can read the new value",
	},
	{
		ID: EnvelopeChanged, Severity: diag.Error, About: Change, Category: Wire,
		Summary: "a member of the envelope was removed, moved, or has another type",
		Why: "Clients that look for a code or a status do not find it. A new member is reported as " +
			"info; a changed constant or service, and a list that may now have several errors, " +
			"as a warning in the category contract. Clients recognize errors without a code by " +
			"their status and by what each of their bodies has, such as constants: there the " +
			"loss of any of it is an error.",
		Fix: "keep the member, and add the new one",
	},
	{
		ID: MetaChanged, Severity: diag.Warning, About: Change, Category: Contract,
		Summary: "a constant in the envelope changed, for one code or for all",
		Why: "Clients may branch on what `$meta`, `$group`, `$title` or `$docs_url` puts into " +
			"the body. A constant that the envelope does not contain is documentation.",
		Fix: "keep the constant",
	},
	{
		ID: VisibilityReduced, Severity: diag.Error, About: Change, Category: Wire,
		Summary:       "a public code is now internal",
		Why:           "Servers no longer send it: clients receive the fallback.",
		Fix:           "keep it public and add `deprecated`",
		FixDeprecated: "keep it public until you retire it",
	},
	{
		ID: StabilityReduced, Severity: diag.Error, About: Change, Category: Contract,
		Summary:       "the stability of a code was reduced",
		Why:           "Clients rely on a stable code because the catalog promised it.",
		Fix:           "keep the stability; to phase a code out, add `deprecated`",
		FixDeprecated: "keep the stability",
	},
	{
		ID: ValueChanged, Severity: diag.Info, About: Change, Category: Contract,
		Summary: "a value changed, such as a limit",
		Why: "Clients may have a copy of it. A lower limit is a warning: requests that passed " +
			"before are refused.",
		Fix: "tell clients before it takes effect",
	},
	{
		ID: ParamAdded, Severity: diag.Error, About: Change, Category: SourceGo,
		Summary: "a code has a new param, or a param has a new field",
		Why: "Constructors take one more argument, so callers do not compile. If they take a " +
			"struct, callers that do not set the new field send an empty value. An optional " +
			"param is info if constructors already take a struct. A param that no existing " +
			"constructor takes, such as that of a new variant, is info.",
		Fix: "if its constructors already take a struct, make the param `optional: true`; " +
			"otherwise add a new code",
	},
	{
		ID: ParamOrderChanged, Severity: diag.Error, About: Change, Category: SourceGo,
		Summary: "the order of a code's params changed",
		Why: "Constructors take their arguments in that order: callers do not compile, or " +
			"swap two arguments. It is info where constructors take a struct, or never take " +
			"both params.",
		Fix: "keep the order; the message may use the params in any order",
	},
	{
		ID: ParamNowRequired, Severity: diag.Error, About: Change, Category: SourceGo,
		Summary: "an optional param, or a field of one, is now required",
		Why: "The field is no longer a pointer, or constructors no longer take a struct: " +
			"callers do not compile, or send an empty value.",
		Fix: "keep it optional",
	},
	{
		ID: ConstructorChanged, Severity: diag.Error, About: Change, Category: SourceGo,
		Summary: "a Go constructor takes other params",
		Why: "A constructor takes the params of its message, of headers, and those with " +
			"`detail: true`, one by one. It takes a struct if one is optional or if there " +
			"are more than five. If any of these changes, callers do not compile. The rule " +
			"reports only what no other error about the code's params or Go names explains.",
		Fix: "keep the code's params, or add a new code",
	},
	{
		ID: GoNameChanged, Severity: diag.Error, About: Change, Category: SourceGo,
		Summary: "a Go name of the generated package changed",
		Why:     "Callers that use the old name do not compile.",
		Fix:     "keep the name with `go_name`",
	},
	{
		ID: TypeScriptNameChanged, Severity: diag.Error, About: Change, Category: SourceTypeScript,
		Summary: "a TypeScript name of a param, a field or a variant changed",
		Why: "Callers that use the old name do not compile. Of two names that are the same in " +
			"TypeScript, the first in the catalog keeps its name.",
		Fix: "keep the order",
	},
	{
		ID: PythonNameChanged, Severity: diag.Error, About: Change, Category: SourcePython,
		Summary: "a name of the Python module changed",
		Why: "Callers that use the old name fail. Of two names that are the same in Python, " +
			"the first in the catalog keeps its name. A code's `go_name` also names its class.",
		Fix: "keep the order and the `go_name`",
	},
	{
		ID: ValueTypeChanged, Severity: diag.Error, About: Change, Category: SourceGo,
		Summary: "the type of a value changed",
		Why:     "The type of the Go constant changes, so callers may not compile.",
		Fix:     "keep the value, and add another one with the new type",
	},
	{
		ID: ValueRemoved, Severity: diag.Error, About: Change, Category: SourceGo,
		Summary: "a value was removed",
		Why:     "Callers that use the Go constant do not compile.",
		Fix:     "keep the value",
	},
	{
		ID: CodeAdded, Severity: diag.Info, About: Change,
		Summary: "a code was added",
		Why:     "Clients handle an unknown code by its status. The changelog lists the code.",
	},
	{
		ID: VariantAdded, Severity: diag.Info, About: Change,
		Summary: "a variant was added",
		Why: "Clients that do not know the variant still recognize the code. It is a warning in " +
			"the category wire if they recognize the error only by its messages.",
	},
	{
		ID: HeaderAdded, Severity: diag.Info, About: Change,
		Summary: "a response header was added",
		Why:     "Clients ignore unknown headers.",
	},
	{
		ID: ValueAdded, Severity: diag.Info, About: Change,
		Summary: "a value was added",
		Why:     "The generated packages get one more constant.",
	},
	{
		ID: VisibilityRaised, Severity: diag.Info, About: Change,
		Summary: "an internal code is now public",
		Why:     "For clients it is a new code: they handle it by its status.",
	},
	{
		ID: StabilityRaised, Severity: diag.Info, About: Change,
		Summary: "the stability of a code was raised",
		Why:     "Clients may rely on it more.",
	},
	{
		ID: Deprecated, Severity: diag.Info, About: Change,
		Summary: "a code is now deprecated",
		Why:     "Clients have time to move.",
	},
	{
		ID: Undeprecated, Severity: diag.Info, About: Change,
		Summary: "a code is no longer deprecated",
		Why:     "Clients may keep using it.",
	},
	{
		ID: GroupMoved, Severity: diag.Info, About: Change,
		Summary: "a code moved to another group",
		Why:     "Its position in the reference changes; its link stays the same.",
	},
	{
		ID: StatusRowAdded, Severity: diag.Info, About: Change,
		Summary: "the status table has a new row",
		Why: "The reference explains one more status. If a code uses it, `status-added` or " +
			"`code-added` says so.",
	},
	{
		ID: StatusRowRemoved, Severity: diag.Info, About: Change,
		Summary: "the status table lost a row",
		Why: "The reference no longer explains the status. If a code no longer uses it, " +
			"`status-removed` or `status-default-changed` says so.",
	},
	{
		ID: TextChanged, Severity: diag.Info, About: Change,
		Summary: "the wording of the documentation changed",
		Why:     "Readers may want to look again.",
	},
}
