package syntax

import (
	"fmt"
	"strings"
)

// A complaint is what the YAML parser says of a broken file. This table is the only place that knows
// its words; all else asks for the kind.
type complaint struct {
	kind        complaintKind
	words       string // with which the parser's message begins
	ofParser    bool   // its parser says so, not its scanner; see locate
	plain, help string // the same in words that say what to do; "": not valid YAML
}

type complaintKind int

const (
	otherComplaint complaintKind = iota
	expectedKey
	expectedDash
	unexpectedColon
	unexpectedEntry
	unclosedList
	unclosedMapping
	missingContent
	missingColon
	badStart
	tabInIndent
	badBlockScalar
	unclosedQuote
	unknownAlias
	unknownTag
)

const (
	notWithThose     = "this line does not go with those before it"
	notWithThoseHelp = "check its indentation, and the quotes and brackets of the lines before it"
)

var complaints = [...]complaint{
	{expectedKey, "did not find expected key", true, notWithThose, notWithThoseHelp},
	{expectedDash, "did not find expected '-' indicator", true, notWithThose, notWithThoseHelp},
	{
		unexpectedColon, "mapping values are not allowed in this context", false,
		"a `:` stands where no key can be",
		"check the indentation; put a text with `: ` in it in quotes",
	},
	{kind: unexpectedEntry, words: "block sequence entries are not allowed in this context"},
	{kind: unexpectedEntry, words: "mapping keys are not allowed in this context"},
	{
		unclosedList, "did not find expected ',' or ']'", true,
		"a list in [ ] is not closed, or lacks a comma",
		"close it with ]; put texts with , [ ] { } in quotes",
	},
	{
		unclosedMapping, "did not find expected ',' or '}'", true,
		"a mapping in { } is not closed, or lacks a comma",
		"close it with }; put texts with , [ ] { } in quotes",
	},
	{
		missingContent, "did not find expected node content", true,
		"a value, or a closing bracket, is missing here", "close what was opened with [ or {",
	},
	{
		missingColon, "could not find expected ':'", false, "a key without a `:`",
		"write `key: value`; check the indentation of a text of several lines",
	},
	{
		badStart, "found character that cannot start any token", false,
		"this line begins with a character that means something else in YAML",
		"indent with spaces, not tabs; put a text that begins with @, ` or % in quotes",
	},
	{kind: tabInIndent, words: "found a tab character that violates indentation"},
	{kind: badBlockScalar, words: "did not find expected comment or line break"},
	{
		unclosedQuote, "found unexpected end of stream", false,
		"a quoted text that begins here does not end", "close the quotes",
	},
	{kind: unknownAlias, words: unknownAnchor, ofParser: true},
	{kind: unknownTag, words: "found undefined tag handle", ofParser: true},
	{words: "did not find expected <", ofParser: true},
	{words: "found duplicate %", ofParser: true},
	{words: "found incompatible YAML document", ofParser: true},
}

const unknownAnchor = "unknown anchor '"

// complaintOf finds the complaint that a message of the parser is.
func complaintOf(message string) complaint {
	c := complaint{}
	for _, known := range complaints {
		if strings.HasPrefix(message, known.words) {
			c = known
			break
		}
	}
	if name, ok := strings.CutPrefix(message, unknownAnchor); ok {
		name = strings.TrimSuffix(name, "' referenced")
		c.plain = fmt.Sprintf("the alias *%s has no anchor &%[1]s before it", name)
		c.help = fmt.Sprintf("mark what it stands for with &%s, above it; "+
			"put a text that begins with * in quotes", name)
	}
	if c.plain == "" {
		c.plain = "not valid YAML: " + message
		c.help = "see https://yaml.org/spec/1.2.2/ for the syntax"
	}
	return c
}
