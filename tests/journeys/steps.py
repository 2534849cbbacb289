"""What people do on the pages. Found by their names in the form, so the same steps walk in both languages."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.shop import CODE


def follow_link(page: Page, code: str = CODE) -> None:
    """Open a share link in a browser that has never been here."""
    page.goto(f"/go/{code}")
    expect(page).to_have_url(re.compile(r"/looks/"))


def take_look(page: Page, size: str = "M") -> None:
    """Choose a size for every piece and put the whole look into the bag."""
    for piece in page.locator(".piece").all():
        piece.locator("label.size").filter(has_text=re.compile(rf"^\s*{size}\s*$")).click()
    page.locator("form[data-look] .total button").click()
    expect(page).to_have_url(re.compile(r"/cart$"))


def fill_checkout(page: Page, email: str = "anna@example.test") -> None:
    """Go on from the bag, and say who buys and where to."""
    page.locator("a[href='/checkout']").first.click()
    for name, value in (
        ("email", email),
        ("first", "Anna"),
        ("last", "Moro"),
        ("street", "Via Po 1"),
        ("postcode", "10123"),
        ("city", "Torino"),
    ):
        page.locator(f".pay__form [name={name}]").fill(value)


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


def figure(page: Page, label: str) -> str:
    """The figure that stands under a label, as in "Pending" and what is pending."""
    row = page.locator(".figures > *, .money__next").filter(has=page.get_by_text(label, exact=True))
    return row.first.inner_text()
