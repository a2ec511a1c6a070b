// Package clients holds errspec's OpenAPI document against generators of Go clients: oapi-codegen
// and ogen make a client of an API's document that refers to ours, the client is built, and it
// reads errors that a server with the generated Go package sends.
package clients

// What the code of the generators needs.
import (
	_ "github.com/go-faster/errors"
	_ "github.com/go-faster/jx"
	_ "github.com/oapi-codegen/runtime"
	_ "github.com/ogen-go/ogen/conv"
	_ "github.com/ogen-go/ogen/http"
	_ "github.com/ogen-go/ogen/json"
	_ "github.com/ogen-go/ogen/ogenerrors"
	_ "github.com/ogen-go/ogen/uri"
	_ "github.com/ogen-go/ogen/validate"
)
