package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
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
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())
	})
	root.AddCommand(newGenerate(), newLint(), newBreaking(), newChangelog(), newExplain(), newRules(), newFmt(), newInit(), newServe(), newVersion())
	return root
}

// usageError says that a command was called wrongly, and where to read how it is called.
func usageError(cmd *cobra.Command, format string, args ...any) error {
	return fmt.Errorf("%s; see %s --help", fmt.Sprintf(format, args...), cmd.CommandPath())
}
