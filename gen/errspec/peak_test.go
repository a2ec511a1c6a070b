//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"syscall"
)

// peakFile names, in the environment of the command, the file to which it tells how much memory it took at most.
const peakFile = "ERRSPEC_TEST_PEAK"

// tellPeak writes how many bytes of memory this process took at most, if somebody asks. Linux tells it to a parent as well, but counts
// what the parent took when it started the child.
func tellPeak() {
	name := os.Getenv(peakFile)
	if name == "" {
		return
	}
	var peak int64
	status, err := os.ReadFile("/proc/self/status")
	if _, rest, ok := bytes.Cut(status, []byte("VmHWM:")); err == nil && ok {
		_, err = fmt.Sscanf(string(rest), "%d kB", &peak)
		peak <<= 10
	} else {
		var usage syscall.Rusage
		err = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
		peak = int64(usage.Maxrss) //nolint:unconvert // it is an int32 on some systems
		if runtime.GOOS != "darwin" {
			peak <<= 10 // elsewhere it is told in KiB
		}
	}
	if err == nil {
		err = os.WriteFile(name, fmt.Appendln(nil, peak), 0o600)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "the peak of memory can not be told:", err) // whoever asked will miss the file
	}
}
