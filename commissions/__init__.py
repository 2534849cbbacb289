"""Money that can be proved: clicks, who gets credit, what is earned, and how it is paid out."""

from __future__ import annotations

from flask import Blueprint, Flask

from commissions.accruals import setup as accruals
from commissions.bonuses import setup as bonuses
from commissions.books import setup as books
from commissions.claims import setup as claims
from commissions.clicks import setup as clicks
from commissions.coaching import setup as coaching
from commissions.early import setup as early
from commissions.holds import setup as holds
from commissions.hosting import setup as hosting
from commissions.instead import setup as instead
from commissions.ledger import setup as ledger
from commissions.missing import setup as missing
from commissions.payees import setup as payees
from commissions.payouts import setup as payouts
from commissions.programme import setup as programme
from commissions.rates import setup as rates
from commissions.results import setup as results
from commissions.signals import setup as signals
from commissions.statements import setup as statements

FEATURES = (
    *(clicks, claims, rates, ledger),
    *(holds, accruals, payees, payouts),
    *(instead, early, bonuses, coaching, hosting, missing, signals, statements, results, programme, books),
)


def init_app(app: Flask) -> None:
    # Carries the templates of all features; each feature has a blueprint of its own for its pages.
    app.register_blueprint(Blueprint("commissions", __name__, template_folder="templates"))
    for feature in FEATURES:
        feature.init_app(app)
