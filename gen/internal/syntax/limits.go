package syntax

import (
	"fmt"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

const (
	maxNodes = 10_000_000 // with every alias replaced by what it stands for
	maxDepth = 100

	// Every node that an alias stands for is walked and kept anew, so aliases may add as many nodes as are written, and some: a small file
	// must not take much memory.
	maxAliased = 100_000
)

// A measure is how large a node is with its aliases expanded.
type measure struct {
	nodes, height int
	open          bool // being measured: an alias to it lies inside it
}

// A meter measures a document without expanding it: what an anchor marks is measured once.
type meter struct {
	file    *diag.File
	list    *diag.List
	anchors map[*yaml.Node]*measure
	written int // nodes
	failed  bool
}

// bounded reports whether the walker may go through the document.
func bounded(f *diag.File, root *yaml.Node, list *diag.List) bool {
	m := &meter{file: f, list: list, anchors: map[*yaml.Node]*measure{}}
	all := m.measure(root, 1)
	if all.nodes-m.written > maxAliased+m.written {
		m.fail(root, rule.LimitExceeded, fmt.Sprintf("aliases make %d nodes of the %d that are written", all.nodes, m.written), "use fewer aliases")
	}
	return !m.failed
}

func (m *meter) measure(n *yaml.Node, depth int) measure {
	if m.failed {
		return measure{}
	}
	if n.Kind == yaml.AliasNode {
		return m.alias(n, depth)
	}
	if depth > maxDepth {
		m.fail(n, rule.LimitExceeded, fmt.Sprintf("more than %d levels of nesting", maxDepth),
			"the format needs ten; is a bracket or an indentation wrong?")
		return measure{}
	}
	var known *measure
	if n.Anchor != "" {
		known = &measure{open: true}
		m.anchors[n] = known
	}
	m.written++
	sum := measure{nodes: 1, height: 1}
	for _, child := range n.Content {
		c := m.measure(child, depth+1)
		sum.nodes += c.nodes
		sum.height = max(sum.height, c.height+1)
	}
	if sum.nodes > maxNodes {
		m.fail(n, rule.LimitExceeded,
			fmt.Sprintf("with its aliases this expands to more than %d million nodes", maxNodes/1_000_000), "use fewer aliases of aliases")
	}
	if known != nil {
		*known = sum
	}
	return sum
}

func (m *meter) alias(n *yaml.Node, depth int) measure {
	switch target := m.anchors[n.Alias]; {
	case target == nil || target.open:
		m.fail(n, rule.YAMLSyntax, fmt.Sprintf("the alias *%s stands inside what &%s marks", n.Value, n.Value),
			"an alias can not contain itself")
		return measure{}
	case depth+target.height-1 > maxDepth:
		m.fail(n, rule.LimitExceeded, fmt.Sprintf("with its aliases this has more than %d levels of nesting", maxDepth),
			"use fewer aliases of aliases")
		return measure{}
	default:
		return *target
	}
}

func (m *meter) fail(n *yaml.Node, id, message, help string) {
	if !m.failed {
		m.failed = true
		m.list.Add(diag.Diagnostic{Severity: diag.Error, Rule: id, Span: Place{n, m.file}.Span(), Message: message, Help: help})
	}
}
