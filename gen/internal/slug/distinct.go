package slug

import (
	"crypto/sha256"
	"encoding/hex"
)

// Mark returns what tells a name from others that look the same in an anchor, a file name or a Go
// name: hexadecimal digits of its hash, four in the first round and two more in each that follows.
// It depends on the name alone, so it stays when other names come and go.
func Mark(name string, round int) string {
	sum := sha256.Sum256([]byte(name))
	return hex.EncodeToString(sum[:])[:min(4+2*round, 2*len(sum))]
}

// A Set holds the names that are taken, by which nobody else can go.
type Set map[string]bool

// Take takes a name, and reports whether it was free. Nothing is always free.
func (s Set) Take(name string) bool {
	if name != "" && s[name] {
		return false
	}
	s[name] = true
	return true
}

// Distinct takes the first free one of the names that a function makes of a mark, and returns that
// mark.
func (s Set) Distinct(name string, marked func(mark string) string) (mark string) {
	for round := 0; ; round++ {
		mark = Mark(name, round)
		if s.Take(marked(mark)) {
			return mark
		}
		if 4+2*round >= 2*sha256.Size { // nobody's name has its own hash in it, but two may be the same
			name += mark
		}
	}
}
