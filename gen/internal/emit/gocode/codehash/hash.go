package codehash

import "math/bits"

// slotOf returns the place of a hash in the index: its bucket's displacement moves it there, so that no two codes of the
// catalog meet (hash and displace: Fox, Heath, Chen and Daoud 1992).
func slotOf(h uint64, displace []uint16, slots int) uint64 {
	d := uint64(displace[h&uint64(len(displace)-1)])
	hi, _ := bits.Mul64((h^d*hashMix)*hashMix, uint64(slots))
	return hi
}

// An entry of the index is the number of a code, and above it a mark, which is some bits of its hash. By the mark most texts that are
// no code are told from the one that has their place, without a look at that code.
const numberBits = 20

func markOf(h uint64) uint32 { return uint32(h >> (32 + numberBits)) }

const hashMix = 0x9E3779B97F4A7C15 // 2^64 divided by the golden ratio

// hashOf eats sixteen bytes a step, and folds their 128-bit product into 64 bits. The last step may read some of them again, so that
// no byte is left over.
func hashOf(s string, seed uint64) uint64 {
	h := seed ^ uint64(len(s))*hashMix
	switch {
	case len(s) > 16:
		last := s[len(s)-16:]
		for len(s) > 16 {
			h = fold(h^le64(s), le64(s[8:]))
			s = s[16:]
		}
		return fold(h^le64(last), le64(last[8:]))
	case len(s) >= 8:
		return fold(h^le64(s), le64(s[len(s)-8:]))
	case len(s) >= 4:
		return fold(h^le32(s), le32(s[len(s)-4:]))
	case len(s) > 0:
		return fold(h, uint64(s[0])<<16|uint64(s[len(s)/2])<<8|uint64(s[len(s)-1]))
	default:
		return h
	}
}

func fold(x, y uint64) uint64 {
	hi, lo := bits.Mul64(x, y^hashMix)
	return hi ^ lo
}

// le64 and le32 are compiled to one load.
func le64(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func le32(s string) uint64 {
	_ = s[3]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}
