package main

import (
	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/unseen"
)

func newLint() *cobra.Command {
	var found findings
	cmd := &cobra.Command{
		Use:        "lint [CATALOG]",
		SuggestFor: []string{"validate", "check", "verify", "vet", "test"},
		Short:      "Report everything that is wrong with a catalog",
		Long: `Lint reports all diagnostics of a catalog at once. Each has a position, and most say what
to do. Lint prints the 1000 most severe ones, and counts all.

Text goes to standard error. The other formats go to standard output, even if there are no
diagnostics:

  json      an object with all diagnostics and counts, described by
            https://github.com/errspec/errspec/blob/main/gen/internal/report/findings.schema.json
  github    workflow commands, which GitHub Actions shows as annotations
  sarif     SARIF 2.1.0, with all rules and their examples
  markdown  a table, for a comment on a pull request

github and sarif name files from the root of the git repository, wherever errspec runs. SARIF has
its own category for each command and catalog, so that one upload does not replace another.`,
		Example: `  errspec lint
  errspec lint --fail-on warning --format sarif > errspec.sarif`,
		Args: oneOf("catalog"),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, list, err := found.load(cmd, args)
			if err != nil {
				return err
			}
			if err := found.judge(cmd, &list); err != nil || c == nil {
				return err
			}
			return success(cmd, "%s: %s checked", unseen.Line(found.catalog), count(c.Len(), "code"))
		},
	}
	found.register(cmd)
	return cmd
}
