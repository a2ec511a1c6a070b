package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/changelog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/versions"
)

// A changelogRequest is one call of changelog: its flags.
type changelogRequest struct {
	against, since, reference string
	format                    choice
}

func newChangelog() *cobra.Command {
	r := &changelogRequest{format: choice{
		value: "markdown", choices: []string{"markdown", "json"}, kind: "FORMAT",
	}}
	cmd := &cobra.Command{
		Use:        "changelog [CATALOG] (--against X | --since REF)",
		SuggestFor: []string{"log", "history", "changes", "news"},
		Short:      "Tell the users of the API what changed",
		Long: `Changelog prints what changed in a catalog, for the users of the API: what was added,
renamed, deprecated, retired, changed and fixed, with links to the reference. It marks changes that
break clients, and omits internal codes.

With --against there is one section, with the differences from X.

` + againstHelp + `

With --since, which takes a git revision, there is a section for each tag after it, the newest
first, with the date of its commit. Commits after the last tag that change the catalog have a
section each. If REF is a tag such as billing/v1.0.0, only tags that begin with billing/ count; if
REF has no slash, only tags without a slash. Uncommitted changes are omitted. errspec skips a
revision whose catalog has errors, with a note, and reports its changes with the next one.

Links lead to the catalog's docs_url, or to --reference. The JSON is described by
https://github.com/errspec/errspec/blob/main/gen/internal/changelog/changelog.schema.json`,
		Example: `  errspec changelog --against v1.2.0
  errspec changelog --since v1.0.0 --reference errors.md > CHANGELOG-errors.md`,
		Args: oneOf("catalog"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if (r.against == "") == (r.since == "") {
				return usageError(cmd, "name the version to compare with: either --against or --since")
			}
			if problem := mdtext.URLProblem(r.reference); r.reference != "" && problem != "" {
				return usageError(cmd, "--reference: the link %q %s", r.reference, problem)
			}
			releases, err := r.releases(cmd, args)
			if err != nil {
				return err
			}
			write := changelog.Markdown
			if r.format.value == "json" {
				write = changelog.JSON
			}
			_, err = cmd.OutOrStdout().Write(write(releases, r.reference))
			return err
		},
	}
	cmd.Flags().StringVar(&r.against, "against", "",
		"compare with `X`: a file, a folder, a file in a Go module (mod:…), or a git revision")
	complete(cmd, "against", completeRefs(true))
	cmd.Flags().StringVar(&r.since, "since", "", "report the revisions after the git revision `REF`")
	complete(cmd, "since", completeRefs(false))
	cmd.Flags().StringVar(&r.reference, "reference", "",
		"the `URL` of the reference, for links (default: the catalog's docs_url)")
	r.format.register(cmd, "format", "print the changelog in this `FORMAT`: markdown or json")
	return cmd
}

func (r *changelogRequest) releases(
	cmd *cobra.Command, args []string,
) ([]changelog.Release, error) {
	if r.since != "" {
		name, err := textFindings().name(cmd, args)
		if err != nil {
			return nil, err
		}
		return history(cmd, name, r.since)
	}
	before, after, err := textFindings().versions(cmd, args, r.against)
	if err != nil {
		return nil, err
	}
	release := changelog.NewRelease(before.Resolved, after.Resolved)
	release.Name = "Since " + r.against
	return []changelog.Release{release}, nil
}

// history compares each revision with the one before.
func history(cmd *cobra.Command, name, since string) (releases []changelog.Release, err error) {
	h, err := versions.Since(cmd.Context(), name, since)
	if err != nil {
		return nil, err
	}
	defer func() {
		if closed := h.Close(); err == nil {
			err = closed
		}
	}()
	s := steps{cmd: cmd, history: h}
	if h.Base != nil {
		c, wrong := pipeline.Load(h.Base)
		if err := h.Failure(); err != nil {
			return nil, err
		}
		if c == nil {
			return nil, textFindings().broken(cmd, since, diag.List{}, wrong)
		}
		s.before = c
	}
	s.now = s.before
	if err := h.Each(s.step); err != nil {
		return nil, err
	}
	if s.now == nil {
		return nil, fmt.Errorf("there is no catalog %s in the history of HEAD since %s", name, since)
	}
	for _, p := range s.since { // no tag came after them
		s.release(p.revision, p.catalog)
	}
	slices.Reverse(s.releases)
	return s.releases, s.noteUncommitted(name)
}

// noteUncommitted prints a note if the catalog on disk says more than that of the last commit:
// people edit it, look at the changelog, and wonder.
func (s *steps) noteUncommitted(name string) error {
	// It may have been removed or renamed: then there is nothing to say.
	src, _ := versions.Open(s.cmd.Context(), name, nil)
	c := resolved(src)
	if c == nil || len(changelog.NewRelease(s.now, c).Changes) == 0 {
		return nil
	}
	return note(s.cmd, "the uncommitted changes of %s are omitted; "+
		"errspec changelog --against HEAD shows them", name)
}

// steps are the revisions of a catalog, as releases.
type steps struct {
	cmd      *cobra.Command
	history  *versions.History
	before   *catalog.Catalog // at the last release
	now      *catalog.Catalog // at the last revision
	since    []pending        // the revisions since the last release
	releases []changelog.Release
}

// A pending is a revision that is a section of its own unless a tag comes after it.
type pending struct {
	revision versions.Revision
	catalog  *catalog.Catalog
}

// step goes on to the next revision.
func (s *steps) step(rev versions.Revision) error {
	c := resolved(rev.Source)
	if err := s.history.Failure(); err != nil {
		return fmt.Errorf("reading the catalog at %s: %w", rev.Name, err)
	}
	switch {
	case c != nil:
		s.now = c
	case rev.Source != nil:
		if err := note(s.cmd, "the catalog has errors at %s; skipping it", rev.Name); err != nil {
			return err
		}
	}
	if rev.Tagged && s.now != nil {
		s.since = nil
		s.release(rev, s.now)
	} else if c != nil {
		s.since = append(s.since, pending{rev, c})
	}
	return nil
}

// release makes a section of what changed since the last one, if anything did.
func (s *steps) release(rev versions.Revision, now *catalog.Catalog) {
	r := changelog.NewRelease(s.before, now)
	r.Name, r.Commit, r.Date = rev.Name, rev.Commit, rev.Date
	s.before = now
	if len(r.Changes) > 0 {
		s.releases = append(s.releases, r)
	}
}

// resolved reads a catalog of the history; nil if there is none, or if it has errors.
func resolved(src *source.Source) *catalog.Catalog {
	if src == nil {
		return nil
	}
	c, _ := pipeline.Load(src)
	return c
}
