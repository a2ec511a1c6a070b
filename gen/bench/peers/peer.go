//go:build unix

package main

import (
	"path/filepath"

	"github.com/errspec/errspec/gen/internal/synth"
)

// A peer is a generator of Go errors.
type peer struct {
	name    string
	module  string // its module; "" for errspec itself
	version string
	command string // the package of its command
	catalog func([]synth.Code) string
	file    string // the name of its catalog, if it must have another one than catalog.yaml
	// args returns the arguments of the command.
	args func(paths) []string
	// stdout is the name of the file with what the command prints, if that is the output.
	stdout string
	// needs are the modules, with versions, that the output imports, besides its own.
	needs []string
	// lookup is a Go expression that looks up the string code, or "" without a lookup.
	lookup string

	// The following are for peers that the module proxy does not serve.

	folder  string   // the folder of the command's module in the checkout, if it is not the root
	plugins []string // packages of commands that protoc runs with the output of the peer's own
	// mend changes the copy of the checkout, so that it builds.
	mend func(checkout string) error
}

// Paths are what a run of a generator reads and writes.
type paths struct {
	catalog string // the file to read
	out     string // the folder of the Go package to write
	tools   string // the folder of the built commands
	source  string // the checkout
}

func peers() []peer {
	generate := func(p paths) []string {
		return []string{"generate", p.catalog, "--go", p.out, "--package", "apierr",
			"--go-tests=false"}
	}
	return []peer{
		{
			name: "errspec, all outputs", command: "./gen/errspec", catalog: ours,
			lookup: "apierr.Lookup(code)",
			args: func(p paths) []string {
				return append(generate(p), "--markdown", p.out+".md", "--schema",
					p.out+".schema.json", "--json", p.out+".json")
			},
		},
		{
			name: "errspec, Go only", command: "./gen/errspec", catalog: ours,
			lookup: "apierr.Lookup(code)", args: generate,
		},
		{ // constants and constructors; no params, no lookup, no decoding
			name: "rescode", module: "github.com/restayway/rescode", version: "v1.0.2",
			command: "github.com/restayway/rescode/cmd/rescodegen", catalog: rescode,
			args: func(p paths) []string {
				return []string{"-input", p.catalog, "-output", p.out + "/errors.go", "-package",
					"apierr"}
			},
			needs: []string{"google.golang.org/grpc@v1.56.3"},
		},
		{ // constructors with typed params, messages in TOML; no types, no lookup
			name: "zederr", module: "github.com/amanbolat/zederr", command: "./cmd/zederr",
			catalog: zederr,
			args: func(p paths) []string {
				return []string{"gen", "--spec", p.catalog, "--go-out", p.out, "--go-pkg-name",
					"apierr"}
			},
		},
		{ // a type and a constructor for each code; messages without params, no lookup
			name: "errata", module: "github.com/dannykopping/errata", command: "./cmd/eish",
			catalog: errata, file: "catalog.hcl", stdout: "errors.go",
			args: func(p paths) []string {
				return []string{"generate", "--source", p.catalog, "--package", "apierr"}
			},
		},
		{
			// Constructors with typed params, decoding by type; its messages are names and UUIDs. It
			// reads the JSON that conjure, a Java program, makes of YAML.
			name: "conjure-go", module: "github.com/palantir/conjure-go/v6", command: ".",
			catalog: conjure, file: "catalog.json", mend: newTools,
			args: func(p paths) []string {
				// the package in the catalog is apierr
				return []string{"--output", filepath.Dir(p.out), p.catalog}
			},
		},
		{
			// IsX and ErrorX functions with a format given by the caller: neither messages nor
			// params are in the catalog, an enum. The time is protoc's, with both plugins.
			name: "kratos", module: "github.com/go-kratos/kratos/v3", command: ".",
			folder:  "cmd/protoc-gen-go-errors",
			plugins: []string{"google.golang.org/protobuf/cmd/protoc-gen-go"},
			catalog: kratos, file: "catalog.proto",
			args: func(p paths) []string {
				return []string{
					"--plugin=protoc-gen-go-errors=" + filepath.Join(p.tools, "kratos"),
					"--plugin=" + filepath.Join(p.tools, "protoc-gen-go"),
					"-I", filepath.Dir(p.catalog), "-I", filepath.Join(p.source, "third_party"),
					"--go_out=" + p.out, "--go_opt=paths=source_relative",
					"--go-errors_out=" + p.out, "--go-errors_opt=paths=source_relative",
					filepath.Base(p.catalog),
				}
			},
		},
		{ // a type for each code, with setters; templates parsed at each Error(); no lookup
			name: "errorgen", module: "github.com/programmfabrik/errorgen", command: ".",
			catalog: errorgen,
			args: func(p paths) []string {
				return []string{"-i", p.catalog, "-o", p.out + "/errors.go"}
			},
		},
		{ // builders with typed params, Handlebars messages, HTTP metadata; no lookup
			name: "errawr-gen", module: "github.com/puppetlabs/errawr-gen",
			command: "./cmd/errawr-gen", catalog: errawr,
			args: func(p paths) []string {
				return []string{"-input-path", p.catalog, "-output-path", p.out + "/errors.go",
					"-package", "apierr"}
			},
		},
		{ // New and Is functions for a catalog in Go, and a Markdown table; no lookup
			name: "reguerr", module: "github.com/future-architect/reguerr",
			command: "./cmd/reguerr", catalog: reguerr, file: "apierr/errors.go",
			args: func(paths) []string { return []string{"generate", "-f", "apierr/errors.go"} },
		},
	}
}
