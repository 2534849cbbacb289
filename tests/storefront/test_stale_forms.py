"""Forms that were open too long, or whose session was lost: told so, and nothing typed is thrown away."""

import re

import pytest

from foundation.db import db
from storefront.orders.models import Order
from tests.storefront.goods import shelf
from tests.storefront.test_checkout import ANNA, hidden


@pytest.fixture
def guarded(app):
    """Forms are checked for their token, as they are outside of tests."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


def orders_placed(app) -> int:
    with app.app_context():
        return db.session.query(Order).count()


def test_a_checkout_form_that_was_open_too_long_keeps_what_was_typed(app, work, guarded):
    with work():
        shirt = shelf("shirt", 3000)
    browser = app.test_client()
    page = browser.get("/cart").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page).group(1)
    browser.post("/cart/add", data={"variant_id": shirt, "quantity": 1, "csrf_token": token})
    typed = ANNA | hidden(browser.get("/checkout").text)

    answer = browser.post("/checkout", data=typed | {"csrf_token": "an old one"})
    assert answer.status_code == 400
    assert "This page was open for a long time." in answer.text
    assert 'value="anna@example.test"' in answer.text
    assert 'value="Via Po 1"' in answer.text
    assert orders_placed(app) == 0

    fresh = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.text).group(1)
    again = browser.post("/checkout", data=typed | hidden(answer.text) | {"csrf_token": fresh})
    assert again.status_code == 303
    assert orders_placed(app) == 1


def test_a_checkout_form_whose_session_is_lost_says_what_became_of_the_bag(app, guarded):
    answer = app.test_client().post("/checkout", data=ANNA | {"csrf_token": "of another session"})
    assert answer.status_code == 400
    assert "your bag is no longer known here" in answer.text
    assert "Nothing was ordered or charged." in answer.text
    assert 'href="/account/sign-in?next=/checkout"' in answer.text
    assert orders_placed(app) == 0


def test_any_other_stale_form_leads_back_to_the_page_it_stood_on(app, guarded):
    browser = app.test_client()
    own = browser.post("/cart/add", headers={"Referer": "http://localhost/shop/lina-blouse?colour=ivory"})
    assert own.status_code == 400
    assert 'href="/shop/lina-blouse?colour=ivory"' in own.text
    other = browser.post("/cart/add", headers={"Referer": "https://elsewhere.example/shop"})
    assert "Back to that page" not in other.text
