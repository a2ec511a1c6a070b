package hostile

import (
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/corpus"
	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit/python"
	"github.com/errspec/errspec/gen/internal/emit/typescript"
	"github.com/errspec/errspec/gen/internal/pipeline"
	"github.com/errspec/errspec/gen/internal/source"
)

// What a module declares at its top level for itself alone.
var (
	privateInTypeScript = regexp.MustCompile(
		`(?m)^(?:const|let|(?:async )?function|class|interface|type) (\w+)`)
	privateInPython = regexp.MustCompile(
		`(?m)^(?:def |async def |class )?(_[A-Za-z]\w*)(?:\(|: [^\n]* = | = )`)
)

// TestClientsDeclareNothingInVain expects the client modules of seeds, golden cases, public APIs
// and composed catalogs to use all that they declare for themselves, and to have no gaps where the
// runtime leaves parts out. A compiler sees the first in TypeScript only, and no tool that we run
// in Python.
func TestClientsDeclareNothingInVain(t *testing.T) {
	all := catalogs(t)
	for _, path := range corpus.APIs(t) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all[path] = data
	}
	j, declared := newJudge(t), 0
	loaded := map[string]*catalog.Catalog{}
	for path, data := range all {
		if c, _ := pipeline.Load(source.New("catalog.yaml", data, j.root)); c != nil {
			loaded[path] = c
		}
	}
	r := rand.New(rand.NewPCG(*seed, 1))
	for i := range *composed {
		if a, _ := j.settle(compose(r)); a != nil {
			loaded[fmt.Sprint("composed", i)] = a.catalog
		}
	}
	for path, c := range loaded {
		for language, module := range map[string]struct {
			text    string
			private *regexp.Regexp
			gap     string
		}{
			"TypeScript": {string(corpus.Emitted(t)(typescript.Emit(c))), privateInTypeScript, "\n\n\n"},
			"Python":     {string(corpus.Emitted(t)(python.Emit(c))), privateInPython, "\n\n\n\n"},
		} {
			if at := strings.Index(module.text, module.gap); at >= 0 {
				line := strings.Count(module.text[:at], "\n") + 1
				t.Errorf("%s in %s: a gap below line %d", path, language, line)
			}
			uses := map[string]int{}
			text := typeVariable.ReplaceAllString(module.text, "$1 =")
			for _, word := range anyWord.FindAllString(text, -1) {
				uses[word]++
			}
			for _, m := range module.private.FindAllStringSubmatch(module.text, -1) {
				declared++
				if uses[m[1]] < 2 {
					t.Errorf("%s in %s: nothing uses %s", path, language, m[1])
				}
			}
		}
	}
	if declared < 10_000 {
		t.Errorf("the modules declare %d names for themselves, want thousands", declared)
	}
}

var anyWord = regexp.MustCompile(`\w+`)

// typeVariable is a declaration in Python that has its own name twice.
var typeVariable = regexp.MustCompile(`(?m)^(\w+) = (?:TypeVar|ParamSpec)\("\w+"`)
