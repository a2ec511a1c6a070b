package check

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"pgregory.net/rapid"
)

func filled(parts ...string) string { // written, value, written, …
	var t markdownText
	for i, p := range parts {
		if i%2 == 0 {
			t.written(p)
		} else {
			t.value(p)
		}
	}
	return t.String()
}

func TestValuesInMarkdown(t *testing.T) {
	for _, tt := range []struct{ before, value, after, want string }{
		{"Images ", "10 MB", ", video", "Images 10 MB, video"},
		{"Supported: ", "JPEG, PNG, WebP", ".", "Supported: JPEG, PNG, WebP."},
		{"Balance below the ", "-11", " floor", "Balance below the -11 floor"},
		{"", "-11", " is the floor", "-11 is the floor"},
		{"", "- a", "", `\- a`},
		{"one\n", "1. a", "", "one\n" + `1\. a`},
		{"", "2.5", "", `2\.5`},
		{"x ", "2.5", "", "x 2.5"},
		{"x ", "max_size", "", "x max_size"},
		{"x ", "_a_", "", `x \_a\_`},
		{"x ", "<code>", "", `x \<code\>`},
		{"x `", "<code>_*", "`", "x `<code>_*`"},
		{"x \\`", "*", "`", "x \\`\\*`"},
		{"```\n", "*a*", "\n```\n", "```\n*a*\n```\n"},
		{"x ", "a & b", "", "x a & b"},
		{"x ", "&amp;", "", `x \&amp;`},
		{"x ", "#1", "", "x #1"},
		{"", "# a", "", `\# a`},
	} {
		if got := filled(tt.before, tt.value, tt.after); got != tt.want {
			t.Errorf("%q and the value %q give %q, want %q", tt.before, tt.value, got, tt.want)
		}
	}
}

// What a value is in a text is what the reader sees of it: here by goldmark's eyes.
func TestValuesInMarkdownShowAsTheyAre(t *testing.T) {
	md := goldmark.New(goldmark.WithExtensions(
		extension.Table, extension.Strikethrough, extension.TaskList))
	tags := regexp.MustCompile(`<[^>]*>`)
	value := rapid.StringOfN(rapid.RuneFrom([]rune("ab1 *_`[]()<>|~&#+-=.!\\;/:\"'$é")), 1, 12, -1)
	before := rapid.SampledFrom([]string{
		"", "Some text ", "Some text\n", "Some `code` ", "* item ", "Balance: ",
	})
	after := rapid.SampledFrom([]string{"", " more text", ", more"})
	rapid.Check(t, func(t *rapid.T) {
		v := strings.Join(strings.Fields(value.Draw(t, "value")), " ")
		if v == "" {
			return
		}
		b, a := before.Draw(t, "before"), after.Draw(t, "after")
		src := filled(b, v, a)
		var out bytes.Buffer
		if err := md.Convert([]byte(src), &out); err != nil {
			t.Fatal(err)
		}
		shown := html.UnescapeString(tags.ReplaceAllString(out.String(), ""))
		shown = strings.Join(strings.Fields(shown), " ")
		if !strings.Contains(shown, v) {
			t.Fatalf("%q shows as %q\nMarkdown: %q\nHTML: %s", v, shown, src, out.String())
		}
	})
}
