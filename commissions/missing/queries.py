from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import joinedload

from commissions.claims.models import Receipt, Share
from commissions.claims.policy import same_mailbox
from commissions.claims.queries import CURRENT
from commissions.clicks.days import BY_DAY
from commissions.missing.models import MissingSale, MissingStatus
from commissions.missing.policy import Known
from editors.membership.models import Editor
from foundation.accounts.models import Account
from foundation.db import db
from storefront.orders.models import Order

PAGE_SIZE = 40

_TOWARDS = text(
    f"""
    WITH bought AS (SELECT product_id FROM order_lines WHERE order_id = :order)
    SELECT coalesce(sum(c.clicks), 0) FROM ({BY_DAY}) c
    WHERE c.day BETWEEN :first AND :last AND (
        c.product_id IN (SELECT product_id FROM bought)
        OR EXISTS (SELECT FROM look_pieces JOIN bought USING (product_id) WHERE look_id = c.look_id))
    """
)


class Pile(StrEnum):
    """Which missing sales staff look through."""

    OPEN = "open"
    DECIDED = "decided"


def known_of(editor: Editor, number: str) -> tuple[Known, int | None]:
    """What bears on an editor's question about an order number, and the order's id if it was paid."""
    shares = exists().where(Share.receipt_id == Receipt.id, Share.editor_id == editor.id)
    row = db.session.execute(
        select(Order.id, Order.paid_at, Order.account_id, Order.email, Receipt.id, Receipt.editor_id,
               MissingSale.id, Account.email, shares)
        .select_from(Order)
        .join(Account, Account.id == editor.account_id)
        .outerjoin(Receipt, (Receipt.order_id == Order.id) & CURRENT)
        .outerjoin(MissingSale, (MissingSale.order_id == Order.id) & (MissingSale.editor_id == editor.id))
        .where(Order.number == number.strip().upper(), Order.paid_at.is_not(None))
    ).one_or_none()  # fmt: skip
    if row is None:
        return Known(paid_at=None), None
    order_id, paid_at, buyer_id, buyer_email, receipt_id, credited_id, missing_id, email, sharing = row
    known = Known(
        paid_at=paid_at,
        decided=receipt_id is not None,
        bought_it=buyer_id == editor.account_id or same_mailbox(buyer_email, email),
        credited=credited_id == editor.id or sharing,
        reported=missing_id is not None,
    )
    return known, order_id


def missing_of(editor_id: int) -> Sequence[MissingSale]:
    """What an editor reported, newest first."""
    return db.session.scalars(
        select(MissingSale)
        .where(MissingSale.editor_id == editor_id)
        .order_by(MissingSale.id.desc())
        .limit(50)
    ).all()


def missing_by_id(missing_id: int) -> MissingSale | None:
    """One of them with its editor."""
    return db.session.scalars(
        select(MissingSale).where(MissingSale.id == missing_id).options(joinedload(MissingSale.editor))
    ).one_or_none()


def pile_of(pile: Pile, page: int) -> Sequence[MissingSale]:
    """A page of what waits, the nearest deadline first, or of what is decided, newest first."""
    waits = MissingSale.status == MissingStatus.OPEN
    statement = select(MissingSale).options(joinedload(MissingSale.editor))
    if pile is Pile.OPEN:
        statement = statement.where(waits).order_by(MissingSale.due_at, MissingSale.id)
    else:
        statement = statement.where(~waits).order_by(MissingSale.decided_at.desc(), MissingSale.id.desc())
    return db.session.scalars(statement.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()


def piles() -> dict[Pile, int]:
    """How many lie in each pile."""
    waits, every = db.session.execute(
        select(func.count().filter(MissingSale.status == MissingStatus.OPEN), func.count(MissingSale.id))
    ).one()
    return {Pile.OPEN: int(waits), Pile.DECIDED: int(every) - int(waits)}


def clicks_towards(editor_id: int, order_id: int, zone: str, first: date, last: date) -> int:
    """How often people came by this editor's links to what was bought, by whatever visit, in some days.

    It proves nothing about the shopper; it says whether the editor's story can be true.
    """
    begins = datetime.combine(first, time(), ZoneInfo(zone))
    values = {"editor": editor_id, "order": order_id, "zone": zone, "earliest": begins}
    return int(db.session.scalars(_TOWARDS, values | {"first": first, "last": last}).one())
