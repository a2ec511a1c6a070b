package main

import (
	"fmt"
	"go/build"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/mod/modfile"

	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/regular"
)

// A refusal says why no Go package can be written to a folder.
type refusal struct {
	problem   string
	help      string
	name      bool // it is about the package's name, not about the folder
	needsName bool // a package's name would help, instead of help
}

// badName is a refusal of a name. Package goname says what is wrong, then what to do.
func badName(err error) *refusal {
	problem, help, _ := strings.Cut(err.Error(), "; ")
	return &refusal{problem: problem, help: help}
}

// packageName returns the name of the package that goes into dir: the one that the user gives, else
// that of the Go files in dir, else the last element of dir as it is written. It refuses a folder
// or a name that the go command would not build.
func packageName(dir, given string) (string, *refusal) {
	const another = "choose another folder"
	if problem := importable(dir); problem != nil {
		return "", problem
	}
	others, own := packagesIn(dir)
	switch {
	case len(others) > 1:
		return "", &refusal{
			problem: fmt.Sprintf("the folder holds Go files of the packages %s and %s",
				others[0], others[1]),
			help: another,
		}
	case len(others) == 1 && given != "" && given != others[0]:
		return "", &refusal{
			problem: fmt.Sprintf("%s holds Go files of the package %s", dir, others[0]),
			help:    fmt.Sprintf("name the package %s, or choose another folder", others[0]), name: true,
		}
	case len(others) == 1:
		// a program may hold its own errors
		if err := goname.Package(others[0]); err != nil && others[0] != "main" {
			return "", &refusal{
				problem: fmt.Sprintf("the folder holds Go files of the package %s: %s",
					others[0], badName(err).problem),
				help: another,
			}
		}
		return others[0], nil
	case given != "":
		if err := goname.Package(given); err != nil {
			no := badName(err)
			no.name = true
			return "", no
		}
		return given, nil
	case len(own) == 1:
		return own[0], nil
	}
	name := filepath.Base(filepath.FromSlash(dir))
	if err := goname.Package(name); err != nil {
		no := badName(err)
		no.needsName = true
		return "", no
	}
	for _, element := range belowModule(dir) {
		if element == "testdata" || element[0] == '_' || element[0] == '.' {
			return "", &refusal{
				problem: fmt.Sprintf("go test ./... skips a folder named %s", element),
				help:    "choose another folder, or give the package a name if you mean it",
			}
		}
	}
	return name, nil
}

// packagesIn returns the names of the packages whose Go files a folder holds: of files that people
// wrote, and of those that errspec did. Files that the go command leaves out do not count, and a
// test in a package of its own counts as the package that it tests.
func packagesIn(dir string) (others, own []string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, nil // there is no folder yet
	}
	files := build.Default
	// never a named pipe
	files.OpenFile = func(path string) (io.ReadCloser, error) { return regular.Open(path) }
	for _, entry := range entries {
		if filepath.Ext(entry.Name()) != ".go" {
			continue
		}
		path := filepath.Join(dir, entry.Name())
		if built, err := files.MatchFile(dir, entry.Name()); err != nil || !built {
			continue
		}
		src, err := regular.ReadFile(path)
		if err != nil {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, src, parser.PackageClauseOnly)
		if err != nil {
			continue
		}
		name := file.Name.Name
		if name == goname.Documentation { // the go command leaves it out, too
			continue
		}
		if strings.HasSuffix(entry.Name(), "_test.go") {
			name = strings.TrimSuffix(name, "_test")
		}
		names := &others
		if emit.GoMark.In(src) {
			names = &own
		}
		if !slices.Contains(*names, name) {
			*names = append(*names, name)
		}
	}
	return others, own
}

// importable says why no package can be imported from a folder.
func importable(dir string) *refusal {
	for _, element := range belowModule(dir) {
		switch {
		case element == "vendor":
			return &refusal{
				problem: "the go command keeps folders named vendor for copies of modules",
				help:    "choose another folder",
			}
		case !isImportElement(element):
			return &refusal{
				problem: fmt.Sprintf("%q cannot be a part of an import path", element),
				help:    "use ASCII letters, digits, - and _ in the folder's name",
			}
		}
	}
	return nil
}

// belowModule returns the elements of the folder's path below its module, which are a part of its
// import path. Without a module it is the last one.
func belowModule(dir string) []string {
	abs, err := filepath.Abs(filepath.FromSlash(dir))
	if err != nil {
		return nil
	}
	for root := abs; ; root = filepath.Dir(root) {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			rel, err := filepath.Rel(root, abs)
			if err != nil || rel == "." {
				return nil
			}
			return strings.Split(filepath.ToSlash(rel), "/")
		}
		if root == filepath.Dir(root) {
			return []string{filepath.Base(abs)}
		}
	}
}

// isImportElement reports whether a folder's name may be an element of an import path, on every
// system (golang.org/x/mod/module.CheckImportPath has these rules).
func isImportElement(name string) bool {
	const allowed = "-._~+0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	if strings.Trim(name, allowed) != "" || strings.HasSuffix(name, ".") {
		return false
	}
	short, _, _ := strings.Cut(strings.ToUpper(name), ".")
	if i := strings.LastIndexByte(short, '~'); i >= 0 && i < len(short)-1 &&
		strings.Trim(short[i+1:], "0123456789") == "" {
		return false
	}
	if n := len(short); n == 4 && short[3] >= '1' && short[3] <= '9' {
		return short[:3] != "COM" && short[:3] != "LPT"
	}
	return !slices.Contains([]string{"CON", "PRN", "AUX", "NUL"}, short)
}

// importPath returns the import path of the package in a folder.
func importPath(dir string) (string, error) {
	abs, err := filepath.Abs(filepath.FromSlash(dir))
	if err != nil {
		return "", err
	}
	for root := abs; ; root = filepath.Dir(root) {
		data, err := regular.ReadFile(filepath.Join(root, "go.mod"))
		switch {
		case err == nil:
			module := modfile.ModulePath(data)
			if module == "" {
				return "", fmt.Errorf("%s names no module", filepath.Join(root, "go.mod"))
			}
			return path.Join(append([]string{module}, belowModule(dir)...)...), nil
		case root == filepath.Dir(root):
			return "", fmt.Errorf("there is no go.mod above %s", dir)
		}
	}
}
