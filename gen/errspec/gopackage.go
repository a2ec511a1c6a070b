package main

import (
	"errors"
	"fmt"
	"go/build"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/errspec/errspec/gen/internal/regular"
	"github.com/errspec/errspec/gen/internal/unseen"
)

// packageName returns the name of the package that goes into dir: the one that the user gives, else that of the Go files which
// are there, else the last element of dir as it is written.
func packageName(dir, given string) (string, error) {
	if given != "" {
		if !isPackageName(given) {
			return "", fmt.Errorf("--package %s: that is no name of a Go package", given)
		}
		return given, nil
	}
	files := build.Default
	files.ReadDir = regularFiles
	files.OpenFile = func(path string) (io.ReadCloser, error) { return regular.Open(path) }
	present, err := files.ImportDir(dir, 0)
	var several *build.MultiplePackageError
	if errors.As(err, &several) {
		return "", fmt.Errorf("%s holds Go files of the packages %s and %s: say which with --package",
			dir, several.Packages[0], several.Packages[1])
	}
	if name := present.Name; name != "" {
		return strings.TrimSuffix(name, "_test"), nil // the name in a folder that has tests alone
	}
	name := filepath.Base(filepath.FromSlash(dir))
	if !isPackageName(name) {
		return "", fmt.Errorf("--go %s: its last element is no name of a Go package: give one with --package", dir)
	}
	return name, nil
}

// regularFiles returns the regular files in a folder, and the links to such.
func regularFiles(dir string) ([]fs.FileInfo, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var files []fs.FileInfo
	for _, e := range entries {
		if info, err := os.Stat(filepath.Join(dir, e.Name())); err != nil || !info.Mode().IsRegular() {
			continue
		}
		info, err := e.Info() // of a link, that of the link: it has the name that is in the folder
		if err != nil {
			continue // gone
		}
		files = append(files, info)
	}
	return files, nil
}

func isPackageName(name string) bool {
	return token.IsIdentifier(name) && name != "_" && !strings.HasSuffix(name, "_test") && !strings.ContainsFunc(name, unseen.Suspect)
}
