"""A real browser and a running shop for the journeys: `page` is open on nothing, `shop` says where to go."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import make_server

from foundation.db import db
from tests.browser import chromium
from tests.conftest import environment
from wsgi import create_app

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 900}}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever drives the browser is a journey."""
    for item in items:
        if "page" in getattr(item, "fixturenames", ()) or "new_page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.journey)


@dataclass(frozen=True)
class Shop:
    """A shop that runs while the test does."""

    address: str
    app: Flask


@pytest.fixture(scope="session")
def worker_shop(worker_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """The application behind a threaded server on a free port; ask for `shop` instead."""
    made: list[Flask] = []  # the address goes into the settings, so the server comes before the application
    server = make_server(
        "127.0.0.1", 0, lambda environ, start: made[0].wsgi_app(environ, start), threaded=True
    )
    address = f"http://127.0.0.1:{server.server_port}"
    settings = environment(worker_database, tmp_path_factory.mktemp("shop")) | {"BASE_URL": address}
    made.append(create_app(settings))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Shop(address, made[0])
    server.shutdown()
    thread.join()
    with made[0].app_context():
        db.engine.dispose()


@pytest.fixture
def app(worker_shop: Shop, db_url: str) -> Flask:
    """In this folder the application under test is the one that the browser sees, CSRF and all."""
    return worker_shop.app


@pytest.fixture
def shop(worker_shop: Shop, app: Flask) -> Shop:
    """The running shop on an empty database."""
    return worker_shop


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium a worker."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(chromium.find()), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def new_page(browser: Browser, shop: Shop) -> Iterator[Callable[..., Page]]:
    """`new_page(**options)` is a fresh visitor; `phone=True`, `java_script_enabled=False`, `locale="it-IT"`.

    At the end the test fails if a page raised an error, broke the content policy or asked another host.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(*, phone: bool = False, locale: str = "en-GB", **options: Any) -> Page:
        shape: dict[str, Any] = {**(PHONE if phone else DESK), "locale": locale}
        shape |= {"base_url": shop.address, **options}
        context = browser.new_context(**shape)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((shop.address, "data:", "blob:"))
                else complaints.append(f"asked another host: {request.url}")
            ),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One visitor at a desk, in English."""
    return new_page()


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """`assert axe(page) == []`: what axe-core finds wrong with a page, one line a fault."""
    source = AXE.read_text()
    run = """(tags) => axe.run(document, {runOnly: {type: "tag", values: tags}}).then((found) =>
        found.violations.flatMap((rule) => rule.nodes.map((node) =>
            `${rule.id}: ${rule.help} at ${node.target.join(" ")}`)))"""

    def examine(page: Page) -> list[str]:
        page.evaluate(f"() => {{ {source} }}")
        found: list[str] = page.evaluate(run, RULES)
        return found

    return examine
