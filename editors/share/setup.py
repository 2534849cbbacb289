"""What the share kit gives the application."""

from __future__ import annotations

from flask import Flask

from editors.share import shared_views, views


def init_app(app: Flask) -> None:
    app.register_blueprint(shared_views.bp)
    app.register_blueprint(views.bp)
