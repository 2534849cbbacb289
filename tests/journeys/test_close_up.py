"""A shopper looks at a piece from close up, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from foundation.files.pictures import keep_picture
from storefront.catalog.actions import attach_picture
from storefront.catalog.drafts import PictureDraft
from tests.storefront.shelf import CLERK, picture_bytes, put_on_shelf


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_a_picture_opens_over_the_window_grows_and_goes(
    work: Callable[[], Any], new_page: Callable[..., Page], axe: Callable[[Page], list[str]], scripts: bool
) -> None:
    with work():
        product = put_on_shelf().id
        for width in (480, 640):
            kept = asdict(keep_picture(picture_bytes(width, width * 5 // 4)))
            del kept["transparent"]
            attach_picture(actor=CLERK, product_id=product, rendition=PictureDraft(**kept))
    page = new_page(phone=True, java_script_enabled=scripts)
    page.goto("/shop/corso-denim-jacket")
    sheet, room = page.locator("dialog.zoom"), page.locator(".zoom__room").nth(1 if scripts else 0)
    expect(sheet).to_be_hidden()
    page.get_by_role("button", name="Enlarge picture 2 of 2").click()
    expect(sheet).to_be_visible()
    expect(room).to_be_in_viewport()
    if scripts:
        assert axe(page) == []
    picture = room.locator("img")
    before = picture.bounding_box()
    room.click()
    expect(room.locator("input")).to_be_checked()
    after = picture.bounding_box()
    assert before and after and after["width"] > 2 * before["width"]
    page.get_by_role("button", name="Close").click()
    expect(sheet).to_be_hidden()
