//go:build unix

package main

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"time"
)

// A sample is the cost of one run of a process.
type sample struct {
	wall   time.Duration // from start to exit; for a step, of the step itself
	cpu    time.Duration // of all its threads
	memory int64         // the peak, in bytes
}

// measure measures a command that must succeed.
func measure(args ...string) (sample, error) { return measureStatus(0, args...) }

// measureFinding measures a command that must find mistakes, and so exit with status 1.
func measureFinding(args ...string) (sample, error) { return measureStatus(1, args...) }

func measureStatus(status int, args ...string) (sample, error) {
	cmd := exec.Command(args[0], args[1:]...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	begin := time.Now()
	out, err := cmd.Output()
	s := sample{wall: time.Since(begin)}
	if cmd.ProcessState == nil {
		return s, err
	}
	if cmd.ProcessState.ExitCode() != status {
		return s, fmt.Errorf("%v: want exit status %d, got %v\n%.2000s", args, status,
			cmd.ProcessState, stderr.Bytes())
	}
	s.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		s.memory = int64(usage.Maxrss) //nolint:unconvert // it is an int32 on some systems
		if runtime.GOOS != "darwin" {
			s.memory *= 1024
		}
	}
	// a step prints its own measurement
	if ns, err := strconv.ParseInt(string(bytes.TrimSpace(out)), 10, 64); err == nil {
		s.wall = time.Duration(ns)
	}
	return s, nil
}

// measureStep runs a step of this program in a separate process.
func measureStep(name string, args ...string) (sample, error) {
	self, err := os.Executable()
	if err != nil {
		return sample{}, err
	}
	return measure(append([]string{self, "step", name}, args...)...)
}

// Samples are all measurements of one thing.
type samples []sample

func (s samples) wall() float64 {
	return s.median(func(x sample) float64 { return x.wall.Seconds() })
}
func (s samples) cpu() float64 {
	return s.median(func(x sample) float64 { return x.cpu.Seconds() })
}
func (s samples) memory() float64 {
	return s.median(func(x sample) float64 { return float64(x.memory) })
}

func (s samples) median(of func(sample) float64) float64 {
	values := make([]float64, len(s))
	for i, x := range s {
		values[i] = of(x)
	}
	return median(values)
}

func median[T cmp.Ordered](values []T) T {
	values = slices.Sorted(slices.Values(values))
	return values[len(values)/2]
}
