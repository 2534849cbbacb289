"""A collection from the desk to a shopper: by rule with what it finds seen ahead, by hand by dragging."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from storefront.collections.actions import CollectionDraft, change_collection
from storefront.collections.policy import Order
from tests.journeys.conftest import Shop
from tests.journeys.shop import HOUSE, found_town
from tests.storefront.hung import by_hand

pytestmark = pytest.mark.journey


def test_staff_see_ahead_what_a_rule_finds_and_a_shopper_buys_from_it(
    shop: Shop, new_page: Callable[..., Page], work: Any, account: Callable[..., int]
) -> None:
    town = found_town(work, account)
    olga, guest = new_page(account=town.olga), new_page(phone=True)
    olga.goto("/staff/collections/new")
    olga.get_by_label("Title, in English").fill("Small sums")
    olga.get_by_text("By rule: whatever fits at the moment").click()
    olga.get_by_role("button", name="Make the collection").click()
    expect(olga.locator("#preview")).to_contain_text("No piece fits now.")
    olga.get_by_label("Rule 1").select_option(label="Costs at most")
    olga.locator("#rules-0-amount").fill("60")
    olga.locator("#rules-0-amount").blur()
    expect(olga.locator("#preview")).to_contain_text("2 products now.")
    olga.locator("#rules-0-amount").fill("40")
    olga.locator("#rules-0-amount").blur()
    expect(olga.locator("#preview")).to_contain_text("1 product now.")
    olga.get_by_role("button", name="Keep it").click()
    olga.get_by_role("button", name="Put it on the web").click()
    guest.goto("/collections")
    guest.get_by_role("link", name="Small sums").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Small sums")
    expect(guest.locator(".products .card-product")).to_have_count(1)
    guest.get_by_role("link", name="Porta shirt").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Porta shirt")


def test_pieces_are_put_in_order_by_dragging_or_without_any_script(
    shop: Shop, new_page: Callable[..., Page], work: Any, account: Callable[..., int]
) -> None:
    town = found_town(work, account)
    with work():
        made = by_hand(list(town.products.values())).id
        draft = CollectionDraft(title="Evening", handle="evening", sort=Order.HAND)
        change_collection(actor=HOUSE, collection_id=made, draft=draft)
    olga = new_page(account=town.olga)
    olga.goto(f"/staff/collections/{made}")
    lines = olga.locator("ol.held > li")
    first = lines.nth(0).get_attribute("data-id")
    box = lines.nth(2).bounding_box()
    assert box is not None
    with olga.expect_navigation():
        lines.nth(0).drag_to(lines.nth(2), target_position={"x": 20, "y": box["height"] - 4})
    assert lines.nth(2).get_attribute("data-id") == first
    plain = new_page(account=town.olga, java_script_enabled=False)
    plain.goto(f"/staff/collections/{made}")
    plain.locator("ol.held > li").nth(2).get_by_role("button", name="one place earlier").click()
    assert plain.locator("ol.held > li").nth(1).get_attribute("data-id") == first
