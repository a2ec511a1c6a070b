package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/output"
)

//go:embed starter/catalog.yaml
var starterCatalog string

// starterGo is the Go file that brings the outputs up to date. It takes the name of its package.
const starterGo = `package %s

// The catalog's Go package, its reference page, and the schema with which editors help to write it.
//go:generate go tool errspec generate catalog.yaml --go apierr --markdown errors.md --catalog-schema catalog.schema.json
`

func newInit() *cobra.Command {
	return &cobra.Command{
		Use:   "init [DIR]",
		Short: "Write a catalog to start from",
		Long: `Init writes a small catalog with comments, catalog.yaml, and generate.go, which tells go generate what to make of it: a Go package
in apierr, and errors.md. DIR is the current folder if it is not given; it is made if it is not there.

No file is overwritten.`,
		Example: "  errspec init api",
		Args:    oneOf("folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "."
			if len(args) > 0 {
				dir = args[0]
			}
			if err := writeStarter(dir); err != nil {
				return err
			}
			_, err := fmt.Fprint(cmd.OutOrStdout(), nextSteps(filepath.ToSlash(filepath.Clean(dir))))
			return err
		},
	}
}

// nextSteps says what to do with what init wrote.
func nextSteps(dir string) string {
	file, pkg := "catalog.yaml", "."
	if dir != "." {
		file = dir + "/" + file
		if pkg = dir; !strings.HasPrefix(pkg, "/") && !strings.HasPrefix(pkg, "../") {
			pkg = "./" + pkg
		}
	}
	module := ""
	if !inModule(dir) {
		module = "  go mod init example.com/MODULE                        there is no go.mod here yet\n"
	}
	return fmt.Sprintf(`Wrote %s and %s. Next:

%s  go get -tool github.com/errspec/errspec/gen/errspec   once in a module, for go tool errspec
  go generate %s
  go tool errspec lint %s
`, file, strings.TrimSuffix(file, "catalog.yaml")+"generate.go", module, pkg, file)
}

// inModule reports whether a folder is in a Go module.
func inModule(dir string) bool {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return true // who knows: say nothing
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return true
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return false
		}
		dir = parent
	}
}

// writeStarter writes both files or none.
func writeStarter(dir string) error {
	files := []emit.File{
		{Path: "catalog.yaml", Data: []byte(starterCatalog)},
		{Path: "generate.go", Data: fmt.Appendf(nil, starterGo, goPackageOf(dir))},
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return fmt.Errorf("%s is a file: name a folder", dir)
	}
	var present []string
	for _, f := range files {
		path := filepath.Join(dir, f.Path)
		switch _, err := os.Lstat(path); {
		case err == nil:
			present = append(present, path)
		case !errors.Is(err, fs.ErrNotExist):
			return err
		}
	}
	if len(present) > 0 {
		return fmt.Errorf("there is %s already, and init overwrites nothing: name another folder, or move it away", strings.Join(present, " and "))
	}
	plan, err := output.Create(dir, files)
	if err != nil {
		return err
	}
	return plan.Commit()
}

// goPackageOf returns the name of the package in a folder, or one for it. Nobody imports a package that holds generate.go alone, so any
// name does, but one that looks like the folder's surprises least.
func goPackageOf(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	if name, err := packageName(dir, ""); err == nil {
		return name
	}
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, filepath.Base(dir))
	if goname.Package(name) != nil {
		return "api"
	}
	return name
}
