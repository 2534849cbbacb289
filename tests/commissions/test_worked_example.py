"""The worked example of the product, to the cent, with the books proved after every step.

The expected cents are worked out here with fractions and share no code with the project.
"""

from fractions import Fraction
from math import floor

from sqlalchemy import select

from commissions.accruals.actions import mature
from commissions.accruals.models import Commission
from commissions.ledger.queries import editor_balance
from commissions.payouts.actions import prepare_run
from commissions.payouts.approving import approve_run
from commissions.payouts.models import Payout
from commissions.payouts.sending import claim
from commissions.payouts.sent import record_sent
from commissions.statements.proof import verify
from foundation.db import db
from foundation.money import Money
from tests.commissions.sales import (
    TESTS,
    click,
    deliver,
    give_back,
    sell,
    tell_delivered,
    tell_paid,
    tell_refunded,
)


def by_hand(paid_cents: int) -> int:
    """12 % of the price without 22 % tax: the net half up to the cent, the commission down to the cent."""
    net = floor(Fraction(paid_cents * 100, 122) + Fraction(1, 2))
    return floor(Fraction(net * 12, 100))


def figures(editor_id: int) -> tuple[int, int, int]:
    proof = verify()
    assert proof.ok, (proof.fault, proof.row)
    balance = editor_balance(editor_id, "EUR")
    return balance.pending.minor, balance.payable.minor, balance.paid_out.minor


def pay_out(shop, transfer_id: str) -> int:
    run = prepare_run(actor=TESTS, account_id=shop.sara_id, currency="EUR", minimum=Money(1000, "EUR"))
    approve_run(actor=TESTS, account_id=shop.luca_id, run_id=run.id)
    payout = db.session.scalars(select(Payout).where(Payout.run_id == run.id)).one()
    claimed = claim(actor=TESTS, payout_id=payout.id)
    assert claimed is not None
    record_sent(actor=TESTS, payout_id=payout.id, transfer_id=transfer_id, amount=claimed.amount)
    return claimed.amount.minor


def test_the_worked_example_reaches_its_cents(shop, work, clock):
    assert [by_hand(5000), by_hand(8000), by_hand(6000)] == [491, 786, 590]
    with work():
        click(shop.code, "visit-1")
    clock.advance(minutes=20)
    with work():
        order = sell(shop.product_id, visit="visit-1")
        tell_paid(order)
    with work():
        accrued = db.session.scalars(select(Commission).order_by(Commission.id)).all()
        assert [one.accrued_minor for one in accrued] == [491, 786, 590]
        assert [one.base_minor for one in accrued] == [4098, 6557, 4918]
        assert figures(shop.editor_id) == (1867, 0, 0)
    with work():
        refund = give_back(order, 3, 3000)
        tell_refunded(order, refund)
    with work():
        assert figures(shop.editor_id) == (1572, 0, 0)
        shirts = db.session.scalars(select(Commission).order_by(Commission.id.desc()).limit(1)).one()
        assert (shirts.amount_minor, shirts.reversed_minor) == (295, 295)
        assert shirts.amount_minor == by_hand(3000)
    clock.advance(days=2)
    with work():
        deliver(order)
        tell_delivered(order)
        assert figures(shop.editor_id) == (1572, 0, 0)
    clock.advance(days=29, hours=23)
    with work():
        assert mature(actor=TESTS) == 0
    clock.advance(hours=1)
    with work():
        assert mature(actor=TESTS) == 3
        assert figures(shop.editor_id) == (0, 1572, 0)
    with work():
        assert pay_out(shop, "tr_1") == 1572
    with work():
        assert figures(shop.editor_id) == (0, 0, 1572)
    with work():
        refund = give_back(order, 2, 8000)
        tell_refunded(order, refund)
    with work():
        assert figures(shop.editor_id) == (0, -786, 1572)
        assert editor_balance(shop.editor_id, "EUR").debt == Money(786, "EUR")


def test_a_debt_is_netted_from_the_next_payout(shop, work, clock):
    def sale_that_matures(visit: str) -> int:
        with work():
            click(shop.code, visit, visitor=visit.encode().ljust(16))
        clock.advance(minutes=20)
        with work():
            order = sell(shop.product_id, visit=visit)
            tell_paid(order)
            deliver(order)
            tell_delivered(order)
        clock.advance(days=31)
        with work():
            assert mature(actor=TESTS) == 3
        return order

    first = sale_that_matures("visit-1")
    with work():
        assert pay_out(shop, "tr_1") == 1867
    with work():
        refund = give_back(first, 2, 8000)
        tell_refunded(first, refund)
    sale_that_matures("visit-2")
    with work():
        assert pay_out(shop, "tr_2") == 1867 - 786
    with work():
        assert figures(shop.editor_id) == (0, 0, 1867 + 1867 - 786)
