package html

import "testing"

func TestHighlighted(t *testing.T) {
	got := string(highlighted([]byte(`{"a":"b: \"<i>","n":[-1.5e+3,true,null],"o":{},"":""}`)))
	want := `{
  <span class="k">&#34;a&#34;</span>: <span class="s">&#34;b: \&#34;&lt;i&gt;&#34;</span>,
  <span class="k">&#34;n&#34;</span>: [
    <span class="n">-1.5e+3</span>,
    <span class="n">true</span>,
    <span class="n">null</span>
  ],
  <span class="k">&#34;o&#34;</span>: {},
  <span class="k">&#34;&#34;</span>: <span class="s">&#34;&#34;</span>
}`
	if got != want {
		t.Errorf("highlighted =\n%s\nwant\n%s", got, want)
	}
}
