"""A shop assistant at the till in a real browser: by scanner and keyboard at a desk, by thumb on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from foundation.db import db
from storefront.catalog.models import Variant
from storefront.orders.models import Order
from tests.journeys.shop import Town, found_town
from tests.storefront.goods import variant_of
from tests.storefront.test_movements import bring

NewPage = Callable[..., Page]
Work = Callable[[], Any]


@pytest.fixture
def town(work: Work, account: Callable[..., int]) -> Town:
    town = found_town(work, account)
    with work():
        for number, handle in enumerate(("lina-blouse", "porta-shirt")):
            variant = variant_of(town.products[handle])
            bring(variant, 5, town.store)
            db.session.get_one(Variant, variant).barcode = f"805000000000{number}"
    return town


def stand_at_the_till(page: Page) -> None:
    page.goto("/staff/till")
    page.locator("button[name=place]").click()
    expect(page.get_by_role("heading", name="Ready for the next customer")).to_be_visible()


def test_a_scanner_and_the_keyboard_are_enough(
    town: Town, new_page: NewPage, work: Work, axe: Callable[[Page], list[str]]
) -> None:
    page = new_page(account=town.sara)
    stand_at_the_till(page)
    expect(page.locator("#scan[data-htmx-powered]")).to_be_attached()
    # A hand scanner is a quick keyboard: digits and Enter, three times without waiting for an answer.
    for code in ("8050000000000", "8050000000001", "8050000000000"):
        page.keyboard.type(code)
        page.keyboard.press("Enter")
    expect(page.locator(".till-sum__figure")).to_have_text("€130.00")
    expect(page.locator("#code")).to_be_focused()
    expect(page.locator("#code")).to_have_value("")
    assert axe(page) == []
    page.get_by_text("Cash", exact=True).press("Enter")
    page.get_by_label("Another amount").fill("150")
    page.keyboard.press("Enter")
    expect(page.locator(".till-sold__change")).to_contain_text("€20.00")
    expect(page.get_by_role("link", name="Next customer")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Ready for the next customer")).to_be_visible()
    the_next_scan_is_not_lost_with_the_network_nor_the_page_with_the_session(page)
    with work():
        assert [order.total_minor for order in db.session.query(Order)] == [13000]


def the_next_scan_is_not_lost_with_the_network_nor_the_page_with_the_session(page: Page) -> None:
    page.context.set_offline(True)
    page.keyboard.type("8050000000001")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The shop did not answer.")).to_be_visible()
    expect(page.locator("#code")).to_have_value("8050000000001")
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    expect(page.locator(".till-sum__figure")).to_have_text("€30.00")
    # Whose session ended gets the door as a whole page, not where a part of the till was.
    page.context.clear_cookies()
    page.locator("#code").press_sequentially("lina")
    expect(page).to_have_url(re.compile("/account/sign-in[?]next=/staff/till$"))


def test_by_thumb_on_a_phone_found_by_name_parked_and_taken_up(
    town: Town, new_page: NewPage, work: Work
) -> None:
    page = new_page(account=town.sara, phone=True)
    stand_at_the_till(page)
    page.locator("#code").press_sequentially("lina")
    page.locator(".till-size").filter(has_text="5 here").first.tap()
    expect(page.locator(".till-sum__figure")).to_have_text("€50.00")
    page.get_by_role("button", name=re.compile("^One more of Lina blouse")).tap()
    expect(page.locator(".till-sum__figure")).to_have_text("€100.00")
    page.get_by_label("Name for the parked basket").fill("Back at five")
    page.get_by_role("button", name="Park it").tap()
    expect(page.get_by_text("Back at five")).to_be_visible()
    page.get_by_role("button", name="Take it up").tap()
    expect(page.locator(".till-sum__figure")).to_have_text("€100.00")
    page.get_by_text("Card, at the terminal").tap()
    page.get_by_label("Receipt number").fill("0417")
    page.get_by_role("button", name="The terminal says paid").tap()
    expect(page.get_by_text("receipt number 0417")).to_be_visible()
    with work():
        assert db.session.query(Order).one().paid_with == "terminal"


def test_a_browser_that_reads_no_barcodes_says_so(town: Town, new_page: NewPage) -> None:
    page = new_page(account=town.sara, phone=True)
    page.add_init_script("delete window.BarcodeDetector")
    stand_at_the_till(page)
    page.get_by_role("button", name="Camera").tap()
    expect(page.get_by_text("This browser cannot read barcodes by camera.")).to_be_visible()


def test_a_camera_that_sees_bars_rings_up_what_they_say(town: Town, new_page: NewPage) -> None:
    page = new_page(account=town.sara)
    page.add_init_script(
        """
        window.BarcodeDetector = class {
          static async getSupportedFormats() { return ["ean_13"]; }
          async detect() { return [{ rawValue: "8050000000001" }]; }
        };
        navigator.mediaDevices.getUserMedia = async () => document.createElement("canvas").captureStream();
        HTMLMediaElement.prototype.play = async () => {};
        """
    )
    stand_at_the_till(page)
    page.get_by_role("button", name="Camera").click()
    expect(page.locator(".till-sum__figure")).to_have_text("€30.00")
    page.get_by_role("button", name="Close the camera").click()
    expect(page.locator("[data-viewfinder]")).to_be_hidden()


def test_the_till_works_without_script(town: Town, new_page: NewPage, work: Work) -> None:
    page = new_page(account=town.sara, java_script_enabled=False)
    stand_at_the_till(page)
    page.locator("#code").fill("lina")
    page.get_by_role("button", name="Ring up", exact=True).click()
    page.locator(".till-size").filter(has_text="5 here").first.click()
    expect(page.locator(".till-sum__figure")).to_have_text("€50.00")
    page.get_by_text("Cash", exact=True).click()
    page.get_by_role("button", name="€50.00", exact=True).click()
    expect(page.locator(".till-sold__change")).to_contain_text("€50.00")
    with work():
        assert db.session.query(Order).one().status == "paid"
