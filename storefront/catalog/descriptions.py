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
TAG = re.compile(r"<[a-z/]")


def clean_body(text: str) -> str:
    """Only plain formatting is left; text without any becomes paragraphs. Doing it twice changes nothing."""
    if not (body := _formatted(text)) or TAG.search(body):
        return body
    parts = [html.unescape(part).strip() for part in re.split(r"\n\s*\n", body.replace("\r\n", "\n"))]
    return _formatted("".join(f"<p>{html.escape(part, quote=False)}</p>" for part in parts if part))


def _formatted(text: str) -> str:
    return nh3.clean(text, tags=TAGS, attributes={}, link_rel=None).strip()


def plain_text(body: str) -> str:
    """The words of a description in one line, without its formatting."""
    return " ".join(Markup(re.sub(r"<(?=[a-z/])", " <", body)).striptags().split())
