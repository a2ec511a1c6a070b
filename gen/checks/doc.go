// Package checks holds errspec's schemas against validators that we did not write: on what servers send, and on what they
// must not send.
//
// It is a module of its own, so that whoever runs `go get -tool` for errspec does not get the validators as well. The tests
// that need more than Go (npm packages, Debian's programs) stand behind a build tag; .ci/run says what they need:
//
//	go test ./...
//	make outputs     # in the main module: npm packages, then go test -tags tools ./...
package checks
