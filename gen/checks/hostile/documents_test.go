package hostile

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// openAPIHolds loads an OpenAPI document, and validates the examples of its responses. kin-openapi
// refuses a null as any value, and rounds large numbers, so examples are read and validated with a
// library for JSON Schema.
func openAPIHolds(data []byte) error {
	doc, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		return err
	}
	if err := doc.Validate(context.Background(),
		openapi3.DisableExamplesValidation()); err != nil {
		return err
	}
	tree, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return err
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	if err := compiler.AddResource("openapi.json", tree); err != nil {
		return err
	}
	for key, response := range doc.Components.Responses {
		for _, media := range response.Value.Content {
			s, err := compiler.Compile("openapi.json" + media.Schema.Ref)
			if err != nil {
				return err
			}
			for name, example := range media.Examples {
				path := strings.Split(strings.TrimPrefix(example.Ref, "#/"), "/")
				if err := s.Validate(inside(tree, append(path, "value")...)); err != nil {
					return fmt.Errorf("%s is no example of %s: %w", name, key, err)
				}
			}
		}
	}
	return nil
}

// inside returns what is at a path of JSON objects.
func inside(tree any, path ...string) any {
	for _, name := range path {
		tree = tree.(map[string]any)[name]
	}
	return tree
}

// examplesHold validates the example bodies of a catalog with its schemas.
func (a *accepted) examplesHold() error {
	strict := schemaOf(a.outputs["schema"][0].Data)
	lenient := schemaOf(a.outputs["schema-lenient"][0].Data)
	for e := range a.catalog.Public() {
		for i := range e.Variants {
			for _, status := range e.Statuses {
				body := a.catalog.ExampleBody(e, &e.Variants[i], status)
				instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
				if err != nil {
					return err
				}
				if err := lenient.Validate(instance); err != nil {
					return fmt.Errorf("the lenient schema refuses %s: %w", body, err)
				}
				if err := strict.Validate(instance); err != nil {
					return fmt.Errorf("the strict schema refuses %s: %w", body, err)
				}
			}
		}
	}
	return nil
}
