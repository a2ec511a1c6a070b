package fixed

import (
	"context"
	"net/http"
	"strings"
)

// find returns the first error of this package in err's tree, and whether [Relay] stands before it. A bare [Code] or [Variant] of the catalog
// is one, and so is an error of another copy of this package, made of a catalog of the same service.
func find(err error) (found *Error, relay bool) {
	walk(err, func(err error, passed bool) bool {
		switch x := any(err).(type) { // itself: walk comes to what it wraps
		case *Error:
			found = x
		case Code:
			found = bareError(string(x), "")
		case Variant:
			found = bareError("", string(x))
		case copied:
			found = ofCopy(x)
		case copiedCode:
			if name, code, variant := x.ErrspecCode(); name == service && name != "" {
				found = bareError(code, variant)
			}
		}
		relay = passed
		return found != nil
	})
	return found, relay && found != nil
}

// bareError returns the error of a code alone, or of a variant; nil: the catalog does not have it.
func bareError(code, variant string) *Error {
	number := -1
	if slash := strings.LastIndexByte(variant, '/'); slash >= 0 {
		code = variant[:slash]
	}
	info, ok := Lookup(code)
	if ok && variant != "" {
		number = info.variantNumber(variant[len(code)+1:])
		ok = number >= 0
	}
	if !ok {
		return nil
	}
	return info.bare(number)
}

// maxTree bounds how many errors of a tree are looked at: an error that wraps itself has no end.
const maxTree = 1000

// walk calls visit with the errors of err's tree in pre-order, as [errors.As] goes through it, until visit returns true. relayed is
// true for what [Relay] wraps. Unlike errors.As it comes to an end in any tree, and survives an Unwrap that panics.
func walk(err error, visit func(err error, relayed bool) (stop bool)) {
	left := maxTree
	walkOn(err, false, &left, visit)
}

func walkOn(err error, relay bool, left *int, visit func(error, bool) bool) (stopped bool) {
	for err != nil && *left > 0 {
		*left--
		if r, ok := any(err).(relayed); ok {
			relay, err = true, r.error
			continue
		}
		if visit(err, relay) {
			return true
		}
		var branches []error
		branches, err = unwrapped(err)
		for _, branch := range branches {
			if walkOn(branch, relay, left, visit) {
				return true
			}
		}
	}
	return false
}

// isDeep reports whether err wraps more errors than can be read in a line of a log.
func isDeep(err error) bool {
	n := 0
	walk(err, func(error, bool) bool {
		n++
		return n > 32
	})
	return n > 32
}

// unwrapped returns what err wraps: several errors or one.
func unwrapped(err error) (several []error, one error) {
	defer func() {
		if recover() != nil { // in somebody else's Unwrap
			several, one = nil, nil
		}
	}()
	switch x := any(err).(type) {
	case interface{ Unwrap() error }:
		return nil, x.Unwrap()
	case interface{ Unwrap() []error }:
		return x.Unwrap(), nil
	}
	return nil, nil
}

// isDeadline reports whether err itself says that a deadline has passed, or that something took too long.
func isDeadline(err error) (is bool) {
	defer func() {
		if recover() != nil { // in somebody else's Is or Timeout
			is = false
		}
	}()
	if x, ok := any(err).(interface{ Timeout() bool }); ok && x.Timeout() { // net.Error, and those of context and os
		return true
	}
	x, ok := any(err).(interface{ Is(error) bool })
	return ok && x.Is(context.DeadlineExceeded)
}

// A program may hold several copies of this package: two versions of one module, or packages that several modules have generated. Their
// errors meet in [errors.Is], [From] and [Write] if they were made of catalogs with the same service name. They know each other by the
// methods of these interfaces.
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

// ofCopy returns another copy's error as one of this package; nil if it is of another service.
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

// ErrspecResponse returns the service's name and what is sent for the error, and whether that came from another server. It is there for
// other copies of this package in the same program.
func (e *Error) ErrspecResponse(requestID string) (string, int, http.Header, []byte, bool) {
	if e == nil {
		return "", 0, nil, nil, false
	}
	if e.requestID == "" {
		e = e.withRequestID(requestID)
	}
	return service, e.Status(), e.Header(), e.AppendJSON(nil), e.Remote()
}

// isKnown reports whether the catalog has the error's code, or that of another copy which made the error.
func (e *Error) isKnown() bool { return e.info != nil || e.copy != nil && !e.Remote() }

// ErrspecResponse returns what is sent for an error that is relayed, if it is one of this package that may be.
func (r relayed) ErrspecResponse(requestID string) (string, int, http.Header, []byte, bool) {
	e, _ := find(r.error)
	if e == nil || !e.isKnown() || e.info != nil && e.info.internal {
		return "", 0, nil, nil, false
	}
	name, status, _, body, _ := e.withErrorStatus().ErrspecResponse(requestID)
	h := http.Header{}
	e.setHeaders(h)
	return name, status, h, body, false
}

// ErrspecCode returns the code and its service. It is there for other copies of this package in the same program.
func (c Code) ErrspecCode() (string, string, string) { return service, string(c), "" }

// ErrspecCode returns the variant and its service. It is there for other copies of this package in the same program.
func (v Variant) ErrspecCode() (string, string, string) { return service, "", string(v) }
