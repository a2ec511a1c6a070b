package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/breaking"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/unseen"
	"github.com/errspec/errspec/gen/internal/versions"
)

// againstHelp says what --against takes, for the commands that have it.
const againstHelp = `X is a file, a folder that holds the catalog, or a file in a Go module
(mod:…). Otherwise X is a git revision, such as main, v1.2.0 or HEAD~3, or a revision and a path
from the root of the repository, such as origin/main:api/catalog.yaml. git:X is always a revision.
errspec reads the revision from git's objects, with the files that the catalog includes there; it
does not touch the work tree. Git may take one minute, fetches nothing, and runs no program that the
repository's configuration names. If the revision has no such catalog, errspec compares with a file
removed since that is at least half the same; if there is no such file, every code is new.`

func newBreaking() *cobra.Command {
	var (
		found    findings
		against  string
		category = choice{value: string(rule.Contract), choices: categoryNames(), kind: "CATEGORY"}
	)
	cmd := &cobra.Command{
		Use:        "breaking [CATALOG] --against X",
		SuggestFor: []string{"diff", "compare", "compat", "compatibility"},
		Short:      "Report what would break clients",
		Long: `Breaking compares a catalog with another version of it, and reports each change with its
position now and its position before, the most severe first.

` + againstHelp + `

The category says whose code must keep working:

  wire      clients that know codes, statuses and type URIs, and where they are in the JSON
  contract  wire, and clients that read the rest of the JSON: messages, params, constants of the
            envelope, headers, retries
  source    contract, and callers of the generated code, in each language that errspec.yaml has an
            output for, or in all languages if it has none. source.go, source.typescript and
            source.python protect callers in one language

Changes that break nobody, such as a new code, are reported as info. Codes that were experimental
are exempt. To accept a change, write ` + "`# errspec:accept RULE REASON`" + ` above its code or
tombstone, or use lint.accept; the summary counts accepted changes. Breaking reports an
acceptance that matches no change.

The formats are those of lint. --format markdown prints a table for a comment on a pull request. The
exit status is 1 if a diagnostic has the level of --fail-on, and 2 if errspec cannot read the other
version.`,
		Example: `  errspec breaking --against main
  errspec breaking --against origin/main --category source --format github
  errspec breaking api/errors.yaml --against v1.2.0:errors.yaml --fail-on warning`,
		Args: oneOf("catalog"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if against == "" {
				return usageError(cmd, "name the other version: --against a file, a folder, "+
					"mod:MODULE@VERSION/PATH or a git revision")
			}
			before, after, err := found.versions(cmd, args, against)
			if err != nil {
				return err
			}
			var list diag.List
			if before.Resolved != nil {
				categories, err := categoriesOf(category.value)
				if err != nil {
					return err
				}
				list = breaking.Review(before, after, categories...)
			}
			found.severest = true
			if err := found.judge(cmd, &list); err != nil || list.Len() > 0 || list.Accepted > 0 {
				return err
			}
			return success(cmd, "no changes for clients since %s", unseen.Line(against))
		},
	}
	cmd.Flags().StringVar(&against, "against", "",
		"compare with `X`: a file, a folder, a file in a Go module (mod:…), or a git revision")
	complete(cmd, "against", completeRefs(true))
	category.register(cmd, "category", "report what breaks this `CATEGORY`: "+
		"source, source.LANGUAGE, contract or wire; each includes those after it")
	found.register(cmd)
	return cmd
}

func categoryNames() (names []string) {
	for _, c := range rule.Categories() {
		names = append(names, string(c))
	}
	return names
}

// categoriesOf returns the categories that a name stands for. If a project says which languages it
// generates, source stands for these.
func categoriesOf(name string) ([]rule.Category, error) {
	if rule.Category(name) != rule.Source {
		return []rule.Category{rule.Category(name)}, nil
	}
	file, _, err := readConfig()
	if err != nil {
		return nil, err
	}
	var categories []rule.Category
	for _, o := range file.Outputs.All() {
		if c := rule.Source + "." + rule.Category(o.Name); c.IsSource() {
			categories = append(categories, c)
		}
	}
	if categories == nil {
		categories = []rule.Category{rule.Source}
	}
	return categories, nil
}

// versions reads a catalog and the version that it is compared with, which is the zero Version if
// it does not exist. What is wrong with either is printed; the error is errFindings if the catalog
// itself is wrong.
func (f *findings) versions(
	cmd *cobra.Command, args []string, against string,
) (before, after breaking.Version, err error) {
	name, err := f.name(cmd, args)
	if err != nil {
		return before, after, err
	}
	src, err := versions.Open(cmd.Context(), name, cmd.InOrStdin())
	if err != nil {
		return before, after, err
	}
	base, err := versions.Against(cmd.Context(), against, name, cmd.InOrStdin())
	if err != nil {
		return before, after, err
	}
	if base.Source != nil {
		base.File.Order = behind
	}
	before, after, wrong, list := pipeline.Versions(base.Source, src)
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

// behind puts the files of the other version after those of the catalog itself.
const behind = 1 << 20

// broken prints why two versions cannot be compared. It omits warnings, which lint reports.
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
	return errors.New("cannot compare with the catalog at " + name + ": it has errors")
}
