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

	// Every node that an alias stands for is walked and stored again, so aliases may add as many nodes
	// as are written, and some: a small file must not take much memory.
	maxAliased = 100_000

	// In the same way for the texts that aliases repeat.
	maxAliasedText = 1 << 20
)

// What grows faster than the file that asks for it is bounded, far beyond what people write.
// Variants are compared each with each, params and values are looked up for each use, and what the
// catalog or a group says of all codes is repeated for each of them.
const (
	MaxText     = 8 << 10  // bytes of a text of one line
	MaxMarkdown = 64 << 10 // bytes of a text in Markdown, when it is written and when it is filled in
	maxURL      = 2000     // bytes of what is repeated with each code
	maxOfCode   = 256      // of anything that one code has several of
	MaxElements = 1000     // of a list that is one value, of policies, sections and included files
	maxStatuses = 16       // of a code: OpenAPI has an example of each message with each
	MaxMetas    = 32       // constants of a group or a code
	maxMeta     = 200      // bytes of one
	maxAnchor   = 128      // bytes of an anchor
)

// most returns how many elements or bytes a value of the type may have; 0 for any number.
func (t *Type) most() int {
	switch {
	case t.Most > 0:
		return t.Most
	case t.Kind == Markdown:
		return MaxMarkdown
	case t.Kind == List || t.Kind == Map || t.Kind == Object || t.Kind == OneOf:
		return 0
	default:
		return MaxText
	}
}

// tooLong reports a text that has more bytes than its type allows.
func (w *walker) tooLong(n *yaml.Node, t *Type) bool {
	most := t.most()
	if len(n.Value) <= most {
		return false
	}
	w.report(diag.Diagnostic{
		Rule: rule.LimitExceeded, Span: w.place(n),
		Message: fmt.Sprintf("this text has %d bytes; the limit is %d", len(n.Value), most),
		Help:    "shorten it",
	})
	return true
}

// tooMany reports the first element that a list or mapping has no room for.
func (w *walker) tooMany(n *yaml.Node, most int) {
	w.report(diag.Diagnostic{
		Rule: rule.LimitExceeded, Span: w.place(n),
		Message: fmt.Sprintf("%q has more than %d elements", w.lastKey(), most),
		Help:    "remove the elements from here on, or split what they describe",
	})
}

// A measure is how large a node is with its aliases expanded.
type measure struct {
	nodes, height int
	text          int  // bytes of its scalars
	open          bool // being measured: an alias to it lies inside it
}

// A meter measures a document without expanding it: what an anchor marks is measured once.
type meter struct {
	file    *diag.File
	list    *diag.List
	anchors map[*yaml.Node]*measure
	written int // nodes
	text    int // bytes of scalars
	failed  bool
}

// bounded reports whether the walker may go through the document.
func bounded(f *diag.File, root *yaml.Node, list *diag.List) bool {
	m := &meter{file: f, list: list, anchors: map[*yaml.Node]*measure{}}
	all := m.measure(root, 1)
	if all.nodes-m.written > maxAliased+m.written {
		m.fail(
			root,
			rule.LimitExceeded,
			fmt.Sprintf("aliases expand the file's %[2]d nodes to %[1]d", all.nodes, m.written),
			"use fewer aliases",
		)
	}
	if all.text-m.text > maxAliasedText+m.text {
		m.fail(
			root,
			rule.LimitExceeded,
			fmt.Sprintf("aliases expand the file's %[2]d bytes of text to %[1]d", all.text, m.text),
			"use fewer aliases",
		)
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
			"check the brackets and the indentation: a catalog needs about ten levels")
		return measure{}
	}
	var known *measure
	if n.Anchor != "" {
		known = &measure{open: true}
		m.anchors[n] = known
	}
	m.written++
	m.text += len(n.Value)
	sum := measure{nodes: 1, height: 1, text: len(n.Value)}
	for _, child := range n.Content {
		c := m.measure(child, depth+1)
		sum.nodes += c.nodes
		sum.text += c.text
		sum.height = max(sum.height, c.height+1)
	}
	if sum.nodes > maxNodes {
		m.fail(
			n,
			rule.LimitExceeded,
			fmt.Sprintf("with its aliases, this expands to more than %d million nodes", maxNodes/1_000_000),
			"use fewer aliases of aliases",
		)
	}
	if known != nil {
		*known = sum
	}
	return sum
}

func (m *meter) alias(n *yaml.Node, depth int) measure {
	switch target := m.anchors[n.Alias]; {
	case target == nil || target.open:
		m.fail(
			n,
			rule.YAMLSyntax,
			fmt.Sprintf("the alias *%s refers to a value that contains it", n.Value),
			"remove the alias",
		)
		return measure{}
	case depth+target.height-1 > maxDepth:
		m.fail(
			n,
			rule.LimitExceeded,
			fmt.Sprintf("with its aliases, this has more than %d levels of nesting", maxDepth),
			"use fewer aliases of aliases",
		)
		return measure{}
	default:
		return *target
	}
}

func (m *meter) fail(n *yaml.Node, id, message, help string) {
	if !m.failed {
		m.failed = true
		m.list.Add(
			diag.Diagnostic{
				Severity: diag.Error,
				Rule:     id,
				Span:     Place{n, m.file}.Span(),
				Message:  message,
				Help:     help,
			},
		)
	}
}
