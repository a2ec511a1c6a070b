package apierr

import (
	"cmp"
	"errors"
	"iter"
	"net/http"
	"slices"
	"strconv"
)

// maxErrors bounds how many errors a response may have. With what they wrap they are fewer than
// maxTree.
const maxErrors = 256

// Each yields the errors of this package in err's tree: several if [errors.Join] or a response has
// several, up to 256. The first is the one that [From] finds. Each does not look into causes.
//
//	for one := range Each(err) {
//		e, _ := From(one)
//		…
//	}
func Each(err error) iter.Seq[error] {
	var list []error
	branches(err, func(err error, _ bool) { list = append(list, err) })
	return slices.Values(list[:min(len(list), maxErrors)])
}

// isJoined reports whether err's tree has branches.
func isJoined(err error) bool {
	defer func() { _ = recover() }() // the methods of other people's errors may panic
	for range maxTree {
		switch x := any(err).(type) {
		case interface{ Unwrap() []error }:
			return true
		case interface{ Unwrap() error }:
			err = x.Unwrap()
		default:
			return false
		}
	}
	return false
}

// branches visits the errors of this package in err's tree, up to one more than maxErrors. inRelay
// is true for what Relay wraps.
func branches(err error, visit func(err error, inRelay bool)) {
	left, found := maxTree, 0
	branchesOf(err, false, &left, func(err error, relay bool) bool {
		if e, _ := find(err); e != nil {
			found++
			visit(err, relay)
		}
		return found <= maxErrors
	})
}

func branchesOf(err error, relay bool, left *int, visit func(error, bool) bool) (goOn bool) {
	defer func() {
		if recover() != nil { // the methods of other people's errors may panic
			goOn = true
		}
	}()
	for *left > 0 {
		*left--
		switch x := any(err).(type) {
		case holder, typed:
			return visit(err, relay)
		//errspec:if server
		case relayed:
			err, relay = x.Err, true
		//errspec:end
		//errspec:if copies
		case copied:
			return visit(err, relay)
		//errspec:end
		case interface{ Unwrap() error }:
			err = x.Unwrap()
		case interface{ Unwrap() []error }:
			for _, err := range x.Unwrap() {
				if !branchesOf(err, relay, left, visit) {
					return false
				}
			}
			return true
		default:
			return visit(err, relay)
		}
	}
	return false
}

// all yields the errors that have an element in the body, with their indexes.
func (e *Error) all() iter.Seq2[int, *Error] {
	return func(yield func(int, *Error) bool) {
		if !yield(0, e) {
			return
		}
		for i, other := range e.others {
			if !yield(i+1, other) {
				return
			}
		}
	}
}

//errspec:if server

// chooseAll returns the errors to send for err, the first with the others, and why they are not err
// itself; nil: err is not several errors, or none of them may be sent.
func chooseAll(err error) (first *Error, why error) {
	n := 0
	branches(err, func(err error, inRelay bool) {
		if inRelay {
			err = relayed{err}
		}
		e, reason := choose(err)
		if n++; e == nil || n > maxErrors {
			why = notAll
			return
		}
		if reason != nil && why == nil {
			why = reason
		}
		if first == nil {
			first = e.clone()
		} else {
			first.others = append(first.others, e)
		}
	})
	if n < 2 {
		return nil, nil
	}
	return first, why
}

// complete gives the other errors of a body the first one's request id, and sends the longest
// Retry-After.
func (e *Error) complete(h http.Header) {
	longest := e.RetryAfter
	for i, other := range e.others {
		if longest = max(longest, other.RetryAfter); other.RequestID == "" {
			e.others[i] = other.clone()
			e.others[i].RequestID = e.RequestID
		}
	}
	if longest > e.RetryAfter {
		h.Set("Retry-After", wholeSeconds(longest))
	}
}

//errspec:end
//errspec:if client

// keepElements keeps the elements of an array, which is valid.
func (b *body) keepElements(s *shape, raw []byte) {
	b.elements, b.element = nil, s.each
	r := reader{data: raw, pos: 1}
	for item := r.item(); item != nil && len(b.elements) <= maxErrors; item = r.item() {
		b.elements = append(b.elements, item)
	}
}

// withElement returns the body with what an element of its errors adds.
func (b body) withElement(element []byte) body {
	r := reader{data: element, body: b}
	r.value(b.element, 0)
	return r.body
}

// ofResponse returns a body with what all errors of the response share.
func (b *body) ofResponse() body {
	shared := body{element: b.element}
	//errspec:if bystatus
	shared.isLater = true
	//errspec:end
	//errspec:if requestbody
	shared.raw[roleRequestID] = b.raw[roleRequestID]
	//errspec:if texts
	shared.shape[roleRequestID] = b.shape[roleRequestID]
	//errspec:end
	//errspec:end
	return shared
}

// parseEach returns the errors of a response that has several, joined. The headers and what is
// outside the elements belong to the first error; the request id and the Retry-After belong to all.
func (d *Decoder) parseEach(status int, h http.Header, data []byte, outer *body) error {
	elements, tooMany := outer.elements, len(outer.elements) > maxErrors
	if tooMany {
		elements = elements[:maxErrors-1]
	}
	list := make([]error, 0, len(elements)+1)
	var first *Error
	add := func(err error, b *body) {
		e := itself(err)
		if list = append(list, err); first == nil {
			first = e
			return
		}
		e.Header = first.Header
		d.addHeaders(e, b)
	}
	for i, raw := range elements {
		start, headers := *outer, h
		if i > 0 {
			start, headers, data = outer.ofResponse(), nil, raw
		}
		b := start.withElement(raw)
		var said int // the status in the element
		//errspec:if statusbody
		shared := outer.ofResponse()
		if said = shared.withElement(raw).status; said < 400 || said > 599 {
			said = 0
		}
		b.status, b.differ = 0, false
		if start.status != 0 && start.status != status {
			b.status, b.differ = start.status, true
		}
		//errspec:end
		err := d.errorOf(cmp.Or(said, status), headers, data, b, true, nil)
		e := itself(err)
		if i > 0 && said == 0 && e.info != nil && !slices.Contains(e.info.statuses, status) {
			e.Status = e.info.statuses[0] // the status of the response is that of the first
		}
		add(err, &b)
	}
	if tooMany { // the last stands for the rest
		b := outer.ofResponse()
		u := unrecognized("", outer.elements[maxErrors-1], true, nil)
		u.Reason = "the body holds more than " + strconv.Itoa(maxErrors) + " errors"
		u.Status, u.Message, u.remote = status, http.StatusText(status), true
		add(u, &b)
	}
	return errors.Join(list...)
}

//errspec:if retry

// decideAll retries only if each error may be retried, after the longest delay, and with any method
// only if each allows that.
func decideAll(several []error, attempt int, rnd func() float64) Decision {
	all := Decision{AnyMethod: true}
	for _, err := range several {
		d := decide(err, attempt, rnd)
		if !d.Retry {
			return d
		}
		d.Delay, d.AnyMethod = max(d.Delay, all.Delay), d.AnyMethod && all.AnyMethod
		all = d
	}
	return all
}

//errspec:end
//errspec:end
