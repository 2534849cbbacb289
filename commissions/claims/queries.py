from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from commissions.claims.models import Claim, Receipt, Share
from foundation.db import db

WHOLE = (
    joinedload(Receipt.editor),
    selectinload(Receipt.claims).joinedload(Claim.editor),
    selectinload(Receipt.claims).joinedload(Claim.look),
    selectinload(Receipt.claims).joinedload(Claim.link),
    selectinload(Receipt.shares).joinedload(Share.editor),
)


CURRENT = Receipt.replaced_at.is_(None)


def receipt_by_number(number: str) -> Receipt | None:
    """The receipt of an order as it is now, with every candidate, by the order's number."""
    return db.session.scalars(
        select(Receipt).where(Receipt.order_number == number.strip().upper(), CURRENT).options(*WHOLE)
    ).one_or_none()


def current_receipt(order_id: int) -> Receipt:
    """The decision on an order that counts now; the row alone, read afresh."""
    return db.session.scalars(
        select(Receipt).where(Receipt.order_id == order_id, CURRENT).execution_options(populate_existing=True)
    ).one()


def earlier_receipts(order_id: int) -> Sequence[Receipt]:
    """The decisions that were replaced by a correction, newest first, with every candidate."""
    return db.session.scalars(
        select(Receipt)
        .where(Receipt.order_id == order_id, ~CURRENT)
        .options(*WHOLE)
        .order_by(Receipt.id.desc())
    ).all()


def receipts_of(editor_id: int, *, limit: int, offset: int = 0) -> Sequence[Receipt]:
    """The receipts in which an editor was a candidate, won or not, or has a share, newest first."""
    candidate = exists().where(Claim.receipt_id == Receipt.id, Claim.editor_id == editor_id)
    sharer = exists().where(Share.receipt_id == Receipt.id, Share.editor_id == editor_id)
    return db.session.scalars(
        select(Receipt)
        .where(or_(Receipt.editor_id == editor_id, candidate, sharer), CURRENT)
        .options(*WHOLE)
        .order_by(Receipt.decided_at.desc(), Receipt.id.desc())
        .limit(limit)
        .offset(offset)
    ).all()


def receipts(*, limit: int, offset: int = 0) -> Sequence[Receipt]:
    """Every receipt, newest first, for staff."""
    return db.session.scalars(
        select(Receipt)
        .where(CURRENT)
        .options(*WHOLE)
        .order_by(Receipt.decided_at.desc(), Receipt.id.desc())
        .limit(limit)
        .offset(offset)
    ).all()


def shares_of(receipt_id: int) -> Sequence[Share]:
    """Who has how much of an order that two are credited for; empty for one alone."""
    return db.session.scalars(select(Share).where(Share.receipt_id == receipt_id).order_by(Share.part)).all()
