"""How a letter is written: one Markdown template is both the text and the HTML part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale
from jinja2 import Environment
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from foundation.settings import current

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
# A link that is a paragraph of its own is the one thing to do in a letter: it becomes its button.
_LONE_LINK = re.compile(r"<p><a href=\"([^\"]+)\">([^<]+)</a></p>")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
# Loops leave empty lines behind: a list is one block, and two paragraphs are one line apart.
_LOOSE = re.compile(r"^(- .*)\n\s*\n(?=- )", re.MULTILINE)
_GAPS = re.compile(r"\n(?:[ \t]*\n){2,}")
_LOUD = re.compile(r"\*\*(.+?)\*\*")
_BUTTON = (
    r'<p style="margin:24px 0;"><a href="\1" style="display:inline-block;padding:14px 24px;border-radius:2px;'
    r'background:#1b1a17;color:#faf7f2;font:500 16px/1.25 Arial,sans-serif;text-decoration:none;">\2</a></p>'
)


_KEY = "vetrina.letters"
MANY_LINES = "reply"
_SIGNS = "[]<>`\\|#*"
_AWAY = {ord(sign): 0xE000 + place for place, sign in enumerate(_SIGNS)}
_BACK = {0xE000 + place: sign for place, sign in enumerate(_SIGNS)}
_BACK_IN_HTML = {code: str(escape(sign)) for code, sign in _BACK.items()}


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


def write_letter(template: str, language: str, values: dict[str, Any]) -> Letter:
    """Render a letter in the language of whoever gets it.

    The template's first line is the subject, the rest is Markdown. What it says of values, and of what hangs
    on them, is plain text: what somebody calls themselves must not become a link, a heading or a paragraph of
    our letter, so the signs that would make it one stand under other names until the Markdown was read.
    """
    shop = current()
    with current_app.test_request_context(base_url=shop.base_url), force_locale(language):
        values = {"base_url": shop.base_url} | {name: _plain(name, value) for name, value in values.items()}
        source = _written(template, values).strip()
        subject, _, body = source.partition("\n")
        body = _LOOSE.sub(r"\1\n", _GAPS.sub("\n\n", body.strip()))
        rendered = _LONE_LINK.sub(_BUTTON, _markdown.render(body))
        content = Markup(rendered.translate(_BACK_IN_HTML))
        html = render_template(
            "foundation/mail/letter.html", subject=subject, content=content, language=language, **values
        )
    text = _LINK.sub(r"\1:\n\2", _LOUD.sub(r"\1", body)).translate(_BACK) + "\n"
    return Letter(subject=" ".join(subject.translate(_BACK).split()), text=text, html=html)


def _written(template: str, values: dict[str, Any]) -> str:
    """The template with its values, whose signs are taken away as they are said."""
    environment: Environment | None = current_app.extensions.get(_KEY)
    if environment is None:
        # A kept template does not know how it was finalised: one made for a page would let the signs through.
        environment = current_app.jinja_env.overlay(finalize=_harmless, bytecode_cache=None)
        current_app.extensions[_KEY] = environment
    current_app.update_template_context(values)
    return environment.get_template(template).render(values)


def _harmless(value: Any) -> Any:
    return value.translate(_AWAY) if isinstance(value, str) else value


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, str):
        # Staff write their reply in paragraphs; everything else is a line.
        between = "\n" if name == MANY_LINES else " "
        return between.join(" ".join(line.split()) for line in value.splitlines())
    if isinstance(value, list | tuple) and not hasattr(value, "_fields"):
        return [_plain(name, item) for item in value]
    return value
