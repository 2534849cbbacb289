"""Amounts on their way to Stripe and back, in currencies that it writes otherwise than we count."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from babel import Locale

from foundation import payments
from foundation.money import Money, decimals_of, one_of
from foundation.payments.amounts import at_stripe, from_stripe
from foundation.payments.readers import movement
from stripe_sandbox.errors import ApiError
from stripe_sandbox.rules import check_step


@pytest.mark.parametrize(
    ("minor", "currency", "theirs"),
    [
        (1999, "EUR", 1999),
        (1999, "JPY", 1999),
        (1999, "KWD", 19990),
        (1, "TND", 10),
        (1999, "ISK", 199900),
        (5000, "UGX", 500000),
        (1999, "HUF", 1999),
    ],
)
def test_an_amount_is_written_as_stripe_writes_its_currency_and_read_back(minor, currency, theirs):
    value = Money(minor, currency)
    assert at_stripe(value) == theirs
    assert from_stripe(theirs, currency) == value


def test_no_currency_that_is_known_has_a_finer_coin_than_can_be_paid():
    for currency in Locale("en").currencies:
        assert decimals_of(currency) <= 2
        assert from_stripe(at_stripe(Money(one_of(currency), currency)), currency) == Money(
            one_of(currency), currency
        )


@pytest.mark.parametrize("currency", ["KWD", "ISK", "JPY"])
def test_any_number_of_coins_is_paid_and_given_back_in_parts(shop, currency):
    price = Money(1237, currency)
    made = shop.session(amount=price, lines=[payments.CheckoutLine(name="Linen shirt", unit=price)])
    shop.pay(made.id)
    paid = payments.fetch_session(session_id=made.id)
    assert paid.paid and paid.amount == price and paid.payment_intent
    back = payments.refund(
        payment_intent=paid.payment_intent, amount=Money(413, currency), idempotency_key="part", metadata={}
    )
    assert back.amount == Money(413, currency)
    with pytest.raises(ApiError, match="multiples") if currency != "JPY" else nullcontext():
        check_step(4131, currency.lower())


def test_a_fee_of_single_fils_leaves_a_movement_that_adds_up():
    body = {"id": "txn_1", "type": "charge", "source": "ch_1", "currency": "kwd"}
    read = movement({**body, "amount": 12370, "fee": 211, "net": 12159})
    assert (read.amount.minor, read.fee.minor, read.net.minor) == (1237, 22, 1215)
    assert movement({**body, "amount": 12370, "fee": 200, "net": 12159}).fee == Money(20, "KWD")
