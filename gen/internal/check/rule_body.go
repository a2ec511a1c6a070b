package check

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/errspec/errspec/gen/internal/rule"
)

// maxBody is how much of a body clients read, in bytes: the Decoder's default in the generated package.
const maxBody = 1 << 20

// bodies asks whether clients read the bodies of all codes, each param having its example's value. It needs a catalog without errors.
func (c *checker) bodies() {
	if c.found.HasErrors() {
		return
	}
	for i := range c.entries {
		e := &c.entries[i]
		for k := range e.out.Variants {
			if e.out.Internal || len(e.out.Statuses) == 0 { // it is never sent, or was refused
				continue
			}
			body := c.out.ExampleBody(e.out, &e.out.Variants[k], e.out.Statuses[0])
			n := len(body)
			if n > maxBody/len(`\u003c`) { // servers escape what browsers might take for HTML
				var escaped bytes.Buffer
				json.HTMLEscape(&escaped, body)
				n = escaped.Len()
			}
			if n > maxBody {
				e.find(rule.LimitExceeded, e.span(), "code", fmt.Sprintf("the body of %s has %d bytes, its params having their examples' values", e, n),
					fmt.Sprintf("shorten what is in it; clients read %d bytes", maxBody))
				break
			}
		}
	}
}
