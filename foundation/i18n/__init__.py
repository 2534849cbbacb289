"""English and Italian. The reader's choice is a cookie; without one the browser's wish counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask, current_app, has_request_context, request

from foundation.i18n.articles import ArticleBabel, mend_templates

LANGUAGES = {"en": "English", "it": "Italiano"}
COOKIE = "language"
# Asked for at every word of a page: worked out once a request.
_KNOWN = "vetrina.language"

babel = ArticleBabel()


def reader_language() -> str:
    """The language of whoever reads this page; the shop's own outside of a request."""
    fallback = str(current_app.config["BABEL_DEFAULT_LOCALE"])
    if not has_request_context():
        return fallback
    known: dict[str, Any] = request.environ
    if _KNOWN not in known:
        known[_KNOWN] = _wish(fallback)
    language: str = known[_KNOWN]
    return language


def _wish(fallback: str) -> str:
    chosen = request.cookies.get(COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(list(LANGUAGES)) or fallback


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
