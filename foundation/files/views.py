from __future__ import annotations

import io

from flask import Blueprint, Flask, Response, request, send_file

from foundation.accounts.guards import public
from foundation.errors import NotFound
from foundation.files import cli, storage
from foundation.files.keys import A_YEAR, checked, is_private, type_of

bp = Blueprint("files", __name__)


@bp.get("/media/<key>")
@public
def media(key: str) -> Response:
    """A stored file; its address is the hash of its content, so it may be kept for ever."""
    if is_private(checked(key)):
        raise NotFound()
    if key in request.if_none_match:
        response = Response(status=304)
        response.set_etag(key)
    else:
        content = io.BytesIO(storage.read(key))
        response = send_file(content, mimetype=type_of(key), etag=key, conditional=True)
    response.cache_control.max_age = A_YEAR
    response.cache_control.public = True
    response.cache_control.immutable = True
    # A stored SVG is a picture and nothing else, also when somebody opens it by itself.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def init_app(app: Flask) -> None:
    storage.init_app(app)
    cli.init_app(app)
    app.register_blueprint(bp)
