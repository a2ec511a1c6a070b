package syntax

import (
	"fmt"
	"strings"
)

// A complaint is what the YAML parser says of a broken file. This table is the only place that
// knows its words; all else asks for the kind.
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
	notWithThose     = "this line does not fit the lines before it"
	notWithThoseHelp = "check its indentation, and the quotes and brackets of the lines before it"
)

var complaints = [...]complaint{
	{expectedKey, "did not find expected key", true, notWithThose, notWithThoseHelp},
	{expectedDash, "did not find expected '-' indicator", true, notWithThose, notWithThoseHelp},
	{
		unexpectedColon, "mapping values are not allowed in this context", false,
		"unexpected `:`: no key can begin here",
		"check the indentation; put a text that contains `: ` in quotes",
	},
	{kind: unexpectedEntry, words: "block sequence entries are not allowed in this context"},
	{kind: unexpectedEntry, words: "mapping keys are not allowed in this context"},
	{
		unclosedList, "did not find expected ',' or ']'", true,
		"a list in [ ] is not closed, or a comma is missing",
		"close it with ]; put texts with , [ ] { } in quotes",
	},
	{
		unclosedMapping, "did not find expected ',' or '}'", true,
		"a mapping in { } is not closed, or a comma is missing",
		"close it with }; put texts with , [ ] { } in quotes",
	},
	{
		missingContent, "did not find expected node content", true,
		"a value or a closing bracket is missing here", "close what was opened with [ or {",
	},
	{
		missingColon, "could not find expected ':'", false, "a key is not followed by `:`",
		"write `key: value`; check the indentation of a text of several lines",
	},
	{
		badStart, "found character that cannot start any token", false,
		"this line begins with a character that YAML reserves",
		"indent with spaces, not tabs; put a text that begins with @, ` or % in quotes",
	},
	{kind: tabInIndent, words: "found a tab character that violates indentation"},
	{kind: badBlockScalar, words: "did not find expected comment or line break"},
	{
		unclosedQuote, "found unexpected end of stream", false,
		"the text in quotes that begins here is not closed", "close the quotes",
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
		c.plain = fmt.Sprintf("the alias *%s has no anchor &%[1]s above it", name)
		c.help = fmt.Sprintf("add the anchor &%s to the value above; "+
			"put a text that begins with * in quotes", name)
	}
	if c.plain == "" {
		c.plain = "not valid YAML: " + message
		c.help = "see https://yaml.org/spec/1.2.2/ for the syntax"
	}
	return c
}
