"""What an exchange does to the commission on its piece: it follows what is still paid."""

from datetime import timedelta
from fractions import Fraction
from math import floor

import pytest
from sqlalchemy import func, select

from commissions.accruals.models import Commission
from commissions.ledger.models import LedgerEntry
from commissions.ledger.queries import editor_balance
from commissions.statements.proof import verify
from foundation import clock as shop_clock
from foundation.db import db
from storefront.catalog.models import Variant
from storefront.exchanges import actions as exchanges
from storefront.exchanges.models import Exchange, ExchangeStatus
from storefront.orders.models import Refund, RefundStatus
from storefront.sendbacks import actions as sendbacks
from storefront.sendbacks.actions import Looked
from storefront.sendbacks.models import Way, Why
from tests.commissions.sales import (
    TESTS,
    Piece,
    click,
    deliver,
    line_of,
    sell,
    tell_delivered,
    tell_paid,
    tell_refunded,
)
from tests.storefront.goods import shelf


def by_hand(paid_cents: int) -> int:
    """12 % of the price without 22 % tax: the net half up to the cent, the commission down to the cent."""
    net = floor(Fraction(paid_cents * 100, 122) + Fraction(1, 2))
    return floor(Fraction(net * 12, 100))


@pytest.fixture
def sold(shop, work, clock) -> int:
    """A shirt at 50.00, sold by the editor's link, with the shopper; the order's id."""
    with work():
        first = shelf("shirt", 5000, 4, sizes=("M", "L"))
        product_id = db.session.get_one(Variant, first).product_id
        click(shop.code, "visit-1")
    clock.advance(minutes=20)
    with work():
        order_id = sell(product_id, (Piece("Shirt", 5000),), visit="visit-1")
        line_of(order_id, 1).variant_id = first
        tell_paid(order_id)
        deliver(order_id)
        tell_delivered(order_id)
    return order_id


@pytest.mark.parametrize(
    ("price", "stays"),
    [(5000, 5000), (6500, 5000), (4200, 4200), (1, 1)],
    ids=["equal", "dearer", "cheaper", "gift"],
)
def test_the_commission_is_on_what_the_shopper_still_pays_and_never_more_than_before(
    shop, work, sold, run_jobs, price, stays
):
    with work():
        line = line_of(sold, 1)
        other = db.session.scalars(
            select(Variant).where(Variant.product_id == line.product_id, Variant.id != line.variant_id)
        ).one()
        other.price_minor = price
    with work():
        back = sendbacks.ask(
            actor=TESTS,
            order_id=sold,
            chosen={line.id: (1, Why.TOO_SMALL)},
            way=Way.SHIP,
            words="",
            until=shop_clock.now() + timedelta(days=1),
            instead={line.id: other.id},
        )
        one = db.session.scalars(select(Exchange)).one()
        if one.status == ExchangeStatus.UNPAID:
            one.status, one.paid_minor = ExchangeStatus.ASKED, one.difference_minor
        before = db.session.scalar(select(func.count()).select_from(LedgerEntry))
        sendbacks.receive(actor=TESTS, number=back.number)
        looked = {line.id: Looked(1, True)}
        sendbacks.settle(actor=TESTS, number=back.number, looked=looked, reason="fits")
        exchanges.arrive(actor=TESTS, exchange_id=one.id)
    run_jobs()
    with work():
        for refund in db.session.scalars(select(Refund)):
            refund.status = RefundStatus.SUCCEEDED
            db.session.flush()
            tell_refunded(sold, refund.id)
            tell_refunded(sold, refund.id)
    with work():
        earned = db.session.scalars(select(Commission)).one()
        assert (earned.amount_minor, earned.accrued_minor) == (by_hand(stays), by_hand(5000))
        assert editor_balance(shop.editor_id, "EUR").pending.minor == by_hand(stays)
        written = (db.session.scalar(select(func.count()).select_from(LedgerEntry)) or 0) - (before or 0)
        assert written == (0 if stays == 5000 else 1)
        assert verify().ok
