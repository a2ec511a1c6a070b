//go:build unix

package growth

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/synth"
)

// A sized thing can be made in any size: about so many bytes, and never more.
type sized interface{ of(size int) string }

// A shape is a file that repeats a piece as often as its size allows: a head, then pieces, which
// get their number, and a tail.
type shape struct {
	head  string
	piece func(i int) string
	tail  string
}

// always returns a constant piece, and numbered one with %d.
func always(text string) func(int) string { return func(int) string { return text } }
func numbered(format string) func(int) string {
	return func(i int) string { return fmt.Sprintf(format, i) }
}

func (s shape) of(size int) string {
	return s.head + synth.OfSize(size-len(s.head)-len(s.tail), s.piece) + s.tail
}

// A pattern is a catalog in which the parts in « » repeat equally often. In a part, № is the
// number of the repetition, from 1, † the number before it, ‡ a status, and ¢ a name of _b and
// -b that differs each time. § is part of a name that every second repetition has only in the old
// catalog, and ¤ a digit that differs between the two.
type pattern string

func (p pattern) of(size int) string {
	fixed, repeated := 0, 0
	for i, part := range p.parts() {
		if i%2 == 0 {
			fixed += len(part)
		} else {
			repeated += len(numberedPart(part, 9999))
		}
	}
	return p.times((size - fixed) / repeated)
}

// times returns the catalog with n repetitions.
func (p pattern) times(n int) string {
	var b strings.Builder
	for i, part := range p.parts() {
		if i%2 == 0 {
			b.WriteString(part)
			continue
		}
		for k := range n {
			b.WriteString(numberedPart(part, k+1))
		}
	}
	return b.String()
}

// parts returns the constant and the repeated parts in turn.
func (p pattern) parts() []string {
	return strings.Split(strings.ReplaceAll(string(p), "»", "«"), "«")
}

func numberedPart(part string, i int) string {
	var name strings.Builder
	for k := range 16 {
		name.WriteString([]string{"_b", "-b"}[i>>k&1])
	}
	return strings.NewReplacer("№", strconv.Itoa(i), "†", strconv.Itoa(i-1), "‡",
		strconv.Itoa(400+i%100), "¢", name.String()).Replace(part)
}

// version returns the new or the old version of a catalog.
func version(text string, old bool) string {
	var b strings.Builder
	odd := false
	for _, r := range text {
		switch {
		case r == '§':
			if odd = !odd; odd && old {
				b.WriteByte('x')
			}
		case r == '¤' && old:
			b.WriteByte('2')
		case r == '¤':
			b.WriteByte('1')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

const (
	growthHead = "version: 1\ntitle: x\ndocs_url: https://e.example/errors\n"
	growthList = "groups:\n  - id: g\n    title: G\n    errors:\n"
	// a code without a message
	growthWrong  = "      - code: AB\n        status: 400\n        resolution: r\n"
	growthRight  = growthWrong + "        message: m\n"
	growthGroups = growthHead + growthList
	growthOpen   = growthGroups + growthWrong
	growthCode   = growthGroups + growthRight
	growthBody   = growthCode + "envelope:\n  body:\n    code: $code\n    message: $message\n"
)

// catalogShapes are catalogs that are valid until they exceed a limit: each list of the format, and
// lists that refer to each other.
func catalogShapes() map[string]sized {
	all := map[string]sized{}
	for name, p := range map[string]pattern{
		"groups": growthHead +
			"groups:\n«  - {id: g№§, title: 'G¤ №', errors: [{code: C№§, status: 400, message: m, resolution: r}]}\n»",
		"empty groups": growthHead + "groups:\n«  - {id: g№§, title: 'G¤ №', errors: []}\n»",
		"groups of one id": growthHead +
			"groups:\n«  - {id: g, title: G, errors: [{code: C№§, status: 400, message: 'm¤', resolution: r}]}\n»",
		"codes": growthGroups +
			"«      - {code: C№§, status: 400, message: 'm¤', resolution: 'r¤'}\n»",
		"codes as blocks": growthGroups +
			"«      - code: C№§\n        status: 400\n        message: 'm¤'\n        resolution: r\n»",
		"codes of statuses": growthGroups +
			"«      - {code: C№§, status: ‡, message: 'm¤', resolution: r}\n»",
		"codes with params": growthGroups +
			"«      - {code: C№§, status: 400, message: 'm ${p}', resolution: r, params: {p: {type: string}, q¤: {type: int, detail: true}}}\n»envelope: problem\n",
		"codes with params of their own": growthGroups +
			"«      - {code: C№§, status: 400, message: m, resolution: r, params: {p№: {type: int, detail: true}, q№¤: {type: list, items: {f№: string}}}}\n»" +
			"envelope: {body: {code: $code, message: $message, params: $params}}\n",
		"codes with members of their own": growthGroups +
			"«      - {code: C№§, status: 400, message: m, resolution: r, params: {p№: {type: int, detail: true}}}\n»envelope: problem\n",
		"codes with optional params of their own": growthGroups +
			"«      - {code: C№§, status: 400, message: m, resolution: r, params: {p№: {type: int, detail: true, optional: true}}}\n»envelope: problem\n",
		"codes with enums of their own": growthGroups +
			"«      - {code: C№§, status: 400, message: 'm ${p}', resolution: r, params: {p: {type: string, enum: [v№, w№¤]}}}\n»",
		"codes with headers of their own": growthGroups +
			"«      - {code: C№§, status: 400, message: m, resolution: r, headers: {X-№: 'a¤'}}\n»",
		"codes with a header": growthGroups +
			"«      - {code: C№§, status: 400, message: m, resolution: r, headers: {X-A: 'a№'}}\n»",
		"codes with meta of their own": growthGroups +
			"«      - {code: C№§, status: 400, message: m, resolution: r, meta: {k№: 'a¤'}}\n»",
		"codes with tags of their own": growthGroups +
			"«      - {code: C№§, status: 400, message: m, resolution: r, tags: [t№, u¤]}\n»",
		"codes with titles of their own": growthGroups +
			"«      - {code: C№§, status: 400, message: m, resolution: r, title: 'T№ ¤', since: '№'}\n»",
		"codes with the same texts": growthGroups +
			"«      - {code: C№§, status: 400, message: m, title: T, resolution: r, description: d}\n»",
		"codes with several statuses": growthGroups +
			"«      - {code: C№§, status: [‡, 59¤], message: m, resolution: r}\n»",
		"codes with values": growthGroups +
			"«      - {code: C№§, status: 400, message: m, resolution: '${v}', values: {v: ¤}}\n»",
		"codes with variants": growthGroups +
			"«      - {code: C№§, status: 400, resolution: r, variants: [{id: a, message: 'a¤'}, {id: b, message: 'b¤'}]}\n»",
		"codes with meta": growthHead +
			"envelope: {body: {code: $code, message: $message, k: $meta.k, g: $group}}\n" +
			growthList +
			"«      - {code: C№§, status: 400, message: m, resolution: r, meta: {k: v№¤}}\n»",
		"codes that share a beginning": growthGroups + pattern("«      - {code: "+
			strings.Repeat("ABCDEFG_", 10)+"№§, status: 400, message: 'm¤', resolution: r}\n»"),
		"codes of one anchor": growthGroups +
			"«      - {code: A¢, status: 400, message: m, resolution: r}\n»",
		"codes of another form": growthGroups +
			"«      - {code: c-№§, status: 400, message: m, resolution: r}\n»",
		"codes that refer to none": growthGroups +
			"«      - {code: C№, status: 400, message: m, resolution: r, see: [CX№]}\n»",
		"codes that refer to the last": growthGroups +
			"      - {code: C0, status: 400, message: m, resolution: r}\n«      - {code: C№, status: 400, message: m, resolution: r, see: [C†], since: '¤'}\n»",
		"codes in texts": growthGroups +
			"«      - {code: C№, status: 400, message: m, resolution: 'See `C†` or `C№`. ¤'}\n»",
		"internal codes": growthGroups +
			"      - {code: CD, status: 500, message: n, resolution: r}\n«      - {code: C№§, status: 400, message: 'm¤', visibility: internal}\n»",
		"codes without a resolution": growthGroups +
			"«      - {code: C№§, status: 400, message: 'm¤'}\n»",
		"ignored codes": growthGroups +
			"«      # errspec:ignore resolution-missing x\n      - {code: C№§, status: 400, message: 'm¤'}\n»",
		"codes ignored in a list": growthGroups +
			"«      - {code: C№§, status: 400, message: 'm¤'}\n»lint:\n  ignore:\n    - rule: resolution-missing\n      reason: r\n      codes:\n«        - C№§\n»",
		"codes accepted in a list": growthGroups +
			"«      - {code: C№§, status: 400, message: 'm¤', resolution: r}\n»lint:\n  accept:\n    - rule: message-changed\n      reason: r\n      codes:\n«        - C№§\n»",
		"accepted codes": growthCode +
			"retired:\n«  # errspec:accept code-removed gone\n  - {code: C№§}\n»",

		"variants": growthOpen +
			"        variants:\n«          - {id: v№§, message: 'm¤ №'}\n»",
		"variants, a param first": growthOpen +
			"        params: {p: {type: int}}\n        variants:\n«          - {id: v№, message: '${p} m №'}\n»",
		"variants, a param last": growthOpen +
			"        params: {p: {type: int}}\n        variants:\n«          - {id: v№, message: 'm № is ${p}'}\n»",
		"variants, params around": growthOpen +
			"        params: {p: {type: int}, q: {type: int}}\n        variants:\n«          - {id: v№, message: '${p} m № is ${q}'}\n»",
		"variants, ambiguous": growthOpen +
			"        params: {p: {type: string}, q: {type: string}}\n        variants:\n«          - {id: v№, message: '${p} m № is ${q}'}\n»",
		"variants and statuses": growthGroups +
			"      - code: AB\n        resolution: r\n        status: [400, 401, 402, 403, 404, 405, 406, 407, 408, 409]\n        variants:\n«          - {id: v№§, message: 'm¤ №'}\n»",
		"variants with resolutions": growthOpen +
			"        variants:\n«          - {id: v№, message: 'm №', resolution: 'r№¤'}\n»",
		"params": growthCode +
			"        params:\n«          p№§: {type: int, detail: true, description: 'd¤'}\n»envelope: problem\n",
		"params that are unused": growthCode +
			"        params:\n«          p№: {type: int}\n»",
		"params that are optional": growthCode +
			"        params:\n«          p№§: {type: int, detail: true, optional: true}\n»envelope: problem\n",
		"params that are sensitive": growthCode +
			"        params:\n«          p№§: {type: int, sensitive: true}\n»",
		"params of lists": growthCode +
			"        params:\n«          p№: {type: list, items: {a: string}}\n»envelope: problem\n",
		"params of nested types": growthCode + "        params:\n" +
			"«          p№: {type: object, fields: {a: {b№: {type: map, values: {type: list, items: {a: json}}}}}}\n»envelope: problem\n",
		"fields of an object": growthCode + "        params:\n          p:\n            type: object\n" +
			"            fields:\n«              f№: {type: string, optional: true}\n" +
			"»envelope: problem\n",
		"an example of a map": growthCode + "        params:\n          p:\n            type: map\n" +
			"            values: {type: list, items: int}\n            example:\n" +
			"«              k№: [1, 2]\n»envelope: problem\n",
		"params of enums": growthCode +
			"        params:\n«          p№: {type: string, enum: [a, b], detail: true}\n»envelope: problem\n",
		"params of one Go name": growthCode +
			"        params:\n«          a¢: {type: int, detail: true}\n»envelope: problem\n",
		"params and their uses": growthOpen +
			"        params:\n«          p№§: {type: int}\n»        message: \"«${p№§} a¤ »\"\n",
		"params and their roles": growthCode +
			"        params:\n«          p№: {type: int, detail: true}\n»envelope:\n  body:\n    code: $code\n    message: $message\n«    m№: $param.p№\n»",
		"uses of a param": growthOpen +
			"        params: {p: {type: int}}\n        message: \"«${p} a »\"\n",
		"uses of a param, adjacent": growthOpen +
			"        params: {p: {type: string}}\n        message: \"«${p}»\"\n",
		"uses of a param in a header": growthCode +
			"        params: {p: {type: int}}\n        headers:\n          X-A: \"«${p} a »b\"\n",
		"fields of items": growthCode +
			"        params:\n          p:\n            type: list\n            items:\n«              f№§: string\n»envelope: problem\n",
		"an enum": growthCode +
			"        params:\n          p:\n            type: string\n            detail: true\n            enum:\n«              - v№§\n»envelope: problem\n",
		"an enum of one Go name": growthCode +
			"        params:\n          p:\n            type: string\n            detail: true\n            enum:\n«              - a¢\n»envelope: problem\n",
		"values": growthCode + "        values:\n«          v№§: ¤\n»",
		"values and their uses": growthCode +
			"        values:\n«          v№§: ¤\n»        description: \"«${v№§} a »\"\n",
		"a list as a value": growthCode +
			"        values:\n          v:\n«            - e№§\n»",
		"a mixed list as a value": growthCode +
			"        values:\n          v:\n«            - 1\n            - e\n            - 2.5\n»",
		"headers": growthCode + "        headers:\n«          X-№§: 'a¤'\n»",
		"links": growthCode +
			"        links:\n«          - {title: 't¤', url: /x/№§}\n»",
		"related codes": growthCode +
			"        see:\n«          - CD\n»      - {code: CD, status: 500, message: n, resolution: r}\n",
		"tags": growthCode + "        tags:\n«          - t№§\n»",
		"statuses of a code": growthGroups +
			"      - code: AB\n        message: m\n        resolution: r\n        status:\n«          - ‡\n»",
		"meta of a code": growthCode + "        meta:\n«          k№§: 'v¤'\n»",
		"meta of a group": growthHead +
			"groups:\n  - id: g\n    title: G\n    meta:\n«      k№§: 'v¤'\n»    errors:\n«      - {code: C№§, status: 400, message: m, resolution: r}\n»",
		"meta and its roles": growthCode +
			"        meta:\n«          k№§: v¤\n»envelope:\n  body:\n    code: $code\n    message: $message\n«    m№: $meta.k№§\n»",
		"the status table": growthCode + "statuses:\n«  ‡: {title: 't¤'}\n»",
		"policies":         growthCode + "retry_policies:\n«  p№§: {base: ¤s}\n»",
		"policies in use": growthHead + "retry_policies:\n«  p№: {base: №ms}\n»" +
			growthList +
			"«      - {code: C№§, status: 400, message: m, resolution: r, retry: p№}\n»",
		"policies that are misspelt": growthHead + "retry_policies:\n«  p№: {base: №ms}\n»" +
			growthList +
			"«      - {code: C№§, status: 400, message: m, resolution: r, retry: q№}\n»",
		"policies in place": growthGroups +
			"«      - {code: C№§, status: 400, message: m, resolution: r, retry: {base: ¤s, max_retries: 3}}\n»",
		"policies in place, different": growthGroups +
			"«      - {code: C№§, status: 400, message: m, resolution: r, retry: {base: №¤ms, max_retries: 3}}\n»",
		"a policy of many codes": growthHead + "retry_policies: {p: {base: ¤s}}\n" + growthList +
			"«      - {code: C№§, status: 400, message: m, resolution: r, retry: p}\n»",

		"retired codes": growthCode +
			"retired:\n«  - {code: C№§, status: 400, note: 'n¤'}\n»",
		"retired codes in texts": growthGroups +
			"      - {code: C0, status: 400, message: m, resolution: r}\nretired:\n«  - {code: C№, use: C0, note: '`C†`'}\n»",
		"retired codes for one": growthCode + "retired:\n«  - {code: C№§, use: AB}\n»",
		"retired codes, one for each": growthGroups +
			"«      - {code: C№, status: 400, message: m, resolution: r}\n»retired:\n«  - {code: R№§, use: C№, note: 'n¤'}\n»",
		"retired codes in use": growthGroups +
			"«      - {code: C№, status: 400, message: m, resolution: r}\n»retired:\n«  - {code: C№}\n»",
		"sections": growthCode +
			"docs:\n  sections:\n«    - {position: end, title: 'T¤ №', text: x}\n»",
		"sections of one title": growthCode +
			"docs:\n  sections:\n«    - {position: end, title: T, text: x}\n»",
		"front matter":           growthCode + "docs:\n  front_matter:\n«    k№§: ¤\n»",
		"front matter in a list": growthCode + "docs:\n  front_matter:\n    a:\n«      - ¤№\n»",
		"ignores": growthCode +
			"lint:\n  ignore:\n«    - {rule: resolution-missing, codes: [AB], reason: r№}\n»",
		"acceptances": growthCode +
			"lint:\n  accept:\n«    - {rule: code-removed, codes: [C№x], reason: r}\n»",
		"a pattern of codes": growthCode + "lint:\n  code_pattern: '«A?»'\n",
		"a slow pattern": growthHead + pattern("lint:\n  code_pattern: '^("+strings.Repeat("[A-Z]?",
			60)+"[0-9]*)*$'\n") + growthList +
			"«      - {code: C№§, status: 400, message: m, resolution: r}\n»",

		"members of the envelope": growthBody + "«    m№§: ¤\n»",
		"a list in the envelope":  growthBody + "    l:\n«      - ¤\n»",
		"roles in the envelope":   growthBody + "«    m№§: $status\n»",
		"params in the envelope":  growthBody + "«    m№§: $params\n»",
		"objects in the envelope": growthBody + "«    m№§: {a: $request_id}\n»",
		"absent roles":            growthBody + "«    m№§: $meta.k№\n»",
		"a text in the envelope": growthCode +
			"envelope:\n  body:\n    message: $message\n    code: \"«a.b»${code}\"\n",
		"roles in a text": growthCode +
			"envelope:\n  body:\n    message: $message\n    code: \"«${code}»\"\n",
		"a large envelope for codes": growthHead +
			pattern("envelope:\n  body: {code: $code, message: $message, x: "+strings.Repeat("x",
				3900)+"}\n") + growthList +
			"«      - {code: C№§, status: 400, message: m, resolution: r}\n»",
		"comments": growthCode + "«      # comment №\n»",
		"comments behind codes": growthGroups +
			"«      - {code: C№§, status: 400, message: 'm¤', resolution: r} # c\n»",
		"anchors": growthGroups +
			"«      - {code: C№§, status: 400, message: m, resolution: &r№ r}\n»",
		"aliases": growthGroups +
			"      - {code: AB, status: 400, message: m, resolution: &r r}\n«      - {code: C№§, status: 400, message: m, resolution: *r}\n»",
		"aliases of a policy": growthHead + "retry_policies:\n  p: &p {base: 1s}\n" +
			growthList +
			"«      - {code: C№§, status: 400, message: m, resolution: r, retry: *p}\n»",
		"aliases of a long text": growthGroups +
			pattern("      - {code: AB, status: 400, message: m, resolution: &r "+
				strings.Repeat("word ", 10_000)+"}\n") +
			"«      - {code: C№§, status: 400, message: m, resolution: *r}\n»",
		"merge keys": growthGroups +
			"      - &e {code: AB, status: 400, message: m, resolution: r}\n«      - {<<: *e, code: C№}\n»",

		"a long title": "version: 1\ntitle: \"«ab »\"\n" +
			"docs_url: https://e.example/errors\n" + growthList + growthRight,
		"a long code": growthGroups +
			"      - {status: 400, message: m, resolution: r, code: «A»}\n",
		"a long message": growthOpen + "        message: '«a b »'\n",
		"a long enum value": growthCode +
			"        params:\n          p:\n            type: string\n            detail: true\n            enum: [a, «ab»]\nenvelope: problem\n",
		"a long example": growthCode +
			"        params:\n          p: {type: string, detail: true, example: «ab»}\nenvelope: problem\n",
		"a long header": growthCode + "        headers:\n          X-A: '«ab »b'\n",
		"a long link":   growthCode + "        links: [{title: t, url: /«ab»}]\n",
		"a long tag":    growthCode + "        tags: [«ab»]\n",
		"a long value": growthCode +
			"        values: {v: «ab»}\n        description: \"${v} ${v}\"\n",
		"a long docs_url": "version: 1\ntitle: x\ndocs_url: https://e.example/«ab»\n" +
			growthList + growthRight,
		"a long constant":   growthCode + "        meta: {k: «ab»}\n",
		"dollars":           growthOpen + "        message: \"«$$»\"\n",
		"lone dollars":      growthOpen + "        message: \"«$ »\"\n",
		"open placeholders": growthOpen + "        message: \"«${»\"\n",
		"uses of no param":  growthOpen + "        message: \"«${p№} »\"\n",
		"uses of no value":  growthCode + "        description: \"«${v№} »\"\n",
		"files": growthGroups +
			"      - {code: AB, status: 400, message: m, resolution: r}\ninclude: [f*.yaml]\n«-- f№.yaml --\nretired: [{code: C№§}]\n»",
		"files with groups": growthGroups +
			"      - {code: AB, status: 400, message: m, resolution: r}\ninclude: [f*.yaml]\n«-- f№.yaml --\ngroups: [{id: g№, title: G№, errors: []}]\n»",
		"files in a chain": growthCode +
			"include: [f0.yaml]\n«-- f†.yaml --\ninclude: [f№.yaml]\nretired: [{code: C№}]\n»",
		"files of one group": growthCode +
			"  - {id: h, title: H, errors: []}\ninclude: [f*.yaml]\n«-- f№.yaml --\ngroups: [{id: h, errors: [{code: C№§, status: 400, message: m, resolution: r}]}]\n»",
	} {
		all[name] = p
	}
	for name, piece := range valueTexts {
		all["a text of "+name] = filled(piece)
	}
	return all
}

// valueTexts are texts with placeholders, by name; see filled.
var valueTexts = map[string]string{
	"values": "${v}", "values, apart": "${v} ", "values in code": "`${v}` ",
	"values before code": "${v}`", "keys of the policy": "${retry.base} ", "markup": "${s}",
	"lists": "${l} ",
	"ticks": "${t}`", "values in markup": "*${v}_", "params": "${p} ", "no values": "${vv}",
	"a role": "${code}", "no keys": "${retry.x}", "long values": "${big}", "names": "$v ",
}

// filled is a code's description with placeholders, in a code that has what they name.
type filled string

func (f filled) of(size int) string {
	return growthCode +
		"        params: {p: {type: int, detail: true}}\n        retry: {base: 1s, max_retries: 3}\n        values: {v: 3, s: '*a_', l: [a, b, c], t: '`', big: " +
		strings.Repeat("a", 1000) + "}\n        description: " + literalBlock("        ",
		synth.OfSize(size/8, always(string(f)))) + "envelope: problem\n"
}

// everywhere is a piece of Markdown in each field that holds Markdown.
type everywhere func(i int) string

func (e everywhere) of(size int) string {
	text := synth.OfSize(size, e)
	dollars := strings.ReplaceAll(text, "$", "$$")
	return growthHead + "description: " + literalBlock("", dollars) + "envelope:\n  description: " +
		literalBlock("  ", dollars) + "  body: {code: $code, message: $message}\n" +
		"statuses:\n  400:\n    title: t\n    cause: " + literalBlock("    ", dollars) +
		"docs:\n  sections:\n    - position: end\n      text: " + literalBlock("      ", text) +
		"retired:\n  - code: CD\n    note: " + literalBlock("    ", dollars) +
		"groups:\n  - id: g\n    title: G\n    description: " + literalBlock("    ", dollars) +
		"    errors:\n      - code: AB\n        status: 400\n        message: m ${p}\n" +
		"        params:\n          p:\n            type: int\n            description: " +
		literalBlock("            ", dollars) +
		"        description: " + literalBlock("        ", dollars) + "        resolution: " +
		literalBlock("        ", dollars) + "        deprecated:\n          note: " +
		literalBlock("          ", dollars)
}

// literalBlock returns a text as a literal block scalar below an indented key.
func literalBlock(indent, text string) string {
	return "|2\n" + indent + "  " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n",
		"\n"+indent+"  ") + "\n"
}
