package slug

import (
	"fmt"
	"hash/fnv"
	"strings"
)

// File returns the name, without an extension, of a code's own file. It is the code's anchor, if
// that is a valid name on every file system and site. Names differ in more than case or the
// spelling of an accent. They consist of a-z, 0-9, - and _, and begin with a letter or digit,
// because sites skip other files. No name has a special meaning on Windows or on a site.
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
		_, _ = h.Write([]byte(name)) // writing to a hash never fails
		name = fmt.Sprintf("%s-%08x", name[:maxFile], h.Sum32())
	}
	if isReserved(name) {
		name += "_"
	}
	return name
}

// maxFile limits how much of a long name is kept. File systems allow 255 bytes including the
// extension, some archives a hundred.
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
