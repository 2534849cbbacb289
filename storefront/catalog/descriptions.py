"""Descriptions as HTML that may stand in our pages, whoever wrote them."""

from __future__ import annotations

import html
import re

import nh3
from markupsafe import Markup

# What a description may be made of. No links and no pictures: they would lead to other people's hosts.
TAGS = {
    *("p", "br", "ul", "ol", "li", "strong", "em", "b", "i", "h3", "h4", "blockquote"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


def clean_body(text: str) -> str:
    """Only plain formatting is left; text without any becomes paragraphs. Doing it twice changes nothing."""
    if not re.search(r"<[a-zA-Z/!]", text):
        parts = [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]
        return "".join(f"<p>{html.escape(html.unescape(part), quote=False)}</p>" for part in parts)
    return nh3.clean(text, tags=TAGS, attributes={}, link_rel=None).strip()


def plain_text(body: str) -> str:
    """The words of a description in one line, without its formatting."""
    return " ".join(Markup(re.sub(r"<(?=[a-z/])", " <", body)).striptags().split())
