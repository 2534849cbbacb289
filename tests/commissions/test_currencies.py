"""A shop that counts in yen, and one that counts in ten fils: from the sale to the statement, no unit off."""

from __future__ import annotations

import csv
import dataclasses
import io
from fractions import Fraction
from math import floor

import pytest
from sqlalchemy import select

from commissions.accruals.actions import mature
from commissions.accruals.models import Commission
from commissions.ledger.queries import editor_balance
from commissions.payouts.actions import prepare_run
from commissions.payouts.approving import approve_run
from commissions.payouts.models import Payout
from commissions.payouts.sending import claim
from commissions.payouts.sent import record_sent
from commissions.rates.forms import CapForm
from commissions.statements.proof import verify
from commissions.statements.showing import as_csv, statement
from foundation import clock as shop_clock
from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.money import Money, decimal_text
from foundation.payments.limits import least_charge
from foundation.web.amounts import typed_as, typed_minor
from storefront.delivery.policy import read_bands, write_bands
from storefront.search.policy import PRICE_BANDS, price_borders
from tests.commissions.conftest import make_staff
from tests.commissions.sales import (
    TESTS,
    Piece,
    click,
    deliver,
    give_back,
    sell,
    tell_delivered,
    tell_paid,
    tell_refunded,
)

# Price of one, pieces, what the voucher takes off, pieces that come back later.
LINES = ((7_999, 3, 1_237, 1), (45_500, 1, 2_346, 0), (12_340, 2, 1_272, 2))


def half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def earned(line: tuple[int, int, int, int], tax: int, gone: int) -> int:
    """12 % of what remains of a line without its tax, in whole units of the smallest coin."""
    unit, pieces, off, _ = line
    left = half_up(Fraction((unit * pieces - off) * (pieces - gone), pieces))
    return floor(Fraction(half_up(Fraction(left * 10_000, 10_000 + tax)) * 12, 100))


@pytest.fixture
def counted_in(app, monkeypatch):
    """The shop counts in another currency."""

    def change(currency: str) -> None:
        other = dataclasses.replace(app.extensions["vetrina.settings"], currency=currency)
        monkeypatch.setitem(app.extensions, "vetrina.settings", other)

    return change


@pytest.mark.parametrize(
    ("currency", "tax", "on_paper", "shown"),
    [("JPY", 1000, "{}", "¥{:,}"), ("KWD", 500, "{}.{:02}0", "KWD{}.{:02}0")],
)
def test_from_the_sale_to_the_statement_no_unit_is_off(
    shop, counted_in, work, clock, client_of, currency, tax, on_paper, shown
):
    counted_in(currency)
    dinars = currency == "KWD"

    def text(minor: int, pattern: str) -> str:
        return pattern.format(*(divmod(minor, 100) if dinars else (minor,)))

    with work():
        click(shop.code, "visit-1")
    clock.advance(minutes=20)
    with work():
        pieces = [Piece(f"Piece {at}", unit, number, off) for at, (unit, number, off, _) in enumerate(LINES)]
        order = sell(shop.product_id, pieces, visit="visit-1", currency=currency, tax_bps=tax)
        tell_paid(order)
        deliver(order)
        tell_delivered(order)
    with work():
        rows = db.session.scalars(select(Commission).order_by(Commission.id)).all()
        assert [one.accrued_minor for one in rows] == [earned(line, tax, 0) for line in LINES]
        one = LINES[0]
        tell_refunded(order, give_back(order, 1, one[0] - 412, 1, by_pieces=True))
    clock.advance(days=31)
    with work():
        mature(actor=TESTS)
        run = prepare_run(
            actor=TESTS, account_id=shop.sara_id, currency=currency, minimum=Money(1000, currency)
        )
        approve_run(actor=TESTS, account_id=shop.luca_id, run_id=run.id)
        payout = db.session.scalars(select(Payout)).one()
        held = claim(actor=TESTS, payout_id=payout.id)
        due = earned(LINES[0], tax, 1) + earned(LINES[1], tax, 0) + earned(LINES[2], tax, 0)
        assert held is not None and held.amount == Money(due, currency)
        record_sent(actor=TESTS, payout_id=payout.id, transfer_id="tr_1", amount=held.amount)
    with work():
        tell_refunded(order, give_back(order, 3, 2 * 12_340 - 1_272, 2, by_pieces=True))
        debt = earned(LINES[2], tax, 0)
        assert editor_balance(shop.editor_id, currency).debt == Money(debt, currency)
        proof = verify()
        assert proof.ok, (proof.fault, proof.row)
        first = shop_clock.now().date().replace(day=1)
        paper = list(csv.reader(io.StringIO(as_csv(statement(shop.editor_id, first, currency, "UTC")))))
        assert text(due, on_paper) in {cell.lstrip("-") for row in paper for cell in row}
        assert paper[-1][-2:] == [f"-{text(debt, on_paper)}", currency]
        luca = make_staff("Lia", Role.FINANCE)
    desk = client_of(luca)
    assert text(due, shown) in "".join(desk.get(f"/staff/payouts/{run.id}").text.split())
    assert desk.get("/staff/books").status_code == desk.get("/staff/commissions").status_code == 200


@pytest.mark.parametrize(
    ("currency", "typed", "minor", "refused"),
    [("JPY", "1250", 1250, "12.5"), ("KWD", "12,500", 1250, "12.505"), ("EUR", "12.50", 1250, "12.505")],
)
def test_an_amount_is_typed_and_shown_with_the_decimals_of_its_currency(
    app, counted_in, currency, typed, minor, refused
):
    counted_in(currency)
    assert typed_minor(typed, currency) == minor
    assert typed_minor(typed_as(minor, currency), currency) == minor
    assert typed_minor(decimal_text(Money(minor, currency)), currency) == minor
    with pytest.raises(ValueError, match=refused):
        typed_minor(refused, currency)
    bands = [(500, minor), (5000, minor * 10)]
    assert read_bands(write_bands(bands, currency), currency) == bands
    for said, right in ((typed, True), (refused, False), ("-1", False), ("0", False)):
        with app.test_request_context(method="POST", data={"per": "order", "amount": said, "reason": "x"}):
            form = CapForm()
            form.offer()
            assert form.validate() is right
            assert not right or form.amount.minor() == minor


@pytest.mark.parametrize(
    ("currency", "least", "band"),
    [
        ("EUR", 50, "€50 to €100"),
        ("GBP", 30, "£50 to £100"),
        ("JPY", 50, "JP¥5,000 to JP¥10,000"),
        ("CZK", 1500, "CZK1,000 to CZK2,000"),
        ("KWD", 50, "KWD20 to KWD40"),
    ],
)
def test_price_bands_and_the_least_that_can_be_paid_are_those_of_the_currency(
    shop, counted_in, client_of, currency, least, band
):
    counted_in(currency)
    assert least_charge(currency) == least
    assert band in client_of(shop.sara_id).get("/shop?price=50-100").text.replace("\xa0", "")
    borders = price_borders(currency)
    assert list(borders) == list(PRICE_BANDS) and borders["100-200"] == 2 * borders["50-100"]
