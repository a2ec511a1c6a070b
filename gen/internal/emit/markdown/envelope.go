package markdown

import (
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/templates"
)

func (b *builder) envelope() templates.Envelope {
	c, body := b.c, &b.c.Envelope.Body
	view := templates.Envelope{
		Description: b.text(c.Envelope.Description),
		MediaType:   b.code(c.Envelope.MediaType),
		Plain:       c.Envelope.MediaType == "application/json",
		Sample:      fence(c.SampleBody()),
		CodePath:    b.code(reference.CodePath(c)),
		MessagePath: b.code(reference.Path(body, catalog.RoleMessage)),
		VariantPath: b.code(reference.Path(body, catalog.RoleVariant)),
		EachPath:    b.eachPath(body),
		Of:          b.link(c.SampleEntry()),
		Params:      b.code(reference.ParamBlank(c)),
	}
	view.NoCode, view.SomeNoCode = reference.NoCodes(c)
	for _, path := range reference.Optional(c) {
		view.Optional = append(view.Optional, b.code(path))
	}
	return view
}

// fence returns a JSON body as a block of code. What begins a shortcode in Hugo or a tag in Jekyll,
// which read code as well, gets an escape: it can only be in a string.
func fence(body []byte) string {
	text := strings.ReplaceAll(string(catalog.Indent(body)), "{{", `{\u007b`)
	return mdtext.Fence("json", strings.ReplaceAll(text, "{%", `\u007b%`))
}

// eachPath names the list with an element for each error.
func (b *builder) eachPath(body *catalog.Node) string {
	path := reference.EachPath(body)
	if path == reference.WholeBody {
		return "the body"
	}
	return b.code(path)
}
