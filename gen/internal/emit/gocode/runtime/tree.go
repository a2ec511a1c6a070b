package apierr

import "slices"

// find returns the outermost error of this package in err's tree, and whether it is inside Relay.
func find(err error) (found *Error, relay bool) {
	walk(err, func(err error, inRelay bool) bool {
		relay = inRelay
		//errspec:if copies
		err = ours(err)
		//errspec:end
		switch x := any(err).(type) {
		case holder:
			found = x.self()
		case Code:
			if i, ok := Lookup(string(x)); ok {
				found = i.bare(-1)
			}
		//errspec:if variants
		case Variant:
			if i, n := x.find(); n >= 0 {
				found = i.bare(n)
			}
		//errspec:end
		//errspec:if copies
		case copied:
			found = ofCopy(x)
			//errspec:end
		}
		return found != nil
	})
	return found, relay
}

// maxTree bounds how many errors of a tree are visited: an error that wraps itself has no end.
const maxTree = 1000

// walk visits err and what it wraps, in the order of [errors.As], until visit returns true. inRelay
// is true for what Relay wraps. It returns the number of visits.
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
	//errspec:if server
	case relayed:
		return walkOn(x.Err, true, visited, visit)
	//errspec:end
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
