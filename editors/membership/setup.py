"""What membership gives the application."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask

import editors.membership.models

REGISTERED = (editors.membership.models,)


def init_app(app: Flask) -> None:
    app.register_blueprint(
        Blueprint("editors", __name__, root_path=str(Path(__file__).parents[1]), template_folder="templates")
    )
