package main

import "github.com/spf13/cobra"

func newLint() *cobra.Command {
	var found findings
	cmd := &cobra.Command{
		Use:   "lint [CATALOG]",
		Short: "Report everything that is wrong with a catalog",
		Long: `Lint reports all findings at once, each with a place and a way out. No more than the 1000 most severe ones are printed; all are
counted.

Text goes to standard error. The formats for programs go to standard output, also if there are no findings:

  json    an object with findings and counts, described by
          https://github.com/errspec/errspec/blob/main/gen/internal/report/findings.schema.json
  github  workflow commands, of which GitHub Actions makes annotations
  sarif   SARIF 2.1.0, with all rules and their examples

The last two name files from the root of the git repository, as hosts do, wherever errspec runs; SARIF is of a category of its
own for each command and catalog, so that one upload does not replace another.`,
		Example: `  errspec lint
  errspec lint --fail-on warning --format sarif > errspec.sarif`,
		Args: oneOf("catalog"),
		RunE: func(cmd *cobra.Command, args []string) error {
			_, list, err := load(cmd, args)
			if err != nil {
				return err
			}
			return found.judge(cmd, &list)
		},
	}
	found.register(cmd)
	return cmd
}
