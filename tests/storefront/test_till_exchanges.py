"""Another size for a piece sold over the counter: cash stays cash, what was paid on a page stays Stripe’s."""

from __future__ import annotations

import pytest

from foundation.accounts.permissions import Role
from foundation.db import db
from foundation.mail.queries import latest_messages
from storefront.catalog.models import Variant
from storefront.exchanges import actions as exchanges
from storefront.exchanges import paying
from storefront.exchanges.models import ExchangeStatus
from storefront.orders.models import Refund, RefundStatus
from storefront.stock import proof
from storefront.till.models import PaidBack
from tests.storefront.goods import HOUSE, order_now, shelf, variant_of
from tests.storefront.test_exchanges import SIZES, ask, come, pay_difference, refunds, the_exchange
from tests.storefront.test_movements import bring
from tests.storefront.test_places import opened
from tests.storefront.tills import AT, Till, lies, sold_by


@pytest.fixture
def store(work) -> int:
    with work():
        return opened()


@pytest.fixture
def sizes(work, store) -> dict[str, int]:
    """A shirt in four sizes, two of each on the web and two M in the store; L is dearer, XL cheaper."""
    with work():
        product_id = db.session.get_one(Variant, shelf("shirt", 3000, 2, sizes=tuple(SIZES))).product_id
        found = {size: variant_of(product_id, size) for size in SIZES}
        for size, variant_id in found.items():
            db.session.get_one(Variant, variant_id).price_minor = SIZES[size]
        bring(found["M"], 2, store)
    return found


@pytest.fixture
def till(desk_of, store, sizes) -> Till:
    client = desk_of(Role.STORE)
    client.post(f"{AT}/store", data={"place": store})
    return Till(client, store)


@pytest.fixture
def bought(till, work, store, sizes) -> int:
    """One shirt in M, paid in cash by somebody who gave no address."""
    with till.client.session_transaction() as session:
        clerk = int(str(session["_user_id"]).partition(".")[0])
    with work():
        return sold_by(clerk, store, sizes["M"]).id


def test_what_the_other_size_costs_less_is_paid_back_in_cash_and_stripe_hears_nothing(
    till, work, store, sizes, bought, stripe, run_jobs
):
    with work():
        come(ask(bought, sizes["XL"]).number, bought)
    run_jobs()
    with work():
        one = the_exchange()
        assert (one.status, one.difference_minor) == (ExchangeStatus.APPROVED, -1000)
        refund = db.session.query(Refund).one()
        assert (refund.amount_minor, refund.status) == (1000, RefundStatus.REQUESTED)
        assert lies(sizes["M"], store) == 2, "the old piece hangs where it was sold"
        number, refund_id = order_now(bought).number, refund.id
    assert "Pay back €10.00 in cash" in till.page(f"/staff/orders/{number}")
    till.client.post(f"{AT}/paid-back/{number}/{refund_id}", data={"receipt": "B-7"})
    run_jobs()
    with work():
        assert db.session.get_one(Refund, refund_id).status == RefundStatus.SUCCEEDED
        assert db.session.query(PaidBack).one().amount_minor == 1000
        assert proof.verify().ok
        assert latest_messages() == [], "nobody gave an address to write to"
    assert stripe == {}


def test_a_difference_paid_on_its_page_goes_back_there_and_the_rest_in_cash(
    till, work, store, sizes, bought, stripe, run_jobs
):
    with work():
        back = ask(bought, sizes["L"])
        assert paying.request_of(the_exchange().id)["amount"].minor == 500
        pay_difference(the_exchange())
        come(back.number, bought)
    run_jobs()
    with work():
        one = the_exchange()
        assert (one.status, refunds()) == (ExchangeStatus.APPROVED, [])
        exchanges.arrive(actor=HOUSE, exchange_id=one.id)
        come(ask(bought, None, came_by=one.id).number, bought)
    run_jobs()
    with work():
        assert sorted(refunds()) == [(500, f"pi_x{one.id}"), (3000, None)]
        by_amount = {row.amount_minor: row for row in db.session.query(Refund)}
        assert by_amount[500].status != RefundStatus.REQUESTED, "Stripe was asked"
        assert by_amount[3000].status == RefundStatus.REQUESTED, "the drawer pays it"
        number = order_now(bought).number
    page = till.page(f"/staff/orders/{number}")
    assert "Pay back €30.00 in cash" in page and "Pay back €5.00" not in page
