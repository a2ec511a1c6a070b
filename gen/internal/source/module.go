package source

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

// A catalog in a Go module is written mod:MODULE@VERSION/PATH, or mod:MODULE/PATH for the version in the build list of the
// module that the working directory belongs to. The go command finds, downloads and verifies it, with the settings
// (GOPROXY, GOFLAGS, GOPRIVATE, go.sum) that the user has for all other modules; a replace directive is honoured.
const modulePrefix = "mod:"

// A moduleFile is where a catalog lies in a module.
type moduleFile struct {
	module  string // without a version in the name: also the path, until the build list tells them apart
	version string // "" for the one in the build list
	path    string // slash-separated, inside the module
}

// openModule opens what follows mod: in a catalog's name.
func openModule(ctx context.Context, name string) (*Source, error) {
	m, err := parseModule(name)
	if err != nil {
		return nil, err
	}
	var dir string
	if m.version != "" {
		dir, err = m.pinned(ctx)
	} else {
		dir, err = m.listed(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("%s%s: %w", modulePrefix, name, err)
	}
	return m.open(dir, modulePrefix+name)
}

func parseModule(name string) (moduleFile, error) {
	usage := fmt.Errorf("%s%s: write mod:MODULE@VERSION/PATH or mod:MODULE/PATH, as in mod:github.com/acme/api@v1.4.0/catalog.yaml",
		modulePrefix, name)
	m := moduleFile{module: name, path: name}
	if module, rest, ok := strings.Cut(name, "@"); ok {
		version, file, _ := strings.Cut(rest, "/")
		if version == "" || strings.HasPrefix(version, "-") {
			return moduleFile{}, usage
		}
		m = moduleFile{module: module, version: version, path: file}
	}
	inModule := m.version != "" || strings.Contains(m.path, "/")
	if !fs.ValidPath(m.module) || !fs.ValidPath(m.path) || m.path == "." || m.module == "." || !inModule || name[0] == '-' {
		return moduleFile{}, usage // a leading - would be an option of the go command
	}
	return m, nil
}

// open reads the catalog from the module's folder, which it does not leave.
func (m moduleFile) open(dir, name string) (*Source, error) {
	f, err := os.OpenInRoot(dir, filepath.FromSlash(m.path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no catalog %s: the module has no file %s", name, m.path)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	defer func() { _ = f.Close() }() // it was only read
	data, err := readAll(f)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return New(name, data, &folder{path: filepath.Dir(filepath.Join(dir, filepath.FromSlash(m.path)))}), nil
}

// pinned returns the folder of the module at the version in its name. `go mod download` would ignore a replace directive.
func (m moduleFile) pinned(ctx context.Context) (string, error) {
	mod, err := goValue[struct {
		Replace []struct {
			Old, New struct{ Path, Version string }
		}
	}](ctx, "mod", "edit", "-json")
	if errors.Is(err, errNoModule) {
		return download(ctx, m.module, m.version)
	}
	if err != nil {
		return "", err
	}
	for _, r := range mod.Replace {
		if r.Old.Path != m.module || r.Old.Version != "" && r.Old.Version != m.version {
			continue
		}
		if r.New.Version != "" {
			return download(ctx, r.New.Path, r.New.Version)
		}
		return m.beside(ctx, r.New.Path)
	}
	return download(ctx, m.module, m.version)
}

// beside returns a folder that go.mod names relative to itself.
func (moduleFile) beside(ctx context.Context, dir string) (string, error) {
	if filepath.IsAbs(dir) {
		return dir, nil
	}
	env, err := goValue[struct{ GOMOD string }](ctx, "env", "-json", "GOMOD")
	if err != nil {
		return "", err
	}
	return filepath.Join(filepath.Dir(env.GOMOD), dir), nil
}

// listed returns the folder of the module in the build list whose path is the longest that the name begins with, and cuts
// the name accordingly.
func (m *moduleFile) listed(ctx context.Context) (string, error) {
	type module struct {
		Path, Version, Dir string
		Replace            *struct{ Path, Version, Dir string }
		Error              *struct{ Err string }
	}
	args := []string{"list", "-mod=readonly", "-m", "-e", "-json"}
	for prefix := path.Dir(m.path); prefix != "."; prefix = path.Dir(prefix) {
		args = append(args, prefix)
	}
	modules, err := goCommand[module](ctx, args...)
	if err != nil && !errors.Is(err, errNoModule) {
		return "", err
	}
	var found *module
	for i := range modules {
		if c := &modules[i]; c.Error == nil && (found == nil || len(c.Path) > len(found.Path)) {
			found = c
		}
	}
	if found == nil {
		return "", fmt.Errorf("no module in the build list holds it: run `go get MODULE@VERSION` in a module of yours, and keep the " +
			"requirement there with an import or a tool line (else `go mod tidy` removes it); or write the version, mod:MODULE@VERSION/PATH")
	}
	m.module, m.path = found.Path, strings.TrimPrefix(m.path, found.Path+"/")
	switch r := found.Replace; {
	case r != nil && r.Version == "":
		return r.Dir, nil
	case r != nil:
		return download(ctx, r.Path, r.Version)
	case found.Version == "": // the main module, or one of a workspace
		return found.Dir, nil
	default:
		return download(ctx, found.Path, found.Version)
	}
}

// download returns the folder of a module in the module cache, downloaded if need be, and verified.
func download(ctx context.Context, module, version string) (string, error) {
	got, err := goValue[struct{ Dir, Error string }](ctx, "mod", "download", "-json", module+"@"+version)
	if got.Error != "" {
		return "", errors.New(got.Error)
	}
	return got.Dir, err
}

// errNoModule says that the working directory belongs to no module.
var errNoModule = errors.New("no go.mod here or above")

// goCommand runs the go command and returns the JSON values that it prints, also if it fails.
func goCommand[T any](ctx context.Context, args ...string) ([]T, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if said := strings.TrimSpace(stderr.String()); err != nil && said != "" {
		err = errors.New(strings.Join(strings.Fields(said), " ")) // which takes several lines for it
		if strings.Contains(said, "go.mod file not found") {
			err = errNoModule
		}
	}
	var values []T
	for dec := json.NewDecoder(&stdout); dec.More(); {
		var v T
		if badJSON := dec.Decode(&v); badJSON != nil {
			err = errors.Join(err, badJSON)
			break
		}
		values = append(values, v)
	}
	if err != nil {
		err = fmt.Errorf("go %s: %w", strings.Join(args[:2], " "), err)
	}
	return values, err
}

// goValue is goCommand for one value; if there is an error the value may be zero.
func goValue[T any](ctx context.Context, args ...string) (T, error) {
	values, err := goCommand[T](ctx, args...)
	if len(values) == 1 {
		return values[0], err
	}
	var zero T
	if err == nil {
		err = fmt.Errorf("go %s printed %d values instead of one", strings.Join(args, " "), len(values))
	}
	return zero, err
}
