"""What no page of ours takes: text with a NUL in it, which PostgreSQL cannot keep and nobody types."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.exceptions import BadRequest

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def init_app(app: Flask) -> None:
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    """Refused here once, so that no view has to think of it. Webhooks keep their body as it came."""
    if "\0" in request.path or b"%00" in request.query_string or b"\0" in request.query_string:
        raise BadRequest()
    sent = request.form.listvalues() if request.content_length and request.mimetype in FORMS else ()
    if any("\0" in text for values in sent for text in values):
        raise BadRequest()
