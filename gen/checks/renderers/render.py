"""Renders every page of the list on standard input by Python-Markdown, as render.js does by others."""

import json
import sys

import markdown

MKDOCS = ["toc", "tables", "fenced_code"]  # what MkDocs has without being asked

# The extensions that sites use, above all Material for MkDocs. Two are omitted because they change
# text everywhere: smartsymbols (1/2 becomes ½) and critic, which reads its marks even in code.
MATERIAL = [
    "toc", "tables", "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "smarty", "sane_lists",
    "pymdownx.arithmatex", "pymdownx.betterem", "pymdownx.caret", "pymdownx.details", "pymdownx.emoji",
    "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink", "pymdownx.mark",
    "pymdownx.snippets", "pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde",
]

RENDERERS = {
    "plain": dict(extensions=MKDOCS),
    "plug-ins": dict(
        extensions=MATERIAL,
        extension_configs={"pymdownx.highlight": {"use_pygments": False}},
    ),
}


def render(page, options):
    try:
        return {"html": markdown.markdown(page, **options)}
    except Exception as error:
        return {"error": repr(error)}


options = RENDERERS[sys.argv[1]]
json.dump([render(page, options) for page in json.load(sys.stdin)], sys.stdout)
