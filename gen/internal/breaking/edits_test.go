package breaking_test

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/rule"
)

// An edit is one thing that an author may change: one of two texts replaces «name» in edited, and
// one of two others replaces «name2». No edit depends on another, so several are reported as each
// of them is.
type edit struct {
	name      string
	texts     [2]string
	elsewhere [2]string
	// the rules that report it; "": nobody can see it, or it is nobody's business
	there, back string
	// the codes in its report; nil: it is about the whole catalog, or about what says matches
	codes []string
	says  string // its report, a regular expression; for a text the key alone
}

// edited is a catalog with a place for every edit. Codes that hold one place are named for it.
const edited = `version: 1
title: «title»
description: «description»
service: «service»
docs_url: https://example.com/«docs_url»
type_base: https://example.com/«type_base»/
envelope:
  media_type: application/«media_type»+json
  description: «envelope_description»
  headers: {X-Late: "«late_header»${status}"«more_headers»}
  example: {code: «sample», message: «sample_message», status: «sample_status»}
  body:
    error: {«moved_member»: $code, message: $message, type: $type, params: $params}
    of: $service
    kind: $meta.kind
    fixed: «constant»
    typed: «typed_constant»«member»
statuses:
  409: {title: «status_title», cause: «cause»}
  500: {title: Internal Server Error}
«status_row»retry_policies:
  shared: {base: «shared_policy»s}
  single: {base: «single_policy»s, jitter: none}
  «policy_name»: {base: 11s}
  unused: {base: «unused_policy»s}
«retry_default»docs: {«front_matter»«edit_url»«samples»sections: [{position: «section_position», title: «section_title»«section_anchor», text: «section»}]}
lint: {ignore: [«lint»{rule: status-unlisted, reason: They are no matter.}]}
retired:
  - {code: GRAVE_NOTE, note: «grave_note»}
  - {code: GRAVE_SINCE, since: 2026-01-0«grave_since»}
  - {code: GRAVE_STATUS, status: «grave_status»}
  - {code: GRAVE_USE, use: «grave_use»}
  - {code: GRAVE_ANCHOR«grave_anchor»}
  - {code: GRAVE_RENAMED, use: «renamed_code2»}
«grave»«retired_code2»groups:
  - id: texts
    title: «group_title»
    description: Texts.
    errors:
      - {code: QUIET, status: 409, message: «silent», resolution: Act.}
      - {code: TITLE, status: 409, title: «code_title», message: Title, resolution: Act.}
      - {code: DESCRIPTION, status: 409, message: Description, description: «code_description», resolution: Act.}
      - {code: RESOLUTION, status: 409, message: Resolution, resolution: «resolution»}
      - {code: LINKS, status: 409, message: Links, resolution: Act., links: [{title: «link_title», url: /«links»}]}
      - {code: SEE, status: 409, message: See, resolution: Act., see: [«see»]}
      - {code: SEE_RENAMED, status: 409, message: See renamed, resolution: Act., see: [«renamed_code2»]}
      - {code: TAGS, status: 409, message: Tags, resolution: Act., tags: [«tags»]}
      - {code: SINCE, status: 409, message: Since, resolution: Act., since: 2026-01-0«since»}
      - {code: TYPED_META, status: 409, message: Typed meta, resolution: Act., meta: {kind: «meta_type»}}
      - {code: META, status: 409, message: Meta, resolution: Act., meta: {kind: «sent_meta», note: «unsent_meta», «meta_key»: a}}
      - {code: STABILITY, status: 409, message: Stability, resolution: Act., stability: «stability»}
      - {code: DEPRECATED, status: 409, message: Deprecated, resolution: Act.«deprecated»}
      - {code: DEPRECATED_NOTE, status: 409, message: Deprecated with a note, resolution: Act., deprecated: {note: «deprecated_note»}}
      - {code: DEPRECATED_SINCE, status: 409, message: Deprecated since, resolution: Act., deprecated: {since: 2026-01-0«deprecated_since»}}
      - {code: DEPRECATED_USE, status: 409, message: Deprecated for another, resolution: Act., deprecated: {use: «deprecated_use»}}
      - {code: DEPRECATED_RENAMED, status: 409, message: Deprecated for a renamed one, resolution: Act., deprecated: {use: «renamed_code2»}}
      - {code: «renamed_code», status: 409, message: Renamed, resolution: Act.}
      - {code: GO_NAME, status: 409, message: Go name, resolution: Act.«go_name»}
      - {code: ANCHOR, status: 409, message: Anchor, resolution: Act.«anchor»}
      - {code: NEVER, status: 409, message: Never, resolution: Act.«never»}
      - {code: ANONYMOUS, status: 409, message: Anonymous, resolution: Act.«anonymous»}
      - {code: VISIBILITY, status: 409, message: Visibility, resolution: Act.«visibility»}
«moved_code»«code»«retired_code»  - id: «group_id»
    title: Rates
    description: «group_description»
«group_anchor»    meta: {owner: «group_meta»}
    errors:
      - {code: RATE, status: 409, message: Rate, resolution: Act.}
«groups»  - id: statuses
    title: About statuses
    description: Statuses.
    errors:
      - {code: STATUS, status: «status», message: Status, resolution: Act.}
      - {code: STATUSES, status: [409, «statuses», 418], message: Statuses, resolution: Act.}
      - {code: STATUS_ORDER, status: [409, «status_order»], message: Status order, resolution: Act.}
      - {code: RETRIED, status: 409, message: Retried, resolution: Act.«retried»}
      - {code: RETRY, status: 409, message: Retry, resolution: Act., retry: {base: «retry»s, factor: «factor», max_delay: «max_delay»s, jitter: «jitter», max_retry_after: «max_retry_after»m, methods: «methods»}}
      - {code: STRATEGY, status: 409, message: Strategy, resolution: Act., retry: {strategy: «strategy»}}
      - {code: RETRY_TEXT, status: 409, message: Retry text, resolution: "Up to ${retry.max_retries} times, «retry_text»", retry: {max_retries: «retry_times»}}
      - {code: SHARED_ONE, status: 409, message: Shared by one, resolution: Act., retry: shared}
      - {code: SHARED_TWO, status: 409, message: Shared by two, resolution: Act., retry: shared}
      - {code: SINGLE, status: 409, message: Single, resolution: Act., retry: single}
      - {code: POLICY_NAME, status: 409, message: Policy name, resolution: Act., retry: «policy_name2»}
      - {code: HEADER, status: 409, message: Header, resolution: Act., headers: {Allow: GET«header», X-Word: «header_value», «header_order», «header_case»: a}}
  - id: params
    title: About params
    description: Params.
    errors:
      - code: PARAMS
        status: 409
        message: Params
        resolution: Act.
        params:
          type: {type: «param_type», detail: true}
          text: {type: string, detail: true, description: «param_description», example: «param_example»}
          sensitive: {type: string, «param_sensitive»}
          optional: {type: int, detail: true«param_optional»}
          named: {type: int, detail: true«param_go_name»}
          flag: {type: int«detail»}
          kind: {type: string, enum: [a, b«enum»], example: a, detail: true}
          restricted: {type: string, «param_enum»detail: true}
          turned: {type: string, enum: [«enum_order»], example: a, detail: true}
          list: {type: list, items: {field: string«fields»}, detail: true}
          typed: {type: list, items: {field: «field_type»}, detail: true}
          items: {type: list, items: «items», detail: true}
          fielded: {type: object, fields: {a: {type: «nested_type»«nested_optional»«nested_go_name»}«nested_field»}, detail: true}
          mapped: {type: map, values: {type: string, enum: [a«nested_enum»]}, detail: true}
          elsewhere: {type: int«apart»}
          meeting: {type: list, items: {«typescript_names»}, detail: true}
          alike: {type: map, values: {type: object, fields: {«python_names»}}, detail: true}
          ordered: {type: list, items: {«fields_order»}, detail: true}«optional_param»«required_param»
          «param_order»
        headers: {X-Flag: "${flag}", X-Elsewhere: "${elsewhere}"}
      - {code: ENUM_EXAMPLE, status: 409, message: Enum example, resolution: Act., params: {kind: {type: string, enum: [a, b], example: «enum_example», detail: true}}}
      - {code: MESSAGE, status: 409, message: The «message» message, resolution: Act.}
      - {code: MESSAGE_PARAMS, status: 409, params: {a: {type: string}}, message: "Params «message_params»", headers: {X-A: "${a}"}, resolution: Act.}
      - code: CONSTRUCTOR
        status: 409
        params: {first: {type: string}, second: {type: string«constructor»}}
        resolution: Act.
        variants: [{id: one, message: "One is ${first}"}, {id: two, message: "Two is ${second}"}]
      - code: VARIANTS
        status: 409
        resolution: Act.
        variants:
          - {id: words, message: A variant's «variant_message»}
          - {id: text, message: Another variant, resolution: «variant_resolution»}
          - {id: named, message: A named variant«variant_go_name»}«variant»
      - {code: VARIANT_ORDER, status: 409, resolution: Act., variants: [«variant_order»]}
      - {code: VARIANT_ID, status: 409, resolution: Act., variants: [{id: «variant_id», message: The same words}]}
      - code: VALUES
        status: 409
        message: Values
        description: At most ${limit}.
        resolution: Act.
        values:
          limit: «value»
          type: «value_type»
          text: {value: 1, description: «value_description»}
          named: {value: 2«value_go_name»}
          «value_order»«extra_value»
  - id: other
    title: Other
    description: Other.
    errors:
      - {code: STAYS, status: 409, message: Stays, resolution: Act.}
«moved_code2»«code_order»«fallback»«too_large»«timeout»`

const text = rule.TextChanged

func or(a, b string) [2]string { return [2]string{a, b} }

// about names the codes in the report of an edit.
func about(codes ...string) []string { return codes }

var edits = []edit{
	{name: "title", texts: or("Errors", "Mistakes"), there: text, back: text, says: "title"},
	{name: "description", texts: or("One.", "Two."), there: text, back: text, says: "description"},
	{
		name:  "service",
		texts: or("files", "storage"),
		there: rule.EnvelopeChanged,
		back:  rule.EnvelopeChanged,
		says:  "the service, which",
	},
	{name: "docs_url", texts: or("a", "b"), there: text, back: text, says: "docs_url"},
	{
		name:  "type_base",
		texts: or("a", "b"),
		there: rule.TypeChanged,
		back:  rule.TypeChanged,
		says:  "the types of all codes",
	},
	{
		name:  "media_type",
		texts: or("a", "b"),
		there: rule.EnvelopeChanged,
		back:  rule.EnvelopeChanged,
		says:  "the media type",
	},
	{
		name:  "envelope_description",
		texts: or("One.", "Two."),
		there: text,
		back:  text,
		says:  "envelope",
	},
	{name: "sample", texts: or("ONE", "TWO"), there: text, back: text, says: "envelope"},
	{name: "sample_message", texts: or("One.", "Two."), there: text, back: text, says: "envelope"},
	{name: "sample_status", texts: or("401", "402"), there: text, back: text, says: "envelope"},
	{
		name:  "moved_member",
		texts: or("code", "id"),
		there: rule.EnvelopeChanged,
		back:  rule.EnvelopeChanged,
		says:  `the member error\.(code moved to error\.id|id moved to error\.code)`,
	},
	{
		name:  "silent",
		texts: or("It is said", "null"),
		there: rule.MessageChanged,
		back:  rule.MessageChanged,
		codes: about("QUIET"),
		says:  "the message changed from (.It is said. to none|none to .It is said.)",
	},
	{
		name:  "constant",
		texts: or("1", "2"),
		there: rule.EnvelopeChanged,
		back:  rule.EnvelopeChanged,
		says:  "the member fixed",
	},
	{
		name:  "typed_constant",
		texts: or("1", `"1"`),
		there: rule.EnvelopeChanged,
		back:  rule.EnvelopeChanged,
		says:  "the member typed",
	},
	{
		name:  "late_header",
		texts: or("is ", ""),
		there: rule.EnvelopeChanged,
		back:  rule.EnvelopeChanged,
		says:  "the header X-Late changed",
	},
	{
		name:  "more_headers",
		texts: or("", ", X-Of: $request_id"),
		there: rule.EnvelopeChanged,
		back:  rule.EnvelopeChanged,
		says:  "header X-Of",
	},
	{
		name:  "member",
		texts: or("", "\n    status: $status"),
		there: rule.EnvelopeChanged,
		back:  rule.EnvelopeChanged,
		says:  "member status",
	},
	{name: "cause", texts: or("One.", "Two."), there: text, back: text, says: "statuses"},
	{name: "status_title", texts: or("Conflict", "Clash"), there: text, back: text, says: "statuses"},
	{
		name:  "status_row",
		texts: or("", "  404: {title: Not Found}\n"),
		there: rule.StatusRowAdded,
		back:  rule.StatusRowRemoved,
		says:  "404",
	},
	{
		name:  "edit_url",
		texts: or("", "edit_url: https://example.com/edit, "),
		there: text,
		back:  text,
		says:  "docs",
	},
	{
		name:  "front_matter",
		texts: or("", "front_matter: {a: b}, "),
		there: text,
		back:  text,
		says:  "docs",
	},
	{name: "samples", texts: or("", "samples: [go], "), there: text, back: text, says: "docs"},
	{name: "section_position", texts: or("start", "end"), there: text, back: text, says: "docs"},
	{name: "section_title", texts: or("More", "Less"), there: text, back: text, says: "docs"},
	{
		name:  "section_anchor",
		texts: or("", ", anchor: more-of-it"),
		there: text,
		back:  text,
		says:  "docs",
	},
	{name: "section", texts: or("One.", "Two."), there: text, back: text, says: "docs"},

	{
		name:  "shared_policy",
		texts: or("1", "2"),
		there: rule.RetryChanged,
		back:  rule.RetryChanged,
		codes: about("SHARED_ONE", "SHARED_TWO"),
		says:  "the retry policy shared",
	},
	{
		name:  "single_policy",
		texts: or("3", "4"),
		there: rule.RetryChanged,
		back:  rule.RetryChanged,
		codes: about("SINGLE"),
		says:  "base",
	},
	{name: "policy_name", texts: or("before", "after"), elsewhere: or("before", "after")},
	{name: "unused_policy", texts: or("1", "2")},
	{
		name:  "retry_default",
		texts: or("", "retry_default: single\n"),
		there: rule.RetryAdded,
		back:  rule.RetryRemoved,
		says:  "not the API's own",
	},
	{name: "lint", texts: or("", "{rule: message-style, reason: It is no matter.}, ")},

	{
		name:  "grave_note",
		texts: or("One.", "Two."),
		there: text,
		back:  text,
		codes: about("GRAVE_NOTE"),
		says:  "the retired code",
	},
	{
		name:  "grave_since",
		texts: or("1", "2"),
		there: text,
		back:  text,
		codes: about("GRAVE_SINCE"),
		says:  "the retired code",
	},
	{
		name:  "grave_status",
		texts: or("409", "404"),
		there: text,
		back:  text,
		codes: about("GRAVE_STATUS"),
		says:  "the retired code",
	},
	{
		name:  "grave_use",
		texts: or("STAYS", "RATE"),
		there: text,
		back:  text,
		codes: about("GRAVE_USE"),
		says:  "the retired code",
	},
	{
		name:  "grave_anchor",
		texts: or("", ", anchor: gone"),
		there: text,
		back:  text,
		codes: about("GRAVE_ANCHOR"),
		says:  "the retired code",
	},
	{
		name:  "grave",
		texts: or("", "  - {code: GRAVE}\n"),
		there: text,
		back:  rule.TombstoneRemoved,
		codes: about("GRAVE"),
		says:  "retired",
	},

	{
		name:  "group_title",
		texts: or("Texts", "Words"),
		there: text,
		back:  text,
		says:  `the group "(Texts|Words)"`,
	},
	{
		name:  "group_description",
		texts: or("Rates.", "Speeds."),
		there: text,
		back:  text,
		says:  `the group "Rates"`,
	},
	{
		name:  "group_anchor",
		texts: or("", "    anchor: speed-limits\n"),
		there: text,
		back:  text,
		says:  `the group "Rates"`,
	},
	{
		name:  "group_meta",
		texts: or("her", "them"),
		there: text,
		back:  text,
		codes: about("RATE"),
		says:  "meta",
	},
	{
		name:  "group_id",
		texts: or("rates", "speeds"),
		there: rule.GroupMoved,
		back:  rule.GroupMoved,
		says:  "the group (rates|speeds) was renamed",
	},
	{name: "groups", texts: or("", "  - {id: empty, title: Empty, description: None., errors: []}\n")},

	{
		name:  "code_title",
		texts: or("One", "Two"),
		there: text,
		back:  text,
		codes: about("TITLE"),
		says:  "title",
	},
	{
		name:  "code_description",
		texts: or("One.", "Two."),
		there: text,
		back:  text,
		codes: about("DESCRIPTION"),
		says:  "description",
	},
	{
		name:  "resolution",
		texts: or("One.", "Two."),
		there: text,
		back:  text,
		codes: about("RESOLUTION"),
		says:  "resolution",
	},
	{
		name:  "links",
		texts: or("a", "b"),
		there: text,
		back:  text,
		codes: about("LINKS"),
		says:  "links",
	},
	{
		name:  "link_title",
		texts: or("More", "Less"),
		there: text,
		back:  text,
		codes: about("LINKS"),
		says:  "links",
	},
	{
		name:  "see",
		texts: or("STAYS", "RATE"),
		there: text,
		back:  text,
		codes: about("SEE"),
		says:  "see",
	},
	{
		name:  "tags",
		texts: or("a", "a, b"),
		there: text,
		back:  text,
		codes: about("TAGS"),
		says:  "tags",
	},
	{
		name:  "since",
		texts: or("1", "2"),
		there: text,
		back:  text,
		codes: about("SINCE"),
		says:  "since",
	},
	{
		name:  "sent_meta",
		texts: or("a", "b"),
		there: rule.MetaChanged,
		back:  rule.MetaChanged,
		codes: about("META"),
		says:  "the constant kind",
	},
	{
		name:  "meta_type",
		texts: or("true", `"true"`),
		there: rule.MetaChanged,
		back:  rule.MetaChanged,
		codes: about("TYPED_META"),
		says:  "the constant kind",
	},
	{
		name:  "unsent_meta",
		texts: or("a", "b"),
		there: text,
		back:  text,
		codes: about("META"),
		says:  "meta",
	},
	{
		name:  "meta_key",
		texts: or("one", "two"),
		there: text,
		back:  text,
		codes: about("META"),
		says:  "meta",
	},
	{
		name:  "stability",
		texts: or("stable", "beta"),
		there: rule.StabilityReduced,
		back:  rule.StabilityRaised,
		codes: about("STABILITY"),
	},
	{
		name:  "deprecated",
		texts: or("", ", deprecated: {}"),
		there: rule.Deprecated,
		back:  rule.Undeprecated,
		codes: about("DEPRECATED"),
	},
	{
		name:  "deprecated_note",
		texts: or("One.", "Two."),
		there: text,
		back:  text,
		codes: about("DEPRECATED_NOTE"),
		says:  "deprecated",
	},
	{
		name:  "deprecated_since",
		texts: or("1", "2"),
		there: text,
		back:  text,
		codes: about("DEPRECATED_SINCE"),
		says:  "deprecated",
	},
	{
		name:  "deprecated_use",
		texts: or("STAYS", "RATE"),
		there: text,
		back:  text,
		codes: about("DEPRECATED_USE"),
		says:  "deprecated",
	},
	{
		name:      "renamed_code",
		texts:     or("OLD_NAME", "NEW_NAME"),
		elsewhere: or("OLD_NAME", "NEW_NAME"),
		there:     rule.CodeRenamed,
		back:      rule.CodeRenamed,
		codes:     about("NEW_NAME", "OLD_NAME"),
	},
	{
		name:  "go_name",
		texts: or("", ", go_name: Gopher"),
		there: rule.GoNameChanged,
		back:  rule.GoNameChanged,
		codes: about("GO_NAME"),
	},
	{
		name:  "anchor",
		texts: or("", ", anchor: elsewhere"),
		there: rule.TypeChanged,
		back:  rule.TypeChanged,
		codes: about("ANCHOR"),
	},
	{
		name:  "anonymous",
		texts: or("", ", anonymous: true"),
		there: rule.EnvelopeChanged,
		back:  rule.EnvelopeChanged,
		codes: about("ANONYMOUS"),
	},
	{
		name:  "visibility",
		texts: or("", ", visibility: internal"),
		there: rule.VisibilityReduced,
		back:  rule.VisibilityRaised,
		codes: about("VISIBILITY"),
	},
	{
		name: "moved_code",
		texts: or("      - {code: MOVED, status: 409, message: Moved, resolution: Act., meta: {owner: him}}\n",
			""),
		elsewhere: or("",
			"      - {code: MOVED, status: 409, message: Moved, resolution: Act., meta: {owner: him}}\n"),
		there: rule.GroupMoved,
		back:  rule.GroupMoved,
		codes: about("MOVED"),
	},
	{
		name:  "code",
		texts: or("", "      - {code: EXTRA, status: 409, message: Extra, resolution: Act.}\n"),
		there: rule.CodeAdded,
		back:  rule.CodeRemoved,
		codes: about("EXTRA"),
	},
	{
		name:      "retired_code",
		texts:     or("      - {code: OUTLIVED, status: 409, message: Outlived, resolution: Act.}\n", ""),
		elsewhere: or("", "  - {code: OUTLIVED}\n"),
		there:     rule.CodeRetired,
		back:      rule.CodeReused,
		codes:     about("OUTLIVED"),
	},
	{
		name: "code_order",
		texts: or("      - {code: FIRST, status: 409, message: First, resolution: Act.}\n"+
			"      - {code: SECOND, status: 409, message: Second, resolution: Act.}\n",
			"      - {code: SECOND, status: 409, message: Second, resolution: Act.}\n"+
				"      - {code: FIRST, status: 409, message: First, resolution: Act.}\n"),
	},

	{
		name: "fallback",
		texts: or("      - {code: ONE_ERROR, status: 500, message: One, resolution: Act.}\n"+
			"      - {code: OTHER_ERROR, status: 500, message: Other, resolution: Act.}\n",
			"      - {code: OTHER_ERROR, status: 500, message: Other, resolution: Act.}\n"+
				"      - {code: ONE_ERROR, status: 500, message: One, resolution: Act.}\n"),
		there: rule.FallbackChanged,
		back:  rule.FallbackChanged,
		says:  "errors that are not in the catalog",
	},
	{
		name: "too_large",
		texts: or("      - {code: ONE_LIMIT, status: 413, message: One limit, resolution: Act.}\n"+
			"      - {code: OTHER_LIMIT, status: 413, message: Other limit, resolution: Act.}\n",
			"      - {code: OTHER_LIMIT, status: 413, message: Other limit, resolution: Act.}\n"+
				"      - {code: ONE_LIMIT, status: 413, message: One limit, resolution: Act.}\n"),
		there: rule.FallbackChanged,
		back:  rule.FallbackChanged,
		says:  "requests that are too large",
	},
	{
		name: "timeout",
		texts: or("      - {code: ONE_WAIT, status: 504, message: One wait, resolution: Act.}\n"+
			"      - {code: OTHER_WAIT, status: 504, message: Other wait, resolution: Act.}\n",
			"      - {code: OTHER_WAIT, status: 504, message: Other wait, resolution: Act.}\n"+
				"      - {code: ONE_WAIT, status: 504, message: One wait, resolution: Act.}\n"),
		there: rule.FallbackChanged,
		back:  rule.FallbackChanged,
		says:  "deadlines that have passed",
	},

	{
		name:  "status",
		texts: or("409", "422"),
		there: rule.StatusDefaultChanged,
		back:  rule.StatusDefaultChanged,
		codes: about("STATUS"),
	},
	{
		name:  "statuses",
		texts: or("410", "410, 451"),
		there: rule.StatusAdded,
		back:  rule.StatusRemoved,
		codes: about("STATUSES"),
		says:  "451",
	},
	{name: "status_order", texts: or("410, 451", "451, 410")},
	{
		name:  "retried",
		texts: or("", ", retry: {base: 7s}"),
		there: rule.RetryAdded,
		back:  rule.RetryRemoved,
		codes: about("RETRIED"),
	},
	{
		name:  "never",
		texts: or("", ", retry: never"),
		there: text,
		back:  text,
		codes: about("NEVER"),
		says:  "retry",
	},
	{
		name:  "retry",
		texts: or("5", "6"),
		there: rule.RetryChanged,
		back:  rule.RetryChanged,
		codes: about("RETRY"),
		says:  "base",
	},
	{
		name:  "factor",
		texts: or("2", "3"),
		there: rule.RetryChanged,
		back:  rule.RetryChanged,
		codes: about("RETRY"),
		says:  "factor",
	},
	{
		name:  "max_delay",
		texts: or("20", "40"),
		there: rule.RetryChanged,
		back:  rule.RetryChanged,
		codes: about("RETRY"),
		says:  "max_delay",
	},
	{
		name:  "jitter",
		texts: or("none", "full"),
		there: rule.RetryChanged,
		back:  rule.RetryChanged,
		codes: about("RETRY"),
		says:  "jitter",
	},
	{
		name:  "max_retry_after",
		texts: or("3", "4"),
		there: rule.RetryChanged,
		back:  rule.RetryChanged,
		codes: about("RETRY"),
		says:  "max_retry_after",
	},
	{
		name:  "methods",
		texts: or("any", "idempotent"),
		there: rule.RetryChanged,
		back:  rule.RetryChanged,
		codes: about("RETRY"),
		says:  "methods",
	},
	{
		name:  "strategy",
		texts: or("constant", "exponential"),
		there: rule.RetryChanged,
		back:  rule.RetryChanged,
		codes: about("STRATEGY"),
		says:  "strategy",
	},
	{
		name:  "retry_times",
		texts: or("2", "3"),
		there: rule.RetryChanged,
		back:  rule.RetryChanged,
		codes: about("RETRY_TEXT"),
		says:  "max_retries",
	},
	{
		name:  "retry_text",
		texts: or("no more.", "not more."),
		there: text,
		back:  text,
		codes: about("RETRY_TEXT"),
		says:  "resolution",
	},
	{
		name:  "header",
		texts: or("", ", X-More: 1"),
		there: rule.HeaderAdded,
		back:  rule.HeaderRemoved,
		codes: about("HEADER"),
		says:  "X-More",
	},
	{
		name:  "header_value",
		texts: or("a", "b"),
		there: rule.HeaderChanged,
		back:  rule.HeaderChanged,
		codes: about("HEADER"),
		says:  "X-Word",
	},
	{name: "header_order", texts: or("X-One: 1, X-Two: 2", "X-Two: 2, X-One: 1")},
	{name: "header_case", texts: or("X-WWW", "x-www")}, // RFC 9110, section 5.1

	{
		name:  "param_type",
		texts: or("int", "bool"),
		there: rule.ParamTypeChanged,
		back:  rule.ParamTypeChanged,
		codes: about("PARAMS"),
		says:  "the param type changed",
	},
	{
		name:  "param_sensitive",
		texts: or("detail: true", "sensitive: true"),
		there: rule.ParamNowSensitive,
		back:  rule.ParamAdded,
		codes: about("PARAMS"),
		says:  "the param sensitive",
	},
	{
		name:  "param_description",
		texts: or("One.", "Two."),
		there: text,
		back:  text,
		codes: about("PARAMS"),
		says:  "params",
	},
	{
		name:  "param_example",
		texts: or("one", "two"),
		there: text,
		back:  text,
		codes: about("PARAMS"),
		says:  "params",
	},
	{
		name:  "enum_example",
		texts: or("a", "b"),
		there: text,
		back:  text,
		codes: about("ENUM_EXAMPLE"),
		says:  "params",
	},
	{
		name:  "param_optional",
		texts: or("", ", optional: true"),
		there: rule.ParamNowOptional,
		back:  rule.ParamNowRequired,
		codes: about("PARAMS"),
		says:  "the param optional",
	},
	{
		name:  "param_go_name",
		texts: or("", ", go_name: Gopher"),
		there: rule.GoNameChanged,
		back:  rule.GoNameChanged,
		codes: about("PARAMS"),
		says:  "Gopher",
	},
	{name: "detail", texts: or("", ", detail: true")},
	{
		name:  "enum",
		texts: or("", ", c"),
		there: rule.EnumValueAdded,
		back:  rule.EnumValueRemoved,
		codes: about("PARAMS"),
		says:  `the param kind .* "c"`,
	},
	{name: "enum_order", texts: or("a, b", "b, a")},
	{
		name:  "param_enum",
		texts: or("", "enum: [y, x], example: x, "),
		there: rule.ParamTypeChanged,
		back:  rule.ParamTypeChanged,
		codes: about("PARAMS"),
		says:  "the param restricted",
	},
	{
		name:  "fields",
		texts: or("", ", more: int"),
		there: rule.ParamAdded,
		back:  rule.ParamRemoved,
		codes: about("PARAMS"),
		says:  "field list\\[\\]\\.more",
	},
	{
		name:  "field_type",
		texts: or("int", "string"),
		there: rule.ParamTypeChanged,
		back:  rule.ParamTypeChanged,
		codes: about("PARAMS"),
		says:  "the param typed\\[\\]\\.field changed",
	},
	{
		name:  "items",
		texts: or("int", "string"),
		there: rule.ParamTypeChanged,
		back:  rule.ParamTypeChanged,
		codes: about("PARAMS"),
		says:  "the param items\\[\\] changed",
	},
	{
		name:  "nested_type",
		texts: or("int", "json"),
		there: rule.ParamTypeChanged,
		back:  rule.ParamTypeChanged,
		codes: about("PARAMS"),
		says:  "the param fielded.a changed",
	},
	{
		name:  "nested_optional",
		texts: or("", ", optional: true"),
		there: rule.ParamNowOptional,
		back:  rule.ParamNowRequired,
		codes: about("PARAMS"),
		says:  "the field fielded.a",
	},
	{
		name: "typescript_names", texts: or("line1: int, line_1: {type: int, go_name: Last}",
			"line_1: {type: int, go_name: Last}, line1: int"),
		there: rule.TypeScriptNameChanged,
		back:  rule.TypeScriptNameChanged,
		codes: about("PARAMS"),
		says:  "the TypeScript names",
	},
	{
		name: "python_names", texts: or("userID: {type: int, go_name: Owner}, user_id: int",
			"user_id: int, userID: {type: int, go_name: Owner}"),
		there: rule.PythonNameChanged,
		back:  rule.PythonNameChanged,
		codes: about("PARAMS"),
		says:  "the Python names",
	},
	{
		name:  "nested_go_name",
		texts: or("", ", go_name: Other"),
		there: rule.GoNameChanged,
		back:  rule.GoNameChanged,
		codes: about("PARAMS"),
		says:  "the Go field (A was renamed to Other|Other was renamed to A)",
	},
	{
		name:  "nested_field",
		texts: or("", ", more: {type: string, optional: true}"),
		there: rule.ParamAdded,
		back:  rule.ParamRemoved,
		codes: about("PARAMS"),
		says:  "field fielded.more",
	},
	{
		name:  "nested_enum",
		texts: or("", ", b"),
		there: rule.EnumValueAdded,
		back:  rule.EnumValueRemoved,
		codes: about("PARAMS"),
		says:  "the param mapped\\.\\* ",
	},
	{
		name:  "apart",
		texts: or("", ", detail: false"),
		there: rule.ParamRemoved,
		back:  rule.ParamAdded,
		codes: about("PARAMS"),
		says:  "the param elsewhere is ",
	},
	{name: "fields_order", texts: or("one: int, two: int", "two: int, one: int")},
	{
		name:  "optional_param",
		texts: or("", "\n          extra: {type: int, detail: true, optional: true}"),
		there: rule.ParamAdded,
		back:  rule.ParamRemoved,
		codes: about("PARAMS"),
		says:  "param extra",
	},
	{
		name:  "required_param",
		texts: or("", "\n          needed: {type: int, detail: true}"),
		there: rule.ParamAdded,
		back:  rule.ParamRemoved,
		codes: about("PARAMS"),
		says:  "param needed",
	},
	{
		name: "param_order",
		texts: or("one: {type: int, detail: true}\n          two: {type: int, detail: true}",
			"two: {type: int, detail: true}\n          one: {type: int, detail: true}"),
		there: rule.ParamOrderChanged,
		back:  rule.ParamOrderChanged,
		codes: about("PARAMS"),
	},

	{
		name:  "constructor",
		texts: or("", ", detail: true"),
		there: rule.ConstructorChanged,
		back:  rule.ParamRemoved,
		codes: about("CONSTRUCTOR"),
		says:  "the (Go constructor NewConstructorOne now takes|param second was removed from bodies)",
	},

	{
		name:  "message",
		texts: or("first", "second"),
		there: rule.MessageChanged,
		back:  rule.MessageChanged,
		codes: about("MESSAGE"),
	},
	{
		name:  "message_params",
		texts: or("", "of ${a}"),
		there: rule.MessageParamsChanged,
		back:  rule.MessageParamsChanged,
		codes: about("MESSAGE_PARAMS"),
	},
	{
		name:  "variant_message",
		texts: or("words", "other words"),
		there: rule.VariantMessageChanged,
		back:  rule.VariantMessageChanged,
		codes: about("VARIANTS"),
		says:  "variant words",
	},
	{
		name:  "variant_resolution",
		texts: or("One.", "Two."),
		there: text,
		back:  text,
		codes: about("VARIANTS"),
		says:  "resolution",
	},
	{
		name:  "variant_go_name",
		texts: or("", ", go_name: Gopher"),
		there: rule.GoNameChanged,
		back:  rule.GoNameChanged,
		codes: about("VARIANTS"),
		says:  "Gopher",
	},
	{
		name:  "variant",
		texts: or("", "\n          - {id: extra, message: An extra variant}"),
		there: rule.VariantAdded,
		back:  rule.VariantRemoved,
		codes: about("VARIANTS"),
		says:  "variant extra",
	},
	{
		name: "variant_order",
		texts: or("{id: one, message: The first}, {id: two, message: The second}",
			"{id: two, message: The second}, {id: one, message: The first}"),
	},
	{
		name:  "variant_id",
		texts: or("before", "after"),
		there: rule.GoNameChanged,
		back:  rule.GoNameChanged,
		codes: about("VARIANT_ID"),
		says:  "was renamed to",
	},

	{
		name:  "value",
		texts: or("10MB", "20MB"),
		there: rule.ValueChanged,
		back:  rule.ValueChanged,
		codes: about("VALUES"),
		says:  "the value limit",
	},
	{
		name:  "value_type",
		texts: or("10s", `"ten"`),
		there: rule.ValueTypeChanged,
		back:  rule.ValueTypeChanged,
		codes: about("VALUES"),
		says:  "the value type",
	},
	{
		name:  "value_description",
		texts: or("One.", "Two."),
		there: text,
		back:  text,
		codes: about("VALUES"),
		says:  "values",
	},
	{
		name:  "value_go_name",
		texts: or("", ", go_name: Gopher"),
		there: rule.GoNameChanged,
		back:  rule.GoNameChanged,
		codes: about("VALUES"),
		says:  "Gopher",
	},
	{name: "value_order", texts: or("one: 1\n          two: 2", "two: 2\n          one: 1")},
	{
		name:  "extra_value",
		texts: or("", "\n          extra: 3"),
		there: rule.ValueAdded,
		back:  rule.ValueRemoved,
		codes: about("VALUES"),
		says:  "value extra",
	},
}

// write returns the catalog in which each edit was made or not.
func yamlOf(made []bool) string {
	var pairs []string
	for i, e := range edits {
		at := 0
		if made[i] {
			at = 1
		}
		pairs = append(pairs, "«"+e.name+"»", e.texts[at], "«"+e.name+"2»", e.elsewhere[at])
	}
	return strings.NewReplacer(pairs...).Replace(edited)
}

// A telling is the report of one edit: a change, or a key of those that several texts of one code
// have together.
type telling struct {
	rule, codes, says string
	key               bool // else says is all of the text
}

// shared reports whether several edits may be reported together: those of one key, and those of one
// group's texts.
func (t telling) shared() bool { return t.key || t.rule == text }

var (
	reworded = regexp.MustCompile(`documentation was reworded: (.*)$`)
	words    = regexp.MustCompile(`, | and `)
	policy   = regexp.MustCompile(`(\w+) from `)
)

// tellings takes changes apart.
func tellings(changes []breaking.Change) []telling {
	var all []telling
	for _, ch := range changes {
		t := telling{rule: ch.Rule, codes: strings.Join(ch.Codes, " "), says: ch.Text.String()}
		switch m := reworded.FindStringSubmatch(t.says); {
		case m != nil:
			for _, key := range words.Split(m[1], -1) {
				all = append(all, telling{t.rule, t.codes, key, true})
			}
		case ch.Rule == rule.RetryChanged && len(ch.Codes) == 1:
			for _, m := range policy.FindAllStringSubmatch(t.says, -1) {
				all = append(all, telling{t.rule, t.codes, m[1], true})
			}
		default:
			all = append(all, t)
		}
	}
	return all
}

// claims reports whether a telling is about an edit, which was made or taken back.
func (e *edit) claims(t telling, taken bool) bool {
	id, codes := e.there, slices.Clone(e.codes)
	if taken {
		id = e.back
		slices.Reverse(codes)
	}
	switch {
	case id != t.rule:
		return false
	case id == rule.FallbackChanged:
		codes = []string{t.codes} // the one that replaces it
	case id == rule.RetryChanged:
		slices.Sort(codes)
	}
	if t.codes != strings.Join(codes, " ") {
		return false
	}
	return t.key && t.says == e.says || !t.key && regexp.MustCompile(e.says).MatchString(t.says)
}

// judge fails unless each edit that can be seen is reported once, and nothing else.
func judge(before, after []bool, changes []breaking.Change) error {
	all := tellings(changes)
	claimed := make([]int, len(all))
	var errs []error
	for i := range edits {
		e := &edits[i]
		if before[i] == after[i] {
			continue
		}
		n := 0
		for j, t := range all {
			if e.claims(t, before[i]) {
				n++
				claimed[j]++
			}
		}
		if want := e.there != ""; (n == 1) != want || n > 1 {
			errs = append(errs, fmt.Errorf("the edit %s is told %d times", e.name, n))
		}
	}
	for j, t := range all {
		if claimed[j] == 0 || claimed[j] > 1 && !t.shared() {
			errs = append(errs, fmt.Errorf("%d edits claim the change %+v", claimed[j], t))
		}
	}
	return errors.Join(errs...)
}

// There is an edit for each rule.
func TestEachRuleHasAnEdit(t *testing.T) {
	for _, r := range rule.Changes() {
		if !slices.ContainsFunc(edits, func(e edit) bool { return e.there == r.ID || e.back == r.ID }) {
			t.Errorf("no edit is told by %s: add one", r.ID)
		}
	}
}

// Whatever edits are made together, each is reported once, in both directions, by the rule that is
// its own in that direction; what is nobody's business is not told.
func TestEachEditIsToldOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.SliceOfN(rapid.Bool(), len(edits), len(edits)).Draw(t, "before")
		after := slices.Clone(before)
		few := rapid.SampledFrom([]int{1, 1, 2, 5, len(edits)}).Draw(t, "few")
		for range few {
			i := rapid.IntRange(0, len(edits)-1).Draw(t, "edit")
			after[i] = !after[i]
		}
		was, is := version(t, yamlOf(before)), version(t, yamlOf(after))
		for _, d := range []struct {
			from, to []bool
			changes  []breaking.Change
		}{
			{before, after, breaking.Compare(was.Resolved, is.Resolved)},
			{after, before, breaking.Compare(is.Resolved, was.Resolved)},
		} {
			once(t, d.changes)
			if err := judge(d.from, d.to, d.changes); err != nil {
				t.Fatal(err)
			}
		}
	})
}
