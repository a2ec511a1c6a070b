package inject

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/mdtext"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/slug"
)

func diagnostic(at diag.Span, problem, help string) diag.Diagnostic {
	return diag.Diagnostic{
		Severity: diag.Error,
		Rule:     rule.InjectMarkers,
		Span:     at,
		Message:  problem,
		Help:     help,
	}
}

// The two spellings of a marker, and what people may mistake for one. The title of a link
// definition may have any of three kinds of quotes.
var (
	definition = regexp.MustCompile(`^ {0,3}\[//\]:[ \t]*#[ \t]+(?:\((.*)\)|"(.*)"|'(.*)')[ \t]*$`)
	comment    = regexp.MustCompile(`^ {0,3}<!--(.*)-->[ \t]*$`)
	almost     = regexp.MustCompile(
		"(?i)^[^`]*(?:" +
			`\[//\]:|<!--|\{/\*)(?:.*errspec:(?:begin|end)|[ \t#"'(]*errspec[ \t]*:?[ \t]*(?:begin|end)\b)`)
)

const (
	prefix     = "errspec:"
	byteOrder  = "\ufeff"
	almostHelp = "write a marker alone on its line, indented by at most three spaces, " +
		"as in [//]: # (errspec:begin …) or <!-- errspec:begin … -->"
	markerHelp = "write [//]: # (errspec:begin statuses) where the block begins, " +
		"and [//]: # (errspec:end) where it ends"
)

// otherWords maps what people write instead of begin, end, and the names of blocks.
var otherWords = map[string]string{
	"start": "begin", "open": "begin", "from": "begin", "fin": "end", "finish": "end",
	"stop": "end", "close": "end", "done": "end", "/begin": "end", "to": "end",
	"errors": "codes", "groups": "codes", "error": "code", "entry": "code", "body": "envelope",
	"response": "envelope", "retries": "retry", "policies": "retry",
}

// blockNames are the names of all blocks.
var blockNames = []string{"envelope", "statuses", "codes", "code", "retry"}

// Parse finds the markers of a page. If there are diagnostics, the page is nil.
func Parse(file *diag.File) (*Page, diag.List) {
	lines, bound := outlineOf(file)
	if lines == nil {
		var list diag.List
		list.Add(diagnostic(file.At(bound.Offset, 1), bound.Problem, bound.Help))
		return nil, list
	}
	r := &reader{page: &Page{File: file, anchors: map[string]bool{}}, outline: lines}
	offset := 0
	for line := 1; line <= file.Lines(); line++ {
		start := offset
		if i := bytes.IndexByte(file.Bytes()[offset:], '\n'); i >= 0 {
			offset += i + 1
		} else {
			offset = len(file.Bytes())
		}
		r.line(line, start, offset)
	}
	r.finish()
	if r.list.HasErrors() {
		return nil, r.list
	}
	return r.page, r.list
}

// A reader reads a page line by line.
type reader struct {
	page    *Page
	list    diag.List
	outline *outline
	open    *block
	inCode  diag.Span // a line that would be a marker outside of code
	any     bool      // any marker was found, valid or not
}

func (r *reader) line(line, start, end int) {
	written := r.page.File.Line(line)
	content := strings.TrimPrefix(written, byteOrder)
	command, at := marker(content)
	at += len(written) - len(content)
	switch {
	case command == "" && !almost.MatchString(content):
		r.heading(line)
	case r.outline.code[line]:
		r.inCode = r.span(line, 0, written)
	case command == "":
		r.any = true
		r.add(r.span(line, 0, strings.TrimSpace(written)), "this looks like a marker, but is not one",
			almostHelp)
	default:
		r.any = true
		r.marker(line, start, end, command, at)
	}
}

// marker returns the command of a marker and its offset in the line, or "" if the line is not a
// marker.
func marker(line string) (command string, at int) {
	m := definition.FindStringSubmatchIndex(line)
	if m == nil {
		m = comment.FindStringSubmatchIndex(line)
	}
	for i := 2; i < len(m); i += 2 {
		if m[i] < 0 {
			continue
		}
		text := line[m[i]:m[i+1]]
		trimmed := strings.TrimLeft(text, " \t")
		if strings.HasPrefix(trimmed, prefix) {
			return strings.TrimRight(trimmed, " \t"), m[i] + len(text) - len(trimmed)
		}
	}
	return "", 0
}

// heading records an author's heading.
func (r *reader) heading(line int) {
	if h, ok := r.outline.headings[line]; ok && r.open == nil {
		r.page.anchors[h.anchor] = true
		r.outline.level = h.level
	}
}

func (r *reader) marker(line, start, end int, command string, at int) {
	verb, rest, _ := strings.Cut(command[len(prefix):], " ")
	whole := r.span(line, at, command)
	switch verb {
	case "begin":
		r.begin(line, end, whole, at+len(command)-len(rest), rest)
	case "end":
		r.end(start, whole, rest)
	case "":
		problem := "this marker contains a space after the colon"
		if rest == "" {
			problem = "the marker does not say whether a block begins or ends"
		}
		r.add(whole, problem, `write "errspec:begin" or "errspec:end" in one word`)
	default:
		meant := otherWords[strings.ToLower(verb)]
		if meant == "" {
			meant = strings.TrimPrefix(diag.Nearest(prefix+verb, []string{prefix + "begin", prefix + "end"}),
				prefix)
		}
		hint := ""
		if meant != "" {
			hint = fmt.Sprintf("; did you mean %q?", prefix+meant)
		}
		r.add(whole, fmt.Sprintf("there is no marker %q%s", prefix+verb, hint), markerHelp)
		switch meant { // do not report consequences as well
		case "begin":
			r.begin(line, end, whole, at+len(command)-len(rest), rest)
		case "end":
			r.end(start, whole, "")
		}
	}
}

func (r *reader) begin(line, end int, whole diag.Span, at int, rest string) {
	name, arg, _ := strings.Cut(strings.TrimSpace(rest), " ")
	arg = strings.TrimSpace(arg)
	b := &block{
		name: name, arg: arg, at: whole, from: end, lineEnd: "\n", level: min(6, r.outline.level+1),
		argAt: r.within(line, at, arg, whole),
	}
	if strings.HasSuffix(string(r.page.File.Bytes()[:end]), "\r\n") {
		b.lineEnd = "\r\n"
	}
	nameAt := r.within(line, at, name, whole)
	switch {
	case name == "":
		r.add(whole, "the marker does not say which block begins",
			"write one of "+strings.Join(blockNames, ", ")+" after errspec:begin")
	case !slices.Contains(blockNames, name):
		hint := diag.DidYouMean(name, blockNames)
		if meant := otherWords[strings.ToLower(name)]; slices.Contains(blockNames, meant) {
			hint = fmt.Sprintf("; did you mean %q?", meant)
		}
		r.add(nameAt, fmt.Sprintf("there is no block %q%s", name, hint),
			"the blocks are "+strings.Join(blockNames, ", "))
	case name == "code" && arg == "":
		r.add(nameAt, "the block does not say which code", "write `code` and a code of the catalog")
	case name == "codes" && arg != "":
		id, ok := strings.CutPrefix(arg, "group=")
		if !ok || id == "" || strings.ContainsAny(id, " \t") {
			r.add(b.argAt, fmt.Sprintf("the block codes does not accept %q", arg),
				"write `codes` for all groups, or `codes group=ID` for one")
		}
		b.arg, b.argAt = id, r.within(line, at, arg, whole)
	case name != "code" && name != "codes" && arg != "":
		r.add(b.argAt, fmt.Sprintf("the block %s accepts no arguments, got %q", name, arg), "remove it")
	case r.outline.text[line]:
		r.add(whole, "this line is shown as text, because it continues the paragraph above it",
			"put an empty line above it")
	}
	if r.open != nil {
		r.add(whole, fmt.Sprintf("%s begins inside %s", b, r.open),
			"put [//]: # (errspec:end) before it", diag.Note{Span: r.open.at, Message: "it begins here"})
	}
	for i := range r.page.blocks {
		if same := &r.page.blocks[i]; same.name == b.name && same.arg == b.arg {
			r.add(whole,
				fmt.Sprintf("the block %s appears twice on this page",
					strings.TrimSpace(name+" "+arg)),
				"remove one of them", diag.Note{Span: same.at, Message: "the first is here"})
		}
	}
	r.open = b
}

// String names a block in a sentence.
func (b *block) String() string {
	if b.name == "" {
		return "the block"
	}
	return "the block " + b.name
}

func (r *reader) end(start int, whole diag.Span, rest string) {
	switch {
	case rest != "":
		r.add(whole, "errspec:end accepts no arguments", "write [//]: # (errspec:end)")
	case r.open == nil:
		r.add(whole, "a block ends here, but none has begun",
			"put [//]: # (errspec:begin …) above it, or remove it")
		return
	}
	if r.open != nil {
		r.open.to = start
		r.page.blocks = append(r.page.blocks, *r.open)
		r.open = nil
	}
}

func (r *reader) finish() {
	if r.open != nil {
		r.add(r.open.at, fmt.Sprintf("%s has no end", r.open),
			"put [//]: # (errspec:end) below it")
	}
	if r.any {
		return
	}
	var notes []diag.Note
	if !r.inCode.IsZero() {
		notes = append(notes,
			diag.Note{Span: r.inCode, Message: "this marker is inside code, where it is text"})
	}
	r.add(diag.Span{File: r.page.File}, "the file contains no markers", markerHelp, notes...)
}

func (r *reader) add(at diag.Span, problem, help string, notes ...diag.Note) {
	d := diagnostic(at, problem, help)
	d.Notes = notes
	r.list.Add(d)
}

// span returns the position of a text that begins at a byte of a line.
func (r *reader) span(line, at int, text string) diag.Span {
	written := r.page.File.Line(line)
	at = min(at, len(written))
	return diag.Span{
		File: r.page.File,
		Line: line,
		Col:  utf8.RuneCountInString(written[:at]) + 1,
		Len:  utf8.RuneCountInString(text),
	}
}

// within returns the position of a word in a line, from a byte on, or that of the whole marker.
func (r *reader) within(line, from int, word string, whole diag.Span) diag.Span {
	written := r.page.File.Line(line)
	i := strings.Index(written[min(from, len(written)):], word)
	if word == "" || i < 0 {
		return whole
	}
	return r.span(line, from+i, word)
}

// An outline is what a reader of single lines must know about the page.
type outline struct {
	code     map[int]bool // lines in code or in a comment of several lines
	text     map[int]bool // lines of paragraphs
	headings map[int]heading
	level    int // the level of the author's last heading
}

type heading struct {
	anchor string
	level  int
}

func outlineOf(file *diag.File) (*outline, mdtext.Bound) {
	src := file.Bytes()
	if bytes.HasPrefix(src, []byte(byteOrder)) { // of the same length, and not part of the text
		src = append([]byte("   "), src[len(byteOrder):]...)
	}
	matter := frontMatter(file)
	o := &outline{code: map[int]bool{}, text: map[int]bool{}, headings: map[int]heading{}, level: 1}
	root, bound := mdtext.ParseTree(src)
	if root == nil {
		return nil, bound
	}
	_ = ast.Walk(
		root,
		// Walk returns only errors of this function, which has none
		func(n ast.Node, entering bool) (ast.WalkStatus, error) {
			if !entering || n.Type() != ast.TypeBlock {
				return ast.WalkContinue, nil
			}
			lines := linesOf(file, n)
			switch n := n.(type) {
			case *ast.FencedCodeBlock, *ast.CodeBlock:
				for _, line := range lines {
					o.code[line] = true
				}
			case *ast.HTMLBlock:
				if n.HTMLBlockType <= ast.HTMLBlockType5 && len(lines) > 0 {
					for _, line := range lines[1:] {
						o.code[line] = true
					}
				}
			case *ast.Paragraph:
				for _, line := range lines {
					o.text[line] = true
				}
			case *ast.Heading:
				if len(lines) > 0 && lines[0] > matter {
					o.headings[lines[0]] = heading{slug.Make(string(textOf(src, n))), n.Level}
				}
			}
			return ast.WalkContinue, nil
		},
	)
	return o, mdtext.Bound{}
}

// frontMatter returns the number of the line that ends a page's front matter, which Markdown reads
// as a heading, or 0 if there is none.
func frontMatter(file *diag.File) int {
	if strings.TrimPrefix(file.Line(1), byteOrder) != "---" {
		return 0
	}
	for line := 2; line <= file.Lines(); line++ {
		if file.Line(line) == "---" {
			return line
		}
	}
	return 0
}

// linesOf returns the numbers of a block's lines.
func linesOf(file *diag.File, n ast.Node) []int {
	var lines []int
	for i := range n.Lines().Len() {
		lines = append(lines, file.At(n.Lines().At(i).Start, 0).Line)
	}
	if block, ok := n.(*ast.HTMLBlock); ok && block.HasClosure() {
		lines = append(lines, file.At(block.ClosureLine.Start, 0).Line)
	}
	return lines
}

// textOf returns the text of a heading without markup.
func textOf(src []byte, n ast.Node) []byte {
	var shown []byte
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			shown = append(shown, t.Value(src)...)
		}
		return ast.WalkContinue, nil
	})
	return shown
}
