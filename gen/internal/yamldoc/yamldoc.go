// Package yamldoc writes the YAML documents that errspec publishes: in block style, texts of several lines as blocks, members in the
// order in which they are given, and the same bytes for the same value. What it writes means the same to readers of YAML 1.1 and 1.2.
package yamldoc

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/jsondoc"
)

// Marshal returns v, which marshals to JSON, as a YAML document.
//
// v is of our own making. That it can not be JSON is a mistake in errspec, and a panic.
func Marshal(v any) []byte {
	dec := json.NewDecoder(bytes.NewReader(jsondoc.Compact(v)))
	dec.UseNumber()
	var b bytes.Buffer
	enc := yaml.NewEncoder(&b)
	enc.SetIndent(2)
	if err := errors.Join(enc.Encode(node(dec)), enc.Close()); err != nil {
		panic("yamldoc: " + err.Error())
	}
	return b.Bytes()
}

// node returns the value that comes next.
func node(dec *json.Decoder) *yaml.Node {
	token, err := dec.Token()
	if err != nil {
		panic("yamldoc: " + err.Error())
	}
	switch token := token.(type) {
	case json.Delim:
		return collection(dec, token)
	case string:
		return text(token)
	case json.Number:
		tag := "!!int"
		if strings.ContainsAny(token.String(), ".eE") {
			tag = "!!float"
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: token.String()}
	case bool:
		value := "false"
		if token {
			value = "true"
		}
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: value}
	default:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}
	}
}

func collection(dec *json.Decoder, open json.Delim) *yaml.Node {
	n := &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
	if open == '{' {
		n.Kind, n.Tag = yaml.MappingNode, "!!map"
	}
	for dec.More() {
		n.Content = append(n.Content, node(dec))
	}
	if _, err := dec.Token(); err != nil && !errors.Is(err, io.EOF) {
		panic("yamldoc: " + err.Error())
	}
	if len(n.Content) == 0 {
		n.Style = yaml.FlowStyle
	}
	return n
}

func text(s string) *yaml.Node {
	n := &yaml.Node{}
	n.SetString(s)
	if mistakable(s) || strings.Contains(s, "\n") && !block(s) {
		n.Style = yaml.DoubleQuotedStyle
	}
	return n
}

// block reports whether a text of several lines can stand as a block: it has no white space at its ends, and nothing that does not print.
func block(s string) bool {
	return s == strings.TrimSpace(s) && strings.IndexFunc(s, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }) < 0
}

// mistakable reports whether some version of YAML, or a reader that is not strict, takes the text for something else if it is not quoted.
func mistakable(s string) bool {
	switch strings.ToLower(s) {
	case "", "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf":
		return true // some of them only in YAML 1.1
	}
	return strings.ContainsAny(s[:1], "0123456789.+-~=<") && !strings.Contains(s, "\n")
}
