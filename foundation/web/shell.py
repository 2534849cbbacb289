"""Everything that makes an answer a page of this house, put together in order."""

from __future__ import annotations

from flask import Flask, request

from foundation.settings import Settings
from foundation.web import (
    assets,
    choices,
    cookies,
    csrf,
    errors,
    formats,
    headers,
    navigation,
    styleguide,
    unreadable,
    uploads,
)


def init_app(app: Flask) -> None:
    settings: Settings = app.extensions["vetrina.settings"]
    for part in (uploads, unreadable, cookies, assets, formats, navigation, csrf, headers, errors, choices):
        part.init_app(app)
    if not settings.production:
        styleguide.init_app(app)

    def page_address() -> str:
        """The one address of this page, for search engines and for sharing: no question, no session."""
        return settings.base_url + request.path

    app.jinja_env.globals.update(
        shop_name=settings.shop_name,
        return_days=settings.return_days,
        attribution_days=settings.attribution_days,
        page_address=page_address,
    )
