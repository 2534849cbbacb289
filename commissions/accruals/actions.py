"""The writers of commissions. Each brings them to their target from what the order says now, so that it does
not matter how often, how late or in which order the news of a sale arrives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert as insert_or_skip

from commissions.accruals import policy
from commissions.accruals.facts import SaleSettled
from commissions.accruals.models import Commission
from commissions.accruals.policy import COMMISSION_MOVES, CommissionStatus
from commissions.accruals.rating import Rated, rates_of
from commissions.claims.correcting import lock_decisions
from commissions.claims.models import Receipt
from commissions.claims.queries import current_receipt, shares_of
from commissions.holds.queries import held_editors
from commissions.ledger.actions import EntryDraft, post_all, transfer
from commissions.ledger.models import EDITOR_KINDS, AccountKind, EntryKind, Side
from foundation import clock, facts
from foundation.actors import Actor
from foundation.db import db
from foundation.money import ONE, Money
from storefront.catalog.naming import piece_name
from storefront.orders.models import Dispute
from storefront.orders.queries import Sale, SaleLine, sale

BATCH = 500
# What is on its way is still owed, so that asking Stripe for a transfer moves nothing here; its answer does.
OWED = frozenset({AccountKind.EDITOR_PAYABLE, AccountKind.EDITOR_DEBT, AccountKind.EDITOR_TRANSIT})


def accrue(*, actor: Actor, of: Sale, receipt: Receipt) -> int:
    """Note the commissions of a paid order for whoever its receipt names; returns how many were new.

    Rate and split are frozen here. A line has one commission an editor by constraint: told again, nothing is
    new.
    """
    if receipt.editor_id is None:
        return 0
    parties = _parties(receipt)
    rated = rates_of(of, receipt.editor_id)
    rows = [
        _new_row(of, line, receipt, party, rate)
        for line, rate in zip(of.lines, rated, strict=True)
        for party in parties
    ]
    if not rows:
        return 0
    statement = insert_or_skip(Commission).on_conflict_do_nothing().returning(Commission)
    made = db.session.scalars(statement, rows).all()
    house = (AccountKind.HOUSE_COMMISSION, None)
    post_all(
        actor=actor,
        entries=[
            transfer(
                key=f"commission:{one.id}:1",
                kind=EntryKind.ACCRUED,
                amount=one.amount,
                debit=house,
                credit=(AccountKind.EDITOR_PENDING, one.editor_id),
                commission_id=one.id,
            )
            for one in made
            if one.accrued_minor
        ],
    )
    return len(made)


def settle(
    *,
    actor: Actor,
    order_id: int,
    return_days: int,
    refund_id: int | None = None,
    corrected: bool = False,
) -> None:
    """Bring every commission of an order to what the order is now: refunds, delivery, disputes, holds, whose
    it is.

    The rows are locked before the order is read, so the last of two workers sees everything the first saw;
    the first decision on the order is locked before them, so that nobody misses what a correction adds.
    What is payable `return_days` after delivery keeps the day it was promised, whatever the setting is later.
    `corrected`: a new decision moved the credit, and what the one before loses by it is booked as such.
    """
    if not lock_decisions(order_id):
        return
    locked = db.session.scalars(
        select(Commission)
        .where(Commission.order_id == order_id)
        .order_by(Commission.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if not locked:
        return
    now = sale(order_id)
    counting = current_receipt(order_id).id
    held = held_editors(order_id)
    lines = {line.line_id: line for line in now.lines}
    plans = []
    for one in locked:
        line = lines[one.order_line_id]
        one.refunded_minor = one.paid_minor - line.counted_minor
        one.refunded_quantity = line.refunded_quantity
        if one.due_at is None:
            one.due_at = policy.due_at(now.delivered_at, return_days)
        plans.append(
            _plan(one, now.dispute, credited=one.receipt_id == counting, stopped=one.editor_id in held)
        )
    _carry_out(actor, plans, refund_id, corrected=corrected)
    facts.record(SaleSettled(order_id=order_id))


def mature(*, actor: Actor, now: datetime | None = None, limit: int = BATCH) -> int:
    """Make payable what was delivered long enough ago; at most `limit` commissions. Returns how many.

    A row that another worker holds is left to it.
    """
    moment = now or clock.now()
    due = db.session.scalars(
        select(Commission)
        .where(Commission.status == CommissionStatus.PENDING, Commission.due_at <= moment)
        .order_by(Commission.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    for one in due:
        one.matured_at = moment
    plans = [_Plan(one, CommissionStatus.PAYABLE, one.amount_minor) for one in due]
    _carry_out(actor, plans, None)
    return len(due)


@dataclass(frozen=True, slots=True)
class _Plan:
    commission: Commission
    status: CommissionStatus
    amount: int
    credited: bool = True


@dataclass(frozen=True, slots=True)
class _Party:
    """Who earns: `part` of the `split`, in basis points."""

    editor_id: int
    split: list[int]
    part: int


def _parties(receipt: Receipt) -> list[_Party]:
    """The winner alone, or the authors of the look but for those whose share is withheld."""
    if receipt.editor_id is None:
        return []
    shares = shares_of(receipt.id)
    if not shares:
        return [_Party(receipt.editor_id, [ONE], 0)]
    split = [one.share_bps for one in shares]
    return [_Party(one.editor_id, split, one.part) for one in shares if one.withheld is None]


def _new_row(of: Sale, line: SaleLine, receipt: Receipt, party: _Party, rate: Rated) -> dict[str, object]:
    whole = policy.commission_minor(line.paid_minor, line.tax_bps, rate.rate_bps, rate.cap_minor)
    return {
        "order_id": of.order_id,
        "order_line_id": line.line_id,
        "order_number": of.number,
        "editor_id": party.editor_id,
        "receipt_id": receipt.id,
        "rate_card_id": rate.decision.card.id,
        "piece": piece_name(line, "en"),
        "piece_it": piece_name(line, "it"),
        "currency": of.currency,
        "unit_price_minor": line.unit_price_minor,
        "quantity": line.quantity,
        "paid_minor": line.paid_minor,
        "refunded_minor": 0,
        "refunded_quantity": 0,
        "tax_bps": line.tax_bps,
        "rate_bps": rate.rate_bps,
        "cap_minor": rate.cap_minor,
        "trace": rate.trace,
        "base_minor": Money(line.paid_minor, of.currency).net_of_tax(line.tax_bps).minor,
        "split": party.split,
        "part": party.part,
        "accrued_minor": policy.part_minor(whole, party.split, party.part),
        "reversed_minor": 0,
        "status": CommissionStatus.PENDING,
        "changes": 1,
        "accrued_at": clock.now(),
    }


def _plan(one: Commission, dispute: str, *, credited: bool, stopped: bool) -> _Plan:
    facts = policy.Facts(
        paid_minor=one.paid_minor,
        refunded_minor=one.refunded_minor,
        tax_bps=one.tax_bps,
        rate_bps=one.rate_bps,
        accrued=one.accrued_minor > 0,
        disputed=dispute == Dispute.OPEN,
        matured=one.matured_at is not None,
        settled=one.paid_at is not None,
        cap_minor=one.cap_minor,
        split=one.split,
        part=one.part,
        credited=credited,
        stopped=stopped,
    )
    target = policy.target_minor(facts)
    return _Plan(one, policy.status_for(facts, target), target, credited)


def _carry_out(
    actor: Actor, plans: Sequence[_Plan], refund_id: int | None, *, corrected: bool = False
) -> None:
    entries: list[EntryDraft] = []
    for plan in plans:
        one = plan.commission
        for change in policy.changes(one.status, one.amount_minor, plan.status, plan.amount):
            one.changes += 1
            entries.append(
                transfer(
                    key=f"commission:{one.id}:{one.changes}",
                    kind=EntryKind.CORRECTED if corrected and not plan.credited else change.kind,
                    amount=Money(change.amount, one.currency),
                    debit=_account(change.debit, one),
                    credit=_account(change.credit, one),
                    commission_id=one.id,
                    refund_id=refund_id,
                )
            )
        one.reversed_minor = one.accrued_minor - plan.amount
        if plan.status != one.status:
            COMMISSION_MOVES.move(one, plan.status)
    ids = post_all(actor=actor, entries=entries)
    note_payables([(ids[entry.key], entry) for entry in entries])
    db.session.flush()


def _account(kind: AccountKind, one: Commission) -> tuple[AccountKind, int | None]:
    return kind, one.editor_id if kind in EDITOR_KINDS else None


def note_payables(entries: Sequence[tuple[int, EntryDraft]]) -> None:
    """Write beside the books what each entry did to what an editor is owed, for runs and statements.

    Only what pays out lies in its payout from the start; all else waits for a run to take it.
    """
    rows = [
        (
            entry_id,
            touched[0].editor_id,
            entry.commission_id,
            entry.payout_id if entry.kind is EntryKind.PAID_OUT else None,
            entry.kind.value,
            touched[0].amount.currency,
            sum(leg.amount.minor if leg.side is Side.CREDIT else -leg.amount.minor for leg in touched),
        )
        for entry_id, entry in entries
        if (touched := [leg for leg in entry.legs if leg.kind in OWED])
    ]
    if not rows:
        return
    names = ("entries", "editors", "commissions", "payouts", "kinds", "currencies", "amounts")
    db.session.execute(
        text(
            """
            INSERT INTO payable_movements
                (entry_id, editor_id, commission_id, payout_id, kind, currency, amount_minor, at)
            SELECT new.*, e.at
            FROM unnest(CAST(:entries AS bigint[]), CAST(:editors AS bigint[]),
                        CAST(:commissions AS bigint[]), CAST(:payouts AS bigint[]),
                        CAST(:kinds AS text[]), CAST(:currencies AS text[]), CAST(:amounts AS bigint[]))
                 AS new(entry_id, editor_id, commission_id, payout_id, kind, currency, amount)
            JOIN ledger_entries e ON e.id = new.entry_id
            """
        ),
        dict(zip(names, (list(column) for column in zip(*rows, strict=True)), strict=True)),
    )
