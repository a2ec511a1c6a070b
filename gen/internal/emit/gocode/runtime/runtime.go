// Package apierr is the runtime: the part of a generated package that is the same for every
// catalog. It is ordinary Go: compiled, vetted, tested and fuzzed here, and copied, with its
// package clause changed, into what errspec generates.
//
// Package gocode makes what depends on the catalog: the codes, the types, the tables, the envelope.
// Here it comes from testdata/catalog.yaml, so that the folder is a complete generated package. To
// make it again, run go test ./gen/internal/emit/gocode -run RuntimeFolder -update.
//
// This file is not copied.
package apierr
