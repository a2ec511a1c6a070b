//go:build unix

package growth

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/errspec/errspec/gen/checks/internal/program"
)

const (
	hostileSize   = 1 << 20
	hostileMemory = 256 << 20
)

// aliases returns nested lists. Each level holds the previous one several times, and comments fill
// the rest.
func aliases(levels, times int) shape {
	var b strings.Builder
	b.WriteString("version: 1\ntitle: x\ngroups: []\ndocs:\n  front_matter:\n    l0: &l0 x\n")
	for i := 1; i <= levels; i++ {
		fmt.Fprintf(&b, "    l%d: &l%d [%s]\n", i, i, strings.Repeat(fmt.Sprintf("*l%d, ", i-1),
			times))
	}
	return shape{b.String(), always("# padding\n"), ""}
}

// hostileFiles are files of 1 MiB that ask for as much as they can.
func hostileFiles() map[string]shape {
	const (
		head   = "version: 1\ntitle: x\n"
		groups = head + "groups:\n  - id: g\n    title: G\n    errors:\n"
		code   = groups + "      - code: AB\n        status: 400\n        message: m\n"
		matter = head + "groups: []\ndocs:\n  front_matter:\n"
	)
	text := func(piece string) shape {
		return shape{head + "groups: []\ndescription: \"", always(piece), "\"\n"}
	}
	deep := func(level func(i int) string) shape { return shape{matter, level, ""} }
	return map[string]shape{
		"aliases that expand to billions":        aliases(10, 10),
		"aliases that expand as far as they may": aliases(3, 200),
		"aliases of a long list": {matter + "    a: &a [" + strings.Repeat("x, ",
			9000) + "]\n    b: [", always("*a, "), "]\n"},
		"aliases of what is not there": {head + "groups: [", always("*a, "), "]\n"},
		"aliases of a group": {head +
			"groups:\n  - &g\n    id: g\n    title: G\n    errors: []\n", always("  - *g\n"), ""},
		"aliases of a code": {groups +
			"      - &e {code: AB, status: 400, message: m}\n", always("      - *e\n"), ""},
		"anchors": {matter, numbered("    - &a%d x\n"), ""},
		"merge keys": {matter + "    a0: &a0 {x: 1}\n",
			func(i int) string {
				return fmt.Sprintf("    a%d: &a%d {<<: *a%d, y%d: 1}\n", i+1, i+1, i, i)
			}, ""},
		"brackets in brackets": {head + "groups: ", always("["), ""},
		"brackets in brackets, closed": {head + "groups: " + strings.Repeat("[",
			hostileSize/2-20), always("]"), ""},
		"braces in braces":               {head + "groups: ", always("{a: "), ""},
		"blocks in blocks":               deep(func(i int) string { return strings.Repeat(" ", i+4) + "a:\n" }),
		"lists in lists":                 deep(func(i int) string { return strings.Repeat(" ", i+4) + "-\n" }),
		"explicit keys in explicit keys": {"", always("? "), ""},
		"a list of one line":             {head + "groups: [", always("a,"), "]\n"},
		"a mapping of one line":          {head + "groups: {", numbered("%d,"), "}\n"},
		"keys of anything":               {matter, numbered("    k%d: 1\n"), ""},
		"unknown keys":                   {head, numbered("k%d: 1\n"), ""},
		"unknown keys with one letter":   {head, always("k:\n"), ""},
		"misspelt keys":                  {head, numbered("titel%d: x\n"), ""},
		"doubled keys":                   {head, always("title: x\n"), ""},
		"empty elements":                 {head + "groups:\n", always("-\n"), ""},
		"empty codes":                    {groups, always("      - {}\n"), ""},
		"wrong codes on one line": {head + "groups: [{id: g, title: G, errors: [",
			always("{code: é, status: 7, message: $},"), "]}]\n"},
		"good codes": {groups,
			numbered("      - {code: C%d, status: 400, message: m, resolution: r}\n"), ""},
		"codes that refer to none": {groups,
			numbered("      - {code: CODE_%[1]d, status: 400, message: m, see: [CODE_X%[1]d]}\n"),
			""},
		"params": {code + "        params:\n",
			numbered("          p%d: {type: int}\n"), ""},
		"values": {code + "        values:\n",
			numbered("          v%d: 1\n"), ""},
		"variants": {groups +
			"      - code: AB\n        status: 400\n        params: {p: {type: string}}\n        variants:\n",
			numbered("          - {id: v%[1]d, message: \"${p} %[1]d ${p}\"}\n"), ""},
		"headers": {code + "        headers:\n",
			numbered("          X-%d: a\n"), ""},
		"an enum": {code +
			"        params:\n          p:\n            type: string\n            enum: [",
			numbered("v%d, "), "]\n"},
		"statuses of one code": {groups +
			"      - code: AB\n        message: m\n        status: [", always("400,"), "]\n"},
		"groups": {head + "groups:\n",
			numbered("  - {id: g%d, title: G, errors: []}\n"), ""},
		"tombstones": {head + "groups: []\nretired:\n",
			numbered("  - {code: C%[1]d, use: C%[1]d}\n"), ""},
		"ignores": {groups,
			numbered("      # errspec:ignore code-format\n"), "      - {code: AB, status: 400}\n"},
		"an envelope": {head +
			"groups: []\nenvelope:\n  body:\n    code: $code\n    message: $message\n",
			numbered("    m%d: $x\n"), ""},
		"placeholders": {groups +
			"      - code: AB\n        status: 400\n        message: \"", always("${a}"), "\"\n"},
		"lone dollars":               text("$ "),
		"lone dollars, side by side": text("${"),
		"raw HTML":                   text("<b>"),
		"links that run scripts":     text("[x](javascript:1)"),
		"emphasis":                   text("*a_ "),
		"open brackets":              text("["),
		"images of images":           text("![a"),
		"backticks": {head + "groups: []\ndescription: \"",
			func(i int) string { return strings.Repeat("`", i%200+1) + "a" }, "\"\n"},
		"quotes of quotes": {head + "groups: []\ndescription: |\n",
			always("  " + strings.Repeat("> ", 100) + "a\n"), ""},
		"a table": {head + "groups: []\ndescription: |\n  |a|\n  |-|\n",
			always("  |b|c|d|e\n"), ""},
		"link definitions": {head + "groups: []\ndescription: |\n",
			numbered("  [%d]: /x\n"), ""},
		"a long plain scalar": {head + "groups: []\ndescription: ", always("word "),
			"\n"},
		"a long scalar without a space": {head + "groups: []\ndescription: ", always("x"), "\n"},
		"a long scalar of many lines": {head + "groups: []\ndescription: a\n", always("  b\n"),
			""},
		"a long code": {groups + "      - {status: 400, message: m, code: ",
			always("A"), "}\n"},
		"a long key":                 {head, always("k"), ": 1\n"},
		"escapes":                    text(`\u00e9`),
		"escaped control characters": text(`\a`),
		"a quote that does not end":  {head + "groups: []\ndescription: \"", always("x "), ""},
		"block scalars":              {matter, always("    - |\n      x\n"), ""},
		"a block scalar": {head + "groups: []\ndescription: |\n", always("  x\n"),
			""},
		"a folded scalar": {head + "groups: []\ndescription: >\n", always("  x\n"),
			""},
		"comments":                        {head + "groups: []\n", always("#\n"), ""},
		"a comment":                       {head + "groups: []\n#", always("c"), ""},
		"comments behind values":          {matter, always("    - x # c\n"), ""},
		"byte order marks":                {"", always("\ufeff"), ""},
		"a byte order mark, and comments": {"\ufeff" + head + "groups: []\n", always("# é\n"), ""},
		"no UTF-8":                        {head, always("\xff"), ""},
		"no UTF-8 at the end":             {head + "groups: []\n", always("# é\n"), "\xff"},
		"UTF-16":                          {"\xff\xfe", always("a\x00"), ""},
		"zeros":                           {"", always("\x00"), ""},
		"control characters":              {head + "description: ", always("\a"), "\n"},
		"carriage returns":                {"", always("\r"), ""},
		"CRLF":                            {head + "groups: []\n", always("# c\r\n"), ""},
		"bidirectional controls": {head + "groups: []\ndescription: ", always("\u202e"),
			"\n"},
		"line separators": {head + "groups: []\ndescription: ", always("\u2028"),
			"\n"},
		"escaped marks of direction":   text(`\u202e`),
		"joiners":                      text("\u200d"),
		"joiners that are needed":      text("می\u200c"),
		"tags of a flag":               text("\U0001f3f4\U000e0067"),
		"entities of what is not seen": text("&shy;"),
		"links that lead elsewhere":    text("[x](//a)"),
		"link definitions that do": {head + "groups: []\ndescription: |\n",
			numbered("  [%d]: //x\n"), ""},
		"tabs":               {head, always("\t"), ""},
		"spaces":             {head + "groups: []\n", always(" "), ""},
		"empty lines":        {"", always("\n"), ""},
		"tags":               {matter, always("    - !x y\n"), ""},
		"directives":         {"", always("%A\n"), ""},
		"documents":          {"", always("---\n"), ""},
		"dashes":             {"", always("-\n"), ""},
		"dashes on one line": {matter + "    ", always("- "), "x\n"},
		"colons":             {"", always(":"), ""},
		"includes":           {head + "groups: []\ninclude:\n", numbered("  - f%d.yaml\n"), ""},
		"includes of itself": {head + "groups: []\ninclude:\n", always("  - catalog.yaml\n"), ""},
		"sections": {head + "groups: []\ndocs:\n  sections:\n",
			always("    - {position: end}\n"), ""},
	}
}

// Whatever a file of 1 MiB contains, lint ends and prints its report within 256 MiB of total
// memory.
func TestHostileFilesTakeLittleMemory(t *testing.T) {
	errspec := program.Errspec(t)
	for name, file := range hostileFiles() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := file.of(hostileSize)
			if len(data) > hostileSize || len(data) < hostileSize-hostileSize/8 {
				t.Fatalf("the file has %d bytes, not 1 MiB", len(data))
			}
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "catalog.yaml"), []byte(data),
				0o600); err != nil {
				t.Fatal(err)
			}
			got := runIn(t, errspec, dir, []string{"lint"})
			if got.memory > hostileMemory {
				t.Errorf("it takes %d MiB", got.memory>>20)
			}
			t.Logf("%d MiB, exit status %d, %d KiB of output", got.memory>>20, got.status,
				len(got.said)>>10)
		})
	}
}
