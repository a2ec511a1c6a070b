// Package templates holds the pages that errspec publishes, as Go templates (text/template), and the data that they are given.
//
// The Markdown reference is errors.md.tmpl. It is executed with a [Page]; a template that replaces it is given the same. Fields are
// added to these types in later versions, never removed, renamed or given another meaning.
//
// Unless its comment says otherwise, a string is Markdown that is ready to be printed: literal text is escaped for all
// renderers, code is in backticks or <code>, links are whole. It holds no line end unless its comment speaks of blocks, so it
// fits into a sentence, a heading or a table cell alike. A template need not, and should not, escape anything, so there are
// no functions for it.
//
// The HTML reference is errors.html.tmpl (html/template), with errors.css and errors.js in it. Its data is package emit/html's own and
// may change.
package templates

import _ "embed"

//go:embed errors.md.tmpl
var errorsMarkdown string

// ErrorsMarkdown returns the template of the Markdown reference.
func ErrorsMarkdown() string { return errorsMarkdown }

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

// LiveJS returns the script that the HTML reference has beside its own when it is served with live reload.
func LiveJS() string { return liveJS }
