"""Money that can be proved: clicks, who gets credit, what is earned, and how it is paid out."""

from __future__ import annotations

from flask import Flask

import commissions.ledger.models

REGISTERED = (commissions.ledger.models,)


def init_app(app: Flask) -> None:
    """Give the application our pages, commands, slots and ears."""
