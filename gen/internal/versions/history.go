package versions

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/source"
)

// A History is the revisions of a catalog since a given one. It follows first parents, as main
// branches do, from those that contain the given revision. A release made on a branch of its own is
// contained in its merge, and not in earlier commits of the main branch.
type History struct {
	Base *source.Source // the catalog at the given revision; nil if it did not exist
	Name string         // the given revision, as the user wrote it

	repo       *repository
	base, head string
	walk       *walk
}

// A Revision is a commit.
type Revision struct {
	Commit string // the id
	Name   string // the tag, or the start of the id
	Tagged bool
	Date   string // YYYY-MM-DD, of the commit
	// nil if all of the catalog's files are the same as in the previous revision, or if there is no
	// catalog
	Source *source.Source
}

// Failure returns why git could not read a file, if that happened so far. A catalog with such a
// file has errors that are not its author's.
func (h *History) Failure() error { return h.repo.failure() }

// Close ends the reading. The sources must not be used afterwards.
func (h *History) Close() error { return h.repo.Close() }

// Since returns the history of a catalog from a revision to HEAD. It depends only on commits, not
// on the work tree.
func Since(ctx context.Context, catalog, ref string) (*History, error) {
	if catalog == source.Stdin || strings.HasPrefix(catalog, modulePrefix) {
		return nil, fmt.Errorf("%s has no history: name a file in a git repository", catalog)
	}
	repo, err := openRepository(ctx, filepath.Dir(catalog))
	if err != nil {
		if errors.Is(err, errElsewhere) || isNoRepository(err) {
			err = fmt.Errorf("%s is not in a git repository", catalog)
		}
		return nil, err
	}
	h, err := repo.history(strings.TrimPrefix(ref, gitPrefix),
		path.Clean(repo.prefix+filepath.Base(catalog)))
	if err != nil {
		_ = repo.Close() // its error would be the same
		return nil, err
	}
	return h, nil
}

func (r *repository) history(ref, file string) (*History, error) {
	base, err := r.commit(ref)
	if err != nil {
		return nil, err
	}
	head, err := r.commit("HEAD")
	if err != nil {
		return nil, err
	}
	outside, err := r.run("rev-list", "--max-count=1", base, "^"+head)
	if err != nil {
		return nil, err
	}
	if outside != "" {
		if r.isShallow() {
			return nil, fmt.Errorf("this shallow clone lacks the history from %s to HEAD: %s",
				ref, unshallow)
		}
		return nil,
			fmt.Errorf(
				"%s is not an ancestor of HEAD, so there is no history since then: "+
					"use --against %s instead", ref, ref)
	}
	files := []string{file}
	was, err := r.formerNameAt(file, base, head)
	if err != nil {
		return nil, err
	}
	if was != "" {
		files = append(files, was)
	}
	h := &History{Name: ref, repo: r, base: base, head: head, walk: &walk{repo: r, files: files}}
	h.Base, err = h.walk.at(base, ref)
	return h, err
}

// A walk goes from one revision to the next.
type walk struct {
	repo  *repository
	files []string          // the catalog's names so far, newest first
	seen  map[string]string // what the last catalog was read from; see gitFS
	dir   string            // the folder of the last catalog
}

// Each calls f for each revision after the base in which the catalog changed or that has a tag,
// oldest first. f must read the Source before it returns, and the caller must read the base first:
// Each compares the next revision with the files that were read.
func (h *History) Each(f func(Revision) error) error {
	tags, err := h.repo.tags(h.Name)
	if err != nil {
		return err
	}
	all, err := h.log()
	if err != nil {
		return err
	}
	holds, err := h.descendants()
	if err != nil {
		return err
	}
	touched, err := h.log(h.walk.folders()...)
	if err != nil {
		return err
	}
	changed := make(map[string]bool, len(touched))
	for _, c := range touched {
		changed[c[0]] = true
	}
	all = slices.DeleteFunc(all, func(c [2]string) bool { return !holds[c[0]] })
	for i, c := range all {
		rev := Revision{Commit: c[0], Date: c[1], Name: tags[c[0]], Tagged: tags[c[0]] != ""}
		if !rev.Tagged {
			rev.Name = rev.Commit[:min(10, len(rev.Commit))]
		}
		// the base need not be the first revision's first parent
		if mayDiffer := i == 0 || changed[rev.Commit]; mayDiffer && !h.walk.same(rev.Commit) {
			if rev.Source, err = h.walk.at(rev.Commit, rev.Name); err != nil {
				return err
			}
		}
		if rev.Source == nil && !rev.Tagged {
			continue
		}
		if err := f(rev); err != nil {
			return err
		}
	}
	return nil
}

// descendants returns the commits after the base that descend from it.
func (h *History) descendants() (map[string]bool, error) {
	out, err := h.repo.run("rev-list", "--ancestry-path", h.base+".."+h.head)
	if err != nil {
		return nil, err
	}
	ids := map[string]bool{}
	for id := range strings.Lines(out) {
		ids[strings.TrimSpace(id)] = true
	}
	return ids, nil
}

// log returns the ids and dates of the commits after the base, or only of those that touch a path.
func (h *History) log(paths ...string) ([][2]string, error) {
	args := append([]string{"rev-list", "--first-parent", "--reverse", "--format=%H %cs",
		h.base + ".." + h.head, "--"}, paths...)
	out, err := h.repo.run(args...)
	if err != nil {
		return nil, err
	}
	var commits [][2]string
	for line := range strings.Lines(out) {
		id, date, _ := strings.Cut(strings.TrimSpace(line), " ")
		if id == "commit" { // a header line, which older versions of git cannot omit
			continue
		}
		commits = append(commits, [2]string{id, date})
	}
	return commits, nil
}

// folders returns the folders of a catalog's files, or nothing if that is the whole repository.
func (w *walk) folders() []string {
	var folders []string
	for _, f := range w.files {
		dir := path.Dir(f)
		if dir == "." {
			return nil
		}
		folders = append(folders, ":(top,literal)"+dir)
	}
	return folders
}

// at opens the catalog at a revision, under the newest of its names that exists there. It returns
// nil if none does.
func (w *walk) at(commit, name string) (*source.Source, error) {
	for _, file := range w.files {
		seen := map[string]string{}
		src, err := w.repo.source(commit, name, file, path.Base(file), seen)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		w.seen, w.dir = seen, path.Dir(file)
		return src, err
	}
	w.seen = nil
	return nil, nil
}

// same reports whether all files that the last catalog was read from are unchanged in a revision.
// Call it only after that catalog was read.
func (w *walk) same(commit string) bool {
	if w.seen == nil {
		return false
	}
	all := &gitFS{repo: w.repo, root: commit + "^{tree}"}
	for name, id := range w.seen {
		e, err := all.lookup(path.Join(w.dir, name))
		if err != nil && id != "" || err == nil && e.id != id {
			return false
		}
	}
	return true
}

// tags returns the tag of each commit that has one, or the last by name if it has several. If parts
// of a repository have their own releases, as billing/v1.2.0 and search/v0.9.0, it returns only
// tags of the part that since belongs to.
func (r *repository) tags(since string) (map[string]string, error) {
	out, err := r.run("for-each-ref",
		"--format=%(refname:strip=2)%00%(objectname)%00%(*objectname)", "refs/tags")
	if err != nil {
		return nil, err
	}
	since = strings.TrimPrefix(strings.TrimPrefix(since, "refs/"), "tags/")
	all, part := map[string]string{}, map[string]string{}
	isTag := false
	for line := range strings.Lines(out) {
		fields := strings.Split(strings.TrimRight(line, "\n"), "\x00")
		if len(fields) != 3 {
			continue
		}
		commit := fields[2] // what an annotated tag refers to
		if commit == "" {
			commit = fields[1]
		}
		name := fields[0]
		isTag = isTag || name == since
		all[commit] = name
		if path.Dir(name) == path.Dir(since) {
			part[commit] = name
		}
	}
	if isTag {
		return part, nil
	}
	return all, nil
}
