"""Finding a piece in a real browser: suggestions by the keyboard, hearts, and all of it without script."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.shop import Town, found_town

NewPage = Callable[..., Page]


@pytest.fixture
def town(work: Callable[[], Any], account: Callable[..., int]) -> Town:
    return found_town(work, account)


def test_suggestions_are_walked_through_by_the_keyboard(
    town: Town, new_page: NewPage, axe: Callable[[Page], list[str]]
) -> None:
    page = new_page()
    page.goto("/shop")
    field = page.locator("#q")
    field.press_sequentially("lin")
    options = page.get_by_role("option")
    expect(options.filter(has_text="Lina blouse")).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    assert axe(page) == []
    field.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_contain_text("Lina blouse")
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("a")
    expect(options.first).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(page).to_have_url(re.compile("/shop/lina-blouse$"))


def test_a_choice_changes_the_list_and_the_address_at_once(town: Town, new_page: NewPage) -> None:
    page = new_page()
    page.goto("/shop")
    page.get_by_role("checkbox", name="Tops and shirts").check()
    expect(page).to_have_url(re.compile("category=tops"))
    expect(page.locator(".products")).not_to_contain_text("Corso denim jacket")
    page.go_back()
    expect(page.locator(".products")).to_contain_text("Corso denim jacket")


def test_a_heart_turns_on_and_off_and_the_list_has_it(town: Town, new_page: NewPage) -> None:
    page = new_page()
    page.goto("/shop")
    heart = page.get_by_role("button", name="Wish for Lina blouse")
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile("/shop$"))
    page.goto("/wishes")
    expect(page.locator(".products")).to_contain_text("Lina blouse")
    page.get_by_role("button", name="Wish for Lina blouse").click()
    expect(page.get_by_role("button", name="Wish for Lina blouse")).to_have_attribute("aria-pressed", "false")
    page.goto("/wishes")
    expect(page.locator("main")).to_contain_text("Nothing wished for yet")


def test_without_script_everything_is_a_link_or_a_form(town: Town, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False, phone=True)
    page.goto("/shop")
    page.get_by_role("button", name="Wish for Lina blouse").click()
    expect(page.locator("main")).to_contain_text("On your wish list.")
    expect(page).to_have_url(re.compile(r"/shop\??$"))
    page.locator(".facets__fold > summary").click()
    page.get_by_role("checkbox", name="Tops and shirts").check()
    page.get_by_role("button", name="Show pieces").click()
    expect(page).to_have_url(re.compile("category=tops"))
    page.locator(".site-search summary").click()
    page.locator("#site-search").fill("denim jaket")
    page.locator("#site-search").press("Enter")
    expect(page.locator("main")).to_contain_text("Corso denim jacket")


def test_what_this_tab_looked_at_is_shown_until_it_is_forgotten(town: Town, new_page: NewPage) -> None:
    page = new_page()
    page.goto("/shop/lina-blouse")
    page.goto("/shop/corso-denim-jacket")
    expect(page.get_by_role("heading", name="You looked at")).to_be_visible()
    seen = page.locator("[data-seen]")
    expect(seen).to_contain_text("Lina blouse")
    page.get_by_role("button", name="Forget these").click()
    expect(seen).to_be_empty()
    page.reload()
    expect(page.locator("[data-seen]")).to_be_empty()
