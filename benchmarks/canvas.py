"""How smoothly forty pieces are dragged: `python -m benchmarks.canvas ADDRESS EMAIL PASSWORD [SLOWER]`.

Lays a look of forty pieces out in a running shop (the demo), opens it in a Chromium that is slowed down, by
a network as slow as that of Lighthouse’s middling phone and with nothing kept from before, and says when the
first edit was seen. Then one piece is dragged across the canvas, by a movement in every frame, and the frames
a second are counted. Needs a style editor’s sign-in; leaves a draft behind.
"""

from __future__ import annotations

import statistics
import sys
from itertools import pairwise
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.browser import chromium

PIECES = 40
FRAMES = 300
#: Bytes a second and milliseconds there and back.
SLOW_4G = {"downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8, "latency": 150}
AS_IT_IS = {"downloadThroughput": -1, "uploadThroughput": -1, "latency": 0}
#: As soon as the canvas is there a piece is chosen and moved; the moment of the frame that shows it.
FIRST_EDIT = """new MutationObserver((_, watch) => {
  if (!document.querySelector("[data-canvas][data-ready]")) return;
  watch.disconnect();
  setTimeout(() => {
    const thing = document.querySelector(".thing");
    const before = thing.getAttribute("transform");
    thing.focus();
    const press = (key) => thing.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    press("Enter");
    press("ArrowRight");
    if (thing.getAttribute("transform") === before) throw new Error("the key moved nothing");
    const seen = () => { document.documentElement.dataset.edited = performance.now(); };
    requestAnimationFrame(() => setTimeout(seen));
  });
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-ready"] });"""
DRAG = """([x, y, count]) => new Promise((done) => {
  const svg = document.querySelector("svg.canvas");
  const frames = [];
  const step = (at) => {
    const turn = frames.push(at) / 20;
    const to = { clientX: x + 60 * Math.sin(turn), clientY: y + 120 * Math.sin(turn / 3) };
    svg.dispatchEvent(new PointerEvent("pointermove", { pointerId: 1, bubbles: true, ...to }));
    if (frames.length > count) done(frames);
    else requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""
SEND = """async ([address, body, token]) => (await fetch(address, {
  method: "POST", body, headers: {"Content-Type": "application/json", "X-CSRFToken": token},
})).status"""


def measure(address: str, email: str, password: str, slower: float = 4.0) -> dict[str, float]:
    """Frames a second while a piece of forty is dragged, and the milliseconds until a first edit is seen."""
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
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        wire.send("Network.emulateNetworkConditions", {"offline": False, **SLOW_4G})
        wire.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        page.add_init_script(FIRST_EDIT)
        page.reload(wait_until="commit")
        edited = float(page.locator("html[data-edited]").get_attribute("data-edited") or 0)
        wire.send("Network.emulateNetworkConditions", {"offline": False, **AS_IT_IS})
        page.wait_for_load_state("networkidle")
        frames = _drag(page)
        browser.close()
    gaps = [after - before for before, after in pairwise(frames)]
    return {
        "first_edit_ms": edited,
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
    before = page.get_attribute(".frame", "transform")
    frames: list[float] = page.evaluate(DRAG, [x, y, FRAMES])
    if page.get_attribute(".frame", "transform") == before:
        raise SystemExit("Nothing was dragged.")
    page.mouse.up()
    return frames


if __name__ == "__main__":
    found = measure(*sys.argv[1:4], *map(float, sys.argv[4:5]))
    print(", ".join(f"{name} {value:.1f}" for name, value in found.items()))
