package syntax

import (
	"strconv"

	"gopkg.in/yaml.v3"

	"github.com/errspec/errspec/gen/internal/diag"
)

// A Catalog is what was written, in the root file and in those that it includes. The lists hold the
// parts of all files, in order of appearance; whatever was not written is a zero [Scalar], a nil
// slice or a nil pointer.
type Catalog struct {
	Place

	Version     Scalar
	Title       Scalar
	Description Scalar
	Service     Scalar
	DocsURL     Scalar
	TypeBase    Scalar

	Envelope     Envelope
	Statuses     []Entry[Status]
	Policies     []Entry[Policy]
	RetryDefault Policy
	Groups       []Group
	Retired      []Tombstone
	Docs         Docs
	Lint         Lint
	Include      []Scalar

	Documents []Document // what all this was read from, the root file first
	// values that were written, and are not here because their form is wrong; nil if there are none
	Refused map[Refusal]bool
	Partial bool // it has errors, so that some of what was written may be missing here
}

// A Refusal is where a value was refused: a file, and a key path in it.
type Refusal struct {
	File *diag.File
	Path string
}

// An Envelope is a preset's name or a body.
type Envelope struct {
	Place
	Preset      Scalar
	MediaType   Scalar
	Description Scalar
	Headers     []Entry[Scalar]
	Example     Sample
	Body        Any
}

// A Sample is what the page shows in the envelope.
type Sample struct {
	Place
	Code    Scalar
	Message Scalar
	Status  Scalar
}

// A Status is a row of the status table; its key is the code.
type Status struct {
	Place
	Title Scalar
	Cause Scalar
}

// A Policy is a retry policy, or what is changed of the one named Policy.
type Policy struct {
	Place
	Policy        Scalar // its name alone, or the name beside which keys override
	Strategy      Scalar
	Base          Scalar
	Factor        Scalar
	MaxDelay      Scalar
	Jitter        Scalar
	MaxRetries    Scalar
	MaxRetryAfter Scalar
	Methods       Scalar
}

// A Group is a list of errors under a heading.
type Group struct {
	Place
	Path        Path
	ID          Scalar
	Title       Scalar
	Description Scalar
	Anchor      Scalar
	Meta        []Entry[Scalar]
	Errors      []Error
}

// An Error is one code.
type Error struct {
	Place
	Path        Path
	Code        Scalar
	Statuses    []Scalar // one or several; nil if none was written
	Title       Scalar
	Message     Scalar
	Params      []Entry[Param]
	Values      []Entry[Value]
	Variants    []Variant
	Description Scalar
	Resolution  Scalar
	Retry       Policy
	Headers     []Entry[Scalar]
	Links       []Link
	See         []Scalar
	Tags        []Scalar
	Since       Scalar
	Stability   Scalar
	Deprecated  Deprecation
	Visibility  Scalar
	Anonymous   Scalar
	Meta        []Entry[Scalar]
	GoName      Scalar
	Anchor      Scalar
	Ignores     []Ignore // from comments, without codes
	Accepts     []Ignore // from comments, without codes
}

// A Param is a typed placeholder; its key is its name.
type Param struct {
	Place
	ParamType
	Description Scalar
	Example     Any
	Detail      Scalar
	Optional    Scalar
	Sensitive   Scalar
	GoName      Scalar
}

// A ParamType is the type of a param, of what a list or a map holds, or of a member of an object.
type ParamType struct {
	Type   Scalar
	Enum   []Scalar
	Items  *TypeSpec          // of a list
	Values *TypeSpec          // of a map
	Fields []Entry[FieldSpec] // of an object
}

// A TypeSpec is a type that stands under a key of its own. The short form of a scalar type sets
// Type, that of an object sets Fields alone.
type TypeSpec struct {
	Place
	ParamType
}

// A FieldSpec is a member of an object; its key is its name.
type FieldSpec struct {
	Place
	ParamType
	Optional Scalar
	GoName   Scalar
}

// A Value is a named constant; its key is its name.
type Value struct {
	Place
	Type        Scalar // unset: inferred
	Value       Any
	Description Scalar
	GoName      Scalar
}

// A Variant is one of a code's messages.
type Variant struct {
	Place
	ID         Scalar
	Message    Scalar
	Resolution Scalar
	GoName     Scalar
}

// A Link leads to further reading.
type Link struct {
	Place
	Title Scalar
	URL   Scalar
}

// A Deprecation says what to use instead.
type Deprecation struct {
	Place
	Since Scalar
	Use   Scalar
	Note  Scalar
}

// A Tombstone keeps a code that is gone.
type Tombstone struct {
	Place
	Path   Path
	Code   Scalar
	Status Scalar
	Since  Scalar
	Use    Scalar
	Note   Scalar
	Anchor Scalar

	Accepts []Ignore // from comments, without codes
}

// Docs is what the page holds beside the tables.
type Docs struct {
	Place
	FrontMatter Any
	Samples     []Scalar
	EditURL     Scalar
	Sections    []Section
}

// A Section is a piece of the page.
type Section struct {
	Place
	Position Scalar
	Title    Scalar
	Anchor   Scalar
	Text     Scalar
	File     Scalar
	Content  string     // of the text or of the file, for the page
	Source   *diag.File // the file, if it is one
}

// Lint is the linter's settings.
type Lint struct {
	Place
	CodePattern Scalar
	Enable      []Scalar
	Ignore      []Ignore
	Accept      []Ignore
}

// An Ignore suppresses warnings about the catalog or, under accept, accepts changes.
type Ignore struct {
	Place
	Rule   Scalar
	Codes  []Scalar
	Reason Scalar
}

// An Entry is a key and its value in a mapping whose keys are the author's.
type Entry[T any] struct {
	Key   Scalar
	Value T
}

// An Any is a value of a form that the author chooses.
type Any struct {
	Place
	Kind    AnyKind
	Scalar  Scalar       // AnyScalar
	Items   []Any        // AnyList
	Members []Entry[Any] // AnyMapping
}

// An AnyKind says which of the three forms a value has.
type AnyKind int

// The forms. AnyNothing is where nothing was written.
const (
	AnyNothing AnyKind = iota
	AnyScalar
	AnyList
	AnyMapping
)

// A Path is where in its file a group, an error or a tombstone stands: groups[0],
// groups[0].errors[3], retired[1].
type Path struct {
	list  string // "" if this is no path
	index int
	inner int // of errors, from 1; 0 if the path ends before
}

func (p Path) String() string {
	s := p.list + "[" + strconv.Itoa(p.index) + "]"
	if p.inner > 0 {
		s += ".errors[" + strconv.Itoa(p.inner-1) + "]"
	}
	return s
}

// Changes returns the first key beside Policy that was written, or an unset scalar.
func (p *Policy) Changes() Scalar {
	for _, s := range [...]Scalar{
		p.Strategy, p.Base, p.Factor, p.MaxDelay, p.Jitter, p.MaxRetries, p.MaxRetryAfter, p.Methods,
	} {
		if s.IsSet() {
			return s
		}
	}
	return Scalar{}
}

// SameFile reports whether two places are in one file.
func (p Place) SameFile(q Place) bool { return p.file == q.file }

// YAML returns a value of free form as a separate node, with aliases resolved and without
// comments.
func (a *Any) YAML() *yaml.Node {
	switch a.Kind {
	case AnyMapping:
		n := &yaml.Node{Kind: yaml.MappingNode, Style: a.node.Style & yaml.FlowStyle}
		for i := range a.Members {
			key := Any{Kind: AnyScalar, Scalar: a.Members[i].Key}
			n.Content = append(n.Content, key.YAML(), a.Members[i].Value.YAML())
		}
		return n
	case AnyList:
		n := &yaml.Node{Kind: yaml.SequenceNode, Style: a.node.Style & yaml.FlowStyle}
		for i := range a.Items {
			n.Content = append(n.Content, a.Items[i].YAML())
		}
		return n
	case AnyNothing: // it was refused
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null"}
	default:
		return &yaml.Node{
			Kind:  yaml.ScalarNode,
			Style: a.Scalar.node.Style &^ yaml.TaggedStyle,
			Tag:   a.Scalar.node.Tag,
			Value: a.Scalar.Text,
		}
	}
}
