"""The decisions of the project without its database: rates, spreading, refunds, targets, states, entries.

Only who is paid what is added up here by hand, because that is done by SQL there.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from commissions.accruals.policy import (
    COMMISSION_MOVES,
    CommissionStatus,
    Facts,
    changes,
    commission_minor,
    due_at,
    part_minor,
    status_for,
    target_minor,
)
from commissions.ledger.models import AccountKind
from commissions.rates.policy import Card, CardKind, Scope, Situation, decide, in_force
from foundation.money import ONE, allocate
from storefront.orders.policy import after_loss, counted_minor
from tests.commissions.lives import MINIMUM, SHARES, TAX, Step

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
OWED = (AccountKind.EDITOR_PAYABLE, AccountKind.EDITOR_DEBT)
S = CommissionStatus


@dataclass
class Earned:
    """A commission: its line, and what was booked."""

    editor: int
    line: int
    split: tuple[int, ...]
    part: int
    rate: int
    accrued: int
    status: CommissionStatus = S.PENDING
    amount: int = 0
    matured: bool = False
    settled: bool = False
    unpaid: int = 0


@dataclass
class Order:
    lines: list[tuple[int, int]]  # paid, pieces
    refunds: list[tuple[int, int, int]] = field(default_factory=list)  # line, pieces, minor besides
    earned: list[Earned] = field(default_factory=list)
    dispute: str = "none"
    lost: int = 0
    delivered: datetime | None = None

    def back(self, line: int) -> tuple[int, int]:
        mine = [(pieces, minor) for at, pieces, minor in self.refunds if at == line]
        return sum(pieces for pieces, _ in mine), sum(minor for _, minor in mine)

    def counted(self) -> list[int]:
        kept = [counted_minor(*line, *self.back(at)) for at, line in enumerate(self.lines)]
        return after_loss(self.lost, kept) if self.dispute == "lost" else kept


class PureBooks:
    """Takes the steps of a life, and says how both editors stand."""

    def __init__(self) -> None:
        self.now, self.orders = BEGAN, list[Order]()
        self.cards = [self._card(1, Scope.PROGRAMME, "", 1200)]
        self.tier: int | None = None
        self.accounts: Counter[tuple[AccountKind, int | None]] = Counter()

    def take(self, step: Step) -> None:
        """Do what a step says, and bring the order it is about to its target."""
        getattr(self, f"_{step.what}")(step)
        if step.order >= 0:
            self._settle(self.orders[step.order])

    def standing(self) -> list[tuple[int, int, int, int]]:
        assert sum(self.accounts.values()) == 0
        return [
            (
                self.accounts[AccountKind.EDITOR_PENDING, editor],
                self.accounts[AccountKind.EDITOR_HELD, editor],
                sum(self.accounts[kind, editor] for kind in OWED),
                self.accounts[AccountKind.EDITOR_PAID_OUT, editor],
            )
            for editor in (0, 1)
        ]

    def _card(self, number: int, scope: Scope, subject: str, rate: int) -> Card:
        return Card(number, CardKind.RATE, scope, subject, rate, self.now)

    def _buy(self, step: Step) -> None:
        worth = [unit * pieces for unit, pieces, _ in step.lines]
        off = allocate(sum(each for _, _, each in step.lines), worth)
        lines = [(whole - each, one[1]) for whole, each, one in zip(worth, off, step.lines, strict=True)]
        order = Order(lines)
        split = SHARES if step.two else (ONE,)
        where = Situation(product_id=1, tier_id=self.tier)
        rate = decide(in_force(self.cards, self.now), where).rate_bps
        for at, (paid, _) in enumerate(lines):
            whole = commission_minor(paid, TAX, rate)
            for part in range(len(split)):
                accrued = part_minor(whole, split, part)
                one = Earned(part, at, split, part, rate, accrued, amount=accrued)
                self._book(AccountKind.HOUSE_COMMISSION, AccountKind.EDITOR_PENDING, accrued, one)
                order.earned.append(one)
        self.orders.append(order)
        self._settle(order)

    def _book(self, debit: AccountKind, credit: AccountKind, minor: int, one: Earned) -> None:
        for kind, sign in ((debit, -1), (credit, 1)):
            owner = None if kind is AccountKind.HOUSE_COMMISSION else one.editor
            self.accounts[kind, owner] += sign * minor
            if kind in OWED:
                one.unpaid += sign * minor

    def _settle(self, order: Order) -> None:
        counted = order.counted()
        for one in order.earned:
            paid = order.lines[one.line][0]
            facts = Facts(
                paid_minor=paid,
                refunded_minor=paid - counted[one.line],
                tax_bps=TAX,
                rate_bps=one.rate,
                accrued=one.accrued > 0,
                disputed=order.dispute == "open",
                matured=one.matured,
                settled=one.settled,
                split=one.split,
                part=one.part,
            )
            target = target_minor(facts)
            self._move(one, status_for(facts, target), target)

    def _move(self, one: Earned, status: CommissionStatus, amount: int) -> None:
        for change in changes(one.status, one.amount, status, amount):
            self._book(change.debit, change.credit, change.amount, one)
        if status != one.status:
            COMMISSION_MOVES.move(one, status)
        one.amount = amount

    def _refund(self, step: Step) -> None:
        self.orders[step.order].refunds.append((step.line, step.number, 0))

    def _refund_fails(self, step: Step) -> None:
        self.orders[step.order].refunds.pop()

    def _exchange(self, step: Step) -> None:
        self.orders[step.order].refunds.append((step.line, 0, step.number))

    def _cancel(self, step: Step) -> None:
        order = self.orders[step.order]
        for at, (_paid, pieces) in enumerate(order.lines):
            order.refunds.append((at, pieces - order.back(at)[0], 0))

    def _dispute(self, step: Step) -> None:
        order = self.orders[step.order]
        order.dispute, order.lost = ("open", "won", "lost")[step.number], step.minor

    def _deliver(self, step: Step) -> None:
        self.orders[step.order].delivered = self.now

    def _wait(self, step: Step) -> None:
        self.now += timedelta(days=step.number)
        for order in self.orders:
            due = due_at(order.delivered, 30)
            for one in order.earned:
                if one.status == S.PENDING and due is not None and due <= self.now:
                    one.matured = True
                    self._move(one, S.PAYABLE, one.amount)

    def _payout(self, step: Step) -> None:
        for editor in (0, 1):
            mine = [one for order in self.orders for one in order.earned if one.editor == editor]
            amount = sum(one.unpaid for one in mine)
            if amount < MINIMUM:
                continue
            self.accounts[AccountKind.EDITOR_PAYABLE, editor] -= amount
            self.accounts[AccountKind.EDITOR_PAID_OUT, editor] += amount
            for one in mine:
                if one.unpaid > 0:
                    one.settled = True
                    if one.status == S.PAYABLE:
                        COMMISSION_MOVES.move(one, S.PAID)
                one.unpaid = 0

    _payout_fails_first = _payout

    def _rate(self, step: Step) -> None:
        self.cards.append(self._card(len(self.cards) + 1, Scope.PROGRAMME, "", step.number))

    def _tier(self, step: Step) -> None:
        self.tier = 1
        self.cards.append(self._card(len(self.cards) + 1, Scope.TIER, "1", step.number))
