package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/report"
	"github.com/errspec/errspec/gen/internal/unseen"
	"github.com/errspec/errspec/gen/internal/versions"
)

// findings are the flags of every command that reports diagnostics.
type findings struct {
	failOn level
	format choice
}

func (f *findings) register(cmd *cobra.Command) {
	f.failOn = level{diag.Error}
	f.format = choice{value: "text", kind: "FORMAT"}
	for _, format := range report.Formats() {
		f.format.choices = append(f.format.choices, format.Name)
	}
	cmd.Flags().Var(&f.failOn, "fail-on", "exit with 1 if there are findings of this `LEVEL` or above: error, warning, info")
	cmd.Flags().Var(&f.format, "format", "print findings in this `FORMAT`: text, to standard error; json, github or sarif, to standard output")
}

// textFindings are those of a command that has no flags for them: text, on standard error.
func textFindings() *findings {
	return &findings{failOn: level{diag.Error}, format: choice{value: "text"}}
}

// load reads the catalog. It is nil if there are errors.
func load(cmd *cobra.Command, args []string) (*catalog.Catalog, diag.List, error) {
	src, err := versions.Open(cmd.Context(), catalogName(args), cmd.InOrStdin())
	if err != nil {
		return nil, diag.List{}, err
	}
	c, list := pipeline.Load(src)
	return c, list, nil
}

// judge prints what was found, which must be all, because a program reads one document. The error is errFindings if it is too
// much to go on.
func (f *findings) judge(cmd *cobra.Command, list *diag.List) error {
	if err := f.print(cmd, list); err != nil {
		return err
	}
	if list.HasErrors() || list.Count(f.failOn.Severity) > 0 {
		return errFindings
	}
	return nil
}

// print prints findings in the format that is asked for.
func (f *findings) print(cmd *cobra.Command, list *diag.List) error {
	format := f.chosen()
	w := cmd.ErrOrStderr()
	if format.Machine {
		w = cmd.OutOrStdout()
	}
	options := report.Options{Color: colored(w), Version: version(), Command: cmd.Name(), Catalog: catalogName(cmd.Flags().Args())}
	if dir, err := os.Getwd(); err == nil {
		options.Dir, options.Root = dir, repositoryOf(dir)
	}
	return format.Write(painted(w), list, options)
}

// repositoryOf returns the folder of the git repository that a folder is in, or "". Git itself would be asked in vain where it is most
// needed: in the containers of CI, it is often not there, or trusts no folder of another user's.
func repositoryOf(dir string) string {
	for {
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		above := filepath.Dir(dir)
		if above == dir {
			return ""
		}
		dir = above
	}
}

// remark tells what is no finding: among the findings if their format has a place for it, else to standard error.
func (f *findings) remark(cmd *cobra.Command, text string) error {
	if remark := f.chosen().Remark; remark != nil {
		return remark(cmd.OutOrStdout(), text)
	}
	_, err := fmt.Fprintf(cmd.ErrOrStderr(), "note: %s\n", unseen.Line(text))
	return err
}

func (f *findings) chosen() report.Format {
	all := report.Formats()
	return all[slices.IndexFunc(all, func(a report.Format) bool { return a.Name == f.format.value })] // the flag takes no other
}

// more returns where a command may print what are no findings: standard output, unless that is a program's.
func (f *findings) more(cmd *cobra.Command) io.Writer {
	if f.chosen().Machine {
		return cmd.ErrOrStderr()
	}
	return cmd.OutOrStdout()
}

// catalogName returns the catalog that the arguments of a command name.
func catalogName(args []string) string {
	if len(args) == 0 {
		return "catalog.yaml"
	}
	return args[0]
}
