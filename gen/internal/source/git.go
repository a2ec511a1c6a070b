package source

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"github.com/errspec/errspec/gen/internal/nearest"
)

// A repository is where git keeps what files were. It is read through the git program, which knows of packs, alternates, partial
// clones and whatever is to come; nothing of the work tree, the index or the configuration is changed.
type repository struct {
	ctx    context.Context //nolint:containedctx // it bounds the life of the process that reads objects
	dir    string          // in which git runs
	env    []string
	prefix string // the path of dir in the repository: "", or ends with a slash

	mu   sync.Mutex
	cat  *catFile // started when it is first needed
	last object   // that was read: a file is looked at before it is read
	tree map[string][]treeEntry
}

// openRepository finds the repository that a folder belongs to. What a git hook sets in the environment (GIT_DIR, which may be
// relative to another folder) is for the hook's own repository: it is used only where the folder itself belongs to none, as in
// the hooks of a bare repository.
func openRepository(ctx context.Context, dir string) (*repository, error) {
	r := &repository{ctx: ctx, dir: dir, env: gitEnv(false), tree: map[string][]treeEntry{}}
	prefix, err := r.run("rev-parse", "--show-prefix")
	if err != nil && (os.Getenv("GIT_DIR") != "" || dir != ".") && isNoRepository(err) {
		here := &repository{ctx: ctx, dir: ".", env: gitEnv(true), tree: r.tree}
		if _, failed := here.run("rev-parse", "--git-dir"); failed == nil {
			return here, errElsewhere
		}
	}
	if err != nil {
		return nil, err
	}
	r.prefix = strings.TrimRight(prefix, "\n")
	return r, nil
}

// errElsewhere says that a repository was found, but that the folder is not in it.
var errElsewhere = errors.New("in another repository")

func isNoRepository(err error) bool { return strings.Contains(err.Error(), "not a git repository") }

// gitEnv returns the environment for git: as it is, or without what leads to one repository.
func gitEnv(hook bool) []string {
	env := slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		switch name {
		case "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR":
			return !hook
		}
		return false
	})
	return append(env, "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0")
}

// asWritten are settings that git's output is read with: what a user may have set changes what is printed, or what is left out of it.
var asWritten = []string{"-c", "log.showSignature=false", "-c", "log.follow=false", "-c", "diff.relative=false"}

func (r *repository) command(args ...string) *exec.Cmd {
	cmd := exec.CommandContext(r.ctx, "git", slices.Concat([]string{"-C", r.dir, "--no-pager"}, asWritten, args)...)
	cmd.Env = r.env
	return cmd
}

// run returns what git prints.
func (r *repository) run(args ...string) (string, error) {
	var stdout, stderr bytes.Buffer
	cmd := r.command(args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return stdout.String(), gitError(args[0], err, stderr.String())
	}
	return stdout.String(), nil
}

func gitError(command string, err error, said string) error {
	if errors.Is(err, exec.ErrNotFound) {
		return errors.New("there is no program git on the PATH, and without it only files and folders can be compared with")
	}
	var lines []string
	for line := range strings.Lines(strings.TrimPrefix(strings.TrimSpace(said), "fatal: ")) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	if lines == nil {
		return fmt.Errorf("git %s: %w", command, err)
	}
	return fmt.Errorf("git %s: %s", command, strings.ReplaceAll(strings.Join(lines, "; "), ":; ", ": "))
}

// commit returns the id of the commit that a name stands for.
func (r *repository) commit(ref string) (string, error) {
	if ref == "" || strings.HasPrefix(ref, "-") || strings.ContainsAny(ref, "\n\x00") {
		return "", fmt.Errorf("%q is no git revision", ref)
	}
	id, err := r.run("rev-parse", "--verify", "--quiet", ref+"^{commit}")
	if err == nil {
		return strings.TrimSpace(id), nil
	}
	message := fmt.Sprintf("there is no git revision %q", ref)
	if r.isShallow() {
		return "", errors.New(message + " in this shallow clone: " + unshallow)
	}
	if _, failed := r.run("rev-parse", "--verify", "--quiet", "refs/remotes/origin/"+ref+"^{commit}"); failed == nil {
		return "", fmt.Errorf("%s; did you mean %q?", message, "origin/"+ref)
	}
	return "", errors.New(message + r.nearRef(ref))
}

// unshallow says what to do about a shallow clone.
const unshallow = "fetch what is missing (git fetch --unshallow; in GitHub Actions, fetch-depth: 0)"

func (r *repository) isShallow() bool {
	shallow, err := r.run("rev-parse", "--is-shallow-repository")
	return err == nil && strings.TrimSpace(shallow) == "true"
}

// twofold says that a name is a tag's and a branch's, of which git takes the tag; "" if it is not.
func (r *repository) twofold(ref string) string {
	name := ref
	if i := strings.IndexAny(ref, "~^@"); i > 0 { // main~1
		name = ref[:i]
	}
	tag, branch := "refs/tags/"+name, "refs/heads/"+name
	out, err := r.run("for-each-ref", "--format=%(refname)", tag, branch)
	if refs := strings.Fields(out); err != nil || !slices.Contains(refs, tag) || !slices.Contains(refs, branch) {
		return ""
	}
	return fmt.Sprintf("%s is a tag and a branch, and git takes the tag; write heads/%s for the branch, or tags/%s", name, ref, ref)
}

// nearRef suggests the branch or the tag that a misspelt name may mean.
func (r *repository) nearRef(ref string) string {
	refs, err := r.run("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags", "refs/remotes")
	if err != nil {
		return ""
	}
	name, steps := ref, "" // HEAD~1
	if i := strings.IndexAny(ref, "~^@"); i >= 0 {
		name, steps = ref[:i], ref[i:]
	}
	known := strings.Fields(refs)
	if name == "" || slices.Contains(known, name) || strings.EqualFold(name, "HEAD") {
		return ""
	}
	if near := nearest.Name(name, known); near != "" {
		return fmt.Sprintf("; did you mean %q?", near+steps)
	}
	return ""
}

// Close ends the process that reads objects.
func (r *repository) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cat == nil {
		return nil
	}
	cat := r.cat
	r.cat = nil
	return errors.Join(cat.in.Close(), cat.cmd.Wait())
}

// A catFile is a running `git cat-file --batch`: a name goes in, an object comes out.
type catFile struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
	said *bytes.Buffer // to standard error; whole once the process has ended
}

// An object is what git knows under an id.
type object struct {
	id, kind string
	size     int64
	data     []byte // nil of what is larger than a catalog may be
}

func (r *repository) startCat() error {
	cmd := r.command("cat-file", "--batch")
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	said := new(bytes.Buffer)
	cmd.Stderr = said
	if err := cmd.Start(); err != nil {
		return gitError("cat-file", err, "")
	}
	r.cat = &catFile{cmd, in, bufio.NewReader(out), said}
	return nil
}

// object reads an object by its id, or by a name that needs no quoting, such as ID^{tree}.
func (r *repository) object(id string) (object, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.last.id == id {
		return r.last, nil
	}
	if r.cat == nil {
		if err := r.startCat(); err != nil {
			return object{}, err
		}
	}
	o, err := r.cat.read(id)
	if errors.Is(err, io.EOF) || errors.Is(err, syscall.EPIPE) { // it has given up, such as a partial clone out of reach of its origin
		cat := r.cat
		r.cat = nil
		_ = cat.in.Close() // it reads no more
		if ended := cat.cmd.Wait(); ended != nil {
			return object{}, gitError("cat-file", ended, cat.said.String())
		}
	}
	if err != nil {
		return object{}, fmt.Errorf("git cat-file: %s: %w", id, err)
	}
	r.last = o
	return o, nil
}

func (c *catFile) read(id string) (object, error) {
	if _, err := io.WriteString(c.in, id+"\n"); err != nil {
		return object{}, err
	}
	header, err := c.out.ReadString('\n')
	if err != nil {
		return object{}, err
	}
	words := strings.Fields(header) // ID KIND SIZE
	if len(words) != 3 {
		return object{}, errors.New(strings.TrimSpace(header))
	}
	o := object{id: id, kind: words[1]}
	if o.size, err = strconv.ParseInt(words[2], 10, 64); err != nil {
		return object{}, err
	}
	if o.size > MaxSize {
		_, err = io.CopyN(io.Discard, c.out, o.size+1)
		return o, err
	}
	data := make([]byte, o.size+1) // and a line end
	_, err = io.ReadFull(c.out, data)
	o.data = data[:o.size]
	return o, err
}

// A treeEntry is a name in a folder.
type treeEntry struct {
	name, id string
	mode     fs.FileMode
	module   bool // a submodule
}

// folder returns what is in a folder, sorted by name.
func (r *repository) folder(id string) ([]treeEntry, error) {
	r.mu.Lock()
	known, ok := r.tree[id]
	r.mu.Unlock()
	if ok {
		return known, nil
	}
	o, err := r.object(id)
	if err != nil {
		return nil, err
	}
	if o.kind != "tree" || o.data == nil {
		return nil, fmt.Errorf("git cat-file: %s is no folder", id)
	}
	entries := parseTree(o.data, len(strings.TrimSuffix(id, "^{tree}"))/2)
	slices.SortFunc(entries, func(a, b treeEntry) int { return strings.Compare(a.name, b.name) })
	r.mu.Lock()
	r.tree[id] = entries
	r.mu.Unlock()
	return entries, nil
}

// parseTree takes a tree object apart: MODE NAME NUL ID, where an id has as many bytes as the repository's hash.
func parseTree(data []byte, hash int) []treeEntry {
	var entries []treeEntry
	for len(data) > 0 {
		head, rest, ok := bytes.Cut(data, []byte{0})
		mode, name, ok2 := strings.Cut(string(head), " ")
		if !ok || !ok2 || len(rest) < hash {
			break
		}
		e := treeEntry{name: name, id: fmt.Sprintf("%x", rest[:hash]), mode: 0o444}
		switch mode {
		case "40000":
			e.mode |= fs.ModeDir
		case "120000":
			e.mode |= fs.ModeSymlink
		case "160000":
			e.mode, e.module = e.mode|fs.ModeIrregular, true
		}
		entries = append(entries, e)
		data = rest[hash:]
	}
	return entries
}
