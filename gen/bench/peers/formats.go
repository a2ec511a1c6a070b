//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/errspec/errspec/gen/internal/synth"
)

// The following functions write the codes in the formats of the peers.

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

func errata(codes []synth.Code) string {
	var b strings.Builder
	b.WriteString("version = \"0.1\"\n\n")
	for _, c := range codes {
		args := make([]string, len(c.Params))
		for i, p := range c.Params {
			args[i] = fmt.Sprintf("arg(%q, %q)", p.Name, p.Type)
		}
		fmt.Fprintf(&b, "error %q {\n  message = %q\n  guide = %q\n  categories = [%q]\n"+
			"  labels = { http = %q }\n",
			strings.ToLower(strings.ReplaceAll(c.Name, "_", "-")),
			blank.ReplaceAllString(c.Message, "<$1>"), c.Resolution, c.Group,
			strconv.Itoa(c.Status))
		if len(args) > 0 {
			fmt.Fprintf(&b, "  args = [%s]\n", strings.Join(args, ", "))
		}
		b.WriteString("}\n\n")
	}
	return b.String()
}

// conjure writes the intermediate representation, with the category nearest to each status.
func conjure(codes []synth.Code) string {
	categories := map[int]string{
		400: "INVALID_ARGUMENT", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 409: "CONFLICT",
		413: "REQUEST_ENTITY_TOO_LARGE", 500: "INTERNAL", 504: "TIMEOUT",
	}
	types := map[string]string{"string": "STRING", "int": "INTEGER"}
	type object = map[string]any
	errors := make([]object, len(codes))
	for i, c := range codes {
		args := make([]object, len(c.Params))
		for j, p := range c.Params {
			args[j] = object{"fieldName": lowerCamel(p.Name),
				"type": object{"type": "primitive", "primitive": types[p.Type]}}
		}
		category := categories[c.Status]
		switch {
		case category != "":
		case c.Status < 500:
			category = "CUSTOM_CLIENT"
		default:
			category = "CUSTOM_SERVER"
		}
		errors[i] = object{
			"errorName": object{"name": camel(c.Name), "package": "apierr"}, "docs": c.Resolution,
			"namespace": camel(c.Group), "code": category, "safeArgs": args,
			"unsafeArgs": []object{},
		}
	}
	data, err := json.Marshal(object{"version": 1, "errors": errors, "types": []object{},
		"services": []object{}, "extensions": object{}})
	if err != nil {
		panic(err) // strings and numbers only
	}
	return string(data)
}

func kratos(codes []synth.Code) string {
	var b strings.Builder
	b.WriteString("syntax = \"proto3\";\npackage apierr;\n" +
		"option go_package = \"example.com/apierr;apierr\";\n" +
		"import \"errors/errors.proto\";\n\nenum Reason {\n" +
		"  option (errors.default_code) = 500;\n")
	for i, c := range codes {
		fmt.Fprintf(&b, "  // %s\n  %s = %d [(errors.code) = %d];\n", c.Resolution, c.Name, i,
			c.Status)
	}
	b.WriteString("}\n")
	return b.String()
}

func errorgen(codes []synth.Code) string {
	var b strings.Builder
	b.WriteString("package: apierr\nerrors:\n")
	for _, c := range codes {
		fmt.Fprintf(&b, "  %s:\n    d: %q\n    o: %q\n    p:\n      Status: {t: int, v: %d}\n",
			camel(c.Name), c.Resolution,
			blank.ReplaceAllStringFunc(c.Message, func(s string) string {
				return "{{ ." + camel(s[2:len(s)-1]) + " }}"
			}), c.Status)
		for _, p := range c.Params {
			fmt.Fprintf(&b, "      %s: {t: %s}\n", camel(p.Name), p.Type)
		}
	}
	return b.String()
}

func errawr(codes []synth.Code) string {
	types := map[string]string{"string": "string", "int": "integer"}
	var b strings.Builder
	b.WriteString("version: 1\ndomain: {key: syn, title: Errors}\nsections:\n")
	group := ""
	for _, c := range codes {
		if c.Group != group {
			group = c.Group
			fmt.Fprintf(&b, "  %s:\n    title: %s\n    errors:\n", group, group)
		}
		fmt.Fprintf(&b, "      %s:\n        title: %q\n        description: %q\n"+
			"        metadata: {http: {status: %d}}\n", strings.ToLower(c.Name), c.Title,
			blank.ReplaceAllString(c.Message, "{{$1}}")+". "+c.Resolution, c.Status)
		if len(c.Params) > 0 {
			b.WriteString("        arguments:\n")
			for _, p := range c.Params {
				fmt.Fprintf(&b, "          %s: {type: %s, description: %q}\n", p.Name,
					types[p.Type], p.Name)
			}
		}
	}
	return b.String()
}

func reguerr(codes []synth.Code) string {
	zero := map[string]string{"string": `""`, "int": "int(0)"}
	var b strings.Builder
	b.WriteString("package apierr\n\nimport \"github.com/future-architect/reguerr\"\n\nvar (\n")
	for _, c := range codes {
		fmt.Fprintf(&b, "\t// %s\n\t%s = reguerr.New(%q, %q)", c.Resolution, camel(c.Name), c.Name,
			blank.ReplaceAllString(c.Message, "%v"))
		for i, p := range c.Params {
			fmt.Fprintf(&b, ".Label(%d, %q, %s)", i, lowerCamel(p.Name), zero[p.Type])
		}
		fmt.Fprintf(&b, ".WithStatusCode(%d).Build()\n", c.Status)
	}
	b.WriteString(")\n")
	return b.String()
}

// camel returns ORDER_NOT_FOUND as OrderNotFound.
func camel(name string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		b.WriteString(strings.ToUpper(word[:1]) + strings.ToLower(word[1:]))
	}
	return b.String()
}

func lowerCamel(name string) string {
	name = camel(name)
	return strings.ToLower(name[:1]) + name[1:]
}
