// Package templates holds the pages that errspec publishes, as Go templates (text/template), and
// the data that they are given.
//
// The Markdown reference on one page is errors.md.tmpl, executed with a [Page]. pages.md.tmpl has
// what it takes to give each code a page of its own: the piece "index", executed with a Page, and
// the piece "code-page", executed with a [CodePage].
//
// A template of a user's (--template) is read over these. Its own text, if it has any, replaces the
// page; what it defines replaces the piece of that name, on whatever page it stands. It may use all
// pieces that it does not replace. Fields are added to these types in later versions, and pieces to
// the templates; none is removed, renamed or given another meaning.
//
// Unless its comment says otherwise, a string is Markdown that is ready to be printed: literal text
// is escaped for all renderers, code is in backticks or <code>, links are whole. It holds no line
// end unless its comment speaks of blocks, so it fits into a sentence, a heading or a table cell
// alike. A template need not, and should not, escape anything, so there are no functions for it.
//
// The HTML reference is errors.html.tmpl (html/template), with errors.css and errors.js in it. Its
// data is package emit/html's own and may change.
package templates

import _ "embed"

var (
	//go:embed errors.md.tmpl
	errorsMarkdown string
	//go:embed pages.md.tmpl
	pagesMarkdown string
)

// ErrorsMarkdown returns the template of the Markdown reference on one page, and its pieces.
func ErrorsMarkdown() string { return errorsMarkdown }

// PagesMarkdown returns the pieces that the Markdown reference with a page for each code has beside
// these.
func PagesMarkdown() string { return pagesMarkdown }

//go:embed errors.html.tmpl
var errorsHTML string

// ErrorsHTML returns the template of the HTML reference.
func ErrorsHTML() string { return errorsHTML }

//go:embed errors.css
var errorsCSS string

// ErrorsCSS returns the style sheet of the HTML reference.
func ErrorsCSS() string { return errorsCSS }

//go:embed errors.js
var errorsJS string

// ErrorsJS returns the script of the HTML reference.
func ErrorsJS() string { return errorsJS }

//go:embed live.js
var liveJS string

// LiveJS returns the script that the HTML reference has beside its own when it is served with live
// reload.
func LiveJS() string { return liveJS }
