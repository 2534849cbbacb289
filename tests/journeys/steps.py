"""What people do on the pages. Found by their names in the form, so the same steps walk in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.shop import CODE


def follow_link(page: Page, code: str = CODE) -> None:
    """Open a share link in a browser that has never been here."""
    page.goto(f"/go/{code}")
    expect(page).to_have_url(re.compile(r"/looks/"))


def take_look(page: Page, size: str = "M") -> None:
    """Choose a size for every piece and put the whole look into the bag."""
    for piece in page.locator(".piece:not(.piece--out)").all():
        piece.locator("label.size").filter(has_text=re.compile(rf"^\s*{size}\s*$")).click()
    page.locator("form[data-look] .total button").click()
    expect(page).to_have_url(re.compile(r"/cart$"))


def fill_checkout(page: Page, email: str = "anna@example.test") -> None:
    """Go on from the bag, and say who buys and where to; whoever is signed in is not asked for an email."""
    page.locator("a[href='/checkout']").first.click()
    expect(page.locator(".pay__form [name=first]")).to_be_visible()  # only a page that is there can be asked
    for name, value in (
        ("email", email),
        ("first", "Anna"),
        ("last", "Moro"),
        ("street", "Via Po 1"),
        ("postcode", "10123"),
        ("city", "Torino"),
    ):
        asked = page.locator(f".pay__form [name={name}]:not([type=hidden])")
        if name != "email" or asked.count():
            asked.fill(value)


def go_to_pay(page: Page) -> None:
    """Order: the next page is Stripe's stand-in."""
    page.locator(".pay__end button").click()
    expect(page).to_have_url(re.compile(r"/_sandbox/pay/"))


def pay(page: Page) -> None:
    """Pay by card, and come back to the order."""
    page.locator("button[name=how][value=card]").click()
    expect(page).to_have_url(re.compile(r"/orders/"))


def buy_look(page: Page, email: str = "anna@example.test") -> str:
    """From the share link to the paid order; returns the order's address."""
    follow_link(page)
    take_look(page)
    fill_checkout(page, email)
    go_to_pay(page)
    pay(page)
    return page.url


def money(page: Page) -> dict[str, str]:
    """The figures at the head of the studio: the loud one under its label, and the quiet ones."""
    page.goto("/studio")
    loud = page.locator(".money__next")
    said = {loud.locator(".label").inner_text(): loud.locator(".money__sum").inner_text()}
    for one in page.locator(".money__rest .figure").all():
        said[one.locator("dt").inner_text()] = one.locator("dd.big").inner_text()
    return said


def table(page: Page, name: str) -> list[list[str]]:
    """The rows of a table by its name, each as the texts of its cells."""
    rows = page.get_by_role("region", name=f"Table: {name}", exact=True).locator("tbody tr, tfoot tr")
    return [[cell.inner_text().strip() for cell in row.locator("th, td").all()] for row in rows.all()]


def deliver(page: Page, number: str) -> None:
    """Staff: the pieces reached the shopper."""
    page.goto(f"/staff/orders/{number}")
    page.locator("[name=reason]").fill("The courier says so")
    page.get_by_role("button", name="It was delivered").click()
    expect(page.get_by_role("button", name="It was delivered")).to_have_count(0)


def give_back(page: Page, number: str, piece: str, quantity: int) -> None:
    """Staff: so many of a piece come back, and so does their money."""
    page.goto(f"/staff/orders/{number}")
    page.get_by_role("link", name="Give money back").click()
    page.get_by_label(re.compile(rf"^How many of {piece}\b.* come back$")).fill(str(quantity))
    page.locator("[name=reason]").fill("Too small")
    page.get_by_role("button", name="Give the money back").click()
    expect(page).to_have_url(re.compile(rf"/staff/orders/{number}$"))


def move_clock(page: Page, days: int) -> None:
    """The operator lets days pass."""
    page.goto("/_sandbox/")
    page.get_by_label("Move on by").fill(str(days))
    page.get_by_role("button", name="Move the clock").click()
    expect(page.get_by_text("The clock was moved on.")).to_be_visible()


def prepare_run(page: Page) -> str:
    """Staff: count up what is owed; returns the run's address."""
    page.goto("/staff/payouts")
    page.get_by_role("button", name="Prepare a run").click()
    expect(page).to_have_url(re.compile(r"/staff/payouts/\d+$"))
    return page.url


def approve_run(page: Page, address: str, code: Callable[[], str] | None = None) -> None:
    """Staff: the second person says yes; with `code` the second factor is asked for and shown first."""
    page.goto(address)
    page.get_by_role("button", name="Approve and send").click()
    if code:
        page.get_by_role("button", name="Set it up").click()
        page.locator("[name=code]").fill(code())
        page.get_by_role("button", name="Confirm").click()
        expect(page).to_have_url(address)
        page.get_by_role("button", name="Approve and send").click()
    expect(page.get_by_text("Approved.")).to_be_visible()
