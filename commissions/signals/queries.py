from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from commissions.accruals.models import Commission
from commissions.accruals.policy import UNPAID, CommissionStatus
from commissions.claims.models import Receipt, Share
from commissions.claims.queries import CURRENT
from commissions.holds.models import Hold, HoldSource
from commissions.signals.models import OPEN, Case, CaseStatus, Noticed
from commissions.signals.policy import Kind
from foundation.db import db

PAGE_SIZE = 40
SHOWN_TO_EDITOR = 50
WHOLE = (joinedload(Case.editor), selectinload(Case.noticed))


class Pile(StrEnum):
    """Which cases staff look through."""

    HELD = "held"
    FLAGGED = "flagged"
    DECIDED = "decided"


PILES: dict[Pile, tuple[CaseStatus, ...]] = {
    Pile.HELD: (CaseStatus.HELD,),
    Pile.FLAGGED: (CaseStatus.FLAGGED,),
    Pile.DECIDED: (CaseStatus.RELEASED, CaseStatus.REVERSED),
}


def case_by_id(case_id: int) -> Case | None:
    """One case with its editor and what was noticed."""
    return db.session.scalars(select(Case).where(Case.id == case_id).options(*WHOLE)).one_or_none()


def pile_of(pile: Pile, kind: Kind | None, page: int) -> Sequence[Case]:
    """A page of a pile: what waits longest first, what is decided newest first."""
    statement = select(Case).where(Case.status.in_(PILES[pile]), _of_kind(kind)).options(*WHOLE)
    if pile is Pile.DECIDED:
        statement = statement.order_by(Case.decided_at.desc(), Case.id.desc())
    else:
        statement = statement.order_by(Case.opened_at, Case.id)
    return db.session.scalars(statement.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()


def piles(kind: Kind | None = None) -> dict[Pile, int]:
    """How many lie in each pile."""
    counted = db.session.execute(
        select(Case.status, func.count()).where(_of_kind(kind)).group_by(Case.status)
    )
    by_status = {str(status): int(count) for status, count in counted}
    return {pile: sum(by_status.get(one.value, 0) for one in states) for pile, states in PILES.items()}


def _of_kind(kind: Kind | None) -> ColumnElement[bool]:
    return true() if kind is None else Case.id.in_(select(Noticed.case_id).where(Noticed.kind == kind))


def cases_told(editor_id: int) -> Sequence[Case]:
    """The cases an editor knows of: whatever was held, newest first."""
    return db.session.scalars(
        select(Case)
        .where(Case.editor_id == editor_id, Case.held_at.is_not(None))
        .options(*WHOLE)
        .order_by(Case.held_at.desc(), Case.id.desc())
        .limit(SHOWN_TO_EDITOR)
    ).all()


def cases_of_order(order_id: int) -> Sequence[Case]:
    """What was noticed of one order, for staff who read its receipt."""
    return db.session.scalars(
        select(Case).where(Case.order_id == order_id).options(*WHOLE).order_by(Case.id)
    ).all()


def open_holds(editor_id: int, order_id: int | None) -> Sequence[Hold]:
    """The holds a case has laid: of its order, or of all of its editor's that have no case of their own."""
    statement = select(Hold).where(
        Hold.editor_id == editor_id, Hold.source == HoldSource.FRAUD, Hold.released_at.is_(None)
    )
    if order_id is not None:
        return db.session.scalars(statement.where(Hold.order_id == order_id)).all()
    own = select(Case.order_id).where(
        Case.editor_id == editor_id, Case.order_id.is_not(None), Case.status == CaseStatus.HELD
    )
    return db.session.scalars(statement.where(Hold.order_id.not_in(own)).order_by(Hold.order_id)).all()


def unpaid_orders(editor_id: int, order_id: int | None) -> list[tuple[int, str]]:
    """Orders of which something could still be paid out to an editor: this one, or all of them."""
    found = select(Commission.order_id, Commission.order_number).where(
        Commission.editor_id == editor_id, Commission.status.in_(UNPAID)
    )
    if order_id is not None:
        found = found.where(Commission.order_id == order_id)
    return [(row[0], row[1]) for row in db.session.execute(found.distinct().order_by(Commission.order_id))]


def standing_kinds(editor_ids: Sequence[int]) -> dict[int, tuple[set[Kind], bool]]:
    """What is noticed of all that comes by some editors and not decided on, and whether all of it is held."""
    found = db.session.execute(
        select(Case.editor_id, Case.status, Noticed.kind)
        .join(Noticed, Noticed.case_id == Case.id)
        .where(Case.editor_id.in_(editor_ids), Case.order_id.is_(None), Case.status.in_(OPEN))
    )
    standing: dict[int, tuple[set[Kind], bool]] = {}
    for editor_id, status, kind in found:
        kinds, _held = standing.get(editor_id, (set(), False))
        standing[editor_id] = (kinds | {Kind(kind)}, status == CaseStatus.HELD)
    return standing


def earns_by(editor_id: int, order_id: int) -> bool:
    """Is an order credited to an editor, alone or with another, as it is decided now?"""
    shares = select(Share.receipt_id).where(Share.receipt_id == Receipt.id, Share.editor_id == editor_id)
    statement = select(Receipt.id).where(
        Receipt.order_id == order_id, CURRENT, or_(Receipt.editor_id == editor_id, shares.exists())
    )
    return db.session.scalars(statement).first() is not None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What of an editor's commission lies still, and in how many orders."""

    minor: int
    orders: int


def waiting_of(editor_id: int, order_id: int | None, currency: str) -> Waiting:
    """What is held of an editor's commission, of one order or of all."""
    statement = select(
        func.coalesce(func.sum(Commission.accrued_minor - Commission.reversed_minor), 0),
        func.count(Commission.order_id.distinct()),
    ).where(
        Commission.editor_id == editor_id,
        Commission.currency == currency,
        Commission.status == CommissionStatus.HELD,
    )
    if order_id is not None:
        statement = statement.where(Commission.order_id == order_id)
    minor, orders = db.session.execute(statement).one()
    return Waiting(int(minor), int(orders))
