//go:build unix && !race

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const (
	hostileSize   = 1 << 20
	hostileMemory = 256 << 20
)

// repeated returns a file of the hostile size: a head, then pieces, each of which is given its number, and a tail.
func repeated(head string, piece func(i int) string, tail string) string {
	var b strings.Builder
	b.WriteString(head)
	for i := 0; ; i++ {
		p := piece(i)
		if b.Len()+len(p)+len(tail) > hostileSize {
			break
		}
		b.WriteString(p)
	}
	b.WriteString(tail)
	return b.String()
}

// always is a piece that is the same each time, numbered one that holds %d.
func always(text string) func(int) string { return func(int) string { return text } }
func numbered(format string) func(int) string {
	return func(i int) string { return fmt.Sprintf(format, i) }
}

// aliases returns levels of lists, each of which holds the one before so many times, padded with comments.
func aliases(levels, times int) string {
	var b strings.Builder
	b.WriteString("version: 1\ntitle: x\ngroups: []\ndocs:\n  front_matter:\n    l0: &l0 x\n")
	for i := 1; i <= levels; i++ {
		fmt.Fprintf(&b, "    l%d: &l%d [%s]\n", i, i, strings.Repeat(fmt.Sprintf("*l%d, ", i-1), times))
	}
	return repeated(b.String(), always("# padding\n"), "")
}

// hostileFiles are files of 1 MiB that ask for as much as they can.
func hostileFiles() map[string]func() string {
	const (
		head   = "version: 1\ntitle: x\n"
		groups = head + "groups:\n  - id: g\n    title: G\n    errors:\n"
		code   = groups + "      - code: AB\n        status: 400\n        message: m\n"
		matter = head + "groups: []\ndocs:\n  front_matter:\n"
	)
	text := func(piece string) string {
		return repeated(head+"groups: []\ndescription: \"", always(piece), "\"\n")
	}
	deep := func(level func(i int) string) string { return repeated(matter, level, "") }
	return map[string]func() string{
		"aliases that expand to billions":        func() string { return aliases(10, 10) },
		"aliases that expand as far as they may": func() string { return aliases(3, 200) },
		"aliases of a long list": func() string {
			return repeated(matter+"    a: &a ["+strings.Repeat("x, ", 9000)+"]\n    b: [", always("*a, "), "]\n")
		},
		"aliases of what is not there": func() string { return repeated(head+"groups: [", always("*a, "), "]\n") },
		"aliases of a group": func() string {
			return repeated(head+"groups:\n  - &g\n    id: g\n    title: G\n    errors: []\n", always("  - *g\n"), "")
		},
		"aliases of a code": func() string {
			return repeated(groups+"      - &e {code: AB, status: 400, message: m}\n", always("      - *e\n"), "")
		},
		"anchors": func() string { return repeated(matter, numbered("    - &a%d x\n"), "") },
		"merge keys": func() string {
			return repeated(matter+"    a0: &a0 {x: 1}\n", func(i int) string { return fmt.Sprintf("    a%d: &a%d {<<: *a%d, y%d: 1}\n", i+1, i+1, i, i) }, "")
		},
		"brackets in brackets": func() string { return repeated(head+"groups: ", always("["), "") },
		"brackets in brackets, closed": func() string {
			return head + "groups: " + strings.Repeat("[", hostileSize/2-20) + strings.Repeat("]", hostileSize/2-20)
		},
		"braces in braces":               func() string { return repeated(head+"groups: ", always("{a: "), "") },
		"blocks in blocks":               func() string { return deep(func(i int) string { return strings.Repeat(" ", i+4) + "a:\n" }) },
		"lists in lists":                 func() string { return deep(func(i int) string { return strings.Repeat(" ", i+4) + "-\n" }) },
		"explicit keys in explicit keys": func() string { return repeated("", always("? "), "") },
		"a list of one line":             func() string { return repeated(head+"groups: [", always("a,"), "]\n") },
		"a mapping of one line":          func() string { return repeated(head+"groups: {", numbered("%d,"), "}\n") },
		"keys of anything":               func() string { return repeated(matter, numbered("    k%d: 1\n"), "") },
		"unknown keys":                   func() string { return repeated(head, numbered("k%d: 1\n"), "") },
		"unknown keys with one letter":   func() string { return repeated(head, always("k:\n"), "") },
		"misspelt keys":                  func() string { return repeated(head, numbered("titel%d: x\n"), "") },
		"doubled keys":                   func() string { return repeated(head, always("title: x\n"), "") },
		"empty elements":                 func() string { return repeated(head+"groups:\n", always("-\n"), "") },
		"empty codes":                    func() string { return repeated(groups, always("      - {}\n"), "") },
		"wrong codes on one line": func() string {
			return repeated(head+"groups: [{id: g, title: G, errors: [", always("{code: é, status: 7, message: $},"), "]}]\n")
		},
		"good codes": func() string {
			return repeated(groups, numbered("      - {code: C%d, status: 400, message: m, resolution: r}\n"), "")
		},
		"codes that refer to none": func() string {
			return repeated(groups, numbered("      - {code: CODE_%[1]d, status: 400, message: m, see: [CODE_X%[1]d]}\n"), "")
		},
		"params": func() string { return repeated(code+"        params:\n", numbered("          p%d: {type: int}\n"), "") },
		"values": func() string { return repeated(code+"        values:\n", numbered("          v%d: 1\n"), "") },
		"variants": func() string {
			return repeated(groups+"      - code: AB\n        status: 400\n        params: {p: {type: string}}\n        variants:\n", numbered("          - {id: v%[1]d, message: \"${p} %[1]d ${p}\"}\n"), "")
		},
		"headers": func() string { return repeated(code+"        headers:\n", numbered("          X-%d: a\n"), "") },
		"an enum": func() string {
			return repeated(code+"        params:\n          p:\n            type: string\n            enum: [", numbered("v%d, "), "]\n")
		},
		"statuses of one code": func() string {
			return repeated(groups+"      - code: AB\n        message: m\n        status: [", always("400,"), "]\n")
		},
		"groups": func() string {
			return repeated(head+"groups:\n", numbered("  - {id: g%d, title: G, errors: []}\n"), "")
		},
		"tombstones": func() string {
			return repeated(head+"groups: []\nretired:\n", numbered("  - {code: C%[1]d, use: C%[1]d}\n"), "")
		},
		"ignores": func() string {
			return repeated(groups, numbered("      # errspec:ignore code-format\n"), "      - {code: AB, status: 400}\n")
		},
		"an envelope": func() string {
			return repeated(head+"groups: []\nenvelope:\n  body:\n    code: $code\n    message: $message\n", numbered("    m%d: $x\n"), "")
		},
		"placeholders": func() string {
			return repeated(groups+"      - code: AB\n        status: 400\n        message: \"", always("${a}"), "\"\n")
		},
		"lone dollars":               func() string { return text("$ ") },
		"lone dollars, side by side": func() string { return text("${") },
		"raw HTML":                   func() string { return text("<b>") },
		"links that run scripts":     func() string { return text("[x](javascript:1)") },
		"emphasis":                   func() string { return text("*a_ ") },
		"open brackets":              func() string { return text("[") },
		"images of images":           func() string { return text("![a") },
		"backticks": func() string {
			return repeated(head+"groups: []\ndescription: \"", func(i int) string { return strings.Repeat("`", i%200+1) + "a" }, "\"\n")
		},
		"quotes of quotes": func() string {
			return repeated(head+"groups: []\ndescription: |\n", always("  "+strings.Repeat("> ", 100)+"a\n"), "")
		},
		"a table": func() string {
			return repeated(head+"groups: []\ndescription: |\n  |a|\n  |-|\n", always("  |b|c|d|e\n"), "")
		},
		"link definitions":                func() string { return repeated(head+"groups: []\ndescription: |\n", numbered("  [%d]: /x\n"), "") },
		"a long plain scalar":             func() string { return repeated(head+"groups: []\ndescription: ", always("word "), "\n") },
		"a long scalar without a space":   func() string { return repeated(head+"groups: []\ndescription: ", always("x"), "\n") },
		"a long scalar of many lines":     func() string { return repeated(head+"groups: []\ndescription: a\n", always("  b\n"), "") },
		"a long code":                     func() string { return repeated(groups+"      - {status: 400, message: m, code: ", always("A"), "}\n") },
		"a long key":                      func() string { return repeated(head, always("k"), ": 1\n") },
		"escapes":                         func() string { return text(`\u00e9`) },
		"escaped marks of direction":      func() string { return text(`\u202e`) },
		"joiners":                         func() string { return text("\u200d") },
		"joiners that are needed":         func() string { return text("می\u200c") },
		"tags of a flag":                  func() string { return text("\U0001f3f4\U000e0067") },
		"entities of what is not seen":    func() string { return text("&shy;") },
		"links that lead elsewhere":       func() string { return text("[x](//a)") },
		"link definitions that do":        func() string { return repeated(head+"groups: []\ndescription: |\n", numbered("  [%d]: //x\n"), "") },
		"escaped control characters":      func() string { return text(`\a`) },
		"a quote that does not end":       func() string { return repeated(head+"groups: []\ndescription: \"", always("x "), "") },
		"block scalars":                   func() string { return repeated(matter, always("    - |\n      x\n"), "") },
		"a block scalar":                  func() string { return repeated(head+"groups: []\ndescription: |\n", always("  x\n"), "") },
		"a folded scalar":                 func() string { return repeated(head+"groups: []\ndescription: >\n", always("  x\n"), "") },
		"comments":                        func() string { return repeated(head+"groups: []\n", always("#\n"), "") },
		"a comment":                       func() string { return repeated(head+"groups: []\n#", always("c"), "") },
		"comments behind values":          func() string { return repeated(matter, always("    - x # c\n"), "") },
		"byte order marks":                func() string { return repeated("", always("\ufeff"), "") },
		"a byte order mark, and comments": func() string { return repeated("\ufeff"+head+"groups: []\n", always("# é\n"), "") },
		"no UTF-8":                        func() string { return repeated(head, always("\xff"), "") },
		"no UTF-8 at the end":             func() string { return repeated(head+"groups: []\n", always("# é\n"), "\xff") },
		"UTF-16":                          func() string { return repeated("\xff\xfe", always("a\x00"), "") },
		"zeros":                           func() string { return repeated("", always("\x00"), "") },
		"control characters":              func() string { return repeated(head+"description: ", always("\a"), "\n") },
		"carriage returns":                func() string { return repeated("", always("\r"), "") },
		"CRLF":                            func() string { return repeated(head+"groups: []\n", always("# c\r\n"), "") },
		"bidirectional controls":          func() string { return repeated(head+"groups: []\ndescription: ", always("\u202e"), "\n") },
		"line separators":                 func() string { return repeated(head+"groups: []\ndescription: ", always("\u2028"), "\n") },
		"tabs":                            func() string { return repeated(head, always("\t"), "") },
		"spaces":                          func() string { return repeated(head+"groups: []\n", always(" "), "") },
		"empty lines":                     func() string { return repeated("", always("\n"), "") },
		"tags":                            func() string { return repeated(matter, always("    - !x y\n"), "") },
		"directives":                      func() string { return repeated("", always("%A\n"), "") },
		"documents":                       func() string { return repeated("", always("---\n"), "") },
		"dashes":                          func() string { return repeated("", always("-\n"), "") },
		"dashes on one line":              func() string { return repeated(matter+"    ", always("- "), "x\n") },
		"colons":                          func() string { return repeated("", always(":"), "") },
		"includes":                        func() string { return repeated(head+"groups: []\ninclude:\n", numbered("  - f%d.yaml\n"), "") },
		"includes of itself":              func() string { return repeated(head+"groups: []\ninclude:\n", always("  - catalog.yaml\n"), "") },
		"sections": func() string {
			return repeated(head+"groups: []\ndocs:\n  sections:\n", always("    - {position: end}\n"), "")
		},
	}
}

// Whatever a file of 1 MiB asks for, lint ends, and says what it has to say, within 256 MiB, all that the program takes counted. (Under the
// race detector it would be another program.)
func TestHostileFilesTakeLittleMemory(t *testing.T) {
	errspec, err := exec.LookPath("errspec")
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range hostileFiles() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := file()
			if len(data) > hostileSize || len(data) < hostileSize-hostileSize/8 {
				t.Fatalf("the file has %d bytes, not 1 MiB", len(data))
			}
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "catalog.yaml"), []byte(data), 0o600); err != nil {
				t.Fatal(err)
			}
			status, memory, said := lintIn(t, errspec, dir)
			if status != 0 && status != 1 || strings.Contains(said, "goroutine ") {
				t.Errorf("it ends with the status %d:\n%.2000s", status, said)
			}
			if memory > hostileMemory {
				t.Errorf("it takes %d MiB", memory>>20)
			}
			t.Logf("%d MiB, exit status %d, %d KiB are said", memory>>20, status, len(said)>>10)
		})
	}
}

// lintIn runs lint in a folder as a program of its own, and returns how it ended, how much memory it took at most, and what it said.
func lintIn(t *testing.T, errspec, dir string) (status int, memory int64, said string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute) // so long that only what does not end takes it
	defer cancel()
	cmd := exec.CommandContext(ctx, errspec, "lint")
	cmd.Dir = dir
	peak := filepath.Join(dir, "peak")
	cmd.Env = append(os.Environ(), peakFile+"="+peak)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if ctx.Err() != nil {
		t.Fatal("it does not end")
	}
	told, err := os.ReadFile(peak)
	if err == nil {
		_, err = fmt.Sscan(string(told), &memory)
	}
	if err != nil {
		t.Fatalf("how much memory it took is not known: %v", err)
	}
	return cmd.ProcessState.ExitCode(), memory, out.String()
}
