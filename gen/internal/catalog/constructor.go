package catalog

import "slices"

// maxArguments is how many params a constructor takes one by one. One that has more, or optional
// ones, takes the params struct.
const maxArguments = 5

// TakesStruct reports whether the entry's constructors in Go take its params as a struct.
func (e *Entry) TakesStruct() bool {
	for i := range e.Variants {
		if len(e.Takes(&e.Variants[i])) > maxArguments {
			return true
		}
	}
	return slices.ContainsFunc(e.Params, func(p Param) bool { return p.Optional })
}

// Takes returns the names of the params that a variant's constructor in Go needs: those of its
// message, of the headers, the details and the sensitive ones, but none that is optional.
func (e *Entry) Takes(v *Variant) map[string]bool {
	takes := map[string]bool{}
	for _, name := range v.Message.Names() {
		takes[name] = true
	}
	for i := range e.Headers {
		for _, name := range e.Headers[i].Value.Names() {
			takes[name] = true
		}
	}
	for i := range e.Params {
		switch p := &e.Params[i]; {
		case p.Optional:
			delete(takes, p.Name)
		case p.Detail || p.Sensitive:
			takes[p.Name] = true
		}
	}
	return takes
}
