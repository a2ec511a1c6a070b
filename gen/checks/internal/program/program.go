// Package program finds the errspec command for checks that run it like its users.
package program

import (
	"bytes"
	"errors"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// Errspec returns the path of the errspec command, built from this repository. The go command
// builds it once and caches it, so all checks share one file.
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

// Run returns a program's output. If the program fails, the test fails with the program's output.
func Run(tb testing.TB, input []byte, program ...string) []byte {
	tb.Helper()
	var words bytes.Buffer
	cmd := exec.CommandContext(tb.Context(), program[0], program[1:]...)
	cmd.Stdin = bytes.NewReader(input)
	cmd.Stderr = &words
	output, err := cmd.Output()
	if err != nil {
		tb.Fatalf("%s (see .ci/run for what it needs): %v\n%s%s", strings.Join(program, " "), err,
			&words, output)
	}
	return output
}

// Fails reports whether a program ends with a status other than 0.
func Fails(tb testing.TB, program ...string) bool {
	tb.Helper()
	err := exec.CommandContext(tb.Context(), program[0], program[1:]...).Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		tb.Fatal(err)
	}
	return err != nil
}
