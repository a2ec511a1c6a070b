package rule

import "github.com/errspec/errspec/gen/internal/diag"

// A Category says whom a change breaks.
type Category string

// The categories, from the strictest view to the loosest. Whoever asks for one gets the later ones as well: who may not break Go
// callers may not break readers of the JSON either.
const (
	Source   Category = "source"   // callers of the generated Go package do not compile
	Contract Category = "contract" // clients that read the JSON by what the catalog says of it
	Wire     Category = "wire"     // clients that know nothing but codes and statuses, and where to find them
	Harmless Category = ""         // nobody
)

// Includes reports whether who asks for the changes of category c wants to know of one of category of. What harms nobody is told
// to everybody.
func (c Category) Includes(of Category) bool {
	rank := map[Category]int{Source: 0, Contract: 1, Wire: 2, Harmless: 3}
	return rank[of] >= rank[c]
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

	// Headers, the envelope, and how far a code may be relied on.
	HeaderRemoved     = "header-removed"
	HeaderChanged     = "header-changed"
	EnvelopeChanged   = "envelope-changed"
	MetaChanged       = "meta-changed"
	VisibilityReduced = "visibility-reduced"
	StabilityReduced  = "stability-reduced"
	ValueChanged      = "value-changed"

	// Go.
	ParamAdded         = "param-added"
	ParamOrderChanged  = "param-order-changed"
	ParamNowRequired   = "param-now-required"
	ConstructorChanged = "constructor-changed"
	GoNameChanged      = "go-name-changed"
	ValueTypeChanged   = "value-type-changed"
	ValueRemoved       = "value-removed"

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

// Changes returns every rule about changes between two editions of a catalog, in the order in which they are documented. It is not
// to be changed.
func Changes() []Rule { return changes[:] }

var changes = [...]Rule{
	{
		ID: CodeRemoved, Severity: diag.Error, About: Change, Category: Wire,
		Summary:       "a code is gone, and no tombstone tells of it",
		Why:           "A client that handles the code waits for something that never comes, and nothing tells its author so. The code may even come back with another meaning.",
		Fix:           "keep {code} and say `deprecated`; if it really must go, add it to `retired`",
		FixDeprecated: "keep {code}, which is deprecated, or add it to `retired`",
	},
	{
		ID: CodeRetired, Severity: diag.Warning, About: Change, Category: Wire,
		Summary: "a code was retired without having been deprecated before",
		Why:     "A client is told that a code is gone when it is gone. One edition with `deprecated` gives its author the time to move. A code that was deprecated before is told of as well, as info.",
		Fix:     "keep {code} for one more edition and say `deprecated`",
	},
	{
		ID: TombstoneRemoved, Severity: diag.Error, About: Change, Category: Wire,
		Summary: "the tombstone of a retired code is gone",
		Why:     "Nothing keeps the code from being used again for another meaning, and a client that meets it in the answer of an old server is not told what became of it.",
		Fix:     "put the tombstone back; tombstones stay for ever",
	},
	{
		ID: CodeReused, Severity: diag.Error, About: Change, Category: Wire,
		Summary: "a retired code is used again",
		Why:     "Old clients know it with its old meaning.",
		Fix:     "give the new error another code",
	},
	{
		ID: CodeRenamed, Severity: diag.Error, About: Change, Category: Wire,
		Summary:       "a code has another name",
		Why:           "A client that compares with the old code does not see the error any more. It is a renaming if a tombstone's `use` names the new code, or if a new code has the messages and the params of the one that is gone.",
		Fix:           "keep the old code: `deprecated: {use: {new}}`, and send the new one once clients have moved",
		FixDeprecated: "keep {code}, which is deprecated, until clients have moved to {new}, or add it to `retired`",
	},
	{
		ID: StatusRemoved, Severity: diag.Error, About: Change, Category: Wire,
		Summary: "a status that a code came with is gone",
		Why:     "A client that branches on the status line does not see the error any more.",
		Fix:     "keep the status in the list",
	},
	{
		ID: StatusDefaultChanged, Severity: diag.Error, About: Change, Category: Wire,
		Summary: "a code comes with another status by default",
		Why:     "A client that branches on the status line takes the error for another one, or for none that it knows.",
		Fix:     "keep the status; a new code can have the new one",
	},
	{
		ID: StatusAdded, Severity: diag.Warning, About: Change, Category: Wire,
		Summary: "a code may come with one more status",
		Why:     "A client that branches on the status line does not know the error with the new one.",
		Fix:     "tell clients before servers send it",
	},
	{
		ID: TypeChanged, Severity: diag.Error, About: Change, Category: Wire,
		Summary: "the `type` URI of a problem changed",
		Why:     "The type is what RFC 9457 tells problems apart by; clients compare it as a text.",
		Fix:     "set `type_base` to what the types began with: `docs_url` may then move",
	},
	{
		ID: FallbackChanged, Severity: diag.Error, About: Change, Category: Wire,
		Summary: "another code stands in for errors that have none",
		Why:     "Servers answer whatever is no error of the catalog by its first code with status 500 that needs no param, and bodies that are too large by the first with 413. A client that handles the code of before meets another.",
		Fix:     "keep the code of before ahead of {code}",
	},
	{
		ID: RetryRemoved, Severity: diag.Error, About: Change, Category: Contract,
		Summary: "a code that was to be retried is not to be any more",
		Why:     "What a client's retry made good before fails now.",
		Fix:     "keep the policy",
	},
	{
		ID: RetryAdded, Severity: diag.Warning, About: Change, Category: Contract,
		Summary: "a code is to be retried now",
		Why:     "Clients that follow the catalog will send requests again: the server should be ready for them, and must not have acted on the first.",
		Fix:     "make sure that repeating the request does no harm",
	},
	{
		ID: RetryChanged, Severity: diag.Warning, About: Change, Category: Contract,
		Summary: "a retry policy changed",
		Why:     "Clients that follow the catalog will come back at another pace, or more often.",
		Fix:     "make sure that servers bear the new pace",
	},
	{
		ID: VariantRemoved, Severity: diag.Error, About: Change, Category: Contract,
		Summary: "a variant of a code is gone",
		Why:     "A client that handles the variant waits for something that never comes.",
		Fix:     "keep the variant",
	},
	{
		ID: VariantMessageChanged, Severity: diag.Error, About: Change, Category: Contract,
		Summary: "a variant's message changed",
		Why:     "The message is what tells variants apart: a client that was generated before, or that compares texts, does not know the variant any more.",
		Fix:     "keep the message word for word, or add another variant",
	},
	{
		ID: MessageParamsChanged, Severity: diag.Error, About: Change, Category: Contract,
		Summary: "a message holds other params",
		Why:     "A client that was generated before can not read the message back, so it does not get the params that the message still holds.",
		Fix:     "keep the params of the message; what is new can be a param with `detail: true`",
	},
	{
		ID: MessageChanged, Severity: diag.Info, About: Change, Category: Contract,
		Summary: "the words of a message changed",
		Why:     "Nobody should compare texts, but people search for them. If params are read from the message alone, clients that were generated before get none of them: then it is a warning.",
		Fix:     "keep the words if clients may look for them",
	},
	{
		ID: ParamRemoved, Severity: diag.Error, About: Change, Category: Contract,
		Summary: "a param is gone",
		Why:     "A client that reads it finds nothing.",
		Fix:     "keep the param",
	},
	{
		ID: ParamTypeChanged, Severity: diag.Error, About: Change, Category: Contract,
		Summary: "a param has another type",
		Why:     "A client that was generated before can not read it; other clients fail on the JSON's type.",
		Fix:     "add a param of the new type beside the old one",
	},
	{
		ID: ParamNowSensitive, Severity: diag.Error, About: Change, Category: Contract,
		Summary: "a param is sensitive now, and not sent any more",
		Why:     "A client that reads it finds nothing.",
		Fix:     "if it should never have been sent, accept this with that reason",
	},
	{
		ID: ParamNowOptional, Severity: diag.Error, About: Change, Category: Contract,
		Summary: "a param may be absent now",
		Why:     "A client that counts on it may find nothing. In Go the param is a pointer now, and constructors take the params as a struct: callers do not compile.",
		Fix:     "keep it required",
	},
	{
		ID: EnumValueRemoved, Severity: diag.Error, About: Change, Category: Contract,
		Summary: "a value of an enum is gone",
		Why:     "A client that handles the value waits for something that never comes.",
		Fix:     "keep the value",
	},
	{
		ID: EnumValueAdded, Severity: diag.Warning, About: Change, Category: Contract,
		Summary: "an enum has one more value",
		Why:     "A client with a branch for each value has none for this one.",
		Fix:     "tell clients before servers send it",
	},
	{
		ID: HeaderRemoved, Severity: diag.Error, About: Change, Category: Contract,
		Summary: "a response header is gone",
		Why:     "A client that reads it finds nothing.",
		Fix:     "keep the header",
	},
	{
		ID: HeaderChanged, Severity: diag.Warning, About: Change, Category: Contract,
		Summary: "a response header has another value",
		Why:     "A client that reads it gets something else.",
		Fix:     "make sure that clients can read the new value",
	},
	{
		ID: EnvelopeChanged, Severity: diag.Error, About: Change, Category: Wire,
		Summary: "a member of the envelope is gone, has moved, or has another type",
		Why:     "A client that looks for a code or a status where it was finds none. A new member harms nobody and is told of as info; another constant, or another service, is a warning for readers of all of the JSON.",
		Fix:     "keep the member, and add the new one beside it",
	},
	{
		ID: MetaChanged, Severity: diag.Warning, About: Change, Category: Contract,
		Summary: "a constant that the envelope carries changed, for a code or for all",
		Why:     "A client may branch on what `$meta`, `$group`, `$title` or `$docs_url` puts into the body. Where the envelope does not carry it, it is documentation.",
		Fix:     "keep the constant",
	},
	{
		ID: VisibilityReduced, Severity: diag.Error, About: Change, Category: Contract,
		Summary:       "a public code is internal now",
		Why:           "Servers do not send it any more: clients meet the fallback in its place.",
		Fix:           "keep it public and say `deprecated`",
		FixDeprecated: "keep it public until you retire it",
	},
	{
		ID: StabilityReduced, Severity: diag.Error, About: Change, Category: Contract,
		Summary:       "a code may be relied on less than before",
		Why:           "Stability may only rise: who relies on a stable code did so because it was promised.",
		Fix:           "keep the stability; a code on its way out is `deprecated`",
		FixDeprecated: "keep the stability",
	},
	{
		ID: ValueChanged, Severity: diag.Info, About: Change, Category: Contract,
		Summary: "a value changed, such as a limit",
		Why:     "Clients may have built it in. A limit that is lower now is a warning: what passed before is refused.",
		Fix:     "tell clients before it takes effect",
	},
	{
		ID: ParamAdded, Severity: diag.Error, About: Change, Category: Source,
		Summary: "a code has one more param",
		Why:     "Constructors take one more argument, and callers do not compile; or their params struct has one more field, and callers that do not set it send an empty value. An optional param is info if constructors take the params as a struct already; if they do not, they do now.",
		Fix:     "if its constructors take the params as a struct already, make it `optional: true`; else a new code can have the param",
	},
	{
		ID: ParamOrderChanged, Severity: diag.Error, About: Change, Category: Source,
		Summary: "the params of a code stand in another order",
		Why:     "Constructors take their arguments in that order: callers do not compile, or, worse, swap two arguments. It is info where constructors take the params as a struct, whose fields have names.",
		Fix:     "keep the order; it is the constructor's, not the message's",
	},
	{
		ID: ParamNowRequired, Severity: diag.Error, About: Change, Category: Source,
		Summary: "a param that was optional is required now",
		Why:     "The field of the params struct is no pointer any more, or constructors take the params one by one now: callers do not compile, or send an empty value where they set nothing.",
		Fix:     "keep it optional",
	},
	{
		ID: ConstructorChanged, Severity: diag.Error, About: Change, Category: Source,
		Summary: "a Go constructor takes other params",
		Why:     "A constructor takes the params of its message, those of headers and those with `detail: true`, one by one; it takes a struct of all params if one is optional, or if there are more than five. After a change of any of these, callers do not compile. It is only told if no error of the code says so already.",
		Fix:     "leave the code's params as they are; a new code can have other ones",
	},
	{
		ID: GoNameChanged, Severity: diag.Error, About: Change, Category: Source,
		Summary: "a Go name of the generated package changed",
		Why:     "Whoever uses the old name does not compile.",
		Fix:     "keep the name with `go_name`",
	},
	{
		ID: ValueTypeChanged, Severity: diag.Error, About: Change, Category: Source,
		Summary: "a value has another type",
		Why:     "The Go constant has another type: who uses it may not compile.",
		Fix:     "add a value of the new type beside the old one",
	},
	{
		ID: ValueRemoved, Severity: diag.Error, About: Change, Category: Source,
		Summary: "a value is gone",
		Why:     "Who uses the Go constant does not compile.",
		Fix:     "keep the value",
	},
	{
		ID: CodeAdded, Severity: diag.Info, About: Change,
		Summary: "a new code",
		Why:     "Clients treat a code that they do not know by its status. It stands in the changelog.",
	},
	{
		ID: VariantAdded, Severity: diag.Info, About: Change,
		Summary: "a new variant",
		Why:     "Clients that do not know it still know the code.",
	},
	{
		ID: HeaderAdded, Severity: diag.Info, About: Change,
		Summary: "a new response header",
		Why:     "Clients ignore headers that they do not know.",
	},
	{
		ID: ValueAdded, Severity: diag.Info, About: Change,
		Summary: "a new value",
		Why:     "It is one more constant.",
	},
	{
		ID: VisibilityRaised, Severity: diag.Info, About: Change,
		Summary: "an internal code is public now",
		Why:     "Clients treat a code that they do not know by its status. To them it is a new code.",
	},
	{
		ID: StabilityRaised, Severity: diag.Info, About: Change,
		Summary: "a code may be relied on more than before",
		Why:     "Clients are glad to hear it.",
	},
	{
		ID: Deprecated, Severity: diag.Info, About: Change,
		Summary: "a code is deprecated now",
		Why:     "Clients have time to move.",
	},
	{
		ID: Undeprecated, Severity: diag.Info, About: Change,
		Summary: "a code is not deprecated any more",
		Why:     "Clients may stay.",
	},
	{
		ID: GroupMoved, Severity: diag.Info, About: Change,
		Summary: "a code is in another group",
		Why:     "It stands elsewhere in the reference; its link is the same.",
	},
	{
		ID: StatusRowAdded, Severity: diag.Info, About: Change,
		Summary: "the table of statuses has a new row",
		Why:     "The reference explains one more status. That a code comes with it is told of as `status-added` or `code-added`.",
	},
	{
		ID: StatusRowRemoved, Severity: diag.Info, About: Change,
		Summary: "a row of the table of statuses is gone",
		Why:     "The reference explains the status no more. That a code does not come with it any more is told of as `status-removed` or `status-default-changed`.",
	},
	{
		ID: TextChanged, Severity: diag.Info, About: Change,
		Summary: "the words of the documentation changed",
		Why:     "Readers may want to look again.",
	},
}
