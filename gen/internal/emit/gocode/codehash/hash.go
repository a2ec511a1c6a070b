package codehash

import "math/bits"

// slotOf returns the place of a hash in the index: its bucket's displacement moves it there, so that no two codes of the
// catalog meet (hash and displace: Fox, Heath, Chen and Daoud 1992).
func slotOf(h uint64, displace []uint16, slots int) uint64 {
	d := uint64(displace[h&uint64(len(displace)-1)])
	hi, _ := bits.Mul64((h^d*hashMix)*hashMix, uint64(slots))
	return hi
}

const hashMix = 0x9E3779B97F4A7C15 // 2^64 divided by the golden ratio

// hashOf eats eight bytes a step, and folds a 128-bit product after each.
func hashOf(s string, seed uint64) uint64 {
	h := seed ^ uint64(len(s))*hashMix
	if len(s) < 8 {
		var v uint64
		for i := 0; i < len(s); i++ {
			v = v<<8 | uint64(s[i])
		}
		return fold(h ^ v)
	}
	last := le64(s[len(s)-8:])
	for len(s) > 8 {
		h = fold(h ^ le64(s))
		s = s[8:]
	}
	return fold(h ^ last)
}

func fold(x uint64) uint64 {
	hi, lo := bits.Mul64(x, hashMix)
	return hi ^ lo
}

// le64 is compiled to one load.
func le64(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
