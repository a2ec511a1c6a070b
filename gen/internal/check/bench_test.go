package check_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/check"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// synthetic is a catalog of n codes, about 440 bytes each. Every finding-th code, if any, has a
// mistake that is found in it.
func synthetic(n, finding int) []byte {
	var b bytes.Buffer
	b.WriteString(`version: 1
title: Errors
retry_policies: {fixed: {strategy: constant, base: 500ms}, growing: {base: 250ms, max_retries: 5}}
groups:
  - id: server
    title: Server
    errors:
      - {code: INTERNAL_ERROR, status: 500, message: Internal server error, resolution: Try again later.}
  - id: all
    title: All
    errors:
`)
	for i := range n {
		name := fmt.Sprintf("ACCOUNT_%05d_RECORD_NOT_FOUND", i)
		param, message := "", "the account record of this request is not found"
		switch i % 3 {
		case 1:
			param, message = "        params: {account_id: {type: string}}\n", "account record ${account_id} is not found in billing"
		case 2:
			param, message = "        params: {account_id: {type: string}, count: {type: int}}\n", "account record ${account_id} is not found after ${count} attempts"
		}
		if finding > 0 && i%finding == 0 {
			message += " in ${contry}"
		}
		fmt.Fprintf(&b, "      - code: %s\n        status: %d\n"+
			"        title: Account record is not found\n        message: %q\n"+
			"%s", name, []int{409, 410, 500, 502}[i%4], message, param)
		fmt.Fprintf(&b,
			"        resolution: Check that the account record %d exists and is not closed, correct the request, and send it again; if it keeps failing, open a ticket with the billing team.\n",
			i)
		fmt.Fprintf(&b,
			"        retry: %s\n        tags: [account, billing]\n        since: 2026-06-12\n",
			strings.Fields("never never fixed growing")[i%4])
	}
	return b.Bytes()
}

// The parts of reading a catalog, beside the decoding of its YAML that none of them can do without.
func BenchmarkLint(b *testing.B) {
	for _, c := range []struct {
		name       string
		n, finding int
	}{{"1000", 1000, 0}, {"10000", 10_000, 0}, {"10000 findings", 10_000, 1}} {
		data := synthetic(c.n, c.finding)
		b.Run(c.name+"/yaml", func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				var n yaml.Node
				if err := yaml.Unmarshal(data, &n); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(c.name+"/lint", func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				written, list := syntax.Parse(source.New("catalog.yaml", data, nil))
				_, more := check.Check(written)
				list.Append(more)
				if got := len(list.All()); (got > 0) != (c.finding > 0) {
					b.Fatalf("%d findings", got)
				}
			}
		})
	}
}
