"""The agreement as a page shows it."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markupsafe import Markup

from storefront.catalog.descriptions import clean_body

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")


def body_of(text: str) -> Markup:
    """Markdown as HTML that may stand below the name of a page: its headings, no links and no pictures."""
    rendered = _markdown.render(text)
    for level in (3, 2, 1):
        rendered = rendered.replace(f"<h{level}>", "<h3>").replace(f"</h{level}>", "</h3>")
    cleaned = clean_body(rendered)
    return Markup(cleaned.replace("<h3>", '<h2 class="size-3">').replace("</h3>", "</h2>"))
