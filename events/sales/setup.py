"""What sales at events give the application."""

from __future__ import annotations

from flask import Flask

from commissions.bonuses.ports import bonuses_by
from commissions.claims.ports import claim_with
from events.sales.claims import Evenings
from storefront.till.ports import tell_occasions


def init_app(app: Flask) -> None:
    evenings = Evenings()
    tell_occasions(evenings)
    claim_with(evenings)
    bonuses_by(evenings)
