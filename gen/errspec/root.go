package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
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
		Long: `Errspec compiles an error catalog. One YAML file describes the errors of an API. From it,
errspec generates what servers return, what clients match and what the reference says.

  errspec init       write a catalog to start from
  errspec generate   write the outputs that errspec.yaml names
  errspec serve      show the reference in a browser

CATALOG is a file, - for standard input, or a file in a Go module: mod:MODULE@VERSION/PATH, or
mod:MODULE/PATH for the version in the build list. Without it, commands read the catalog that
errspec.yaml names, or catalog.yaml.

The exit status is 0 on success, 1 if there are errors or files out of date, and 2 for wrong usage
or if errspec cannot read or write a file.`,
		Version:       version(),
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetVersionTemplate("errspec {{.Version}}\n")
	root.PersistentFlags().BoolP("quiet", "q", false,
		"print only diagnostics and results: no notes, patches or success messages")
	root.RunE = func(_ *cobra.Command, args []string) error {
		if len(args) > 0 {
			hint := commandHint(root, args[0])
			if isFile(args[0]) {
				hint = "; put a command before the file, as in errspec lint " + args[0]
			}
			return usageError(root, "unknown command %q%s", args[0], hint)
		}
		return root.Help()
	}
	// It runs, to have its own words for an unknown command; the usage does not offer it alone.
	root.SetUsageTemplate(strings.Replace(root.UsageTemplate(),
		"{{if .Runnable}}", "{{if and .Runnable .HasParent}}", 1))
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		var unknown *pflag.NotExistError
		if errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() == "" {
			return usageError(cmd, "unknown flag --%s%s", unknown.GetSpecifiedName(),
				flagHint(cmd, unknown.GetSpecifiedName()))
		}
		var invalid *pflag.InvalidValueError
		if errors.As(err, &invalid) && invalid.GetFlag().Value.Type() == "bool" {
			return usageError(cmd, "invalid argument %q for \"--%s\" flag: must be true or false",
				invalid.GetValue(), invalid.GetFlag().Name)
		}
		return usageError(cmd, "%w", err)
	})
	root.AddCommand(newGenerate(), newLint(), newBreaking(), newChangelog(),
		newExplain(), newRules(), newFmt(), newInit(), newServe(), newVersion())
	refuseUnknown(root)
	return root
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}

// refuseUnknown has cobra's own commands refuse what they do not know: they would print a help, and
// succeed.
func refuseUnknown(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd("help") // any argument makes cobra add the command
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "help":
			cmd.Args = func(_ *cobra.Command, args []string) error {
				if found, _, err := root.Find(args); len(args) > 0 && (err != nil || found == root) {
					return usageError(root, "unknown command %q%s", args[0], commandHint(root, args[0]))
				}
				return nil
			}
		case "completion":
			cmd.Args = cobra.ArbitraryArgs
			cmd.RunE = func(_ *cobra.Command, args []string) error {
				if len(args) > 0 {
					return usageError(cmd, "unknown shell %q%s", args[0], commandHint(cmd, args[0]))
				}
				return cmd.Help()
			}
		}
	}
}

// usageError says that a command was called wrongly, and where to read how it is called.
func usageError(cmd *cobra.Command, format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	if strings.HasSuffix(err.Error(), "?") {
		return fmt.Errorf("%w See %s --help", err, cmd.CommandPath())
	}
	return fmt.Errorf("%w; see %s --help", err, cmd.CommandPath())
}

// commandHint suggests a command: the one that other tools call so, else the only one that begins
// like it, else the one that is spelt like it.
func commandHint(root *cobra.Command, name string) string {
	var names, longer []string
	for _, cmd := range root.Commands() {
		if slices.Contains(cmd.SuggestFor, strings.ToLower(name)) {
			return fmt.Sprintf("; did you mean %q?", cmd.Name())
		}
		names = append(names, cmd.Name())
		if name != "" && strings.HasPrefix(cmd.Name(), strings.ToLower(name)) {
			longer = append(longer, cmd.Name())
		}
	}
	if len(longer) == 1 {
		return fmt.Sprintf("; did you mean %q?", longer[0])
	}
	return diag.DidYouMean(name, names)
}

// otherFlags are what other tools call a flag of ours, by command.
var otherFlags = map[string]map[string]string{
	"serve":     {"port": "addr", "host": "addr", "bind": "addr", "listen": "addr"},
	"lint":      {"json": "format", "output": "format", "strict": "fail-on"},
	"breaking":  {"base": "against", "since": "against", "from": "against", "json": "format"},
	"changelog": {"from": "since", "base": "against", "json": "format"},
	"generate":  {"dry-run": "check", "diff": "check", "force": "adopt", "overwrite": "adopt"},
	"fmt":       {"dry-run": "check", "diff": "check"},
	"rules":     {"json": "format"},
}

// flagHint suggests a flag: the one that other tools call so, else the one that is spelt like it.
func flagHint(cmd *cobra.Command, name string) string {
	if meant := otherFlags[cmd.Name()][strings.ToLower(name)]; meant != "" {
		return fmt.Sprintf("; did you mean \"--%s\"?", meant)
	}
	return diag.DidYouMean("--"+name, flagNames(cmd))
}

func flagNames(cmd *cobra.Command) []string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	return names
}

// oneOf allows a command at most one argument, such as a catalog.
func oneOf(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > 1 {
			return usageError(cmd, "accepts at most one %s, got %d", what, len(args))
		}
		return nil
	}
}

// noArgs allows a command only flags.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError(cmd, "accepts no arguments, got %q", args[0])
	}
	return nil
}
