"""English and Italian. The reader's choice is a cookie; without one the browser's wish counts.

An address may say a language too, `?lang=it`, for search engines and for links that were shared: it holds for
that page alone and sets nothing. The shop's own language has the plain address (docs/decisions/0016).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from flask import Flask, current_app, has_request_context, request
from flask_babel import get_locale
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from foundation.i18n.articles import ArticleBabel, mend_templates

LANGUAGES = {"en": "English", "it": "Italiano"}
COOKIE = "language"
PARAMETER = "lang"
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


def address_in(path: str, language: str) -> str:
    """The one address of a page in a language; `path` has no question but what makes the page another."""
    own = str(current_app.config["BABEL_DEFAULT_LOCALE"])
    return path if language == own else f"{path}{'&' if '?' in path else '?'}{PARAMETER}={language}"


def _wish() -> str:
    asked = request.args.get(PARAMETER, "") if request.query_string else ""
    if asked in LANGUAGES:
        return asked
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
    """The text in the language that is spoken here: the reader's, or in a letter that of whoever gets it.
    English where no Italian was written."""
    locale = get_locale()
    return italian if italian and locale is not None and locale.language == "it" else english


def language_name(code: str) -> str:
    """What the reader calls a language: "Italian", "italiano"; at the beginning of a line, so in capitals."""
    return str(Locale(reader_language()).languages[code]).capitalize()
