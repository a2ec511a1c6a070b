package gocode

import (
	"cmp"
	"slices"

	"github.com/errspec/errspec/gen/internal/emit/gocode/codehash"
)

// An index is the static perfect hash behind Lookup.
type index struct {
	seed     uint64
	displace []uint16 // by bucket; their number is a power of two
	slots    []uint32 // the entry of the code whose place this is; 0 where there is none
}

// newIndex places every code so that no two meet. It tries displacements bucket by bucket, largest first (hash and displace), and
// a new seed if one bucket finds no room, which hardly happens: a fifth of the slots stays free.
func newIndex(codes []string) index {
	buckets := 1
	for buckets*4 < len(codes) {
		buckets *= 2
	}
	for seed := uint64(1); ; seed++ {
		x := index{seed: seed, displace: make([]uint16, buckets), slots: make([]uint32, len(codes)+len(codes)/4+1)}
		if x.place(codes) {
			return x
		}
	}
}

func (x *index) place(codes []string) bool {
	type item struct {
		code int
		hash uint64
	}
	buckets := make([][]item, len(x.displace))
	for i, code := range codes {
		h := codehash.Of(code, x.seed)
		b := h & uint64(len(buckets)-1)
		buckets[b] = append(buckets[b], item{i, h})
	}
	order := make([]int, len(buckets))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(buckets[b]), len(buckets[a])) })

	taken := make([]bool, len(x.slots))
	var places []uint64
	for _, b := range order {
		d := 0
	next:
		for ; d < 1<<16; d++ {
			x.displace[b] = uint16(d)
			places = places[:0]
			for _, it := range buckets[b] {
				p := codehash.Slot(it.hash, x.displace, len(x.slots))
				if taken[p] || slices.Contains(places, p) {
					continue next
				}
				places = append(places, p)
			}
			break
		}
		if d == 1<<16 {
			return false
		}
		for i, it := range buckets[b] {
			taken[places[i]], x.slots[places[i]] = true, codehash.Entry(it.hash, it.code)
		}
	}
	return true
}
