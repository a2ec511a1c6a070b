package check_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/check"
	"github.com/errspec/errspec/gen/internal/diag"
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
      - {code: TWO, status: [404, 410], message: two, resolution: r, meta: {is: 2, two: a}}
      - {code: THREE, status: 410, message: three, resolution: r, meta: {is: "2", three: a}}
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
		"constants of codes": {
			"envelope: {body: {message: $message, is: $meta.is}}\n",
			"ONE status, TWO body, THREE body, NAMED status, HIDDEN status, FAILED status",
		},
		"constants of codes in an object": {
			"envelope: {body: {message: $message, at: {is: {$or: [$meta.is, $meta.no]}}}}\n",
			"ONE status, TWO body, THREE body, NAMED status, HIDDEN status, FAILED status",
		},
		"constants of codes in a text": {
			"envelope: {body: {message: $message, is: 'is ${meta.is}'}}\n",
			"ONE status, TWO message, THREE message, NAMED status, HIDDEN status, FAILED status",
		},
		"a constant or an object": {
			"envelope: {body: {at: {$or: [$meta.two, {message: $message}]}, text: $message}}\n",
			"ONE status, TWO body, THREE body, NAMED status, HIDDEN status, FAILED status",
		},
		"members that each error has by itself": {
			"envelope: {body: {message: $message, two: $meta.two, is: $meta.three}}\n",
			"ONE status, TWO body, THREE body, NAMED status, HIDDEN status, FAILED status",
		},
		"a member that one error has in addition": {
			"envelope: {body: {message: $message, two: $meta.two}}\n",
			"ONE status, TWO message, THREE message, NAMED status, HIDDEN status, FAILED status",
		},
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

// Errors without a code may have the same message, or none, if clients can tell their bodies apart.
// A constant where others have the message may not be one of those messages.
func TestBodiesOfErrorsWithoutACode(t *testing.T) {
	for name, tt := range map[string]struct{ body, errors, want string }{
		"constants": {
			"{is: $meta.is}", "A: {message: null, meta: {is: a}}; B: {message: null, meta: {is: b}}",
			"A body, B body",
		},
		"constants that are equal": {
			"{is: $meta.is}", "A: {message: null, meta: {is: a}}; B: {message: null, meta: {is: a}}",
			"nothing in the body tells them apart",
		},
		"a constant that is not in the body": {
			"{message: $message}", "A: {message: x, meta: {is: a}}; B: {message: x, meta: {is: b}}",
			`both can have the message "x"`,
		},
		"a constant and none": {
			"{ok: false, is: $meta.is}", "A: {message: null, meta: {is: a}}; B: {message: null}",
			"nothing in the body tells them apart",
		},
		"params": {
			"{a: $param.a, b: $param.b}",
			"A: {message: null, params: {a: {type: int}}}; B: {message: null, params: {b: {type: int}}}",
			"A body, B body",
		},
		"params that are optional": {
			"{ok: false, a: $param.a, b: $param.b}",
			"A: {message: null, params: {a: {type: int, optional: true}}}; " +
				"B: {message: null, params: {b: {type: int}}}",
			"nothing in the body tells them apart",
		},
		"a param and a message": {
			"{message: $message, a: $param.a}",
			"A: {message: x}; B: {message: null, params: {a: {type: string}}}",
			"A body, B body",
		},
		"a constant where the message is": {
			"{error: {$or: [$meta.is, $message]}}",
			"A: {message: null, meta: {is: x}}; B: {message: y}", "A message, B message",
		},
		"a constant that is a message": {
			"{error: {$or: [$meta.is, $message]}}", "A: {message: null, meta: {is: x}}; B: {message: x}",
			`both can have the message "x"`,
		},
		"a constant that may be a message": {
			"{error: {$or: [$meta.is, $message]}}",
			"A: {message: null, meta: {is: no 1}}; " +
				"B: {message: 'no ${n}', params: {n: {type: int}}}",
			`both can have the message "no 1"`,
		},
		"two constants where the message is": {
			"{error: {$or: [$meta.is, $message]}}",
			"A: {message: null, meta: {is: x}}; B: {message: null, meta: {is: y}}", "A body, B body",
		},
		"a constant or a list": {
			"{error: {$or: [$meta.is, [$message]]}}", "A: {message: null, meta: {is: x}}; B: {message: x}",
			"A message, B message",
		},
		"a message behind a constant": {
			"{error: {$or: [$meta.is, {text: $message}]}}",
			"A: {message: y, meta: {is: a}}; B: {message: x}", "the message of A is never sent",
		},
		"a code behind a constant": {
			"{error: {$or: [$meta.is, {code: $code}]}}",
			"A: {message: null, meta: {is: a}}; B: {message: null}",
			"some responses do not carry the code of A",
		},
		"a constant or nothing": {
			"{is: {$or: [$meta.is, x]}, text: {$or: [$meta.is, $message]}}",
			"A: {message: null, meta: {is: a}}; B: {message: null}; C: {message: z}",
			"one has a constant instead of the message, and the other has no message",
		},
		"one constant in different places": {
			"{is: {$or: [$meta.is, $message]}, or: {$or: [$meta.or, $message]}}",
			"A: {message: null, meta: {or: a}}; B: {message: null, meta: {or: a, is: b}}; C: {message: z}",
			"the constants instead of their messages do not tell them apart",
		},
		"types of JSON": {
			"{errors: {$or: [$param.a, $param.b, $message]}}",
			"A: {message: null, params: {a: {type: map, values: string}}}; " +
				"B: {message: null, params: {b: {type: list, items: string}}}; " +
				"C: {message: x}; D: {message: y}; E: {message: null, params: {a: {type: duration}}}",
			"A body, B body, C message, D message, E body",
		},
		"types of JSON of one param": {
			"{errors: {$or: [$param.a, $message]}}",
			"A: {message: null, params: {a: {type: object, fields: {x: int}}}}; " +
				"B: {message: null, params: {a: {type: list, items: string}}}; " +
				"C: {message: 'no ${b}', params: {b: {type: int}}}",
			"A body, B body, C body",
		},
		"types of JSON in elements": {
			"{errors: {$each: {is: {$or: [$param.a, $status]}}}}",
			"A: {message: null, params: {a: {type: list, items: string}}}; B: {message: null}",
			"A body, B body",
		},
		"one type of JSON": {
			"{errors: {$or: [$param.a, $param.b, $message]}}",
			"A: {message: null, params: {a: {type: int}}}; B: {message: null, params: {b: {type: float}}}",
			"where others have the message, A may have any value",
		},
		"a value of any type of JSON": {
			"{errors: {$or: [$param.a, $message]}}",
			"A: {message: null, params: {a: {type: json}}}; B: {message: x}",
			"where others have the message, A may have any value",
		},
		"a type of JSON that is optional": {
			"{ok: false, errors: {$or: [$param.a, $message]}}",
			"A: {message: null, params: {a: {type: list, items: string, optional: true}}}; B: {message: x}",
			"where others have the message, A may have any value",
		},
		"a text that is a param": {
			"{errors: {$or: [$param.a, $message]}}",
			"A: {message: null, params: {a: {type: time}}}; B: {message: x}",
			"where others have the message, A may have any value",
		},
		"constants in elements": {
			"{errors: {$each: {m: $message, is: $meta.is}}}",
			"A: {message: x, meta: {is: 1}}; B: {message: x, meta: {is: '1'}}", "A body, B body",
		},
		"constants outside elements": {
			"{is: $meta.is, errors: {$each: {m: $message}}}",
			"A: {message: x, meta: {is: 1}}; B: {message: x, meta: {is: 2}}",
			`both can have the message "x"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			fmt.Fprintf(&b, "version: 1\ntitle: T\nenvelope: {body: %s}\ngroups:\n"+
				"  - id: g\n    title: G\n    errors:\n", tt.body)
			for e := range strings.SplitSeq(tt.errors, "; ") {
				code, rest, _ := strings.Cut(e, ": {")
				fmt.Fprintf(&b, "      - {code: %s, status: 400, resolution: r, %s\n", code, rest)
			}
			written, _ := syntax.Parse(source.New("catalog.yaml", []byte(b.String()), nil))
			c, list := check.Check(written)
			got := fmt.Sprint(list.All())
			if c != nil {
				var known []string
				for e := range c.All() {
					known = append(known, e.Code+" "+e.KnownBy.String())
				}
				got = strings.Join(known, ", ")
			}
			if got != tt.want && (c != nil || !strings.Contains(got, tt.want)) {
				t.Errorf("%s\nwant %s", got, tt.want)
			}
		})
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
		"{fault: {$or: [$message, $param.text]}}":                 false, // both have messages
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

// Errors are refused if what an alternative has instead of the message may be the message of
// another one, and only then.
func TestAlternativesOfMessages(t *testing.T) {
	for name, tt := range map[string]struct {
		body, a, b string
		refused    bool
	}{
		"a phrase instead of no message": {
			"{m: {$or: [$message, null]}, n: {$or: [$message, $status_text]}}",
			"message: null", "message: Bad Request", true,
		},
		"a param instead of no message": {
			"{m: {$or: [$message, null]}, n: {$or: [$message, $param.p]}}",
			"message: null, params: {p: {type: string, detail: true}}", "message: Bad", true,
		},
		"a constant that is never sent, beside any message": {
			"{m: {$or: [$message, $meta.kind]}}",
			"message: '${p}', params: {p: {type: string}}, meta: {kind: one}", "message: Bad", true,
		},
		"a constant that is never sent, beside another message": {
			"{m: {$or: [$message, $meta.kind]}}",
			"message: Good, meta: {kind: Bad}", "message: Bad", false,
		},
		"a constant instead of no message": {
			"{m: {$or: [$message, $meta.kind]}}", "message: null, meta: {kind: one}", "message: Bad", false,
		},
		"a constant that is the message of another": {
			"{m: {$or: [$message, $meta.kind]}}", "message: null, meta: {kind: Bad}", "message: Bad", true,
		},
		"no message where others have one": {
			"{m: {$or: [$message, $meta.kind]}, of: $service}", "message: null", "message: Bad", false,
		},
	} {
		catalog := "version: 1\ntitle: T\nservice: s\nenvelope: {body: " + tt.body + "}\n" +
			"groups:\n  - id: g\n    title: G\n    errors:\n" +
			"      - {code: A_A, anonymous: true, status: 400, resolution: r, " + tt.a + "}\n" +
			"      - {code: B_B, anonymous: true, status: 400, resolution: r, " + tt.b + "}\n"
		refused := false
		list := findings(source.New("catalog.yaml", []byte(catalog), nil))
		for _, d := range list {
			refused = refused || d.Severity == diag.Error
		}
		if refused != tt.refused {
			t.Errorf("%s: refused is %v, want %v: %v", name, refused, tt.refused, list)
		}
	}
}

// Errors of one status have one phrase, so it tells none apart, although one has it as a constant
// or as its message, too. An error by whose body clients recognize it needs more than a phrase that
// not each of its statuses has.
func TestPhrasesTellNothingApart(t *testing.T) {
	const two = `
      - {code: ONE, anonymous: true, status: [404, 410], message: null, resolution: r, meta: {error: Gone}}
      - {code: TWO, anonymous: true, status: 404, message: Not Found, resolution: r}`
	const closed = `
      - {code: CLOSED, anonymous: true, status: [404, 499], message: null, resolution: r}`
	for _, tt := range []struct{ body, errors, want string }{
		{"{error: $status_text}", two, rule.MessageAmbiguous},
		{"{error: {$or: [$meta.error, $status_text]}}", two, rule.MessageAmbiguous},
		{"{error: {$or: [$message, $status_text]}}", two, rule.MessageAmbiguous},
		{"{error: {$or: [$message, {text: $status_text}]}}", two, rule.MessageAmbiguous},
		{`{error: "${status} ${status_text}"}`, two, rule.MessageAmbiguous},
		{"{error: $status_text, message: $message}", two, ""},
		{"{error: {$or: [$meta.error, $status_text]}, message: $message}", two, ""},
		{"{error: $status_text, message: $message}", closed, rule.EnvelopeInvalid},
		{"{error: {$or: [$status_text, none]}, message: $message}", closed, ""},
		{"{errors: [$status_text, $message]}", two, rule.EnvelopeInvalid},
	} {
		written, _ := syntax.Parse(source.New("catalog.yaml", []byte(`version: 1
title: T
envelope: {body: `+tt.body+`}
groups:
  - id: g
    title: G
    errors:`+tt.errors+`
`), nil))
		_, list := check.Check(written)
		got := ""
		for _, d := range list.All() {
			if d.Severity == diag.Error {
				got = d.Rule
			}
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q\n%v", tt.body, got, tt.want, list.All())
		}
	}
}
