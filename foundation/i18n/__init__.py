"""English and Italian. The reader's choice is a cookie; without one the browser's wish counts."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, has_request_context, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from foundation.i18n.articles import ArticleBabel, mend_templates

LANGUAGES = {"en": "English", "it": "Italiano"}
COOKIE = "language"
# Asked for at every word of a page: worked out once a request.
_KNOWN = "vetrina.language"
LONGEST_WISH = 200  # of what a browser says; the rest is cut off

babel = ArticleBabel()


def reader_language() -> str:
    """The language of whoever reads this page; the shop's own outside of a request."""
    if not has_request_context():
        return str(current_app.config["BABEL_DEFAULT_LOCALE"])
    known: dict[str, Any] = request.environ
    language: str | None = known.get(_KNOWN)
    if language is None:
        language = known[_KNOWN] = _wish()
    return language


def _wish() -> str:
    chosen = request.cookies.get(COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    best = _best_match(request.headers.get("Accept-Language", "")[:LONGEST_WISH])
    return best or str(current_app.config["BABEL_DEFAULT_LOCALE"])


@lru_cache(maxsize=1024)
def _best_match(wish: str) -> str | None:
    """Browsers send the same few wishes all day long."""
    return parse_accept_header(wish, LanguageAccept).best_match(list(LANGUAGES))


def init_app(app: Flask) -> None:
    root = Path(app.root_path)
    folders = sorted(str(folder) for folder in root.glob("*/translations"))
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(folders) or "translations"
    babel.init_app(app, locale_selector=reader_language)
    mend_templates(app.jinja_env)
    app.jinja_env.globals.update(LANGUAGES=LANGUAGES, reader_language=reader_language)


def pick(english: str, italian: str | None) -> str:
    """The text in the reader's language; English where no Italian was written."""
    return italian if italian and reader_language() == "it" else english
