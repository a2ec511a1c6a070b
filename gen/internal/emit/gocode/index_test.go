package gocode

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/emit/gocode/codehash"
)

// find looks a code up as the generated package does.
func (x *index) find(codes []string, code string) (int, bool) {
	n := x.slots[codehash.Slot(codehash.Of(code, x.seed), x.displace, len(x.slots))]
	return n, n < len(codes) && codes[n] == code
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

func BenchmarkLookup(b *testing.B) {
	for _, n := range []int{15, 1000, 10_000} {
		codes := manyCodes(n)
		x := newIndex(codes)
		slots := make([]uint16, len(x.slots))
		byCode := make(map[string]int, n)
		for i, s := range x.slots {
			slots[i] = uint16(s)
		}
		for i, code := range codes {
			byCode[code] = i
		}
		for name, suffix := range map[string]string{"hit": "", "miss": "X"} {
			keys := make([]string, n)
			for i, k := range rand.Perm(n) {
				keys[i] = strings.Clone(codes[k] + suffix)
			}
			b.Run(fmt.Sprintf("n=%d/%s/index", n, name), func(b *testing.B) {
				for i := 0; b.Loop(); i++ {
					key := keys[i%n]
					k := slots[codehash.Slot(codehash.Of(key, x.seed), x.displace, len(slots))]
					if (codes[k] == key) != (suffix == "") {
						b.Fatal(key)
					}
				}
			})
			b.Run(fmt.Sprintf("n=%d/%s/yardstick=map", n, name), func(b *testing.B) {
				for i := 0; b.Loop(); i++ {
					if _, ok := byCode[keys[i%n]]; ok != (suffix == "") {
						b.Fatal(keys[i%n])
					}
				}
			})
		}
	}
}
