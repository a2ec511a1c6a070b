// Package config finds and reads errspec.yaml: which catalog a project has, and which outputs.
//
// It takes a folder. It returns the configuration that applies there, with paths as a user in that
// folder would write them, and diagnostics. Package syntax defines the format.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// Name is the name of the file. It may be hidden: .errspec.yaml.
const Name = "errspec.yaml"

// DefaultCatalog is the catalog's name unless another is given.
const DefaultCatalog = "catalog.yaml"

// A Config is the configuration of a project. The zero Config is that of a project without
// errspec.yaml.
type Config struct {
	syntax.Config
	Path string // of the file, as a user would write it; "" if there is none
}

// ends are names that mark the root folder of a project.
var ends = [...]string{DefaultCatalog, "go.mod", ".git"}

// Find returns the path of the errspec.yaml that applies in a folder, or "". It looks in the
// folder, then in those above it. It stops at the first folder with a catalog.yaml, a go.mod or a
// .git, because what is above belongs to another project. If no folder has one of these, only the
// folder itself counts.
func Find(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	here, err := fileIn(dir)
	if here != "" || err != nil {
		return here, err
	}
	found := ""
	for at := dir; ; at, abs = filepath.Join(at, ".."), filepath.Dir(abs) {
		if found == "" {
			if found, err = fileIn(at); err != nil {
				return "", err
			}
		}
		for _, name := range ends {
			if exists(filepath.Join(at, name)) {
				return found, nil
			}
		}
		if abs == filepath.Dir(abs) {
			return "", nil
		}
	}
}

// fileIn returns the errspec.yaml in a folder, or "".
func fileIn(dir string) (string, error) {
	plain, hidden := filepath.Join(dir, Name), filepath.Join(dir, "."+Name)
	switch hasPlain, hasHidden := exists(plain), exists(hidden); {
	case hasPlain && hasHidden:
		return "", fmt.Errorf("both %s and %s exist: remove one of them", plain, hidden)
	case hasPlain:
		return plain, nil
	case hasHidden:
		return hidden, nil
	}
	return "", nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// Read reads an errspec.yaml. If path is "", it returns the zero Config.
func Read(path string) (*Config, diag.List, error) {
	if path == "" {
		return &Config{}, diag.List{}, nil
	}
	file, err := source.Read(path)
	if err != nil {
		return nil, diag.List{}, err
	}
	file.Order = -1 // sort it before the catalog
	written, list := syntax.ParseConfig(file)
	c := &Config{Config: *written, Path: path}
	c.check(&list)
	return c, list, nil
}

// check reports values that are not paths.
func (c *Config) check(list *diag.List) {
	paths := map[string]syntax.Scalar{
		"catalog": c.Catalog, "template": c.Template, "history": c.History,
	}
	for _, o := range c.Outputs.All() {
		paths["outputs."+o.Name] = o.Path
	}
	for i, s := range c.Inject {
		paths[fmt.Sprintf("inject[%d]", i)] = s
	}
	for at, s := range paths {
		if s.IsSet() && (s.Text == "" || s.Text == source.Stdin || source.IsURL(s.Text)) {
			list.Add(diag.Diagnostic{
				Severity: diag.Error, Rule: rule.WrongType, Span: s.Span(), Path: at,
				Message: fmt.Sprintf("%q is not a path", s.Text),
				Help:    "write the path of a file or a folder",
			})
		}
	}
}

// CatalogPath returns the path of the project's catalog.
func (c *Config) CatalogPath() string {
	switch {
	case c.Path == "":
		return DefaultCatalog
	case !c.Catalog.IsSet():
		return c.resolve(DefaultCatalog)
	}
	return c.Resolve(c.Catalog)
}

// Resolve returns a path of the file as a user in the working directory would write it.
func (c *Config) Resolve(s syntax.Scalar) string { return c.resolve(s.Text) }

func (c *Config) resolve(path string) string {
	if strings.HasPrefix(path, "mod:") || filepath.IsAbs(path) {
		return path
	}
	dir := filepath.Dir(c.Path)
	if dir == "." {
		return path
	}
	joined := filepath.Join(dir, filepath.FromSlash(path))
	if strings.HasSuffix(path, "/") { // a final slash marks a folder
		joined += string(filepath.Separator)
	}
	return joined
}
