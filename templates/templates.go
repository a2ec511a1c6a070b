// Package templates holds the pages that errspec publishes, as Go templates (text/template), and
// the data that they get.
//
// The Markdown reference on one page is errors.md.tmpl, executed with a [Page]. pages.md.tmpl adds
// what a reference with a page per code needs: the piece "index", executed with a Page, and the
// piece "code-page", executed with a [CodePage].
//
// A user's template (--template) is parsed over these. Its own text, if it has any, replaces the
// page. Each template that it defines replaces the piece of that name, on every page. It may use
// all pieces that it does not replace. Later versions may add fields to these types and pieces to
// the templates. They remove, rename and redefine none.
//
// Unless its comment says otherwise, a string is finished Markdown: literal text is escaped for all
// renderers, code is in backticks or <code>, and links are complete. It contains no line end unless
// its comment mentions blocks, so it fits into a sentence, a heading or a table cell. Templates
// should not escape anything, so there are no functions for it.
//
// The HTML reference is errors.html.tmpl (html/template), with errors.css, find.js and errors.js.
// Its data belongs to package emit/html and may change.
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

// PagesMarkdown returns the additional pieces of a Markdown reference with a page per code.
func PagesMarkdown() string { return pagesMarkdown }

//go:embed errors.html.tmpl
var errorsHTML string

// ErrorsHTML returns the template of the HTML reference.
func ErrorsHTML() string { return errorsHTML }

//go:embed code.html.tmpl
var codeHTML string

// CodeHTML returns the template of a code's own page in the HTML reference. It uses those of
// [ErrorsHTML].
func CodeHTML() string { return codeHTML }

//go:embed errors.css
var errorsCSS string

// ErrorsCSS returns the style sheet of the HTML reference.
func ErrorsCSS() string { return errorsCSS }

var (
	//go:embed find.js
	findJS string
	//go:embed errors.js
	errorsJS string
)

// ErrorsJS returns the script of the HTML reference: its search, and what uses that.
func ErrorsJS() string { return findJS + "\n" + errorsJS }

//go:embed live.js
var liveJS string

// LiveJS returns the additional script of the HTML reference under live reload.
func LiveJS() string { return liveJS }
