package goname

import (
	"errors"
	"go/token"
	"strings"

	"github.com/errspec/errspec/gen/internal/unseen"
)

// Documentation is the name of packages whose files the go command leaves out of every build.
const Documentation = "documentation"

// Package says why name cannot be the name of a generated package: one that the go command builds,
// and that others can import under this name.
func Package(name string) error {
	switch {
	case token.IsKeyword(name):
		return errors.New("that is a keyword of Go; choose another name")
	case !token.IsIdentifier(name) || name == "_" || strings.ContainsFunc(name, unseen.Suspect):
		return errors.New("that is not the name of a Go package; use a letter, then letters and digits")
	case name == "main":
		return errors.New("no package can import one named main; choose another name")
	case name == "init":
		return errors.New("no file can import a package as init; choose another name")
	case name == Documentation:
		return errors.New("the go command leaves out packages named documentation; choose another name")
	case strings.HasSuffix(name, "_test"):
		return errors.New("package names that end in _test are for tests; choose another name")
	default:
		return nil
	}
}
