package gocode

import (
	"bytes"
	"go/format"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestPlainText holds the short ways for plain text to what is right for any.
func TestPlainText(t *testing.T) {
	plain := 0
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[!-~]{1,9}|[a-z]{90,110}|é|\t`), 1, 40).Draw(t, "words")
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
	if plain < 10 {
		t.Errorf("%d texts were plain", plain)
	}
	for _, text := range []string{"", " a", "a ", "a  b", "a\tb", "é", "a\x00", "a\u00a0b"} {
		if isPlain(text) {
			t.Errorf("isPlain(%q)", text)
		}
	}
}

// A function stands on one line exactly where gofmt leaves it there.
func TestFunctionsAreAsLongAsGofmtHasThem(t *testing.T) {
	for _, f := range []struct{ head, body string }{
		{"func (e *NAMEError) Error() string", "return textOf(e.Unwrap())"},
		{"func WithNAME(hint string) Option", "return withParam(7, 2, textArg(hint))"},
		{"func WithNAME(errors []float64) Option", "return withParam(1, 1, listArg(&infos[1].params[1], errors))"},
		{"func WithNAME(é time.Time) Option", "return withParam(7, 2, timeArg(é))"},
		{"func NAME() []string", "return []string{\"a\", `b`}"},
	} {
		for n := range 110 {
			w := &writer{}
			w.WriteString("package p\n\n")
			w.function(strings.Replace(f.head, "NAME", "X"+strings.Repeat("x", n), 1), f.body)
			if want, err := format.Source(w.Bytes()); err != nil || !bytes.Equal(want, w.Bytes()) {
				t.Fatalf("gofmt would change (%v)\n%s", err, w.Bytes())
			}
		}
	}
}
