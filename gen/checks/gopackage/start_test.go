//go:build unix

package gopackage

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/synth"
	"github.com/errspec/errspec/gen/internal/value"
)

// A sized is a module with the generated package of a synthetic catalog, and a program that uses
// each of its types.
type sized struct {
	module
	stamp int
}

const program = `package main

import (
	"os"

	"sized.test/apierr"
)

func main() { println(apierr.Parse(404, nil, []byte(os.Args[0])).Error()) }
`

// envelope is the one of the yardstick's type response in testdata/speed.txt.
const envelope = `envelope:
  body:
    error: {code: $code, message: $message, httpStatus: $status}
    status: error
    status_code: $status
`

func newSized(tb testing.TB, codes int) *sized {
	tb.Helper()
	s := &sized{module: newModule(tb, "sized.test")}
	c := loaded(tb, string(synth.YAML(codes))+envelope)
	files, err := gocode.Emit(c, gocode.Options{Package: "apierr"})
	if err != nil {
		tb.Fatal(err)
	}
	for _, f := range files {
		s.write("apierr/"+f.Path, f.Data)
	}
	for _, f := range files { // the yardstick: constants and tables without types
		if strings.HasPrefix(f.Path, "errors") {
			continue
		}
		s.write("table/"+f.Path, regexp.MustCompile(`empty: \(\*\w+\)\(nil\)`).ReplaceAll(f.Data,
			[]byte("empty: nil")))
	}
	speed, err := os.ReadFile("testdata/speed.txt")
	if err != nil {
		tb.Fatal(err)
	}
	s.write("apierr/speed_test.go", speed)
	s.write("apierr/made_test.go", constructorOf(tb, c, files))
	s.write("program/main.go", []byte(program))
	return s
}

// constructorOf returns a Go file for the benchmarks about a code in the middle of the catalog with
// two params, a text and a number, and no status that is logged: its constructor, the expression
// that makes its message, and the same with fmt.
func constructorOf(tb testing.TB, c *catalog.Catalog, files []emit.File) []byte {
	tb.Helper()
	all := slices.Collect(c.All())
	for _, e := range all[len(all)/2:] {
		if len(e.Params) != 2 || e.Params[0].Kind != value.String || e.Params[1].Kind != value.Int ||
			e.Statuses[0] >= 500 {
			continue
		}
		expression := regexp.MustCompile(fmt.Sprintf(`return fill\(.*, %d,\s(?:\t\t)?(.*), opts\)`,
			e.Index))
		for _, f := range files {
			if m := expression.FindSubmatch(f.Data); m != nil {
				verbs := map[string]string{e.Params[0].Name: "%s", e.Params[1].Name: "%d"}
				return fmt.Appendf(nil,
					"package apierr\n\nfunc made(s string, n int64) error { return %s(s, n) }\n\n"+
						"func message(%s string, %s int64) string { return %s }\n\nconst format = %q\n",
					goname.Of(e).Variants[0].New, goname.Arg(e.Params[0].Name),
					goname.Arg(e.Params[1].Name), m[1],
					e.Variants[0].Message.Fill(func(name string) string { return verbs[name] }))
			}
		}
	}
	tb.Fatal("no code has a text and a number")
	return nil
}

// run runs a command in the module. It returns the output and the peak memory in MB.
func (s *sized) run(tb testing.TB, env string, args ...string) (string, float64) {
	tb.Helper()
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = s.dir
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOWORK=off", "GOFLAGS=-mod=mod", env)
	out, err := cmd.CombinedOutput()
	if err != nil {
		tb.Fatalf("%v: %v\n%s", args, err, failuresIn(out))
	}
	usage, _ := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return string(out), float64(usage.Maxrss) / 1024
}

// build builds a package after a change.
func (s *sized) build(b *testing.B, pkg string) {
	peak := 0.0
	for b.Loop() {
		s.stamp++
		s.write(pkg+"/stamp.go", fmt.Appendf(nil, "package apierr\n\nconst stamp = %d\n", s.stamp))
		_, mb := s.run(b, "", "go", "build", "./"+pkg)
		peak = max(peak, mb)
	}
	b.ReportMetric(peak, "peak-MB")
}

// doesNothingAtInit fails if package apierr does any work at program start, according to the
// runtime's trace.
func (s *sized) doesNothingAtInit(tb testing.TB) {
	tb.Helper()
	s.run(tb, "", "go", "build", "-o", "program.exe", "./program")
	trace, _ := s.run(tb, "GODEBUG=inittrace=1", filepath.Join(s.dir, "program.exe"))
	if !strings.Contains(trace, "init runtime @") {
		tb.Fatalf("the runtime wrote no trace:\n%s", trace)
	}
	if strings.Contains(trace, "init sized.test/apierr") {
		tb.Errorf("the package works at program start:\n%s", trace)
	}
}

func TestNothingIsDoneWhenTheProgramStarts(t *testing.T) {
	newSized(t, 300).doesNothingAtInit(t)
}

// BenchmarkSized measures a generated package of 15, 1,000 and 10,000 codes: its build and the
// benchmarks in testdata/speed.txt. Each row has a yardstick.
func BenchmarkSized(b *testing.B) {
	for _, n := range []int{15, 1000, 10_000} {
		b.Run("n="+strconv.Itoa(n), func(b *testing.B) {
			s := newSized(b, n)
			b.Run("build/package", func(b *testing.B) { s.build(b, "apierr") })
			b.Run("build/yardstick=constants and tables",
				func(b *testing.B) { s.build(b, "table") })
			s.doesNothingAtInit(b)
			out, _ := s.run(b, "", "go", "test", "-run", "^$", "-bench", ".", "-benchtime", "200ms",
				"./apierr")
			for line := range strings.Lines(out) {
				pass(b, strings.Fields(line))
			}
		})
	}
}

// pass reports the results of another run of benchmarks as if they were measured here.
func pass(b *testing.B, fields []string) {
	if len(fields) < 4 || !strings.HasPrefix(fields[0], "Benchmark") {
		return
	}
	name := strings.TrimPrefix(fields[0], "Benchmark")
	if i := strings.LastIndexByte(name, '-'); i > 0 {
		name = name[:i] // the number of processors
	}
	b.Run(name, func(b *testing.B) {
		b.ReportAllocs() // otherwise allocations are reported but not printed
		for i := 2; i+1 < len(fields); i += 2 {
			if v, err := strconv.ParseFloat(fields[i], 64); err == nil {
				b.ReportMetric(v, fields[i+1])
			}
		}
	})
}
