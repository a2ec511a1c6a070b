package fixed

import "net/http"

// A program may hold several copies of this package, such as two versions of one module. If their
// catalogs have the same service name, [errors.Is], [From] and [Write] treat their errors alike.
type (
	copied interface {
		error
		ErrspecResponse(requestID string) (
			service string, status int, header http.Header, body []byte, remote bool)
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
