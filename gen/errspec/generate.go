package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/output"
	"github.com/errspec/errspec/gen/internal/pipeline"
)

// A generation is one call of generate: its flags.
type generation struct {
	findings
	emitters []emit.Emitter
	paths    []outputPath // by emitter; empty where it is not wanted
	pkg      string
	tests    bool
	check    bool
	adopt    bool
}

func newGenerate() *cobra.Command {
	g := &generation{emitters: pipeline.Emitters()}
	cmd := &cobra.Command{
		Use:   "generate [CATALOG]",
		Short: "Write what a catalog is compiled into",
		Long: `Generate writes at least one output. A catalog either yields all of them, or a list of diagnostics and no change on disk.
A file that errspec did not write is not overwritten, and a file whose content would not change is not touched. In an output
folder, files that errspec wrote and would not write any more are removed.`,
		Example: `  errspec generate --go apierr --markdown errors.md
  errspec generate mod:github.com/acme/api@v1.4.0/catalog.yaml --go . --check`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return g.run(cmd, args) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	g.paths = make([]outputPath, len(g.emitters))
	for i, e := range g.emitters {
		g.paths[i].kind = "FILE"
		if e.Dir {
			g.paths[i].kind = "DIR"
		}
		flags.Var(&g.paths[i], e.Name, e.Doc)
	}
	flags.StringVar(&g.pkg, "package", "", "`NAME` of the Go package (default: that of the Go files in DIR, else DIR's last element)")
	flags.BoolVar(&g.tests, "go-tests", true, "write the Go package's tests, too")
	flags.BoolVar(&g.check, "check", false, "write nothing; show what is missing, stale or orphaned, and exit with 1 if there is any")
	flags.BoolVar(&g.adopt, "adopt", false, "take over existing files that errspec did not write")
	g.register(cmd)
	return cmd
}

func (g *generation) run(cmd *cobra.Command, args []string) error {
	wanted, options, err := g.request(cmd, catalogName(args))
	if err != nil {
		return err
	}
	c, list, err := load(cmd, args)
	if err != nil {
		return err
	}
	var outputs []output.Output
	if c != nil {
		expectOutputs(c)
		outputs, err = pipeline.Generate(c, wanted, options)
		if err = list.Take(err); err != nil {
			return err
		}
	}
	if err := g.judge(cmd, &list); err != nil {
		return err
	}
	plan, err := output.Compare(outputs, g.adopt)
	if err != nil {
		return err
	}
	if g.check {
		return g.report(cmd, plan)
	}
	if err := plan.Commit(); err != nil {
		return err
	}
	if stderr := cmd.ErrOrStderr(); terminal(stderr) {
		_, err = fmt.Fprintf(stderr, "%d files changed, %d up to date\n", len(plan.Changes), plan.Unchanged)
	}
	return err
}

// request returns what the flags ask for.
func (g *generation) request(cmd *cobra.Command, catalog string) ([]pipeline.Request, emit.Options, error) {
	var (
		wanted []pipeline.Request
		names  []string
		goDir  string
	)
	for i, e := range g.emitters {
		names = append(names, "--"+e.Name)
		path := g.paths[i].path
		if path == "" {
			continue
		}
		if sameFile(path, catalog) {
			return nil, emit.Options{}, usageError(cmd, "--%s would overwrite the catalog %s", e.Name, catalog)
		}
		if e.Name == "go" {
			goDir = path
		}
		wanted = append(wanted, pipeline.Request{Emitter: e, Path: path})
	}
	if len(wanted) == 0 {
		return nil, emit.Options{}, usageError(cmd, "nothing to write: give at least one of %s", strings.Join(names, ", "))
	}
	if goDir == "" {
		for _, name := range []string{"package", "go-tests"} {
			if cmd.Flags().Changed(name) {
				return nil, emit.Options{}, usageError(cmd, "--%s is about the output of --go, which is not wanted", name)
			}
		}
		return wanted, emit.Options{}, nil
	}
	pkg, err := packageName(goDir, g.pkg)
	if err != nil {
		return nil, emit.Options{}, usageError(cmd, "%v", err)
	}
	return wanted, emit.Options{Package: pkg, Tests: g.tests}, nil
}

// sameFile reports whether two paths lead to one file.
func sameFile(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// report names every file that is not as it should be, and prints the differences: names to standard error, and a patch to
// standard output.
func (g *generation) report(cmd *cobra.Command, plan *output.Plan) error {
	for i := range plan.Changes {
		c := &plan.Changes[i]
		if _, err := fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", c.Path, c.State); err != nil {
			return err
		}
		if _, err := g.more(cmd).Write(c.Diff()); err != nil {
			return err
		}
	}
	if n := len(plan.Changes); n > 0 {
		if _, err := fmt.Fprintf(cmd.ErrOrStderr(), "%d of %d files are not up to date: generate them again, without --check\n",
			n, n+plan.Unchanged); err != nil {
			return err
		}
		return errFindings
	}
	return nil
}
