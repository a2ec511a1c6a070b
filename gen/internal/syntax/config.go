package syntax

import (
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

// A Config is an errspec.yaml as it was written: the catalog of a project, and what is generated
// from it.
type Config struct {
	Place
	Catalog  Scalar
	Outputs  ConfigOutputs
	Inject   []Scalar
	Template Scalar
	Dialect  Scalar
	History  Scalar
}

// ConfigOutputs are the outputs, one for each flag of generate.
type ConfigOutputs struct {
	Place
	Go, Markdown, Pages, HTML, Schema, SchemaLenient, OpenAPI, JSON ConfigOutput
	TypeScript, Python, Vectors, CatalogSchema, ConfigSchema        ConfigOutput
}

// A ConfigOutput is an output: its path, and what may be chosen for it.
type ConfigOutput struct {
	Place
	Path                                        Scalar
	Package, Server, Client, Tests, TestHelpers Scalar // of the Go package
	Index                                       Scalar // of the pages
}

// A NamedOutput is an output under its key.
type NamedOutput struct {
	Name string
	ConfigOutput
}

// All returns the outputs that were written, in the order of the format.
func (o *ConfigOutputs) All() []NamedOutput {
	var all []NamedOutput
	for _, n := range []NamedOutput{
		{"go", o.Go},
		{"markdown", o.Markdown},
		{"pages", o.Pages},
		{"html", o.HTML},
		{"schema", o.Schema},
		{"schema-lenient", o.SchemaLenient},
		{"openapi", o.OpenAPI},
		{"json", o.JSON},
		{"typescript", o.TypeScript},
		{"python", o.Python},
		{"vectors", o.Vectors},
		{"catalog-schema", o.CatalogSchema},
		{"config-schema", o.ConfigSchema},
	} {
		if n.Path.IsSet() {
			all = append(all, n)
		}
	}
	return all
}

// ConfigFormat returns the definition of errspec.yaml.
func ConfigFormat() *Type { return config().Type }

// ParseConfig reads an errspec.yaml. The Config is never nil; it holds what could be read.
func ParseConfig(f *diag.File) (*Config, diag.List) {
	var (
		c    = &Config{}
		list diag.List
		doc  yaml.Node
	)
	if yaml.Unmarshal(f.Bytes(), &doc) == nil && doc.Kind == 0 { // empty, or nothing but comments
		return c, list
	}
	node := load(f, &list)
	switch {
	case node == nil:
		return c, list
	case resolve(node).Kind != yaml.MappingNode:
		list.Add(diag.Diagnostic{
			Severity: diag.Error, Rule: rule.WrongType, Span: Place{node, f}.Span(),
			Message: "the configuration must be a mapping; this is " + describe(resolve(node)),
			Help:    "write keys, as in `outputs: {go: apierr}`",
		})
		return c, list
	}
	w := newWalker(&list)
	w.in(f)
	w.walk(node, ConfigFormat(), c)
	return c, list
}

func config() of[Config] {
	outputs := configOutputs()
	c := object[Config]("configuration",
		"Which catalog errspec reads, and what it generates. Paths are relative to this file.",
		field("catalog", text("A file, or a file in a Go module: mod:MODULE@VERSION/PATH."),
			"The catalog.",
			func(c *Config) *Scalar { return &c.Catalog }, defaults("catalog.yaml")),
		field("outputs", outputs, "What `errspec generate` writes.",
			func(c *Config) *ConfigOutputs { return &c.Outputs }, also("output", "generate"),
			examples("{go: apierr}", "{go: apierr, markdown: docs/errors.md}")),
		field("inject", listOf("", pathTo("A Markdown file.")).most(MaxElements),
			"Hand-written Markdown files whose marked blocks `errspec generate` refreshes.",
			func(c *Config) *[]Scalar { return &c.Inject }, examples("[docs/guide.md]")),
		field("template", pathTo("A Go text/template."), "Replaces the reference page, or pieces of it.",
			func(c *Config) *Scalar { return &c.Template }, examples("errors.md.tmpl")),
		field("history", pathTo("What `errspec changelog --since REF --format json` printed."),
			"The history of the codes, shown on the page of each code (`html`, `pages`).",
			func(c *Config) *Scalar { return &c.History }, examples("errors-history.json")),
		field("dialect", dialect(),
			"The dialect of the Markdown. Default: Markdown that all renderers show alike.",
			func(c *Config) *Scalar { return &c.Dialect }, examples("mdx")),
	)
	c.Type.Instead = map[string]string{}
	for _, f := range outputs.Type.Fields {
		c.Type.Instead[f.Key] = "put it below `outputs`, " +
			"as in `outputs: {" + f.Key + ": " + f.Examples[0] + "}`"
	}
	outputs.Type.Instead = map[string]string{}
	for _, f := range c.Type.Fields {
		if f.Key != "outputs" {
			outputs.Type.Instead[f.Key] = "write it at the top of the file, not below `outputs`"
		}
	}
	return c
}

// dialect is a dialect of Markdown, perhaps by the name of what renders it.
func dialect() of[Scalar] {
	t := choice("",
		Choice{"gfm", "GitHub Flavored Markdown."},
		Choice{"mdx", "MDX."},
		Choice{"docusaurus", "MDX with the tabs of Docusaurus."})
	t.Type.Elsewhere = map[string]string{
		"github": "gfm", "gitlab": "gfm", "mintlify": "mdx", "nextra": "mdx",
	}
	t.Type.Instead = map[string]string{}
	for _, renderer := range []string{"mkdocs", "hugo", "pandoc", "commonmark", "markdown"} {
		t.Type.Instead[renderer] = "remove the key: without a dialect, " +
			"MkDocs, Hugo, pandoc and others show the same text"
	}
	return t
}

func configOutputs() of[ConfigOutputs] {
	return object[ConfigOutputs]("outputs section", "Each key is a flag of `errspec generate`.",
		field("go", goConfig(), "The Go package, in a folder.",
			func(o *ConfigOutputs) *ConfigOutput { return &o.Go },
			examples("apierr", "{dir: apierr, test_helpers: true}"),
			also("golang")),
		field("markdown", pathTo("A file."), "The reference page.",
			func(o *ConfigOutputs) *Scalar { return &o.Markdown.Path }, examples("docs/errors.md"),
			also("md")),
		field("pages", pagesConfig(), "The reference in a folder, with one page per code.",
			func(o *ConfigOutputs) *ConfigOutput { return &o.Pages },
			examples("docs/errors", "{dir: docs/errors, index: README}")),
		field("html", pathTo("A folder."), "The reference as a static site, in a folder.",
			func(o *ConfigOutputs) *Scalar { return &o.HTML.Path }, examples("site/errors")),
		field("schema", pathTo("A file."), "The JSON Schema (2020-12) of the error response.",
			func(o *ConfigOutputs) *Scalar { return &o.Schema.Path }, examples("errors.schema.json"),
			also("json-schema")),
		field("schema-lenient", pathTo("A file."), "The schema for clients, which accepts unknown codes.",
			func(o *ConfigOutputs) *Scalar { return &o.SchemaLenient.Path },
			examples("errors.lenient.schema.json")),
		field("openapi", pathTo("A file."),
			"OpenAPI 3.1 components; JSON if the file's name ends in .json, else YAML.",
			func(o *ConfigOutputs) *Scalar { return &o.OpenAPI.Path }, examples("openapi.yaml")),
		field("json", pathTo("A file."),
			"The resolved catalog as data, for programs in any language.",
			func(o *ConfigOutputs) *Scalar { return &o.JSON.Path }, examples("errors.json")),
		field("typescript", pathTo("A file."),
			"The TypeScript module for clients: typed errors, decoding, retries.",
			func(o *ConfigOutputs) *Scalar { return &o.TypeScript.Path }, examples("src/errors.ts"),
			also("ts")),
		field("python", pathTo("A file."),
			"The Python module for clients: typed exceptions, decoding, retries.",
			func(o *ConfigOutputs) *Scalar { return &o.Python.Path }, examples("acme/apierr.py"),
			also("py")),
		field("vectors", pathTo("A file."),
			"Test vectors for clients: responses, and what a client must read from each.",
			func(o *ConfigOutputs) *Scalar { return &o.Vectors.Path }, examples("errors.vectors.json")),
		field("catalog-schema", pathTo("A file."), "The JSON Schema of the catalog format, for editors.",
			func(o *ConfigOutputs) *Scalar { return &o.CatalogSchema.Path },
			examples("catalog.schema.json")),
		field("config-schema", pathTo("A file."), "The JSON Schema of errspec.yaml, for editors.",
			func(o *ConfigOutputs) *Scalar { return &o.ConfigSchema.Path }, examples("errspec.schema.json")),
	)
}

func goConfig() of[ConfigOutput] {
	return withDir("Go output",
		field("package", text(""),
			"The package's name. Default: that of the Go files in the folder, else the folder's name.",
			func(o *ConfigOutput) *Scalar { return &o.Package }, examples("apierr")),
		field("server", boolean(""), "Write what servers need: constructors, Write and more.",
			func(o *ConfigOutput) *Scalar { return &o.Server }, defaults("true")),
		field("client", boolean(""), "Write what clients need: Decode, retries and more.",
			func(o *ConfigOutput) *Scalar { return &o.Client }, defaults("true")),
		field("tests", boolean(""), "Write the package's tests, too.",
			func(o *ConfigOutput) *Scalar { return &o.Tests }, defaults("true")),
		field("test_helpers", boolean(""),
			"Write a package of test helpers for code that uses this package.",
			func(o *ConfigOutput) *Scalar { return &o.TestHelpers }, defaults("false")),
	)
}

func pagesConfig() of[ConfigOutput] {
	return withDir("pages output",
		field("index", choice("",
			Choice{"index", "index.md."},
			Choice{"_index", "For Hugo."},
			Choice{"README", "For GitHub."}),
			"The name of the index page.",
			func(o *ConfigOutput) *Scalar { return &o.Index }, defaults("index")),
	)
}

// withDir is an output that is a folder, or an object with the folder and more.
func withDir(name string, more ...Field) of[ConfigOutput] {
	dir := field("dir", pathTo(""), "The folder.", func(o *ConfigOutput) *Scalar { return &o.Path },
		required, examples("docs/errors"), also("directory", "folder", "path", "out", "output"))
	return oneOf[ConfigOutput]("",
		when(pathTo("A folder."), func(o *ConfigOutput) *Scalar { return &o.Path }),
		whole(object[ConfigOutput](name, "A folder, and options.",
			slices.Insert(more, 0, dir)...)))
}
