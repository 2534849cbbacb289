"""The addresses of built files: hashed names from the bundler's manifest, safe to keep for a year.

`asset("css/main.css")` gives `/assets/main-4F2K.css`. Without a manifest the page still has its words: the
address then points nowhere and the log says what to run.
"""

from __future__ import annotations

import json
import logging
from functools import lru_cache
from pathlib import Path

from flask import Flask
from markupsafe import Markup
from whitenoise import WhiteNoise

FOLDER = Path(__file__).resolve().parent.parent / "assets" / "dist"
PREFIX = "/assets/"
log = logging.getLogger(__name__)


@lru_cache(maxsize=8)
def _manifest(path: Path, _changed: float) -> dict[str, str]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def manifest(folder: Path = FOLDER) -> dict[str, str]:
    """Logical name to built name; empty when nothing was built yet."""
    path = folder / "manifest.json"
    try:
        return _manifest(path, path.stat().st_mtime)
    except FileNotFoundError:
        log.warning("assets.not_built", extra={"run": "make setup"})
        return {}


def asset(name: str) -> str:
    """The address of a built file by its logical name: css/main.css, img/mark.svg."""
    return PREFIX + manifest().get(name, name)


def icon(name: str, *, small: bool = False) -> Markup:
    """A line icon from the sprite, hidden from screen readers: the words beside it say what it means."""
    size = " icon--s" if small else ""
    sprite = asset("icons.svg")
    return Markup('<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>').format(
        size, sprite, name
    )


def init_app(app: Flask) -> None:
    FOLDER.mkdir(exist_ok=True)
    # Every name carries a digest of its content, so a file may be kept for ever; .br and .gz lie beside it.
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=str(FOLDER), prefix=PREFIX, immutable_file_test=lambda _path, _url: True
    )
    app.jinja_env.globals.update(asset=asset, icon=icon)
