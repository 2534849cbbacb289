"""The door of an evening on real phones: tickets are known without a network, and nothing seen is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import segno
from playwright.sync_api import Page, expect
from sqlalchemy import select

from events.calendar.actions import draft_event, propose_event
from events.calendar.deciding import approve_event
from events.calendar.models import Event, EventStatus
from events.door.models import Scan
from events.door.queries import people_in
from events.guests.actions import ask_for_seats
from events.guests.coming import Coming
from events.guests.models import Rsvp
from foundation import clock as shop_clock
from foundation.db import db
from tests.events.conftest import STAFF, TESTS, evening, make_room
from tests.journeys.shop import Town, found_town

NewPage = Callable[..., Page]
Work = Callable[[], Any]


@pytest.fixture
def town(work: Work, account: Callable[..., int]) -> Town:
    return found_town(work, account)


@pytest.fixture
def tonight(town: Town, work: Work) -> tuple[int, dict[str, str]]:
    """An evening that began ten minutes ago, and the secrets of its tickets by name; the last one waits."""
    with work():
        room = make_room(town.store, "Denim")
        event_id = draft_event(
            actor=TESTS, editor_id=town.editor, draft=evening(town.store, days=9, capacity=4)
        ).id
        propose_event(actor=TESTS, editor_id=town.editor, event_id=event_id)
        approve_event(actor=STAFF, event_id=event_id, room_id=room)
        later_id = draft_event(
            actor=TESTS, editor_id=town.editor, draft=evening(town.store, days=12, capacity=4)
        ).id
        propose_event(actor=TESTS, editor_id=town.editor, event_id=later_id)
        approve_event(actor=STAFF, event_id=later_id, room_id=room)
        secrets = {}
        for name, people in (
            ("Ada Rossi", 2),
            ("Bea Neri", 1),
            ("Cleo Sala", 1),
            ("Dora Villa", 1),
            ("Eva Riva", 1),
        ):
            secrets[name.split()[0]] = ask_for_seats(
                actor=TESTS,
                event_id=later_id if name == "Eva Riva" else event_id,
                coming=Coming(name=name, party=people, plus_one="Ugo" if people > 1 else ""),
                email=f"{name.split()[0].lower()}@example.test",
                language="it",
            ).rsvp.secret
        event, now = db.session.get_one(Event, event_id), shop_clock.now()
        event.starts_at, event.ends_at = now - timedelta(minutes=10), now + timedelta(hours=2)
        event.status = EventStatus.LIVE
    return event_id, secrets


def show(page: Page, code: str) -> None:
    page.locator("#code").fill(code)
    page.locator("#code").press("Enter")


def on_phone(page: Page, key: str) -> Any:
    return page.evaluate("(key) => localStorage.getItem(key)", key)


def cut_off(page: Page) -> None:
    """Take the network away. Chromium forgets that for a moment when a page is loaded again, so what goes to
    the shop is stopped besides."""
    page.context.route("**/door/scans", lambda route: route.abort())
    page.context.set_offline(True)


def connect(page: Page) -> None:
    page.context.unroute("**/door/scans")
    page.context.set_offline(False)


def said(page: Page) -> Any:
    return page.locator('[data-of="say"] h2')


def test_two_phones_at_the_door_with_and_without_a_network(
    town: Town, tonight: tuple[int, dict[str, str]], new_page: NewPage, work: Work, axe: Callable
) -> None:
    event_id, secrets = tonight
    store = new_page(account=town.olga, phone=True, locale="it-IT")
    store.goto(f"/staff/events/{event_id}/door")
    net = store.locator(".doorstep__net")
    expect(net).to_have_text("Online")
    expect(store.locator(".doorstep__bar p")).to_have_text("0 su 4 dentro")
    # The page is kept on the phone once its worker has it.
    store.evaluate("navigator.serviceWorker.ready")
    pages = "async (name) => (await (await caches.open(name)).keys()).length > 5"
    store.wait_for_function(pages, arg=f"door-{event_id}")
    kept = on_phone(store, f"kept:door:{event_id}:list")
    assert "Ada R." in kept and "Rossi" not in kept and secrets["Ada"] not in kept
    assert axe(store) == []

    show(store, f"https://elsewhere.test/tickets/{secrets['Ada']}")
    expect(said(store)).to_have_text("Ada R. e un’altra persona")
    expect(store.locator(".doorstep__bar p")).to_have_text("2 su 4 dentro")
    assert axe(store) == []
    store.get_by_role("button", name="È qui uno solo").click()
    expect(said(store)).to_have_text("Ada R.")
    expect(store.locator(".doorstep__bar p")).to_have_text("1 su 4 dentro")

    host = new_page(account=town.giulia, phone=True)
    host.goto(f"/studio/events/{event_id}/door")
    expect(host.locator(".doorstep__bar p")).to_have_text("1 of 4 in")
    for phone in (store, host):
        cut_off(phone)
    show(store, secrets["Bea"])
    expect(said(store)).to_have_text("Bea N.")
    expect(net).to_contain_text("Conservati qui: 1")
    # The page opens again without a network, and still knows whom it let in.
    store.reload()
    expect(store.locator(".doorstep__bar p")).to_have_text("2 su 4 dentro")
    show(store, secrets["Bea"])
    expect(said(store)).to_have_text("Bea N. è già dentro")
    store.get_by_role("link", name="È la stessa persona").click()
    # A ticket of an evening nearby is known as that, too.
    show(store, secrets["Eva"])
    expect(said(store)).to_contain_text("Questo posto è per")
    expect(store.locator('[data-of="say"]')).to_contain_text("Una giacca, tre modi")
    store.get_by_role("link", name="Indietro").click()
    show(store, "forged")
    expect(said(store)).to_have_text("Non conosciamo questo codice")
    store.get_by_role("link", name="Senza invito").click()
    store.locator('[data-of="walk_in"] input[name="name"]').fill("Zoe")
    store.get_by_role("button", name="Fai entrare").last.click()
    expect(store.locator("[data-wrong]")).to_contain_text("I posti sono tutti presi")
    store.locator('[data-of="walk_in"] select').select_option("C’è spazio in piedi")
    store.get_by_role("button", name="Fai entrare").last.click()
    expect(said(store)).to_have_text("Zoe")
    # The other phone knows nothing of Bea, and looks for her by name.
    host.get_by_role("link", name="Find by name").click()
    host.locator("#who").fill("be")
    host.get_by_role("button", name="Check in").click()
    expect(said(host)).to_have_text("Bea N.")
    with work():
        assert people_in(event_id) == 1  # nobody has told yet

    connect(store)
    expect(net).to_have_text("Online", timeout=15_000)
    connect(host)
    expect(host.locator(".doorstep__net")).to_have_text("Online", timeout=15_000)
    expect(host.locator(".doorstep__bar p")).to_have_text("3 of 4 in")
    with work():
        assert people_in(event_id) == 3
        rows = db.session.execute(
            select(Rsvp.name, Scan.result, Scan.mode, Scan.people)
            .join(Rsvp)
            .order_by(Scan.received_at, Scan.id)
        ).all()
        bea = [tuple(row[1:]) for row in rows if row[0] == "Bea Neri"]
        assert bea == [("ok", "offline", 1), ("again", "offline", 0), ("again", "offline", 1)]
        assert [tuple(row[1:]) for row in rows if row[0] == "Zoe"] == [("ok", "walkin", 1)]
    assert on_phone(store, f"kept:door:{event_id}:queue") is None
    # Half a day after the end nothing is left on the phone, whichever page is opened next.
    store.goto("/")  # away from the door, which would write its list anew
    store.evaluate(
        "(key) => localStorage.setItem(key, JSON.stringify({until: 1}))", f"kept:door:{event_id}:list"
    )
    store.reload()
    assert on_phone(store, f"kept:door:{event_id}:list") is None


# A camera in whose picture a ticket lies a little askew on a grey table; nothing else is stood in for.
IN_SIGHT = """
(rows) => {
  navigator.mediaDevices.getUserMedia = async () => {
    const seen = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
    const pen = seen.getContext("2d");
    const side = 250 / rows.length;
    setInterval(() => {
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.fillStyle = "#8d8a84";
      pen.fillRect(0, 0, 640, 480);
      pen.translate(330, 235);
      pen.rotate(0.17);
      pen.fillStyle = "#f4f2ee";
      pen.fillRect(-160, -160, 320, 320);
      pen.fillStyle = "#22201c";
      rows.forEach((row, y) => [...row].forEach((dark, x) => {
        if (dark === "1") pen.fillRect(x * side - 125, y * side - 125, side + 0.4, side + 0.4);
      }));
    }, 60);
    return seen.captureStream(15);
  };
}
"""


def test_the_camera_reads_the_code_of_a_ticket_from_what_it_sees(
    town: Town, tonight: tuple[int, dict[str, str]], new_page: NewPage, work: Work
) -> None:
    event_id, secrets = tonight
    code = segno.make(f"http://shop.test/tickets/{secrets['Bea']}", micro=False)
    rows = ["".join(map(str, row)) for row in code.matrix]
    page = new_page(account=town.olga, phone=True)
    page.goto(f"/staff/events/{event_id}/door")
    page.evaluate(IN_SIGHT, rows)
    with page.expect_response(lambda answer: "nonce" in (answer.request.post_data or "")):
        page.get_by_role("button", name="Use the camera").click()
    expect(said(page)).to_have_text("Bea N.")
    expect(page.locator(".doorstep__bar p")).to_have_text("1 of 4 in")
    with work():
        (scan,) = db.session.scalars(select(Scan))
        assert str(scan.result) == "ok" and scan.rsvp_id is not None
