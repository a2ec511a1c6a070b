// Renders the list of pages on standard input with the named renderer: [{"html": …} or {"error": …}, …].
// The pages have no front matter any more.
import {evaluate} from '@mdx-js/mdx'
import MarkdownIt from 'markdown-it'
import abbr from 'markdown-it-abbr'
import anchor from 'markdown-it-anchor'
import attrs from 'markdown-it-attrs'
import container from 'markdown-it-container'
import deflist from 'markdown-it-deflist'
import {full as emoji} from 'markdown-it-emoji'
import footnote from 'markdown-it-footnote'
import ins from 'markdown-it-ins'
import mark from 'markdown-it-mark'
import sub from 'markdown-it-sub'
import sup from 'markdown-it-sup'
import GithubSlugger from 'github-slugger'
import * as runtime from 'react/jsx-runtime'
import {createElement} from 'react'
import {renderToStaticMarkup} from 'react-dom/server'
import rehypeSlug from 'rehype-slug'
import remarkDirective from 'remark-directive'
import remarkGfm from 'remark-gfm'
import remarkMath from 'remark-math'
import {text} from 'node:stream/consumers'

// MDX, compiled and run as in the build of a site.
const mdx = (...remarkPlugins) => async (page) => {
  const {default: Page} = await evaluate(page, {...runtime, remarkPlugins, rehypePlugins: [rehypeSlug]})
  return renderToStaticMarkup(createElement(Page))
}

// The same for Docusaurus, with components instead of its own that show what they were given.
const docusaurus = async (page) => {
  const imported = /^import (Tabs|TabItem) from '@theme\/\1';$/gm
  const {default: Page} = await evaluate(page.replace(imported, "import $1 from './theme/$1.js';"), {
    ...runtime, remarkPlugins: [remarkGfm, remarkDirective], baseUrl: import.meta.url,
  })
  return renderToStaticMarkup(createElement(Page))
}

// markdown-it lets HTML through, like VitePress; headings get GitHub's ids, with one slugger per page.
const it = (use) => async (page) => {
  const slugger = new GithubSlugger()
  const md = new MarkdownIt({html: true, linkify: true, typographer: true})
  md.use(anchor, {slugify: (s) => slugger.slug(s), tabIndex: false})
  use(md)
  return md.render(page)
}

const renderers = {
  'mdx': mdx(remarkGfm),
  'mdx plug-ins': mdx(remarkGfm, remarkDirective, remarkMath),
  'docusaurus': docusaurus,
  'markdown-it': it(() => {}),
  'markdown-it plug-ins': it((md) =>
    md.use(abbr).use(attrs).use(container, 'note').use(deflist).use(emoji).use(footnote).use(ins).use(mark).use(sub).use(sup)),
}

const render = renderers[process.argv[2]]
const results = []
for (const page of JSON.parse(await text(process.stdin))) {
  try {
    results.push({html: await render(page)})
  } catch (error) {
    results.push({error: String(error)})
  }
}
process.stdout.write(JSON.stringify(results))
