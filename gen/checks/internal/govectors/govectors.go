// Package govectors holds generated Go packages to the test vectors of their catalogs. It has the
// source of what runs beside them.
package govectors

import (
	"bytes"
	_ "embed"
)

//go:embed bridge.go.txt
var bridge []byte

// Judge is the source of package judge. Its function Judge reads vectors with a Client, and returns
// how many there are, and those that fail.
//
//go:embed judge.go.txt
var Judge []byte

// Bridge returns the source of a file that shows a generated package as its type Client.
func Bridge(pkg string) []byte {
	return bytes.Replace(bridge, []byte("package bridge"), []byte("package "+pkg), 1)
}
