package gocode

import (
	"bytes"
	"embed"
	"io/fs"
	"slices"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/mark"
)

//go:embed codehash/hash.go
//go:embed fixed/client.go fixed/copies.go fixed/error.go fixed/info.go fixed/json.go fixed/message.go fixed/params.go fixed/retry.go fixed/server.go
//go:embed fixed/redacted.go fixed/transport.go fixed/tree.go
//go:embed fixed/catalog_test.go
var fixedSource embed.FS

// fixedTest is the fixed part's test, which runs over whatever catalog it stands beside. No file is named after the package: the go
// command would take errors_windows_test.go for a test on Windows alone.
const fixedTest = "catalog_test.go"

// redactedFile is the part that only catalogs with sensitive params need.
const redactedFile = "redacted.go"

// fixedFiles returns the part of the package that is the same for every catalog.
func fixedFiles(c *catalog.Catalog, o emit.Options) []emit.File {
	var files []emit.File
	err := fs.WalkDir(fixedSource, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		src, err := fixedSource.ReadFile(path)
		if err != nil {
			return err
		}
		if d.Name() == fixedTest && !o.Tests || d.Name() == redactedFile && !hasSensitive(c) {
			return nil
		}
		files = append(files, emit.File{Path: d.Name(), Data: moved(src, o.Package)})
		return nil
	})
	if err != nil {
		panic("gocode: the fixed files are embedded: " + err.Error())
	}
	return files
}

// hasSensitive reports whether a code has a param that is never sent.
func hasSensitive(c *catalog.Catalog) bool {
	for e := range c.All() {
		if slices.ContainsFunc(e.Params, func(p catalog.Param) bool { return p.Sensitive }) {
			return true
		}
	}
	return false
}

// moved returns a source file as part of another package.
func moved(src []byte, pkg string) []byte {
	if !bytes.HasPrefix(src, []byte("package ")) {
		panic("gocode: a fixed file begins with its package clause")
	}
	_, rest, _ := bytes.Cut(src, []byte("\n"))
	return append([]byte(mark.GoLine+"\n\npackage "+pkg+"\n"), rest...)
}
