"""The steps of a life through the real actions and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select

from commissions.accruals.actions import mature
from commissions.ledger.queries import editor_balance
from commissions.payouts.actions import prepare_run
from commissions.payouts.approving import approve_run
from commissions.payouts.errors import NothingToPay
from commissions.payouts.models import BlockReason, Payout, PayoutStatus
from commissions.payouts.sending import claim, put_off
from commissions.payouts.sent import record_sent
from commissions.rates.models import RateCard
from commissions.rates.policy import CardKind, Scope
from editors.tiers.models import EditorTier, Tier
from foundation import clock as shop_clock
from foundation.db import db
from foundation.money import Money
from storefront.orders.models import Dispute
from storefront.orders.queries import sale
from tests.commissions.lives import MINIMUM, Notebook, Step
from tests.commissions.sales import (
    TESTS,
    Piece,
    click,
    deliver,
    dispute,
    fail,
    forget_sales,
    give_back,
    sell,
    tell_delivered,
    tell_disputed,
    tell_paid,
    tell_refund_failed,
    tell_refunded,
)


class StoredBooks:
    """Takes the steps of one life; `book` says how many cents a step gives back."""

    def __init__(self, work: Callable[[], Any], shop: Any, pair: Any, book: Notebook) -> None:
        self.work, self.shop, self.pair, self.book = work, shop, pair, book
        self.orders: list[int] = []
        self.refunds: list[list[int]] = []
        with work():
            forget_sales()
            db.session.execute(delete(EditorTier))
            tier = db.session.scalars(select(Tier.id).order_by(Tier.id).limit(1)).one_or_none()
            if tier is None:
                made = Tier(name="First", looks_needed=0, orders_needed=0)
                db.session.add(made)
                db.session.flush()
                tier = made.id
            self.tier: int = tier
            self._card(Scope.PROGRAMME, "", 1200)
            self._card(Scope.TIER, str(tier), None)

    def take(self, step: Step) -> None:
        """Do what a step says; called after the notebook has noted it."""
        getattr(self, f"_{step.what}")(step)

    def standing(self) -> list[tuple[int, int, int, int]]:
        with self.work():
            found = [editor_balance(one, "EUR") for one in (self.pair.giulia, self.pair.amina)]
        return [(one.pending.minor, one.held.minor, one.payable.minor, one.paid_out.minor) for one in found]

    def _card(self, scope: Scope, subject: str, rate: int | None) -> None:
        now = shop_clock.now()
        card = RateCard(
            kind=CardKind.RATE, scope=scope, subject=subject, label="", rate_bps=rate, valid_from=now,
            is_cut=False, reason="A life.", created_at=now, created_by="tests",
        )  # fmt: skip
        db.session.add(card)

    def _buy(self, step: Step) -> None:
        visit = f"visit-{len(self.orders)}"
        pieces = [Piece("Piece", unit, number, off) for unit, number, off in step.lines]
        with self.work():
            click(self.pair.codes[0] if step.two else self.shop.code, visit, visit.encode().ljust(16))
            order = sell(self.shop.product_id, pieces, visit=visit, began_ago=timedelta())
        with self.work():
            tell_paid(order)
        self.orders.append(order)
        self.refunds.append([])

    def _give_back(self, at: int, line: int, cents: int, pieces: int) -> None:
        order = self.orders[at]
        with self.work():
            refund = give_back(order, line + 1, cents, pieces, by_pieces=pieces > 0)
            tell_refunded(order, refund)
        self.refunds[at].append(refund)

    def _refund(self, step: Step) -> None:
        line = self.book.orders[step.order].lines[step.line]
        left = line.left()
        line.returned -= step.number
        before = line.left()
        line.returned += step.number
        self._give_back(step.order, step.line, before - left, step.number)

    def _exchange(self, step: Step) -> None:
        self._give_back(step.order, step.line, step.number, 0)

    def _refund_fails(self, step: Step) -> None:
        refund, order = self.refunds[step.order].pop(), self.orders[step.order]
        with self.work():
            fail(refund)
            tell_refund_failed(order, refund)

    def _cancel(self, step: Step) -> None:
        with self.work():
            kept = [one.refunded_minor for one in _lines(self.orders[step.order])]
        for at, (line, back) in enumerate(zip(self.book.orders[step.order].lines, kept, strict=True)):
            if line.paid > back:
                self._give_back(step.order, at, line.paid - back, 0)

    def _dispute(self, step: Step) -> None:
        state = ("open", "won", "lost")[step.number]
        with self.work():
            dispute(self.orders[step.order], Dispute(state), step.minor)
            tell_disputed(self.orders[step.order], "opened" if state == "open" else state)

    def _deliver(self, step: Step) -> None:
        with self.work():
            deliver(self.orders[step.order])
            tell_delivered(self.orders[step.order])

    def _wait(self, step: Step) -> None:
        shop_clock.hold(shop_clock.now() + timedelta(days=step.number))
        with self.work():
            mature(actor=TESTS)

    def _payout(self, step: Step) -> None:
        try:
            with self.work():
                run = prepare_run(
                    actor=TESTS,
                    account_id=self.shop.sara_id,
                    currency="EUR",
                    minimum=Money(MINIMUM, "EUR"),
                )
                approve_run(actor=TESTS, account_id=self.shop.luca_id, run_id=run.id)
        except NothingToPay:
            return
        with self.work():
            payouts = db.session.scalars(select(Payout.id).where(Payout.run_id == run.id)).all()
        for payout in payouts:
            with self.work():
                held = claim(actor=TESTS, payout_id=payout)
                assert held is not None
                if step.what == "payout_fails_first":
                    put_off(
                        actor=TESTS,
                        payout_id=payout,
                        status=PayoutStatus.FAILED,
                        reason=BlockReason.REFUSED,
                        held=held,
                    )
                    held = claim(actor=TESTS, payout_id=payout)
                    assert held is not None
                record_sent(actor=TESTS, payout_id=payout, transfer_id=f"tr_{payout}", amount=held.amount)

    _payout_fails_first = _payout

    def _rate(self, step: Step) -> None:
        with self.work():
            self._card(Scope.PROGRAMME, "", step.number)

    def _tier(self, step: Step) -> None:
        with self.work():
            self._card(Scope.TIER, str(self.tier), step.number)
            for editor in (self.pair.giulia, self.pair.amina):
                place = EditorTier(editor_id=editor, tier_id=self.tier, since=shop_clock.now())
                db.session.merge(place)


def _lines(order_id: int) -> Any:
    return sale(order_id).lines
