from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from commissions.rates.models import RateCard, RateScope
from foundation.db import db


def programme_rate(at: datetime) -> RateCard:
    """The programme's card that was valid at a moment. The first one is laid down by the migration."""
    return db.session.scalars(
        select(RateCard)
        .where(RateCard.scope == RateScope.PROGRAMME, RateCard.valid_from <= at)
        .order_by(RateCard.valid_from.desc())
        .limit(1)
    ).one()
