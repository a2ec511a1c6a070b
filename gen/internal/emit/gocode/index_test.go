package gocode

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/emit/gocode/codehash"
)

// find looks a code up as the generated package does.
func (x *index) find(codes []string, code string) (int, bool) {
	h := codehash.Of(code, x.seed)
	entry := x.slots[codehash.Slot(h, x.displace, len(x.slots))]
	n := int(entry & (codehash.MaxCodes - 1))
	return n, entry == codehash.Entry(h, n) && n < len(codes) && codes[n] == code
}

func TestIndexFindsEveryCodeAndNoOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		codes := rapid.SliceOfNDistinct(rapid.String(), 0, 300, rapid.ID[string]).Draw(t, "codes")
		x := newIndex(codes)
		for i, code := range codes {
			if n, ok := x.find(codes, code); !ok || n != i {
				t.Fatalf("%q is found at %d, %v; want %d", code, n, ok, i)
			}
		}
		if n, ok := x.find(codes, strings.Join(codes, "")+"!"); ok {
			t.Fatalf("a code that is not there is found at %d", n)
		}
	})
}

func manyCodes(n int) []string {
	codes := make([]string, n)
	for i := range codes {
		codes[i] = fmt.Sprintf("GROUP_%d_RECORD_%d_NOT_FOUND", i%17, i)
	}
	return codes
}

// The tables grow with the catalog, not faster.
func TestIndexGrowth(t *testing.T) {
	for _, n := range []int{1, 15, 1000, 10_000, 70_000} {
		x := newIndex(manyCodes(n))
		if len(x.slots) > n+n/4+1 || len(x.displace) > n+1 {
			t.Errorf("%d codes take %d slots and %d displacements", n, len(x.slots), len(x.displace))
		}
	}
}
