"""How quick the door is: `python -m benchmarks.door ADDRESS EMAIL PASSWORD EVENT [SLOWER]`.

Opens the door of an event of a running shop in a Chromium and sends 500 sightings up in one request, as a
phone does that was without a network all evening. Then the network is taken away, the browser slowed down,
and the time from a code to the screen that answers it is taken. Needs a sign-in that may stand there; what
was seen stays written down.
"""

from __future__ import annotations

import statistics
import sys

from playwright.sync_api import Page, sync_playwright

from tests.browser import chromium

LOOKS = 40
SCANS = 500
#: A code is typed and sent; the moment of the frame that shows the answer.
LOOK = """(code) => new Promise((done) => {
  const home = document.querySelector('[data-of="say"]');
  const field = document.querySelector("#code");
  new MutationObserver((_, watch) => {
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
  }).observe(home, { childList: true });
  field.value = code;
  const began = performance.now();
  field.form.requestSubmit();
})"""
COUNT = "(key) => JSON.parse(localStorage.getItem(key)).guests.length"
UPLOAD = """async ([address, count]) => {
  const token = document.querySelector('meta[name="csrf-token"]').content;
  const now = new Date().toISOString();
  const nonce = () => crypto.randomUUID().replaceAll("-", "");
  const guests = [...JSON.parse(localStorage.getItem(Object.keys(localStorage).find((key) =>
    key.endsWith(":list")))).guests];
  const scans = Array.from({ length: count }, (_, n) => ({ nonce: nonce(), at: now, mode: "offline",
    people: 1, rsvp_id: guests[n % guests.length].id }));
  const body = JSON.stringify({ device: "bench", sent_at: now, since: now, scans, walk_ins: [] });
  const began = performance.now();
  const answer = await fetch(address, { method: "POST", body,
    headers: { "Content-Type": "application/json", "X-CSRFToken": token } });
  const told = await answer.json();
  if (told.answers?.length !== count) throw new Error(JSON.stringify(told).slice(0, 200));
  return performance.now() - began;
}"""


def measure(address: str, email: str, password: str, event: str, slower: float = 4.0) -> dict[str, float]:
    """Milliseconds: from a code to its answer without a network, and 500 sightings in one request."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium.find()), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 412, "height": 915}, base_url=address)
        page.goto("/account/sign-in")
        page.fill("#email", email)
        page.fill("#password", password)
        page.press("#password", "Enter")
        page.wait_for_url("**/staff")
        page.goto(f"/staff/events/{event}/door")
        page.wait_for_function("() => Object.keys(localStorage).some((key) => key.endsWith(':list'))")
        guests = page.evaluate(COUNT, f"kept:door:{event}:list")
        upload = float(page.evaluate(UPLOAD, [f"/staff/events/{event}/door/scans", SCANS]))
        page.context.set_offline(True)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
        times = [_look(page, f"forged-{number}") for number in range(LOOKS)]
        browser.close()
    return {
        "guests": guests,
        "answer_ms": statistics.median(times),
        "worst_ms": max(times),
        "upload_500_ms": upload,
    }


def _look(page: Page, code: str) -> float:
    page.evaluate("document.querySelector('[data-of=say] [data-go=ready]')?.click()")
    return float(page.evaluate(LOOK, code))


if __name__ == "__main__":
    found = measure(*sys.argv[1:5], *map(float, sys.argv[5:6]))
    print(", ".join(f"{name} {value:.1f}" for name, value in found.items()))
