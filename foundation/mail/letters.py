"""How a letter is written: one Markdown template is both the text and the HTML part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale
from markdown_it import MarkdownIt
from markupsafe import Markup

from foundation.settings import current

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
# A link that is a paragraph of its own is the one thing to do in a letter: it becomes its button.
_LONE_LINK = re.compile(r"<p><a href=\"([^\"]+)\">([^<]+)</a></p>")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_BUTTON = (
    r'<p style="margin:24px 0;"><a href="\1" style="display:inline-block;padding:14px 24px;border-radius:2px;'
    r'background:#1b1a17;color:#faf7f2;font:500 16px/1.25 Arial,sans-serif;text-decoration:none;">\2</a></p>'
)


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


def write_letter(template: str, language: str, values: dict[str, Any]) -> Letter:
    """Render a letter in the language of whoever gets it.

    The template's first line is the subject, the rest is Markdown. Values are put in as plain text, so
    a name with asterisks in it can make type bold and nothing worse: HTML in Markdown is switched off.
    """
    shop = current()
    with current_app.test_request_context(base_url=shop.base_url), force_locale(language):
        values = {"base_url": shop.base_url} | values
        source = render_template(template, **values).strip()
        subject, _, body = source.partition("\n")
        content = Markup(_LONE_LINK.sub(_BUTTON, _markdown.render(body.strip())))
        html = render_template(
            "foundation/mail/letter.html", subject=subject, content=content, language=language, **values
        )
    text = _LINK.sub(r"\1:\n\2", body.strip()) + "\n"
    return Letter(subject=" ".join(subject.split()), text=text, html=html)
