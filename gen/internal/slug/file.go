package slug

import (
	"fmt"
	"hash/fnv"
	"strings"
)

// File returns the name, without an extension, of the file that a code has for itself: its anchor,
// if that is a name on every file system and site. Names differ in more than upper and lower case
// or the spelling of an accent, hold nothing but a-z, 0-9, - and _, begin with a letter or digit
// (sites skip files that begin otherwise), and are none that Windows or a site gives a meaning to.
func File(code string) string {
	anchor := Make(code)
	if anchor == "" {
		anchor = code
	}
	var b strings.Builder
	for _, r := range anchor {
		if 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-' || r == '_' {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "u%04x", r)
		}
	}
	name := b.String()
	if name[0] == '-' || name[0] == '_' {
		name = "code" + name
	}
	if len(name) > maxFile {
		h := fnv.New32a()
		_, _ = h.Write([]byte(name)) // a hash takes everything
		name = fmt.Sprintf("%s-%08x", name[:maxFile], h.Sum32())
	}
	if isReserved(name) {
		name += "_"
	}
	return name
}

// maxFile is how much of a long name is kept. File systems take 255 bytes with the extension, some
// archives a hundred.
const maxFile = 80

// isReserved reports whether a file of that name would be a device on Windows, or a folder's own
// page on a site.
func isReserved(name string) bool {
	switch name {
	case "con", "prn", "aux", "nul", "index", "readme":
		return true
	}
	stem := strings.TrimRight(name, "0123456789")
	return (stem == "com" || stem == "lpt") && len(name) == len(stem)+1
}
