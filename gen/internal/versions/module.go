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
// in the build list of the module that the working directory belongs to. The go command finds,
// downloads and verifies it, with the settings (GOPROXY, GOFLAGS, GOPRIVATE, go.sum) that the user
// has for all other modules; a replace directive is honoured. VERSION is a whole version: what `go
// get` takes as well (latest, v1, a branch) is another file tomorrow.
const modulePrefix = "mod:"

// goTime is how long the go command may take for one question. It may have to download a module.
const goTime = 5 * time.Minute

// fullVersion is a version as go.mod has it: semantic, with all its parts, or a pseudo-version.
var fullVersion = func() *regexp.Regexp {
	const number = `(0|[1-9]\d*)`
	const id = `(` + number + `|\d*[A-Za-z-][0-9A-Za-z-]*)`
	return regexp.MustCompile(`^v` + number + `\.` + number + `\.` + number + `(-` + id + `(\.` +
		id + `)*)?(\+incompatible)?$`)
}()

// A moduleFile is where a catalog lies in a module.
type moduleFile struct {
	// without a version in the name: also the path, until the build list tells them apart
	module  string
	version string // "" for the one in the build list
	path    string // slash-separated, inside the module
}

// openModule opens what follows mod: in a catalog's name.
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
		"%s%s: write mod:MODULE@VERSION/PATH or mod:MODULE/PATH, as in mod:github.com/acme/api@v1.4.0/catalog.yaml",
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

// open reads the catalog from the module's folder, which it does not leave.
func (m moduleFile) open(dir, name string) (*source.Source, error) {
	in := source.NewFolder(dir)
	f, err := in.Open(m.path)
	defer func() { _ = in.Close() }() // it was only read
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no catalog %s: the module has no file %s", name, m.path)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	defer func() { _ = f.Close() }() // it was only read
	data, err := source.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	file := filepath.Join(dir, filepath.FromSlash(m.path))
	return source.OnDisk(name, file, data), nil
}

// notPinned says that what stands for the version is none, and which one it stands for now, if the
// go command knows.
func (m moduleFile) notPinned(ctx context.Context) error {
	now, err := goValue[struct{ Version string }](ctx, "list", "-mod=readonly", "-m", "-json",
		m.module+"@"+m.version)
	if err == nil && fullVersion.MatchString(now.Version) {
		return fmt.Errorf(
			"%q may be another version tomorrow; write the version that it is now, %s%s@%s/%s",
			m.version, modulePrefix, m.module, now.Version, m.path)
	}
	return fmt.Errorf(
		"%q is no full version; write one such as v1.4.0 (`go list -m -versions %s` lists them)",
		m.version, m.module)
}

// pinned returns the folder of the module at the version in its name. `go mod download` would
// ignore a replace directive.
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

// listed returns the folder of the module in the build list whose path is the longest that the name
// begins with, and cuts the name accordingly.
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
		// all, and what has three dots, are names of many modules
		if c := &modules[i]; c.Error == nil && strings.HasPrefix(m.path, c.Path+"/") &&
			(found == nil || len(c.Path) > len(found.Path)) {
			found = c
		}
	}
	if found == nil {
		return "",
			fmt.Errorf(
				"no module in the build list holds it: run `go get MODULE@VERSION` in a module of yours, and keep the " +
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
	got, err := goValue[struct{ Dir, Error string }](ctx, "mod", "download", "-json",
		module+"@"+version)
	if got.Error != "" {
		return "", errors.New(got.Error)
	}
	return got.Dir, err
}

// errNoModule says that the working directory belongs to no module.
var errNoModule = errors.New("no go.mod here or above")

// goCommand runs the go command and returns the JSON values that it prints, also if it fails.
func goCommand[T any](ctx context.Context, args ...string) ([]T, error) {
	ctx, stop := context.WithTimeout(ctx, goTime)
	defer stop()
	stdout, stderr := &bounded{max: maxPrinted, full: stop}, &bounded{max: maxSaid}
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Stdout, cmd.Stderr = stdout, stderr
	cmd.WaitDelay = time.Second // for whatever holds its output open once it has ended
	err := cmd.Run()
	said := strings.TrimSpace(stderr.String())
	switch {
	case err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded):
		return nil,
			fmt.Errorf(
				"go %s: it took longer than %v and was stopped; see whether it works by hand: go %s",
				strings.Join(args[:2], " "), goTime, strings.Join(args, " "))
	case stdout.over:
		return nil, fmt.Errorf("go %s: it printed more than %d MiB", strings.Join(args[:2], " "),
			maxPrinted>>20)
	case errors.Is(err, exec.ErrNotFound):
		return nil,
			errors.New(
				"there is no program go on the PATH, and without it a catalog in a module can not be found")
	case err != nil && said != "":
		// which takes several lines for it
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

// goValue is goCommand for one value; if there is an error the value may be zero.
func goValue[T any](ctx context.Context, args ...string) (T, error) {
	values, err := goCommand[T](ctx, args...)
	if len(values) == 1 {
		return values[0], err
	}
	var zero T
	if err == nil {
		err = fmt.Errorf("go %s printed %d values instead of one", strings.Join(args, " "),
			len(values))
	}
	return zero, err
}
