package breaking_test

import (
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

// found is a catalog whose envelope and params are «body» and «params».
const found = `version: 1
title: Errors
service: files
envelope: {body: «body»}
groups:
  - id: all
    title: All
    errors:
      - {code: FILE_GONE, status: 410, message: The file is gone, resolution: Act., params: «params»}
      - {code: FOLDER_GONE, status: 410, message: The folder is gone, resolution: Act., params: «params»}
      - {code: INTERNAL_ERROR, status: 500, message: Internal server error, resolution: Act., params: «params»}
`

// Older clients find the code, or what the body has instead of it, by something that is no role: a
// text around it, the constants of an element in a list, or its place there. A change of that is
// wire, and an error.
func TestWhatOlderClientsFindNoLonger(t *testing.T) {
	const (
		optional = "{note: {type: string, detail: true, optional: true}}"
		required = "{note: {type: string, detail: true}}"
		none     = "{}"
	)
	for name, tt := range map[string]struct {
		body, params, from, to string
		breaks                 bool
	}{
		"the service in the text of the code": {
			"{type: 'com.${service}#${code}', message: $message}", none,
			"service: files", "service: storage", true,
		},
		"the service in that of the code as a second place": {
			"{type: 'com.${service}#${code}', code: $code, message: $message}", none,
			"service: files", "service: storage", false,
		},
		"the service in a member of its own": {
			"{of: $service, code: $code, message: $message}", none,
			"service: files", "service: storage", false,
		},
		"a message where no body has a code": {
			"{message: $message}", none,
			"{message: $message}", "{message: $message, code: $code}", false,
		},
		"another message where no body had a code": {
			"{message: $message}", none,
			"The file is gone", "This file is gone", true,
		},
		"another message beside a code": {
			"{code: $code, message: $message}", none,
			"The file is gone", "This file is gone", false,
		},
		"the constant of an element behind one that may be absent": {
			"{list: [{kind: a, note: $param.note}, {kind: b, code: $code}]}", optional,
			"kind: b", "kind: c", true,
		},
		"the constant of an element that has its place": {
			"{list: [{kind: b, code: $code}, {kind: a, note: $param.note}]}", optional,
			"kind: b", "kind: c", false,
		},
		"the constant of an element in which nothing is read": {
			"{code: $code, list: [{kind: a, note: $param.note}, {kind: b}]}", optional,
			"kind: b", "kind: c", false,
		},
		"the constant of such an element in a list of errors": {
			"{errors: {$each: {list: [{kind: a, note: $param.note}, {kind: b, code: $code}]}}}", optional,
			"kind: b", "kind: c", true,
		},
		"an empty object where one error alone has nothing": {
			"{message: $message, variant: {$or: [$variant, {}]}}", none,
			"message: The file is gone,",
			"variants: [{id: one, message: The file is gone}, {id: two, message: No file}],", true,
		},
		"another constant in a member whose name begins with $": {
			"{$$: {$$x: a}, message: $message}", none,
			"$$x: a", "$$x: b", true,
		},
		"constants of elements that have places": {
			"{list: [{note: $param.note}, {code: $code}, {message: $message}]}", required,
			"[{note: $param.note}, {code: $code}", "[{note: $param.note, kind: a}, {kind: b, code: $code}",
			false,
		},
	} {
		before := strings.ReplaceAll(strings.Replace(found, "«body»", tt.body, 1), "«params»", tt.params)
		if !strings.Contains(before, tt.from) {
			t.Fatalf("%s: there is no %q", name, tt.from)
		}
		breaks := false
		after := strings.Replace(before, tt.from, tt.to, 1)
		all := breaking.Compare(resolve(t, before), resolve(t, after))
		for _, ch := range all {
			breaks = breaks || ch.Severity == diag.Error && ch.Category == rule.Wire
		}
		if breaks != tt.breaks || len(all) == 0 {
			t.Errorf("%s: breaks is %v, want %v: %v", name, breaks, tt.breaks, all)
		}
	}
}

// If bodies have codes now, older clients still recognize errors by their messages.
func TestCodesThatOlderClientsDoNotRead(t *testing.T) {
	before := strings.NewReplacer("«body»", "{message: $message}", "«params»", "{}").Replace(found)
	after := strings.NewReplacer("{message: $message}", "{message: $message, code: $code}",
		"The file is gone", "This file is gone").Replace(before)
	told := false
	for _, ch := range breaking.Compare(resolve(t, before), resolve(t, after)) {
		told = told || ch.Rule == rule.MessageChanged && ch.Category == rule.Wire
	}
	if !told {
		t.Error("another message is not reported")
	}
}

// If an element of a list may be absent now, older clients look for those behind it in the wrong
// places.
func TestPlacesInLists(t *testing.T) {
	before := strings.NewReplacer("«params»", "{note: {type: string, detail: true}}", "«body»",
		"{code: $code, list: [{a: x}, {note: $param.note}, {message: $message}]}").Replace(found)
	after := strings.ReplaceAll(before, "detail: true", "detail: true, optional: true")
	told := false
	for _, ch := range breaking.Compare(resolve(t, before), resolve(t, after)) {
		told = told || ch.Rule == rule.EnvelopeChanged && ch.Severity == diag.Error
	}
	if !told {
		t.Error("an element that may have another place is not reported")
	}
	for _, ch := range breaking.Compare(resolve(t, after), resolve(t, before)) {
		if ch.Rule == rule.EnvelopeChanged {
			t.Errorf("an element that has a place now is reported: %v", ch)
		}
	}
}

// A param that is in no body any more is reported, even beside one that never was in any.
func TestALostParamBesideASensitiveOne(t *testing.T) {
	before := strings.NewReplacer("«body»", "{code: $code, message: $message, params: $params}",
		"«params»", "{note: {type: string, detail: true}, key: {type: string, sensitive: true}}").
		Replace(found)
	after := strings.ReplaceAll(before,
		"detail: true}, key: {type: string, sensitive: true}}", "optional: false}}")
	told := map[string]bool{}
	for _, ch := range breaking.Compare(resolve(t, before), resolve(t, after)) {
		if ch.Rule == rule.ParamRemoved {
			told[string(ch.Category)] = true
		}
	}
	if !told[string(rule.SourceGo)] || len(told) != 2 {
		t.Errorf("lost params are reported in the categories %v, want source.go and one of bodies", told)
	}
}

// Older clients recognize an error by what no other body with its status has. If another one has
// that now, they know neither.
func TestBodiesThatAreLikeThoseOfOthers(t *testing.T) {
	before := strings.NewReplacer("«body»",
		"{message: $message, variant: $variant, note: $param.note}", "message: The folder is gone,",
		"variants: [{id: one, message: The folder is gone}, {id: two, message: No folder}],").Replace(found)
	before = strings.Replace(before, "«params»", "{note: {type: string, detail: true}}", 1)
	before = strings.ReplaceAll(before, "«params»", "{}")
	for _, tt := range []struct {
		from, to string
		breaks   bool
	}{
		{"message: The file is gone,", "variants: [{id: one, message: The file is gone}],", true},
		{"message: Internal server error,", "variants: [{id: one, message: Internal server error}],", false},
		{"message: The file is gone,", "message: The file is gone, title: Gone,", false},
	} {
		breaks := false
		after := strings.Replace(before, tt.from, tt.to, 1)
		for _, ch := range breaking.Compare(resolve(t, before), resolve(t, after)) {
			breaks = breaks || ch.Rule == rule.EnvelopeChanged && ch.Severity == diag.Error
		}
		if breaks != tt.breaks {
			t.Errorf("%s: breaks is %v, want %v", tt.to, breaks, tt.breaks)
		}
	}
}
