from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select, text
from sqlalchemy.orm import joinedload

from commissions.payees.models import Payee
from commissions.payouts.models import OPEN, PAID, Payout, PayoutRun, PayoutStatus, RunStatus
from foundation import clock
from foundation.db import db
from foundation.money import Money
from foundation.payments.objects import Expectation, PayeeStatus

# What may still go out of an approved run.
TO_SEND = (
    PayoutStatus.APPROVED,
    PayoutStatus.SENDING,
    PayoutStatus.BLOCKED,
    PayoutStatus.PAUSED,
    PayoutStatus.FAILED,
)


@dataclass(frozen=True, slots=True)
class RunTotal:
    """A run with its sums. `count` leaves out what was cancelled."""

    run: PayoutRun
    count: int
    amount: Money
    sent_count: int
    sent: Money
    blocked_count: int


@dataclass(frozen=True, slots=True)
class PayoutLine:
    """One editor's part of a run: commission that became payable, what was taken back, from how many
    orders.
    """

    payout: Payout
    orders: int
    earned_minor: int
    taken_minor: int
    first: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """An editor's unpaid balance that no run holds."""

    editor_id: int
    name: str
    handle: str
    amount_minor: int
    orders: int
    ready: bool


def run_by_id(run_id: int) -> PayoutRun | None:
    """A run with the two people of it."""
    return db.session.scalars(
        select(PayoutRun)
        .where(PayoutRun.id == run_id)
        .options(joinedload(PayoutRun.prepared_by), joinedload(PayoutRun.approved_by))
    ).one_or_none()


def runs(limit: int = 60) -> list[RunTotal]:
    """The runs, newest first, with what each is worth."""
    found = db.session.scalars(
        select(PayoutRun)
        .options(joinedload(PayoutRun.prepared_by), joinedload(PayoutRun.approved_by))
        .order_by(PayoutRun.id.desc())
        .limit(limit)
    ).all()
    return totals_of(found)


def run_total(run: PayoutRun) -> RunTotal:
    """One run with its sums."""
    return totals_of([run])[0]


def totals_of(found: Sequence[PayoutRun]) -> list[RunTotal]:
    """These runs with their sums, in one statement."""
    live = Payout.status != PayoutStatus.CANCELLED
    paid = Payout.status.in_(PAID)
    rows = db.session.execute(
        select(
            Payout.run_id,
            func.count().filter(live),
            func.coalesce(func.sum(Payout.amount_minor).filter(live), 0),
            func.count().filter(paid),
            func.coalesce(func.sum(Payout.amount_minor).filter(paid), 0),
            func.count().filter(Payout.status == PayoutStatus.BLOCKED),
        )
        .where(Payout.run_id.in_([run.id for run in found]))
        .group_by(Payout.run_id)
    )
    sums = {row[0]: tuple(int(value) for value in row[1:]) for row in rows}
    totals = []
    for run in found:
        count, amount, sent_count, sent, blocked = sums.get(run.id, (0, 0, 0, 0, 0))
        totals.append(
            RunTotal(run, count, Money(amount, run.currency), sent_count, Money(sent, run.currency), blocked)
        )
    return totals


def open_runs() -> Sequence[int]:
    """Approved runs that are not done: the sweep looks at them, and at those that ask again while a call is
    out.
    """
    going = RunStatus.APPROVED, RunStatus.AGAIN
    return db.session.scalars(
        select(PayoutRun.id).where(PayoutRun.status.in_(going)).order_by(PayoutRun.id)
    ).all()


def to_send(run_id: int, *, by_hand: bool = True) -> Sequence[Payout]:
    """What of an approved run has not gone out, in the order it is sent; of one that asks again what has a
    call out.

    Not by hand: without what Stripe refused, and blocked ones only when the editor's account is ready now.
    """
    statement = (
        select(Payout)
        .join(PayoutRun, PayoutRun.id == Payout.run_id)
        .outerjoin(Payee, Payee.editor_id == Payout.editor_id)
        .where(
            Payout.run_id == run_id,
            or_(
                and_(PayoutRun.status == RunStatus.APPROVED, Payout.status.in_(TO_SEND)),
                and_(PayoutRun.status == RunStatus.AGAIN, Payout.status == PayoutStatus.SENDING),
            ),
        )
        .order_by(Payout.id)
    )
    if not by_hand:
        statement = statement.where(
            Payout.status != PayoutStatus.FAILED,
            or_(
                Payout.status != PayoutStatus.BLOCKED,
                and_(
                    Payee.status == PayeeStatus.ACTIVE,
                    or_(Payee.paused_until.is_(None), Payee.paused_until <= clock.now()),
                ),
            ),
        )
    return db.session.scalars(statement).all()


def payout_by_id(payout_id: int) -> Payout | None:
    return db.session.scalars(
        select(Payout)
        .where(Payout.id == payout_id)
        .options(
            joinedload(Payout.editor),
            joinedload(Payout.run).joinedload(PayoutRun.prepared_by),
            joinedload(Payout.run).joinedload(PayoutRun.approved_by),
        )
    ).one_or_none()


def lines_of(run_id: int) -> list[PayoutLine]:
    """Who is paid by a run, the largest first, with what each amount is made of."""
    payouts = db.session.scalars(
        select(Payout)
        .where(Payout.run_id == run_id)
        .options(joinedload(Payout.editor))
        .order_by(Payout.amount_minor.desc(), Payout.id)
    ).all()
    rows = db.session.execute(
        text(
            """
            SELECT m.payout_id, count(DISTINCT c.order_id),
                   coalesce(sum(m.amount_minor) FILTER (WHERE m.amount_minor > 0), 0)::bigint,
                   coalesce(sum(m.amount_minor) FILTER (WHERE m.amount_minor < 0), 0)::bigint
            FROM payable_movements m
            LEFT JOIN commissions c ON c.id = m.commission_id
            WHERE m.payout_id = ANY(:ids) AND m.kind <> 'paid_out'
            GROUP BY m.payout_id
            """
        ),
        {"ids": [payout.id for payout in payouts]},
    )
    parts = {row[0]: (int(row[1]), int(row[2]), int(row[3])) for row in rows}
    earlier = set(
        db.session.scalars(
            select(Payout.editor_id).where(
                Payout.editor_id.in_([payout.editor_id for payout in payouts]),
                Payout.run_id < run_id,
                Payout.status.in_(PAID),
            )
        )
    )
    return [
        PayoutLine(payout, *parts.get(payout.id, (0, 0, 0)), payout.editor_id not in earlier)
        for payout in payouts
    ]


def owed(currency: str) -> list[Owed]:
    """Everybody with an unpaid balance that lies in no payout, the largest first; debts have a minus."""
    rows = db.session.execute(
        text(
            """
            SELECT e.id, e.name, e.handle, sum(m.amount_minor)::bigint, count(DISTINCT c.order_id),
                   coalesce(bool_or(p.status = 'active'), false)
            FROM payable_movements m
            JOIN editors e ON e.id = m.editor_id
            LEFT JOIN commissions c ON c.id = m.commission_id
            LEFT JOIN payees p ON p.editor_id = e.id
            WHERE m.payout_id IS NULL AND m.currency = :currency
            GROUP BY e.id HAVING sum(m.amount_minor) <> 0
            ORDER BY sum(m.amount_minor) DESC, e.id
            """
        ),
        {"currency": currency},
    )
    return [Owed(row[0], row[1], row[2], int(row[3]), int(row[4]), row[5]) for row in rows]


def came_back() -> Sequence[Payout]:
    """Payouts of which something was taken back at Stripe that finance has not booked yet, oldest first."""
    return db.session.scalars(
        select(Payout)
        .where(Payout.reversed_minor > Payout.restored_minor)
        .options(joinedload(Payout.editor))
        .order_by(Payout.id)
    ).all()


def payouts_of(editor_id: int) -> Sequence[Payout]:
    """What an editor was or is being paid, newest first."""
    return db.session.scalars(
        select(Payout)
        .where(Payout.editor_id == editor_id, Payout.status != PayoutStatus.CANCELLED)
        .options(joinedload(Payout.run))
        .order_by(Payout.id.desc())
    ).all()


def held_minor(currency: str) -> tuple[int, int]:
    """What disputes and holds keep back: the sum, and of how many editors."""
    row = db.session.execute(
        text(
            "SELECT coalesce(sum(minor), 0)::bigint, count(DISTINCT editor_id) FROM ("
            "SELECT editor_id, accrued_minor - reversed_minor AS minor FROM commissions "
            "WHERE status = 'held' AND currency = :currency UNION ALL "
            "SELECT editor_id, amount_minor - reversed_minor FROM awards "
            "WHERE status = 'held' AND currency = :currency) held"
        ),
        {"currency": currency},
    ).one()
    return int(row[0]), int(row[1])


def believed_transfers(since: datetime) -> list[Expectation]:
    """What we believe of every transfer sent since then, for reconciling with Stripe."""
    payouts = db.session.scalars(
        select(Payout).where(Payout.sent_at >= since, Payout.transfer_id.is_not(None)).order_by(Payout.id)
    )
    return [
        Expectation(
            kind="transfer",
            stripe_id=payout.transfer_id or "",
            ours=f"payout {payout.id}",
            amount=payout.amount,
            # Nothing of ours takes a transfer back: what the Dashboard did counts once it is booked.
            reversed=Money(payout.restored_minor, payout.currency),
        )
        for payout in payouts
    ]


def in_other_runs_minor(run_id: int, currency: str) -> int:
    """What lies in payouts of other runs that are not finished (blocked ones, mostly)."""
    return int(
        db.session.scalars(
            select(func.coalesce(func.sum(Payout.amount_minor), 0)).where(
                Payout.run_id != run_id, Payout.currency == currency, Payout.status.in_(OPEN)
            )
        ).one()
    )
