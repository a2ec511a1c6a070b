package html_test

import (
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/catalog/catalogtest"
)

func TestHighlighted(t *testing.T) {
	c := everything()
	c.Envelope.MediaType = "application/json"
	c.Envelope.Body = catalogtest.Object(
		catalogtest.Member("a", catalogtest.Const(`"b: \"<i>"`)),
		catalogtest.Member("n", catalogtest.Array(catalogtest.Const("-1.5e+3"),
			catalogtest.Const("true"), catalogtest.Const("null"))),
		catalogtest.Member("o", catalogtest.Object()),
		catalogtest.Member("", catalogtest.Role(catalog.RoleCode)),
	)
	want := `{
  <span class="k">&#34;a&#34;</span>: <span class="s">&#34;b: \&#34;&lt;i&gt;&#34;</span>,
  <span class="k">&#34;n&#34;</span>: [
    <span class="n">-1.5e+3</span>,
    <span class="n">true</span>,
    <span class="n">null</span>
  ],
  <span class="k">&#34;o&#34;</span>: {},
  <span class="k">&#34;&#34;</span>: <span class="s">&#34;NOT_FOUND&#34;</span>
}`
	if page := pages(t, c)["index.html"]; !strings.Contains(page, want) {
		t.Errorf("the page does not have the example\n%s", want)
	}
}
