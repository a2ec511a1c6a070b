// Package program finds the errspec command for checks that run it as its users do.
package program

import (
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// Errspec returns the path of the errspec command, built from this repository. The go command
// builds it once and keeps it in its cache, so all checks share one file.
func Errspec(tb testing.TB) string {
	tb.Helper()
	path, err := errspec()
	if err != nil {
		tb.Fatal(err)
	}
	return path
}

var errspec = sync.OnceValues(func() (string, error) {
	out, err := exec.Command("go", "tool", "-n", "errspec").Output()
	return strings.TrimSpace(string(out)), err
})
