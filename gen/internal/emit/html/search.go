package html

import (
	"bytes"
	"encoding/json"

	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/find"
)

// A searchCode is a code, or a retired one. See package find for the members of its record.
type searchCode struct {
	Code       string          `json:"code"`
	Page       string          `json:"page"` // beside the index
	Group      int             `json:"group,omitempty"`
	Statuses   []int           `json:"statuses,omitempty"`
	Line       string          `json:"line,omitempty"` // what the index says of it
	Text       string          `json:"text,omitempty"`
	Forms      json.RawMessage `json:"forms,omitempty"`
	Params     json.RawMessage `json:"params,omitempty"`
	Stem       string          `json:"stem,omitempty"`
	Anchor     string          `json:"anchor,omitempty"`
	Type       string          `json:"type,omitempty"`
	Retry      bool            `json:"retry,omitempty"`
	Deprecated bool            `json:"deprecated,omitempty"`
	Stability  string          `json:"stability,omitempty"`
	Gone       bool            `json:"gone,omitempty"`
}

// searchIndex returns the script that holds the codes of an index, each on a line. It is a script
// because a page on a disk may load nothing else.
func (p *page) searchIndex() []byte {
	var b bytes.Buffer
	groups := make([]string, len(p.Groups))
	for i, g := range p.Groups {
		groups[i] = g.Title
	}
	b.WriteString(emit.JSMarkLine + "\nself.errspecIndex = {\n")
	b.WriteString("\"paths\":" + p.Search.Paths + ",\n")
	b.WriteString("\"groups\":" + string(encode.CompactJSON(groups)) + ",\n\"codes\":[")
	separator := "\n"
	add := func(c *searchCode) {
		b.WriteString(separator)
		b.Write(encode.CompactJSON(c))
		separator = ",\n"
	}
	for i, g := range p.Groups {
		for _, e := range g.Entries {
			c := searchCode{
				Code: e.Code, Page: e.Page, Group: i, Line: textOf(e.Line), Text: e.Searched,
				Forms: json.RawMessage(e.Forms), Params: json.RawMessage(e.OwnParams),
				Stem:       e.Stem,
				Anchor:     find.AnchorOf(e.Code, e.Anchor),
				Type:       e.Known,
				Retry:      e.Retry != nil,
				Deprecated: e.Deprecated != nil,
				Stability:  e.Stability,
			}
			for _, s := range e.Statuses {
				c.Statuses = append(c.Statuses, s.Code)
			}
			add(&c)
		}
	}
	for i := range p.Retired {
		t := &p.Retired[i]
		c := searchCode{
			Code:   t.Code,
			Page:   t.Page,
			Anchor: find.AnchorOf(t.Code, t.Anchor),
			Line:   textOf(t.Note),
			Text:   t.Searched,
			Gone:   true,
		}
		if t.Status != nil {
			c.Statuses = []int{t.Status.Code}
		}
		add(&c)
	}
	b.WriteString("\n]};\n")
	return b.Bytes()
}
