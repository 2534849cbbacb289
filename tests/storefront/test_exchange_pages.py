"""Exchanges on the pages of the shopper and of staff."""

from foundation.accounts.permissions import Role
from foundation.audit.models import AuditRow
from foundation.db import db
from storefront.exchanges import paying
from storefront.exchanges.models import Exchange, WhyOff
from storefront.orders.models import Dispute
from storefront.sendbacks.models import Sendback
from stripe_sandbox import shopper
from stripe_sandbox.store import opened
from tests.storefront import test_exchanges
from tests.storefront.goods import HOUSE, order_now
from tests.storefront.test_exchanges import ask, line_of, order_of, the_exchange

sizes, bought = test_exchanges.sizes, test_exchanges.bought


def test_from_the_shoppers_choice_over_the_payment_page_to_the_packing_bench(
    app, client, desk_of, work, sizes, bought, stripe, run_jobs
):
    with work():
        token, line = order_now(bought).token, line_of(bought)
    path = f"/orders/{token}/return"
    assert "L, €5.00 more each" in client.get(path).text
    told = {"way": "ship", f"line-{line}": "1", f"why-{line}": "too_small"}
    for nonsense in ("x", "9" * 30, str(sizes["M"])):
        refused = client.post(path, data=told | {f"instead-{line}": nonsense})
        assert "another size or colour" in refused.text and refused.status_code == 422
    where = client.post(path, data=told | {f"instead-{line}": str(sizes["L"])}).location
    assert "Pay €5.00" in client.get(where).text and "Pay €5.00" in client.get(f"/orders/{token}").text
    with work():
        number = the_exchange().number
    back = f"/orders/{token}/exchange/{number}"
    url = client.post(f"{back}/pay").location
    assert client.post(f"{back}/pay").location == url
    with app.app_context(), opened() as store:
        shopper.pay(store, url.rsplit("/", 1)[-1], "card", "anna@example.test", "Anna Moro")
    assert client.get(f"{back}/paid").location == f"/orders/{token}#exchanges"
    page = client.get(f"/orders/{token}").text
    assert "Kept for you" in page
    assert f"Paid for exchange {number}" in page and "€35.00" in page, "the shirt and the difference"
    assert client.get(f"/orders/nonsense/exchange/{number}/paid").status_code == 404
    assert "There is nothing to pay" in client.post(f"{back}/pay", follow_redirects=True).text
    store_desk = desk_of(Role.STORE)
    returned = where.rpartition("/")[2]
    store_desk.post(f"/staff/returns/{returned}/receive")
    assert "money" not in store_desk.get(f"/staff/returns/{returned}").text.split("<h1")[0]
    settled = store_desk.post(
        f"/staff/returns/{returned}/settle",
        data={"reason": "all fine", f"line-{line}": "1", f"restock-{line}": "y"},
    )
    assert settled.status_code == 303
    assert "Your exchange is being packed" in (page := client.get(where).text)
    assert "Exchanged" in page and "Given back" not in page
    assert "1 exchange waits to be packed" in store_desk.get("/staff/packing").text
    assert number in store_desk.get("/staff/exchanges").text
    assert f'href="/staff/exchanges/{number}"' in store_desk.get("/staff").text
    assert store_desk.get(f"/staff/exchanges/{number}/slip.pdf").data.startswith(b"%PDF")
    desk = f"/staff/exchanges/{number}"
    assert store_desk.post(f"{desk}/send", data={"carrier": "nobody"}).status_code == 422
    store_desk.post(f"{desk}/send", data={"carrier": "dhl", "tracking": "77"})
    assert "Follow the parcel" in client.get(f"/orders/{token}").text
    store_desk.post(f"{desk}/arrived")
    assert "With you" in client.get(f"/orders/{token}").text
    assert f'name="line-x{the_exchange_id(work)}"' in client.get(path).text
    assert desk_of(Role.CATALOGUE).get(desk).status_code == 403

    with work():
        order = f"/staff/orders/{order_now(bought).number}"
        payment = the_exchange().payment_intent_id
    assert "Difference disputed" not in store_desk.get(order).text
    for state, told in ((Dispute.OPEN, True), (Dispute.WON, False)):
        with work():
            paying.note_dispute(actor=HOUSE, payment_intent=payment, state=state)
        a_dispute_stands_where_staff_look(store_desk, order, told)
    assert "decided for us" in store_desk.get(desk).text


def a_dispute_stands_where_staff_look(desk, order: str, told: bool) -> None:
    for page in (order, "/staff/orders?state=review", "/staff/exchanges?step=done"):
        assert ("Difference disputed" in desk.get(page).text) is told, page
    assert (f'href="{order}"' in desk.get("/staff").text) is told


def the_exchange_id(work) -> int:
    with work():
        return the_exchange().id


def test_staff_exchange_at_the_counter_what_was_announced_for_money(desk_of, work, sizes, bought):
    with work():
        number, line = ask(bought, None).number, line_of(bought)
    store = desk_of(Role.STORE)
    store.post(f"/staff/returns/{number}/receive")
    desk = f"/staff/returns/{number}"
    assert "exchange it for" in store.get(desk).text
    act, why = f"{desk}/exchange/{line}", {f"line{line}-reason": "asked at the counter"}
    for size in (str(sizes["S"]), "money"):
        untold = store.post(act, data={"variant": size})
        assert untold.status_code == 422 and "Say it in a few words" in untold.text
    assert store.post(act, data={"variant": "nonsense"} | why).status_code == 422
    assert store.post(act, data={"variant": str(sizes["S"])} | why).status_code == 303
    assert "Kept, the old piece is awaited" in store.get(desk).text
    assert store.post(act, data={"variant": "money"} | why).status_code == 303
    with work():
        assert the_exchange().why_off == WhyOff.MONEY
        told = {
            entry.action: entry.reason
            for entry in db.session.query(AuditRow).filter(AuditRow.action.like("exchanges.%"))
        }
        assert told == dict.fromkeys(("exchanges.ask", "exchanges.call_off"), "asked at the counter")


def test_what_is_gone_is_told_with_everything_that_was_typed(client, work, sizes, bought):
    order_of(work, sizes["S"], 2)
    with work():
        token, line = order_now(bought).token, line_of(bought)
    told = {
        "way": "store",
        f"line-{line}": "1",
        f"why-{line}": "too_small",
        f"instead-{line}": str(sizes["S"]),
    }
    page = client.post(f"/orders/{token}/return", data=told)
    assert page.status_code == 422 and "leave your address" in page.text
    assert "S is sold out by now" in page.text and "is on its way" not in page.text
    assert '<option value="1" selected>' in page.text and '<option value="too_small" selected>' in page.text
    with work():
        assert (db.session.query(Exchange).count(), db.session.query(Sendback).count()) == (0, 0)
