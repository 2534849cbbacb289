"""What deciding who is credited gives the application."""

from __future__ import annotations

from flask import Flask

import commissions.claims.models
from commissions.claims.acts import ACTS, PARTS
from commissions.claims.codes import Codes
from foundation.audit import acts
from storefront.till.ports import give_credit

REGISTERED = (commissions.claims.models,)


def init_app(app: Flask) -> None:
    acts.name(app, ACTS, parts=PARTS)
    give_credit(Codes())
