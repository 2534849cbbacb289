"""What looks give the application."""

from __future__ import annotations

from flask import Flask

import editors.looks.models

REGISTERED = (editors.looks.models,)


def init_app(app: Flask) -> None:
    pass
