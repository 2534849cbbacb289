"""Every unsafe request carries a token of its session. Webhooks are exempt by name: they are signed."""

from __future__ import annotations

from flask import Flask
from flask_wtf import CSRFProtect

A_DAY = 24 * 3600

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    app.config.setdefault("WTF_CSRF_TIME_LIMIT", A_DAY)
    csrf.init_app(app)
