from __future__ import annotations

from sqlalchemy import select

from foundation.db import db
from storefront.usual.models import UsualSize


def sizes_of(account_id: int) -> dict[str, str]:
    """What an account takes, by place, the latest choice last."""
    kept = select(UsualSize.slot, UsualSize.size).where(UsualSize.account_id == account_id)
    rows = db.session.execute(kept.order_by(UsualSize.chosen_at, UsualSize.slot))
    return {row[0]: row[1] for row in rows}
