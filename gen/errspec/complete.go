package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/versions"
)

// completeWith has the shell complete a flag's value from a few.
func completeWith(cmd *cobra.Command, flag string, values []string) {
	complete(cmd, flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return values, cobra.ShellCompDirectiveNoFileComp
	})
}

// complete has the shell complete a flag's value.
func complete(cmd *cobra.Command, flag string, values cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(flag, values); err != nil {
		panic("errspec: " + err.Error()) // there is no such flag
	}
}

// completeRefs completes git revisions. With files, it lets the shell complete files as well.
func completeRefs(files bool) cobra.CompletionFunc {
	return func(cmd *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		directive := cobra.ShellCompDirectiveNoFileComp
		if files {
			directive = cobra.ShellCompDirectiveDefault
		}
		refs, err := versions.Refs(cmd.Context(), ".")
		if err != nil {
			return nil, directive
		}
		return withPrefix(refs, typed), directive
	}
}

// completeSubjects completes what explain explains: codes, then rules. The second argument is a
// file.
func completeSubjects(
	cmd *cobra.Command, args []string, typed string,
) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveDefault
	}
	var names []string
	file, _, err := readConfig()
	if err == nil {
		if src, err := versions.Open(cmd.Context(), file.CatalogPath(), cmd.InOrStdin()); err == nil {
			if c, _ := pipeline.Load(src); c != nil {
				names = knownCodes(c)
			}
		}
	}
	names = append(names, rule.IDs(rule.All())...)
	return withPrefix(names, typed), cobra.ShellCompDirectiveNoFileComp
}

func withPrefix(names []string, typed string) []string {
	return slices.DeleteFunc(names, func(name string) bool { return !strings.HasPrefix(name, typed) })
}
