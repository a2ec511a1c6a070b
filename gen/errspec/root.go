package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/errspec/errspec/gen/internal/diag"
)

// errFindings ends a command that has printed what it found. Every other error is printed by main.
var errFindings = errors.New("there are findings")

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "errspec",
		Short: "Compile an error catalog into Go, Markdown, JSON Schema and data",
		Long: `Errspec compiles an error catalog: one YAML file says which errors an API has, and what servers return, clients match and
the reference says is made of it, so that they agree.

CATALOG is a file (catalog.yaml if none is named), - for standard input, or a file in a Go module:
mod:MODULE@VERSION/PATH, or mod:MODULE/PATH for the version in the build list.

The exit status is 0 if all is well, 1 if there are findings or files that are out of date, 2 if errspec was called wrongly
or could not read or write.`,
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.RunE = func(_ *cobra.Command, args []string) error {
		if len(args) > 0 {
			return usageError(root, "there is no command %q%s", args[0], diag.DidYouMean(args[0], commandNames(root)))
		}
		return root.Help()
	}
	// It runs, to have its own words for a command that there is none of; alone it is no way to call it.
	root.SetUsageTemplate(strings.Replace(root.UsageTemplate(), "{{if .Runnable}}", "{{if and .Runnable .HasParent}}", 1))
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		var unknown *pflag.NotExistError
		if errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "" {
			return usageError(cmd, "there is no flag --%s%s", unknown.GetSpecifiedName(), diag.DidYouMean("--"+unknown.GetSpecifiedName(), flagNames(cmd)))
		}
		return usageError(cmd, "%w", err)
	})
	root.AddCommand(newGenerate(), newLint(), newBreaking(), newChangelog(), newExplain(), newRules(), newFmt(), newInit(), newServe(), newVersion())
	return root
}

// usageError says that a command was called wrongly, and where to read how it is called.
func usageError(cmd *cobra.Command, format string, args ...any) error {
	return fmt.Errorf("%w; see %s --help", fmt.Errorf(format, args...), cmd.CommandPath())
}

func commandNames(root *cobra.Command) []string {
	var names []string
	for _, cmd := range root.Commands() {
		names = append(names, cmd.Name())
	}
	return names
}

func flagNames(cmd *cobra.Command) []string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	return names
}

// oneOf allows a command one argument, such as a catalog, or none.
func oneOf(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > 1 {
			return usageError(cmd, "one %s at a time: %s is one too many", what, args[1])
		}
		return nil
	}
}

// noArgs allows a command flags alone.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError(cmd, "%s takes flags alone: %s is too much", cmd.CommandPath(), args[0])
	}
	return nil
}
