"""What the reader chose for this browser: language and theme. A cookie each, no account needed."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Flask, current_app, redirect, request
from werkzeug.wrappers import Response

from foundation import i18n
from foundation.accounts.guards import public
from foundation.web.redirects import own_path

THEME_COOKIE = "theme"
THEMES = ("light", "dark")
A_YEAR = 365 * 24 * 3600

bp = Blueprint("choices", __name__, url_prefix="/set")


@bp.post("/language")
@public
def language() -> Response:
    """Keep the language; anything unknown lets the browser's wish count again."""
    return _keep(i18n.COOKIE, request.form.get("language", ""), tuple(i18n.LANGUAGES))


@bp.post("/theme")
@public
def theme() -> Response:
    """Keep the theme; anything else than light or dark follows the device again."""
    return _keep(THEME_COOKIE, request.form.get("theme", ""), THEMES)


def reader_theme() -> str:
    """light, dark, or empty for what the device says."""
    chosen = request.cookies.get(THEME_COOKIE, "") if request else ""
    return chosen if chosen in THEMES else ""


def this_page() -> str:
    """This page, to come back to: path and question. The answer of a form leads to its page's start.

    A language in the question is left out: whoever chooses another one comes back to that.
    """
    if request.method != "GET" or not request.query_string:
        return request.path
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != i18n.PARAMETER]
    return request.path + (f"?{urlencode(kept)}" if kept else "")


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.jinja_env.globals.update(reader_theme=reader_theme, this_page=this_page)


def _keep(name: str, value: str, allowed: tuple[str, ...]) -> Response:
    response = redirect(own_path(request.form.get("next", "/"), request.host), code=303)
    secure = current_app.extensions["vetrina.settings"].base_url.startswith("https://")
    if value in allowed:
        response.set_cookie(name, value, max_age=A_YEAR, secure=secure, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(name, secure=secure, httponly=True, samesite="Lax")
    return response
