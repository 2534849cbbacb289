"""What the catalogue gives the application."""

from __future__ import annotations

from flask import Flask

import storefront.catalog.jobs
import storefront.catalog.models
from storefront.catalog import cli

REGISTERED = (storefront.catalog.models, storefront.catalog.jobs)


def init_app(app: Flask) -> None:
    cli.init_app(app)
