package encode

import (
	"bytes"
	"errors"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"
)

// YAML returns v, which marshals to a JSON object, as a YAML document in block style. Texts of
// several lines are blocks, and members keep their order. YAML 1.1 and 1.2 read the same.
//
// v is our own type. If it cannot be JSON, errspec has a bug, and YAML panics.
func YAML(v any) []byte {
	var w writer
	w.members(CompactJSON(v), 0)
	return w.out.Bytes()
}

// pieceSize is how many bytes of JSON are encoded at once. The encoder keeps an event of about 300
// bytes for each token: without pieces, a reference of 10,000 codes took a gigabyte and twice the
// time.
const pieceSize = 1 << 16

// A writer writes a document in pieces.
type writer struct {
	out bytes.Buffer
}

// members writes the members of an object, each large one separately.
func (w *writer) members(object []byte, depth int) {
	if len(object) <= pieceSize {
		w.encode(node(object), depth)
		return
	}
	piece, size := mapping(), 0
	flush := func() {
		if size > 0 {
			w.encode(piece, depth)
			piece, size = mapping(), 0
		}
	}
	for name, value := range Members(object) {
		if value[0] == '{' && len(value) > pieceSize {
			flush()
			w.name(name, depth)
			w.members(value, depth+1)
			continue
		}
		piece.Content = append(piece.Content, text(name), node(value))
		if size += len(value); size > pieceSize {
			flush()
		}
	}
	flush()
}

// encode writes a value at a depth of the document.
func (w *writer) encode(n *yaml.Node, depth int) {
	for range depth {
		n = mapping(text("x"), n)
	}
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := errors.Join(enc.Encode(n), enc.Close()); err != nil {
		panic("yamldoc: " + err.Error())
	}
	for range depth {
		_, _ = b.ReadString('\n') // the line of an x
	}
	_, _ = b.WriteTo(&w.out)
}

// name writes the name of a member whose value is on the following lines.
func (w *writer) name(name string, depth int) {
	w.encode(mapping(text(name), flowIfEmpty(mapping())), depth)
	w.out.Truncate(w.out.Len() - len(" {}\n"))
	w.out.WriteByte('\n')
}

// node parses compact JSON.
func node(value []byte) *yaml.Node {
	switch value[0] {
	case '{':
		n := mapping()
		for name, value := range Members(value) {
			n.Content = append(n.Content, text(name), node(value))
		}
		return flowIfEmpty(n)
	case '[':
		n := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
		for item := range Items(value) {
			n.Content = append(n.Content, node(item))
		}
		return flowIfEmpty(n)
	case '"':
		return text(Text(value))
	default:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag(value), Value: string(value)}
	}
}

func mapping(content ...*yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: content}
}

func flowIfEmpty(n *yaml.Node) *yaml.Node {
	if len(n.Content) == 0 {
		n.Style = yaml.FlowStyle
	}
	return n
}

// tag returns the tag of a number, true, false or null.
func tag(literal []byte) string {
	switch literal[0] {
	case 't', 'f':
		return "!!bool"
	case 'n':
		return "!!null"
	}
	if bytes.ContainsAny(literal, ".eE") {
		return "!!float"
	}
	return "!!int"
}

func text(s string) *yaml.Node {
	n := &yaml.Node{}
	n.SetString(s)
	if mistakable(s) || strings.Contains(s, "\n") && !block(s) {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// block reports whether a text of several lines can be a block: it has no white space at its ends
// and only printable characters.
func block(s string) bool {
	return s == strings.TrimSpace(s) && strings.IndexFunc(s,
		func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }) < 0
}

// mistakable reports whether some version of YAML, or a lenient reader, would read the unquoted
// text as something else.
func mistakable(s string) bool {
	switch strings.ToLower(s) {
	case "", "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf":
		return true // some of them only in YAML 1.1
	}
	return strings.ContainsAny(s[:1], "0123456789.+-~=<") && !strings.Contains(s, "\n")
}
