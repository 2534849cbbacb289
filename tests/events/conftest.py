from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from editors.membership.models import Editor
from events.calendar.actions import EventDraft, draft_event, propose_event
from events.calendar.models import EventFormat
from events.calendar.rooms import RoomDraft, write_room
from foundation import clock as shop_clock
from foundation.actors import Actor
from foundation.db import db
from storefront.places.actions import PlaceDraft, open_store
from storefront.places.policy import Span
from tests.editors.conftest import make_editor

TESTS = Actor.system("tests")
STAFF = Actor.staff(1, "Paola")


def make_store(slug: str = "torino", zone: str = "Europe/Rome") -> int:
    """A store that is open from ten to seven, Monday to Saturday."""
    draft = PlaceDraft(
        slug=slug,
        name="Via Lagrange",
        street="Via Lagrange 12",
        postcode="10123",
        city="Torino",
        country="IT",
        time_zone=zone,
        words="",
        week={day: (Span(600, 1140),) for day in range(6)},
    )
    return open_store(actor=TESTS, draft=draft).id


def make_room(place_id: int, name: str = "Shop floor", seats: int = 24) -> int:
    draft = RoomDraft(name=name, name_it=None, seats=seats, access="No steps.", access_it="Niente gradini.")
    return write_room(actor=TESTS, place_id=place_id, draft=draft).id


def evening(place_id: int, days: int = 10, hour: int = 17, **more: object) -> EventDraft:
    """Two hours in the evening of a day to come (UTC: an hour later on the clock of Torino)."""
    day = (shop_clock.now() + timedelta(days=days)).date()
    starts = datetime.combine(day, time(hour), UTC)
    values: dict[str, object] = {
        "format": EventFormat.STYLING,
        "place_id": place_id,
        "title": "One jacket, three ways",
        "title_it": "Una giacca, tre modi",
        "words": "Bring what you never know what to wear with.",
        "happens": "18:00 Coats off\n18:30 Three guests are dressed",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
        "capacity": 20,
    }
    return EventDraft(**values | more)  # type: ignore[arg-type]


@pytest.fixture
def host(work, clock) -> int:
    with work():
        return make_editor()


@pytest.fixture
def store(work, clock) -> int:
    with work():
        return make_store()


@pytest.fixture
def room(work, store) -> int:
    with work():
        return make_room(store)


@pytest.fixture
def proposed(work, host, room, store):
    """`proposed(days=..)` is the id of an event that waits for an answer."""

    def propose(**more: object) -> int:
        with work():
            event = draft_event(actor=TESTS, editor_id=host, draft=evening(store, **more))
            propose_event(actor=TESTS, editor_id=host, event_id=event.id)
            return event.id

    return propose


def account_of(editor_id: int) -> int:
    return db.session.get_one(Editor, editor_id).account_id
