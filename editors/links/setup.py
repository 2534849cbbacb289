"""What share links give the application."""

from __future__ import annotations

from flask import Flask

import editors.links.models

REGISTERED = (editors.links.models,)


def init_app(app: Flask) -> None:
    pass
