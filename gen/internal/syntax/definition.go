package syntax

import (
	"fmt"
	"sync"

	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/value"
)

// Format returns the definition of the catalog format: the type of a root file. It is shared: do
// not change it.
func Format() *Type { return format() }

// IncludedFormat returns the type of a file that another one includes: it holds parts of a catalog,
// and nothing about the whole. It is shared: do not change it.
func IncludedFormat() *Type { return includedFormat() }

var format = sync.OnceValue(func() *Type { return root().Type })

var includedFormat = sync.OnceValue(func() *Type {
	var fields []Field
	for _, f := range format().Fields {
		switch f.Key {
		case "groups", "statuses", "retry_policies", "retired", "include":
			f.InParts, f.Required, f.Unless = f.Required, false, ""
			fields = append(fields, f)
		}
	}
	return &Type{
		Kind:   Object,
		Name:   "included file",
		Doc:    "A part of an errspec catalog, included by its root file.",
		Fields: fields,
	}
})

const idPattern = `^[a-z][a-z0-9-]*$`

const idLooks = "a lower-case letter, then lower-case letters, digits and hyphens"

// sentID returns the type of an id that a body may have: an API that exists has written it.
func sentID() of[Scalar] {
	return matching("", `^[A-Za-z0-9][A-Za-z0-9_.-]*$`, "letters, digits, _, . and -")
}

func root() of[Catalog] {
	return object[Catalog]("catalog",
		"An errspec catalog: the errors of one API, the only source of its Go package, "+
			"reference and schemas.",
		field("version", integer("", 0, 0).looks("1"), "The version of the catalog format.",
			func(c *Catalog) *Scalar { return &c.Version }, required, examples("1")),
		field("title", text("One line."), "The title of the reference page. Plain text.",
			func(c *Catalog) *Scalar { return &c.Title }, required, examples("Errors")),
		field("description", markdown(""), "What the page says below its title.",
			func(c *Catalog) *Scalar { return &c.Description }),
		field("service", sentID().most(maxURL),
			"The name of the API: the domain of its codes, and what $service puts into the envelope.",
			func(c *Catalog) *Scalar { return &c.Service }, examples("bithuman", "storage.googleapis.com")),
		field("docs_url", text("").most(maxURL),
			"Where the reference is published. A code's link is this plus # and its anchor, "+
				"or this with {code} or {anchor} filled in.",
			func(c *Catalog) *Scalar { return &c.DocsURL }, examples("https://docs.example.com/api/errors")),
		field("type_base", text("").most(maxURL),
			"The start of the `type` URIs of RFC 9457; default: the docs_url. "+
				"Set it to keep the types when the docs move.",
			func(c *Catalog) *Scalar { return &c.TypeBase }, examples("https://api.example.com/problems/")),
		field("envelope", envelope(),
			"The exact JSON of every error response: the name of a preset, or the body itself.",
			func(c *Catalog) *Envelope { return &c.Envelope }, defaults("problem")),
		field("statuses",
			mapOf("One row for each status, in the order of the page.",
				text("An HTTP status, 100 to 599."), status()).extensible(),
			"The status table of the reference.", func(c *Catalog) *[]Entry[Status] { return &c.Statuses },
			examples(`{404: {title: Not Found, cause: Nothing is there.}}`),
			also("http_statuses", "status_codes")),
		field("retry_policies",
			mapOf("A name, and its policy.", matching("", idPattern, idLooks),
				policy()).most(MaxElements).extensible(),
			"Retry policies, named once and used by errors.",
			func(c *Catalog) *[]Entry[Policy] { return &c.Policies },
			examples(`{backoff: {base: 1s, max_retries: 4}}`), also("retries", "policies")),
		field("retry_default", retry(),
			"How clients retry a 429, 502, 503 or 504 whose body is not the API's own, "+
				"such as a proxy's. Default: they do not.",
			func(c *Catalog) *Policy { return &c.RetryDefault }, examples("backoff")),
		field("groups", listOf("", group()), "The errors, in groups: the sections of the page.",
			func(c *Catalog) *[]Group { return &c.Groups }, requiredUnlessIn("include"),
			examples("[{id: files, title: Files, errors: []}]")),
		field("retired", listOf("", tombstone()),
			"Codes that are no longer sent. They stay listed, "+
				"so that none is ever used again with another meaning.",
			func(c *Catalog) *[]Tombstone { return &c.Retired },
			examples(`[{code: FILE_LOST, use: FILE_GONE}]`), also("tombstones", "removed")),
		field("docs", docs(), "What else the reference page contains.",
			func(c *Catalog) *Docs { return &c.Docs }),
		field("lint", lint(), "Settings of `errspec lint`.",
			func(c *Catalog) *Lint { return &c.Lint }),
		field("include",
			listOf("", text("A path or a glob, relative to this file. "+
				"It may not leave the root file's folder.")).most(MaxElements),
			"Other files with groups, statuses, "+
				"retry_policies and retired codes of this catalog. A glob sorts by name.",
			func(c *Catalog) *[]Scalar { return &c.Include }, also("import", "imports"),
			examples("[errors/*.yaml]")))
}

func envelope() of[Envelope] {
	preset := choice("A preset.",
		Choice{"problem", "RFC 9457, application/problem+json: type, title, status, detail, instance, " +
			"code and the params."},
		Choice{"nested", "`error.code`, `error.message` and `error.httpStatus`, then `status: error` " +
			"and `status_code`."})
	preset.Type.Elsewhere = map[string]string{
		"rfc9457":                  "problem",
		"rfc-9457":                 "problem",
		"rfc 9457":                 "problem",
		"rfc7807":                  "problem",
		"rfc 7807":                 "problem",
		"problem-details":          "problem",
		"problem+json":             "problem",
		"application/problem+json": "problem",
	}
	body := object[Envelope]("envelope", "The envelope in full.",
		field("media_type", text("").most(maxURL), "The Content-Type of error responses.",
			func(e *Envelope) *Scalar { return &e.MediaType }, defaults("application/json")),
		field("description", markdown(""), "What the page says above the sample.",
			func(e *Envelope) *Scalar { return &e.Description }),
		field("headers",
			mapOf("A header, and its value.", text(""),
				text("Constant text, and roles such as ${code} and ${param.NAME}.")).most(maxOfCode),
			"Response headers of every error; an error's own headers override them. "+
				"A header without a value is omitted.",
			func(e *Envelope) *[]Entry[Scalar] { return &e.Headers },
			examples("{x-ms-error-code: $code, Cache-Control: no-store}")),
		field("example", object[Sample]("sample", "The sample's values.",
			field("code", text(""),
				"The code to show; default: the first public one. For a code of the catalog, "+
					"the sample shows what that code sends; for any other code, only the form of the body.",
				func(s *Sample) *Scalar { return &s.Code }),
			field("message", text(""),
				"The message to show, as it is written; default: that of the code, if the catalog has it.",
				func(s *Sample) *Scalar { return &s.Message },
				defaults("Human-readable description of what went wrong.")),
			field("status", integer("", 100, 599),
				"The status to show; default: that of the code, if the catalog has it.",
				func(s *Sample) *Scalar { return &s.Status }, defaults("400"))),
			"What the page shows in the envelope's sample.",
			func(e *Envelope) *Sample { return &e.Example }),
		field("body", free(
			"Strings such as $code are roles, written ${code} inside a longer string; "+
				"everything else is constant. A member without a value is omitted, unless "+
				"{$or: [$param.hint, null]} says what to send instead. {$each: {code: $code}} is a list "+
				"with one element for each error."),
			"The JSON of every error response, an object or a list of errors: $code, $message, "+
				"$status and other roles stand for the values of each error. "+
				"If the code is part of a string, it must be the only role in it, "+
				"as in `com.acme#${code}`.",
			func(e *Envelope) *Any { return &e.Body }, required,
			examples("{code: $code, message: $message}")))
	body.Type.Instead = map[string]string{
		"status": "each error has its own status; to show it in the body, use $status",
	}
	return oneOf[Envelope]("", when(preset, func(e *Envelope) *Scalar { return &e.Preset }),
		whole(body))
}

func status() of[Status] {
	return object[Status]("status", "A row of the status table.",
		field("title", text(""), "The status in a word or two. Plain text.",
			func(s *Status) *Scalar { return &s.Title }, also("name", "meaning"), required,
			examples("Bad Request")),
		field("cause", markdown(""), "The common cause.",
			func(s *Status) *Scalar { return &s.Cause }, also("description", "reason")),
	)
}

func policy() of[Policy] {
	return object[Policy]("retry policy", "A retry policy. Every key has a default.",
		policyFields()...)
}

// retry is how an error, or retry_default, refers to a policy.
func retry() of[Policy] {
	name := text("`never`, or the name of a policy.")
	name.Type.Suggestions = []Choice{{"never", "The caller should not try again."}}
	inline := object[Policy]("inline retry policy",
		"A policy of its own, or a named one with some keys changed.", append([]Field{
			field("policy", text(""), "The policy that the other keys change.",
				func(p *Policy) *Scalar { return &p.Policy }),
		}, policyFields()...)...)
	return oneOf[Policy]("", when(name, func(p *Policy) *Scalar { return &p.Policy }), whole(inline))
}

func policyFields() []Field {
	return []Field{
		field("strategy",
			choice("",
				Choice{"exponential", "base, base·factor, base·factor², … up to max_delay."},
				Choice{"constant", "base each time."}),
			"How delays grow.", func(p *Policy) *Scalar { return &p.Strategy }, defaults("exponential")),
		field("base", duration(""), "The first delay.", func(p *Policy) *Scalar { return &p.Base },
			also("initial_delay", "initialdelay", "initial_backoff", "initialbackoff", "initial_interval",
				"initial", "delay", "base_delay", "min_delay", "interval", "backoff"),
			defaults("1s")),
		field("factor", number(""), "What each delay is multiplied by; at least 1.",
			func(p *Policy) *Scalar { return &p.Factor },
			also("multiplier", "backoff_multiplier", "backoffmultiplier", "backoff_factor", "exponent"),
			defaults("2")),
		field("max_delay", duration(""),
			"The cap of the computed delay; not of what Retry-After asks for.",
			func(p *Policy) *Scalar { return &p.MaxDelay },
			also("max_backoff", "maxbackoff", "max_interval", "maxinterval", "cap", "limit"),
			defaults("30s")),
		field("jitter", choice("",
			Choice{"full", "A random delay from zero to the computed delay."},
			Choice{"equal", "Half of the computed delay, plus a random part of the other half."},
			Choice{"none", "The computed delay."}),
			"How delays are randomized, so that clients do not all retry at once.",
			func(p *Policy) *Scalar { return &p.Jitter }, defaults("full")),
		field("max_retries", integer("", 0, 0).looks("a whole number such as 4"),
			"How many retries, not attempts: \"retry once\" is 1.",
			func(p *Policy) *Scalar { return &p.MaxRetries }, also("retries", "max_retry"), defaults("4")),
		field("max_retry_after", duration(""),
			"The longest Retry-After to wait for; if a response asks for more, clients do not retry.",
			func(p *Policy) *Scalar { return &p.MaxRetryAfter }, defaults("5m")),
		field("methods",
			choice("",
				Choice{"idempotent", "GET, HEAD, PUT, DELETE, OPTIONS and TRACE."},
				Choice{"any", "POST and PATCH as well: only if the server has not acted when " +
					"it sends the code."}),
			"Which requests are sent again.", func(p *Policy) *Scalar { return &p.Methods },
			defaults("idempotent")),
	}
}

func group() of[Group] {
	return object[Group]("group", "Errors that belong together.",
		field("id", sentID(), "The group's name in code, and what $group puts into the envelope; unique.",
			func(g *Group) *Scalar { return &g.ID }, also("key"), required, examples("files")),
		field("title", text(""), "The heading. Plain text. Required where the id first appears.",
			func(g *Group) *Scalar { return &g.Title }, also("name"), examples("File operations")),
		field("description", markdown(""), "What the page says below the heading.",
			func(g *Group) *Scalar { return &g.Description }),
		field("anchor", anchor(),
			"The anchor of the heading, instead of the one that follows from the title.",
			func(g *Group) *Scalar { return &g.Anchor }, examples("files")),
		field("meta", meta(),
			"Constants for $meta.KEY in the envelope; an error's own constants override them.",
			func(g *Group) *[]Entry[Scalar] { return &g.Meta }, examples("{type: request_error}")),
		field("errors", listOf("", errorType()), "The group's codes, in the order of the page.",
			func(g *Group) *[]Error { return &g.Errors }, also("codes", "error"), required,
			examples("[{code: FILE_TOO_LARGE, status: 413, message: The file is too large}]")),
	)
}

func meta() of[[]Entry[Scalar]] {
	constant := text("").most(maxMeta)
	return mapOf("A key, and its constant text.", constant, constant).most(MaxMetas)
}

func errorType() of[Error] {
	const looks = "a number from 400 to 599, such as 404"
	statusCode := func(looks string) of[Scalar] {
		return integer("An HTTP status.", 0, 0).looks(looks)
	}
	one := func(e *[]Scalar) *Scalar { *e = append(*e, Scalar{}); return &(*e)[0] }
	t := object[Error]("error", "One error code.",
		field("code", text(""),
			"The code in the JSON. Once published, never change it or give it another meaning.",
			func(e *Error) *Scalar { return &e.Code }, also("name", "id", "error_code", "key"), required,
			examples("FILE_TOO_LARGE")),
		field("status",
			oneOf[[]Scalar]("", when(statusCode(looks+", or a list of them, such as [401, 403]"), one),
				whole(listOf("The first is the default.", statusCode(looks)).most(maxStatuses))),
			"The HTTP status of the response; several if it varies, the default first.",
			func(e *Error) *[]Scalar { return &e.Statuses },
			also("http_status", "httpstatus", "http", "http_code", "httpcode", "status_code", "statuscode"),
			required, examples("413", "[401, 403]")),
		field("title", text(""),
			"The error in a few words, without placeholders. Plain text. Default: the words of the code.",
			func(e *Error) *Scalar { return &e.Title }, also("summary"), examples("File too large")),
		field("message", text("").orNull(),
			"What went wrong, for people, one line of plain text; ${param} is filled in, $$ is a dollar. "+
				"null: the error is sent without a message. Required unless there are variants.",
			func(e *Error) *Scalar { return &e.Message }, also("msg", "text", "template", "detail"),
			examples(`"The ${kind} file exceeds ${limit}."`)),
		field("params",
			mapOf("A name, and its type.", text("A letter, then letters, digits, _ and -."), param()).
				most(maxOfCode),
			"The values for placeholders in messages and headers, in the order of the constructor's "+
				"arguments.",
			func(e *Error) *[]Entry[Param] { return &e.Params },
			examples(`{limit: {type: bytes, example: 10MB}}`),
			also("parameters", "arguments", "args", "placeholders", "extensions", "properties", "fields")),
		field("values",
			mapOf("A name, and its value.", text("A letter, then letters, digits, _ and -."),
				valueType()).most(maxOfCode),
			"Constants that docs and code share: ${name} in a text, and a Go constant.",
			func(e *Error) *[]Entry[Value] { return &e.Values }, also("constants", "consts"),
			examples("{max_image: 10MB}")),
		field("variants", listOf("", variant()).most(maxOfCode),
			"Several messages of one code, which clients can tell apart.",
			func(e *Error) *[]Variant { return &e.Variants },
			examples(`[{id: agent, message: There is no such agent}]`), also("messages", "cases")),
		field("description", markdown(""), "When it happens.",
			func(e *Error) *Scalar { return &e.Description }, also("desc")),
		field("resolution", markdown(""), "What the caller does about it.",
			func(e *Error) *Scalar { return &e.Resolution },
			also("fix", "solution", "remedy", "action", "hint", "remediation")),
		field("retry", retry(),
			"Whether and how to try again: never, the name of a policy, or a policy of its own. "+
				"Absent: not stated; clients do not retry.",
			func(e *Error) *Policy { return &e.Retry }, also("retry_policy"),
			examples("backoff", "{policy: backoff, max_retries: 5}")),
		field("headers",
			mapOf("A header, and its value.", text(""), text("Constant text, and ${param}.")).
				most(maxOfCode),
			"Response headers that go with the error.",
			func(e *Error) *[]Entry[Scalar] { return &e.Headers },
			examples(`{Retry-After: "${retry_after}"}`)),
		field("links", listOf("", object[Link]("link", "A link.",
			field("title", text(""), "What the reader sees.", func(l *Link) *Scalar { return &l.Title },
				also("text", "label", "name"), required, examples("Rate limits")),
			field("url", text(""), "A URL, or an absolute path.", func(l *Link) *Scalar { return &l.URL },
				also("href", "link"), required, examples("https://docs.example.com/api/rate-limits")),
		)).most(maxOfCode), "Further reading.", func(e *Error) *[]Link { return &e.Links }),
		field("see", listOf("", text("A code of this catalog.")).most(maxOfCode),
			"Other codes that a reader may be looking for.", func(e *Error) *[]Scalar { return &e.See },
			also("see_also", "related")),
		field("tags", listOf("", text("")).most(maxOfCode), "Words to find the code by.",
			func(e *Error) *[]Scalar { return &e.Tags }),
		field("since", text(""), "When it appeared: a version or a date.",
			func(e *Error) *Scalar { return &e.Since }, examples("2026-06-12")),
		field("stability",
			choice("",
				Choice{"stable", "Changes follow the breaking-change rules."},
				Choice{"beta", "Close to stable; clients may rely on it."},
				Choice{"experimental", "May change at any time."}),
			"How far clients may rely on the code.", func(e *Error) *Scalar { return &e.Stability },
			defaults("stable")),
		field("deprecated", object[Deprecation]("deprecation", "What to use instead.",
			field("since", text(""), "Since when.", func(d *Deprecation) *Scalar { return &d.Since }),
			field("use", text(""), "The code that replaces it.",
				func(d *Deprecation) *Scalar { return &d.Use }, also("replaced_by", "replacement", "instead")),
			field("note", markdown(""), "Why, and how to move.",
				func(d *Deprecation) *Scalar { return &d.Note }, also("reason", "message"))),
			"Clients should no longer rely on the code.",
			func(e *Error) *Deprecation { return &e.Deprecated },
			examples(`{since: 2026-06-12, use: OTHER_CODE}`),
			also("deprecation")),
		field("visibility", choice("",
			Choice{"public", "On the wire and in the docs."},
			Choice{"internal", "Never on the wire and never published; servers log it and " +
				"send the fallback."}),
			"Who may see the code.", func(e *Error) *Scalar { return &e.Visibility }, defaults("public")),
		field("anonymous", boolean(""),
			"The body has no code. Clients recognize the error by its status; "+
				"if several share the status, by the body or the message.",
			func(e *Error) *Scalar { return &e.Anonymous }, also("no_code", "codeless", "without_code"),
			defaults("false")),
		field("meta", meta(), "Constants for $meta.KEY in the envelope.",
			func(e *Error) *[]Entry[Scalar] { return &e.Meta }),
		field("go_name", goName(),
			"The Go stem, instead of the one derived from the code: Code<Stem>, <Stem>Error, New<Stem>.",
			func(e *Error) *Scalar { return &e.GoName }, examples("FileTooLarge")),
		field("anchor", anchor(),
			"The anchor of the entry, instead of the one that follows from the code.",
			func(e *Error) *Scalar { return &e.Anchor }, examples("file-too-large")))
	t.Type.Instead = map[string]string{}
	for _, key := range []string{"type", "reason", "category", "domain", "kind", "subcode",
		"error_type", "doc_url", "docs_url", "documentation_url", "more_info"} {
		t.Type.Instead[key] = fmt.Sprintf(
			"write a constant of the code as `meta: {%s: …}`; the envelope shows it as $meta.%[1]s", key)
	}
	return t
}

// language is a language of samples, perhaps by a name that people use as well.
func language() of[Scalar] {
	t := choice("language",
		Choice{"go", "With the generated Go package."},
		Choice{"typescript", "With the generated TypeScript module."},
		Choice{"python", "With the generated Python module."},
		Choice{"curl", "With curl and jq."})
	t.Type.Elsewhere = map[string]string{
		"golang": "go", "ts": "typescript", "js": "typescript", "javascript": "typescript",
		"node": "typescript", "py": "python", "python3": "python", "shell": "curl", "bash": "curl",
	}
	return t
}

func anchor() of[Scalar] {
	return matching("", `^[a-z0-9][a-z0-9_-]*$`, "lower-case letters, digits, - and _").most(maxAnchor)
}

func goName() of[Scalar] {
	return matching("", `^[A-Z][A-Za-z0-9_]*$`, "an upper-case letter, then letters, digits and _")
}

func param() of[Param] {
	t := object[Param]("param", "A typed placeholder.",
		append(typeFields(func(p *Param) *ParamType { return &p.ParamType }), []Field{
			field("description", markdown(""), "What it is.",
				func(p *Param) *Scalar { return &p.Description }, also("desc", "doc", "meaning")),
			field("example", free(""),
				"An example, in the form of its type: 10MB, 6s. Shown to users, and used in tests.",
				func(p *Param) *Any { return &p.Example }),
			field("detail", boolean(""), "Sent in the envelope's $params, not in the message.",
				func(p *Param) *Scalar { return &p.Detail }, defaults("false")),
			field("optional", boolean(""),
				"It may be absent. Never in a message; in Go it is a pointer, "+
					"and constructors take the params as a struct.",
				func(p *Param) *Scalar { return &p.Optional }, defaults("false")),
			field("sensitive", boolean(""),
				"Known to the constructor, and logged only on purpose; never in a message, body, header or "+
					"example.",
				func(p *Param) *Scalar { return &p.Sensitive }, defaults("false")),
			field("go_name", goName(), "The Go field, instead of the one derived from the name.",
				func(p *Param) *Scalar { return &p.GoName }),
		}...)...)
	optional := "remove it: a param is required unless it says `optional: true`, " +
		"and a param without a value is omitted from the body"
	absent := "write `optional: true`: a param without a value is omitted from the body; " +
		"to send something instead, write `{$or: [$param.NAME, null]}` in the envelope"
	t.Type.Instead = map[string]string{
		"required": optional,
		"nullable": absent,
		"default":  absent,
	}
	return t
}

// typeSpec is the type of a list's items and of a map's values, fieldSpec that of an object's
// member. They contain each other, so their definition is a ring.
var typeSpec, fieldSpec = ring()

func ring() (of[TypeSpec], of[FieldSpec]) {
	spec, member := of[TypeSpec]{&Type{}}, of[FieldSpec]{&Type{}}
	name := kindType("A type of one word.", rule.ParamType, oneWord)
	full := object[TypeSpec]("type", "A type that needs more than a word.",
		typeFieldsOf(spec, member, func(t *TypeSpec) *ParamType { return &t.ParamType })...)
	full.Type.Signs = signsOfType()
	*spec.Type = *oneOf[TypeSpec]("", when(name, func(t *TypeSpec) *Scalar { return &t.Type }),
		whole(full),
		when(fieldsOf(member), func(t *TypeSpec) *[]Entry[FieldSpec] { return &t.Fields })).Type
	optional := "remove it: a field is required unless it says `optional: true`"
	all := object[FieldSpec]("field", "A member of an object.",
		append(typeFieldsOf(spec, member, func(f *FieldSpec) *ParamType { return &f.ParamType }),
			field("optional", boolean(""),
				"It may be absent. In Go it is a pointer; a list, a map or JSON is nil.",
				func(f *FieldSpec) *Scalar { return &f.Optional }, defaults("false")),
			field("go_name", goName(), "The Go field, instead of the one derived from the name.",
				func(f *FieldSpec) *Scalar { return &f.GoName }))...)
	all.Type.Instead = map[string]string{
		"required":    optional,
		"nullable":    optional,
		"default":     optional,
		"description": "write it in the description of the param",
		"example":     "write it as a part of the param's example",
	}
	all.Type.Signs = signsOfField()
	*member.Type = *oneOf[FieldSpec]("", when(name, func(f *FieldSpec) *Scalar { return &f.Type }),
		whole(all),
		when(fieldsOf(member), func(f *FieldSpec) *[]Entry[FieldSpec] { return &f.Fields })).Type
	spec.Type.Name, member.Type.Name = "type of an element", "type of a field"
	spec.Type.Doc = "A type of one word, a type that needs more, or the fields of an object."
	member.Type.Doc = spec.Type.Doc
	return spec, member
}

// signsOfType tell a type from the short form of an object, whose keys are names of fields: a field
// cannot be of type object, list or map in a word, and no field is a list in YAML.
func signsOfType() []Sign {
	parts := choice("", kinds(value.Kind.HasParts)...)
	parts.Type.Elsewhere = map[string]string{}
	for other, word := range otherKinds {
		if has(parts.Type.Choices, word) {
			parts.Type.Elsewhere[other] = word
		}
	}
	return []Sign{{"type", parts.Type}, {"enum", listOf("", text("")).Type}}
}

// signsOfField tell a field with its type from the short form of an object, in which no field is
// called as the keys of a type are.
func signsOfField() []Sign {
	var signs []Sign
	for _, key := range []string{"type", "enum", "items", "values", "fields", "optional"} {
		signs = append(signs, Sign{Key: key})
	}
	return signs
}

func fieldsOf(member of[FieldSpec]) of[[]Entry[FieldSpec]] {
	return mapOf("A field's name, and its type.", text("What JSON calls it."), member).most(maxOfCode)
}

// typeFields are the keys that say what type something has.
func typeFields[T any](at func(*T) *ParamType) []Field {
	return typeFieldsOf(typeSpec, fieldSpec, at)
}

func typeFieldsOf[T any](spec of[TypeSpec], member of[FieldSpec], at func(*T) *ParamType) []Field {
	return []Field{
		field("type", kindType("", rule.ParamType, anyKind),
			"The type in Go, in JSON and in the message.", func(t *T) *Scalar { return &at(t).Type },
			also("kind"), required, examples("string")),
		field("enum", listOf("", text("")).most(MaxElements), "For a string: the only values allowed.",
			func(t *T) *[]Scalar { return &at(t).Enum }, also("one_of", "oneof", "allowed", "choices"),
			examples("[image, video]")),
		field("items", spec, "What a list holds: a type, or the fields of an object and their types.",
			func(t *T) *TypeSpec { at(t).Items = &TypeSpec{}; return at(t).Items },
			examples("string", "{field: string, reason: string}")),
		field("values", spec,
			"What a map holds: a type, or the fields of an object and their types. Its keys are strings.",
			func(t *T) *TypeSpec { at(t).Values = &TypeSpec{}; return at(t).Values },
			also("additionalproperties", "additional_properties", "elements"),
			examples("string", "{type: list, items: string}")),
		field("fields", fieldsOf(member),
			"What an object holds: the names of its fields and their types.",
			func(t *T) *[]Entry[FieldSpec] { return &at(t).Fields }, also("properties", "members"),
			examples("{code: string, limit: {type: int, optional: true}}")),
	}
}

func valueType() of[Value] {
	full := object[Value]("value", "A value with its type.",
		field("type", kindType("", rule.ValueType, constant),
			"The type; default: inferred from how the value is written.",
			func(v *Value) *Scalar { return &v.Type }),
		field("value", literal(""), "The value.", func(v *Value) *Any { return &v.Value }, required,
			examples("10MB")),
		field("description", markdown(""), "What it is.",
			func(v *Value) *Scalar { return &v.Description }),
		field("go_name", goName(),
			"The Go constant's name after the code's, instead of the one derived from the name.",
			func(v *Value) *Scalar { return &v.GoName }))
	short := literal(
		"A typed constant. Quoted is a string; plain is tried as int, float, bool, bytes, " +
			"duration, time, then string.")
	return oneOf[Value]("", whole(full), when(short, func(v *Value) *Any { return &v.Value }))
}

func kindDoc(kind value.Kind) string {
	switch kind {
	case value.Int:
		return "A whole number of 64 bits."
	case value.Float:
		return "A decimal number."
	case value.Bool:
		return "true or false."
	case value.Bytes:
		return "A size: 512B, 10MB, 10MiB."
	case value.Duration:
		return "A time span: 500ms, 6s, 1m30s."
	case value.Time:
		return "A time in RFC 3339."
	case value.List:
		return "A list. `items` gives the type of its elements."
	case value.Object:
		return "A JSON object. `fields` says what it holds."
	case value.Map:
		return "A JSON object with any keys. `values` says what it holds."
	case value.JSON:
		return "Any JSON, as it is."
	default:
		return "Text."
	}
}

// kindType is the choice of a type; any other text breaks the rule.
func kindType(doc, ruleID string, which func(value.Kind) bool) of[Scalar] {
	t := choice(doc, kinds(which)...)
	t.Type.Rule, t.Type.Elsewhere = ruleID, otherKinds
	t.Type.Instead = map[string]string{}
	for word, help := range moreThanAWord {
		if kind, _ := value.KindOf(word); which(kind) {
			continue
		}
		t.Type.Instead[word] = help
		for other, meant := range otherKinds {
			if meant == word {
				t.Type.Instead[other] = help
			}
		}
	}
	return t
}

// moreThanAWord says how to write a type that needs more than the word.
var moreThanAWord = map[string]string{
	"object": "list the fields of the object and their types, " +
		"as in `{type: object, fields: {field: string}}`",
	"list": "say what the list holds, as in `{type: list, items: string}`",
	"map":  "say what the map holds, as in `{type: map, values: string}`",
}

// anyKind, oneWord and constant say which kinds a position allows.
func anyKind(value.Kind) bool    { return true }
func oneWord(k value.Kind) bool  { return !k.HasParts() }
func constant(k value.Kind) bool { return k <= value.List }

// otherKinds are the types as other formats call them.
var otherKinds = map[string]string{
	"integer":    "int",
	"int32":      "int",
	"int64":      "int",
	"long":       "int",
	"number":     "float",
	"float64":    "float",
	"double":     "float",
	"decimal":    "float",
	"boolean":    "bool",
	"str":        "string",
	"text":       "string",
	"uuid":       "string",
	"uri":        "string",
	"url":        "string",
	"email":      "string",
	"enum":       "string",
	"date":       "time",
	"datetime":   "time",
	"date-time":  "time",
	"timestamp":  "time",
	"array":      "list",
	"slice":      "list",
	"size":       "bytes",
	"struct":     "object",
	"record":     "object",
	"dict":       "map",
	"dictionary": "map",
	"hash":       "map",
	"any":        "json",
	"raw":        "json",
}

func kinds(which func(value.Kind) bool) []Choice {
	var choices []Choice
	for _, name := range value.KindNames() {
		if kind, _ := value.KindOf(name); which(kind) {
			choices = append(choices, Choice{name, kindDoc(kind)})
		}
	}
	return choices
}

func variant() of[Variant] {
	return object[Variant]("variant", "One of a code's messages.",
		field("id", sentID(),
			"The variant's name; unique in its code.", func(v *Variant) *Scalar { return &v.ID },
			also("name", "variant"), required, examples("agent")),
		field("message", text("").orNull(),
			"What went wrong, for people, one line of plain text; ${param} is filled in, $$ is a dollar. "+
				"null: it is sent without a message.",
			func(v *Variant) *Scalar { return &v.Message }, also("msg", "text"), required,
			examples("The file ${name} is gone")),
		field("resolution", markdown(""),
			"What the caller does about this one; shown in the code's entry.",
			func(v *Variant) *Scalar { return &v.Resolution }),
		field("go_name", goName(),
			"The Go name after the code's, instead of the one derived from the id.",
			func(v *Variant) *Scalar { return &v.GoName }))
}

func tombstone() of[Tombstone] {
	return object[Tombstone]("tombstone", "A code that was published and is gone.",
		field("code", text(""), "The code.", func(t *Tombstone) *Scalar { return &t.Code }, required,
			examples("FILE_LOST")),
		field("status", integer("", 400, 599), "The status it had.",
			func(t *Tombstone) *Scalar { return &t.Status }),
		field("anchor", anchor(),
			"The anchor of the entry, instead of the one that follows from the code.",
			func(t *Tombstone) *Scalar { return &t.Anchor }),
		field("since", text(""), "When it was retired.", func(t *Tombstone) *Scalar { return &t.Since }),
		field("use", text(""), "The code that replaces it.", func(t *Tombstone) *Scalar { return &t.Use },
			also("replaced_by", "replacement", "instead")),
		field("note", markdown(""), "Why it is gone.", func(t *Tombstone) *Scalar { return &t.Note },
			also("reason", "message")))
}

func docs() of[Docs] {
	position := choice("",
		Choice{"start", "Before everything, below the description."},
		Choice{"after-envelope", "Below the envelope's sample."},
		Choice{"after-statuses", "Below the status table."},
		Choice{"after-codes", "Below the tables of codes."},
		Choice{"end", "At the end of the page."})
	return object[Docs]("docs section", "What the page contains besides its tables.",
		field("front_matter", free("A mapping, copied."), "YAML front matter for site generators.",
			func(d *Docs) *Any { return &d.FrontMatter }, examples("{section: api, order: 33}")),
		field("samples", listOf("", language()).most(MaxElements),
			"The languages of samples that show how to handle an error. "+
				"By default, the HTML page shows those that the run generates.",
			func(d *Docs) *[]Scalar { return &d.Samples }, examples("[go, typescript, curl]")),
		field("edit_url", text("").most(maxURL),
			"Where readers can suggest a change to the catalog: the page of each code links there. "+
				"{code} and {anchor} stand for those of the page.",
			func(d *Docs) *Scalar { return &d.EditURL },
			examples("https://github.com/example/api/edit/main/catalog.yaml")),
		field("sections", listOf("", object[Section]("section", "A section with your own text.",
			field("position", position, "Where it goes.", func(s *Section) *Scalar { return &s.Position },
				required, examples("end")),
			field("title", text(""), "Its heading. Plain text.",
				func(s *Section) *Scalar { return &s.Title }),
			field("anchor", anchor(),
				"The anchor of the heading, instead of the one that follows from the title.",
				func(s *Section) *Scalar { return &s.Anchor }),
			field("text", markdown(""), "Its text, verbatim: $ is a dollar. Either text or file.",
				func(s *Section) *Scalar { return &s.Text }),
			field("file", text(""), "A Markdown file with its text, relative to this file.",
				func(s *Section) *Scalar { return &s.File }))).most(MaxElements),
			"Sections with your own text.",
			func(d *Docs) *[]Section { return &d.Sections }),
	)
}

func lint() of[Lint] {
	ignore := func(name, doc, example string, ids of[Scalar]) of[Ignore] {
		return object[Ignore](name, doc,
			field("rule", ids, "The rule.", func(i *Ignore) *Scalar { return &i.Rule }, required,
				examples(example)),
			field("codes", listOf("", text("")), "The codes that it applies to; default: all.",
				func(i *Ignore) *[]Scalar { return &i.Codes }),
			field("reason", text(""), "The reason.", func(i *Ignore) *Scalar { return &i.Reason }))
	}
	id := text("The id of a rule; see `errspec rules`.")
	id.Type.Suggestions = rules(rule.Rule.Ignorable)
	change := text("The id of a rule about changes; see `errspec rules`.")
	for _, r := range rule.Changes() {
		if r.Category != rule.Harmless {
			change.Type.Suggestions = append(change.Type.Suggestions, Choice{r.ID, r.Summary})
		}
	}
	return object[Lint]("lint section", "Settings of the linter.",
		field("code_pattern", text("A regular expression (RE2).").most(maxURL), "What codes look like.",
			func(l *Lint) *Scalar { return &l.CodePattern }, defaults("^[A-Z][A-Z0-9_]*[A-Z0-9]$")),
		field("enable", listOf("", choice("", rules(func(r rule.Rule) bool { return r.OptIn })...)),
			"Rules that are off by default.", func(l *Lint) *[]Scalar { return &l.Enable },
			examples("[status-unused]")),
		field("ignore",
			listOf("", ignore("ignore", "A warning that may stay.", rule.CodeFormat, id)).most(MaxElements),
			"Warnings that may stay, each with a reason. Errors cannot be ignored.",
			func(l *Lint) *[]Ignore { return &l.Ignore },
			also("disable", "disabled", "suppress", "exclude", "skip")),
		field("accept",
			listOf("",
				ignore("accepted change", "An intended breaking change.", rule.CodeRemoved, change)).
				most(MaxElements),
			"Intended breaking changes, each with a reason; `errspec breaking` does not report them.",
			func(l *Lint) *[]Ignore { return &l.Accept }))
}

func rules(which func(rule.Rule) bool) []Choice {
	var choices []Choice
	for _, r := range rule.Table() {
		if which(r) {
			choices = append(choices, Choice{r.ID, r.Summary})
		}
	}
	return choices
}
