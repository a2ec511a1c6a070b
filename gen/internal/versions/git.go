package versions

import (
	"bufio"
	"bytes"
	"cmp"
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
	"time"

	"github.com/errspec/errspec/gen/internal/source"

	"github.com/errspec/errspec/gen/internal/diag"
)

// gitTime limits the total time of git within one run of errspec.
const gitTime = time.Minute

// A repository is a git repository, read through the git program, which supports packs, alternates
// and future formats. Git only answers questions about objects and refs. It reads no index,
// compares no work tree, changes nothing, and runs no other program; see command.
type repository struct {
	ctx    context.Context //nolint:containedctx // the life of the process that reads objects
	dir    string          // the working directory of git
	env    []string
	prefix string // the path of dir in the repository: "", or ends with a slash

	mu     sync.Mutex
	left   time.Duration // of gitTime
	cat    *catFile      // started on first use
	last   object        // the last object read: files are looked at before they are read
	tree   map[string][]treeEntry
	failed error // why the first unreadable object could not be read
}

// openRepository finds the repository of a folder. A git hook sets environment variables (GIT_DIR,
// perhaps relative to another folder) for its own repository. They apply only if the folder itself
// is in no repository, as in the hooks of a bare repository.
func openRepository(ctx context.Context, dir string) (*repository, error) {
	r := newRepository(ctx, dir, false)
	prefix, err := r.run("rev-parse", "--show-prefix")
	if err != nil && (os.Getenv("GIT_DIR") != "" || dir != ".") && isNoRepository(err) {
		here := newRepository(ctx, ".", true)
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

func newRepository(ctx context.Context, dir string, hook bool) *repository {
	return &repository{ctx: ctx, dir: dir, env: gitEnv(hook), left: gitTime,
		tree: map[string][]treeEntry{}}
}

// errElsewhere means that git found a repository that does not contain the folder.
var errElsewhere = errors.New("in another repository")

func isNoRepository(err error) bool { return strings.Contains(err.Error(), "not a git repository") }

// gitEnv returns the environment for git. It keeps git's variables that locate things and the
// user's configuration; with hook, also those that help a hook find its repository. It drops all
// others: they name programs to run (GIT_SSH_COMMAND, GIT_EXTERNAL_DIFF) and files to write
// (GIT_TRACE), or change git's answers (GIT_LITERAL_PATHSPECS).
func gitEnv(hook bool) []string {
	env := slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		switch name = strings.ToUpper(name); name {
		case "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR":
			return !hook
		case "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM", "GIT_EXEC_PATH",
			"GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES":
			return false
		}
		return strings.HasPrefix(name, "GIT_") && !strings.HasPrefix(name, "GIT_CONFIG")
	})
	return append(env, "LC_ALL=C", "GIT_TERMINAL_PROMPT=0",
		// the second for old versions of git, which do not know the first
		"GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none")
}

// command is how errspec always runs git. A checkout may be an attacker's. Its configuration and
// attributes can name programs: for fsmonitor, filters, textconv, external diffs, signatures,
// hooks, pagers, ssh, remotes. So errspec uses only commands that need none of them (rev-parse,
// for-each-ref, rev-list, ls-tree, cat-file). It fetches nothing, not even missing objects of a
// partial clone, and overrides the settings that apply to all commands. TestSlowGitRunsNothing
// tries it on a repository with all of these settings.
func (r *repository) command(ctx context.Context, args ...string) *exec.Cmd {
	options := []string{
		"-C", r.dir, "--no-pager", "--no-optional-locks", "--no-replace-objects", "-c",
		"core.fsmonitor=false", "-c", "core.hooksPath=" + os.DevNull,
	}
	cmd := exec.CommandContext(ctx, "git", slices.Concat(options, args)...)
	cmd.Env = r.env
	cmd.WaitDelay = time.Second // in case a child process keeps the output open after git ends
	return cmd
}

// timed lets git work for the rest of its time, then stops it.
func (r *repository) timed(stop func(), ask func() error) error {
	start := time.Now()
	timer := time.AfterFunc(r.left, stop)
	err := ask()
	late := !timer.Stop()
	r.left -= time.Since(start)
	if late {
		return fmt.Errorf(
			"git took longer than %v and was stopped: run `git fsck` to check the repository",
			gitTime)
	}
	return err
}

// run returns the output of a git command.
func (r *repository) run(args ...string) (string, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	ctx, stop := context.WithCancel(r.ctx)
	defer stop()
	stdout, stderr := &bounded{max: maxPrinted, full: stop}, &bounded{max: maxSaid}
	cmd := r.command(ctx, args...)
	cmd.Stdout, cmd.Stderr = stdout, stderr
	err := r.timed(stop, func() error {
		if err := cmd.Run(); err != nil && !stdout.over {
			return gitError(args[0], err, stderr.String())
		}
		return nil
	})
	switch {
	case err != nil:
		return "", err
	case stdout.over:
		return "", fmt.Errorf("git %s: the output exceeds %d MiB", args[0], maxPrinted>>20)
	}
	return stdout.String(), nil
}

// maxPrinted limits a program's output, such as the lists of a large repository.
const maxPrinted = 64 << 20

// maxSaid limits how much of git's standard error is kept.
const maxSaid = 64 << 10

// A bounded buffer keeps the first bytes written to it.
type bounded struct {
	buf  bytes.Buffer
	max  int
	over bool
	full func() // called when the limit is exceeded; may be nil
}

func (b *bounded) Write(p []byte) (int, error) {
	if room := b.max - b.buf.Len(); len(p) > room {
		b.buf.Write(p[:room])
		b.over = true
		if b.full != nil {
			b.full()
		}
		return len(p), nil
	}
	return b.buf.Write(p)
}

func (b *bounded) String() string { return b.buf.String() }

// gitError shortens git's message to one line and adds what to do.
func gitError(command string, err error, said string) error {
	if errors.Is(err, exec.ErrNotFound) {
		return errors.New("git is not on the PATH: install it, or compare with a file or a folder")
	}
	var lines []string
	for line := range strings.Lines(strings.TrimPrefix(strings.TrimSpace(said), "fatal: ")) {
		if line = strings.TrimSpace(line); line != "" &&
			!strings.HasPrefix(line, "warning: lazy fetching") {
			lines = append(lines, strings.TrimPrefix(line, "fatal: "))
		}
	}
	text := strings.ReplaceAll(strings.Join(lines, "; "), ":; ", ": ")
	if lines == nil {
		text = err.Error()
	}
	switch {
	case strings.Contains(text, "from promisor remote"):
		text += "; " + unfiltered
	case command != "rev-parse": // it could not read an object
		text += "; " + incomplete
	}
	return fmt.Errorf("git %s: %s", command, text)
}

// commit returns the id of the commit that a name refers to.
func (r *repository) commit(ref string) (string, error) {
	if ref == "" || strings.HasPrefix(ref, "-") || strings.ContainsAny(ref, "\n\x00") {
		return "", fmt.Errorf("%q is not a git revision", ref)
	}
	id, err := r.run("rev-parse", "--verify", "--quiet", ref+"^{commit}")
	if err == nil {
		return strings.TrimSpace(id), nil
	}
	message := fmt.Sprintf("there is no git revision %q", ref)
	if r.isShallow() {
		return "", errors.New(message + " in this shallow clone: " + unshallow)
	}
	if id, failed := r.run("rev-parse", "--verify", "--quiet", ref); failed == nil {
		return "", fmt.Errorf("%s is %s, which git cannot read as a commit: %s", ref,
			strings.TrimSpace(id), incomplete)
	}
	if _, failed := r.run("rev-parse", "--verify", "--quiet",
		"refs/remotes/origin/"+ref+"^{commit}"); failed == nil {
		return "", fmt.Errorf("%s; did you mean %q?", message, "origin/"+ref)
	}
	if near := r.nearRef(ref); near != "" {
		return "", errors.New(message + near)
	}
	if remote, branch, ok := strings.Cut(ref, "/"); ok {
		known, _ := r.run("for-each-ref", "--count=1", "refs/remotes/"+remote+"/")
		if known != "" { // another branch of the remote was fetched
			return "", fmt.Errorf("%s; run git fetch %s %s:refs/remotes/%[2]s/%[3]s", message, remote,
				branch)
		}
	}
	return "", errors.New(message)
}

// Advice for a repository that lacks objects.
const (
	unshallow  = "fetch what is missing (git fetch --unshallow; in GitHub Actions, fetch-depth: 0)"
	unfiltered = "this is a partial clone: fetch what is missing (git fetch --refetch --no-filter)"
	incomplete = "the repository is incomplete or damaged: fetch what is missing (git fetch; " +
		"git fetch --refetch --no-filter in a partial clone), or run git fsck"
)

func (r *repository) isShallow() bool {
	shallow, err := r.run("rev-parse", "--is-shallow-repository")
	return err == nil && strings.TrimSpace(shallow) == "true"
}

// twofold returns a message if a name is both a tag and a branch, in which case git takes the tag;
// otherwise "".
func (r *repository) twofold(ref string) string {
	name := ref
	if i := strings.IndexAny(ref, "~^@"); i > 0 { // main~1
		name = ref[:i]
	}
	tag, branch := "refs/tags/"+name, "refs/heads/"+name
	out, err := r.run("for-each-ref", "--format=%(refname)", tag, branch)
	if refs := strings.Fields(out); err != nil || !slices.Contains(refs, tag) ||
		!slices.Contains(refs, branch) {
		return ""
	}
	return fmt.Sprintf(
		"%s is both a tag and a branch, and git takes the tag: write heads/%s for the branch, "+
			"or tags/%s for the tag", name, ref, ref)
}

// nearRef suggests the branch or tag that a misspelt name may mean.
func (r *repository) nearRef(ref string) string {
	refs, err := r.run("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags",
		"refs/remotes")
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
	if near := diag.Nearest(name, known); near != "" {
		return fmt.Sprintf("; did you mean %q?", near+steps)
	}
	return ""
}

// Refs returns the branches and tags of a folder's repository, as users write them.
func Refs(ctx context.Context, dir string) ([]string, error) {
	r, err := openRepository(ctx, dir)
	if err != nil {
		return nil, err
	}
	refs, err := r.run("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags",
		"refs/remotes")
	return strings.Fields(refs), errors.Join(err, r.Close())
}

// Close ends the process that reads objects. If an object could not be read, Close returns the
// reason: the reader of the file only learned that it is unreadable, which looks like a fault of
// the catalog.
func (r *repository) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cat != nil {
		if err := r.endCat(); err != nil && r.failed == nil {
			r.failed = gitError("cat-file", err, r.cat.said.String())
		}
		r.cat = nil
	}
	return r.failed
}

// fail remembers why an object could not be read.
func (r *repository) fail(err error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failed = cmp.Or(r.failed, err)
	return err
}

// failure returns why an object could not be read.
func (r *repository) failure() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.failed
}

// A catFile is a running `git cat-file --batch`: it reads names and prints objects.
type catFile struct {
	cmd  *exec.Cmd
	stop func()
	in   io.WriteCloser
	out  *bufio.Reader
	said *bounded // standard error; complete once the process has ended
}

// An object is what git stores under an id.
type object struct {
	id, kind string
	size     int64
	data     []byte // nil if it is larger than a catalog may be
}

func (r *repository) startCat() error {
	ctx, cancel := context.WithCancel(r.ctx)
	cmd := r.command(ctx, "cat-file", "--batch")
	in, err := cmd.StdinPipe()
	if err != nil {
		cancel()
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		cancel()
		return err
	}
	said := &bounded{max: maxSaid}
	cmd.Stderr = said
	if err := cmd.Start(); err != nil {
		cancel()
		return gitError("cat-file", err, "")
	}
	stop := func() {
		cancel()
		_ = out.Close() // a child process may hold the other end open
	}
	r.cat = &catFile{cmd, stop, in, bufio.NewReader(out), said}
	return nil
}

// endCat ends the process that reads objects.
func (r *repository) endCat() error {
	_ = r.cat.in.Close() // it may have ended already
	defer r.cat.stop()
	return r.timed(r.cat.stop, r.cat.cmd.Wait)
}

// object reads an object by its id or by a name that needs no quoting, such as ID^{tree}.
func (r *repository) object(id string) (object, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.last.id == id {
		return r.last, nil
	}
	o, err := r.read(id)
	if err != nil {
		r.failed = cmp.Or(r.failed, err)
		return object{}, err
	}
	r.last = o
	return o, nil
}

func (r *repository) read(id string) (o object, err error) {
	if r.cat == nil {
		if err := r.startCat(); err != nil {
			return object{}, err
		}
	}
	cat := r.cat
	late := r.timed(cat.stop, func() error {
		o, err = cat.read(id)
		return nil
	})
	// git gave up, for example on a corrupt object
	if late == nil && (errors.Is(err, io.EOF) || errors.Is(err, syscall.EPIPE)) {
		ended := r.endCat()
		r.cat = nil
		if ended != nil {
			return object{}, gitError("cat-file", ended, cat.said.String())
		}
	}
	switch {
	case late != nil:
		return object{}, late
	case err != nil:
		return object{}, fmt.Errorf("git cat-file: %s: %w", id, err)
	}
	return o, nil
}

func (c *catFile) read(id string) (object, error) {
	if _, err := io.WriteString(c.in, id+"\n"); err != nil {
		return object{}, err
	}
	header, err := c.out.ReadSlice('\n')
	if err != nil {
		return object{}, err
	}
	words := strings.Fields(string(header)) // ID KIND SIZE
	if len(words) == 2 && words[1] == "missing" {
		return object{}, errors.New("there is no such object: " + incomplete)
	}
	if len(words) != 3 {
		return object{}, errors.New(strings.Join(words, " "))
	}
	o := object{id: id, kind: words[1]}
	if o.size, err = strconv.ParseInt(words[2], 10, 64); err != nil || o.size < 0 {
		return object{}, fmt.Errorf("an object of %s bytes", words[2])
	}
	if o.size > maxPrinted || o.size > source.MaxSize && o.kind == "blob" {
		_, err = io.CopyN(io.Discard, c.out, o.size+1)
		return o, err
	}
	data := make([]byte, o.size+1) // the object and a line end
	_, err = io.ReadFull(c.out, data)
	o.data = data[:o.size]
	return o, err
}

// blob reads the content of a file.
func (r *repository) blob(id string) (object, error) {
	o, err := r.object(id)
	if err == nil && o.kind != "blob" {
		err = r.fail(fmt.Errorf("git cat-file: %s is not a file: %s", id, incomplete))
	}
	return o, err
}

// A treeEntry is an entry of a folder.
type treeEntry struct {
	name, id string
	mode     fs.FileMode
	module   bool // a submodule
}

// folder returns the entries of a folder, sorted by name.
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
		return nil, r.fail(fmt.Errorf("git cat-file: %s is not a folder: %s", id, incomplete))
	}
	entries, err := parseTree(o.data, len(strings.TrimSuffix(id, "^{tree}"))/2)
	if err != nil {
		return nil, r.fail(fmt.Errorf("git cat-file: %s: %w", id, err))
	}
	slices.SortFunc(entries, func(a, b treeEntry) int { return strings.Compare(a.name, b.name) })
	r.mu.Lock()
	r.tree[id] = entries
	r.mu.Unlock()
	return entries, nil
}

// parseTree parses a tree object: MODE NAME NUL ID, where an id is as long as the repository's
// hash.
func parseTree(data []byte, hash int) ([]treeEntry, error) {
	var entries []treeEntry
	for len(data) > 0 {
		head, rest, ok := bytes.Cut(data, []byte{0})
		mode, name, ok2 := strings.Cut(string(head), " ")
		if !ok || !ok2 || len(rest) < hash {
			return nil, errors.New("it is truncated: " + incomplete)
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
	return entries, nil
}
