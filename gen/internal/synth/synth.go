// Package synth makes catalogs of any size, for measuring and tests. They are always the same, and
// vary like real ones where that costs something: names, messages, params, retry policies, groups.
package synth

import (
	"bytes"
	"fmt"
	"strings"
)

// A Code is one error of a catalog, in terms that all formats share.
type Code struct {
	Name       string // FLEET_DEVICE_TOKEN_EXPIRED
	Group      string // fleet
	Status     int
	Title      string
	Message    string // with params as ${name}
	Params     []Param
	Resolution string
	Retry      string // never, or the name of a policy
}

// A Param is a typed placeholder of a message.
type Param struct {
	Name, Type string // the type is string or int
}

// Groups are the groups of every catalog.
var Groups = strings.Fields(
	"auth billing catalog delivery export fleet gateway history import journal kernel ledger media " +
		"notify order payment quota report search tenant")

var (
	owners = strings.Fields("account batch card device event file grant host invoice job")
	things = strings.Fields("record token limit schema region window policy secret cursor version")
	states = strings.Fields(
		"not_found expired invalid missing conflict locked rejected exhausted unavailable timed_out " +
			"too_large too_small malformed unsupported duplicated revoked suspended disabled stale " +
			"corrupt denied forbidden required mismatched unreachable cancelled overdue unverified " +
			"incomplete truncated throttled misrouted unsigned unpaid closed archived deleted immutable " +
			"read_only ambiguous detached orphaned refused unknown pending partial quarantined unreadable " +
			"out_of_range rate_limited")
	statuses = []int{400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 500, 502, 503, 504}
)

// Max is the largest number of codes.
var Max = len(Groups) * len(owners) * len(things) * len(states)

// Codes returns n codes, group by group. It panics if n exceeds [Max].
func Codes(n int) []Code {
	if n > Max {
		panic(fmt.Sprintf("synth: there are only %d codes", Max))
	}
	codes := make([]Code, n)
	for i := range codes {
		codes[i] = code(i, n)
	}
	return codes
}

// code returns the i-th of n codes. Codes of a group are neighbours, as in a catalog, and their
// words differ as much as possible.
func code(i, n int) Code {
	group := Groups[i*len(Groups)/n]
	k := i * 7919 % (Max / len(Groups)) // a prime, so that each k occurs once in a group
	owner, thing, state := owners[k%len(owners)], things[k/len(owners)%len(things)],
		states[k/len(owners)/len(things)]
	words := strings.ReplaceAll(state, "_", " ")
	c := Code{
		Name:   strings.ToUpper(group + "_" + owner + "_" + thing + "_" + state),
		Group:  group,
		Status: statuses[i*5%len(statuses)],
		Title:  fmt.Sprintf("The %s %s is %s", owner, thing, words),
		Resolution: fmt.Sprintf(
			"Check that the %s %s exists and is %s, correct the request, and send it again; "+
				"if it keeps failing, open a ticket with the %s team.",
			owner, thing, words, group),
	}
	switch i % 3 {
	case 0:
		c.Message = fmt.Sprintf("the %s %s of this request is %s", owner, thing, words)
	case 1:
		c.Message = fmt.Sprintf("%s %s ${%s_id} is %s in %s", owner, thing, owner, words, group)
		c.Params = []Param{{owner + "_id", "string"}}
	case 2:
		c.Message = fmt.Sprintf("%s %s ${%s_id} is %s after ${count} attempts", owner, thing, owner,
			words)
		c.Params = []Param{{owner + "_id", "string"}, {"count", "int"}}
	}
	switch c.Status {
	case 429, 503:
		c.Retry = "growing"
	case 502, 504:
		c.Retry = "fixed"
	case 500:
		c.Retry = "once"
	default:
		c.Retry = "never"
	}
	return c
}

// YAML returns a catalog of n codes without diagnostics, about 440 bytes per code.
func YAML(n int) []byte {
	var b bytes.Buffer
	b.WriteString(head)
	group := ""
	for _, c := range Codes(n) {
		if c.Group != group {
			group = c.Group
			fmt.Fprintf(&b, "  - id: %s\n    title: %s\n    errors:\n", group,
				strings.ToUpper(group[:1])+group[1:])
		}
		fmt.Fprintf(&b, "      - code: %s\n        status: %d\n        title: %s\n", c.Name,
			c.Status, c.Title)
		if len(c.Params) > 0 {
			b.WriteString("        params:\n")
			for _, p := range c.Params {
				fmt.Fprintf(&b, "          %s: {type: %s}\n", p.Name, p.Type)
			}
		}
		fmt.Fprintf(&b,
			"        message: %q\n        resolution: %s\n        retry: %s\n        tags: [%s]\n"+
				"        since: 2026-06-12\n",
			c.Message, c.Resolution, c.Retry, c.Group)
	}
	return b.Bytes()
}

const head = `version: 1
title: Errors
service: synthetic
docs_url: https://docs.example.com/errors
statuses:
  400: {title: Bad Request}
  401: {title: Unauthorized}
  403: {title: Forbidden}
  404: {title: Not Found}
  409: {title: Conflict}
  410: {title: Gone}
  413: {title: Payload Too Large}
  415: {title: Unsupported Media Type}
  422: {title: Unprocessable Content}
  429: {title: Too Many Requests}
  500: {title: Internal Server Error}
  502: {title: Bad Gateway}
  503: {title: Service Unavailable}
  504: {title: Gateway Timeout}
retry_policies:
  once: {strategy: constant, base: 1s, max_retries: 1}
  fixed: {strategy: constant, base: 500ms, max_retries: 3}
  growing: {base: 250ms, max_retries: 5}
groups:
`
