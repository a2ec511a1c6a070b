// Package govectors holds generated Go packages to the test vectors of their catalogs. It has the
// source of what runs beside them.
package govectors

import (
	"bytes"
	_ "embed"
	"slices"

	"github.com/errspec/errspec/gen/internal/emit"
)

//go:embed bridge.go.txt
var bridge []byte

//go:embed retries.go.txt
var retries []byte

// Judge is the source of package judge. Its function Judge reads vectors with a Client, and returns
// how many there are, and those that fail.
//
//go:embed judge.go.txt
var Judge []byte

// Bridge returns the files that show a generated package as its type Client. The type has no method
// Decide if the package has no retries.
func Bridge(pkg string, files []emit.File) []emit.File {
	in := func(src []byte) []byte {
		return bytes.Replace(src, []byte("package bridge"), []byte("package "+pkg), 1)
	}
	bridges := []emit.File{{Path: "bridge.go", Data: in(bridge)}}
	if slices.ContainsFunc(files, func(f emit.File) bool { return f.Path == "retry.go" }) {
		bridges = append(bridges, emit.File{Path: "bridge_retries.go", Data: in(retries)})
	}
	return bridges
}
