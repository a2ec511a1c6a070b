package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/changelog"
	"github.com/errspec/errspec/gen/internal/config"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/inject"
	"github.com/errspec/errspec/gen/internal/output"
	"github.com/errspec/errspec/gen/internal/pagetemplate"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/unseen"
	"github.com/errspec/errspec/gen/internal/versions"
)

// A generation is one call of generate: its flags.
type generation struct {
	findings
	emitters []pipeline.Emitter
	paths    []outputPath // by emitter; empty where no flag names it
	inject   filePaths
	pkg      string
	server   bool
	client   bool
	tests    bool
	helpers  bool
	dialect  choice
	template outputPath
	history  outputPath
	index    choice
	check    bool
	adopt    bool
}

func newGenerate() *cobra.Command {
	g := &generation{emitters: pipeline.Emitters()}
	cmd := &cobra.Command{
		Use:        "generate [CATALOG]",
		SuggestFor: []string{"gen", "build", "compile", "make", "emit", "write", "regen"},
		Short:      "Write the outputs of a catalog",
		Long: `Generate writes the outputs that errspec.yaml names, or those that flags name. It writes
all of them, or prints diagnostics and changes nothing.

  # errspec.yaml
  outputs:
    go: apierr                       # or {dir: apierr, package: apierr, test_helpers: true}
    markdown: docs/errors.md
    json: errors.json

Each key below outputs is a flag of this command. The keys catalog, inject, template, history and
dialect are at the top level. Paths are relative to errspec.yaml, which may also be named
.errspec.yaml. Generate uses the one in the current folder, or in the nearest folder above it; the
search ends at the first folder with a catalog.yaml, a go.mod or a .git. Flags win: if a flag names
an output, generate ignores the outputs in errspec.yaml and their options.

Generate never overwrites a file that errspec did not write (--adopt allows it), and does not touch
a file whose content is up to date. In an output folder, it removes files that it wrote earlier and
no longer writes. One FILE may be -, for standard output.

With --inject, generate replaces the text between two markers in a hand-written Markdown file:

  [//]: # (errspec:begin codes group=files)
  [//]: # (errspec:end)

The blocks are envelope, statuses, codes, codes group=ID, code CODE and retry.`,
		Example: `  errspec generate
  errspec generate --check
  errspec generate --go apierr --markdown errors.md
  errspec generate --json - | jq .errors
  errspec generate mod:github.com/acme/api@v1.4.0/catalog.yaml --go .`,
		Args: oneOf("catalog"),
		RunE: func(cmd *cobra.Command, args []string) error { return g.run(cmd, args) },
	}
	g.register(cmd)
	return cmd
}

func (g *generation) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	g.template.input, g.history.input = true, true
	g.paths = make([]outputPath, len(g.emitters))
	for i, e := range g.emitters {
		g.paths[i] = outputPath{kind: "FILE", stdout: !e.Dir}
		if e.Dir {
			g.paths[i].kind = "DIR"
		}
		flags.Var(&g.paths[i], e.Name, e.Doc)
	}
	flags.Var(&g.inject, "inject", "refresh the marked blocks in this hand-written `FILE`; repeatable")
	g.dialect = choice{choices: []string{"gfm", "mdx", "docusaurus"}, kind: "DIALECT"}
	g.dialect.register(cmd, "dialect", "write Markdown in this `DIALECT`: "+
		"gfm, mdx or docusaurus (default: Markdown that all renderers show alike)")
	g.template.kind, g.history.kind = "FILE", "FILE"
	flags.Var(&g.template, "template",
		"a Go text/template that replaces the reference page, or pieces of it")
	flags.Var(&g.history, "history", "show the history of each code on its page; "+
		"`FILE` is the output of errspec changelog --format json")
	g.index = choice{choices: []string{"index", "_index", "README"}, kind: "NAME"}
	g.index.register(cmd, "pages-index",
		"`NAME` of the index of --pages: index (default), _index for Hugo, README for GitHub")
	flags.StringVar(&g.pkg, "package", "",
		"`NAME` of the Go package (default: that of the Go files in DIR, else DIR's last element)")
	flags.BoolVar(&g.server, "go-server", true,
		"write what servers need into the Go package: constructors, Write and more")
	flags.BoolVar(&g.client, "go-client", true,
		"write what clients need into the Go package: Decode, retries and more")
	flags.BoolVar(&g.tests, "go-tests", true, "write the Go package's tests, too")
	flags.BoolVar(&g.helpers, "go-test-helpers", false,
		"write a package of test helpers for users of the Go package")
	flags.BoolVar(&g.check, "check", false,
		"write nothing; show what is missing, stale or orphaned, and exit with 1 if anything is")
	flags.BoolVar(&g.adopt, "adopt", false, "take over existing files that errspec did not write")
	g.findings.register(cmd)
}

func (g *generation) run(cmd *cobra.Command, args []string) error {
	file, list, err := readConfig()
	if err != nil {
		return err
	}
	g.catalog = catalogName(args, file)
	var req *request
	if !list.HasErrors() {
		var wrong diag.List
		if req, wrong, err = g.request(cmd, file); err != nil {
			return err
		}
		list.Append(wrong)
	}
	if list.HasErrors() {
		return g.judge(cmd, &list)
	}
	own, found, err := req.ownFiles()
	if err != nil {
		return err
	}
	list.Append(found)
	req.options.Markdown.Template, req.options.History = own.template, own.history
	src, err := versions.Open(cmd.Context(), g.catalog, cmd.InOrStdin())
	if err != nil {
		return err
	}
	var enabled []string
	isPages := func(r pipeline.Request) bool { return r.Emitter.Name == "pages" }
	if slices.ContainsFunc(req.outputs, isPages) {
		enabled = append(enabled, rule.DocsURLPages)
	}
	c, found := pipeline.Load(src, enabled...)
	list.Append(found)
	var made made
	if !list.HasErrors() {
		if made, err = req.generate(c, own); err != nil {
			if err := list.Take(err); err != nil {
				return err
			}
		}
	}
	programReads := g.check && g.chosen().Machine // one document: with what is wrong on disk
	if list.HasErrors() || !programReads {
		if err := g.judge(cmd, &list); err != nil {
			return err
		}
	}
	plan, err := output.Compare(made.outputs, req.inputs(src, file), g.adopt)
	if err != nil {
		return err
	}
	switch {
	case programReads:
		return g.reportStale(cmd, plan, list)
	case g.check:
		return reportPatch(cmd, plan)
	}
	if err := plan.Commit(); err != nil {
		return err
	}
	if made.stdout != nil {
		_, err := exact(cmd.OutOrStdout()).Write(made.stdout)
		return err
	}
	return success(cmd, "%s, %s, %d changed", count(c.Len(), "code"),
		count(len(plan.Changes)+plan.Unchanged, "file"), len(plan.Changes))
}

// made is what generate has made.
type made struct {
	outputs []output.Output
	stdout  []byte // nil: nothing
}

// generate returns all outputs, or all that is wrong with the user's own files.
func (r *request) generate(c *catalog.Catalog, own ownFiles) (made, error) {
	var m made
	liftMemoryLimit()
	outputs, err := pipeline.Generate(c, r.outputs, r.options)
	injected, err2 := pipeline.Inject(c, own.pages, own.paths, r.options)
	var found diag.List
	err, err2 = found.Take(err), found.Take(err2)
	if err := errors.Join(err, err2, found.Err()); err != nil {
		return m, err
	}
	m.outputs = append(outputs, injected...)
	if r.stdout != nil {
		single, err := pipeline.Generate(c, []pipeline.Request{*r.stdout}, r.options)
		if err != nil {
			return m, err
		}
		m.stdout = single[0].Files[0].Data
	}
	return m, nil
}

// inputs returns the files that were read, but for the pages, which are outputs as well.
func (r *request) inputs(src *source.Source, file *config.Config) []output.Input {
	var inputs []output.Input
	for _, path := range src.OnDisk() {
		inputs = append(inputs, output.Input{Name: "a file of the catalog", Path: path})
	}
	if r.template.path != "" {
		inputs = append(inputs, output.Input{Name: "the template", Path: r.template.path})
	}
	if r.history.path != "" {
		inputs = append(inputs, output.Input{Name: "the history", Path: r.history.path})
	}
	if file.Path != "" {
		inputs = append(inputs, output.Input{Name: "the configuration", Path: file.Path})
	}
	return inputs
}

// ownFiles are what the user has written for errspec beside the catalog.
type ownFiles struct {
	template *pagetemplate.Set // nil: none
	history  reference.History // nil: none
	pages    []*inject.Page    // those that could be read
	paths    []string          // of the pages
}

// ownFiles reads the user's files, and reports what is wrong with them as they stand.
func (r *request) ownFiles() (own ownFiles, list diag.List, err error) {
	order := ownOrder
	read := func(f ownFile) (*diag.File, error) {
		file, err := source.Read(f.path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
		file.Order = order
		order++
		return file, nil
	}
	if r.template.path != "" {
		file, err := read(r.template)
		if err != nil {
			return own, list, err
		}
		set, found := pagetemplate.Parse(file)
		own.template = set
		list.Append(found)
	}
	if r.history.path != "" {
		file, err := read(r.history)
		if err != nil {
			return own, list, err
		}
		own.history, err = changelog.ReadHistory(file.Bytes())
		if err != nil {
			return own, list, fmt.Errorf("%s: %w; "+
				"write the file with errspec changelog --since REF --format json", r.history.name, err)
		}
	}
	for _, p := range r.pages {
		file, err := read(p)
		if err != nil {
			return own, list, err
		}
		page, found := inject.Parse(file)
		list.Append(found)
		if page != nil {
			own.pages, own.paths = append(own.pages, page), append(own.paths, p.path)
		}
	}
	return own, list, nil
}

// ownOrder puts diagnostics in the user's other files after those in the catalog's.
const ownOrder = 1 << 30

// reportStale prints all diagnostics for a program, with one for each file on disk that is not as
// it should be.
func (g *generation) reportStale(cmd *cobra.Command, plan *output.Plan, list diag.List) error {
	for i := range plan.Changes {
		c := &plan.Changes[i]
		file := diag.NewFile(filepath.ToSlash(c.Path), nil)
		file.Order = ownOrder<<1 + i
		span := diag.Span{File: file}
		if line := c.Line(); line > 0 {
			span = diag.Span{File: file, Line: line, Col: 1}
		}
		list.Add(diag.Diagnostic{
			Severity: diag.Error,
			Span:     span,
			Message:  "the file is " + string(c.State),
			Help:     "run errspec generate, and commit the result",
		})
	}
	return g.judge(cmd, &list)
}

// reportPatch names every file on disk that is not as it should be, on standard error, and prints
// the differences to standard output.
func reportPatch(cmd *cobra.Command, plan *output.Plan) error {
	for i := range plan.Changes {
		c := &plan.Changes[i]
		if _, err := fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n",
			unseen.Line(c.Path), c.State); err != nil {
			return err
		}
		if quiet(cmd) {
			continue
		}
		if _, err := cmd.OutOrStdout().Write(c.Diff()); err != nil {
			return err
		}
	}
	n := len(plan.Changes)
	files := count(n+plan.Unchanged, "file")
	if n == 0 {
		return success(cmd, "%s up to date", files)
	}
	if _, err := fmt.Fprintf(cmd.ErrOrStderr(),
		"%d of %s out of date; run errspec generate\n", n, files); err != nil {
		return err
	}
	return errFindings
}
