package apierr

import (
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

// A copied is an error of another copy of this package: a program may have several, such as two
// versions of one module. If their catalogs have the same service name, each treats the errors of
// the other as its own.
type copied interface {
	error
	ErrspecError(requestID string) reply
}

// A reply tells another copy about an error and its response, or about a code or a variant, without
// a body. It is an alias because a defined type would differ in each copy.
type reply = struct {
	Service, Code, Variant, Message, RequestID string
	Status                                     int
	RetryAfter                                 time.Duration
	Remote                                     bool
	Header                                     http.Header
	Body                                       []byte
}

// ours returns another copy's code or variant as one of this package, and any other error as it is.
func ours(err error) (own error) {
	own = err
	switch x := any(err).(type) {
	case Code, *Error:
	//errspec:if variants
	case Variant:
	//errspec:end
	case copied:
		defer func() { _ = recover() }() // it may be somebody else's, and panic
		switch f := x.ErrspecError(""); {
		case f.Service != service || f.Body != nil:
		//errspec:if variants
		case f.Variant != "":
			own = Variant(f.Variant)
		//errspec:end
		case f.Variant == "":
			own = Code(f.Code)
		}
	}
	return own
}

// ofCopy returns a copy's error as one of this package; nil if it is of another service or cannot
// be sent.
func ofCopy(x copied) *Error {
	f := x.ErrspecError("")
	isSendable := f.Code != "" && isFailure(f.Status)
	if f.Service != service || !json.Valid(f.Body) || !isSendable && !f.Remote {
		return nil
	}
	e := &Error{copy: x, cause: errors.Unwrap(x), remote: f.Remote}
	e.info, _ = Lookup(f.Code)
	e.Code, e.Status, e.Message = Code(f.Code), f.Status, f.Message
	e.RequestID, e.RetryAfter = f.RequestID, f.RetryAfter
	//errspec:if variants
	e.Variant = Variant(f.Variant)
	//errspec:end
	return e
}

// ErrspecError is for other copies of this package.
func (e *Error) ErrspecError(requestID string) reply {
	if e == nil || e.info == nil && e.copy == nil && !e.remote {
		return reply{} // a literal, which no constructor made
	}
	e = e.clone()
	if e.RequestID == "" {
		e.RequestID = requestID
	}
	if e.info != nil && !e.hasStatus() {
		e.Status = e.info.bare(-1).Status // which Write sends
	}
	f := reply{Service: service, Code: string(e.Code), Status: e.Status, Message: e.Message}
	f.RequestID, f.RetryAfter, f.Remote = e.RequestID, e.RetryAfter, e.remote
	//errspec:if variants
	f.Variant = string(e.Variant)
	//errspec:end
	f.Header, f.Body = http.Header{}, e.appendJSON(nil)
	e.setHeaders(f.Header)
	return f
}

//errspec:if server

// ErrspecError is for other copies of this package.
func (r relayed) ErrspecError(requestID string) reply {
	e, _ := choose(r)
	f := e.ErrspecError(requestID)
	f.Remote = false
	return f
}

//errspec:end

// ErrspecError is for other copies of this package.
func (c Code) ErrspecError(string) reply { return reply{Service: service, Code: string(c)} }

//errspec:if variants

// ErrspecError is for other copies of this package.
func (v Variant) ErrspecError(string) reply { return reply{Service: service, Variant: string(v)} }

//errspec:end
