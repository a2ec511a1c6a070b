package renderers_test

import (
	"slices"
	"testing"

	"github.com/errspec/errspec/gen/internal/mdtext"
)

// meeting is a catalog whose codes, groups and sections want each other's anchors.
func meeting(t *testing.T) written {
	return fromFile(t, "meeting names",
		"../../internal/pipeline/testdata/golden/meeting-names/catalog.yaml")
}

// linksAgree wants every link to a code to lead to its entry, as each renderer shows the page, and
// every code to have one.
func linksAgree(t *testing.T, d mdtext.Dialect, renderers []renderer) {
	w := meeting(t)
	md := reference(t, d, w.load(t))
	for _, by := range renderers {
		t.Run(by.name, func(t *testing.T) {
			r := by.render(t, []string{md})[0]
			if r.Error != "" {
				t.Fatal(r.Error)
			}
			got := read(t, r.HTML)
			if by.dropsTags { // an anchor that does not follow from the heading's text needs HTML
				got.links = slices.DeleteFunc(got.links, func(l link) bool {
					return l.anchor == "table-locked"
				})
			}
			j := judge{t: t, page: page{name: w.name}, by: by, score: &score{}}
			j.anchors(got)
			if j.score.links < w.load(t).Len()-1 {
				t.Errorf("%d links were looked at, of %d codes", j.score.links, w.load(t).Len())
			}
		})
	}
}

func TestMeetingNames(t *testing.T) {
	linksAgree(t, mdtext.Portable, goldmarks)
}
