"""There is a browser, it reaches the shop and nothing else."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.journeys.conftest import Shop


def test_the_browser_reaches_the_running_shop(shop: Shop, new_page: Callable[..., Page]) -> None:
    answer = new_page().goto("/a-page-that-nobody-made")
    assert answer is not None
    assert answer.status == 404


def test_axe_tells_what_is_wrong_on_each_page_it_is_shown(
    new_page: Callable[..., Page], axe: Callable[[Page], list[str]]
) -> None:
    page = new_page()
    for _ in range(2):
        page.goto("/a-page-that-nobody-made")
        assert axe(page) == []
        page.evaluate("document.documentElement.removeAttribute('lang')")
        assert [fault.partition(":")[0] for fault in axe(page)] == ["html-has-lang"]
    assert page.locator("script[src='/_axe.js']").count() == 0


def test_a_phone_is_narrow_and_speaks_its_language(new_page: Callable[..., Page]) -> None:
    page = new_page(phone=True, locale="it-IT")
    page.goto("/a-page-that-nobody-made")
    assert page.evaluate("window.innerWidth") <= 980
    assert page.evaluate("navigator.language") == "it-IT"
