"""Bad input gets a clear answer and loses nothing, as people meet it on the pages."""

import re
import socket
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from commissions.ledger.queries import editor_balance
from editors.links.actions import pause_link
from editors.links.models import Link
from editors.membership.models import Editor
from foundation.accounts.models import Account
from foundation.db import db
from foundation.payments import client
from foundation.payments.transport import DeadlineTransport
from storefront.catalog.models import Variant
from storefront.orders.models import Order
from tests.journeys import steps
from tests.journeys.conftest import Shop
from tests.journeys.shop import HOUSE, found_town

# Where each of these words begins, in pixels from the left.
LEFT_EDGES = """(box, words) => words.map((word) => {
  const node = [...box.childNodes].find((one) => one.textContent.includes(word));
  const range = document.createRange();
  range.setStart(node, node.textContent.indexOf(word));
  range.setEnd(node, node.textContent.indexOf(word) + word.length);
  return range.getBoundingClientRect().left;
})"""


@pytest.fixture
def town(work: Callable[[], Any], account: Callable[..., int]) -> Any:
    return found_town(work, account)


def test_links_that_rest_or_never_were_lead_to_the_shop(
    town: Any, page: Page, work: Callable[[], Any]
) -> None:
    with work():
        link = db.session.scalars(select(Link)).one()
        pause_link(actor=HOUSE, link_id=link.id, editor_id=town.editor)
    for code in ("carryon", "nobody-made-it", "%20", "x" * 300):
        page.goto(f"/go/{code}")
        expect(page).to_have_url(re.compile(r"/shop$"))
        expect(page.get_by_text("That link is resting.")).to_be_visible()


def test_a_bag_takes_no_nonsense_and_is_kept(
    town: Any, page: Page, work: Callable[[], Any], shop: Shop
) -> None:
    steps.follow_link(page)
    # Nothing chosen yet: each piece says so, nothing goes into the bag.
    page.locator("form[data-look] .total button").click()
    expect(page.locator(".piece .wrong")).to_have_count(3)
    steps.take_look(page)
    for text in ("0", "-1", "1000000000", "two", "1e9", "999999999999999999999999"):
        line = page.locator(".bag__line").first
        # A field for numbers takes no words from a keyboard; a program sends them all the same.
        line.locator("[name=quantity]").evaluate("(field) => { field.type = 'text' }")
        line.locator("[name=quantity]").fill(text)
        line.locator(".bag__qty button").click()
        expect(page.locator(".bag__line").first.locator(".wrong")).to_be_visible()
        assert page.locator(".bag__line").count() == 3
    page.goto("/cart")
    expect(page.locator(".summary")).to_contain_text("€190.00")

    # More than there is: said where it lies, and the rest can be bought.
    with work():
        blouse = town.products["lina-blouse"]
        for variant in db.session.scalars(select(Variant).where(Variant.product_id == blouse)):
            variant.on_hand = 0
    page.reload()
    expect(page.locator(".bag__line--gone")).to_have_count(1)
    expect(page.locator(".bag__line--gone")).to_contain_text("Sold out")
    steps.fill_checkout(page)
    expect(page.locator(".summary")).to_contain_text("Left out of this order.")
    steps.go_to_pay(page)
    expect(page.get_by_role("heading", name="€140.00")).to_be_visible()

    # The card is declined: nothing is lost, and the way back leads to the same bag.
    page.get_by_role("button", name="The card is declined").click()
    expect(page.get_by_text("The card was declined.")).to_be_visible()
    page.get_by_role("link", name="Cancel and go back to the shop").click()
    expect(page.get_by_text("Nothing was charged, and your bag is as you left it.")).to_be_visible()
    page.goto("/cart")
    expect(page.locator(".bag__line")).to_have_count(3)

    # A tampered cookie is nobody's: the shop opens, the bag is another one, nothing breaks.
    name = shop.app.config["SESSION_COOKIE_NAME"]
    page.context.add_cookies([{"name": name, "value": "x.y.z", "url": shop.address}])
    answer = page.goto("/cart")
    assert answer is not None and answer.status == 200
    expect(page.locator(".bag__line")).to_have_count(0)


def test_a_sold_out_piece_of_a_look_leaves_the_rest(town: Any, page: Page, work: Callable[[], Any]) -> None:
    with work():
        jacket = town.products["corso-denim-jacket"]
        for variant in db.session.scalars(select(Variant).where(Variant.product_id == jacket)):
            variant.on_hand = 0
    steps.follow_link(page)
    expect(page.locator(".piece--out")).to_contain_text("Sold out")
    steps.take_look(page)
    expect(page.locator(".bag__line")).to_have_count(2)
    expect(page.locator(".summary")).to_contain_text("€110.00")


def test_an_editor_who_buys_their_own_look_earns_nothing_and_reads_why(
    town: Any,
    new_page: Callable[..., Page],
    run_jobs: Callable[..., int],
    work: Callable[[], Any],
    verified: Callable[[], int],
) -> None:
    giulia = new_page(account=town.giulia)
    steps.buy_look(giulia, "giulia@example.test")
    number = re.findall(r"V-\d+", giulia.title())[0]
    run_jobs()
    verified()
    with work():
        assert editor_balance(town.editor, "EUR").pending.minor == 0
    giulia.goto(f"/studio/orders/{number}")
    expect(giulia.get_by_role("heading", level=1)).to_have_text(f"Order {number} was your own purchase")
    expect(giulia.locator("main")).to_contain_text("What an editor buys earns no commission")


def test_when_stripe_does_not_answer_the_bag_and_the_form_are_kept(town: Any, page: Page, app: Flask) -> None:
    steps.follow_link(page)
    steps.take_look(page)
    steps.fill_checkout(page)
    before = app.extensions[client.KEY]
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        transport = DeadlineTransport(1.0)
        client.connect(app, transport, base_address=address)
        try:
            page.locator(".pay__end button").click()
            expect(page.get_by_text("Your order was not placed, and nothing was charged.")).to_be_visible()
            expect(page.locator("[name=street]")).to_have_value("Via Po 1")
            page.goto("/looks")
            expect(page.get_by_text("Carry-on only").first).to_be_visible()
        finally:
            app.extensions[client.KEY] = before
            transport.close()
    page.goto("/cart")
    expect(page.locator(".bag__line")).to_have_count(3)
    steps.fill_checkout(page)
    steps.go_to_pay(page)
    steps.pay(page)


def test_a_name_or_a_word_that_never_ends_widens_no_page(
    town: Any, new_page: Callable[..., Page], work: Callable[[], Any]
) -> None:
    giulia = new_page(account=town.giulia, phone=True)
    steps.buy_look(giulia, "giulia@example.test")
    number, bought = re.findall(r"V-\d+", giulia.title())[0], giulia.url
    name = f"{'Maria' * 10} {'Rossiniana' * 5}"
    with work():
        words = {"gift_message": "a" * 120, "note": "w" * 120}
        db.session.execute(update(Order).values(name=name, city="W" * 90, **words))
        db.session.execute(update(Account).values(name=name))
        db.session.execute(update(Editor).values(name=name))
    sara = new_page(account=town.sara, phone=True)
    for page, path in (
        *((sara, path) for path in (f"/staff/orders/{number}", "/staff/orders", "/staff")),
        *((giulia, path) for path in (bought, "/studio", "/account", "/@giulia")),
    ):
        page.goto(path)
        # A phone zooms out until all is in: its inner width grows with the page, the screen does not.
        assert page.evaluate("document.documentElement.scrollWidth <= screen.width"), path

    # A name that runs the other way does not turn the lines below it: the postcode stays before its town.
    with work():
        db.session.execute(
            update(Order).values(name="\u05dc\u05d9\u05dc\u05d4", postcode="10123", city="Torino")
        )
    for page, path in ((giulia, bought), (sara, f"/staff/orders/{number}")):
        page.goto(path)
        postcode, city = page.locator("address[dir=auto]").evaluate(LEFT_EDGES, ["10123", "Torino"])
        assert postcode < city, path
