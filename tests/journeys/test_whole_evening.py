"""One evening from the first word to its report, on phones: its host reads Italian, the store English."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from commissions.claims.policy import Rule
from commissions.claims.queries import receipt_by_number
from editors.following.actions import follow
from events.calendar.models import Event, EventStatus
from events.calendar.running import keep_hours
from events.door.closing import close_doors
from events.guests import seats
from events.guests.models import Rsvp
from events.invites.actions import allow
from events.reports.counting import count_sales
from foundation import clock as shop_clock
from foundation.db import db
from storefront.catalog.models import Variant
from storefront.orders.models import Order
from tests.events.conftest import TESTS, make_room
from tests.journeys.shop import Town, found_town
from tests.journeys.test_evening import said, show
from tests.journeys.test_till import stand_at_the_till
from tests.storefront.goods import variant_of
from tests.storefront.test_movements import bring

NewPage = Callable[..., Page]
Work = Callable[[], Any]


@pytest.fixture
def town(work: Work, account: Callable[..., int], monkeypatch: pytest.MonkeyPatch) -> Town:
    found = found_town(work, account)
    with work():
        make_room(found.store, "Denim")
        shirt = variant_of(found.products["porta-shirt"])
        bring(shirt, 5, found.store)
        db.session.get_one(Variant, shirt).barcode = "8050000000001"
    # Seats go on at whatever hour these tests run.
    monkeypatch.setattr(seats, "is_quiet", lambda _local: False)
    return found


@pytest.fixture
def ada(town: Town, work: Work, account: Callable[..., int]) -> int:
    """Follows the host, and may be invited."""
    made = account("ada@example.test", name="Ada Rossi", language="it")
    with work():
        follow(actor=TESTS, account_id=made, editor_id=town.editor)
        allow(actor=TESTS, account_id=made, wanted=True)
    return made


def proposed_by(host: Page) -> str:
    """The host writes an evening of one seat down and proposes it; the path of its page in the studio."""
    day = (shop_clock.now() + timedelta(days=9)).date()
    day += timedelta(days=1 if day.weekday() == 6 else 0)
    host.goto("/studio/events/new")
    for name, value in (
        ("title", "One jacket, three ways"),
        ("title_it", "Una giacca, tre modi"),
        ("words", "Bring what you never know what to wear with."),
        ("starts", f"{day.isoformat()}T16:00"),
        ("ends", f"{day.isoformat()}T18:00"),
        ("capacity", "1"),
    ):
        host.locator(f'main [name="{name}"]').fill(value)
    host.get_by_role("button", name="Salva").click()
    expect(host.get_by_role("heading", name="Una giacca, tre modi")).to_be_visible()
    host.get_by_role("button", name="Proponilo al negozio").click()
    expect(host.get_by_text("Proposto").first).to_be_visible()
    return re.sub(r"^https?://[^/]+", "", host.url)


def answered_by(store: Page) -> None:
    """Staff find it where the day begins, and say yes."""
    store.goto("/staff/events")
    store.get_by_role("link", name="One jacket, three ways").click()
    store.get_by_role("button", name="Approve and book the room").click()
    expect(store.get_by_role("heading", name="Move it or call it off")).to_be_visible()


def ticket_of(name: str) -> str:
    rsvp = db.session.scalars(select(Rsvp).where(Rsvp.name.startswith(name))).one()
    return f"/tickets/{rsvp.secret}"


def seat_asked(page: Page, slug: str, name: str) -> None:
    page.goto(f"/events/{slug}/rsvp")
    page.locator('main [name="name"]').fill(name)
    page.locator('main [name="email"]').fill(f"{name.lower()}@example.test")
    page.locator("main form.seat__form button").click()


def hours(event_id: int, *, begins: timedelta, ends: timedelta, status: EventStatus) -> None:
    """The days go by: the evening lies so long from now."""
    now = shop_clock.now()
    values = {"starts_at": now + begins, "ends_at": now + ends, "status": status}
    db.session.execute(update(Event).where(Event.id == event_id).values(values))


def test_from_the_proposal_to_the_report(
    town: Town, ada: int, new_page: NewPage, work: Work, run_jobs: Callable[..., int], axe: Callable
) -> None:
    host = new_page(account=town.giulia, phone=True, locale="it-IT")
    store = new_page(account=town.olga, phone=True)
    at_work = proposed_by(host)
    answered_by(store)
    with work():
        event = db.session.scalars(select(Event)).one()
        event_id, slug = event.id, event.slug

    # Invited, and the only seat is hers; a stranger waits for it, and has it when she gives it back.
    host.goto(f"{at_work}/invite")
    host.locator('main input[name="account"]').check()
    host.get_by_role("button", name="Invita").click()
    expect(host.get_by_text("Senza risposta")).to_be_visible()
    run_jobs()
    with work():
        hers = ticket_of("Ada")
    guest = new_page(phone=True, locale="it-IT")
    guest.goto(hers)
    guest.get_by_role("button", name="Sì, vengo").click()
    expect(
        guest.get_by_role("heading", name="Ci vediamo lì").or_(guest.locator(".ticket svg").first)
    ).to_be_visible()
    assert axe(guest) == []
    stranger = new_page(phone=True)
    seat_asked(stranger, slug, "Bea")
    expect(stranger.get_by_text("You are number 1 in the line")).to_be_visible()
    guest.get_by_role("button", name="Restituisci il posto").click()
    expect(guest.get_by_text("Grazie di averlo detto").first).to_be_visible()
    run_jobs()
    stranger.reload()
    stranger.get_by_role("button", name="Take the seat").click()
    expect(stranger.get_by_text("See you there.").first).to_be_visible()
    with work():
        theirs = ticket_of("Bea")

    # The evening: she is let in without a network, and what she buys is rung up as of the evening.
    with work():
        hours(event_id, begins=-timedelta(minutes=10), ends=timedelta(hours=2), status=EventStatus.LIVE)
    store.goto(f"/staff/events/{event_id}/door")
    expect(store.locator(".doorstep__bar p")).to_have_text("0 of 1 in")
    store.context.set_offline(True)
    show(store, theirs.rsplit("/", 1)[1])
    expect(said(store)).to_have_text("Bea")
    expect(store.locator(".doorstep__net")).to_contain_text("Kept here: 1")
    store.context.set_offline(False)
    expect(store.locator(".doorstep__net")).to_have_text("Online", timeout=15_000)
    till = new_page(account=town.sara, phone=True)
    stand_at_the_till(till)
    till.locator("#code").fill("8050000000001")
    till.locator("#code").press("Enter")
    expect(till.locator(".till-sum__figure")).to_have_text("€30.00")
    till.get_by_text("Sold at an event").click()
    till.get_by_role("button", name="One jacket, three ways, with Giulia Ferri").click()
    expect(till.get_by_text("Sold at the event")).to_be_visible()
    till.get_by_text("Cash", exact=True).click()
    till.get_by_label("Another amount").fill("30")
    till.get_by_label("Another amount").press("Enter")
    expect(till.get_by_role("link", name="Next customer")).to_be_visible()
    run_jobs()

    # It is over: doors are closed, sales counted, and both read what became of it.
    with work():
        hours(event_id, begins=-timedelta(hours=5), ends=-timedelta(hours=3), status=EventStatus.LIVE)
    with work():
        keep_hours(actor=TESTS)
        close_doors(actor=TESTS)
        count_sales(return_days=30)
    with work():
        receipt = receipt_by_number(db.session.scalars(select(Order.number)).one())
        assert receipt is not None and (receipt.editor_id, receipt.rule) == (town.editor, Rule.EVENT)
        came = db.session.scalars(select(Rsvp).where(Rsvp.name == "Bea")).one()
        assert (str(came.status), came.arrived) == ("attended", 1)
    store.goto(f"/staff/events/{event_id}/report")
    figures = store.locator("main .figure")
    expect(figures.filter(has_text="Present").first).to_contain_text("1")
    expect(figures.filter(has_text="From the waiting list").first).to_contain_text("1")
    expect(store.get_by_text("€24.59")).to_be_visible()  # 30.00 without the tax of 22 %
    assert axe(store) == []
    host.goto(f"{at_work}/report")
    expect(host.locator("main .figure").filter(has_text="Presenti").first).to_contain_text("1")
    expect(host.get_by_text("troppo pochi per dire una somma")).to_be_visible()
    assert axe(host) == []
