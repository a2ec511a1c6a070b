// Package mdtext puts text into Markdown so that every renderer shows the same.
//
// A reference page is read through GitHub (cmark-gfm), goldmark, pandoc, MkDocs (Python-Markdown),
// Hugo, or as MDX 3, and they agree on less than one thinks. What enters is of two kinds:
//
//   - Literal text (messages, codes, values, titles) is shown as it is: [Literal] in prose, [Code]
//     and [Fence] as code.
//   - Text that an author wrote in Markdown is parsed with goldmark (GFM) and written anew from its
//     syntax tree, in the forms that all renderers share: [Parse], then [Doc.Block], [Doc.Section]
//     or [Doc.Cell] for the place where it goes, [Doc.Plain] for a terminal.
//
// What leaves is safe in any of these places: a paragraph, a heading, a list item, a table cell,
// the text of a link. White space is collapsed, as HTML does anyway, so that literal text can never
// end a paragraph, a cell or a heading. What is shown is what was given; property tests and hostile
// samples run through the real renderers hold us to that.
//
// # Literal text in prose
//
// Characters are escaped as decimal entities (&#42;). They are the one escape that all renderers
// read: Python-Markdown knows fewer backslash escapes than CommonMark and shows the backslash of
// the others, and MDX has no escape for { but this.
//
//   - & < > { } | * ` [ ] \ ~ $ ^ @ # always. Braces are expressions in MDX, and begin attributes
//     and shortcodes elsewhere; a pipe ends a cell; $ ^ ~ @ are mathematics, superscript, subscript
//     and citations in pandoc and in plug-ins; @ makes an address a link, and # at the end of a
//     heading disappears.
//   - _ unless it is between letters or digits, where no renderer makes emphasis of it:
//     FILE_TOO_LARGE stays readable.
//   - = and + beside another of their kind (==mark==, ++keys++).
//   - : unless a space follows. A name between colons is an emoji, ::x a directive, http: a link.
//   - the dot of www., which GitHub makes a link.
//   - ' and ", and - . , ! ? in runs, the opening ‘ and “, the parenthesis of (c), (r), (p) and
//     (tm), and the plus of +-, because smart typography would bend them. Not so in an author's
//     prose: the typography of prose is the site's.
//   - what starts a block, at the beginning: # - + = : ( and doubled ! ? /; the dot or parenthesis
//     after a list number (pandoc knows letters and Roman numerals, too); the first letter of
//     import and export, which begin a program in MDX.
//   - white space that is not ASCII, because Python strips it.
//
// No escape reaches what works on the text that is left when all is unescaped: GitHub's and
// remark's links of bare addresses, remark-emoji and the anchors {#id} of headings (in Docusaurus),
// remark-smartypants (in Astro). A mail address in a title is a link there, :smile: an emoji. For
// MDX alone there is a way: an empty program, \:{}smile\:, is seen by them and by no reader. It
// keeps off the emoji and the anchors.
//
// # Code
//
// A backtick span, its fence longer than any run of backticks inside. In a span nothing can be
// escaped, so these become <code> with entities, at the cost of the looks in Hugo, which drops tags
// and leaves their text:
//
//   - a pipe, which a table cell needs as \|, and MkDocs shows so;
//   - {{, {% and {#, which Hugo, Jekyll and Docusaurus (in a heading) read even in code;
//   - ]: which would make a link definition of a link at the start of a paragraph;
//   - ::: and #! at the beginning, which name a language to MkDocs' highlighter;
//   - white space at the ends, of whichever kind, which is stripped;
//   - </>, which Python-Markdown drops.
//
// A paragraph must not begin with such a tag (it would be a block in MDX). [Doc.Block] takes care
// of that; who calls [Code] at the start of a paragraph puts something before it.
//
// # What an author's Markdown becomes
//
//   - A paragraph stands on one line, so no line of it can begin a block.
//   - Raw HTML is shown as text. In MDX it would be a program, and Hugo drops it.
//   - Links of all kinds (reference, <autolink>, bare) become [text](url); a URL that is not on the
//     allow list of [URLProblem] leaves the text alone.
//   - Code blocks become fences, because MDX has no indented ones; their content is verbatim. Of
//     the info string the language stays: pandoc and Python-Markdown take a fence with more for
//     text. A section, which the author writes for the site, keeps all of it. A fence in a list is
//     the one thing that is not shown alike: Python-Markdown wants the superfences plug-in for it.
//   - List items are indented by four columns, as Python-Markdown wants it. Emphasis that could not
//     be read back, and ~~strikethrough~~, become tags, which all renderers know and Hugo drops,
//     leaving the text.
//   - GitHub's callouts (> [!NOTE]) become a bold word, which everybody shows.
//   - Headings are bold paragraphs inside an entry, which has no headings of its own, and headings
//     in a section.
//
// There are no HTML comments (an error in MDX), no <br> without a slash, no autolinks and no
// backslashes in what leaves.
package mdtext
