// Package clients tries errspec's OpenAPI document with generators of Go clients. oapi-codegen and
// ogen generate a client of an API whose document refers to ours. The client is built, and it reads
// errors from a server that uses the generated Go package.
package clients

// Imported by the generated code.
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
