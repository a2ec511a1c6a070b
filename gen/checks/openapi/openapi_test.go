package openapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
	"github.com/errspec/errspec/gen/internal/emit/openapi"
	"github.com/errspec/errspec/gen/internal/pipeline"
)

// openapiDocuments are the OpenAPI documents, by name, of every catalog that compiles and of a
// catalog in each style of envelope.
func openapiDocuments(t *testing.T) map[string][]byte {
	t.Helper()
	documents := map[string][]byte{}
	for _, file := range corpus.Catalogs(t) {
		if c, _ := pipeline.Load(corpus.Open(t, file)); c != nil {
			name := filepath.Base(filepath.Dir(file))
			documents[name+".yaml"] = corpus.Emitted(t)(openapi.Emit(c, openapi.Options{}))
			documents[name+".json"] = corpus.Emitted(t)(openapi.Emit(c,
				openapi.Options{JSON: true}))
		}
	}
	for _, e := range catalogtest.Envelopes() {
		c := catalogtest.Everything(e.Envelope)
		name := "style-" + e.Name
		documents[name+".yaml"] = corpus.Emitted(t)(openapi.Emit(c, openapi.Options{}))
		documents[name+".json"] = corpus.Emitted(t)(openapi.Emit(c, openapi.Options{JSON: true}))
	}
	return documents
}

// TestKinOpenAPI loads every document, validates it with its examples, and resolves the references
// of an API's document.
func TestKinOpenAPI(t *testing.T) {
	for name, data := range openapiDocuments(t) {
		doc, err := openapi3.NewLoader().LoadFromData(data)
		if err != nil {
			t.Errorf("%s: %v\n%s", name, err, data)
			continue
		}
		if err := doc.Validate(t.Context(), openapi3.EnableExamplesValidation()); err != nil {
			t.Errorf("%s: %v\n%s", name, err, data)
		}
		validateExamples(t, name, doc)
	}
}

// validateExamples validates each example of each response with the schema of its body. A changed
// example must fail.
func validateExamples(t *testing.T, name string, doc *openapi3.T) {
	t.Helper()
	for key, response := range doc.Components.Responses {
		for _, media := range response.Value.Content {
			for of, example := range media.Examples {
				if err := media.Schema.Value.VisitJSON(example.Value.Value,
					openapi3.EnableJSONSchema2020()); err != nil {
					t.Errorf("%s: %s is an invalid example of %s: %v", name, of, key, err)
				}
			}
			if media.Schema.Value.VisitJSON(map[string]any{},
				openapi3.EnableJSONSchema2020()) == nil {
				t.Errorf("%s: the schema accepts an invalid %s", name, key)
			}
		}
	}
}

// TestRealResponses holds the documents of public APIs to bodies that they really send.
func TestRealResponses(t *testing.T) {
	for _, file := range corpus.APIs(t) {
		c, _ := pipeline.Load(corpus.Open(t, file))
		if c == nil {
			t.Fatalf("%s has errors", file)
		}
		text := corpus.Emitted(t)(openapi.Emit(c, openapi.Options{}))
		doc, err := openapi3.NewLoader().LoadFromData(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range corpus.Responses(t, file) {
			var body any
			if err := json.Unmarshal(r.Body, &body); err != nil {
				t.Fatal(err)
			}
			for _, key := range []string{"default", fmt.Sprintf("Status.%d", r.Status)} {
				response := doc.Components.Responses[key]
				if response == nil {
					t.Errorf("%s: there is no response %s", file, key)
					continue
				}
				for _, media := range response.Value.Content {
					if err := media.Schema.Value.VisitJSON(body, openapi3.EnableJSONSchema2020()); err != nil {
						t.Errorf("%s: %s is no %s: %v", file, r.Name, key, err)
					}
				}
			}
		}
	}
}

// TestReferences loads an API's document that refers to ours in another file.
func TestReferences(t *testing.T) {
	api, err := os.ReadFile("testdata/api.yaml")
	if err != nil {
		t.Fatal(err)
	}
	loader := openapi3.NewLoader()
	loader.IsExternalRefsAllowed = true
	dir := t.TempDir()
	copyFile(t, "../../../generated/openapi.yaml", filepath.Join(dir, "errors.yaml"))
	copyFile(t, "testdata/api.yaml", filepath.Join(dir, "api.yaml"))
	doc, err := loader.LoadFromFile(filepath.Join(dir, "api.yaml"))
	if err != nil {
		t.Fatalf("%v\n%s", err, api)
	}
	if err := doc.Validate(t.Context(), openapi3.EnableExamplesValidation()); err != nil {
		t.Error(err)
	}
	notFound := doc.Paths.Value("/v1/agent/{code}").Get.Responses.Value("404").Value
	body := notFound.Content["application/json"].Schema.Value
	code := body.Properties["error"].Value.Properties["code"].Value
	if code.Const != "NOT_FOUND" {
		t.Errorf("the code of the 404 is %v", code.Const)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, bytes.Clone(data), 0o600); err != nil {
		t.Fatal(err)
	}
}
