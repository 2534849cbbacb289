"""The application class: Flask with the unit of work at its edge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask

from foundation.db import db, finish_request
from foundation.web.numbers import BoundedConverter
from foundation.web.said import Asked


class Vetrina(Flask):
    """Commits or rolls back between the view and its answer, where an error can still become a page."""

    request_class = Asked

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.url_map.converters["int"] = BoundedConverter

    def dispatch_request(self) -> Any:
        try:
            response = self.make_response(super().dispatch_request())
            finish_request(self, response)
        except BaseException:
            db.session.rollback()
            raise
        return response

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Nothing here is a coroutine; Flask would look at every view and hook of every request to see."""
        return func
