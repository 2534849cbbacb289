"""How smoothly forty pieces are dragged: `python -m benchmarks.canvas ADDRESS EMAIL PASSWORD [SLOWER]`.

Lays a look of forty pieces out in a running shop (the demo), drags one across the canvas in a Chromium
that is slowed down, and says the frames a second. Needs a style editor’s sign-in; leaves a draft behind.
"""

from __future__ import annotations

import statistics
import sys
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.browser import chromium

PIECES = 40
STEPS = 120
FRAMES = """() => {
  window.frames_ = [];
  const note = (at) => { window.frames_.push(at); window.noting = requestAnimationFrame(note); };
  window.noting = requestAnimationFrame(note);
}"""
SEND = """async ([address, body, token]) => (await fetch(address, {
  method: "POST", body, headers: {"Content-Type": "application/json", "X-CSRFToken": token},
})).status"""


def measure(address: str, email: str, password: str, slower: float = 4.0) -> dict[str, float]:
    """Frames a second while a piece of forty is dragged, and the milliseconds until the canvas is ready."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium.find()), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 412, "height": 915}, base_url=address)
        page.goto("/account/sign-in")
        page.fill("#email", email)
        page.fill("#password", password)
        page.press("#password", "Enter")
        page.wait_for_url("**/studio")
        _forty_pieces(page)
        wire: Any = page.context.new_cdp_session(page)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        page.reload()
        page.wait_for_selector("[data-canvas][data-ready]")
        ready = page.evaluate("performance.now()")
        page.wait_for_load_state("networkidle")
        frames = _drag(page)
        browser.close()
    gaps = [after - before for before, after in pairwise(frames)]
    return {
        "ready_ms": ready,
        "frames_a_second": 1000 * len(gaps) / (frames[-1] - frames[0]),
        "median_ms": statistics.median(gaps),
        "worst_ms": max(gaps),
    }


def _forty_pieces(page: Page) -> None:
    """A draft with forty pieces, nine of each at most, open on its canvas."""
    page.goto("/studio/looks/new")
    page.get_by_role("button", name="Begin on the canvas").click()
    page.wait_for_selector("[data-canvas][data-ready]")
    products = page.eval_on_selector_all("[data-add]", "all => all.map((one) => Number(one.dataset.add))")
    places = [
        f'{{"kind": "piece", "product": {products[at % len(products)]}, "x": {700 + at % 8 * 800},'
        f' "y": {900 + at // 8 * 1700}, "scale": 500, "rotation": {at * 37 % 300 - 150}, "flip": false,'
        ' "locked": false}'
        for at in range(PIECES)
    ]
    version = page.evaluate("JSON.parse(document.getElementById('canvas-data').textContent).version")
    body = f'{{"version": {version}, "ground": "linen", "things": [{", ".join(places)}]}}'
    token = page.get_attribute("meta[name=csrf-token]", "content")
    status = page.evaluate(SEND, [page.url, body, token])
    if status != 200:
        raise SystemExit(f"The look was not taken: {status}")


def _drag(page: Page) -> list[float]:
    """The moments of the frames while the topmost piece goes round."""
    box = page.locator("svg.canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 10, y + 10)
    page.evaluate(FRAMES)
    for step in range(STEPS):
        page.mouse.move(x + 60 - abs(step % 60 - 30) * 4, y + step - STEPS / 2)
        page.wait_for_timeout(8)
    frames: list[float] = page.evaluate("cancelAnimationFrame(window.noting), window.frames_")
    page.mouse.up()
    return frames


if __name__ == "__main__":
    found = measure(*sys.argv[1:4], *map(float, sys.argv[4:5]))
    print(", ".join(f"{name} {value:.1f}" for name, value in found.items()))
