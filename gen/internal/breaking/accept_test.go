package breaking_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/rule"
)

// with returns a catalog with keys of its root and errors of a group.
func with(keys, errors string) []byte {
	var b strings.Builder
	b.WriteString("version: 1\ntitle: Errors\n" + keys + "groups:\n  - id: examples\n" +
		"    title: Examples\n    errors:\n")
	for line := range strings.Lines(errors) {
		b.WriteString("      " + line)
	}
	b.WriteString("      - {code: INTERNAL_ERROR, status: 500, message: Internal server error, resolution: Report it.}\n")
	return []byte(b.String())
}

func one(code, status, more string) string {
	return fmt.Sprintf("- {code: %s, status: %s, message: %s happened, resolution: Do something.%s}\n",
		code, status, strings.ToLower(code), more)
}

func spoken(words string) string {
	return "- {code: A_B, status: 400, params: {n: {type: int}}, message: \"" + words +
		" ${n}\", resolution: Do something.}\n"
}

func silent(code, is string) string {
	return "- {code: " + code + ", status: 400, message: null, meta: {is: " + is +
		"}, resolution: Do something.}\n"
}

// What is reported between two versions: severity, rule and message of each diagnostic.
func TestFindings(t *testing.T) {
	const (
		experimental = ", stability: experimental"
		wordless     = "envelope: {body: {ok: false, message: $message}}\n"
		stamped      = "envelope: {body: {ok: false, error: {$or: [$meta.is, $message]}}}\n"
	)
	for _, tt := range []struct {
		name              string
		oldKeys, oldCodes string
		newKeys, newCodes string
		want              []string
	}{
		{
			"a change that is accepted for its code", "", one("A_B", "400", "") + one("C_D", "400", ""),
			"lint: {accept: [{rule: status-default-changed, codes: [A_B], reason: Announced.}]}\n",
			one("A_B", "409", "") + one("C_D", "409", ""),
			[]string{"error status-default-changed C_D: the status changed from 400 to 409"},
		},
		{
			"a change that is accepted above its code", "", one("A_B", "400", ""),
			"", "# errspec:accept status-default-changed announced\n" + one("A_B", "409", ""), nil,
		},
		{
			"a change that is accepted everywhere", "", one("A_B", "400", "") + one("C_D", "400", ""),
			"lint: {accept: [{rule: status-default-changed, reason: Announced.}]}\n",
			one("A_B", "409", "") + one("C_D", "409", ""), nil,
		},
		{
			"a code that is gone, accepted above its tombstone", "", one("A_B", "400", ""),
			"retired:\n  # errspec:accept code-retired nobody met it\n  - {code: A_B}\n", "", nil,
		},
		{
			"a code that is gone, accepted in lint", "", one("A_B", "400", ""),
			"lint: {accept: [{rule: code-removed, codes: [A_B], reason: Nobody met it.}]}\n", "", nil,
		},
		{
			"a renaming, accepted by the old name", "", one("A_B", "400", ""),
			"lint: {accept: [{rule: code-renamed, codes: [A_B], reason: Nobody met it.}]}\n" +
				"retired: [{code: A_B, use: C_D}]\n", one("C_D", "400", ""),
			[]string{`info message-changed C_D: the message changed from "a_b happened" to "c_d happened"`},
		},
		{
			"an acceptance of what did not change", "", one("A_B", "409", ""),
			"lint: {accept: [{rule: code-removed, codes: [X_Y], reason: Nobody met it.}]}\n",
			"# errspec:accept status-default-changed announced\n" + one("A_B", "409", ""),
			[]string{
				`warning accept-unused this acceptance of "code-removed" matches no change since the base`,
				`warning accept-unused this acceptance of "status-default-changed" matches no change since the base`,
			},
		},
		{
			"a policy that two codes share, accepted for one of them",
			"retry_policies: {slow: {base: 1s}}\n",
			one("A_B", "409", ", retry: slow") + one("C_D", "409", ", retry: slow"),
			"retry_policies: {slow: {base: 2s}}\n" +
				"lint: {accept: [{rule: retry-changed, codes: [A_B], reason: Announced.}]}\n",
			one("A_B", "409", ", retry: slow") + one("C_D", "409", ", retry: slow"),
			[]string{
				"warning retry-changed the retry policy slow changed: base from 1s to 2s (of A_B, C_D)",
				`warning accept-unused this acceptance of "retry-changed" matches no change since the base`,
			},
		},
		{
			"an experimental code changes", "", one("A_B", "400", experimental), "",
			one("A_B", "409", experimental), nil,
		},
		{"an experimental code goes", "", one("A_B", "400", experimental), "", "", nil},
		{
			"an experimental code becomes stable, and changes", "", one("A_B", "400", experimental), "",
			one("A_B", "409", ""), nil,
		},
		{
			"a stable code becomes experimental to be changed", "", one("A_B", "400", ""), "",
			one("A_B", "409", experimental),
			[]string{
				"error status-default-changed A_B: the status changed from 400 to 409",
				"error stability-reduced A_B: it changed from stable to experimental",
			},
		},
		{
			"a code that was deprecated is retired", "", one("A_B", "400", ", deprecated: {}"),
			"retired: [{code: A_B}]\n", "",
			[]string{"info code-retired A_B: the code is retired"},
		},
		{
			"an internal code goes", "", one("A_B", "400", ", visibility: internal"), "", "",
			// callers in Go do not compile
			[]string{"error code-removed A_B: the code was removed; it was above INTERNAL_ERROR"},
		},
		{
			"an internal code changes what is never sent", "", one("A_B", "400", ", visibility: internal"),
			"", one("A_B", "409", ", visibility: internal"), nil,
		},
		{"a new internal code", "", "", "", one("A_B", "400", ", visibility: internal"), nil},
		{
			"a limit is lowered", "", one("A_B", "400", ", values: {limit: 10MB}"), "",
			one("A_B", "400", ", values: {limit: 5MB}"),
			[]string{"warning value-changed A_B: the value limit changed from 10 MB to 5 MB"},
		},
		{
			"the words of a message whose params nothing else carries", "envelope: nested\n",
			spoken("Too many:"), "envelope: nested\n", spoken("More than"),
			[]string{`warning message-changed A_B: the message changed from "Too many: ${n}" to "More than ${n}", and older clients read its params from the old words`},
		},
		{
			"the words of a message by which an error without a code is known",
			wordless,
			one("C_D", "400", "") + spoken("Too many:"),
			wordless,
			one("C_D", "400", "") + spoken("More than"),
			[]string{`error message-changed A_B: the message changed from "Too many: ${n}" to "More than ${n}", and older clients recognize it by the old words`},
		},
		{
			"the words of an error without a code that clients recognize by its status", wordless,
			one("A_B", "400", ""), wordless, strings.Replace(one("A_B", "400", ""), "a_b", "it", 1),
			[]string{`info message-changed A_B: the message changed from "a_b happened" to "it happened"`},
		},
		{
			"a second error without a code of one status", wordless, one("A_B", "400", ""), wordless,
			one("A_B", "400", "") + one("C_D", "[409, 400]", "") + one("E_F", "410", ""),
			[]string{
				"warning code-added C_D: a new code, HTTP 409 or 400: C d, and older clients read it as A_B, the only error without a code that they know with this status",
				"info code-added E_F: a new code, HTTP 410: E f",
			},
		},
		{
			"the constant by which an error without a code is known", stamped,
			silent("A_B", "a") + silent("C_D", "c"), stamped,
			silent("A_B", "b") + silent("C_D", "c"),
			[]string{
				"error envelope-changed A_B: not all of its bodies still have error, and older clients recognize it by that",
				"warning meta-changed A_B: the constant is, which the envelope carries, changed from \"a\" to \"b\"",
			},
		},
		{
			"a status without a phrase, with which no older client recognizes the error",
			strings.Replace(wordless, "ok: false", "phrase: $status_text", 1),
			one("A_B", "400", ""), strings.Replace(wordless, "ok: false", "phrase: $status_text", 1),
			one("A_B", "[400, 499]", ""),
			[]string{"warning status-added A_B: the status may also be 499"},
		},
		{
			"the constant of an error without a code that clients recognize by its status", stamped,
			silent("A_B", "a"), stamped, silent("A_B", "b"),
			[]string{"warning meta-changed A_B: the constant is, which the envelope carries, changed from \"a\" to \"b\""},
		},
		{
			"an error without a code beside others with constants", stamped,
			silent("A_B", "a") + silent("C_D", "c"), stamped,
			silent("A_B", "a") + silent("C_D", "c") + silent("E_F", "e") +
				one("G_H", "400", ""),
			[]string{
				"info code-added E_F: a new code, HTTP 400: E f",
				"info code-added G_H: a new code, HTTP 400: G h",
			},
		},
		{
			"an error gets a code", "", one("A_B", "400", ", anonymous: true"), "", one("A_B", "400", ""),
			[]string{"info envelope-changed A_B: its body now has the code"},
		},
		{
			"all errors lose their codes", "envelope: {body: {code: $code, message: $message}}\n",
			one("A_B", "400", ""), "envelope: {body: {message: $message}}\n", one("A_B", "400", ""),
			[]string{"error envelope-changed the member code was removed"},
		},
		{
			"all errors get codes", "envelope: {body: {message: $message}}\n", one("A_B", "400", ""),
			"envelope: {body: {code: $code, message: $message}}\n", one("A_B", "400", ""),
			[]string{"info envelope-changed a new member code, $code"},
		},
		{
			"an error loses its code", "", one("A_B", "400", ""), "", one("A_B", "400", ", anonymous: true"),
			[]string{"error envelope-changed A_B: its body no longer has a code"},
		},
		{
			"a code is renamed and its status moves", "", one("A_B", "400", "") + one("E_F", "404", ""),
			"retired: [{code: A_B, use: C_D}]\n", one("C_D", "409", "") + one("E_F", "404", ""),
			[]string{
				"error code-renamed C_D: it was renamed from A_B",
				"error status-default-changed C_D: the status changed from 400 to 409",
				"info message-changed C_D: the message changed from \"a_b happened\" to \"c_d happened\"",
			},
		},
		{
			"a new member of the envelope", "envelope: {body: {code: $code, message: $message}}\n", "",
			"envelope: {body: {code: $code, message: $message, status: $status}}\n", "",
			[]string{"info envelope-changed a new member status, $status"},
		},
		{
			"what stands instead", "envelope: {body: {code: $code, message: $message, id: $request_id}}\n",
			"",
			"envelope: {body: {code: $code, message: $message, id: {$or: [$request_id, {a: [1]}]}}}\n", "",
			[]string{"error envelope-changed the member id changed from $request_id to {$or: [$request_id, {a: [1]}]}"},
		},
		{
			"another constant in the envelope",
			"envelope: {body: {code: $code, message: $message, ok: 0}}\n",
			"",
			"envelope: {body: {code: $code, message: $message, ok: 1}}\n",
			"",
			[]string{"warning envelope-changed the member ok changed from 0 to 1"},
		},
		{
			"a group that the envelope carries is called something else",
			"envelope: {body: {code: $code, message: $message, group: $group}}\n", one("A_B", "400", ""),
			"envelope: {body: {code: $code, message: $message, group: $group}}\n",
			"GROUP" + one("A_B", "400", ""),
			[]string{"warning meta-changed the group examples, which the envelope carries, was renamed to others"},
		},
		{
			"a variant that the envelope carries is called something else",
			"envelope: {body: {code: $code, message: $message, variant: $variant}}\n",
			"- {code: A_B, status: 400, variants: [{id: one, message: It happened}], resolution: Do something.}\n",
			"envelope: {body: {code: $code, message: $message, variant: $variant}}\n",
			"- {code: A_B, status: 400, variants: [{id: two, message: It happened}], resolution: Do something.}\n",
			[]string{"error variant-removed A_B: the variant one was renamed to two"},
		},
		{
			"another fallback, ahead of the one of before", "", "", "", one("A_B", "500", ""),
			[]string{
				"error fallback-changed A_B: servers now answer errors that are not in the catalog with this code, no longer with INTERNAL_ERROR",
				"info code-added A_B: a new code, HTTP 500: A b",
			},
		},
		{
			"an experimental fallback is passed over", "", one("A_B", "500", experimental), "",
			one("C_D", "500", "") + one("A_B", "500", experimental),
			[]string{"info code-added C_D: a new code, HTTP 500: C d"},
		},
		{
			"a fallback that cannot be one any more", "", one("A_B", "500", ""), "", one("A_B", "503", ""),
			[]string{"error status-default-changed A_B: the status changed from 500 to 503"},
		},
		{
			"another service in the envelope",
			"service: files\nenvelope: {body: {code: $code, message: $message, of: $service}}\n",
			"",
			"service: storage\nenvelope: {body: {code: $code, message: $message, of: $service}}\n", "",
			[]string{`warning envelope-changed the service, which the envelope carries, changed from "files" to "storage"`},
		},
		{
			"a rate is lowered", "", one("A_B", "400", ", values: {rate: 1.5}"), "",
			one("A_B", "400", ", values: {rate: 0.5}"),
			[]string{"info value-changed A_B: the value rate changed from 1.5 to 0.5"},
		},
		{
			"a group is called something else", "", one("A_B", "400", ""), "",
			"GROUP" + one("A_B", "400", ""),
			[]string{"info group-moved the group examples was renamed to others"},
		},
		{
			"a resolution that follows a value", "",
			one("A_B", "400", ", values: {limit: 10}, description: \"At most ${limit}.\""), "",
			one("A_B", "400", ", values: {limit: 20}, description: \"At most ${limit}.\""),
			[]string{"info value-changed A_B: the value limit changed from 10 to 20"},
		},
		{
			"all texts follow a value", "", one("A_B", "400",
				", values: {limit: {value: 10MB, description: \"No more than ${limit}.\"}}, title: \"Over ${limit}\""), "",
			one("A_B", "400",
				", values: {limit: {value: 5MB, description: \"No more than ${limit}.\"}}, title: \"Over ${limit}\""),
			[]string{"warning value-changed A_B: the value limit changed from 10 MB to 5 MB"},
		},
		{
			"a value that is part of other numbers", "",
			one("A_B", "400", ", values: {limit: 1}, description: \"At most ${limit} of 21.\""), "",
			one("A_B", "400", ", values: {limit: 2}, description: \"At most ${limit} of 21.\""),
			[]string{"info value-changed A_B: the value limit changed from 1 to 2"},
		},
		{
			"words change along with a value", "",
			one("A_B", "400", ", values: {limit: 10}, description: \"At most ${limit}.\""), "",
			one("A_B", "400", ", values: {limit: 20}, description: \"No more than ${limit}.\""),
			[]string{
				"info value-changed A_B: the value limit changed from 10 to 20",
				"info text-changed A_B: its documentation was reworded: description",
			},
		},
		{
			"a text that follows a retry policy", "", one("A_B", "409",
				", retry: {base: 1s, max_retries: 3}, description: \"Up to ${retry.max_retries} times, 13 at most.\""), "",
			one("A_B", "409",
				", retry: {base: 1s, max_retries: 4}, description: \"Up to ${retry.max_retries} times, 13 at most.\""),
			[]string{"warning retry-changed A_B: its retries changed: max_retries from 3 to 4"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			newData := with(tt.newKeys, strings.TrimPrefix(tt.newCodes, "GROUP"))
			if strings.HasPrefix(tt.newCodes, "GROUP") {
				newData = []byte(strings.ReplaceAll(string(newData), "id: examples", "id: others"))
			}
			list := breaking.Review(load(t, "old.yaml", with(tt.oldKeys, tt.oldCodes)),
				load(t, "new.yaml", newData), rule.Source)
			got := map[string]bool{}
			for _, d := range list.All() {
				got[fmt.Sprintf("%v %s %s", d.Severity, d.Rule, d.Message)] = true
			}
			want := map[string]bool{}
			for _, w := range tt.want {
				want[w] = true
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("what is found differs (-want +got):\n%s", diff)
			}
		})
	}
}

// Whoever looks for codes and statuses alone is told that they are elsewhere, and not of what else
// is in the envelope.
func TestEnvelopeCategories(t *testing.T) {
	const was = "service: files\n" +
		"envelope: {media_type: application/json, body: {code: $code, message: $message, ok: 0, of: $service}}\n"
	for _, tt := range []struct {
		name, from, to string
		wire           bool
	}{
		{"moved", "code: $code", "error: {code: $code}", true},
		{"gone", ", ok: 0", "", true},
		{"another type", "ok: 0", "ok: false", true},
		{"another media type", "application/json", "application/problem+json", true},
		{"another constant", "ok: 0", "ok: 1", false},
		{"another service", "service: files", "service: storage", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := load(t, "old.yaml", with(was, ""))
			after := load(t, "new.yaml", with(strings.Replace(was, tt.from, tt.to, 1), ""))
			for category, want := range map[rule.Category]bool{
				rule.Wire: tt.wire, rule.Contract: true, rule.Source: true,
			} {
				list := breaking.Review(before, after, category)
				if got := list.Len() == 1; got != want {
					t.Errorf("in the category %s it is reported: %v, want %v", category, list.All(), want)
				}
			}
		})
	}
}

// The element of a $each is where the first element of a list is: only how many there are has
// changed.
func TestSeveralErrors(t *testing.T) {
	const one = "envelope: {body: {errors: [{code: $code, message: $message, ok: false}]}}\n"
	const each = "envelope: {body: {errors: {$each: {code: $code, message: $message, ok: false}}}}\n"
	for _, tt := range []struct {
		name, was, now string
		want           []string
	}{
		{
			"several",
			one,
			each,
			[]string{"warning: a body may now have several errors: errors has an element for each"},
		},
		{"one", each, one, []string{"error: a body now has one error: errors had an element for each"}},
		{"moved", each, strings.Replace(each, "errors", "problems", 1), []string{
			"error: the member errors.$each.code moved to problems.$each.code",
			"error: the member errors.$each.message moved to problems.$each.message",
			"error: the member errors.$each.ok was removed", "info: a new member problems.$each.ok, false",
		}},
		{"the whole body", one, "envelope: {body: {$each: {code: $code, message: $message, ok: false}}}\n", []string{
			"error: the member errors.0.code moved to $each.code",
			"error: the member errors.0.message moved to $each.message",
			"error: the member errors.0.ok was removed",
			"info: a new member $each.ok, false",
			"warning: a body may now have several errors: the body has an element for each",
		}},
		{"another constant", one, strings.Replace(each, "false", "true", 1), []string{
			"warning: a body may now have several errors: errors has an element for each",
			"warning: the member errors.0.ok changed from false to true",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			list := breaking.Review(load(t, "old.yaml", with(tt.was, "")),
				load(t, "new.yaml", with(tt.now, "")), rule.Source)
			for _, d := range list.All() {
				got = append(got, d.Severity.String()+": "+d.Message)
			}
			slices.Sort(got)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("what is found differs (-want +got):\n%s", diff)
			}
		})
	}
}

// A change of the table of statuses is shown at the row: one that is new or gone is not reported as
// another text.
func TestStatusRow(t *testing.T) {
	const rows = "statuses:\n  404: {title: Not Found, cause: It is not there.}\n" +
		"  500: {title: Internal Server Error, cause: Ours.}\n"
	for _, tt := range []struct {
		name, keys string
		rule       string
		line, was  int // 0: there was nothing
	}{
		{"reworded", strings.Replace(rows, "Ours", "Our fault", 1), rule.TextChanged, 5, 5},
		{
			"added",
			strings.Replace(rows, "  500", "  429: {title: Too Many Requests, cause: Too many.}\n  500", 1),
			rule.StatusRowAdded, 5, 0,
		},
		{
			"removed", strings.Replace(rows, "  404: {title: Not Found, cause: It is not there.}\n", "", 1),
			rule.StatusRowRemoved, 3, 4,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := breaking.Review(load(t, "old.yaml", with(rows, "")),
				load(t, "new.yaml", with(tt.keys, "")), rule.Source)
			list := found.All()
			was := 0
			if len(list) == 1 && len(list[0].Notes) == 1 {
				was = list[0].Notes[0].Span.Line
			}
			if len(list) != 1 || list[0].Rule != tt.rule || list[0].Span.Line != tt.line || was != tt.was {
				t.Errorf("found %+v; want one %s at line %d, before at line %d", list, tt.rule, tt.line, tt.was)
			}
		})
	}
}
