package fixed

import (
	"net/http"
	"slices"
	"strings"
)

// find returns the outermost error of this package in err's tree, and whether it is inside [Relay].
func find(err error) (found *Error, relay bool) {
	walk(err, func(err error, inRelay bool) bool {
		relay = inRelay
		switch x := any(err).(type) {
		case *Error:
			found = x
		case Code:
			found = bareError(string(x))
		case Variant:
			found = bareError(string(x))
		case copied:
			found = ofCopy(x)
		case copiedCode:
			if name, code, variant := x.ErrspecCode(); name == service && name != "" {
				found = bareError(code + variant) // one of which is empty
			}
		}
		return found != nil
	})
	return found, relay
}

// bareError returns the error of a bare [Code] or [Variant]; nil: the catalog does not have it.
func bareError(name string) *Error {
	code, _, isVariant := strings.Cut(name, "/")
	i, ok := Lookup(code)
	if !ok {
		return nil
	}
	n := slices.IndexFunc(i.messages, func(m messageInfo) bool { return string(m.variant) == name })
	if isVariant && n < 0 {
		return nil
	}
	return i.bare(n)
}

// maxTree bounds how many errors of a tree are visited: an error that wraps itself has no end.
const maxTree = 1000

// walk visits err and what it wraps, in the order of [errors.As], until visit returns true. inRelay
// tells what [Relay] wraps. It returns the number of visits.
func walk(err error, visit func(err error, inRelay bool) (stop bool)) (visited int) {
	walkOn(err, false, &visited, visit)
	return visited
}

func walkOn(err error, relay bool, visited *int, visit func(error, bool) bool) (stop bool) {
	defer func() { _ = recover() }() // the methods of other people's errors may panic
	if err == nil || *visited == maxTree {
		return false
	}
	*visited++
	switch x := any(err).(type) {
	case relayed:
		return walkOn(x.error, true, visited, visit)
	case interface{ Unwrap() error }:
		return visit(err, relay) || walkOn(x.Unwrap(), relay, visited, visit)
	case interface{ Unwrap() []error }:
		return visit(err, relay) || slices.ContainsFunc(x.Unwrap(), func(err error) bool {
			return walkOn(err, relay, visited, visit)
		})
	}
	return visit(err, relay)
}

// isDeep reports whether err wraps more errors than can be read in a line of a log.
func isDeep(err error) bool { return walk(err, func(error, bool) bool { return false }) > 32 }

func (e *Error) withRequestID(id string) *Error {
	c := *e
	c.requestID = id
	return &c
}

// A program may hold several copies of this package, such as two versions of one module. If their
// catalogs have the same service name, their errors meet in [errors.Is], [From] and [Write]. They
// know each other by these methods.
type (
	copied interface {
		error
		ErrspecResponse(requestID string) (service string, status int, header http.Header, body []byte, remote bool)
	}
	copiedCode interface {
		error
		ErrspecCode() (service, code, variant string)
	}
)

// ofCopy returns a copy's error as one of this package; nil: it is of another service.
func ofCopy(x copied) *Error {
	name, status, header, body, remote := x.ErrspecResponse("")
	if name == "" || name != service {
		return nil
	}
	e, _ := From(Parse(status, header, body))
	e.copy, e.cause = x, x
	if !remote {
		e.set &^= isRemote
	}
	return e
}

// ErrspecResponse is for other copies of this package: it returns what is sent for the error, and
// whether it came from another server.
func (e *Error) ErrspecResponse(requestID string) (string, int, http.Header, []byte, bool) {
	if e == nil {
		return "", 0, nil, nil, false
	}
	if e.requestID == "" {
		e = e.withRequestID(requestID)
	}
	return service, e.Status(), e.Header(), e.AppendJSON(nil), e.Remote()
}

// ErrspecResponse is for other copies of this package.
func (r relayed) ErrspecResponse(requestID string) (string, int, http.Header, []byte, bool) {
	e, _ := choose(r)
	if e == nil {
		return "", 0, nil, nil, false
	}
	h := http.Header{}
	e.setHeaders(h)
	name, status, _, body, _ := e.ErrspecResponse(requestID)
	return name, status, h, body, false
}

// ErrspecCode is for other copies of this package.
func (c Code) ErrspecCode() (string, string, string) { return service, string(c), "" }

// ErrspecCode is for other copies of this package.
func (v Variant) ErrspecCode() (string, string, string) { return service, "", string(v) }
