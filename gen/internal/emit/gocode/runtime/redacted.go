package apierr

import (
	"fmt"
	"io"
	"log/slog"
	"reflect"
)

// Redacted holds the value of a sensitive param. However it is printed, logged or encoded, it shows
// as [redacted]; only Value returns the value.
type Redacted[T any] struct {
	value *T // a pointer, so that what prints unexported fields prints an address
}

// Redact returns v as the value of a sensitive param.
func Redact[T any](v T) Redacted[T] { return Redacted[T]{&v} }

// Value returns the value. It is the zero value of T if none was set, as in an error from a
// response, because a sensitive param is never sent.
func (r Redacted[T]) Value() T {
	if r.value == nil {
		var zero T
		return zero
	}
	return *r.value
}

// Equal reports whether the values are equal, for go-cmp. A diff of two that are not shows them, as
// does whatever follows pointers by reflection.
func (r Redacted[T]) Equal(other Redacted[T]) bool {
	return reflect.DeepEqual(r.Value(), other.Value())
}

const redacted = "[redacted]"

// String returns [redacted].
func (r Redacted[T]) String() string { return redacted }

// Format writes [redacted], whatever the verb.
func (r Redacted[T]) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// MarshalText returns [redacted], for encoding/json and other encoders.
func (r Redacted[T]) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// LogValue returns [redacted].
func (r Redacted[T]) LogValue() slog.Value { return slog.StringValue(redacted) }
