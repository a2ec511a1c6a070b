//go:build unix

package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/errspec/errspec/gen/internal/synth"
)

// A peer is a generator of Go errors. Without a catalog it cannot run.
type peer struct {
	name    string
	module  string // its module; "" for errspec itself
	version string
	command string // the package of its command
	catalog func([]synth.Code) string
	// args returns the arguments of the command, given the files to read and the folder of the Go
	// package to write.
	args func(catalog, dir string) []string
	// needs are the modules, with versions, that the output imports, besides its own.
	needs []string
	// lookup is a Go expression that looks up the string code, or "" without a lookup.
	lookup string
}

func peers() []peer {
	return []peer{
		{
			name: "errspec, all outputs", command: "./gen/errspec", catalog: ours,
			lookup: "apierr.Lookup(code)",
			args: func(catalog, dir string) []string {
				return []string{"generate", catalog, "--go", dir, "--package", "apierr",
					"--go-tests=false",
					"--markdown", dir + ".md", "--schema", dir + ".schema.json", "--json",
					dir + ".json"}
			},
		},
		{
			name: "errspec, Go only", command: "./gen/errspec", catalog: ours,
			lookup: "apierr.Lookup(code)",
			args: func(catalog, dir string) []string {
				return []string{"generate", catalog, "--go", dir, "--package", "apierr",
					"--go-tests=false"}
			},
		},
		{
			name: "rescode", module: "github.com/restayway/rescode", version: "v1.0.2",
			command: "github.com/restayway/rescode/cmd/rescodegen", catalog: rescode,
			args: func(catalog, dir string) []string {
				return []string{"-input", catalog, "-output", dir + "/errors.go", "-package",
					"apierr"}
			},
			needs: []string{"google.golang.org/grpc@v1.56.3"},
		},
		{
			name: "zederr", module: "github.com/amanbolat/zederr",
			version: "v0.0.0-20240701015127-34e561eba116",
			command: "github.com/amanbolat/zederr/cmd/zederr", catalog: zederr,
			args: func(catalog, dir string) []string {
				return []string{"gen", "--spec", catalog, "--go-out", dir, "--go-pkg-name",
					"apierr"}
			},
			needs: []string{"google.golang.org/grpc@v1.61.0"},
		},
		// These have no format here: nobody could build them from the proxy to see them work.
		unserved("errata (eish)", "github.com/dannykopping/errata"),
		unserved("conjure-go", "github.com/palantir/conjure-go/v6"),
		unserved("kratos", "github.com/go-kratos/kratos/cmd/protoc-gen-go-errors/v2"),
		unserved("errorgen", "github.com/programmfabrik/errorgen"),
		unserved("errawr-gen", "github.com/puppetlabs/errawr-gen"),
		unserved("reguerr", "github.com/future-architect/reguerr"),
	}
}

func unserved(name, module string) peer { return peer{name: name, module: module} }

func ours(codes []synth.Code) string { return string(synth.YAML(len(codes))) }

var blank = regexp.MustCompile(`\$\{([a-z_]+)\}`)

// rescode has no params, so its messages are constant.
func rescode(codes []synth.Code) string {
	var b strings.Builder
	for i, c := range codes {
		fmt.Fprintf(&b,
			"- code: %d\n  key: %s\n  message: %q\n  http: %d\n  grpc: 13\n  desc: %q\n\n",
			10_000+i, camel(c.Name), c.Message, c.Status, c.Resolution)
	}
	return b.String()
}

func zederr(codes []synth.Code) string {
	var b strings.Builder
	b.WriteString("spec_version: \"1\"\ndefault_locale: en\nerrors:\n")
	for _, c := range codes {
		fmt.Fprintf(&b, "  %q:\n    description: %q\n    http_code: %d\n    grpc_code: 13\n",
			strings.ToLower(c.Name), c.Resolution, c.Status)
		if len(c.Params) > 0 {
			b.WriteString("    arguments:\n")
			for _, p := range c.Params {
				fmt.Fprintf(&b, "      %s:\n        type: %q\n        description: %q\n", p.Name,
					p.Type, p.Name)
			}
		}
		fmt.Fprintf(&b, "    message: %q\n", blank.ReplaceAllString(c.Message, "{{ .$1 }}"))
	}
	return b.String()
}

func camel(name string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		b.WriteString(word[:1] + strings.ToLower(word[1:]))
	}
	return b.String()
}
