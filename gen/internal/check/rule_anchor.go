package check

import (
	"fmt"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
)

// anchorCollisions looks for anchors that the author gives to two headings. Anchors that follow
// from titles never meet: see [model.anchors].
func (m *model) anchorCollisions() {
	first := map[string]heading{}
	for _, h := range m.headings() {
		if !h.anchor.IsSet() {
			continue
		}
		other, twice := first[h.anchor.Text]
		if !twice {
			first[h.anchor.Text] = h
			continue
		}
		m.report(diag.Diagnostic{
			Rule: rule.AnchorCollision, Span: h.anchor.Span(), Path: h.path + ".anchor",
			Message: fmt.Sprintf("%v and %v both have the anchor #%s", &h, &other, h.anchor.Text),
			Help: "give one of them another anchor, or remove the key: " +
				"anchors made from titles never collide",
			Notes: []diag.Note{note(other.anchor.Span(), "%v has it here", &other)},
		})
	}
}
