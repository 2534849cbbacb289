"""What no page of ours takes: a NUL, which PostgreSQL cannot keep and nobody types, and endless addresses."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.exceptions import BadRequest, RequestURITooLarge

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
# A whole page of words put into the search is still answered by the search. The server takes longer addresses
# than this, for us to answer with a page.
LONGEST_ADDRESS = 32_000


def init_app(app: Flask) -> None:
    app.before_request(_refuse_endless)
    app.before_request(_refuse_nul)


def _refuse_endless() -> None:
    if len(request.path) + len(request.query_string) > LONGEST_ADDRESS:
        raise RequestURITooLarge()


def _refuse_nul() -> None:
    """Refused here once, so that no view has to think of it. Webhooks keep their body as it came."""
    if "\0" in request.path or b"%00" in request.query_string or b"\0" in request.query_string:
        raise BadRequest()
    sent = request.form.listvalues() if request.content_length and request.mimetype in FORMS else ()
    if any("\0" in text for values in sent for text in values):
        raise BadRequest()
