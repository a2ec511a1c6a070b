// Package checks holds errspec's schemas against validators that we did not write: on what servers send, and on what they
// must not send.
//
// It is a module of its own, so that whoever runs `go get -tool` for errspec does not get the validators as well. The tests
// against ajv need its npm packages and stand behind a build tag:
//
//	go test ./...
//	npm ci --prefix ajv && go test -tags npm ./...
package checks
