"""Seats at evenings: how many are asked for in a second, of one event and of many, beside orders.

Four guests press at the same time, as fast as they are answered; each has opened the form before, in a
session of their own. The same worker then takes orders of three pieces each, spread over many products, in
the same way: what the machine does of those in a second is the bar, or 300 where it does more.

A rush is five thousand for one event of five hundred seats: nobody is answered with an error, nobody sits on
a seat that is not there, and everybody who does not sit waits.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from sqlalchemy import select

from benchmarks.browsing import Browser
from benchmarks.flash_sale import spread_orders, together
from benchmarks.measures import visitor
from benchmarks.seeds import HOUSE, Shelf
from benchmarks.serving import Request, Worker
from editors.membership.models import Editor
from events.calendar.actions import EventDraft, draft_event, propose_event
from events.calendar.deciding import approve_event
from events.calendar.models import MOST_GUESTS, EventFormat
from events.calendar.rooms import RoomDraft, write_room
from foundation import clock
from foundation.db import db, unit_of_work
from storefront.places.actions import PlaceDraft, open_store
from storefront.places.policy import Span
from wsgi import create_app

MOST_ASKED = 300  # RSVPs a second that nobody asks more of, however quick the machine
ASKED, MANY = 48, 16
RUSH, A_MINUTE = 5000, 60.0
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_STANDING = (
    "SELECT coalesce(sum(party) FILTER (WHERE rsvps.status = 'going'), 0),"
    " count(*) FILTER (WHERE rsvps.status = 'going'),"
    " count(*) FILTER (WHERE rsvps.status = 'waitlisted'), count(*)"
    " FROM rsvps JOIN events ON events.id = rsvps.event_id WHERE events.slug = %s"
)
_COUNTED = "SELECT seats_taken, capacity FROM events WHERE slug = %s"


class Overfull(RuntimeError):
    """More people have a seat than there are, or somebody is neither seated nor waiting."""


@dataclass(frozen=True)
class Rates:
    """Answers a second: seats of one event, seats of many, orders."""

    one: float
    many: float
    orders: float

    @property
    def bar(self) -> float:
        """What either has to reach."""
        return min(float(MOST_ASKED), self.orders)


def measure_evenings(product: str, shelf: Shelf, home: Path, rounds: int, asked: int) -> Rates:
    """`asked` of each kind a round; the middle round of each counts. Raises `Overfull`."""
    slugs = plan_evenings(shelf, home, MANY + rounds + 1)
    many, fresh = slugs[:MANY], slugs[MANY:]
    kept: dict[str, list[float]] = {"one": [], "many": [], "orders": []}
    with Worker(product, shelf.database_url, home, "evenings") as worker:
        for turn in range(rounds + 1):
            forms = {
                "one": guests(worker, fresh[turn : turn + 1], asked),
                "many": guests(worker, many, asked),
                "orders": spread_orders(worker, shelf, asked),
            }
            # Who goes first changes, so that none always finds the machine as the same other left it.
            for name in sorted(forms, reverse=bool(turn % 2)):
                before = _orders(shelf)
                rate = together(worker, forms[name], {303})
                if name == "orders" and _orders(shelf) != before + asked:
                    raise RuntimeError("some orders were not placed: their rate is none")
                if turn:  # the first one warms up
                    kept[name].append(rate)
            _all_stand(shelf, fresh[turn], asked)
    return Rates(**{name: statistics.median(rates) for name, rates in kept.items()})


def measure_rush(product: str, shelf: Shelf, home: Path, guests_number: int) -> float:
    """Seconds until so many have asked for a seat at one event. Raises `Overfull`."""
    (slug,) = plan_evenings(shelf, home, 1)
    with Worker(product, shelf.database_url, home, "rush") as worker:
        rate = together(worker, guests(worker, [slug], guests_number), {303})
    _all_stand(shelf, slug, guests_number)
    return guests_number / rate


def guests(worker: Worker, slugs: Sequence[str], number: int) -> list[Request]:
    """The filled-in forms of so many, spread over the events; every third brings somebody."""
    return [_form(worker, slugs[one % len(slugs)], one) for one in range(number)]


def _form(worker: Worker, slug: str, number: int) -> Request:
    address = visitor()
    browser, path = Browser(worker, address), f"/events/{slug}/rsvp"
    token = TOKEN.search(browser.get(path))
    if token is None:
        raise RuntimeError("the form for a seat has no token")
    two = number % 3 == 0
    values = {
        "csrf_token": token[1],
        "people": "2" if two else "1",
        "name": "Anna",
        "plus_one": "Ugo" if two else "",
        "needs": "",
        "email": f"guest-{address}@example.test",
    }
    return browser.form(path, values)


def plan_evenings(shelf: Shelf, home: Path, number: int) -> list[str]:
    """So many evenings of one host, approved, a room each; their addresses."""
    app = create_app(
        {"DATABASE_URL": shelf.database_url, "DATA_DIR": str(home / "data"), "LOG_LEVEL": "WARNING"}
    )
    with app.app_context():
        with unit_of_work():
            host, store = db.session.scalars(select(Editor.id)).first(), _store()
            if host is None:
                raise RuntimeError("nobody is there to host")
            slugs = [_evening(host, store, one) for one in range(number)]
        db.engine.dispose()
    return slugs


def _store() -> int:
    draft = PlaceDraft(
        slug="evenings",
        name="Via Lagrange",
        street="Via Lagrange 12",
        postcode="10123",
        city="Torino",
        country="IT",
        time_zone="Europe/Rome",
        words="",
        week={day: (Span(600, 1140),) for day in range(7)},
    )
    return open_store(actor=HOUSE, draft=draft).id


def _evening(host: int, store: int, number: int) -> str:
    room = RoomDraft(
        name=f"Room {number}", name_it=None, seats=MOST_GUESTS, access="No steps.", access_it=None
    )
    room_id = write_room(actor=HOUSE, place_id=store, draft=room).id
    day = (clock.now() + timedelta(days=10)).date()
    starts = datetime(day.year, day.month, day.day, 16, tzinfo=UTC)
    draft = EventDraft(
        format=EventFormat.STYLING,
        place_id=store,
        title=f"One jacket, three ways {number}",
        words="Bring what you never know what to wear with.",
        happens="18:00 Coats off",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        capacity=MOST_GUESTS,
    )
    event = draft_event(actor=HOUSE, editor_id=host, draft=draft)
    propose_event(actor=HOUSE, editor_id=host, event_id=event.id)
    approve_event(actor=HOUSE, event_id=event.id, room_id=room_id)
    return event.slug


def _orders(shelf: Shelf) -> int:
    with psycopg.connect(shelf.database_url) as connection:
        found = connection.execute("SELECT count(*) FROM orders").fetchone()
    return found[0] if found else 0


def _all_stand(shelf: Shelf, slug: str, asked: int) -> None:
    """Everybody who asked sits or waits, and who sits does so on seats that are there."""
    with psycopg.connect(shelf.database_url) as connection:
        standing = connection.execute(_STANDING, [slug]).fetchone()
        counted = connection.execute(_COUNTED, [slug]).fetchone()
    if standing is None or counted is None:
        raise Overfull("the event is gone")
    people, seated, waiting, rows = standing
    taken, capacity = counted
    if not (people == taken <= capacity and seated + waiting == rows == asked):
        raise Overfull(
            f"{people} people of {seated} parties on {capacity} seats, {taken} counted;"
            f" {waiting} wait, {rows} of {asked} are written down"
        )
