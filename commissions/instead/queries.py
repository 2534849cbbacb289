from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, text
from sqlalchemy.orm import joinedload

from commissions.accruals.models import PayableMovement
from commissions.instead.models import Cause, CausePayment, CauseStatus, TurnedPayable
from foundation.db import db
from foundation.money import Money


def unpaid(editor_id: int, currency: str) -> Money:
    """What is payable to an editor and lies in no payout, debts netted; never below zero."""
    found = db.session.scalar(
        select(func.coalesce(func.sum(PayableMovement.amount_minor), 0)).where(
            PayableMovement.editor_id == editor_id,
            PayableMovement.currency == currency,
            PayableMovement.payout_id.is_(None),
        )
    )
    return Money(max(0, int(found or 0)), currency)


def turned_by(editor_id: int, limit: int = 20) -> Sequence[TurnedPayable]:
    """What an editor took instead of a payout, newest first."""
    return db.session.scalars(
        select(TurnedPayable)
        .where(TurnedPayable.editor_id == editor_id)
        .options(joinedload(TurnedPayable.cause))
        .order_by(TurnedPayable.id.desc())
        .limit(limit)
    ).all()


def open_causes() -> Sequence[Cause]:
    """What editors can give to, in the order it was named."""
    return db.session.scalars(select(Cause).where(Cause.status == CauseStatus.OPEN).order_by(Cause.id)).all()


def cause_by_id(cause_id: int) -> Cause | None:
    return db.session.get(Cause, cause_id)


def owed_to_cause(cause_id: int, currency: str) -> Money:
    """What was given to a cause and not handed on."""
    given = db.session.scalar(
        select(func.coalesce(func.sum(TurnedPayable.amount_minor), 0)).where(
            TurnedPayable.cause_id == cause_id, TurnedPayable.currency == currency
        )
    )
    paid = db.session.scalar(
        select(func.coalesce(func.sum(CausePayment.amount_minor), 0)).where(
            CausePayment.cause_id == cause_id, CausePayment.currency == currency
        )
    )
    return Money(int(given or 0) - int(paid or 0), currency)


def payments_of(cause_id: int) -> Sequence[CausePayment]:
    """What a cause was handed, newest first."""
    return db.session.scalars(
        select(CausePayment)
        .where(CausePayment.cause_id == cause_id)
        .order_by(CausePayment.id.desc())
        .limit(60)
    ).all()


@dataclass(frozen=True, slots=True)
class CauseTotal:
    """A cause with what was given to it, by how many, and what is still owed to it."""

    cause: Cause
    given: Money
    editors: int
    owed: Money


def causes(currency: str) -> list[CauseTotal]:
    """Every cause with its sums: those that are open first, then by name. Two statements."""
    rows = db.session.execute(
        text(
            """
            SELECT cause_id, sum(given)::bigint, max(editors), sum(given - paid)::bigint FROM (
                SELECT cause_id, sum(amount_minor) AS given, 0 AS paid, count(DISTINCT editor_id) AS editors
                FROM turned_payables WHERE cause_id IS NOT NULL AND currency = :currency GROUP BY cause_id
                UNION ALL
                SELECT cause_id, 0, sum(amount_minor), 0
                FROM cause_payments WHERE currency = :currency GROUP BY cause_id
            ) sums GROUP BY cause_id
            """
        ),
        {"currency": currency},
    )
    sums = {row[0]: (int(row[1]), int(row[2]), int(row[3])) for row in rows}
    found = db.session.scalars(select(Cause).order_by(Cause.status.desc(), Cause.name)).all()
    return [
        CauseTotal(cause, Money(given, currency), editors, Money(owed, currency))
        for cause in found
        for given, editors, owed in (sums.get(cause.id, (0, 0, 0)),)
    ]
