from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select, text

from commissions.accruals.models import Commission, PayableMovement
from commissions.accruals.policy import UNPAID, CommissionStatus
from commissions.claims.models import Receipt
from commissions.holds.models import Hold, HoldSource
from editors.membership.models import Editor
from foundation.db import db


def commissions_of_order(order_id: int) -> Sequence[Commission]:
    """The commissions of an order, line by line."""
    return db.session.scalars(
        select(Commission)
        .where(Commission.order_id == order_id)
        .order_by(Commission.order_line_id, Commission.part)
    ).all()


def earned_by_editor(order_id: int) -> dict[int, int]:
    """What each editor earns on an order as it stands, in minor units; who had it and lost it with 0."""
    rows = db.session.execute(
        select(Commission.editor_id, func.sum(Commission.accrued_minor - Commission.reversed_minor))
        .where(Commission.order_id == order_id)
        .group_by(Commission.editor_id)
    )
    return {int(editor): int(amount) for editor, amount in rows}


def paid_by_editor(order_id: int) -> dict[int, int]:
    """What of an order's commissions was paid out to each editor and still stands, in minor units."""
    rows = db.session.execute(
        select(Commission.editor_id, func.sum(Commission.accrued_minor - Commission.reversed_minor))
        .where(Commission.order_id == order_id, Commission.status == CommissionStatus.PAID)
        .group_by(Commission.editor_id)
    )
    return {int(editor): int(amount) for editor, amount in rows}


def to_hold(order_id: int) -> list[tuple[int, str]]:
    """Whose commission on an order could still be kept from going out by staff: editor and name."""
    by_hand = select(Hold.editor_id).where(
        Hold.order_id == order_id, Hold.source == HoldSource.STAFF, Hold.released_at.is_(None)
    )
    rows = db.session.execute(
        select(Editor.id, Editor.name)
        .join(Commission, Commission.editor_id == Editor.id)
        .where(
            Commission.order_id == order_id,
            Commission.status.in_(UNPAID),
            Commission.editor_id.not_in(by_hand),
        )
        .distinct()
        .order_by(Editor.id)
    )
    return [(int(row[0]), str(row[1])) for row in rows]


def carried_of(commission_ids: Sequence[int]) -> dict[int, int]:
    """What the payout of each commission carried for it, in minor units."""
    rows = db.session.execute(
        select(PayableMovement.commission_id, func.sum(PayableMovement.amount_minor))
        .join(Commission, Commission.id == PayableMovement.commission_id)
        .where(
            PayableMovement.commission_id.in_(commission_ids),
            PayableMovement.payout_id == Commission.payout_id,
        )
        .group_by(PayableMovement.commission_id)
    )
    return {int(row[0] or 0): int(row[1]) for row in rows}


@dataclass(frozen=True, slots=True)
class OrderSum:
    """An editor's commissions on one order, added up. `status` is the earliest stage any of them is in."""

    order_id: int
    accrued_minor: int
    amount_minor: int
    statuses: frozenset[str]
    due_at: datetime | None
    paid_at: datetime | None

    @property
    def status(self) -> CommissionStatus:
        for stage in (
            CommissionStatus.HELD,
            CommissionStatus.PENDING,
            CommissionStatus.PAYABLE,
            CommissionStatus.PAID,
        ):
            if stage in self.statuses:
                return stage
        return CommissionStatus.REVERSED


def sums_by_order(editor_id: int, order_ids: Sequence[int]) -> dict[int, OrderSum]:
    """What an editor earns on each of these orders."""
    rows = db.session.execute(
        select(
            Commission.order_id,
            func.sum(Commission.accrued_minor),
            func.sum(Commission.accrued_minor - Commission.reversed_minor),
            func.array_agg(Commission.status.distinct()),
            func.max(Commission.due_at),
            func.max(Commission.paid_at),
        )
        .where(Commission.editor_id == editor_id, Commission.order_id.in_(order_ids))
        .group_by(Commission.order_id)
    )
    return {
        row[0]: OrderSum(row[0], int(row[1]), int(row[2]), frozenset(row[3]), row[4], row[5]) for row in rows
    }


def lines_of(
    editor_id: int, status: CommissionStatus | None, *, limit: int, offset: int = 0
) -> Sequence[tuple[Commission, Receipt]]:
    """An editor's commissions, newest first, each with the receipt that explains it."""
    statement = (
        select(Commission, Receipt)
        .join(Receipt, Receipt.id == Commission.receipt_id)
        .where(Commission.editor_id == editor_id)
        .order_by(Commission.accrued_at.desc(), Commission.id.desc())
        .limit(limit)
        .offset(offset)
    )
    if status is not None:
        statement = statement.where(Commission.status == status)
    return [(row[0], row[1]) for row in db.session.execute(statement)]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many commissions are in each stage, and what of the pending ones becomes payable by itself.

    `joins_minor` is what does so before a moment, the last of it at `joins_at`; `later_minor` what does after
    it, the first of it at `later_at`. What is not delivered yet has no day and is in neither.
    """

    by_status: dict[str, int]
    joins_minor: int
    joins_at: datetime | None
    later_minor: int
    later_at: datetime | None


def counts_of(editor_id: int, currency: str, until: datetime) -> Counts:
    """How an editor's commissions are spread over the stages, and what becomes payable until a moment."""
    rows = db.session.execute(
        select(Commission.status, func.count())
        .where(Commission.editor_id == editor_id, Commission.currency == currency)
        .group_by(Commission.status)
    )
    amount = Commission.accrued_minor - Commission.reversed_minor
    joins = Commission.due_at < until
    due = db.session.execute(
        select(
            func.coalesce(func.sum(amount).filter(joins), 0),
            func.max(Commission.due_at).filter(joins),
            func.coalesce(func.sum(amount).filter(~joins), 0),
            func.min(Commission.due_at).filter(~joins),
        ).where(
            Commission.editor_id == editor_id,
            Commission.currency == currency,
            Commission.status == CommissionStatus.PENDING,
            Commission.due_at.is_not(None),
        )
    ).one()
    by_status = {str(row[0]): int(row[1]) for row in rows}
    return Counts(by_status, int(due[0]), due[1], int(due[2]), due[3])


def weeks_of(editor_id: int, currency: str, zone: str, since: datetime) -> dict[date, int]:
    """Commission by the week it was earned in (Mondays, in the shop's zone), after what came back."""
    rows = db.session.execute(
        text(
            """
            SELECT date_trunc('week', accrued_at AT TIME ZONE :zone)::date,
                   sum(accrued_minor - reversed_minor)::bigint
            FROM commissions
            WHERE editor_id = :editor AND currency = :currency AND accrued_at >= :since
            GROUP BY 1 ORDER BY 1
            """
        ),
        {"editor": editor_id, "currency": currency, "zone": zone, "since": since},
    )
    return {row[0]: int(row[1]) for row in rows}
