// Package renderers checks errspec's Markdown with the programs that people publish Markdown with.
// Each of them must show what the catalog says, cell by cell, heading by heading, paragraph by
// paragraph.
//
// The expected result comes from the page's twin: the page of the same catalog in which every text
// is replaced by a plain word, which no renderer can misread. The twin's cells and paragraphs, with
// the texts put back, are what the page must show. So the tests do not depend on the words of the
// template, and work for any page that errspec makes.
//
// Tests with renderers other than goldmark need what .ci/run installs, and a build tag:
//
//	go test ./renderers
//	go test -tags tools -v ./renderers     # with a table of the renderers
package renderers
