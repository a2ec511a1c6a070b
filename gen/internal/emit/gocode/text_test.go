package gocode

import (
	"bytes"
	"go/format"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/goname"
)

// TestPlainText holds the short ways for plain text to what is right for any.
func TestPlainText(t *testing.T) {
	plain := 0
	rapid.Check(t, func(t *rapid.T) {
		pattern := `[a-z]{1,9}|[a-z]{90,110}` // always plain
		if rapid.Bool().Draw(t, "any") {
			pattern += `|[!-~]{1,9}|é|\t`
		}
		words := rapid.SliceOfN(rapid.StringMatching(pattern), 1, 40).Draw(t, "words")
		text := strings.Join(words, " ")
		if !isPlain(text) {
			return
		}
		plain++
		if diff := cmp.Diff(appendWords(nil, text), appendPlain(nil, text)); diff != "" {
			t.Errorf("lines of %q:\n%s", text, diff)
		}
		if got, err := strconv.Unquote(quote(text)); err != nil || got != text {
			t.Errorf("quote(%q) is %s, which is %q (%v)", text, quote(text), got, err)
		}
	})
	if plain == 0 {
		t.Error("no text was plain")
	}
	for _, text := range []string{"", " a", "a ", "a  b", "a\tb", "é", "a\x00", "a\u00a0b"} {
		if isPlain(text) {
			t.Errorf("isPlain(%q)", text)
		}
	}
}

// Methods stand on one line each only where gofmt leaves them there, however long a type's name is.
func TestMethodsAreAsGofmtHasThem(t *testing.T) {
	for n := range 110 {
		for _, letter := range []string{"x", "é", "日"} {
			w := &writer{}
			w.WriteString("package p\n\n")
			methods(w, &entry{
				Entry: &catalog.Entry{Index: 10_000}, Go: goname.Entry{Type: "X" + strings.Repeat(letter, n)},
			})
			got := append(bytes.TrimRight(w.Bytes(), "\n"), '\n')
			if want, err := format.Source(got); err != nil || !bytes.Equal(want, got) {
				t.Fatalf("gofmt would change (%v)\n%s", err, got)
			}
		}
	}
}
