// Package apierr is the runtime: the part of a generated package that is the same for every
// catalog. It is ordinary Go: compiled, vetted, tested and fuzzed here, and copied, with its
// package clause changed, into what errspec generates.
//
// What depends on the catalog is made by package gocode: the codes, the types, the tables, the
// envelope. For this package it is made of testdata/catalog.yaml, so that the folder is a complete
// generated package; go test ./gen/internal/emit/gocode -run RuntimeFolder -update makes it anew.
//
// This file is not copied.
package apierr
