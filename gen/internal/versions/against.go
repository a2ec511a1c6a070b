package versions

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/errspec/errspec/gen/internal/source"
)

// gitPrefix marks a git revision, even if a file of that name exists.
const gitPrefix = "git:"

// A Base is another version of a catalog, to compare with.
type Base struct {
	*source.Source          // nil if the catalog did not exist at that revision
	Name           string   // what the user called it, for messages
	Remarks        []string // notes for the user, if anything is unexpected

	repo *repository // nil if it is on disk
}

// Close ends the reading. The Source must not be used afterwards.
func (b *Base) Close() error {
	if b.repo == nil {
		return nil
	}
	return b.repo.Close()
}

// Against opens the version of a catalog that a user names with --against. It is a file, or a
// folder with a file of the catalog's name; otherwise a git revision, REF or REF:PATH. A file in a
// Go module (mod:…) and standard input (-) also work. PATH is relative to the root of the
// repository, or to the working directory if it begins with ./ or ../. Without PATH it is the
// catalog's own path, or its former name.
func Against(ctx context.Context, name, catalog string, stdin io.Reader) (*Base, error) {
	ref, forced := strings.CutPrefix(name, gitPrefix)
	if !forced {
		if name == source.Stdin && catalog == source.Stdin {
			return nil, errors.New("cannot read both versions from standard input")
		}
		if name == source.Stdin || strings.HasPrefix(name, modulePrefix) {
			src, err := Open(ctx, name, stdin)
			return &Base{Source: src, Name: name}, err
		}
		if info, err := os.Stat(name); err == nil {
			return againstPath(name, catalog, info)
		}
		if source.IsURL(name) {
			src, err := source.OpenFile(name)
			return &Base{Source: src, Name: name}, err
		}
	}
	return againstRevision(ctx, name, ref, catalog, forced)
}

// againstPath opens what is on disk. In a folder, the catalog has the same path as here, or is at
// the top.
func againstPath(name, catalog string, info fs.FileInfo) (*Base, error) {
	if !info.IsDir() {
		src, err := source.OpenFile(name)
		return &Base{Source: src, Name: name}, err
	}
	if !onDisk(catalog) {
		return nil, source.IsFolder(name)
	}
	file := filepath.Join(name, filepath.Base(catalog))
	if filepath.IsLocal(catalog) {
		if _, err := os.Stat(filepath.Join(name, catalog)); err == nil {
			file = filepath.Join(name, catalog)
		}
	}
	// it may also be the name of a revision
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) && filepath.IsLocal(name) {
		return nil,
			fmt.Errorf(
				"there is no catalog %s; if %s is a git revision and not the folder, write %s%s",
				source.Display(file), name, gitPrefix, name)
	}
	src, err := source.OpenFile(file)
	if missing := (*source.MissingError)(nil); errors.As(err, &missing) {
		err = fmt.Errorf("there is no catalog %s; name the file in %s", source.Display(file), name)
	}
	return &Base{Source: src, Name: name}, err
}

// splitRevision splits REF:PATH. A colon in braces belongs to the revision, as in HEAD@{2026-06-12
// 10:00}.
func splitRevision(s string) (ref, file string) {
	depth := 0
	for i, c := range s {
		switch {
		case c == '{':
			depth++
		case c == '}':
			depth--
		case c == ':' && depth <= 0:
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

func againstRevision(ctx context.Context, name, revision, catalog string, forced bool) (
	*Base, error,
) {
	ref, file := splitRevision(revision)
	if ref == "" && file != "" {
		return nil,
			fmt.Errorf(
				"%s has no revision before its colon: write REF:PATH, as in HEAD:api/catalog.yaml",
				name)
	}
	repo, err := repositoryOf(ctx, catalog, file == "", ref)
	switch {
	case err == nil:
	case isNoRepository(err) && !forced:
		return nil, fmt.Errorf("there is no file %s, and %s is not in a git repository: "+
			"name a file or a folder", name, catalog)
	case isNoRepository(err) && onDisk(catalog):
		return nil, fmt.Errorf("%s is not in a git repository", catalog)
	default:
		return nil, err
	}
	b, err := repo.open(name, ref, file, catalog)
	if err != nil {
		_ = repo.Close() // its error would be the same
		return nil, err
	}
	return b, nil
}

// repositoryOf opens the repository of a catalog, or that of the working directory. If it needs the
// catalog's own path, the catalog must be in that repository.
func repositoryOf(ctx context.Context, catalog string, needsPath bool, ref string) (
	*repository, error,
) {
	dir := "."
	if onDisk(catalog) {
		dir = filepath.Dir(catalog)
	}
	repo, err := openRepository(ctx, dir)
	switch elsewhere := errors.Is(err, errElsewhere); {
	case err != nil && !elsewhere:
		return nil, err
	case needsPath && !onDisk(catalog):
		err = fmt.Errorf("%s has no path in a git repository: write the path, as in %s%s:catalog.yaml",
			catalog, gitPrefix, ref)
	case needsPath && elsewhere:
		err = fmt.Errorf("%s is not in a git repository: "+
			"write REF:PATH with its path in the repository of the working directory", catalog)
	default:
		return repo, nil
	}
	_ = repo.Close()
	return nil, err
}

// onDisk reports whether a catalog is a file on this machine.
func onDisk(catalog string) bool {
	return catalog != source.Stdin && !strings.HasPrefix(catalog, modulePrefix)
}

// open opens a catalog at a revision.
func (r *repository) open(name, ref, file, catalog string) (*Base, error) {
	commit, err := r.commit(ref)
	if err != nil {
		if ref == name { // it could have been a file
			err = fmt.Errorf("there is no file %s, and %w", name, err)
		}
		return nil, err
	}
	b := &Base{Name: ref, repo: r}
	if both := r.twofold(ref); both != "" {
		b.Remarks = append(b.Remarks, both)
	}
	said := file != ""
	switch {
	case !said:
		file = r.prefix + filepath.Base(catalog)
	case strings.HasPrefix(file, "./") || strings.HasPrefix(file, "../"):
		if file, err = r.fromHere(file); err != nil {
			return nil, err
		}
	}
	file = path.Clean(file)
	if !fs.ValidPath(file) {
		return nil, fmt.Errorf("%s: %q is not a path in a repository", name, file)
	}
	b.Source, err = r.source(commit, ref, file, path.Base(filepath.ToSlash(catalog)), nil)
	if errors.Is(err, fs.ErrNotExist) && !said {
		was, failed := r.formerNameHere(file, catalog, commit)
		if failed != nil {
			return nil, failed
		}
		if was != "" {
			b.Remarks = append(b.Remarks, fmt.Sprintf("%s was %s at %s", file, was, ref))
			b.Source, err = r.source(commit, ref, was, path.Base(was), nil)
		}
	}
	if errors.Is(err, fs.ErrNotExist) {
		remark := fmt.Sprintf("there is no %s at %s, so every code is new", file, ref)
		if said {
			remark += "; the path after the colon starts at the root of the catalog's repository, " +
				"or with ./ in the working directory"
		} else {
			remark += fmt.Sprintf("; if it had another name there, write %s:PATH", ref)
		}
		b.Remarks = append(b.Remarks, remark)
		return b, nil
	}
	return b, err
}

// fromHere turns a path relative to the working directory into one of the repository.
func (r *repository) fromHere(file string) (string, error) {
	here := &repository{ctx: r.ctx, dir: ".", env: r.env, left: r.left}
	prefix, err := here.run("rev-parse", "--show-prefix")
	return path.Join(strings.TrimRight(prefix, "\n"), file), err
}

// source opens a file of a revision. base is the catalog's name, if the path is a folder.
func (r *repository) source(commit, ref, file, base string, seen map[string]string) (
	*source.Source, error,
) {
	all := &gitFS{repo: r, root: commit + "^{tree}"}
	e, err := all.lookup(file)
	if err == nil && e.mode.IsDir() {
		file = path.Join(file, base)
		e, err = all.lookup(file)
	}
	prefix := gitPrefix + ref + ":"
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s%s: %w", prefix, file, err)
	case !e.mode.IsRegular():
		return nil, fmt.Errorf("%s%s is not a file", prefix, file)
	}
	folder, err := all.lookup(path.Dir(file))
	if err != nil {
		return nil, fmt.Errorf("%s%s: %w", prefix, file, err)
	}
	o, err := r.blob(e.id)
	if err != nil {
		return nil, err
	}
	if o.data == nil {
		return nil, fmt.Errorf("%s%s is larger than %d MiB", prefix, file, source.MaxSize>>20)
	}
	if seen != nil {
		seen[path.Base(file)] = e.id
	}
	src := source.New(prefix+file, o.data, &gitFS{repo: r, root: folder.id, seen: seen})
	src.Prefix = prefix + strings.TrimSuffix(file, path.Base(file))
	return src, nil
}
