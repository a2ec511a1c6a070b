package format_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/errspec/errspec/gen/internal/format"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// many returns a catalog of n codes, in canonical layout or with unindented lists.
func many(n int, canonical bool) []byte {
	in := "  "
	if !canonical {
		in = ""
	}
	var b bytes.Buffer
	fmt.Fprintf(&b,
		"version: 1\ntitle: Errors\ngroups:\n%s- id: all\n%s  title: All\n%s  errors:\n", in,
		in, in)
	in += in
	for i := range n {
		fmt.Fprintf(&b,
			"%s  # the record %d\n%s  - code: ACCOUNT_%05d_RECORD_NOT_FOUND\n%s    status: 409\n",
			in, i, in, i, in)
		fmt.Fprintf(&b,
			"%s    params: {account_id: {type: string}, count: {type: int}}\n"+
				"%s    message: account record ${account_id} is not found after ${count} attempts\n", in, in)
		fmt.Fprintf(&b,
			"%s    resolution: \"Check that the account record %d exists and is not closed, correct the request, and send it again; if it keeps failing, open a ticket.\"\n\n",
			in, i)
	}
	return append(bytes.TrimRight(b.Bytes(), "\n"), '\n')
}

// BenchmarkFormat measures layout without the first parsing. A file that changes is parsed once
// more, to verify that it means the same.
func BenchmarkFormat(b *testing.B) {
	for _, c := range []struct {
		name      string
		canonical bool
	}{{"unchanged", true}, {"changed", false}} {
		data := many(10_000, c.canonical)
		parse := func() syntax.Document {
			written, _ := syntax.Parse(source.New("catalog.yaml", data, nil))
			return written.Documents[0]
		}
		b.Run(c.name+"/parse", func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				parse()
			}
		})
		b.Run(c.name+"/parse and format", func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				d := parse()
				text, _ := format.Format(d.File, d.Root)
				if bytes.Equal(text, data) != c.canonical {
					b.Fatalf("the layout changes: %v", c.canonical)
				}
			}
		})
	}
}
