package faults

import (
	"bytes"
	"maps"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// TestMountedFile makes an output a mount point, as docker run -v FILE:FILE does, in a separate
// mount namespace. Where that is not permitted, TestAMountedFile of package output simulates the
// system's error.
func TestMountedFile(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t)
	for _, name := range []string{"markdown", "guide.md"} {
		s.put(t, s.old)
		s.write(t, "real", s.old[name])
		mounted := func(script string) *exec.Cmd {
			cmd := s.command("generate", "new.yaml")
			cmd.Path, cmd.Args = sh, append([]string{"sh", "-c",
				"mount --bind real out/" + name + " && " + script}, cmd.Args...)
			cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
			if os.Getuid() != 0 {
				cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
				cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0,
					HostID: os.Getuid(), Size: 1}}
				cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0,
					HostID: os.Getgid(), Size: 1}}
			}
			return cmd
		}
		if out, err := mounted("true").CombinedOutput(); err != nil {
			t.Skipf("cannot mount here: %v\n%s", err, out)
		}
		cmd := mounted(`exec "$0" "$@"`)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		_ = cmd.Run() // the exit status is checked below
		want := "out/" + name +
			" cannot be written: it is a mount point, and errspec replaces whole files: mount its folder instead (device or resource busy)"
		if status := cmd.ProcessState.ExitCode(); status != 2 ||
			!strings.Contains(stderr.String(), want) {
			t.Errorf("errspec exits with %d:\n%s\nwant 2 and\n%s", status, stderr.Bytes(), want)
		}
		if files := s.files(t); !maps.Equal(files, s.old) {
			t.Errorf("a run that failed at %s changed files", name)
		}
		if data, err := os.ReadFile(s.path("real")); err != nil || string(data) != s.old[name] {
			t.Errorf("the mounted file holds %.100q, %v", data, err)
		}
	}
}
