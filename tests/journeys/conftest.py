"""A real browser and a running shop for the journeys: `page` is open on nothing, `shop` says where to go."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright
from werkzeug.serving import make_server

from foundation import clock as shop_clock
from foundation.accounts.confirmation import KEY as SECOND_FACTOR
from foundation.db import db
from foundation.jobs.queue import queue
from stripe_sandbox.clockwork import moved_clock
from tests.browser import chromium
from tests.conftest import environment, translated_once
from tests.journeys.shop import found_town
from tests.journeys.walk import Findings, Visit
from wsgi import create_app

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
# Loaded from the shop: what comes from an address the browser keeps compiled, what is sent along with a
# question it compiles again on every page.
EXAMINER = "/_axe.js"
FETCH = """(address) => "axe" in window || new Promise((there, missing) => {
  const script = document.createElement("script");
  Object.assign(script, {src: address, onload: there, onerror: missing});
  document.head.append(script);
  script.remove();
})"""
PHONE = {"viewport": {"width": 412, "height": 915}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 900}}
# A browser without a screen says so in its name, and is counted as the program that it is.
PERSON = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever drives the browser is a journey. Journeys come first: a walk of half a minute that is begun
    last leaves one of two cores idle, and one worker that goes on all of them opens one browser alone."""
    for item in items:
        if "page" in getattr(item, "fixturenames", ()) or "new_page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.timeout(300))  # a walk through many pages, maybe on a busy machine
    items.sort(key=lambda item: item.get_closest_marker("journey") is None)


@dataclass(frozen=True)
class Shop:
    """A shop that runs while the test does."""

    address: str
    app: Flask


def _kept(body: bytes) -> Callable[[Any, Any], list[bytes]]:
    """Answers a script that the browser may keep."""
    headers = [("Content-Type", "text/javascript"), ("Content-Length", str(len(body)))]
    headers.append(("Cache-Control", "max-age=86400, immutable"))

    def answer(_environ: Any, start: Any) -> list[bytes]:
        start("200 OK", headers)
        return [body]

    return answer


@pytest.fixture(scope="session")
def worker_shop(worker_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """The application behind a threaded server on a free port; ask for `shop` instead."""
    made: list[Flask] = []  # the address goes into the settings, so the server comes before the application
    examiner = _kept(AXE.read_bytes())

    def answer(environ: Any, start: Any) -> Any:
        return (examiner if environ["PATH_INFO"] == EXAMINER else made[0].wsgi_app)(environ, start)

    server = make_server("127.0.0.1", 0, answer, threaded=True)
    address = f"http://127.0.0.1:{server.server_port}"
    settings = environment(worker_database, tmp_path_factory.mktemp("shop")) | {"BASE_URL": address}
    made.append(translated_once(create_app(settings)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Shop(address, made[0])
    server.shutdown()
    thread.join()
    with made[0].app_context():
        db.engine.dispose()


@pytest.fixture
def app(worker_shop: Shop, db_url: str) -> Flask:
    """In this folder the application under test is the one that the browser sees, CSRF and all; its clock
    right before anything is written down by it, wherever the test before left it."""
    moved_clock.reset()
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


def _watch(context: BrowserContext, address: str, complaints: list[str]) -> None:
    """Write down what no page may do: fail in a script, break the policy, miss a file, ask another host."""

    def where(page: Page | None) -> str:
        return page.url if page else "a page that is gone"

    def heard(message: Any) -> None:
        # A page that answers 404 or 422, or none while the network is taken away, is told here too; whether
        # it should is the test's to say.
        failed = "Failed to load resource" in message.text or "Failed to fetch" in message.text
        if message.type in ("error", "warning") and not failed:
            complaints.append(f"said on {where(message.page)}: {message.text}")

    def answered(response: Response) -> None:
        if response.status >= 400 and response.request.resource_type not in ("document", "fetch", "xhr"):
            complaints.append(f"{response.status} for {response.url} on {response.frame.url}")

    def asked(request: Any) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            complaints.append(f"asked another host on {request.frame.url}: {request.url}")

    context.on("weberror", lambda failed: complaints.append(f"error on {where(failed.page)}: {failed.error}"))
    context.on("console", heard)
    context.on("response", answered)
    context.on("request", asked)


@pytest.fixture
def new_page(browser: Browser, shop: Shop) -> Iterator[Callable[..., Page]]:
    """`new_page(**options)` is a fresh visitor; `phone=True`, `java_script_enabled=False`, `locale="it-IT"`.

    `account=` signs them in, their second factor shown just now unless `confirmed=False`. At the end the
    test fails if a page raised an error, complained on the console, missed a file, broke the content policy
    or asked another host.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(
        *,
        phone: bool = False,
        locale: str = "en-GB",
        account: int | None = None,
        confirmed: bool = True,
        **options: Any,
    ) -> Page:
        shape: dict[str, Any] = {**(PHONE if phone else DESK), "locale": locale, "user_agent": PERSON}
        shape |= {"base_url": shop.address, "reduced_motion": "reduce", **options}
        context = browser.new_context(**shape)
        context.set_default_timeout(10_000)
        contexts.append(context)
        if account is not None:
            context.add_cookies([session_cookie(shop, account, confirmed)])
        _watch(context, shop.address, complaints)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


def session_cookie(shop: Shop, account: int, confirmed: bool = True) -> Any:
    """The cookie of somebody who is signed in and, when `confirmed`, has just shown the second factor."""
    kept: dict[str, Any] = {"_user_id": f"{account}.0", "_fresh": True}
    if confirmed:
        kept[SECOND_FACTOR] = [f"{account}.0", shop_clock.machine().isoformat()]
    signer = shop.app.session_interface.get_signing_serializer(shop.app)  # type: ignore[attr-defined]
    return {"name": shop.app.config["SESSION_COOKIE_NAME"], "value": signer.dumps(kept), "url": shop.address}


@pytest.fixture
def verified(app: Flask) -> Callable[[], int]:
    """`verified()` proves the books by the command; returns how many entries they have."""

    def verify() -> int:
        ran = app.test_cli_runner().invoke(args=["commissions", "verify"])
        assert ran.exit_code == 0, ran.output
        said = json.loads(ran.output.splitlines()[-1])
        assert said["ok"] is True
        return int(said["entries"])

    return verify


@pytest.fixture
def pass_time(run_jobs: Callable[..., int], app: Flask) -> Callable[[], None]:
    """`pass_time()` runs what the worker runs by the clock, and all that follows from it."""

    def run() -> None:
        for name in ("stripe_sandbox.tick", "commissions.mature"):
            with app.app_context():
                queue.tasks[name]()
        run_jobs()

    return run


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One visitor at a desk, in English."""
    return new_page()


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """`assert axe(page) == []`: what axe-core finds wrong with a page, one line a fault."""
    # Nothing is told but what is wrong, so nothing is worked out for the rest.
    run = """(tags) => axe.run(document, {
            runOnly: {type: "tag", values: tags}, resultTypes: ["violations"],
        }).then((found) => found.violations.flatMap((rule) => rule.nodes.map((node) =>
            `${rule.id}: ${rule.help} at ${node.target.join(" ")}`)))"""

    def examine(page: Page) -> list[str]:
        page.evaluate(FETCH, EXAMINER)
        found: list[str] = page.evaluate(run, RULES)
        return found

    return examine


@pytest.fixture
def visit(
    work: Callable[[], Any],
    account: Callable[..., int],
    new_page: Callable[..., Page],
    run_jobs: Callable[..., int],
    pass_time: Callable[[], None],
    axe: Callable[[Page], list[str]],
    shop: Shop,
) -> Iterator[Visit]:
    """A walk through the small town; at its end everything that was found is told at once."""
    town = found_town(work, account)
    run_jobs()
    findings = Findings(axe, shop.address)
    yield Visit(town, findings, shop.address, new_page, work, run_jobs, pass_time)
    assert not findings.found, "\n".join(dict.fromkeys(findings.found))
