"""One look from the link to the paid order: in Italian, on a phone, and with scripts switched off."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from foundation.db import db
from storefront.orders.models import Order
from tests.journeys import steps
from tests.journeys.shop import found_town

BAND = {"en": "Shopping with Giulia Ferri", "it": "Giulia Ferri"}
TITLE = {"en": "Carry-on only", "it": "Solo bagaglio a mano"}
TOTAL = {"en": "€160.00", "it": "160,00\xa0€"}
THANKS = {"en": "Thank you, Anna", "it": "Grazie, Anna"}


@pytest.mark.parametrize(
    "reader",
    [
        pytest.param({"locale": "it-IT", "phone": True}, id="in Italian on a phone"),
        pytest.param({"java_script_enabled": False}, id="without scripts at a desk"),
        pytest.param(
            {"locale": "it-IT", "phone": True, "java_script_enabled": False},
            id="in Italian on a phone without scripts",
        ),
    ],
)
def test_a_look_is_bought(
    reader: dict[str, Any],
    work: Callable[[], Any],
    account: Callable[..., int],
    new_page: Callable[..., Page],
    run_jobs: Callable[..., int],
) -> None:
    town = found_town(work, account)
    language = reader.get("locale", "en")[:2]
    page = new_page(**reader)
    steps.follow_link(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE[language])
    expect(page.locator("body")).to_contain_text(BAND[language])
    steps.take_look(page)

    # One shirt is enough.
    line = page.locator(".bag__line").last
    line.locator("[name=quantity]").fill("1")
    line.locator(".bag__qty button").click()
    expect(page.locator(".summary")).to_contain_text(TOTAL[language])

    # The form says what is missing, and keeps what is there.
    steps.fill_checkout(page)
    page.locator("[name=city]").fill("")
    page.locator(".pay__end button").click()
    expect(page.locator("[name=city]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=street]")).to_have_value("Via Po 1")
    page.locator("[name=city]").fill("Torino")
    steps.go_to_pay(page)
    expect(page.get_by_role("heading", name=TOTAL[language])).to_be_visible()
    steps.pay(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS[language])
    run_jobs()
    with work():
        order = db.session.scalars(select(Order)).one()
        assert (order.status, order.total_minor, order.language) == ("paid", 16000, language)
    page.goto("/cart")
    expect(page.locator(".bag__line")).to_have_count(0)
    assert town.editor


def test_one_piece_is_found_in_the_list_and_bought_without_scripts(
    work: Callable[[], Any], account: Callable[..., int], new_page: Callable[..., Page]
) -> None:
    found_town(work, account)
    page = new_page(java_script_enabled=False)
    page.goto("/shop")
    page.locator("main").get_by_role("searchbox").first.fill("denim")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Corso denim jacket").first.click()
    page.locator("label.size").filter(has_text=re.compile(r"^\s*S\s*$")).click()
    page.get_by_role("button", name="Add to bag").click()
    expect(page.locator(".bag__line")).to_have_count(1)
    page.get_by_role("button", name="Take out Corso denim jacket").click()
    expect(page.locator(".bag__line")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".bag__line")).to_have_count(1)
    # The language and the colours of the page are the reader's to choose, here too.
    page.get_by_role("button", name="Italiano").click()
    expect(page.locator("html")).to_have_attribute("lang", "it")
    page.get_by_role("button", name="Scuro").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
