package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/versions"
)

// againstHelp says what --against takes, for the commands that have it.
const againstHelp = `X is a file, a folder that holds the catalog, or a file in a Go module (mod:…) if there is one of that name, else a git
revision: main, v1.2.0, HEAD~3, or with a path from the root of the repository origin/main:api/catalog.yaml. git:X is always
a revision. It is read from git's objects: the work tree is not touched, and what the catalog includes is read at that
revision as well. Git fetches nothing and runs nothing that the repository's configuration names, and has a minute for it. A
catalog that did not exist at the revision is all new, unless a file that is gone since was at least half the same.`

func newBreaking() *cobra.Command {
	var (
		found    findings
		against  string
		category = choice{value: string(rule.Contract), choices: []string{string(rule.Source), string(rule.Contract), string(rule.Wire)}, kind: "CATEGORY"}
	)
	cmd := &cobra.Command{
		Use:   "breaking [CATALOG] --against X",
		Short: "Report what would break clients",
		Long: `Breaking compares a catalog with another edition of it, and reports each change with its place now and its place before.

` + againstHelp + `

The category says whose promises are kept:

  wire      clients that know codes, statuses and type URIs, and where they stand in the JSON
  contract  those, and clients that read all of it: messages, params, constants of the envelope, headers, retries
  source    those, and callers of the generated Go package: they should still compile

What breaks nobody, such as a new code, is told as info. Codes that were experimental before are exempt. A change that is meant
is accepted in the new edition, with a reason: by a comment ` + "`# errspec:accept RULE REASON`" + ` above its code or its tombstone, or in
lint.accept. Acceptances that accept nothing any more are reported.

Findings are printed as those of lint are. The exit status is 1 if there are any of the level of --fail-on, and 2 if the other
edition could not be read.`,
		Example: `  errspec breaking --against main
  errspec breaking --against origin/main --category source --format github
  errspec breaking api/errors.yaml --against v1.2.0:errors.yaml --fail-on warning`,
		Args: oneOf("catalog"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if against == "" {
				return usageError(cmd, "compare with what? Give --against a file, a folder, mod:MODULE@VERSION/PATH or a git revision")
			}
			before, after, err := found.editions(cmd, args, against)
			if err != nil {
				return err
			}
			var list diag.List
			if before.Resolved != nil {
				list = breaking.Review(before, after, rule.Category(category.value))
			}
			return found.judge(cmd, &list)
		},
	}
	cmd.Flags().StringVar(&against, "against", "", "compare with `X`: a file, a folder, a file in a Go module (mod:…), or a git revision")
	cmd.Flags().Var(&category, "category", "report what breaks `CATEGORY`: source, contract or wire; each takes in those after it")
	found.register(cmd)
	return cmd
}

// editions reads a catalog and the edition that it is compared with. If that one did not exist it is the zero Edition, which is
// said aloud. What is wrong with either is printed; the error is errFindings if the catalog itself is to blame.
func (f *findings) editions(cmd *cobra.Command, args []string, against string) (before, after breaking.Version, err error) {
	src, err := versions.Open(cmd.Context(), catalogName(args), cmd.InOrStdin())
	if err != nil {
		return before, after, err
	}
	base, err := versions.Against(cmd.Context(), against, catalogName(args), cmd.InOrStdin())
	if err != nil {
		return before, after, err
	}
	if base.Source != nil {
		base.File.Order = behind
	}
	before, after, wrong, list := pipeline.Editions(base.Source, src)
	if err := base.Close(); err != nil {
		return before, after, err
	}
	for _, remark := range base.Remarks {
		if err := f.remark(cmd, remark); err != nil {
			return before, after, err
		}
	}
	if !list.HasErrors() && !wrong.HasErrors() {
		return before, after, nil
	}
	return before, after, f.broken(cmd, base.Name, list, wrong)
}

// behind is the place of an old edition's files among all: what is wrong with the catalog itself comes first.
const behind = 1 << 20

// broken prints why two editions can not be compared. Warnings are lint's business.
func (f *findings) broken(cmd *cobra.Command, name string, list, base diag.List) error {
	var errs diag.List
	for _, l := range []diag.List{list, base} {
		for _, d := range l.All() {
			if d.Severity == diag.Error {
				errs.Add(d)
			}
		}
	}
	if err := f.print(cmd, &errs); err != nil {
		return err
	}
	if list.HasErrors() {
		return errFindings
	}
	return errors.New("the catalog can not be compared with what it was at " + name + ": that has errors")
}
