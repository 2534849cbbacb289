"""What the stock room gives the application."""

from __future__ import annotations

from flask import Flask

import storefront.stock.models
from foundation.audit import acts
from storefront.catalog.ports import count_promised, note_counts
from storefront.stock import cli
from storefront.stock.acts import ACTS, SUBJECTS
from storefront.stock.moving import note_counted
from storefront.stock.queries import promised

REGISTERED = (storefront.stock.models,)


def init_app(app: Flask) -> None:
    """Every page of the catalogue counts what is promised, as we do here; its imports leave movements."""
    acts.name(app, ACTS, SUBJECTS)
    count_promised(promised)
    note_counts(note_counted)
    cli.init_app(app)
