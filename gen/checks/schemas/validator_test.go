package schemas

import (
	"bytes"
	"encoding/json"
	"testing"

	google "github.com/google/jsonschema-go/jsonschema"
	santhosh "github.com/santhosh-tekuri/jsonschema/v6"
)

// A document is a schema with its expected verdicts on instances.
type document struct {
	name      string
	schema    []byte
	instances []instance
}

// An instance is a JSON text and the expected verdict.
type instance struct {
	name  string
	json  string
	valid bool
}

// A validate returns why a JSON text is invalid, or nil.
type validate func(instance []byte) error

// validators are the Go validators by name. They fail the test if they refuse the schema itself.
var validators = map[string]func(t *testing.T, schema []byte) validate{
	"santhosh-tekuri": func(t *testing.T, schema []byte) validate {
		doc, err := santhosh.UnmarshalJSON(bytes.NewReader(schema))
		if err != nil {
			t.Fatal(err)
		}
		compiler := santhosh.NewCompiler()
		if err := compiler.AddResource("schema.json", doc); err != nil {
			t.Fatal(err)
		}
		compiled, err := compiler.Compile("schema.json")
		if err != nil {
			t.Fatalf("the schema does not compile: %v", err)
		}
		return func(text []byte) error {
			v, err := santhosh.UnmarshalJSON(bytes.NewReader(text))
			if err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			return compiled.Validate(v)
		}
	},
	"google": func(t *testing.T, schema []byte) validate {
		var doc google.Schema
		if err := json.Unmarshal(schema, &doc); err != nil {
			t.Fatal(err)
		}
		resolved, err := doc.Resolve(&google.ResolveOptions{ValidateDefaults: true})
		if err != nil {
			t.Fatalf("the schema does not resolve: %v", err)
		}
		return func(text []byte) error {
			var v any // its numbers must be float64: it reads a json.Number as a string
			if err := json.Unmarshal(text, &v); err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			return resolved.Validate(v)
		}
	},
}

// judge runs both validators on every document.
func judge(t *testing.T, documents []document) {
	t.Helper()
	for _, d := range documents {
		for name, compile := range validators {
			t.Run(d.name+"/"+name, func(t *testing.T) {
				validate := compile(t, d.schema)
				for _, i := range d.instances {
					if err := validate([]byte(i.json)); (err == nil) != i.valid {
						t.Errorf("%s: valid is %t, want %t\n%s\nerror: %v", i.name, err == nil,
							i.valid, i.json, err)
					}
				}
			})
		}
	}
}
