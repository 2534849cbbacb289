"""What the walk through the pages looks for is found by it."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.walk import TOLD, UNFILLED, WITH_SIGNS


def test_signs_nobody_filled_in_are_seen_but_where_they_are_explained_or_typed(page: Page) -> None:
    page.set_content(
        "<title>Look</title><p lang=it>Ciao {name}, scegli</p><img alt='%(num)s pieces' src=data:,>"
        "<p><code>{title}</code> the name of the look</p><form><textarea>See {link}</textarea></form>"
        "<textarea>Mine: {story}</textarea>"
    )
    told = page.evaluate(TOLD, WITH_SIGNS)
    assert [sign for text in told for sign in UNFILLED.findall(text)] == ["{name}", "{story}", "%(num)s"]
