// Package codehash places codes in the static index behind Lookup. Its file hash.go is copied into every generated package, so that
// the generator and what it generates can not differ; it imports nothing of ours, so that the generator can always be built.
package codehash

// Of returns the hash of a code.
func Of(code string, seed uint64) uint64 { return hashOf(code, seed) }

// Slot returns the place of a hash in an index of so many slots.
func Slot(hash uint64, displace []uint16, slots int) uint64 { return slotOf(hash, displace, slots) }

// Entry returns what stands in the index for a code with this hash and number.
func Entry(hash uint64, number int) uint32 {
	return markOf(hash)<<numberBits | uint32(number)
}

// MaxCodes is how many codes an index can hold.
const MaxCodes = 1 << numberBits
