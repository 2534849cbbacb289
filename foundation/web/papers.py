"""A PDF as an answer: shown in the browser, named, and kept by nobody on the way."""

from __future__ import annotations

from flask import Response, make_response


def paper_of(printed: bytes, name: str) -> Response:
    """`name` is that of the file, without its ending."""
    response = make_response(printed)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
