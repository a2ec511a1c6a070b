package typescript

import (
	"strings"
	"unicode/utf8"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/gen/internal/tsname"
	"github.com/errspec/errspec/gen/internal/value"
)

// head writes the mark, and what the module is for.
func (w *writer) head() {
	w.WriteString(emit.GoMarkLine + "\n\n/* eslint-disable */\n\n")
	w.doc("", sentence("Errors of "+reference.Whose(w.Catalog)+", for clients"), w.usage(), "@module")
}

// usage shows what the module is for, with a code that has params if there is one.
func (w *writer) usage() string {
	var shown string
	for i, e := range w.entries {
		if i == 0 {
			shown = "    case " + text(quote(e.Code)) + ":\n      return error.message;\n"
		}
		if len(e.params) > 0 && e.Deprecated == nil {
			shown = "    case " + text(quote(e.Code)) + ":\n" +
				"      return error.params." + e.params[0].name + "; // the params of this code\n"
			break
		}
	}
	return "```ts\n" +
		`const call = withRetry(fetch); // retries as the catalog says
try {
  return await ensureOk(await call(url)); // its body can still be read
} catch (error) {
  if (!isApiError(error)) throw error;
  switch (error.code) {
` + shown + `    case null:
      return error.reason; // why the catalog does not explain the response
    default:
      throw error;
  }
}
` + "```"
}

// doc writes a JSDoc comment of paragraphs. Empty ones are omitted.
func (w *writer) doc(indent string, paragraphs ...string) {
	for _, line := range docLines(paragraphs, columns-len(indent)) {
		w.WriteString(indent + line + "\n")
	}
}

// docLines returns a JSDoc comment: on one line if it fits.
func docLines(paragraphs []string, width int) []string {
	var lines []string
	for _, p := range paragraphs {
		if strings.TrimSpace(p) == "" {
			continue
		}
		if len(lines) > 0 && !(isTag(p) && isTag(lines[len(lines)-1])) {
			lines = append(lines, "")
		}
		lines = append(lines, wrap(p, width-len(" * "))...)
	}
	if len(lines) == 1 && utf8.RuneCountInString(lines[0])+len("/**  */") <= width {
		return []string{"/** " + lines[0] + " */"}
	}
	out := []string{"/**"}
	for _, line := range lines {
		out = append(out, strings.TrimRight(" * "+line, " "))
	}
	return append(out, " */")
}

func isTag(p string) bool { return strings.HasPrefix(p, "@") }

// wrap returns a paragraph as lines. What Markdown reads by its lines (code, lists, tables) stays
// as it is.
func wrap(p string, width int) []string {
	if strings.Contains(p, "\n") {
		return strings.Split(p, "\n")
	}
	var lines []string
	line := ""
	for _, word := range strings.Fields(p) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
			lines, line = append(lines, line), ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

// text returns an author's text for a comment, in which it can neither end the comment nor begin a
// tag.
func text(author string) string {
	author = strings.ReplaceAll(author, "*/", `*\/`)
	var b strings.Builder
	for _, r := range author {
		switch {
		case r == '@':
			b.WriteString(`\@`)
		case r == '\n' ||
			r == '\t' ||
			r >= ' ' && r != 0x7f && r != '\u2028' && r != '\u2029' && r != '\ufeff':
			b.WriteRune(r)
		}
	}
	return b.String()
}

// markdown returns an author's Markdown as paragraphs. What has several lines is not wrapped.
func markdown(m catalog.Markdown) []string {
	return strings.Split(text(strings.TrimSpace(string(m))), "\n\n")
}

// sentence returns a title as a sentence on one line.
func sentence(title string) string {
	title = strings.Join(strings.Fields(text(title)), " ")
	if title == "" || strings.ContainsAny(title[len(title)-1:], ".!?:;`") {
		return title
	}
	return title + "."
}

// types writes the params of each code, which have its documentation, and the variants.
func (w *writer) types() {
	w.WriteString("\n/** The params of each code. */\nexport interface ParamsByCode {\n")
	for _, e := range w.entries {
		w.doc("  ", entryDoc(e)...)
		head := "  " + typeKey(e.Code) + ": "
		w.WriteString(head)
		paramsType(e).print(&w.Builder, "  ", utf8.RuneCountInString(head), len(";"))
		w.WriteString(";\n")
	}
	w.WriteString("}\n\n/** The variants of the codes that have several messages. */\n" +
		"export interface VariantByCode {\n")
	for _, e := range w.entries {
		if !e.HasVariants() {
			continue
		}
		ids := make([]string, len(e.Variants))
		for i := range e.Variants {
			ids[i] = quote(e.Variants[i].ID)
		}
		w.WriteString("  " + typeKey(e.Code) + ": " + strings.Join(ids, " | ") + ";\n")
	}
	w.WriteString("}\n")
}

// typeKey returns a name as that of a property in a type, where __proto__ is a name like any other.
func typeKey(name string) string {
	if tsname.IsIdentifier(name) {
		return name
	}
	return quote(name)
}

// entryDoc documents a code: when it happens, its messages, what to do, whether to retry.
func entryDoc(e *entry) []string {
	doc := []string{statusText(e) + ": " + sentence(e.Title)}
	doc = append(doc, markdown(e.Description)...)
	doc = append(doc, messagesDoc(e))
	doc = append(doc, markdown(e.Resolution)...)
	for i := range e.Variants {
		if v := &e.Variants[i]; v.Resolution != "" {
			doc = append(doc, "For `"+v.ID+"`: "+strings.Join(markdown(v.Resolution), "\n\n"))
		}
	}
	doc = append(doc, reference.RetryAdvice(e.Entry))
	if e.Deprecated != nil {
		doc = append(doc, "@deprecated "+deprecation(e.Deprecated))
	}
	if e.DocsURL != "" {
		doc = append(doc, "@see "+text(e.DocsURL))
	}
	return doc
}

func messagesDoc(e *entry) string {
	if !e.HasVariants() {
		if e.Variants[0].Silent {
			return reference.NoMessage
		}
		return "“" + oneLine(e.Variants[0].Message.String()) + "”"
	}
	lines := make([]string, len(e.Variants))
	for i := range e.Variants {
		v := &e.Variants[i]
		lines[i] = "- `" + v.ID + "`: “" + oneLine(v.Message.String()) + "”"
		if v.Silent {
			lines[i] = "- `" + v.ID + "`: " + reference.NoMessage
		}
	}
	return strings.Join(lines, "\n")
}

func oneLine(s string) string { return strings.Join(strings.Fields(text(s)), " ") }

func deprecation(d *catalog.Deprecation) string {
	var words []string
	if d.Since != "" {
		words = append(words, "Since "+oneLine(d.Since)+".")
	}
	if d.Use != nil {
		words = append(words, "Use `"+oneLine(d.Use.Code)+"`.")
	}
	if d.Note != "" {
		words = append(words, oneLine(string(d.Note)))
	}
	return strings.Join(words, " ")
}

// paramsType is the type of a code's params.
func paramsType(e *entry) literal {
	l := typeObject()
	for _, p := range e.params {
		example := "Example: `" + strings.ReplaceAll(oneLine(exampleText(p.Param)), "`", "'") + "`"
		doc := append(markdown(p.Description), strings.TrimSpace(unit(&p.Type)+" "+example))
		l.items = append(l.items, property(p.name, !e.isSure(p.Param), &p.Type, doc))
	}
	return l
}

func exampleText(p *catalog.Param) string {
	if p.Example.Str != "" || p.Kind == value.Time {
		return p.Example.Text()
	}
	return string(p.ExampleJSON())
}

func typeObject() literal {
	return literal{open: "{", close: "}", separator: ";"}
}

func property(name string, isOptional bool, t *catalog.Type, doc []string) literal {
	l := typeOf(t)
	mark := ": "
	if isOptional {
		mark = "?: "
	}
	l.key = "readonly " + typeKey(name) + mark
	l.doc = docLines(doc, columns-8)
	if len(l.doc) == 2 { // it has no lines
		l.doc = nil
	}
	return l
}

// unit says what the numbers and the strings of a type are.
func unit(t *catalog.Type) string {
	for t.Elem != nil {
		t = t.Elem
	}
	switch {
	case t.Enum != nil:
		return "A newer server may send other values."
	case t.Kind == value.Bytes:
		return "In bytes."
	case t.Kind == value.Duration:
		return "In seconds."
	case t.Kind == value.Time:
		return "A time of RFC 3339."
	default:
		return ""
	}
}

// typeOf returns the TypeScript of a type.
func typeOf(t *catalog.Type) literal {
	switch {
	case t.Enum != nil:
		values := make([]string, len(t.Enum))
		for i, v := range t.Enum {
			values[i] = quote(v.Value)
		}
		return scalar(strings.Join(values, " | "))
	case t.Kind == value.List:
		return listOf(typeOf(t.Elem))
	case t.Kind == value.Map:
		elem := typeOf(t.Elem)
		elem.key = "readonly [key: string]: "
		l := typeObject()
		l.items = append(l.items, elem)
		return l
	case t.Kind == value.Object:
		l := typeObject()
		for i, name := range tsname.Fields(t) {
			f := &t.Fields[i]
			l.items = append(l.items, property(name, f.Optional, &f.Type, []string{unit(&f.Type)}))
		}
		return l
	}
	switch t.Kind {
	case value.String, value.Time:
		return scalar("string")
	case value.Bool:
		return scalar("boolean")
	case value.JSON:
		return scalar("unknown")
	default:
		return scalar("number")
	}
}

// listOf returns the type of a list.
func listOf(l literal) literal {
	before, after := "readonly ", "[]"
	if strings.Contains(l.text, " ") || strings.HasPrefix(l.open, "readonly") {
		before, after = before+"(", ")"+after
	}
	if l.items == nil {
		l.text = before + l.text + after
		return l
	}
	l.open, l.close = before+l.open, l.close+after
	return l
}
