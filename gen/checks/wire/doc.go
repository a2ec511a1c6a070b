// Package wire plays a service and its clients over real connections: each code of the bitHuman
// catalog is served, decoded, matched, logged and retried. The tests with clients that are not Go
// need python3 and curl, and stand behind a build tag:
//
//	go test ./wire
//	go test -tags tools ./wire
package wire
