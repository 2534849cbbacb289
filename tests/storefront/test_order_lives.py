"""A thousand random lives of orders against an independent book: no cent off, and every piece accounted for.

Every life is drawn from its own seed, so that one that fails can be lived again alone. Facts are handed to
their listeners at once, some of them twice, as the queue may.
"""

from __future__ import annotations

from random import Random

import pytest
from sqlalchemy import func, select

from commissions.accruals.models import Commission
from commissions.statements.proof import verify
from foundation import facts
from foundation.db import db
from storefront.catalog.models import Variant
from storefront.exchanges import letters as exchanges_write
from storefront.exchanges.models import Exchange
from storefront.fulfilment import letters as parcels_write
from storefront.orders import letters as orders_write
from storefront.orders.models import Order, Refund, RefundLine
from storefront.promotions.models import Voucher
from storefront.returns import actions as returns
from storefront.sendbacks import letters as returns_write
from storefront.stock import proof
from storefront.stock.models import StockMovement
from tests.commissions.sales import click, window_link
from tests.editors.conftest import make_editor
from tests.storefront.furnished import World
from tests.storefront.living import Life
from tests.storefront.vouchers import voucher

LIVES = 1000
SHARE = 50  # lives in one database, so that several workers share them
TOGETHER = 25  # lives in one transaction
LETTERS = (orders_write, returns_write, exchanges_write, parcels_write)


@pytest.fixture
def announced(monkeypatch) -> list[facts.Fact]:
    """Facts wait here to be heard; letters and calls of Stripe are not the matter of this test."""
    waiting: list[facts.Fact] = []
    monkeypatch.setattr(facts, "record", waiting.append)
    monkeypatch.setattr(returns, "defer", lambda *_, **__: None)
    for letters in LETTERS:
        monkeypatch.setattr(letters, "post", lambda **_: None)
    return waiting


@pytest.fixture
def world(work, announced) -> World:
    """Six garments in four sizes that cost one thing, more, and less; an editor whose link was followed."""
    with work():
        editor = make_editor()
        code = window_link(editor)
        click(code, "credited")
        made = World.furnish(announced)
        voucher("LIFE")
    return made


@pytest.mark.timeout(300)
@pytest.mark.parametrize("first", range(0, LIVES, SHARE))
def test_a_thousand_lives_of_orders_are_right_to_the_cent_and_to_the_piece(work, world, first):
    books: list[Life] = []
    for begin in range(first, first + SHARE, TOGETHER):
        with work():
            for seed in range(begin, begin + TOGETHER):
                life = Life(world, Random(seed), seed)
                life.live()
                books.append(life)
    with work():
        the_money_is_right(books)
        the_shelf_is_right(world)
        the_commissions_are_right(books)
        assert db.session.query(Voucher.uses).scalar() == sum(life.uses_voucher for life in books)
    # The lives were worth living: nearly every turn is taken in each share of them.
    seen = {step for life in books for step in life.steps}
    assert len(set(Life.STEPS) - seen) <= 4, set(Life.STEPS) - seen


def the_money_is_right(lives: list[Life]) -> None:
    own: dict[int, tuple[int, int]] = {
        row[0]: (int(row[1]), int(row[2]))
        for row in db.session.execute(
            select(Refund.order_id, func.sum(Refund.amount_minor), func.sum(Refund.shipping_minor))
            .where(Refund.payment_intent_id.is_(None), Refund.status == "succeeded")
            .group_by(Refund.order_id)
        )
    }
    captured = dict(db.session.execute(select(Order.id, Order.captured_minor)).all())
    parts: dict[int, int] = dict(
        db.session.execute(
            select(RefundLine.order_line_id, func.sum(RefundLine.amount_minor))
            .join(Refund, Refund.id == RefundLine.refund_id)
            .where(Refund.status == "succeeded")
            .group_by(RefundLine.order_line_id)
        ).all()
    )
    extra = dict(
        db.session.execute(
            select(Refund.payment_intent_id, func.sum(Refund.amount_minor))
            .where(Refund.payment_intent_id.is_not(None), Refund.status == "succeeded")
            .group_by(Refund.payment_intent_id)
        ).all()
    )
    for life in lives:
        book = life.book
        assert captured[life.order_id] == book.captured, life
        assert own.get(life.order_id, (0, 0)) == (book.refunded, book.shipping_back), life
        assert 0 <= book.refunded <= book.captured, life
        for line_id, line in book.lines.items():
            assert int(parts.get(line_id, 0)) == line.taken <= line.paid, life
        for number, paid in book.extra_paid.items():
            assert int(extra.get(f"pi_x{number}", 0)) == book.extra_back[number] <= paid, life
    paid_extra = db.session.query(func.sum(Exchange.paid_minor)).scalar()
    assert paid_extra == sum(sum(life.book.extra_paid.values()) for life in lives)


def the_shelf_is_right(world: World) -> None:
    assert proof.verify().ok
    moved: dict[tuple[int, str], int] = {
        (row[0], row[1]): int(row[2])
        for row in db.session.execute(
            select(StockMovement.variant_id, StockMovement.kind, func.sum(StockMovement.quantity)).group_by(
                StockMovement.variant_id, StockMovement.kind
            )
        )
    }
    for variant_id, on_hand in db.session.execute(select(Variant.id, Variant.on_hand)):
        shelf = world.shelf
        assert on_hand == shelf.lies(variant_id) >= 0
        assert moved.get((variant_id, "received"), 0) == shelf.received[variant_id]
        assert -moved.get((variant_id, "sold"), 0) == shelf.sold[variant_id]
        assert moved.get((variant_id, "returned"), 0) == shelf.returned[variant_id]


def the_commissions_are_right(lives: list[Life]) -> None:
    amounts: dict[int, int] = dict(
        db.session.execute(
            select(Commission.order_line_id, Commission.accrued_minor - Commission.reversed_minor)
        ).all()
    )
    for life in lives:
        for line_id in life.book.lines:
            expected = life.book.earned(line_id) if life.book.sold else 0
            assert amounts.get(line_id, 0) == expected, life
    assert verify().ok
