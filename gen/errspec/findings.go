package main

import (
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/config"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/report"
	"github.com/errspec/errspec/gen/internal/unseen"
	"github.com/errspec/errspec/gen/internal/versions"
)

// findings are the flags of every command that reports diagnostics.
type findings struct {
	failOn  level
	format  choice
	catalog string // the catalog that the command reads

	severest bool // print the most severe diagnostics first
}

func (f *findings) register(cmd *cobra.Command) {
	f.failOn = level{diag.Error}
	f.format = choice{value: "text", kind: "FORMAT"}
	for _, format := range report.Formats() {
		f.format.choices = append(f.format.choices, format.Name)
	}
	cmd.Flags().Var(&f.failOn, "fail-on", "exit with 1 at this `LEVEL` or above: error, warning, info")
	completeWith(cmd, "fail-on", levels)
	f.format.register(cmd, "format", "print diagnostics in this `FORMAT`: text, to standard error; "+
		"json, github, sarif or markdown, to standard output")
}

// textFindings are those of a command that has no flags for them: text, on standard error.
func textFindings() *findings {
	return &findings{failOn: level{diag.Error}, format: choice{value: "text"}}
}

// load reads the catalog. It is nil if there are errors.
func (f *findings) load(cmd *cobra.Command, args []string) (*catalog.Catalog, diag.List, error) {
	file, list, err := configFor(args)
	if err != nil {
		return nil, list, err
	}
	f.catalog = catalogName(args, file)
	src, err := versions.Open(cmd.Context(), f.catalog, cmd.InOrStdin())
	if err != nil {
		if list.HasErrors() { // one of them may be why
			return nil, list, nil
		}
		return nil, list, err
	}
	c, found := pipeline.Load(src)
	list.Append(found)
	return c, list, nil
}

// name returns the catalog that a command reads, for a command that does not report on
// errspec.yaml: what is wrong with that file ends the command.
func (f *findings) name(cmd *cobra.Command, args []string) (string, error) {
	file, list, err := configFor(args)
	if err != nil {
		return "", err
	}
	f.catalog = catalogName(args, file)
	if list.HasErrors() {
		return "", f.judge(cmd, &list)
	}
	return f.catalog, nil
}

// readConfig reads the errspec.yaml that applies here.
func readConfig() (*config.Config, diag.List, error) {
	path, err := config.Find(".")
	if err != nil {
		return nil, diag.List{}, err
	}
	return config.Read(path)
}

// configFor reads errspec.yaml for a command that needs no more of it than the catalog. If an
// argument names the catalog, the file does not matter.
func configFor(args []string) (*config.Config, diag.List, error) {
	if len(args) > 0 {
		return &config.Config{}, diag.List{}, nil
	}
	return readConfig()
}

// catalogName returns the catalog that an argument names, else the one of errspec.yaml.
func catalogName(args []string, file *config.Config) string {
	if len(args) > 0 {
		return args[0]
	}
	return file.CatalogPath()
}

// judge prints all diagnostics at once, because a program reads one document. The error is
// errFindings if the command must fail.
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
	options := report.Options{
		Color:    colored(w),
		Version:  version(),
		Command:  cmd.Name(),
		Catalog:  f.catalog,
		Severest: f.severest,
	}
	if dir, err := os.Getwd(); err == nil {
		options.Dir, options.Root = dir, repositoryOf(dir)
	}
	return format.Write(painted(w), list, options)
}

// repositoryOf returns the folder of the git repository that a folder is in, or "". Git itself
// would be asked in vain where it is most needed: in the containers of CI, it is often not there,
// or trusts no folder of another user's.
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

// remark prints what is no diagnostic: among the diagnostics if their format has room for it, else
// to standard error.
func (f *findings) remark(cmd *cobra.Command, text string) error {
	if remark := f.chosen().Remark; remark != nil {
		return remark(cmd.OutOrStdout(), text)
	}
	return note(cmd, "%s", unseen.Line(text))
}

func (f *findings) chosen() report.Format {
	all := report.Formats()
	// the flag takes no other
	return all[slices.IndexFunc(all, func(a report.Format) bool { return a.Name == f.format.value })]
}
