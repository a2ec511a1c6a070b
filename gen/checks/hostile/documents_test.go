package hostile

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
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

// templateHolds puts the body as errors.json has it into the catalog: the bodies must be the same.
func (j *judge) templateHolds(a *accepted) error {
	var document struct {
		Envelope struct {
			MediaType string          `json:"media_type"`
			Template  json.RawMessage `json:"template"`
		} `json:"envelope"`
	}
	if err := json.Unmarshal(a.outputs["json"][0].Data, &document); err != nil {
		return err
	}
	var n, body yaml.Node
	if err := cmp.Or(yaml.Unmarshal(a.data, &n),
		yaml.Unmarshal(document.Envelope.Template, &body)); err != nil {
		return err
	}
	envelope := get(n.Content[0], "envelope")
	if envelope != nil && envelope.Kind == yaml.AliasNode {
		envelope = envelope.Alias
	}
	if envelope == nil || envelope.Kind != yaml.MappingNode {
		envelope = mapping(str("media_type"), str(document.Envelope.MediaType))
	}
	set(envelope, "body", body.Content[0])
	set(n.Content[0], "envelope", envelope)
	c, list := pipeline.Load(source.New("catalog.yaml", encoded(&n), j.root))
	if c == nil {
		return fmt.Errorf("refused: %v: %s", list.All(), document.Envelope.Template)
	}
	for e := range a.catalog.Public() {
		again := c.Find(e.Code)
		for i := range e.Variants {
			for _, status := range e.Statuses {
				was := a.catalog.ExampleBody(e, &e.Variants[i], status)
				if is := c.ExampleBody(again, &again.Variants[i], status); !bytes.Equal(was, is) {
					return fmt.Errorf("%s sends %s, with the template %s", e.Code, was, is)
				}
			}
		}
	}
	return nil
}
