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

	"github.com/errspec/errspec/gen/internal/config"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/output"
)

//go:embed starter/catalog.yaml
var starterCatalog string

// starterConfig says what is generated.
const starterConfig = `# yaml-language-server: $schema=errspec.schema.json
#
# What "errspec generate" writes; see "errspec generate --help". Paths are relative to this file.
catalog: catalog.yaml
outputs:
  go: apierr # the Go package
  markdown: errors.md # the reference page
  # typescript: errors.ts # a client in TypeScript
  # python: apierr.py # a client in Python
  # vectors: errors.vectors.json # test vectors for clients that you write by hand
  catalog-schema: catalog.schema.json # for editors: they complete and check catalog.yaml with it
  config-schema: errspec.schema.json # for editors: they complete and check this file with it
`

// starterGo is the Go file that brings the outputs up to date. It takes the name of its package.
const starterGo = `package %s

// The outputs that errspec.yaml names.
//go:generate go tool errspec generate
`

func newInit() *cobra.Command {
	return &cobra.Command{
		Use:        "init [DIR]",
		SuggestFor: []string{"new", "create", "start", "scaffold", "setup"},
		Short:      "Write a catalog to start from",
		Long: `Init writes three files into DIR, by default the current folder:

  catalog.yaml   a small catalog with comments
  errspec.yaml   the outputs: a Go package in apierr, errors.md, schemas for editors, and more in
                 comments
  generate.go    a go:generate line that runs errspec

It creates DIR if necessary, and overwrites no file.`,
		Example: "  errspec init api",
		Args:    oneOf("folder"),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "."
			if len(args) > 0 {
				dir = args[0]
			}
			if err := writeStarter(dir); err != nil || quiet(cmd) {
				return err
			}
			_, err := fmt.Fprint(cmd.OutOrStdout(), nextSteps(filepath.ToSlash(filepath.Clean(dir))))
			return err
		},
	}
}

// nextSteps says what to do with what init wrote.
func nextSteps(dir string) string {
	prefix, pkg := "", "."
	if dir != "." {
		prefix = dir + "/"
		if pkg = dir; !strings.HasPrefix(pkg, "/") && !strings.HasPrefix(pkg, "../") {
			pkg = "./" + pkg
		}
	}
	module := ""
	if !inModule(dir) {
		module = "  go mod init example.com/MODULE                        there is no go.mod here yet\n"
	}
	return fmt.Sprintf(`Wrote %[1]scatalog.yaml, %[1]serrspec.yaml and %[1]sgenerate.go. Next:

%[2]s  go get -tool github.com/errspec/errspec/gen/errspec   once in a module, for go tool errspec
  go generate %[3]s
  go tool errspec serve %[1]scatalog.yaml
`, prefix, module, pkg)
}

// inModule reports whether a folder is in a Go module.
func inModule(dir string) bool {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return true // unknown, so say nothing
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

// writeStarter writes all files or none.
func writeStarter(dir string) error {
	files := []emit.File{
		{Path: "catalog.yaml", Data: []byte(starterCatalog)},
		{Path: config.Name, Data: []byte(starterConfig)},
		{Path: "generate.go", Data: fmt.Appendf(nil, starterGo, goPackageOf(dir))},
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return fmt.Errorf("%s is a file; name a folder", dir)
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
		return fmt.Errorf("init overwrites no file, and found %s; name another folder",
			strings.Join(present, ", "))
	}
	plan, err := output.Create(dir, files)
	if err != nil {
		return err
	}
	return plan.Commit()
}

// goPackageOf returns the name of the package in a folder, or one for it. Nobody imports a package
// that holds generate.go alone, so any name works; one that looks like the folder's surprises
// least.
func goPackageOf(dir string) string {
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	if name, refused := packageName(dir, ""); refused == nil {
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
