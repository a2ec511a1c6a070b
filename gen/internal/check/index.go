package check

import "slices"

// An index finds names by their place in a list. A short list is searched; a long one, which no
// person writes, is not.
type index struct {
	list   []string
	places map[string]int
}

// add appends a name, and returns the place that it has already, or -1.
func (x *index) add(name string) int {
	at := x.find(name)
	if x.list = append(x.list, name); at >= 0 {
		return at
	}
	switch {
	case x.places != nil:
		x.places[name] = len(x.list) - 1
	case len(x.list) > 16:
		x.places = make(map[string]int, 2*len(x.list))
		for i, name := range slices.Backward(x.list) {
			x.places[name] = i
		}
	}
	return -1
}

// find returns the first place of a name, or -1.
func (x *index) find(name string) int {
	if x.places == nil {
		return slices.Index(x.list, name)
	}
	if i, ok := x.places[name]; ok {
		return i
	}
	return -1
}
