"""Who stands before the shop: only the proxies the settings count are believed."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from foundation.settings import Settings


def init_app(app: Flask) -> None:
    """Take the visitor's address and scheme from as many proxies as there are; from none by default.

    Without it everybody behind a proxy is one visitor: one limit of tries, one click an hour.
    """
    settings: Settings = app.extensions["vetrina.settings"]
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
