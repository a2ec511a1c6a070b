package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// unwelcome are the words that readers stumbled over most, and what to write instead.
var unwelcome = []struct{ pattern, instead string }{
	{`tells? of`, `"reports" or "describes": programs do not tell`},
	{`(is|are) to be`, `who does it, in the active voice, or "must"`},
	{`of which there (is|are)`, `"if there are none"`},
	{`one too (many|few)`, `what was expected and what came: "accepts at most one catalog, got 2"`},
	{`editions?`, `"version"`},
	{`(the|its|their|whose|no) blanks?`, `"placeholder"`},
	{`as ever`, `nothing: the reader does not know how it was`},
	{`(and|but) so (is|are|does|do)`, `the sentence in its usual order`},
	{`learns? of`, `"sees" or "is notified of"`},
	{`(is|are) taken for`, `"counts as"`},
	{`can not`, `"cannot"`},
	{`anew`, `"again"`},
	{`aloud`, `where it is printed`},
	{`left out`, `"omitted"`},
	{`speaks? of`, `"mentions" or "describes"`},
	{`is (told|said) of`, `"is reported" or "is described"`},
	{`(has|have|had) to be`, `"must be"`},
	{`in place of`, `"instead of"`},
	{`stands? (in|on|at|alone|where|there|beside|behind)`, `"is"`},
	{`hold(s|ing)? \S+ (\S+ )?against`, `"checks", "validates" or "compares with"`},
	{`knows? of`, `"supports" or "is notified of"`},
	{`what (enters|leaves)`, `what it takes and returns`},
	{`may be relied on`, `"guarantees"`},
	{`otherwise than`, `"differently from"`},
	{`for ever`, `"forever"`},
	{`taken apart`, `"parsed"`},
	{`a finding`, `"a diagnostic"`},
	{`hold(s|ing)? \S+ (\S+ )?to`, `"checks" or "compares with"`},
	{`(is|are) known by`, `"recognize" or "identify", in the active voice`},
	{`be it`, `"or"`},
	{`wished for`, `"wanted"`},
	{`for \S+ \S+ to know`, `who must know it: "the caller must know"`},
	{`has no say`, `"has no influence"`},
}

func TestPlainWords(t *testing.T) {
	err := filepath.WalkDir(root, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		switch e.Name() {
		case ".git", "testdata", "node_modules", "dist", // some may be a link or a file
			"generated": // made of sources that are read
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		case "words_test.go", "package-lock.json":
			return nil
		}
		if e.IsDir() || filepath.Ext(name) == ".png" {
			return nil
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		path, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		for _, problem := range unwelcomeIn(data) {
			t.Errorf("%s:%s", filepath.ToSlash(path), problem)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// anyOf finds any of some patterns in lower case. A phrase may go on in the next line, also in that
// of a comment.
func anyOf(patterns ...string) *regexp.Regexp {
	all := strings.ReplaceAll(strings.Join(patterns, "|"), " ", `[\s/#*]+`)
	return regexp.MustCompile(`\b(` + all + `)\b`)
}

// anyUnwelcome finds all that is unwelcome, much faster than one pattern after the other.
var anyUnwelcome = sync.OnceValue(func() *regexp.Regexp {
	var patterns []string
	for _, u := range unwelcome {
		patterns = append(patterns, u.pattern)
	}
	return anyOf(patterns...)
})

// unwelcomeIn returns what a text should not say, with its line.
func unwelcomeIn(text []byte) []string {
	text = bytes.ToLower(text)
	if !anyUnwelcome().Match(text) {
		return nil
	}
	var found []string
	for _, u := range unwelcome {
		for _, at := range anyOf(u.pattern).FindAllIndex(text, -1) {
			line := 1 + bytes.Count(text[:at[0]], []byte("\n"))
			found = append(found, fmt.Sprintf("%d: %q: write %s", line, text[at[0]:at[1]],
				u.instead))
		}
	}
	return found
}

// Each entry of the list finds something, wherever a line ends.
func TestPlainWordsAreFound(t *testing.T) {
	for text, want := range map[string]int{
		"a body tells of one error": 1, "It tells\n// of it": 1, "it is to be retried": 1,
		"codes, of which there are no more": 1,
		"3 is one too many":                 1, "between two editions": 1,
		"what fills their blanks": 1, "as ever": 1,
		"red, and so are they": 1, "it learns of changes": 1, "is taken for one": 1, "can\nnot": 1,
		"loads anew": 1, "said aloud": 1,
		"is left out": 1, "a comment speaks of it": 1, "what is\n// told of it is said of all": 2,
		"it has to be": 1, "in place of it": 1, "a line stands\n// alone": 1,
		"holds it against the schema": 1, "holds the page against it": 1, "who knows of it": 1,
		"What enters is a file, what leaves is text": 2, "may be relied on": 1,
		"read otherwise than by us": 1, "waits for ever": 1, "taken apart": 1, "as a finding": 1,
		"hold a client to the catalog": 1, "holds it to this": 1, "are known by a brand": 1,
		"a text, be it long": 1, "one too few": 1, "of 0.8 wished for": 1,
		"is for the caller to know": 1, "what has no say": 1,
		"it stands for a param; holds it; what it leaves; for every": 0,
		"hotels of Rome, Everest, cannot, a blank line, so it is":    0,
		"renewed; expedition; aloudness":                             0,
	} {
		if found := unwelcomeIn([]byte(text)); len(found) != want {
			t.Errorf("%q: %q, want %d", text, found, want)
		}
	}
}
