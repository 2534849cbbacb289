"""What pairings give the application."""

from __future__ import annotations

from flask import Flask

import storefront.pairings.jobs
import storefront.pairings.models
from storefront.catalog.ports import also_shown, find_companions
from storefront.pairings.queries import companions, companions_version

REGISTERED = (storefront.pairings.models, storefront.pairings.jobs)


def init_app(app: Flask) -> None:
    find_companions(companions)
    also_shown(companions_version)
