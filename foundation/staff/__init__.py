"""The staff desk: its frame and its first page. What is on it belongs to the packages above."""

from __future__ import annotations

from flask import Flask

from foundation.staff import views


def init_app(app: Flask) -> None:
    views.init_app(app)
