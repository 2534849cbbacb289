"""Requests with files: larger than any other, and only where a view says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., Any])

MEGABYTE = 1024 * 1024


def takes_files(most: int) -> Callable[[View], View]:
    """Mark a view whose requests may have up to `most` bytes; more is answered with 413 before it is read.

    Goes under the guard, next to the function.
    """

    def mark(view: View) -> View:
        view.largest_request = most  # type: ignore[attr-defined]
        return view

    return mark


def init_app(app: Flask) -> None:
    """Before anything looks into the form."""
    app.before_request(_allow)


def _allow() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    most = getattr(view, "largest_request", None)
    if most is not None:
        request.max_content_length = most
