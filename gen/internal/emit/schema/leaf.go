package schema

import (
	"bytes"
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
)

// body returns the schema of the whole body, without its branches.
func (b *builder) body() *encode.Schema {
	all := *b
	all.everything = true
	s, _ := all.shape(b.root, true, all.leaf)
	if s == nil && b.root.Kind != catalog.NodeObject {
		return &encode.Schema{} // the element of a $each may be anything
	}
	return cmp.Or(s, &encode.Schema{Type: "object"})
}

// leaf says what holds of a leaf whatever the code.
func (b *builder) leaf(n *catalog.Node) (*encode.Schema, bool) {
	p := b.presence(n)
	if p == catalog.Never {
		return nil, false
	}
	required := p == catalog.Always
	switch {
	case n == b.code:
		return b.codeSchema(), required
	case n.Kind == catalog.NodeObject:
		return &encode.Schema{Type: "object"}, required
	case n.Kind == catalog.NodeArray:
		return &encode.Schema{Type: "array", MaxItems: new(int)}, required // one without elements
	case n.Kind == catalog.NodeConst:
		return constant(n.Const), required
	case n.Kind == catalog.NodeText:
		return b.textSchema(n, anyStatus), required
	case n.Kind == catalog.NodeSpread:
		return nil, false // each branch knows its own
	default:
		return b.roleSchema(n.Role, n.Key), required
	}
}

func constant(value json.RawMessage) *encode.Schema {
	return &encode.Schema{Type: typeOf(value), Const: value}
}

// typeOf returns the type of a JSON scalar.
func typeOf(value json.RawMessage) string {
	switch value[0] {
	case '"':
		return "string"
	case 't', 'f':
		return "boolean"
	case 'n':
		return "null"
	}
	if bytes.ContainsAny(value, ".eE") {
		return "number"
	}
	return "integer"
}

// What an HTTP status of an error may be.
const (
	minStatus = 400
	maxStatus = 599
)

func bound(n int64) *int64 { return &n }

func (b *builder) roleSchema(r catalog.Role, key string) *encode.Schema {
	text := func(description string) *encode.Schema {
		return &encode.Schema{Description: description, Type: "string"}
	}
	switch r {
	case catalog.RoleCode:
		return b.enum("The error's code.", b.codeList())
	case catalog.RoleCodeNumber:
		return b.numbers("The error's code.")
	case catalog.RoleMessage:
		return text("What went wrong, for people to read.")
	case catalog.RoleTitle:
		return text("A short summary of the code.")
	case catalog.RoleStatus:
		s := anyStatus.integer()
		s.Description = "The HTTP status of the response."
		return s
	case catalog.RoleStatusString:
		s := anyStatus.text()
		s.Description = "The HTTP status of the response."
		return s
	case catalog.RoleStatusText:
		var phrases []string
		for _, e := range b.entries {
			phrases = append(phrases, phrasesOf(e.Statuses)...)
		}
		return b.enum("The phrase of the HTTP status.", distinct(phrases))
	case catalog.RoleType:
		return text("A URI that names the type of error.")
	case catalog.RoleDocsURL:
		return text("Where the code is documented.")
	case catalog.RoleVariant:
		return text("The code's variant.")
	case catalog.RoleRequestID:
		return text("The id of the request, for support.")
	case catalog.RoleInstance:
		return text("A URI that names this occurrence of the error.")
	case catalog.RoleRetryAfter:
		return &encode.Schema{
			Description: "How many seconds to wait before a retry.", Type: "number", Minimum: bound(0),
		}
	case catalog.RoleParams:
		return &encode.Schema{Description: "The error's params.", Type: "object"}
	case catalog.RoleParam:
		return b.paramLeaf(key, b.entries)
	case catalog.RoleService:
		return constant(encode.CompactJSON(b.catalog.Service))
	case catalog.RoleGroup:
		return b.enum("The group that the code belongs to.", b.distinct(func(e *catalog.Entry) string {
			return b.catalog.Groups[e.Group].ID
		}))
	case catalog.RoleMeta:
		return b.constants(b.distinct(func(e *catalog.Entry) string {
			if e.MetaValue(key) == "" {
				return ""
			}
			return string(e.MetaJSON(key))
		}))
	default:
		panic("bodyschema: unknown role " + string(r))
	}
}

// enum returns a schema of the values that known codes give a field. If others are let through,
// they are only named.
func (b *builder) enum(description string, values []string) *encode.Schema {
	s := &encode.Schema{Description: description, Type: "string", Enum: encode.Values(values)}
	switch {
	case b.codes == AnyCode:
		// Editors complete from the first; everything passes the second.
		return &encode.Schema{Description: description, AnyOf: []*encode.Schema{
			{Type: "string", Enum: encode.Values(values)}, {Type: "string"},
		}}
	case len(values) == 0:
		s.Not = &encode.Schema{} // a catalog without public codes: an enum must not be empty
	}
	return s
}

// constants returns a schema of the JSON scalars that known codes give a field.
func (b *builder) constants(scalars []string) *encode.Schema {
	var ofTypes []*encode.Schema
	for _, scalar := range scalars {
		typ := typeOf(json.RawMessage(scalar))
		i := slices.IndexFunc(ofTypes, func(s *encode.Schema) bool { return s.Type == typ })
		if i < 0 {
			i = len(ofTypes)
			ofTypes = append(ofTypes, &encode.Schema{Type: typ})
		}
		var text string
		if typ == "string" && json.Unmarshal([]byte(scalar), &text) == nil {
			ofTypes[i].Enum = append(ofTypes[i].Enum, text)
		} else {
			ofTypes[i].Enum = append(ofTypes[i].Enum, json.RawMessage(scalar))
		}
	}
	if b.codes == AnyCode {
		for _, s := range slices.Clone(ofTypes) {
			ofTypes = append(ofTypes, &encode.Schema{Type: s.Type})
		}
	}
	switch len(ofTypes) {
	case 0:
		return b.enum("", nil)
	case 1:
		return ofTypes[0]
	default:
		return &encode.Schema{AnyOf: ofTypes}
	}
}

// distinct calls of for each public code, and returns the different results in catalog order,
// without "".
func (b *builder) distinct(of func(*catalog.Entry) string) []string {
	values := make([]string, len(b.entries))
	for i, e := range b.entries {
		values[i] = of(e)
	}
	return distinct(values)
}

func distinct(list []string) []string {
	var values []string
	seen := map[string]bool{"": true}
	for _, v := range list {
		if !seen[v] {
			seen[v] = true
			values = append(values, v)
		}
	}
	return values
}

// anyText is what a role may be inside a string. The dot of regular expressions stops at a line
// end.
const anyText = `[\s\S]*`

// textSchema describes a string with roles inside, a status being one of a set.
func (b *builder) textSchema(n *catalog.Node, statuses statusSet) *encode.Schema {
	if len(varying(n)) == 0 {
		return constant(encode.CompactJSON(b.filled(n, "")))
	}
	pattern := ""
	for _, s := range n.Text {
		r, _ := catalog.RoleNamed(s.Name)
		switch {
		case s.Name == "":
			pattern += regexp.QuoteMeta(s.Literal)
		case r == catalog.RoleService:
			pattern += regexp.QuoteMeta(b.catalog.Service)
		case isStatus(r):
			pattern += statuses.pattern
		case r == catalog.RoleStatusText && b.codes == KnownCodes && len(statuses.values) > 0:
			phrases := statuses.phrases()
			if phrases == nil {
				return absent()
			}
			pattern += "(" + strings.Join(phrases, "|") + ")" // letters, hyphens and an apostrophe
		default:
			pattern += anyText
		}
	}
	return matching(pattern)
}

// matching returns a schema of the texts that a regular expression matches as a whole. Python's $
// matches before a line end, too, so a pattern of its own excludes that one.
func matching(pattern string) *encode.Schema {
	s := &encode.Schema{Type: "string", Pattern: "^" + pattern + "$"}
	if !strings.HasSuffix(pattern, anyText) {
		s.Not = &encode.Schema{Type: "string", Pattern: `\n$`}
	}
	return s
}

func isStatus(r catalog.Role) bool {
	return r == catalog.RoleStatus || r == catalog.RoleStatusString
}

// findCode returns the node that tells a body's code: the first that is the code itself, outside
// $or if there is one, else the first string that is made of the code and constants, else the type,
// if clients know errors by that.
func (b *builder) findCode() *catalog.Node {
	var own, within, typ, choice *catalog.Node
	byType := len(b.entries) > 0 && !slices.ContainsFunc(b.entries, func(e *catalog.Entry) bool {
		return e.KnownBy != catalog.ByType || e.Anonymous
	})
	b.shape(b.root, true, func(n *catalog.Node) (*encode.Schema, bool) {
		switch isCode := n.Kind == catalog.NodeRole && n.Role.TellsCode(); {
		case isCode && isInChoice(b.root, n):
			choice = cmp.Or(choice, n)
		case own == nil && isCode:
			own = n
		case within == nil && n.Kind == catalog.NodeText && slices.Equal(varying(n), []string{"code"}):
			within = n
		case byType && typ == nil && n.Kind == catalog.NodeRole && n.Role == catalog.RoleType:
			typ = n
		}
		return nil, false
	})
	return cmp.Or(own, choice, within, typ)
}

// isInChoice reports whether a node is in a $or.
func isInChoice(root, n *catalog.Node) bool {
	for part := range root.Parts() {
		if isInChoice(part, n) || root.Kind == catalog.NodeOr && contains(part, n) {
			return true
		}
	}
	return false
}

func contains(root, n *catalog.Node) bool {
	for part := range root.Parts() {
		if contains(part, n) {
			return true
		}
	}
	return root == n
}

// varying returns the names in a string that differ from body to body.
func varying(n *catalog.Node) []string {
	return slices.DeleteFunc(n.Text.Names(), func(name string) bool { return name == "service" })
}

// byType reports whether the types are what tells errors apart.
func (b *builder) byType() bool { return b.code != nil && b.code.Role == catalog.RoleType }

// coded returns the errors that have a value at b.code.
func (b *builder) coded() []*catalog.Entry {
	if b.code == nil || b.byType() {
		return b.entries
	}
	return slices.DeleteFunc(slices.Clone(b.entries), func(e *catalog.Entry) bool {
		return e.Anonymous
	})
}

// codeText returns what bodies of e have at b.code.
func (b *builder) codeText(e *catalog.Entry) string {
	switch {
	case b.byType():
		return e.Type
	case b.code == nil || b.code.Kind == catalog.NodeRole:
		return e.Code
	default:
		return b.filled(b.code, e.Code)
	}
}

// filled returns a text whose only roles are the service and the code.
func (b *builder) filled(n *catalog.Node, code string) string {
	return n.Text.Fill(func(name string) string {
		if name == "service" {
			return b.catalog.Service
		}
		return code
	})
}

func (b *builder) codeList() []string {
	coded := *b
	coded.entries, coded.present = b.coded(), nil
	return coded.distinct(b.codeText)
}

// codeSchema describes the node that tells the code.
func (b *builder) codeSchema() *encode.Schema {
	if b.isNumber() {
		return b.numbers(b.codeDoc())
	}
	return b.enum(b.codeDoc(), b.codeList())
}

// isNumber reports whether the node that tells the code is a number.
func (b *builder) isNumber() bool { return b.code != nil && b.code.Role == catalog.RoleCodeNumber }

// numbers describes the code as a number.
func (b *builder) numbers(description string) *encode.Schema {
	s := codeNumbers(b.codeList())
	switch {
	case b.codes == AnyCode:
		return &encode.Schema{Description: description, AnyOf: []*encode.Schema{s, {Type: "integer"}}}
	case len(s.Enum) == 0:
		s.Not = &encode.Schema{}
	}
	s.Description = description
	return s
}

// codeNumbers is one of some codes, as a number.
func codeNumbers(codes []string) *encode.Schema {
	s := &encode.Schema{Type: "integer"}
	for _, code := range codes {
		s.Enum = append(s.Enum, json.RawMessage(code))
	}
	return s
}

// oneOf is one of some codes, as a role shows them.
func oneOf(r catalog.Role, codes []string) *encode.Schema {
	if r == catalog.RoleCodeNumber {
		return codeNumbers(codes)
	}
	return &encode.Schema{Type: "string", Enum: encode.Values(codes)}
}
