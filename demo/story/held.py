"""A sale that finance looks at before anything of it is paid out."""

from __future__ import annotations

from datetime import datetime, timedelta

from commissions.accruals.holding import hold_sale
from commissions.claims.queries import receipts
from commissions.holds.errors import NothingToHold
from commissions.holds.models import HoldReason, HoldSource
from foundation import clock
from foundation.actors import Actor
from foundation.settings import current

WHOSE = "davide"
NEWEST = 200


def hold_one(today: datetime, staff: Actor) -> None:
    """Davide's newest sale that is not paid out yet: the parcel went to his own street."""
    with clock.held_at(today - timedelta(hours=6)):
        for one in receipts(limit=NEWEST):
            if one.editor is None or one.editor.handle != WHOSE:
                continue
            try:
                hold_sale(
                    actor=staff,
                    order_id=one.order_id,
                    order_number=one.order_number,
                    editor_id=one.editor.id,
                    source=HoldSource.STAFF,
                    reason=HoldReason.PURCHASE,
                    words="the parcel goes to his own street: ask him who lives there",
                    return_days=current().return_days,
                )
            except NothingToHold:
                continue
            return
