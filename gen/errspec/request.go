package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/errspec/errspec/gen/internal/config"
	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/emit/gocode"
	"github.com/errspec/errspec/gen/internal/emit/markdown"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/syntax"
)

// A request is what generate has to do. The flags say so, and errspec.yaml where they do not.
type request struct {
	outputs  []pipeline.Request
	stdout   *pipeline.Request // the output that goes to standard output, if any
	pages    []ownFile
	template ownFile // without a path: none
	history  ownFile // the same
	options  pipeline.Options
}

// An ownFile is a file of the user's.
type ownFile struct {
	path string
	name string // who names it, for messages: --inject
}

// A setting is one value that the user gave: with a flag, or in errspec.yaml.
type setting struct {
	key     string // the flag without its dashes
	value   string
	written syntax.Scalar // in errspec.yaml; the zero Scalar if it is a flag
}

// A requester turns flags and errspec.yaml into a request.
type requester struct {
	*generation
	cmd   *cobra.Command
	file  *config.Config
	flags bool // the outputs are those of flags: those in errspec.yaml do not count
	list  diag.List
}

// request returns what to do. The list holds what is wrong with errspec.yaml.
func (g *generation) request(cmd *cobra.Command, file *config.Config) (*request, diag.List, error) {
	r := &requester{generation: g, cmd: cmd, file: file, flags: g.outputFlags()}
	settings := r.settings()
	req := &request{}
	if err := r.outputs(req, settings); err != nil {
		return nil, r.list, err
	}
	for _, key := range []string{"template", "history", "dialect", "pages-index", "package"} {
		if s := settings[key]; s.value != "" {
			if err := r.useful(s, settings); err != nil {
				return nil, r.list, err
			}
		}
	}
	for _, key := range []string{"go-server", "go-client", "go-tests", "go-test-helpers"} {
		if r.cmd.Flags().Changed(key) {
			if err := r.useful(setting{key: key}, settings); err != nil {
				return nil, r.list, err
			}
		}
	}
	if s := settings["template"]; s.value != "" {
		req.template = ownFile{s.value, r.name(s)}
	}
	if s := settings["history"]; s.value != "" {
		req.history = ownFile{s.value, r.name(s)}
	}
	index := settings["pages-index"].value
	dialect := settings["dialect"].value
	req.options.Markdown = markdown.Options{
		Dialect: dialects[dialect], Tabs: dialect == docusaurus, Index: index,
	}
	if s := settings["go"]; s.value != "" {
		options, err := r.goOptions(s, settings)
		if err != nil {
			return nil, r.list, err
		}
		req.options.Go = options
	}
	return req, r.list, nil
}

// outputFlags reports whether a flag names an output.
func (g *generation) outputFlags() bool {
	isNamed := func(p outputPath) bool { return p.path != "" }
	return len(g.inject) > 0 || slices.ContainsFunc(g.paths, isNamed)
}

// settings returns what the user gave, by key. A flag wins over errspec.yaml. If flags name the
// outputs, only they count: outputs and their options belong together.
func (r *requester) settings() map[string]setting {
	all := map[string]setting{}
	if !r.flags {
		for _, o := range r.file.Outputs.All() {
			all[o.Name] = setting{o.Name, r.file.Resolve(o.Path), o.Path}
		}
		for key, s := range map[string]syntax.Scalar{
			"dialect":     r.file.Dialect,
			"package":     r.file.Outputs.Go.Package,
			"pages-index": r.file.Outputs.Pages.Index,
		} {
			all[key] = setting{key, s.Text, s}
		}
		for key, s := range map[string]syntax.Scalar{
			"template": r.file.Template, "history": r.file.History,
		} {
			if s.IsSet() {
				all[key] = setting{key, r.file.Resolve(s), s}
			}
		}
	}
	for i, e := range r.emitters {
		if path := r.paths[i].path; path != "" {
			all[e.Name] = setting{key: e.Name, value: path}
		}
	}
	for key, value := range map[string]string{
		"dialect":     r.dialect.value,
		"package":     r.pkg,
		"pages-index": r.index.value,
		"template":    r.template.path,
		"history":     r.history.path,
	} {
		if value != "" {
			all[key] = setting{key: key, value: value}
		}
	}
	return all
}

// outputs says where the outputs go.
func (r *requester) outputs(req *request, settings map[string]setting) error {
	for _, e := range r.emitters {
		s := settings[e.Name]
		switch {
		case s.value == "":
			continue
		case s.value != stdoutPath:
			if err := r.judge(e, s); err != nil {
				return err
			}
			req.outputs = append(req.outputs, pipeline.Request{Emitter: e, Path: s.value, Name: r.name(s)})
			continue
		case req.stdout != nil:
			return usageError(r.cmd, "only one output can go to standard output; --%s and --%s both name it",
				req.stdout.Emitter.Name, e.Name)
		case r.check:
			return usageError(r.cmd, "--check compares files; name a file for --%s", e.Name)
		case r.chosen().Machine:
			return usageError(r.cmd, "--format %s prints to standard output; name a file for --%s",
				r.format.value, e.Name)
		}
		req.stdout = &pipeline.Request{Emitter: e, Path: s.value, Name: r.name(s)}
	}
	for _, path := range r.inject {
		req.pages = append(req.pages, ownFile{path, "--inject"})
	}
	if !r.flags {
		for _, s := range r.file.Inject {
			req.pages = append(req.pages, ownFile{r.file.Resolve(s), r.name(setting{"inject", s.Text, s})})
		}
	}
	switch {
	case len(req.outputs) > 0 || req.stdout != nil || len(req.pages) > 0:
		return nil
	case r.file.Path != "":
		return usageError(r.cmd,
			"%s names no outputs; add some, as in `outputs: {go: apierr}`", r.file.Path)
	}
	return usageError(r.cmd,
		"no outputs: write %s with `outputs: {go: apierr}` (errspec init writes an example), "+
			"or add a flag such as --go apierr", config.Name)
}

// judge refuses a path that is of no use for an output.
func (r *requester) judge(e pipeline.Emitter, s setting) error {
	path := s.value
	if s.written.IsSet() {
		path = s.written.Text
	}
	problem, instead := e.PathProblem(path)
	switch {
	case problem == "":
	case s.written.IsSet():
		r.wrong(s, fmt.Sprintf("%q: %s", path, problem), "write "+instead)
	default:
		return usageError(r.cmd, "--%s %s: %s, as in --%[1]s %[4]s", s.key, path, problem, instead)
	}
	return nil
}

// name returns what the user calls a setting, for messages.
func (r *requester) name(s setting) string {
	if !s.written.IsSet() {
		return "--" + s.key
	}
	return s.written.Span().String() + ": " + s.key
}

// aboutOutputs says which outputs an option is about: without any of them it would do nothing.
var aboutOutputs = map[string][]string{
	"package":         {"go"},
	"go-server":       {"go"},
	"go-client":       {"go"},
	"go-tests":        {"go"},
	"go-test-helpers": {"go"},
	"dialect":         {"markdown", "pages", "inject"},
	"template":        {"markdown", "pages", "inject"},
	"pages-index":     {"pages"},
	"history":         {"html", "pages"},
}

// useful refuses an option without an output that it is about.
func (r *requester) useful(s setting, settings map[string]setting) error {
	about := aboutOutputs[s.key]
	for _, name := range about {
		if settings[name].value != "" ||
			name == "inject" && (len(r.inject) > 0 || !r.flags && r.file.Inject != nil) {
			return nil
		}
	}
	if s.written.IsSet() {
		r.wrong(s, fmt.Sprintf("%q has no effect without an output that uses it", s.key),
			"add "+alternatives(about)+", or remove it")
		return nil
	}
	return usageError(r.cmd, "--%s does nothing without --%s", s.key, strings.Join(about, " or --"))
}

// alternatives joins words as a sentence does: a, b or c.
func alternatives(words []string) string {
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// wrong reports a value in errspec.yaml.
func (r *requester) wrong(s setting, message, help string) {
	path := map[string]string{
		"package": "outputs.go.package", "dialect": "dialect",
		"template": "template", "history": "history",
	}[s.key]
	r.list.Add(diag.Diagnostic{
		Severity: diag.Error, Rule: rule.WrongType, Span: s.written.Span(),
		Path: cmp.Or(path, "outputs."+s.key), Message: message, Help: help,
	})
}

// docusaurus is the dialect of a site generator that has tabs.
const docusaurus = "docusaurus"

// dialects are those of Markdown, by name.
var dialects = map[string]mdtext.Dialect{
	"": mdtext.Portable, "gfm": mdtext.GFM, "mdx": mdtext.MDX, docusaurus: mdtext.MDX,
}

// goOptions returns the options of the Go package in a folder.
func (r *requester) goOptions(
	dir setting, settings map[string]setting,
) (o gocode.Options, err error) {
	var written syntax.ConfigOutput
	if !r.flags {
		written = r.file.Outputs.Go
	}
	o = gocode.Options{
		Tests:    r.enabled("go-tests", r.tests, written.Tests),
		NoServer: !r.enabled("go-server", r.server, written.Server),
		NoClient: !r.enabled("go-client", r.client, written.Client),
	}
	helpers := r.enabled("go-test-helpers", r.helpers, written.TestHelpers)
	pkg, refused := packageName(dir.value, settings["package"].value)
	switch {
	case refused != nil:
		return o, r.refuse(dir, settings["package"], refused)
	case o.NoServer && o.NoClient:
		return o, r.refuse(dir, setting{}, &refusal{
			problem: "a package without code for servers and for clients is empty",
			help:    "enable one of the two",
		})
	case helpers && (o.NoServer || o.NoClient):
		return o, r.refuse(dir, setting{}, &refusal{
			problem: "test helpers need the code for servers and for clients",
			help:    "enable both, or disable the test helpers",
		})
	case helpers && pkg == "main":
		return o, r.refuse(dir, setting{}, &refusal{
			problem: "test helpers cannot import a package main",
			help:    "write the Go package to a folder of its own",
		})
	}
	o.Package = pkg
	if helpers {
		if o.Import, err = importPath(dir.value); err != nil {
			problem := "test helpers: " + err.Error()
			return o, r.refuse(dir, setting{}, &refusal{problem: problem, help: "run go mod init first"})
		}
	}
	return o, nil
}

// enabled returns a switch: the flag if it is given, else what errspec.yaml says, else the flag's
// default.
func (r *requester) enabled(flag string, value bool, written syntax.Scalar) bool {
	if r.cmd.Flags().Changed(flag) || !written.IsSet() {
		return value
	}
	return written.Text == "true"
}

// refuse reports why no Go package can be written, to whoever named its folder or its name.
func (r *requester) refuse(dir, pkg setting, no *refusal) error {
	about, help := dir, no.help
	if no.name {
		about = pkg
	}
	if no.needsName {
		help = "add a name, as in --package apierr"
		if about.written.IsSet() {
			help = "add a name, as in `go: {dir: " + about.written.Text + ", package: apierr}`"
		}
	}
	if about.written.IsSet() {
		r.wrong(about, about.value+": "+no.problem, help)
		return nil
	}
	return usageError(r.cmd, "--%s %s: %s; %s", about.key, about.value, no.problem, help)
}
