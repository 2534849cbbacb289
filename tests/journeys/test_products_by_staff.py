"""Staff at work on the products, at a desk and on a phone without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from foundation.accounts.permissions import Role
from foundation.db import db
from storefront.sheets.actions import begin_import, start_reading
from storefront.sheets.models import ImportRun
from tests.journeys.shop import Town, found_town
from tests.storefront.goods import HOUSE

NewPage = Callable[..., Page]


@pytest.fixture
def town(work: Callable[[], Any], account: Callable[..., int]) -> Town:
    return found_town(work, account)


@pytest.fixture
def clerk(account: Callable[..., int]) -> int:
    return account("clerk@example.test", Role.CATALOGUE, name="Carla")


@pytest.mark.parametrize(("phone", "script"), [(False, True), (True, False)])
def test_prices_are_changed_together_and_taken_back(
    town: Town, clerk: int, new_page: NewPage, phone: bool, script: bool
) -> None:
    page = new_page(account=clerk, confirmed=True, phone=phone, java_script_enabled=script)
    page.goto("/staff/products?q=blouse")
    page.get_by_role("checkbox", name="Choose Lina blouse").check()
    page.get_by_label("What to do with those ticked").select_option("price")
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_label("How much").fill("10")
    page.get_by_label("Every new price ends in").select_option("90")
    page.get_by_role("button", name="Show what would change").click()
    expect(page.locator("#preview")).to_contain_text(".90")
    page.get_by_label("Why").fill("Winter sale")
    page.get_by_role("button", name="Change 1 product").click()
    expect(page.locator("main")).to_contain_text("It is done, and can be taken back for a day.")
    page.get_by_label("Why").fill("The wrong week")
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("main")).to_contain_text("Taken back by Carla")


@pytest.mark.parametrize(("phone", "script"), [(False, True), (True, False)])
def test_a_product_is_written_and_put_into_the_shop(
    town: Town, clerk: int, new_page: NewPage, phone: bool, script: bool
) -> None:
    page = new_page(account=clerk, confirmed=True, phone=phone, java_script_enabled=script)
    page.goto("/staff/products/new")
    page.get_by_label("Title", exact=True).fill("Ponte coat")
    page.locator("#category").select_option("outerwear")
    page.locator("#more_1").fill("S, M")
    page.get_by_role("button", name="Make the variants").click()
    for row in (0, 1):
        page.locator(f"#variants-{row}-price").fill("120")
        page.locator(f"#variants-{row}-on_hand").fill("3")
    page.get_by_role("button", name="Make it").click()
    expect(page.locator("main")).to_contain_text("It is a draft now.")
    page.get_by_role("radio", name="Into the shop, now").check()
    page.get_by_label("Why", exact=True).fill("New in")
    page.get_by_role("button", name="Move it").click()
    expect(page.locator("main")).to_contain_text("Ponte coat: in the shop.")
    page.goto("/shop/ponte-coat")
    expect(page.get_by_role("heading", name="Ponte coat")).to_be_visible()
    page.get_by_role("button", name="Size guide").click()
    expect(page.get_by_role("dialog")).to_contain_text("88–92")


def test_stop_keeps_the_keyboard_while_the_figures_of_an_import_run(
    town: Town, clerk: int, new_page: NewPage, work: Callable[[], Any]
) -> None:
    with work():
        run = begin_import(actor=HOUSE, name="spring.csv", digest="d", size=6, pieces=[b"Handle"])
        run_id = run.id
        start_reading(run_id=run_id, rows_total=8000)
    page = new_page(account=clerk, confirmed=True)
    page.goto(f"/staff/products/import/{run_id}")
    stop = page.get_by_role("button", name="Stop")
    stop.focus()
    stop.evaluate("button => { button.asItWas = true }")
    with work():
        read = db.session.get_one(ImportRun, run_id)
        read.rows_read, read.products_new = 2000, 1900
    expect(page.locator("#run")).to_contain_text("1,900")
    assert page.evaluate("document.activeElement.asItWas"), "the button is the one that had the focus"
    expect(page.locator("#run [role=status]")).to_have_text("A quarter of the rows is read.")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Stopped. What is in stays")
