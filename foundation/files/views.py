from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask, send_file
from werkzeug.wrappers import Response

from foundation.accounts.guards import public
from foundation.errors import NotFound
from foundation.files.storage import TYPES, path_of

A_YEAR = 365 * 24 * 3600

bp = Blueprint("files", __name__)


@bp.get("/media/<key>")
@public
def media(key: str) -> Response:
    """A stored file; its address is the hash of its content, so it may be kept for ever."""
    path = path_of(key)
    if not path.is_file():
        raise NotFound()
    response = send_file(path, mimetype=TYPES[Path(key).suffix], max_age=A_YEAR, etag=key, conditional=True)
    response.cache_control.public = True
    response.cache_control.immutable = True
    # A stored SVG is a picture and nothing else, also when somebody opens it by itself.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
