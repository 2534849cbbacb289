from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from events.perks.models import EventPerk
from foundation.db import db
from storefront.promotions.models import Voucher


def perk_of(event_id: int) -> EventPerk | None:
    """The code an event gives its guests now, with its voucher."""
    return db.session.scalars(
        select(EventPerk)
        .where(EventPerk.event_id == event_id, EventPerk.replaced_at.is_(None))
        .options(joinedload(EventPerk.voucher))
    ).one_or_none()


def perk_of_code(code: str) -> EventPerk | None:
    """Whose code that is or was, with the event it belongs to; `code` as vouchers are spelled."""
    return db.session.scalars(
        select(EventPerk)
        .join(EventPerk.voucher)
        .where(Voucher.code == code)
        .options(joinedload(EventPerk.event), joinedload(EventPerk.voucher))
    ).one_or_none()
