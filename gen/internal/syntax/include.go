package syntax

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/errspec/errspec/gen/internal/diag"
	"github.com/errspec/errspec/gen/internal/rule"
	"github.com/errspec/errspec/gen/internal/source"
	"github.com/errspec/errspec/gen/internal/unseen"
)

// A loader reads the files of one catalog, each once.
type loader struct {
	src     *source.Source
	list    *diag.List
	walker  walker // shared: its patterns
	format  *Type  // of included files
	files   int
	size    int             // of all files, in bytes
	loaded  map[string]bool // by path in the folder
	loading []string        // the files that are being read, the root first

	documents []Document // that were included
}

func newLoader(src *source.Source, list *diag.List) *loader {
	root := src.Base()
	return &loader{
		src:     src,
		list:    list,
		walker:  newWalker(list),
		files:   src.File.Order + 1,
		size:    len(src.File.Bytes()),
		loaded:  map[string]bool{root: true},
		loading: []string{root},
	}
}

// include reads what a file includes and joins it with the file's own lists, in order of
// appearance: what is included stands before a list if the include does.
func (l *loader) include(into *Catalog) {
	for i, s := range into.Include {
		if !s.IsSet() {
			continue
		}
		at := fmt.Sprintf("include[%d]", i)
		for _, name := range l.expand(s, at) {
			if part := l.file(name, s, at); part != nil {
				first := into.Include[0]
				into.Statuses = joined(
					into.Statuses,
					part.Statuses,
					func(e *Entry[Status]) Place { return e.Key.Place },
					first,
				)
				into.Policies = joined(
					into.Policies,
					part.Policies,
					func(e *Entry[Policy]) Place { return e.Key.Place },
					first,
				)
				into.Groups = joined(into.Groups, part.Groups, func(g *Group) Place { return g.Place }, first)
				into.Retired = joined(
					into.Retired,
					part.Retired,
					func(t *Tombstone) Place { return t.Place },
					first,
				)
			}
		}
	}
}

// joined puts what was included before those elements of list that stand below the include in the
// same file, and after all others.
func joined[T any](list, included []T, place func(*T) Place, include Scalar) []T {
	if list == nil {
		return included
	}
	at := len(list)
	for at > 0 {
		if p := place(&list[at-1]); p.file != include.file || p.before(include.Place) {
			break
		}
		at--
	}
	return slices.Insert(list, at, included...)
}

func (p Place) before(q Place) bool {
	if p.node == nil {
		return true
	}
	return p.node.Line < q.node.Line || p.node.Line == q.node.Line && p.node.Column < q.node.Column
}

// expand returns the files that a path or a glob names.
func (l *loader) expand(s Scalar, at string) []string {
	dir := path.Dir(l.loading[len(l.loading)-1])
	if problem := l.local(path.Join(dir, s.Text), s.Text); problem != nil {
		l.fail(*problem, s, at)
		return nil
	}
	if !strings.ContainsAny(s.Text, "*?[") {
		return []string{path.Join(dir, s.Text)}
	}
	escaped := strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(dir)
	names, err := fs.Glob(l.src.FS, path.Join(escaped, s.Text))
	if err != nil || len(names) == 0 {
		l.fail(diag.Diagnostic{
			Rule:    rule.IncludeMissing,
			Message: fmt.Sprintf("no file matches %q", s.Text),
			Help:    "correct the pattern; paths are relative to this file, and * matches within one name",
		}, s, at)
		return nil
	}
	slices.Sort(names)
	return names
}

// file reads an included file, and what it includes in turn.
func (l *loader) file(name string, s Scalar, at string) *Catalog {
	if l.loaded[name] {
		message := fmt.Sprintf("%q is included twice", name)
		if i := slices.Index(l.loading, name); i >= 0 {
			message = fmt.Sprintf("%q includes itself: %s", name,
				strings.Join(append(l.loading[i:len(l.loading):len(l.loading)], name), " → "))
		}
		l.fail(diag.Diagnostic{Rule: rule.IncludeCycle, Message: message,
			Help: "include each file once, and never the root file"}, s, at)
		return nil
	}
	if l.loaded[name] = true; len(l.loaded) > MaxElements+1 {
		l.fail(
			diag.Diagnostic{
				Rule:    rule.LimitExceeded,
				Message: fmt.Sprintf("the catalog includes more than %d files", MaxElements),
				Help:    "merge some of them",
			},
			s,
			at,
		)
		return nil
	}
	data, problem := l.read(name, s.Text)
	if problem != nil {
		l.fail(*problem, s, at)
		return nil
	}
	if l.size += len(data); l.size > source.MaxSize {
		l.fail(diag.Diagnostic{
			Rule:    rule.LimitExceeded,
			Message: fmt.Sprintf("with this file, the catalog is larger than %d MiB", source.MaxSize>>20),
			Help:    "shorten the texts, or split the catalog",
		}, s, at)
		return nil
	}
	f := l.open(name, data)
	node := load(f, l.list)
	l.documents = append(l.documents, Document{f, node})
	if node == nil {
		return nil
	}
	if l.format == nil {
		l.format = IncludedFormat()
	}
	part := &Catalog{}
	l.walker.in(f)
	l.walker.walk(node, l.format, part)
	l.loading = append(l.loading, name)
	l.include(part)
	l.loading = l.loading[:len(l.loading)-1]
	return part
}

// open makes a file of what was read, under the name by which the user knows it.
func (l *loader) open(name string, data []byte) *diag.File {
	f := diag.NewFile(l.src.NameOf(name), data)
	f.Order = l.files
	l.files++
	return f
}

func (l *loader) fail(d diag.Diagnostic, s Scalar, at string) {
	d.Severity, d.Span, d.Path = diag.Error, s.Span(), at
	l.list.Add(d)
}

// local says why a path cannot be followed, or nil. written is what the author wrote.
func (l *loader) local(name, written string) *diag.Diagnostic {
	switch {
	case path.IsAbs(written) || name == ".." || strings.HasPrefix(name, "../") ||
		strings.ContainsAny(written, `\`):
		return &diag.Diagnostic{
			Rule:    rule.IncludeEscape,
			Message: fmt.Sprintf("%q is outside the catalog's folder", written),
			Help:    "move the file into the folder of the root catalog, and write a relative path with /",
		}
	case l.src.FS == nil:
		return &diag.Diagnostic{
			Rule:    rule.IncludeMissing,
			Message: fmt.Sprintf("%q cannot be read: the catalog does not come from a folder", written),
			Help:    "read the catalog from a file",
		}
	case !fs.ValidPath(name) && !strings.ContainsAny(written, "*?["):
		return &diag.Diagnostic{
			Rule:    rule.IncludeMissing,
			Message: fmt.Sprintf("%q is not a path", written),
			Help:    "write a relative path with /",
		}
	}
	return nil
}

// read returns the content of a file in the catalog's folder.
func (l *loader) read(name, written string) ([]byte, *diag.Diagnostic) {
	info, err := fs.Stat(l.src.FS, name)
	switch {
	case err != nil:
		return nil, unread(err, written)
	case info.IsDir():
		return nil, &diag.Diagnostic{
			Rule:    rule.IncludeMissing,
			Message: fmt.Sprintf("%q is a folder", written),
			Help:    fmt.Sprintf("write %s/*.yaml for the files in it", strings.TrimRight(written, "/")),
		}
	case !info.Mode().IsRegular():
		return nil, unread(errors.New("it is not a file"), written)
	case info.Size() > source.MaxSize:
		return nil, &diag.Diagnostic{
			Rule: rule.LimitExceeded,
			Message: fmt.Sprintf(
				"%q is larger than %d MiB, the limit for all files of a catalog together",
				written,
				source.MaxSize>>20,
			),
			Help: "make it smaller",
		}
	}
	data, err := fs.ReadFile(l.src.FS, name)
	if err != nil {
		return nil, unread(err, written)
	}
	return data, nil
}

// unread says why a file could not be read.
func unread(err error, written string) *diag.Diagnostic {
	var pathError *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &diag.Diagnostic{
			Rule:    rule.IncludeMissing,
			Message: fmt.Sprintf("there is no file %q", written),
			Help:    "correct the path; it is relative to this file",
		}
	case strings.Contains(err.Error(), "escapes"): // what os.Root says; it exports no error for it
		return &diag.Diagnostic{
			Rule:    rule.IncludeEscape,
			Message: fmt.Sprintf("%q is a symbolic link to a file outside the catalog's folder", written),
			Help:    "move the file into the folder of the root catalog",
		}
	case errors.As(err, &pathError):
		err = pathError.Err
	}
	return &diag.Diagnostic{
		Rule:    rule.IncludeMissing,
		Message: fmt.Sprintf("%q cannot be read: %v", written, err),
		Help:    "name a file that can be read",
	}
}

// sections fills in what the page's sections say, text or a file's content.
func (l *loader) sections(c *Catalog) {
	for i := range c.Docs.Sections {
		s := &c.Docs.Sections[i]
		at := fmt.Sprintf("docs.sections[%d]", i)
		switch {
		case !s.IsSet(): // it is no mapping, and its author knows
		case s.Text.IsSet() && s.File.IsSet():
			l.fail(diag.Diagnostic{
				Rule:    rule.WrongType,
				Message: "a section cannot have both a text and a file",
				Help:    "remove one of them",
				Notes:   []diag.Note{{Span: s.Text.Span(), Message: "its text is here"}},
			}, s.File, at+".file")
		case s.Text.IsSet():
			s.Content = s.Text.Text
		case s.File.IsSet():
			l.sectionFile(s, at+".file")
		default:
			l.fail(
				diag.Diagnostic{
					Rule:    rule.MissingKey,
					Message: "this section has neither a text nor a file",
					Help:    "add `text: …` or `file: …`",
				},
				Scalar{Place: s.Place},
				at,
			)
		}
	}
}

func (l *loader) sectionFile(s *Section, at string) {
	name := path.Clean(s.File.Text)
	problem := l.local(name, s.File.Text)
	var data []byte
	if problem == nil {
		data, problem = l.read(name, s.File.Text)
	}
	if problem != nil {
		l.fail(*problem, s.File, at)
		return
	}
	if len(data) > MaxMarkdown {
		l.fail(diag.Diagnostic{
			Rule: rule.LimitExceeded,
			Message: fmt.Sprintf(
				"%q has %d bytes; the limit of a section is %d",
				s.File.Text,
				len(data),
				MaxMarkdown,
			),
			Help: "split it into several sections",
		}, s.File, at)
		return
	}
	text := strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n")
	if f := l.open(name, []byte(text)); readable(f, l.list) {
		s.Content, s.Source = text, f
		for c := range unseen.All(text) {
			id, problem, help := Unseen(c)
			l.list.Add(
				diag.Diagnostic{
					Severity: diag.Error,
					Rule:     id,
					Span:     f.At(c.Offset, 1),
					Path:     at,
					Message:  problem,
					Help:     help,
				},
			)
		}
	}
}
