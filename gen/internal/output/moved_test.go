//go:build unix

package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/errspec/errspec/gen/internal/emit"
)

// A busyDisk calls its hooks before and after each operation on a path, as if somebody else changed
// files.
type busyDisk struct {
	osDisk

	before, after func(path string)
	fails         func(op, path string) error // nil if nothing fails
	replaced      int                         // the number of operations other than staging
}

func (d *busyDisk) on(op string, do func() error, paths ...string) error {
	if op != "stage" {
		d.replaced++
	}
	for _, p := range paths {
		d.before(p)
	}
	for _, p := range paths {
		if d.fails == nil {
			break
		}
		if err := d.fails(op, p); err != nil {
			return err
		}
	}
	err := do()
	for _, p := range paths {
		d.after(p)
	}
	return err
}

func (d *busyDisk) stage(dir string, data []byte, like fs.FileInfo) (
	temp string, info fs.FileInfo, err error,
) {
	err = d.on("stage", func() error {
		temp, info, err = d.osDisk.stage(dir, data, like)
		return err
	}, dir)
	return temp, info, err
}

func (d *busyDisk) link(from, to string) error {
	return d.on("link", func() error { return d.osDisk.link(from, to) }, from, to)
}

func (d *busyDisk) rename(from, to string) error {
	return d.on("rename", func() error { return d.osDisk.rename(from, to) }, from, to)
}

func (d *busyDisk) exchange(a, b string) error {
	return d.on("exchange", func() error { return d.osDisk.exchange(a, b) }, a, b)
}

// at returns the path of a file in a folder.
func at(root, name string) string { return filepath.Join(root, filepath.FromSlash(name)) }

// nobody does nothing.
func nobody(string) {}

// canExchange reports whether the system and the file system of a folder can exchange files.
func canExchange(t *testing.T, dir string) bool {
	t.Helper()
	a, b := filepath.Join(dir, "exchange-a"), filepath.Join(dir, "exchange-b")
	must(t, errors.Join(os.WriteFile(a, nil, 0o644), os.WriteFile(b, nil, 0o644)))
	err := exchange(a, b)
	must(t, errors.Join(os.Remove(a), os.Remove(b)))
	return err == nil
}

// somebody lists what others may do to an existing file.
func somebody() map[string]func(t *testing.T, path string) {
	put := func(t *testing.T, path, content string) { // like most editors
		must(t, os.WriteFile(path+"~", []byte(content), 0o644))
		must(t, os.Rename(path+"~", path))
	}
	return map[string]func(t *testing.T, path string){
		"writes to it": func(t *testing.T, path string) {
			must(t, os.WriteFile(path, []byte("saved\n"), 0o644))
		},
		"changes a byte and keeps its time": func(t *testing.T, path string) {
			info, err := os.Stat(path)
			must(t, err)
			data, err := os.ReadFile(path)
			must(t, err)
			data[len(data)-2]++
			must(t, os.WriteFile(path, data, 0o644))
			must(t, os.Chtimes(path, info.ModTime(), info.ModTime()))
		},
		"appends to it": func(t *testing.T, path string) {
			f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
			must(t, err)
			_, err = f.WriteString("saved\n")
			must(t, errors.Join(err, f.Close()))
		},
		"saves another file in its place": func(t *testing.T, path string) {
			put(t, path, "saved\n")
		},
		"saves a copy of it in its place": func(t *testing.T, path string) {
			data, err := os.ReadFile(path)
			must(t, err)
			put(t, path, string(data))
		},
		"empties it": func(t *testing.T, path string) { must(t, os.Truncate(path, 0)) },
		"removes it": func(t *testing.T, path string) { must(t, os.Remove(path)) },
		"makes it executable": func(t *testing.T, path string) {
			must(t, os.Chmod(path, 0o755))
		},
		"puts a folder there": func(t *testing.T, path string) {
			must(t, errors.Join(os.Remove(path), os.Mkdir(path, 0o755)))
		},
		"puts a pipe there": func(t *testing.T, path string) {
			must(t, errors.Join(os.Remove(path), syscall.Mkfifo(path, 0o644)))
		},
		"puts a link there": func(t *testing.T, path string) {
			must(t, errors.Join(os.Remove(path), os.Symlink("first.go", path)))
		},
		"puts a loose end there": func(t *testing.T, path string) {
			must(t, errors.Join(os.Remove(path), os.Symlink("nothing", path)))
		},
		"moves it behind a link": func(t *testing.T, path string) {
			must(t, errors.Join(os.Rename(path, path+".moved"),
				os.Symlink(filepath.Base(path)+".moved", path)))
		},
	}
}

// somebodyFirst lists what others may do where no file exists.
func somebodyFirst() map[string]func(t *testing.T, path string) {
	return map[string]func(t *testing.T, path string){
		"writes it": func(t *testing.T, path string) {
			must(t, os.WriteFile(path, []byte("saved\n"), 0o644))
		},
		"writes the same": func(t *testing.T, path string) {
			must(t, os.WriteFile(path, []byte(ours("new")), 0o644))
		},
		"writes nothing to it": func(t *testing.T, path string) {
			must(t, os.WriteFile(path, nil, 0o644))
		},
		"puts a folder there": func(t *testing.T, path string) {
			must(t, os.Mkdir(path, 0o755))
		},
		"puts a pipe there": func(t *testing.T, path string) {
			must(t, syscall.Mkfifo(path, 0o644))
		},
		"puts a link there": func(t *testing.T, path string) {
			must(t, os.Symlink("first.go", path))
		},
		"puts a loose end there": func(t *testing.T, path string) {
			must(t, os.Symlink("nothing", path))
		},
	}
}

const onOldSystem = "while another file is replaced, on a system that can only rename"

// TestNothingIsLostThatSomebodySaves changes a file after it was read: in every way, at every
// moment, for every kind of file that is written or removed. Each run must fail, keep what was
// saved, and restore the file that it replaced before.
func TestNothingIsLostThatSomebodySaves(t *testing.T) {
	first := func(root string) Output { return folder(at(root, "p"), "first.go", ours("new")) }
	it := func(root string) Output { return file(at(root, "p/it.go"), ours("new")) }
	kinds := []struct {
		name    string
		before  tree
		plan    func(root string) (*Plan, error)
		path    string
		changes map[string]func(*testing.T, string)
	}{
		{
			"an output", tree{"p/it.go": ours("old")},
			func(root string) (*Plan, error) {
				o := folder(at(root, "p"), "first.go", ours("new"), "it.go", ours("new"))
				return Compare([]Output{o}, nil, false)
			},
			"p/it.go", somebody(),
		},
		{
			"a file that is adopted", tree{"p/it.go": "package p\n"},
			func(root string) (*Plan, error) {
				return Compare([]Output{first(root), it(root)}, nil, true)
			},
			"p/it.go", somebody(),
		},
		{
			"a new output", nil,
			func(root string) (*Plan, error) {
				return Compare([]Output{first(root), it(root)}, nil, false)
			},
			"p/it.go", somebodyFirst(),
		},
		{
			"a new output that may be adopted", nil,
			func(root string) (*Plan, error) {
				return Compare([]Output{first(root), it(root)}, nil, true)
			},
			"p/it.go", somebodyFirst(),
		},
		{
			"an orphan", tree{"p/it.go": ours("old")},
			func(root string) (*Plan, error) { return Compare([]Output{first(root)}, nil, false) },
			"p/it.go", somebody(),
		},
		{
			"a page with blocks", tree{"p/it.md": "# By hand\n"},
			func(root string) (*Plan, error) {
				return Compare([]Output{first(root),
					{Name: "--inject", Path: at(root, "p/it.md"), Was: []byte("# By hand\n"),
						Files: []emit.File{{Data: []byte("# New\n")}}}}, nil, false)
			},
			"p/it.md", somebody(),
		},
		{
			"a catalog that is formatted", tree{"p/it.yaml": "a:  1\n"},
			func(root string) (*Plan, error) {
				return Rewrite([]Rewriting{
					{at(root, "p/first.go"), []byte(ours("old")), []byte(ours("new"))},
					{at(root, "p/it.yaml"), []byte("a:  1\n"), []byte("a: 1\n")},
				})
			},
			"p/it.yaml", somebody(),
		},
	}
	for _, k := range kinds {
		for what, change := range k.changes {
			for _, moment := range []string{"before the commit", "while files are staged",
				"while another file is replaced", onOldSystem, "right before it is replaced"} {
				t.Run(strings.Join([]string{k.name, what, moment}, ", "), func(t *testing.T) {
					t.Parallel()
					root, err := filepath.EvalSymlinks(t.TempDir())
					must(t, err)
					tree{"p/first.go": ours("old")}.write(t, root)
					k.before.write(t, root)
					if moment == "right before it is replaced" && k.before != nil &&
						!canExchange(t, root) {
						return // a change at that moment is lost, as the package documents
					}
					it := at(root, k.path)
					var saved tree
					var once sync.Once
					strike := func() {
						once.Do(func() {
							change(t, it)
							saved = read(t, root)
							for name := range saved {
								if strings.HasSuffix(name, ".tmp") {
									delete(saved, name)
								}
							}
							saved["p/first.go"] = ours("old") // restored
						})
					}
					d := &busyDisk{before: nobody, after: nobody}
					if moment == onOldSystem {
						d.fails = func(op, _ string) error {
							if op == "exchange" || op == "link" {
								return syscall.EPERM
							}
							return nil
						}
					}
					plan, err := k.plan(root)
					must(t, err)
					switch moment {
					case "before the commit":
						strike()
					case "while files are staged":
						d.before = func(string) { strike() }
					case "while another file is replaced", onOldSystem:
						d.after = func(path string) {
							if path == at(root, "p/first.go") {
								strike()
							}
						}
					default:
						d.before = func(path string) {
							if path == it {
								strike()
							}
						}
					}
					err = plan.commit(d)
					var moved *movedError
					if !errors.As(err, &moved) || moved.path != it ||
						!strings.HasSuffix(err.Error(),
							"\nnothing was written: run errspec again") {
						t.Errorf("the error is %v, want one about %s", err, it)
					}
					if early := moment == "before the commit" ||
						moment == "while files are staged"; early && d.replaced > 0 {
						t.Errorf("files were replaced although one had changed")
					}
					if diff := cmp.Diff(saved, read(t, root)); diff != "" {
						t.Errorf("the disk differs (-what was saved +got):\n%s", diff)
					}
				})
			}
		}
	}
}

// A file that changes after it was replaced is not restored, because that would lose the change.
func TestWhatIsSavedAfterwardsIsNotPutBack(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	must(t, err)
	t.Chdir(root)
	tree{"a.go": ours("old"), "b.go": ours("old"), "c.go": ours("old"),
		"p/gone.go": ours("gone")}.write(t, root)
	plan, err := Compare([]Output{file("a.go", ours("new")), file("b.go", ours("new")),
		file("new/n.go", ours("new")), file("c.go", ours("new"))}, nil, false)
	must(t, err)
	d := &busyDisk{before: nobody, after: nobody}
	d.before = func(path string) {
		if path == filepath.Join(root, "c.go") {
			d.before = nobody
			tree{"a.go": "saved\n", "new/n.go": "saved\n", "c.go": "saved\n"}.write(t, root)
		}
	}
	err = plan.commit(d)
	want := tree{"a.go": "saved\n", "b.go": ours("old"), "new/n.go": "saved\n", "c.go": "saved\n",
		"p/gone.go": ours("gone")}
	if !canExchange(t, root) {
		want["c.go"] = ours("new")
		want["b.go"] = ours("new")
	}
	if diff := cmp.Diff(want, read(t, root)); diff != "" {
		t.Errorf("the disk differs (-want +got):\n%s", diff)
	}
	const message = `c.go was changed while errspec ran
new/n.go was changed while errspec ran
a.go was changed while errspec ran
not restored: a.go, new/n.go; run errspec again to bring all files up to date`
	if canExchange(t, root) && (err == nil || err.Error() != message) {
		t.Errorf("the error is\n%v\nwant\n%s", err, message)
	}
}

// What somebody saved in the last microseconds, and cannot be put back, is kept under a name that
// the next run does not sweep.
func TestWhatCanNotBePutBackIsKept(t *testing.T) {
	for _, state := range []State{Stale, Orphaned} {
		t.Run(string(state), func(t *testing.T) {
			root, err := filepath.EvalSymlinks(t.TempDir())
			must(t, err)
			if state == Stale && !canExchange(t, root) {
				return // nothing cannotice such a change
			}
			t.Chdir(root)
			tree{"p/it.go": ours("old")}.write(t, root)
			o := folder("p", "a.go", ours("a"))
			if state == Stale {
				o = folder("p", "it.go", ours("new"))
			}
			plan, err := Compare([]Output{o}, nil, false)
			must(t, err)
			it := filepath.Join(root, "p", "it.go")
			d := &busyDisk{before: nobody, after: nobody}
			d.before = func(path string) {
				if path == it {
					d.before = nobody
					must(t, os.WriteFile(it, []byte("saved\n"), 0o644))
				}
			}
			d.after = func(path string) {
				if path == it { // from now on the file is unreachable
					d.fails = func(_, path string) error {
						if path == it {
							return syscall.EIO
						}
						return nil
					}
				}
			}
			err = plan.commit(d)
			if err == nil ||
				!strings.Contains(err.Error(),
					"p/it.go changed while errspec ran, and cannot be restored: its content is in "+
						filepath.Join(root, "p", ".errspec-")) {
				t.Errorf("the error is %v", err)
			}
			sweep(filepath.Join(root, "p"))
			kept := ""
			for name, content := range read(t, root) {
				if content == "saved\n" && err != nil &&
					strings.Contains(err.Error(), filepath.FromSlash(name)) {
					kept = name
				}
			}
			if kept == "" {
				t.Errorf("the saved text is lost: the folder holds %v", read(t, root))
			}
		})
	}
}

// A symbolic link, in any part of the path, may change while we work.
func TestALinkThatIsBent(t *testing.T) {
	for _, link := range []string{"p", "p/it.go"} {
		t.Run(link, func(t *testing.T) {
			root := t.TempDir()
			t.Chdir(root)
			files := tree{"old/it.go": ours("old"), "other/it.go": ours("other")}
			files.write(t, root)
			target := "old"
			if link != "p" {
				must(t, os.Mkdir("p", 0o755))
				target = "../old/it.go"
			}
			must(t, os.Symlink(target, link))
			plan, err := Compare([]Output{file("p/it.go", ours("new"))}, nil, false)
			must(t, err)
			must(t, errors.Join(os.Remove(link),
				os.Symlink(strings.Replace(target, "old", "other", 1), link)))
			if err := plan.Commit(); err == nil ||
				!strings.Contains(err.Error(),
					"p/it.go now leads to another file while errspec ran") {
				t.Errorf("the error is %v", err)
			}
			must(t, os.RemoveAll("p"))
			if diff := cmp.Diff(files, read(t, root)); diff != "" {
				t.Errorf("the disk differs (-before +after):\n%s", diff)
			}
		})
	}
}

// Some systems and file systems cannot exchange files, and some have no hard links.
func TestOldFileSystems(t *testing.T) {
	for _, lacks := range []string{"exchange", "link", "exchange link"} {
		t.Run(lacks, func(t *testing.T) {
			root := t.TempDir()
			t.Chdir(root)
			tree{"p/a.go": ours("old"), "p/gone.go": ours("gone"), "last.go": ours("old")}.write(t,
				root)
			outputs := []Output{folder("p", "a.go", ours("a"), "b.go", ours("b")),
				file("last.go", ours("last"))}
			plan, err := Compare(outputs, nil, false)
			must(t, err)
			full := errors.New("no room")
			d := &busyDisk{before: nobody, after: nobody}
			d.fails = func(op, path string) error {
				switch {
				case strings.Contains(lacks, op):
					return syscall.EPERM
				case filepath.Base(path) == "last.go":
					return full
				}
				return nil
			}
			before := read(t, root)
			if err := plan.commit(d); err == nil ||
				!strings.Contains(err.Error(), "last.go cannot be written") {
				t.Errorf("the error is %v", err)
			}
			if diff := cmp.Diff(before, read(t, root)); diff != "" {
				t.Errorf("after a failed commit the disk differs (-before +after):\n%s", diff)
			}
			full = nil
			// a restored file may be another file with the same content
			plan, err = Compare(outputs, nil, false)
			must(t, err)
			must(t, plan.commit(d))
			want := tree{"p/a.go": ours("a"), "p/b.go": ours("b"), "last.go": ours("last")}
			if diff := cmp.Diff(want, read(t, root)); diff != "" {
				t.Errorf("the disk differs (-want +got):\n%s", diff)
			}
		})
	}
}

// A file that is a mount point, as after docker run -v FILE:FILE, cannot be replaced.
func TestAMountedFile(t *testing.T) {
	for _, errno := range []syscall.Errno{syscall.EBUSY, syscall.EXDEV} {
		for _, state := range []State{Stale, Orphaned} {
			t.Run(fmt.Sprint(errno, ", ", state), func(t *testing.T) {
				root := t.TempDir()
				t.Chdir(root)
				before := tree{"p/a.go": ours("old"), "p/mounted.go": ours("old")}
				before.write(t, root)
				o := folder("p", "a.go", ours("a"), "b.go", ours("b"))
				verb := "removed"
				if state == Stale {
					o = folder("p", "a.go", ours("a"), "b.go", ours("b"), "mounted.go", ours("new"))
					verb = "written"
				}
				plan, err := Compare([]Output{o}, nil, false)
				must(t, err)
				d := &busyDisk{before: nobody, after: nobody}
				d.fails = func(op, path string) error {
					if op != "stage" && filepath.Base(path) == "mounted.go" {
						return &os.LinkError{Op: op, New: path, Err: errno}
					}
					return nil
				}
				want := fmt.Sprintf(
					"p/mounted.go cannot be %s: it is a mount point, and errspec replaces whole files: mount its folder instead (%v)", verb, errno)
				if err := plan.commit(d); err == nil || err.Error() != want {
					t.Errorf("the error is %v, want %s", err, want)
				}
				if diff := cmp.Diff(before, read(t, root)); diff != "" {
					t.Errorf("the disk differs (-before +after):\n%s", diff)
				}
			})
		}
	}
}
