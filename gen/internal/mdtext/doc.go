// Package mdtext puts text into Markdown so that every renderer shows the same.
//
// GitHub (cmark-gfm), goldmark, pandoc, MkDocs (Python-Markdown), Hugo and MDX 3 read the same page
// differently. The package takes two kinds of text:
//
//   - Literal text (messages, codes, values, titles) is shown unchanged: [Literal] in prose, [Code]
//     and [Fence] as code.
//   - An author's Markdown is parsed with goldmark (GFM) and written again from its syntax tree, in
//     forms that all renderers share: [Parse], then [Doc.Block], [Doc.Section] or [Doc.Cell]
//     depending on the position, or [Doc.Plain] for a terminal.
//
// The result is safe in a paragraph, a heading, a list item, a table cell and the text of a link.
// White space is collapsed, as in HTML, so literal text never ends a paragraph, a cell or a
// heading. Readers see what was given; property tests and hostile samples in the real renderers
// verify this.
//
// # Literal text in prose
//
// Characters are escaped as decimal entities (&#42;), the only escape that all renderers read.
// Python-Markdown supports fewer backslash escapes than CommonMark and shows the backslash of the
// others, and MDX has no other escape for {.
//
//   - & < > { } | * ` [ ] \ ~ $ ^ @ # always. Braces are expressions in MDX, and begin attributes
//     and shortcodes elsewhere; a pipe ends a cell; $ ^ ~ @ are mathematics, superscript, subscript
//     and citations in pandoc and in plug-ins; @ makes an address a link, and # at the end of a
//     heading disappears.
//   - _ unless it is between letters or digits, where no renderer reads it as emphasis:
//     FILE_TOO_LARGE stays readable.
//   - = and + next to another of their kind (==mark==, ++keys++).
//   - : unless a space follows. A name between colons is an emoji, ::x a directive, http: a link.
//   - the dot of www., which GitHub makes a link.
//   - ' and ", and - . , ! ? in runs, the opening ‘ and “, the parenthesis of (c), (r), (p) and
//     (tm), and the plus of +-, because smart typography would change them. In an author's prose
//     they stay: the site decides about its typography.
//   - what starts a block, at the beginning: # - + = : ( and doubled ! ? /; the dot or parenthesis
//     after a list number (pandoc also reads letters and Roman numerals); the first letter of
//     import and export, which begin a program in MDX.
//   - white space beyond ASCII, because Python strips it.
//
// Some plug-ins read the text after all escapes are resolved, so escapes do not stop them: links of
// bare addresses in GitHub and remark, remark-emoji and the anchors {#id} of headings (in
// Docusaurus), remark-smartypants (in Astro). There a mail address in a title becomes a link, and
// :smile: an emoji. Only MDX offers a way out: the plug-ins see an empty expression, \:{}smile\:,
// and readers do not. It stops emoji and anchors.
//
// # Code
//
// Code is a backtick span whose fence is longer than any run of backticks inside. A span has no
// escapes, so the following become <code> with entities. In Hugo, which drops tags, only their text
// remains:
//
//   - a pipe: a table cell needs it as \|, which MkDocs shows unchanged;
//   - {{, {% and {#, which Hugo, Jekyll and Docusaurus (in a heading) read even in code;
//   - ]: which turns a link at the start of a paragraph into a link definition;
//   - ::: and #! at the beginning, which name a language to MkDocs' highlighter;
//   - white space of any kind at the ends, which is stripped;
//   - </>, which Python-Markdown drops.
//
// A paragraph must not begin with such a tag, because MDX would read a block. [Doc.Block] prevents
// that; callers of [Code] at the start of a paragraph must put something before it.
//
// # What an author's Markdown becomes
//
//   - A paragraph is one line, so none of its lines can begin a block.
//   - Raw HTML is shown as text. MDX would run it, and Hugo drops it.
//   - Links of all kinds (reference, <autolink>, bare) become [text](url). If [URLProblem] refuses
//     the URL, only the text remains.
//   - Code blocks become fences, because MDX has no indented ones; their content is verbatim. Only
//     the language of the info string stays: pandoc and Python-Markdown read a fence with more as
//     text. Sections, which authors write for their site, keep the whole info string. Renderers
//     disagree only on a fence in a list, for which Python-Markdown needs the superfences plug-in.
//   - List items are indented by four columns, as Python-Markdown requires. ~~strikethrough~~, and
//     emphasis that could not be read back, become tags, which all renderers know and Hugo drops,
//     leaving the text.
//   - GitHub's callouts (> [!NOTE]) become a bold word, which all renderers show.
//   - Headings become bold paragraphs inside an entry, which has no headings of its own, and stay
//     headings in a section.
//
// The result contains no HTML comments (an error in MDX), no <br> without a slash, no autolinks and
// no backslashes.
package mdtext
