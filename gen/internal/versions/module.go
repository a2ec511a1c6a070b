package versions

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/errspec/errspec/gen/internal/source"
)

// A catalog in a Go module is written mod:MODULE@VERSION/PATH, or mod:MODULE/PATH for the version
// in the build list of the working directory's module. The go command finds, downloads and verifies
// it, with the user's usual settings (GOPROXY, GOFLAGS, GOPRIVATE, go.sum) and replace directives.
// VERSION must be a full version: what `go get` also accepts (latest, v1, a branch) may be another
// file tomorrow.
const modulePrefix = "mod:"

// goTime limits each run of the go command, which may have to download a module.
const goTime = 5 * time.Minute

// fullVersion matches a version as in go.mod: semantic with all its parts, or a pseudo-version.
var fullVersion = func() *regexp.Regexp {
	const number = `(0|[1-9]\d*)`
	const id = `(` + number + `|\d*[A-Za-z-][0-9A-Za-z-]*)`
	return regexp.MustCompile(`^v` + number + `\.` + number + `\.` + number + `(-` + id + `(\.` +
		id + `)*)?(\+incompatible)?$`)
}()

// A moduleFile is the position of a catalog in a module.
type moduleFile struct {
	// if the name has no version, module also contains the path, until the build list separates
	// them
	module  string
	version string // "" for the version in the build list
	path    string // slash-separated, inside the module
}

// openModule opens the catalog that mod: introduces.
func openModule(ctx context.Context, name string) (*source.Source, error) {
	m, err := parseModule(name)
	if err != nil {
		return nil, err
	}
	var dir string
	switch {
	case m.version == "":
		dir, err = m.listed(ctx)
	case fullVersion.MatchString(m.version):
		dir, err = m.pinned(ctx)
	default:
		err = m.notPinned(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("%s%s: %w", modulePrefix, name, err)
	}
	return m.open(dir, modulePrefix+name)
}

func parseModule(name string) (moduleFile, error) {
	usage := fmt.Errorf(
		"%s%s: write mod:MODULE@VERSION/PATH or mod:MODULE/PATH, "+
			"as in mod:github.com/acme/api@v1.4.0/catalog.yaml",
		modulePrefix, name)
	m := moduleFile{module: name, path: name}
	if module, rest, ok := strings.Cut(name, "@"); ok {
		version, file, _ := strings.Cut(rest, "/")
		if version == "" {
			return moduleFile{}, usage
		}
		m = moduleFile{module: module, version: version, path: file}
	}
	inModule := m.version != "" || strings.Contains(m.path, "/")
	if !fs.ValidPath(m.module) || !fs.ValidPath(m.path) || m.path == "." || m.module == "." ||
		!inModule || name[0] == '-' {
		return moduleFile{}, usage // a leading - would be an option of the go command
	}
	return m, nil
}

// open reads the catalog from the module's folder, which it never leaves.
func (m moduleFile) open(dir, name string) (*source.Source, error) {
	in := source.NewFolder(dir)
	f, err := in.Open(m.path)
	defer func() { _ = in.Close() }() // read-only
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no catalog %s: the module has no file %s", name, m.path)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	defer func() { _ = f.Close() }() // read-only
	data, err := source.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	file := filepath.Join(dir, filepath.FromSlash(m.path))
	return source.OnDisk(name, file, data), nil
}

// notPinned reports a version that is not a full version. It names the full version, if the go
// command knows it.
func (m moduleFile) notPinned(ctx context.Context) error {
	now, err := goValue[struct{ Version string }](ctx, "list", "-mod=readonly", "-m", "-json",
		m.module+"@"+m.version)
	if err == nil && fullVersion.MatchString(now.Version) {
		return fmt.Errorf(
			"%q may mean another version tomorrow: write the current version, %s%s@%s/%s",
			m.version, modulePrefix, m.module, now.Version, m.path)
	}
	return fmt.Errorf(
		"%q is not a full version: write one such as v1.4.0 (`go list -m -versions %s` lists them)",
		m.version, m.module)
}

// pinned returns the folder of the module at the version in its name. `go mod download` ignores
// replace directives, so pinned looks at them first.
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

// listed returns the folder of the module in the build list with the longest path that begins the
// name, and splits the name there.
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
		// all, and names with three dots, mean many modules
		if c := &modules[i]; c.Error == nil && strings.HasPrefix(m.path, c.Path+"/") &&
			(found == nil || len(c.Path) > len(found.Path)) {
			found = c
		}
	}
	if found == nil {
		return "", errors.New("no module in the build list contains it: " +
			"run `go get MODULE@VERSION` in your module, and keep the requirement there " +
			"with an import or a tool line (or `go mod tidy` removes it); " +
			"or write the version, mod:MODULE@VERSION/PATH")
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

// download returns the folder of a module in the module cache. The go command downloads it if
// needed and verifies it.
func download(ctx context.Context, module, version string) (string, error) {
	got, err := goValue[struct{ Dir, Error string }](ctx, "mod", "download", "-json",
		module+"@"+version)
	if got.Error != "" {
		return "", errors.New(got.Error)
	}
	return got.Dir, err
}

// errNoModule means that the working directory is in no module.
var errNoModule = errors.New("no go.mod here or above")

// goCommand runs the go command and returns the JSON values that it prints, even if it fails.
func goCommand[T any](ctx context.Context, args ...string) ([]T, error) {
	ctx, stop := context.WithTimeout(ctx, goTime)
	defer stop()
	stdout, stderr := &bounded{max: maxPrinted, full: stop}, &bounded{max: maxSaid}
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Stdout, cmd.Stderr = stdout, stderr
	cmd.WaitDelay = time.Second // in case a child process keeps the output open after go ends
	err := cmd.Run()
	said := strings.TrimSpace(stderr.String())
	switch {
	case err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded):
		return nil,
			fmt.Errorf(
				"go %s: it took longer than %v and was stopped: run it by hand: go %s",
				strings.Join(args[:2], " "), goTime, strings.Join(args, " "))
	case stdout.over:
		return nil, fmt.Errorf("go %s: the output exceeds %d MiB", strings.Join(args[:2], " "),
			maxPrinted>>20)
	case errors.Is(err, exec.ErrNotFound):
		return nil,
			errors.New("go is not on the PATH: install it to find catalogs in modules")
	case err != nil && said != "":
		// go's message has several lines
		err = errors.New(strings.Join(strings.Fields(said), " "))
		if strings.Contains(said, "go.mod file not found") {
			err = errNoModule
		}
	}
	var values []T
	for dec := json.NewDecoder(&stdout.buf); dec.More(); {
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

// goValue is goCommand for one value. If there is an error, the value may be zero.
func goValue[T any](ctx context.Context, args ...string) (T, error) {
	values, err := goCommand[T](ctx, args...)
	if len(values) == 1 {
		return values[0], err
	}
	var zero T
	if err == nil {
		err = fmt.Errorf("go %s printed %d values, want one", strings.Join(args, " "),
			len(values))
	}
	return zero, err
}
