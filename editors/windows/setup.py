"""What windows give the application."""

from __future__ import annotations

from flask import Flask

from editors.windows import views
from editors.windows.queries import pages_of_windows
from foundation.web import sitemap


def init_app(app: Flask) -> None:
    app.register_blueprint(views.bp)
    sitemap.add_section(app, "windows", pages_of_windows)
