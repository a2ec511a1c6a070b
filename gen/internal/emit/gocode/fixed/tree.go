package fixed

import (
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
