package python

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/catalog"
	"github.com/errspec/errspec/gen/internal/emit"
	"github.com/errspec/errspec/gen/internal/pyname"
	"github.com/errspec/errspec/gen/internal/reference"
	"github.com/errspec/errspec/gen/internal/value"
)

// head writes the mark and the module's docstring.
func (g *generator) head(b *strings.Builder) {
	b.WriteString(emit.PythonMarkLine + "\n")
	b.WriteString("#\n# pyright: reportIncompatibleVariableOverride=false\n" +
		"# The class of a code narrows attributes that nobody assigns to.\n")
	if g.features["deprecated"] {
		b.WriteString("# pyright: reportDeprecated=false\n" +
			"# The module itself has to name deprecated codes.\n")
	}
	d := &doc{}
	d.paragraph("Errors of "+reference.Whose(g.catalog)+", for clients.", 97)
	class := "ApiError"
	if len(g.entries) > 0 {
		class = g.entries[0].names.Class
	}
	d.lines = append(d.lines, strings.Split(fmt.Sprintf(`
A response becomes an exception with a class for its code::

    response = requests.post(url, json=job)
    try:
        raise_for(response)
    except %s as error:
        print(error.message, error.resolution)
    except ApiError as error:  # any other code, or an unrecognized response
        print(error.status, error.code, error.request_id)

:func:`+"`raise_for`"+` accepts responses from requests, httpx, aiohttp, urllib3 and urllib.
:func:`+"`decide`"+` says whether to send the request again, and :func:`+"`retrying`"+
		` does so.`, class), "\n")...)
	d.write(b, "")
	b.WriteByte('\n')
}

// codes writes what the module exports, and the type of its codes.
func (g *generator) codes(b *strings.Builder) {
	names := slices.DeleteFunc(pyname.Exports(), func(name string) bool {
		return name == "Retired" && !g.features["retired"] || name == "Param" && !g.features["params"]
	})
	var codes []string
	for i := range g.entries {
		e := &g.entries[i]
		codes = append(codes, e.Code)
		names = append(names, e.names.Class)
		for k, p := range e.params() {
			names = append(names, classes(&p.Type, &e.names.Params[k].Type)...)
		}
	}
	slices.Sort(names)
	exploded("__all__ = [", strs(names), "]").write(b, 0, "\n\n")
	if len(codes) == 0 {
		b.WriteString("Code: TypeAlias = str\n\"\"\"A code of the catalog, which has none yet.\"\"\"\n\n")
		return
	}
	literal("Code: TypeAlias = ", codes).write(b, 0, "\n")
	b.WriteString("\"\"\"A code of the catalog.\"\"\"\n\n")
}

// params yields the params that a response can state, with their places.
func (e *entry) params() iter.Seq2[int, *catalog.Param] {
	return func(yield func(int, *catalog.Param) bool) {
		for i := range e.Params {
			if p := &e.Params[i]; !p.Sensitive && !yield(i, p) {
				return
			}
		}
	}
}

// classes returns the names of the classes of objects in a type.
func classes(t *catalog.Type, n *pyname.Type) []string {
	var names []string
	if n.Class != "" {
		names = append(names, n.Class)
	}
	for i := range t.Fields {
		names = append(names, classes(&t.Fields[i].Type, &n.Fields[i].Type)...)
	}
	if t.Elem != nil {
		names = append(names, classes(t.Elem, n.Elem)...)
	}
	return names
}

// annotation returns the type that an attribute has in Python.
func annotation(t *catalog.Type, n *pyname.Type) string {
	switch t.Kind {
	case value.Int, value.Bytes:
		return "int"
	case value.Float, value.Duration:
		return "float"
	case value.Bool:
		return "bool"
	case value.Time:
		return "datetime"
	case value.List:
		return "list[" + annotation(t.Elem, n.Elem) + "]"
	case value.Map:
		return "dict[str, " + annotation(t.Elem, n.Elem) + "]"
	case value.Object:
		return n.Class
	case value.JSON:
		return "Any"
	}
	values := enum(t)
	if len(values) == 0 || !isLiteral(values...) {
		return "str"
	}
	for i, v := range values {
		values[i] = quote(v)
	}
	return "Literal[" + strings.Join(values, ", ") + "]"
}

func enum(t *catalog.Type) []string {
	values := make([]string, len(t.Enum))
	for i, v := range t.Enum {
		values[i] = v.Value
	}
	return values
}

// isLiteral reports whether all type checkers know the type Literal of these texts: mypy before
// 1.11 takes one with a vertical bar for a union of types (python/mypy#16367).
func isLiteral(values ...string) bool {
	return !slices.ContainsFunc(values, func(v string) bool { return strings.Contains(v, "|") })
}

// literal returns the type Literal of some texts, behind what stands before it, or else str.
func literal(before string, values []string) expr {
	if !isLiteral(values...) {
		return text(before + "str")
	}
	return list(before+"Literal[", strs(values), "]")
}

// attribute writes an attribute of a class, with its documentation.
func attribute(b *strings.Builder, name string, t *catalog.Type, n *pyname.Type, docs ...string) {
	b.WriteString("    " + name + ": " + annotation(t, n) + " | None = None\n")
	d := &doc{}
	for _, text := range docs {
		d.paragraph(text, docWidth)
	}
	if len(d.lines) > 0 {
		d.write(b, "    ")
	}
}

// unit says in what a number counts.
func unit(t *catalog.Type) string {
	switch t.Kind {
	case value.Bytes:
		return "In bytes."
	case value.Duration:
		return "In seconds."
	}
	return ""
}

// objects writes the classes of the objects in a type, the innermost first.
func (g *generator) objects(b *strings.Builder, t *catalog.Type, n *pyname.Type, where string) {
	for i := range t.Fields {
		g.objects(b, &t.Fields[i].Type, &n.Fields[i].Type,
			fmt.Sprintf("``%s`` of :class:`%s`", n.Fields[i].Attribute, n.Class))
	}
	if t.Elem != nil {
		g.objects(b, t.Elem, n.Elem, where)
	}
	if t.Kind != value.Object {
		return
	}
	b.WriteString("@dataclass(frozen=True)\nclass " + n.Class + ":\n")
	d := &doc{}
	d.paragraph("An object in "+where+".", docWidth-3)
	d.write(b, "    ")
	b.WriteByte('\n')
	for i := range t.Fields {
		f := &t.Fields[i]
		attribute(b, n.Fields[i].Attribute, &f.Type, &n.Fields[i].Type, unit(&f.Type))
	}
	b.WriteString("\n\n")
}

// docWidth is how wide the text of a docstring is in a class.
const docWidth = maxColumns - 4

// class writes the class of a code, after those of the objects in its params:
//
//	class NotFoundError(ApiError):
//		"""…"""
//
//		code: ClassVar[Literal["NOT_FOUND"]] = "NOT_FOUND"
//		variant: Literal["agent", "rooms"] | None = None
//		agent_code: str | None = None
//		"""…"""
//
//		def __init__(self, message: str | None = None, *, …) -> None:
func (g *generator) class(b *strings.Builder, e *entry) {
	for i, p := range e.params() {
		n := &e.names.Params[i]
		g.objects(b, &p.Type, &n.Type, fmt.Sprintf("``%s`` of :class:`%s`", n.Attribute, e.names.Class))
	}
	if d := e.Deprecated; d != nil {
		call("@_deprecated", str(deprecation(d)), named("category=", text("None"))).write(b, 0, "\n")
	}
	b.WriteString("class " + e.names.Class + "(ApiError):\n")
	g.classDoc(e).write(b, "    ")
	b.WriteByte('\n')
	g.code(b, e)
	var own []argument
	if e.HasVariants() {
		ids := make([]string, len(e.Variants))
		for i := range e.Variants {
			ids[i] = e.Variants[i].ID
		}
		typ := literal("", ids)
		b.WriteString("    ")
		named("variant: ", typ).write(b, 4, " | None = None\n")
		own = append(own, argument{"variant", typ})
	}
	for i, p := range e.params() {
		n := &e.names.Params[i]
		attribute(b, n.Attribute, &p.Type, &n.Type, string(p.Description), unit(&p.Type))
		own = append(own, argument{n.Attribute, text(annotation(&p.Type, &n.Type))})
	}
	if len(own) > 0 {
		initializer(b, own)
	}
	b.WriteString("\n\n")
}

// code writes the attribute that is the code. Where the line has no room, the value goes into
// parentheses; where the type leaves no room for one, the type is broken.
func (g *generator) code(b *strings.Builder, e *entry) {
	typ, value := subscript("Literal", str(e.Code)), str(e.Code)
	if !isLiteral(e.Code) {
		typ = text("str")
	}
	typ = subscript("ClassVar", typ)
	b.WriteString("    ")
	if 4+columns("code: ")+typ.width+columns(" = (") > maxColumns {
		named("code: ", typ).write(b, 4, " = "+quote(e.Code)+"\n")
		return
	}
	var flat strings.Builder
	named("code: ", typ).flat(&flat)
	named(flat.String()+" = ", hug(value)).write(b, 4, "\n")
}

// An argument is one of a constructor's.
type argument struct {
	name string
	typ  expr
}

// initializer writes the constructor of a class that has attributes of its own. All arguments have
// defaults, because pickle and copy call it with the message alone, and then set the attributes.
func initializer(b *strings.Builder, own []argument) {
	b.WriteString("\n    def __init__(\n" +
		"        self,\n" +
		"        message: str | None = None,\n" +
		"        *,\n")
	for _, a := range own {
		const optional = "| None = None,\n"
		before := " "
		if 8+columns(a.name+": ")+a.typ.width+columns(" | None = None,") > maxColumns {
			before = "\n        "
		}
		b.WriteString("        ")
		named(a.name+": ", a.typ).write(b, 8, "")
		b.WriteString(before + optional)
	}
	b.WriteString("        status: int | None = None,\n" +
		"        request_id: str | None = None,\n" +
		"        retry_after: float | None = None,\n" +
		"    ) -> None:\n" +
		"        super().__init__(" +
		"message, status=status, request_id=request_id, retry_after=retry_after)\n")
	for _, a := range own {
		b.WriteString("        ")
		named("self."+a.name+" = ", hug(text(a.name))).write(b, 8, "\n")
	}
}

// classDoc returns the docstring of a code's class: what it means, its messages, what to do about
// it, whether to retry, and where to read on.
func (g *generator) classDoc(e *entry) *doc {
	d := &doc{}
	d.paragraph(reference.Sentence(e.Title), docWidth-3)
	if e.Deprecated != nil {
		d.paragraph(deprecation(e.Deprecated), docWidth)
	}
	if e.Stability != catalog.Stable && e.Stability != "" {
		d.paragraph("This code is "+string(e.Stability)+".", docWidth)
	}
	var statuses []string
	for _, status := range e.Statuses {
		statuses = append(statuses, reference.StatusLine(g.catalog, status))
	}
	d.paragraph("HTTP "+strings.Join(statuses, ", or ")+".", docWidth)
	d.paragraph(string(e.Description), docWidth)
	if v := &e.Variants[0]; !e.HasVariants() && !v.Silent {
		d.paragraph("“"+reference.WithBlanks(v.Message)+"”", docWidth)
	}
	d.paragraph(string(e.Resolution), docWidth)
	if e.HasVariants() {
		d.paragraph("Variants:", docWidth)
		d.lines = append(d.lines, "")
		for i := range e.Variants {
			v := &e.Variants[i]
			said := "sent without a message"
			if !v.Silent {
				said = reference.WithBlanks(v.Message)
			}
			d.text("- ``"+v.ID+"``: "+said, docWidth)
			if v.Resolution != "" {
				d.text("  "+string(v.Resolution), docWidth)
			}
		}
	}
	d.paragraph(reference.RetryAdvice(e.Entry), docWidth)
	if e.Since != "" {
		d.paragraph("Since "+e.Since+".", docWidth)
	}
	d.paragraph(e.DocsURL, docWidth)
	return d
}

// deprecation says what to use instead of a code.
func deprecation(d *catalog.Deprecation) string {
	text := strings.ReplaceAll(reference.Deprecation(d), "`", "")
	if d.Note != "" {
		text += " " + string(d.Note)
	}
	return text
}

// anyError writes the type of all errors.
func (g *generator) anyError(b *strings.Builder) {
	if len(g.entries) == 0 {
		b.WriteString("AnyError: TypeAlias = Unrecognized\n\"\"\"Any error of the API.\"\"\"\n\n")
		return
	}
	var names []expr
	for i := range g.entries {
		names = append(names, text(g.entries[i].names.Class))
	}
	list("AnyError: TypeAlias = Union[", append(names, text("Unrecognized")), "]").write(b, 0, "\n")
	b.WriteString("\"\"\"Any error of the API, for ``match`` and ``assert_never``.\"\"\"\n\n")
}
