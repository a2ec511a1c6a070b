// Package renderers holds the Markdown that errspec writes against the programs that people publish
// Markdown with: what each of them shows must be what the catalog says, cell by cell, heading by
// heading, paragraph by paragraph.
//
// What a page should show is known from its twin: the page of the same catalog in which every text
// has been replaced by a plain word, which no renderer can misread. The twin's cells and
// paragraphs, with the texts put back, are what the page has to show. So the tests need no words of
// the page's template, and hold for any page that errspec makes.
//
// The tests that run more than goldmark need what .ci/run installs, and stand behind a build tag:
//
//	go test ./renderers
//	go test -tags tools -v ./renderers     # with a table of the renderers
package renderers
