package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/format"
	"github.com/errspec/errspec/gen/internal/output"
	"github.com/errspec/errspec/gen/internal/report"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/syntax"
	"github.com/errspec/errspec/gen/internal/unseen"
	"github.com/errspec/errspec/gen/internal/versions"
)

func newFmt() *cobra.Command {
	var check bool
	cmd := &cobra.Command{
		Use:        "fmt [CATALOG]",
		SuggestFor: []string{"format", "gofmt", "tidy", "prettier"},
		Short:      "Format a catalog",
		Long: `Fmt formats a catalog and the files that it includes: two spaces a level, lists indented
below their key, one space after - : and commas, none inside brackets, at most one blank line. It
keeps comments, quotes, the order of keys and the line breaks of texts. Brackets that span several
lines go on one line of at most 120 columns if they fit; otherwise they become a block.

Fmt never changes what the catalog says. It reports a file that it cannot read, or that is JSON, and
leaves it alone. With - it formats standard input to standard output, without included files.`,
		Example: `  errspec fmt
  errspec fmt --check api/catalog.yaml`,
		Args: oneOf("catalog"),
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := textFindings().name(cmd, args)
			if err != nil {
				return err
			}
			if strings.HasPrefix(name, "mod:") {
				return usageError(cmd, "%s belongs to another module; format it there", name)
			}
			return runFmt(cmd, name, check)
		},
	}
	cmd.Flags().BoolVar(&check, "check", false,
		"write nothing; show what is not formatted, and exit with 1 if anything is not")
	return cmd
}

func runFmt(cmd *cobra.Command, name string, check bool) error {
	src, err := versions.Open(cmd.Context(), name, cmd.InOrStdin())
	if err != nil {
		return err
	}
	files, list := formatted(src, name == source.Stdin)
	stderr := cmd.ErrOrStderr()
	if err := (report.Text{Color: colored(stderr)}).Write(painted(stderr), &list); err != nil {
		return err
	}
	switch {
	case check:
		err = reportLayout(cmd, files)
	case name == source.Stdin:
		for _, f := range files {
			_, err = exact(cmd.OutOrStdout()).Write(f.New)
		}
	default:
		err = rewrite(cmd, files)
	}
	if err == nil && list.HasErrors() {
		err = errFindings
	}
	return err
}

// formatted returns the files of a catalog with their new texts, and why some have none. Of a
// catalog on its own it returns the root file alone.
func formatted(src *source.Source, alone bool) ([]output.Rewriting, diag.List) {
	c, found := syntax.Parse(src)
	if c == nil {
		return nil, found
	}
	documents := c.Documents
	if alone {
		documents = documents[:1]
	}
	var (
		files  []output.Rewriting
		list   diag.List
		unread = map[*diag.File]bool{}
	)
	for _, d := range documents {
		if d.Root == nil {
			unread[d.File] = true
			continue
		}
		text, problems := format.Format(d.File, d.Root)
		list.Append(problems)
		if !problems.HasErrors() {
			name := filepath.FromSlash(d.File.Name)
			files = append(files, output.Rewriting{Path: name, Old: d.File.Bytes(), New: text})
		}
	}
	// that all files can be read is all that layout needs: the rest is lint's
	for _, d := range found.All() {
		if unread[d.Span.File] || !alone && strings.HasPrefix(d.Path, "include[") {
			list.Add(d)
		}
	}
	return files, list
}

func rewrite(cmd *cobra.Command, files []output.Rewriting) error {
	plan, err := output.Rewrite(files)
	if err != nil {
		return err
	}
	if err := plan.Commit(); err != nil {
		return err
	}
	return success(cmd, "%s, %d changed",
		count(len(plan.Changes)+plan.Unchanged, "file"), len(plan.Changes))
}

// reportLayout names every file that is not in canonical layout, to standard error, and prints the
// differences to standard output.
func reportLayout(cmd *cobra.Command, files []output.Rewriting) error {
	stderr, stdout := cmd.ErrOrStderr(), cmd.OutOrStdout()
	bad := 0
	for _, f := range files {
		if bytes.Equal(f.Old, f.New) {
			continue
		}
		bad++
		name := unseen.Line(f.Path)
		old, what := bytes.ReplaceAll(f.Old, []byte("\r\n"), []byte("\n")), "not formatted"
		if len(old) < len(f.Old) {
			what += ", and its lines end with CR LF"
		}
		if _, err := fmt.Fprintf(stderr, "%s: %s\n", name, what); err != nil {
			return err
		}
		if quiet(cmd) {
			continue
		}
		if _, err := stdout.Write(diff.Diff(name, old, name+" (formatted)", f.New)); err != nil {
			return err
		}
	}
	if bad == 0 {
		return nil
	}
	if _, err := fmt.Fprintf(stderr, "%d of %s not formatted; run errspec fmt\n",
		bad, count(len(files), "file")); err != nil {
		return err
	}
	return errFindings
}
