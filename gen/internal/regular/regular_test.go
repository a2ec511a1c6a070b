//go:build unix

package regular_test

import (
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/errspec/errspec/gen/internal/regular"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Each of these is refused at once. If a pipe were opened as a file, this test would wait forever.
func TestOnlyRegularFilesAreOpened(t *testing.T) {
	t.Chdir(t.TempDir())
	must(t, os.WriteFile("file", []byte("text"), 0o644))
	must(t, os.Mkdir("folder", 0o755))
	must(t, syscall.Mkfifo("pipe", 0o644))
	must(t, os.Symlink("file", "link"))
	must(t, os.Symlink("pipe", "link-to-pipe"))
	must(t, os.Symlink("loop", "loop"))
	l, err := new(net.ListenConfig).Listen(t.Context(), "unix", "socket")
	must(t, err)
	defer func() { must(t, l.Close()) }()
	for name, want := range map[string]string{
		"file":         "",
		"link":         "",
		"folder":       "open folder: is a folder, but must be a file",
		"pipe":         "open pipe: is a named pipe, not a regular file",
		"link-to-pipe": "open link-to-pipe: is a named pipe, not a regular file",
		"socket":       "open socket: is a socket, not a regular file",
		os.DevNull:     "open " + os.DevNull + ": is a device, not a regular file",
		"loop":         "too many levels of symbolic links",
		"none":         "no such file",
	} {
		data, err := regular.ReadFile(name)
		if want == "" {
			if err != nil || string(data) != "text" {
				t.Errorf("%s: %q, %v", name, data, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: the error is %v, want %q", name, err, want)
		}
	}
	if _, err := regular.ReadFile("none"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}

func TestAPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	must(t, syscall.Mkfifo(pipe, 0o644))
	both, err := os.OpenFile(pipe, os.O_RDWR, 0) // so that neither end waits for the other
	must(t, err)
	f, err := regular.OpenOrPipe(pipe)
	must(t, err)
	_, err = both.WriteString("text")
	must(t, errors.Join(err, both.Close()))
	data, err := io.ReadAll(f)
	must(t, errors.Join(err, f.Close()))
	if string(data) != "text" {
		t.Errorf("read %q", data)
	}

	f, err = regular.OpenOrPipe(pipe)
	must(t, err)
	data, err = io.ReadAll(f)
	must(t, errors.Join(err, f.Close()))
	if len(data) > 0 {
		t.Errorf("a pipe that nobody writes to holds %q", data)
	}
	for _, name := range []string{os.DevNull, filepath.Dir(pipe)} {
		if _, err := regular.OpenOrPipe(name); err == nil {
			t.Errorf("%s was opened", name)
		}
	}
}
