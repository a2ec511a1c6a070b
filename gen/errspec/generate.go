package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/emit/markdown"
	"github.com/errspec/errspec/gen/internal/inject"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/output"
	"github.com/errspec/errspec/gen/internal/pagetemplate"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/unseen"
)

// A generation is one call of generate: its flags.
type generation struct {
	findings
	emitters []pipeline.Emitter
	paths    []outputPath // by emitter; empty where it is not wanted
	inject   filePaths
	pkg      string
	server   bool
	client   bool
	tests    bool
	helpers  bool
	dialect  choice
	template outputPath
	index    choice
	check    bool
	adopt    bool
}

func newGenerate() *cobra.Command {
	g := &generation{emitters: pipeline.Emitters()}
	cmd := &cobra.Command{
		Use:   "generate [CATALOG]",
		Short: "Write what a catalog is compiled into",
		Long: `Generate writes at least one output. A catalog either yields all of them, or a list of diagnostics and no change on disk.
A file that errspec did not write is not overwritten, and a file whose content would not change is not touched. In an output
folder, files that errspec wrote and would not write any more are removed.

Of a page that somebody writes by hand (--inject), what stands between two markers is replaced, and nothing else:

  [//]: # (errspec:begin codes group=files)
  [//]: # (errspec:end)

The blocks are envelope, statuses, codes, codes group=ID, code CODE and retry.`,
		Example: `  errspec generate --go apierr --markdown errors.md
  errspec generate mod:github.com/acme/api@v1.4.0/catalog.yaml --go . --check`,
		Args: oneOf("catalog"),
		RunE: func(cmd *cobra.Command, args []string) error { return g.run(cmd, args) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	g.paths = make([]outputPath, len(g.emitters))
	for i, e := range g.emitters {
		g.paths[i].kind = "FILE"
		if e.Dir {
			g.paths[i].kind = "DIR"
		}
		flags.Var(&g.paths[i], e.Name, e.Doc)
	}
	flags.Var(&g.inject, "inject", "refresh the marked blocks in this `FILE`, which somebody writes by hand (may be given again)")
	g.dialect = choice{choices: []string{"gfm", "mdx"}, kind: "DIALECT"}
	flags.Var(&g.dialect, "dialect", "write Markdown for this `DIALECT` alone: gfm or mdx (default: what all renderers show alike)")
	g.template.kind = "FILE"
	flags.Var(&g.template, "template", "a Go text/template that replaces the reference page, or pieces of it")
	g.index = choice{choices: []string{"index", "_index", "README"}, kind: "NAME"}
	flags.Var(&g.index, "pages-index", "`NAME` of the page that leads to the others: index (default), _index for Hugo, README for GitHub")
	flags.StringVar(&g.pkg, "package", "", "`NAME` of the Go package (default: that of the Go files in DIR, else DIR's last element)")
	flags.BoolVar(&g.server, "go-server", true, "write what servers need into the Go package: constructors, Write and its like")
	flags.BoolVar(&g.client, "go-client", true, "write what clients need into the Go package: Decode, retries and their like")
	flags.BoolVar(&g.tests, "go-tests", true, "write the Go package's tests, too")
	flags.BoolVar(&g.helpers, "go-test-helpers", false, "write a package beside the Go package that helps users to test their code with it")
	flags.BoolVar(&g.check, "check", false, "write nothing; show what is missing, stale or orphaned, and exit with 1 if there is any")
	flags.BoolVar(&g.adopt, "adopt", false, "take over existing files that errspec did not write")
	g.register(cmd)
	return cmd
}

func (g *generation) run(cmd *cobra.Command, args []string) error {
	wanted, options, err := g.request(cmd)
	if err != nil {
		return err
	}
	own, list, err := g.ownFiles()
	if err != nil {
		return err
	}
	options.Markdown.Template = own.template
	src, err := source.Open(cmd.Context(), catalogName(args), cmd.InOrStdin())
	if err != nil {
		return err
	}
	c, found := pipeline.Load(src)
	list.Append(found)
	var outputs []output.Output
	if !list.HasErrors() {
		expectOutputs(c)
		if outputs, err = generate(c, wanted, own, options); err != nil {
			if err := list.Take(err); err != nil {
				return err
			}
		}
	}
	if err := g.judge(cmd, &list); err != nil {
		return err
	}
	plan, err := output.Compare(outputs, g.inputs(src), g.adopt)
	if err != nil {
		return err
	}
	if g.check {
		return g.report(cmd, plan)
	}
	if err := plan.Commit(); err != nil {
		return err
	}
	if stderr := cmd.ErrOrStderr(); terminal(stderr) {
		_, err = fmt.Fprintf(stderr, "%d files changed, %d up to date\n", len(plan.Changes), plan.Unchanged)
	}
	return err
}

// generate returns all outputs, or all that is wrong with the user's own files.
func generate(c *catalog.Catalog, wanted []pipeline.Request, own ownFiles, o pipeline.Options) ([]output.Output, error) {
	outputs, err := pipeline.Generate(c, wanted, o)
	injected, err2 := pipeline.Inject(c, own.pages, own.paths, o)
	var found diag.List
	err, err2 = found.Take(err), found.Take(err2)
	if err := errors.Join(err, err2, found.Err()); err != nil {
		return nil, err
	}
	return append(outputs, injected...), nil
}

// inputs returns the files that were read, but for the pages, which are outputs as well.
func (g *generation) inputs(src *source.Source) []output.Input {
	var inputs []output.Input
	for _, path := range src.OnDisk() {
		inputs = append(inputs, output.Input{Name: "a file of the catalog", Path: path})
	}
	if g.template.path != "" {
		inputs = append(inputs, output.Input{Name: "the template", Path: g.template.path})
	}
	return inputs
}

// ownFiles are what the user has written for errspec beside the catalog.
type ownFiles struct {
	template *pagetemplate.Set // nil: none
	pages    []*inject.Page    // those without findings
	paths    []string          // of the pages
}

// ownFiles reads the user's files, and finds what is wrong with them as they stand.
func (g *generation) ownFiles() (own ownFiles, list diag.List, err error) {
	order := ownOrder
	read := func(path string) (*diag.File, error) {
		file, err := source.Read(path)
		if err == nil {
			file.Order = order
			order++
		}
		return file, err
	}
	if g.template.path != "" {
		file, err := read(g.template.path)
		if err != nil {
			return own, list, fmt.Errorf("--template: %w", err)
		}
		set, found := pagetemplate.Parse(file)
		own.template = set
		list.Append(found)
	}
	for _, path := range g.inject {
		file, err := read(path)
		if err != nil {
			return own, list, fmt.Errorf("--inject: %w", err)
		}
		page, found := inject.Parse(file)
		list.Append(found)
		if page != nil {
			own.pages, own.paths = append(own.pages, page), append(own.paths, path)
		}
	}
	return own, list, nil
}

// ownOrder puts findings in the user's other files after those in the catalog's.
const ownOrder = 1 << 30

// aboutOutputs says which outputs a flag is about: without any of them it would do nothing.
var aboutOutputs = []struct {
	flag    string
	outputs []string
}{
	{"package", []string{"go"}},
	{"go-server", []string{"go"}},
	{"go-client", []string{"go"}},
	{"go-tests", []string{"go"}},
	{"go-test-helpers", []string{"go"}},
	{"dialect", []string{"markdown", "pages", "inject"}},
	{"template", []string{"markdown", "pages", "inject"}},
	{"pages-index", []string{"pages"}},
}

// request returns what the flags ask for.
func (g *generation) request(cmd *cobra.Command) ([]pipeline.Request, pipeline.Options, error) {
	var (
		wanted []pipeline.Request
		names  []string
		paths  = map[string]string{} // by output
	)
	for i, e := range g.emitters {
		names = append(names, "--"+e.Name)
		if path := g.paths[i].path; path != "" {
			paths[e.Name] = path
			wanted = append(wanted, pipeline.Request{Emitter: e, Path: path})
		}
	}
	for _, path := range g.inject {
		paths["inject"] = path
	}
	if len(paths) == 0 {
		return nil, pipeline.Options{}, usageError(cmd, "nothing to write: give at least one of %s, --inject", strings.Join(names, ", "))
	}
	for _, about := range aboutOutputs {
		if cmd.Flags().Changed(about.flag) && !slices.ContainsFunc(about.outputs, func(name string) bool { return paths[name] != "" }) {
			return nil, pipeline.Options{}, usageError(cmd, "--%s is about the output of --%s, which is not wanted", about.flag, strings.Join(about.outputs, " or --"))
		}
	}
	options := pipeline.Options{Markdown: markdown.Options{Dialect: dialects[g.dialect.value], Index: g.index.value}}
	if paths["go"] != "" {
		pkg, err := packageName(paths["go"], g.pkg)
		if err != nil {
			return nil, pipeline.Options{}, usageError(cmd, "%v", err)
		}
		if !g.server && !g.client {
			return nil, pipeline.Options{}, usageError(cmd, "--go-server=false and --go-client=false leave nothing to write: drop one of them")
		}
		if g.helpers {
			if !g.server || !g.client {
				return nil, pipeline.Options{}, usageError(cmd, "--go-test-helpers needs the code for servers and for clients: drop --go-server=false and --go-client=false")
			}
			if pkg == "main" {
				return nil, pipeline.Options{}, usageError(cmd, "--go-test-helpers: a package main cannot be imported; write the Go package to a folder of its own")
			}
			if options.Go.Import, err = importPath(paths["go"]); err != nil {
				return nil, pipeline.Options{}, usageError(cmd, "--go-test-helpers: %v", err)
			}
		}
		options.Go.Package, options.Go.Tests, options.Go.NoServer, options.Go.NoClient = pkg, g.tests, !g.server, !g.client
	}
	return wanted, options, nil
}

// dialects are those of Markdown, by name.
var dialects = map[string]mdtext.Dialect{"": mdtext.Portable, "gfm": mdtext.GFM, "mdx": mdtext.MDX}

// report names every file that is not as it should be, and prints the differences: names to standard error, and a patch to
// standard output.
func (g *generation) report(cmd *cobra.Command, plan *output.Plan) error {
	for i := range plan.Changes {
		c := &plan.Changes[i]
		if _, err := fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", unseen.Line(c.Path), c.State); err != nil {
			return err
		}
		if _, err := g.more(cmd).Write(c.Diff()); err != nil {
			return err
		}
	}
	if n := len(plan.Changes); n > 0 {
		if _, err := fmt.Fprintf(cmd.ErrOrStderr(), "%d of %d files are not up to date: generate them again, without --check\n",
			n, n+plan.Unchanged); err != nil {
			return err
		}
		return errFindings
	}
	return nil
}
