package check_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/check"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// How clients know an error follows from the envelope, from the headers, and from the errors beside
// it.
func TestIdentities(t *testing.T) {
	const errors = `groups:
  - id: g
    title: G
    errors:
      - {code: ONE, status: 400, message: one, resolution: r}
      - {code: TWO, status: [404, 410], message: two, resolution: r}
      - {code: THREE, status: 410, message: three, resolution: r}
      - {code: NAMED, status: 409, message: named, resolution: r, anonymous: true}
      - {code: HIDDEN, status: 400, message: hidden, visibility: internal}
      - {code: OWN, status: 400, message: own, resolution: r, headers: {X-Own: $code}}
      - {code: FAILED, status: 500, message: failed, resolution: r}
`
	for name, tt := range map[string]struct{ head, want string }{
		"a code in the body": {
			"envelope: {body: {code: $code, message: $message}}\n",
			"NAMED status",
		},
		"a code in a text": {
			"envelope: {body: {is: 'urn:${code}', message: $message}}\n",
			"NAMED status",
		},
		"a code in headers": {
			"envelope: {headers: {X-Code: 'c/${code}'}, body: {message: $message}}\n",
			"NAMED status",
		},
		"a code or nothing": {
			"envelope: {body: {code: {$or: [$code, null]}, message: $message}}\n",
			"NAMED status",
		},
		"no code": {
			"envelope: {body: {message: $message}}\n",
			"ONE status, TWO message, THREE message, NAMED status, HIDDEN status, FAILED status",
		},
		"a type": {
			"docs_url: https://x.example/\nenvelope: {body: {type: $type, message: $message}}\n",
			"ONE type, TWO type, THREE type, NAMED type, HIDDEN type, FAILED type",
		},
		"a type that has no value": {
			"envelope: {body: {type: $type, message: $message}}\n",
			"ONE status, TWO message, THREE message, NAMED status, HIDDEN status, FAILED status",
		},
		"a type among other roles": {
			"docs_url: https://x.example/\nenvelope: {body: {type: '${type} ${title}', message: $message}}\n",
			"ONE status, TWO message, THREE message, NAMED status, HIDDEN status, FAILED status",
		},
		"a code and a type": {
			"docs_url: https://x.example/\nenvelope: problem\n",
			"NAMED type",
		},
		"no envelope, and no address": {"", "NAMED status"},
	} {
		written, _ := syntax.Parse(source.New("catalog.yaml",
			[]byte("version: 1\ntitle: T\n"+tt.head+errors), nil))
		c, list := check.Check(written)
		if c == nil {
			t.Errorf("%s: %v", name, list.All())
			continue
		}
		var got []string
		for e := range c.All() {
			if e.KnownBy != catalog.ByCode {
				got = append(got, e.Code+" "+e.KnownBy.String())
			}
			inBody := e.KnownBy == catalog.ByCode || e.KnownBy == catalog.ByType
			if e.Anonymous == inBody && e.Code != "NAMED" {
				t.Errorf("%s: %s is anonymous: %t", name, e.Code, e.Anonymous)
			}
		}
		if strings.Join(got, ", ") != tt.want {
			t.Errorf("%s: known by %s; want %s", name, strings.Join(got, ", "), tt.want)
		}
	}
}

// Many messages that begin with words of their own are compared in little time; of as many that
// begin with a param, errspec says that they are too many.
func TestManyErrorsWithoutACode(t *testing.T) {
	catalogOf := func(message string) string {
		var b strings.Builder
		b.WriteString("version: 1\ntitle: T\nenvelope: {body: {message: $message}}\ngroups:\n  - id: g\n    title: G\n    errors:\n")
		for i := range 3000 {
			fmt.Fprintf(&b,
				"      - {code: C%d, status: 400, message: \"%s\", params: {a: {type: int}}, resolution: r}\n",
				i, fmt.Sprintf(message, i))
		}
		b.WriteString("      - {code: FAILED, status: 500, message: Failed, resolution: r}\n")
		return b.String()
	}
	for message, want := range map[string]string{
		"Case %d: ${a}": "", "${a} of case %d": rule.LimitExceeded,
	} {
		got := ""
		for _, d := range findings(source.New("catalog.yaml", []byte(catalogOf(message)), nil)) {
			got = d.Rule
		}
		if got != want {
			t.Errorf("3,000 messages such as %q give %q, want %q", message, got, want)
		}
	}
}

// Errors without a code of one status are refused where another value may hide the messages that
// tell them apart.
func TestHiddenMessages(t *testing.T) {
	for body, hidden := range map[string]bool{
		"{fault: $message}":                                       false,
		"{fault: {$or: [$message, null]}}":                        false,
		"{fault: {$or: [$param.text, $message]}}":                 true,
		"{fault: {$or: [$message, $param.text]}}":                 true,
		"{fault: {$or: [$docs_url, $message]}}":                   false, // there is none
		"{fault: {$or: [$request_id, $message]}}":                 true,
		"{fault: {$or: [$param.text, $message]}, too: $message}":  false,
		"{list: [{fault: {$or: [$param.text, $message]}}]}":       true,
		"{errors: {$each: {is: {$or: [$param.text, $message]}}}}": true,
	} {
		written, _ := syntax.Parse(source.New("catalog.yaml", []byte(`version: 1
title: T
envelope: {body: `+body+`}
groups:
  - id: g
    title: G
    errors:
      - {code: A, anonymous: true, status: 400, message: a, resolution: r}
      - {code: B, anonymous: true, status: 400, message: b, resolution: r, params: {text: {type: string, optional: true, detail: true}}}
`), nil))
		_, list := check.Check(written)
		found := 0
		for _, d := range list.All() {
			if d.Rule == rule.MessageAmbiguous {
				found++
			}
		}
		if (found > 0) != hidden {
			t.Errorf("%s: %d errors; want some: %t\n%v", body, found, hidden, list.All())
		}
	}
}
