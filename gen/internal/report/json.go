package report

import (
	"io"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/encode"
)

// formatVersion is the version of the JSON format, which findings.schema.json describes. Within a
// version, members may be added, but none is removed or changes its meaning.
const formatVersion = 1

type document struct {
	Version     int          `json:"version"`
	Diagnostics []diagnostic `json:"findings"`
	Counts      counts       `json:"counts"`
}

type diagnostic struct {
	Rule     string `json:"rule,omitempty"`
	Severity string `json:"severity"`
	position
	Path    string `json:"path,omitempty"`
	Message string `json:"message"`
	Help    string `json:"help,omitempty"`
	Notes   []note `json:"notes"`
}

type note struct {
	position
	Message string `json:"message"`
}

// A position without a line is a whole file. Without a file it is empty.
type position struct {
	File      string `json:"file,omitempty"`
	Line      int    `json:"line,omitempty"`
	Column    int    `json:"column,omitempty"`
	EndColumn int    `json:"end_column,omitempty"` // the column after the last character
}

type counts struct {
	Error   int `json:"error"`
	Warning int `json:"warning"`
	Info    int `json:"info"`
	Omitted int `json:"omitted"` // how many are only counted

	Accepted int `json:"accepted,omitempty"` // changes that the catalog accepts
}

func writeJSON(w io.Writer, list *diag.List, _ Options) error {
	doc := document{Version: formatVersion, Diagnostics: []diagnostic{}, Counts: count(list)}
	for _, d := range list.Shown() {
		f := diagnostic{
			Rule: d.Rule, Severity: d.Severity.String(), position: positionOf(d.Span),
			Path: d.Path, Message: d.Message, Help: d.Help, Notes: []note{},
		}
		for _, n := range d.Notes {
			f.Notes = append(f.Notes, note{positionOf(n.Span), n.Message})
		}
		doc.Diagnostics = append(doc.Diagnostics, f)
	}
	_, err := w.Write(encode.JSON(doc))
	return err
}

func positionOf(s diag.Span) position {
	switch {
	case s.File == nil:
		return position{}
	case s.IsZero():
		return position{File: s.File.Name}
	default:
		return position{s.File.Name, s.Line, s.Col, s.Col + s.Len}
	}
}

func count(list *diag.List) counts {
	n := list.Counts()
	return counts{Error: n[diag.Error], Warning: n[diag.Warning], Info: n[diag.Info],
		Omitted: max(0, list.Len()-diag.MaxShown), Accepted: list.Accepted}
}
