//go:build unix

// Package faults kills, starves and disturbs errspec generate with all outputs: no file may be half
// written, and the next run must repair what is left. It also damages the git repositories that
// errspec reads.
package faults

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/fsnotify/fsnotify"

	"github.com/errspec/errspec/gen/checks/internal/program"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/pipeline"
)

var (
	kills = flag.Int("kills", 25, "how many runs TestKill kills")
	seed  = flag.Uint64("seed", 1, "what random moments are made from")
)

// seeded returns a source of random numbers that is the same in each run, unless -seed changes it.
func seeded(t *testing.T) *rand.Rand {
	t.Helper()
	t.Logf("-seed %d", *seed)
	return rand.New(rand.NewPCG(*seed, 0))
}

// A site is a folder in which errspec works: a catalog with two versions, all its outputs, and user
// files beside them.
type site struct {
	dir     string
	errspec string
	args    []string // of generate, without the catalog
	// the files in out by path, after each version of the catalog: outputs and user files
	old, new map[string]string
	mine     map[string]string // the user files among them
	as       *syscall.SysProcAttr
}

// What a killed run may leave until the next run.
var leftover = regexp.MustCompile(`^\.errspec-\d+-[0-9a-f]{16}\.tmp$`)

// copyCommand copies the command to where every user may run it.
func copyCommand(t *testing.T, name string) {
	t.Helper()
	command, err := os.ReadFile(program.Errspec(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, command, 0o755); err != nil {
		t.Fatal(err)
	}
}

// A guide is handwritten, except between its markers.
const guide = "# Guide\n\nBy hand.\n\n<!-- errspec:begin codes -->\n<!-- errspec:end -->\n\n" +
	"By hand, too.\n"

func newSite(t *testing.T) *site {
	t.Helper()
	s := &site{dir: t.TempDir(), mine: map[string]string{"mine.txt": "hand-written\n"}}
	s.errspec = filepath.Join(s.dir, "errspec")
	copyCommand(t, s.errspec)
	catalog, err := os.ReadFile("../../../catalog.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s.write(t, "old.yaml", string(catalog))
	// Every output gets another text and another code: in all folders files change, appear and
	// disappear.
	changed := strings.NewReplacer("title: Errors", "title: Failures", "code: UNAUTHORIZED",
		"code: NOT_AUTHORIZED", "[UNAUTHORIZED]", "[NOT_AUTHORIZED]").Replace(string(catalog))
	s.write(t, "new.yaml", changed)
	for _, e := range pipeline.Emitters() {
		s.args = append(s.args, "--"+e.Name, filepath.Join("out", e.Name))
		if e.Dir {
			s.mine[e.Name+"/mine.txt"] = "hand-written\n"
		}
	}
	s.mine["go/mine.go"] = "package apierr\n\n// Mine is hand-written.\nconst Mine = 1\n"
	s.args = append(s.args, "--package", "apierr", "--inject", filepath.Join("out", "guide.md"))
	made := func(version string) map[string]string {
		s.put(t, s.mine)
		s.write(t, "out/guide.md", guide)
		s.must(t, "generate", version)
		return s.files(t)
	}
	s.new = made("new.yaml")
	s.old = made("old.yaml")
	s.old["go/gone.go"] = emit.GoMarkLine + "\n\npackage apierr\n"
	if maps.Equal(s.old, s.new) {
		t.Fatal("the two versions of the catalog make the same files")
	}
	return s
}

func (s *site) path(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

func (s *site) write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(s.path(name)), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.path(name), []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// put replaces the files in out.
func (s *site) put(t *testing.T, files map[string]string) {
	t.Helper()
	if err := os.RemoveAll(s.path("out")); err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		s.write(t, "out/"+name, content)
	}
}

// files returns the files in out by path.
func (s *site) files(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(s.path("out")), ".",
		func(name string, e fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil // out, or a folder that is being removed
			}
			if err != nil || e.IsDir() {
				return err
			}
			data, err := os.ReadFile(s.path("out/" + name))
			files[name] = string(data)
			return err
		})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// count returns the number of files in out, which may change meanwhile.
func (s *site) count() (n int) {
	_ = filepath.WalkDir(s.path("out"), func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			n++
		}
		return nil
	})
	return n
}

func (s *site) command(args ...string) *exec.Cmd {
	cmd := exec.Command(s.errspec, append(args, s.args...)...)
	cmd.Dir = s.dir
	cmd.SysProcAttr = s.as
	return cmd
}

// status runs a command and returns its exit status.
func (s *site) status(t *testing.T, args ...string) (status int, stderr string) {
	t.Helper()
	cmd := s.command(args...)
	var b bytes.Buffer
	cmd.Stderr = &b
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), b.String()
}

func (s *site) must(t *testing.T, args ...string) {
	t.Helper()
	if status, stderr := s.status(t, args...); status != 0 {
		t.Fatalf("errspec %s exits with %d:\n%s", strings.Join(args, " "), status, stderr)
	}
}

// isWhole fails unless each file is as in one of the two versions, and user files are unchanged. It
// returns the number of temporary files.
func (s *site) isWhole(t *testing.T) (temporary int) {
	t.Helper()
	files := s.files(t)
	for name, content := range files {
		switch {
		case leftover.MatchString(filepath.Base(name)):
			temporary++
		case content != s.old[name] && content != s.new[name] || s.old[name] == "" &&
			s.new[name] == "":
			t.Errorf("%s is neither old nor new:\n%.300s", name, content)
		}
	}
	for name, content := range s.mine {
		if files[name] != content {
			t.Errorf("the user's own file %s was touched: it is %q", name, files[name])
		}
	}
	return temporary
}

// isToldAndRepaired fails unless --check reports whether all files are new, and the next run
// updates them and removes all temporary files.
func (s *site) isToldAndRepaired(t *testing.T) {
	t.Helper()
	want := 0
	files := s.files(t)
	maps.DeleteFunc(files, func(name,
		_ string) bool {
		return leftover.MatchString(filepath.Base(name))
	})
	if !maps.Equal(files, s.new) {
		want = 1
	}
	if status, stderr := s.status(t, "generate", "new.yaml", "--check"); status != want {
		t.Errorf("--check exits with %d, want %d:\n%s", status, want, stderr)
	}
	s.must(t, "generate", "new.yaml")
	s.isNew(t)
}

func (s *site) isNew(t *testing.T) {
	t.Helper()
	files := s.files(t)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if _, ok := s.new[name]; !ok {
			t.Errorf("%s is still there", name)
		}
	}
	for name, content := range s.new {
		if files[name] != content {
			t.Errorf("%s is not up to date:\n%.300s", name, files[name])
		}
	}
}

// TestKill kills generate at random moments (-kills N sets how many): after each number of changes
// to the folders of its outputs, in random order.
func TestKill(t *testing.T) {
	random := seeded(t)
	s := newSite(t)
	s.put(t, s.old)
	whole := s.runUntil(t, math.MaxInt)
	if whole < len(s.new) {
		t.Fatalf("a whole run makes %d changes, fewer than the files it writes", whole)
	}
	var killed, halfway, left int
	for range *kills {
		s.put(t, s.old)
		if s.runUntil(t, random.IntN(whole)) < 0 {
			killed++
		}
		if s.isWhole(t) > 0 {
			left++
		}
		if files := s.files(t); !maps.Equal(files, s.old) && !maps.Equal(files, s.new) {
			halfway++
		}
		s.isToldAndRepaired(t)
		if t.Failed() {
			return
		}
	}
	t.Logf(
		"%d runs were started, %d killed before their end, %d of them halfway through the files; %d left temporary files",
		*kills, killed, halfway, left)
}

// runUntil runs generate, and kills it after a number of changes in the folders of the outputs. It
// returns how many changes the run made, or -1 if it was killed.
func (s *site) runUntil(t *testing.T, changes int) int {
	t.Helper()
	watcher, err := fsnotify.NewBufferedWatcher(10_000)
	if err != nil {
		t.Fatal(err)
	}
	defer watcher.Close()
	err = filepath.WalkDir(s.path("out"), func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.IsDir() {
			err = watcher.Add(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	cmd := s.command("generate", "new.yaml")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = cmd.Wait() // the exit status is checked below
	}()
	made := 0
	for running := true; running; {
		if made >= changes {
			_ = cmd.Process.Kill() // it may have ended
			<-done
			break
		}
		select {
		case <-watcher.Events:
			made++
		case <-done:
			running = false
		}
	}
	for len(watcher.Events) > 0 {
		<-watcher.Events
		made++
	}
	if cmd.ProcessState.ExitCode() < 0 {
		return -1
	}
	return made
}

// TestDiskFull limits the size of files, from less than the smallest output to more than the
// largest. Writes then fail as on a full disk, but on any system and for any user.
func TestDiskFull(t *testing.T) {
	s := newSite(t)
	largest := 0
	for _, content := range s.new {
		largest = max(largest, len(content))
	}
	fits := false
	for blocks := 0; !fits; blocks = blocks*3/2 + 1 {
		if blocks > 2*largest/512+2 {
			t.Fatalf("with files of %d blocks the outputs are still not written", blocks)
		}
		s.put(t, s.old)
		cmd := s.command("generate", "new.yaml")
		cmd.Args = append([]string{"sh", "-c", fmt.Sprintf(`ulimit -f %d && exec "$0" "$@"`,
			blocks)}, cmd.Args...)
		sh, err := exec.LookPath("sh")
		if err != nil {
			t.Fatal(err)
		}
		cmd.Path = sh
		out, err := cmd.CombinedOutput()
		fits = err == nil
		if !fits && (cmd.ProcessState.ExitCode() != 2 ||
			!strings.Contains(string(out), "cannot be written: file too large")) {
			t.Errorf("with files of %d blocks errspec exits with %d:\n%s", blocks,
				cmd.ProcessState.ExitCode(), out)
		}
		if files := s.files(t); !fits && !maps.Equal(files, s.old) {
			t.Errorf("with files of %d blocks, a failed run leaves\n%v", blocks,
				slices.Sorted(maps.Keys(files)))
		}
	}
	s.isNew(t)
}

// TestReadOnly removes the permission to write to a folder. Nothing stops an administrator from
// writing, so an administrator runs errspec as another user.
func TestReadOnly(t *testing.T) {
	s := newSite(t)
	own := func() {}
	if os.Getuid() == 0 {
		own = s.asNobody(t)
	}
	folders := []string{"out"}
	for _, e := range pipeline.Emitters() {
		if e.Dir {
			folders = append(folders, "out/"+e.Name)
		}
	}
	for _, folder := range folders {
		s.put(t, s.old)
		own()
		if err := os.Chmod(s.path(folder), 0o555); err != nil {
			t.Fatal(err)
		}
		if status, stderr := s.status(t, "generate", "new.yaml"); status != 2 ||
			!strings.Contains(stderr, "permission denied") {
			t.Errorf("with %s read-only errspec exits with %d:\n%s", folder, status, stderr)
		}
		if err := os.Chmod(s.path(folder), 0o755); err != nil {
			t.Fatal(err)
		}
		if files := s.files(t); !maps.Equal(files, s.old) {
			t.Errorf("with %s read-only, a failed run leaves\n%v", folder,
				slices.Sorted(maps.Keys(files)))
		}
		s.isToldAndRepaired(t)
	}
}

const nobody = 65534 // the user and the group

// asNobody makes errspec run as a user who is not an administrator. It returns a function that
// gives that user all files.
func (s *site) asNobody(t *testing.T) (own func()) {
	t.Helper()
	s.as = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	for dir := s.dir; dir != filepath.Dir(os.TempDir()) && dir != "/"; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && info.Mode().Perm()&0o055 != 0o055 &&
			os.Chmod(dir, info.Mode().Perm()|0o055) != nil {
			t.Fatalf("%s cannot be opened for others", dir)
		}
	}
	return func() { s.chown(t, s.dir, false, nobody, nobody) }
}

// chown gives everything in a folder, or only its folders, to a user.
func (s *site) chown(t *testing.T, root string, folders bool, uid, gid int) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || folders && !e.IsDir() {
			return err
		}
		return os.Chown(path, uid, gid)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestOwners replaces files of other users. An administrator keeps their owner and group; other
// users keep the group if they are in it. The mode always stays.
func TestOwners(t *testing.T) {
	type owner struct {
		uid, gid int
		mode     fs.FileMode
	}
	s := newSite(t)
	give := func(to owner) {
		s.put(t, s.old)
		s.chown(t, s.path("out"), false, to.uid, to.gid)
		for name := range s.old {
			if err := os.Chmod(s.path("out/"+name), to.mode); err != nil {
				t.Fatal(err)
			}
		}
	}
	generated := func(who string, want owner) {
		t.Helper()
		s.must(t, "generate", "new.yaml")
		s.isNew(t)
		for name, content := range s.new {
			if s.old[name] == "" || s.old[name] == content {
				continue
			}
			info, err := os.Stat(s.path("out/" + name))
			if err != nil {
				t.Fatal(err)
			}
			is, ok := info.Sys().(*syscall.Stat_t)
			if !ok {
				t.Fatalf("%s has no owner", name)
			}
			if got := (owner{int(is.Uid), int(is.Gid), info.Mode().Perm()}); got != want {
				t.Errorf("%s replaced %s, and it is %v, want %v", who, name, got, want)
			}
		}
	}
	if os.Getuid() != 0 {
		groups, err := os.Getgroups()
		if err != nil {
			t.Fatal(err)
		}
		mine := owner{os.Getuid(), append(groups, os.Getgid())[0], 0o640}
		give(mine)
		generated("their owner", mine)
		return
	}
	theirs := owner{1234, 2345, 0o640}
	give(theirs)
	generated("an administrator", theirs)

	s.asNobody(t)
	theirs.mode = 0o644
	for _, tt := range []struct {
		who    string
		groups []uint32
		gid    int
	}{
		{"somebody", nil, nobody},
		{"somebody of their group", []uint32{2345}, 2345},
	} {
		give(theirs)
		s.chown(t, s.path("out"), true, nobody, nobody)
		s.as.Credential.Groups = tt.groups
		generated(tt.who, owner{nobody, tt.gid, 0o644})
	}
}

// TestVanishingFolder removes the outputs while they are written.
func TestVanishingFolder(t *testing.T) {
	random := seeded(t)
	s := newSite(t)
	s.args = s.args[:len(s.args)-2] // errspec does not recreate a missing guide
	delete(s.old, "guide.md")
	delete(s.new, "guide.md")
	for range 8 {
		s.put(t, s.old)
		cmd := s.command("generate", "new.yaml")
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan struct{})
		go func() {
			defer close(done)
			_ = cmd.Wait() // the exit status is checked below
		}()
		for n, running := random.IntN(len(s.old)), true; running; {
			select {
			case <-done:
				running = false
			default:
				if s.count() >= n {
					_ = os.RemoveAll(s.path("out")) // it may be filling up
					n = random.IntN(len(s.old))
				}
			}
		}
		if status := cmd.ProcessState.ExitCode(); status != 0 && status != 2 {
			t.Errorf("errspec exits with %d:\n%s", status, stderr.Bytes())
		}
		if strings.Contains(stderr.String(), "panic") {
			t.Errorf("errspec panics:\n%s", stderr.Bytes())
		}
		for name, content := range s.mine {
			s.write(t, "out/"+name, content)
		}
		s.isWhole(t)
		s.isToldAndRepaired(t)
	}
}

// TestTwoAtOnce runs both versions several times concurrently.
func TestTwoAtOnce(t *testing.T) {
	s := newSite(t)
	for range 4 {
		s.put(t, s.old)
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				cmd := s.command("generate", []string{"new.yaml", "old.yaml"}[i%2])
				out, err := cmd.CombinedOutput()
				if status := cmd.ProcessState.ExitCode(); err != nil && status != 2 ||
					strings.Contains(string(out), "panic") {
					t.Errorf("errspec exits with %d:\n%s", status, out)
				}
			})
		}
		wg.Wait()
		if n := s.isWhole(t); n > 0 {
			t.Errorf("%d temporary files are left", n)
		}
		s.isToldAndRepaired(t)
	}
}

// TestLinkedOutputs writes through symbolic links to a folder and to a file, with and without being
// killed. The links must stay links.
func TestLinkedOutputs(t *testing.T) {
	s := newSite(t)
	s.put(t, s.old)
	for name, target := range map[string]string{"out/go": "real-go", "out/json": "real.json"} {
		if err := errors.Join(os.Rename(s.path(name), s.path(target)),
			os.Symlink(s.path(target), s.path(name))); err != nil {
			t.Fatal(err)
		}
	}
	s.runUntil(t, seeded(t).IntN(len(s.new)))
	s.must(t, "generate", "new.yaml")
	for _, name := range []string{"out/go", "out/json"} {
		if info, err := os.Lstat(s.path(name)); err != nil || info.Mode()&fs.ModeSymlink == 0 {
			t.Errorf("%s is no longer a link: %v, %v", name, info, err)
		}
	}
	if data, err := os.ReadFile(s.path("real.json")); err != nil || string(data) != s.new["json"] {
		t.Errorf("the file behind a link is %.100q, %v", data, err)
	}
	entries, err := os.ReadDir(s.path("real-go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(s.path("real-go"), e.Name()))
		if err != nil || string(data) != s.new["go/"+e.Name()] {
			t.Errorf("real-go/%s is not up to date: %.100q, %v", e.Name(), data, err)
		}
	}
}

// TestCRLFCheckout changes the line ends of all outputs, like git on Windows. Fresh files must stay
// fresh, and stale files must still count as ours.
func TestCRLFCheckout(t *testing.T) {
	s := newSite(t)
	crlf := func(files map[string]string) map[string]string {
		changed := map[string]string{}
		for name, content := range files {
			if _, mine := s.mine[name]; !mine {
				content = strings.ReplaceAll(content, "\n", "\r\n")
			}
			changed[name] = content
		}
		return changed
	}
	s.put(t, crlf(s.new))
	s.must(t, "generate", "new.yaml", "--check")
	s.must(t, "generate", "new.yaml")
	if files := s.files(t); !maps.Equal(files, crlf(s.new)) {
		t.Error("files that differ only in line ends were written")
	}
	s.put(t, crlf(s.old))
	s.must(t, "generate", "new.yaml")
	for name, content := range s.files(t) {
		if fresh := s.new[name]; content != fresh && content != crlf(s.new)[name] {
			t.Errorf("%s is not up to date:\n%.300q", name, content)
		}
	}
}
