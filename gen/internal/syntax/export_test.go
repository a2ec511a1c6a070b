package syntax

import "slices"

// Collections returns the keys of the format whose values are lists or mappings of the author's.
func Collections() []string {
	var keys []string
	seen := map[*Type]bool{}
	var visit func(t *Type)
	visit = func(t *Type) {
		if t == nil || seen[t] {
			return
		}
		seen[t] = true
		for _, f := range t.Fields {
			if f.Type.Kind == List || f.Type.Kind == Map {
				keys = append(keys, f.Key)
			}
			visit(f.Type)
		}
		visit(t.Item)
		for _, a := range t.Alternatives {
			visit(a.Type)
		}
	}
	visit(Format())
	slices.Sort(keys)
	return slices.Compact(keys)
}
