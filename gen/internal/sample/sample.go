// Package sample writes how a caller handles the errors of a catalog, in each language that a
// client is generated for, and with curl. The names are those of the generated packages, so a
// sample compiles beside them.
package sample

import (
	"fmt"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/encode"
	"github.com/errspec/errspec/gen/internal/goname"
	"github.com/errspec/errspec/gen/internal/pyname"
	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/gen/internal/tsname"
)

// A Language is one that samples are written in.
type Language struct {
	ID     string // of [IDs]
	Import string // what a caller imports: a package's name, or the path of a module
}

// IDs returns the languages in the order in which samples are shown.
func IDs() []string { return []string{"go", "typescript", "python", "curl"} }

// Default returns a language with the name that its package has unless it is written elsewhere.
func Default(id string) Language {
	return Language{id, map[string]string{
		"go": "apierr", "typescript": "./errors.ts", "python": "apierr",
	}[id]}
}

// Asked returns the languages that a catalog asks for, with the names that a run gives them.
func Asked(c *catalog.Catalog, generated []Language) []Language {
	var languages []Language
	for _, id := range c.Docs.Samples {
		l := Default(id)
		if i := slices.IndexFunc(generated, func(l Language) bool { return l.ID == id }); i >= 0 {
			l = generated[i]
		}
		languages = append(languages, l)
	}
	return languages
}

// A Sample is code of one language.
type Sample struct {
	ID    string // of its language
	Title string // the name of its language
	Fence string // what Markdown calls it
	Code  string // with a final newline
}

// A Writer writes the samples of one catalog.
type Writer struct {
	c         *catalog.Catalog
	languages []Language
	python    map[*catalog.Entry]pyname.Entry
}

// New returns a writer for some languages, in any order. Without any there are no samples.
func New(c *catalog.Catalog, languages []Language) *Writer {
	w := &Writer{c: c, python: map[*catalog.Entry]pyname.Entry{}}
	for _, id := range IDs() {
		for _, l := range languages {
			if l.ID == id {
				w.languages = append(w.languages, l)
			}
		}
	}
	if w.has("python") {
		names, i := pyname.Of(c), 0
		for e := range c.Public() {
			w.python[e] = names[i]
			i++
		}
	}
	return w
}

func (w *Writer) has(id string) bool {
	return slices.ContainsFunc(w.languages, func(l Language) bool { return l.ID == id })
}

// All returns the samples of how to handle any error.
func (w *Writer) All() []Sample {
	return w.samples(map[string]func(Language) string{
		"go": w.goAll, "typescript": w.typescriptAll, "python": pythonAll, "curl": w.curlAll,
	})
}

// Of returns the samples of how to handle a public code.
func (w *Writer) Of(e *catalog.Entry) []Sample {
	of := func(write func(Language, *catalog.Entry) string) func(Language) string {
		return func(l Language) string { return write(l, e) }
	}
	return w.samples(map[string]func(Language) string{
		"go": of(goOf), "typescript": of(typescriptOf), "python": of(w.pythonOf), "curl": of(w.curlOf),
	})
}

func (w *Writer) samples(write map[string]func(Language) string) []Sample {
	var all []Sample
	for _, l := range w.languages {
		if code := write[l.ID](l); code != "" {
			n := names[l.ID]
			all = append(all, Sample{ID: l.ID, Title: n.title, Fence: n.fence, Code: code})
		}
	}
	return all
}

// names are how people, and Markdown, call the languages.
var names = map[string]struct{ title, fence string }{
	"go": {"Go", "go"}, "typescript": {"TypeScript", "ts"}, "python": {"Python", "python"},
	"curl": {"curl", "sh"},
}

// retries reports whether a client may retry anything.
func (w *Writer) retries() bool {
	for e := range w.c.Public() {
		if e.Retry != nil {
			return true
		}
	}
	return w.c.RetryDefault != nil
}

// maxShown is how many params a sample shows.
const maxShown = 3

// shown returns the places of the params that a sample shows: a client may see them.
func shown(e *catalog.Entry) []int {
	var places []int
	for i := range e.Params {
		if !e.Params[i].Sensitive && len(places) < maxShown {
			places = append(places, i)
		}
	}
	return places
}

// values lists what a sample prints of an error: its variant and its params, or else its message.
func values(e *catalog.Entry, variant, message string, param func(i int) string) string {
	var list []string
	if e.HasVariants() {
		list = append(list, variant)
	}
	for _, i := range shown(e) {
		list = append(list, param(i))
	}
	if len(list) == 0 {
		list = []string{message}
	}
	return strings.Join(list, ", ")
}

func (w *Writer) goAll(l Language) string {
	client := "client := http.DefaultClient"
	if w.retries() {
		client = "// The transport retries as the catalog says.\n" +
			"client := &http.Client{Transport: &" + l.Import + ".RetryTransport{}}"
	}
	return client + `
resp, err := client.Do(req)
if err != nil {
	return err
}
defer func() { _ = resp.Body.Close() }()
if err := ` + l.Import + `.Decode(resp); err != nil {
	if e, ok := ` + l.Import + `.From(err); ok {
		log.Println(e.Code, e.Status, e.Message)
	}
	return err
}
`
}

func goOf(l Language, e *catalog.Entry) string {
	names := goname.Of(e)
	list := values(e, "e.Variant", "e.Message", func(i int) string {
		return "e.Params." + names.Params[i].Field
	})
	var b strings.Builder
	fmt.Fprintf(&b, "var e *%s.%s\nif errors.As(err, &e) {\n", l.Import, names.Type)
	fmt.Fprintf(&b, "\tlog.Println(%s)\n", list)
	if e.Retry != nil {
		fmt.Fprintf(&b, "\tif d := %s.Decide(err, attempt); d.Retry {\n", l.Import)
		b.WriteString("\t\ttime.Sleep(d.Delay)\n\t\t// Send the request again.\n\t}\n")
	}
	b.WriteString("}\n")
	return b.String()
}

func (w *Writer) typescriptAll(l Language) string {
	names, call := "ensureOk, isApiError", "fetch"
	head := ""
	if w.retries() {
		names, call = "ensureOk, isApiError, withRetry", "call"
		head = "const call = withRetry(fetch); // retries as the catalog says\n"
	}
	return "import { " + names + " } from " + quoted(l.Import) + ";\n\n" + head + `try {
  await ensureOk(await ` + call + `(url));
} catch (error) {
  if (!isApiError(error)) throw error;
  console.log(error.code, error.status, error.message);
}
`
}

func typescriptOf(l Language, e *catalog.Entry) string {
	names := tsname.Params(e)
	list := values(e, "error.variant", "error.message", func(i int) string {
		if tsname.IsIdentifier(names[i]) {
			return "error.params." + names[i]
		}
		return "error.params[" + quoted(names[i]) + "]"
	})
	imports, retry := "hasCode", ""
	if e.Retry != nil {
		imports = "decide, hasCode"
		retry = "  const { retry, delayMs } = decide(error, attempt);\n" +
			"  if (retry) setTimeout(sendAgain, delayMs);\n"
	}
	return fmt.Sprintf("import { %s } from %s;\n\n", imports, quoted(l.Import)) +
		fmt.Sprintf("if (hasCode(error, %s)) {\n  console.log(%s);\n%s}\n", quoted(e.Code), list, retry)
}

func pythonAll(l Language) string {
	return `import ` + l.Import + `
import requests

try:
    ` + l.Import + `.raise_for(requests.get(url))
except ` + l.Import + `.ApiError as error:
    print(error.code, error.status, error.message)
`
}

func (w *Writer) pythonOf(l Language, e *catalog.Entry) string {
	names := w.python[e]
	list := values(e, "error.variant", "error.message", func(i int) string {
		return "error." + names.Params[i].Attribute
	})
	var b strings.Builder
	fmt.Fprintf(&b, "try:\n    %s.raise_for(response)\n", l.Import)
	fmt.Fprintf(&b, "except %s.%s as error:\n    print(%s)\n", l.Import, names.Class, list)
	if e.Retry != nil {
		fmt.Fprintf(&b, "    decision = %s.decide(error, attempt)\n", l.Import)
		b.WriteString("    if decision.retry:\n        time.sleep(decision.delay)\n")
		b.WriteString("        # Send the request again.\n")
	}
	return b.String()
}

func (w *Writer) curlAll(Language) string {
	head := "curl -sS -o body.json -w '%{http_code}\\n' \"$URL\"\n"
	var paths []string
	message := reference.Path(&w.c.Envelope.Body, catalog.RoleMessage)
	for _, path := range []string{reference.CodePath(w.c), message} {
		if path != "" {
			paths = append(paths, "."+path)
		}
	}
	if paths == nil {
		return head
	}
	return head + "jq -r " + shell(strings.Join(paths, ", ")) + " body.json\n"
}

func (w *Writer) curlOf(_ Language, e *catalog.Entry) string {
	path := reference.CodePath(w.c)
	if path == "" || e.Anonymous {
		return ""
	}
	code := quoted(e.Code)
	if reference.Path(&w.c.Envelope.Body, catalog.RoleCode) == "" {
		code = e.Code // where the body has it as a number
	}
	show := "."
	if message := reference.Path(&w.c.Envelope.Body, catalog.RoleMessage); message != "" {
		show = "." + message
	}
	return `curl -sS "$URL" | jq -r ` + shell("select(."+path+" == "+code+") | "+show) + "\n"
}

// quoted returns a text as a string of JSON, which TypeScript and jq read as well. It holds nothing
// that begins a shortcode or a tag of a site generator, which read code as well.
func quoted(text string) string {
	json := string(encode.CompactJSON(text))
	return strings.NewReplacer("{{", `{\u007b`, "{%", `\u007b%`).Replace(json)
}

// shell returns a text as a word of the shell.
func shell(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
