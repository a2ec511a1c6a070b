// Package wire runs a service and its clients over real connections: it serves, decodes, matches,
// logs and retries each code of the bitHuman catalog. The tests with clients in other languages
// need python3, curl and a build tag:
//
//	go test ./wire
//	go test -tags tools ./wire
package wire
