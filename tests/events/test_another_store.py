"""An evening that is moved to another store: its room, its clock, and its guests."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from events.calendar.errors import NoSuchRoom, RoomTaken
from events.calendar.models import Event, EventTurn
from events.calendar.running import move_event
from events.guests.models import Rsvp
from foundation import clock as shop_clock
from foundation.db import db
from foundation.jobs.draining import drain
from foundation.mail.models import Message
from storefront.places.models import Place
from tests.events.conftest import STAFF, make_room, make_store
from tests.events.test_guest_pages import people
from tests.events.test_guests import ask, booked, standing, taken

__all__ = ["booked", "people"]


@pytest.fixture
def london(work, store) -> tuple[int, int]:
    """A store an hour behind, and its room."""
    with work():
        place = make_store("london", "Europe/London")
        there = db.session.get_one(Place, place)
        there.name, there.city, there.street, there.country = (
            "Marylebone",
            "London",
            "Chiltern 3",
            "GB",
        )
        return place, make_room(place, "Upstairs")


def letters(app, to: str) -> list[Message]:
    drain(app)
    return list(db.session.scalars(select(Message).where(Message.recipient == to).order_by(Message.id)))


def test_staff_move_an_evening_to_a_store_in_another_zone_and_its_guests_are_asked(
    work, booked, store, london, people, client, app
):
    event_id = booked(capacity=2)
    with work():
        ada, _bea, cleo = (ask(event_id, name) for name in ("ada", "bea", "cleo"))
        event = db.session.get_one(Event, event_id)
        slug, sequence, day = event.slug, event.sequence, event.starts_at.date()
    drain(app)
    _host, paola, _reads = people
    page = f"/staff/events/{event_id}"
    shown = paola.get(page).text
    assert "Marylebone, London: Upstairs, 24 people" in shown and "on the clock of that store" in shown
    times = {"starts": f"{day}T18:30", "ends": f"{day}T20:30"}
    moved = {"do": "move", "room": london[1], "words": "The lift is broken.", **times}
    silent = paola.post(page, data=moved | {"words": " "})
    assert silent.status_code == 422 and f"{day}T18:30" in silent.text
    assert paola.post(page, data=moved).status_code == 303
    with work():
        event = db.session.get_one(Event, event_id)
        assert (event.place_id, event.room_id, event.time_zone) == (*london, "Europe/London")
        assert event.agreed_place_id == store  # whose word on a reward holds
        assert event.starts_at == datetime(day.year, day.month, day.day, 18, 30, tzinfo=UTC)
        assert event.sequence == sequence + 1
        assert standing(event_id) == {"ada": "going", "bea": "going", "cleo": "waitlisted"}
        assert taken(event_id) == 2
        told = letters(app, "ada@example.test")[-1]
        assert "Moved" in told.subject and "another time or in another place" in told.text
        assert "Marylebone, London" in told.text and "18:30" in told.text
        assert db.session.get_one(Rsvp, ada.id).asked_at is not None
        assert "You keep your place in the line." in letters(app, "cleo@example.test")[-1].text
        ticket = db.session.get_one(Rsvp, cleo.id).secret
    for address in (f"/events/{slug}", f"/tickets/{ticket}"):
        there = client.get(address).text
        assert "London" in there and "Via Lagrange" not in there, address
    calendar = client.get(f"/events/{slug}/calendar.ics").text
    assert "TZID=Europe/London:" in calendar.replace("\r\n ", "") and f"SEQUENCE:{sequence + 1}" in calendar
    # And back again, from the store it is in now.
    assert "Via Lagrange" in paola.get(page).text


def test_a_room_elsewhere_that_is_taken_or_whose_store_is_gone_is_refused_and_nothing_moves(
    work, booked, proposed, london, people, host
):
    event_id, other = booked(), booked(days=11)
    place, room = london
    with work():
        first = db.session.get_one(Event, event_id)
        same = {"starts_at": first.starts_at, "ends_at": first.ends_at, "words": "x"}
        move_event(actor=STAFF, event_id=other, room_id=room, **same)
    with work():
        first = db.session.get_one(Event, event_id)
        before = (first.place_id, first.room_id, first.time_zone, first.sequence)
        with pytest.raises(RoomTaken), db.session.begin_nested():
            move_event(actor=STAFF, event_id=event_id, room_id=room, **same)
        empty = make_room(place, "Cellar")
        db.session.get_one(Place, place).closed_at = shop_clock.now()
        db.session.flush()
        with pytest.raises(NoSuchRoom), db.session.begin_nested():
            move_event(actor=STAFF, event_id=event_id, room_id=empty, **same)
    with work():
        first = db.session.get_one(Event, event_id)
        assert (first.place_id, first.room_id, first.time_zone, first.sequence) == before
        steps = db.session.scalars(select(EventTurn.step).where(EventTurn.event_id == event_id)).all()
        assert "moved" not in steps
    # What waits for an answer is not moved: another store is asked anew.
    waits = proposed(days=15)
    _studio, paola, _reads = people
    assert "Marylebone" not in paola.get(f"/staff/events/{waits}").text
