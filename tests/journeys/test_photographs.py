"""Staff bring in a photograph in a real browser: it is cut out, and they decide whether looks show it so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from foundation.accounts.permissions import Role
from tests.foundation.studio import PAPERS, garment, kinds, photographed
from tests.storefront.shelf import put_on_shelf


@pytest.mark.parametrize("phone", [False, True], ids=["desk", "phone"])
def test_a_photograph_is_hung_cut_out_and_left_as_it_is(
    account: Callable[..., int],
    work: Callable[[], Any],
    new_page: Callable[..., Page],
    run_jobs: Callable[..., int],
    axe: Callable[[Page], list[str]],
    phone: bool,
) -> None:
    with work():
        product = put_on_shelf().id
    page = new_page(account=account("carla@example.test", Role.CATALOGUE), phone=phone)
    page.goto(f"/staff/products/{product}/pictures")
    photograph, _truth = photographed(garment(kinds()["tote"]), PAPERS["grey"])
    page.get_by_label("Pictures from this device").set_input_files(
        {"name": "tote.jpg", "mimeType": "image/jpeg", "buffer": photograph}
    )
    page.get_by_role("button", name="Hang them").click()
    expect(page.get_by_text("1 picture hangs there now.")).to_be_visible()
    run_jobs("catalog.finish_picture")
    page.reload()
    assert axe(page) == []
    page.get_by_role("link", name="Cut-out").click()
    cut = page.get_by_alt_text("The piece without its backdrop")
    expect(cut).to_be_visible()
    expect(cut).to_have_js_property("complete", True)
    assert cut.evaluate("picture => picture.naturalWidth > 0")
    assert axe(page) == []
    page.get_by_role("button", name="Do not use it").click()
    expect(page.get_by_text("Looks show the picture as it is.")).to_be_visible()
    expect(page.get_by_role("button", name="Use it in looks")).to_be_visible()
    page.goto("/shop/corso-denim-jacket")
    shown = page.locator(".pdp__gallery picture img").first
    expect(shown).to_be_visible()
    assert ".avif" in shown.evaluate("picture => picture.currentSrc"), "a browser that knows AVIF takes it"
