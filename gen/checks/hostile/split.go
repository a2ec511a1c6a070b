package hostile

import (
	"fmt"
	"path"
	"slices"
	"testing/fstest"

	"gopkg.in/yaml.v3"
)

// A split divides a catalog into files that include each other.
type split struct {
	dice
	files fstest.MapFS
	seen  map[*yaml.Node]bool // groups that a file has so far
}

// parts are the contents of a catalog that any of its files can have, in their order. Statuses and
// policies are pairs of a key and a value. An error comes with its group, which may have no error.
type parts struct {
	errors                     []member
	statuses, policies, buried [][]*yaml.Node
}

type member struct{ group, err *yaml.Node }

// divided are the keys whose values are divided.
var divided = []string{"groups", "statuses", "retry_policies", "retired"}

// divide returns the root file of the divided catalog; the others are in files.
func (s *split) divide(n *yaml.Node) []byte {
	var p parts
	for _, g := range get(n, "groups").Content {
		for _, e := range get(g, "errors").Content {
			p.errors = append(p.errors, member{g, e})
		}
		if len(get(g, "errors").Content) == 0 {
			p.errors = append(p.errors, member{g, nil})
		}
	}
	chunks := func(key string, size int) (all [][]*yaml.Node) {
		if list := get(n, key); list != nil {
			all = slices.Collect(slices.Chunk(list.Content, size))
		}
		return all
	}
	p.statuses, p.policies = chunks("statuses", 2), chunks("retry_policies", 2)
	p.buried = chunks("retired", 1)
	root := mapping()
	for i := 0; i < len(n.Content); i += 2 {
		if !slices.Contains(divided, n.Content[i].Value) {
			set(root, n.Content[i].Value, n.Content[i+1])
		}
	}
	s.seen = map[*yaml.Node]bool{}
	return s.file(root, p, "", 2)
}

// cut divides a list in two.
func cut[T any](s *split, list []T) (first, rest []T) {
	at := s.IntN(len(list) + 1)
	return list[:at], list[at:]
}

func (s *split) cut(p parts) (first, rest parts) {
	first.errors, rest.errors = cut(s, p.errors)
	first.statuses, rest.statuses = cut(s, p.statuses)
	first.policies, rest.policies = cut(s, p.policies)
	first.buried, rest.buried = cut(s, p.buried)
	return first, rest
}

// file returns a file in a folder. Some of the parts are in files that it includes.
func (s *split) file(n *yaml.Node, p parts, folder string, depth int) []byte {
	if depth == 0 {
		s.fill(n, p)
		return encoded(n)
	}
	// A file has a list once: before its include, or behind it.
	var before, included, after parts
	if s.one(2) {
		included, after = s.cut(p)
	} else {
		before, included = s.cut(p)
	}
	s.fill(n, before)
	set(n, "include", s.include(included, folder, depth-1))
	s.fill(n, after)
	return encoded(n)
}

// include returns the paths of one to three new files.
func (s *split) include(p parts, folder string, depth int) *yaml.Node {
	inner, names := fmt.Sprint("part", len(s.files)), list()
	glob := s.one(2)
	if glob {
		names.Content = append(names.Content, str(inner+"/*.yaml"))
	}
	files := 1 + s.IntN(3)
	for i := range files {
		here := p
		if i < files-1 {
			here, p = s.cut(p)
		}
		name := fmt.Sprintf("%s/%d.yaml", inner, i)
		if !glob {
			names.Content = append(names.Content, str(name))
		}
		file := &fstest.MapFile{}
		s.files[path.Join(folder, name)] = file
		file.Data = s.file(mapping(), here, path.Join(folder, inner), depth)
	}
	return names
}

// fill writes parts into a file.
func (s *split) fill(n *yaml.Node, p parts) {
	var last *yaml.Node
	groups := list()
	groups.Style = 0
	for _, m := range p.errors {
		if m.group != last {
			last = m.group
			g := mapping()
			for i := 0; i < len(m.group.Content); i += 2 {
				if key := m.group.Content[i].Value; key == "id" || key != "errors" && !s.seen[m.group] {
					set(g, key, m.group.Content[i+1])
				}
			}
			set(g, "errors", list())
			get(g, "errors").Style = 0
			groups.Content = append(groups.Content, g)
			s.seen[m.group] = true
		}
		if m.err != nil {
			errors := get(groups.Content[len(groups.Content)-1], "errors")
			errors.Content = append(errors.Content, m.err)
		}
	}
	add := func(key string, kind yaml.Kind, content []*yaml.Node) {
		if len(content) > 0 {
			set(n, key, &yaml.Node{Kind: kind, Content: content})
		}
	}
	add("groups", yaml.SequenceNode, groups.Content)
	add("statuses", yaml.MappingNode, slices.Concat(p.statuses...))
	add("retry_policies", yaml.MappingNode, slices.Concat(p.policies...))
	add("retired", yaml.SequenceNode, slices.Concat(p.buried...))
}
