"""Everything that makes an answer a page of this house, put together in order."""

from __future__ import annotations

from flask import Flask, request

from foundation.i18n import address_in, reader_language
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
    sitemap,
    squeezing,
    styleguide,
    unreadable,
    uploads,
)

# In the order in which they meet a request.
PARTS = (
    *(uploads, unreadable, cookies, assets, formats, navigation, csrf, headers, squeezing, errors, choices),
    sitemap,
)


def init_app(app: Flask) -> None:
    settings: Settings = app.extensions["vetrina.settings"]
    for part in PARTS:
        part.init_app(app)
    if not settings.production:
        styleguide.init_app(app)

    def page_address(language: str | None = None, path: str | None = None) -> str:
        """The one address of this page in the reader's language or another: no question else, no session.

        `path`: where a question makes it a page of its own, its path with that question.
        """
        return settings.base_url + address_in(path or request.path, language or reader_language())

    app.jinja_env.globals.update(
        shop_name=settings.shop_name,
        return_days=settings.return_days,
        attribution_days=settings.attribution_days,
        page_address=page_address,
        shop_language=settings.locale,
    )
