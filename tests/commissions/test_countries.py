"""Where payouts reach is said before anybody begins at Stripe, with what can be done instead."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from commissions.payees.countries import ACROSS_BORDERS, AT_HOME_ONLY, WhyNot, reach
from commissions.payees.models import Payee
from editors.membership.models import Editor
from foundation import settings
from foundation.db import db

CODES = st.sampled_from([*ACROSS_BORDERS, *AT_HOME_ONLY, "AR", "KE", "IS"])


@pytest.mark.parametrize(
    ("shop", "currency", "editor", "why_not", "arrives_in"),
    [
        ("IT", "EUR", "IT", None, "EUR"),
        ("IT", "EUR", "CH", None, "CHF"),
        ("IT", "EUR", "US", None, "USD"),
        ("IT", "EUR", "AR", WhyNot.COUNTRY, ""),
        ("IT", "EUR", "JP", WhyNot.COUNTRY, ""),
        ("IT", "JPY", "IT", WhyNot.CURRENCY, ""),
        ("GB", "EUR", "DE", None, "EUR"),
        ("US", "EUR", "US", WhyNot.CURRENCY, ""),
        ("JP", "JPY", "JP", None, "JPY"),
        ("JP", "JPY", "IT", WhyNot.COUNTRY, ""),
        ("AR", "ARS", "AR", WhyNot.SHOP, ""),
    ],
)
def test_the_table_says_who_is_reached(shop, currency, editor, why_not, arrives_in):
    found = reach(shop_country=shop, shop_currency=currency, country=editor)
    assert (found.why_not, found.arrives_in, found.possible) == (why_not, arrives_in, why_not is None)


@given(shop=CODES, editor=CODES)
def test_whoever_is_reached_from_one_side_is_reached_from_the_other_and_everybody_at_home(shop, editor):
    known = ACROSS_BORDERS | AT_HOME_ONLY

    def possible(here: str, there: str) -> bool:
        return reach(shop_country=here, shop_currency=known.get(here, "EUR"), country=there).possible

    assert possible(shop, shop) == (shop in known)
    if shop in known and editor in known:
        assert possible(shop, editor) == possible(editor, shop)


def test_the_page_says_it_before_and_offers_credit_instead_and_nobody_is_asked_of_stripe(
    shop, work, client_of
):
    with work():
        db.session.delete(db.session.scalars(select(Payee)).one())
        giulia = client_of(db.session.get_one(Editor, shop.editor_id).account_id)
    page = giulia.get("/studio/payments").text
    assert "Italy: payouts reach you." in page and "Set it up at Stripe" in page
    page = giulia.get("/studio/payments?country=CH").text
    assert "arrive at a bank there in CHF" in page and 'name="country" value="CH"' in page
    page = giulia.get("/studio/payments?country=AR").text
    assert "Argentina: payouts do not reach you." in page and "Set it up at Stripe" not in page
    assert "/studio/instead" in page
    refused = giulia.post("/studio/payments/set-up", data={"country": "AR"})
    assert refused.status_code == 409 and "store credit" in refused.text
    with work():
        assert db.session.scalars(select(Payee)).all() == []
    assert giulia.post("/studio/payments/set-up", data={"country": "CH"}).status_code == 303
    with work():
        assert db.session.scalars(select(Payee.status)).one() is not None


def test_a_currency_that_is_not_kept_is_said_too(app, shop, work, client_of, monkeypatch):
    with work():
        db.session.delete(db.session.scalars(select(Payee)).one())
        giulia = client_of(db.session.get_one(Editor, shop.editor_id).account_id)
    known = app.extensions["vetrina.settings"]
    monkeypatch.setitem(app.extensions, "vetrina.settings", dataclasses.replace(known, currency="JPY"))
    with app.app_context():
        assert settings.current().currency == "JPY"
    assert "Stripe keeps no JPY for a shop in Italy." in giulia.get("/studio/payments").text
