package changelog

import (
	"github.com/errspec/errspec/gen/internal/encode"
)

// formatVersion is the version of the JSON format, which changelog.schema.json describes. Within a
// version, members may be added, but none is removed or changes its meaning.
const formatVersion = 1

type document struct {
	Version  int       `json:"version"`
	Releases []release `json:"releases"`
}

type release struct {
	Name    string  `json:"name"`
	Commit  string  `json:"commit,omitempty"`
	Date    string  `json:"date,omitempty"`
	Changes []entry `json:"changes"`
}

type entry struct {
	Kind   string   `json:"kind"`
	Rule   string   `json:"rule"`
	Breaks string   `json:"breaks,omitempty"`
	Codes  []string `json:"codes"`
	Text   string   `json:"text"`
	Note   string   `json:"note,omitempty"`
	URL    string   `json:"url,omitempty"`
}

// JSON returns the releases as a document for programs.
func JSON(releases []Release, reference string) []byte {
	doc := document{Version: formatVersion, Releases: []release{}}
	for i := range releases {
		r := &releases[i]
		out := release{Name: r.Name, Commit: r.Commit, Date: r.Date, Changes: []entry{}}
		for _, k := range kinds {
			for j := range r.Changes {
				ch := &r.Changes[j]
				if kindOf(ch) != k.id {
					continue
				}
				out.Changes = append(out.Changes, entry{
					Kind: k.id, Rule: ch.Rule, Breaks: string(breaks(ch)),
					Codes: append([]string{}, ch.Codes...),
					Text:  ch.Text.String(), Note: string(r.note(ch)), URL: r.link(ch, reference),
				})
			}
		}
		doc.Releases = append(doc.Releases, out)
	}
	return encode.JSON(doc)
}
