"""Evenings of the story: rooms in every store, one that is booked, and one that waits for an answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from editors.looks.card_queries import looks_of
from editors.membership.models import Editor
from events.calendar.actions import EventDraft, draft_event, propose_event
from events.calendar.deciding import approve_event
from events.calendar.models import EventFormat
from events.calendar.policy import moment_at
from events.calendar.rooms import RoomDraft, write_room
from foundation import clock
from foundation.actors import Actor
from foundation.db import db
from storefront.places.queries import place_by_id
from storefront.places.showing import hours_of

FLOOR = RoomDraft(
    name="Shop floor",
    name_it="Area vendita",
    seats=24,
    access="No steps. The fitting room at the back takes a wheelchair and a friend.",
    access_it="Niente gradini. Nel camerino in fondo entrano una carrozzina e un’amica.",
)


def plan(desk: Actor, today: datetime, stores: Mapping[str, int], editors: Mapping[str, int]) -> None:
    """A room in each store; Giulia's evening is booked, Davide's waits."""
    rooms = {place: write_room(actor=desk, place_id=place, draft=FLOOR).id for place in stores.values()}
    torino, milano = stores["torino-lagrange"], stores["milano-brera"]
    with clock.held_at(today - timedelta(days=6)):
        booked = _proposed(
            editors["giulia"],
            torino,
            today + timedelta(days=10),
            format=EventFormat.STYLING,
            title="One jacket, three ways",
            title_it="Una giacca, tre modi",
            words="Giulia brings the Corso denim jacket and her own wardrobe. You bring the thing you never know"
            " what to wear with.",
            words_it="Giulia porta la giacca di jeans Corso e il suo guardaroba. Tu porta quello che non sai mai"
            " con che cosa mettere.",
            happens="18:30 Coats off, something to drink\n18:45 Three guests in the same jacket\n"
            "19:30 Try what you like",
            happens_it="18:30 Via i cappotti, qualcosa da bere\n18:45 Tre ospiti con la stessa giacca\n"
            "19:30 Prova quello che vuoi",
            needs="Two rails, the long mirror, Paola for the hems",
        )
    with clock.held_at(today - timedelta(days=5)):
        approve_event(actor=desk, event_id=booked, room_id=rooms[torino], words="Paola is there until nine.")
    with clock.held_at(today - timedelta(days=1)):
        _proposed(
            editors["davide"],
            milano,
            today + timedelta(days=16),
            format=EventFormat.WORKSHOP,
            title="A coat for ten winters",
            title_it="Un cappotto per dieci inverni",
            words="Seams, linings, cloth: what to look at before you pay.",
            words_it="Cuciture, fodere, tessuti: che cosa guardare prima di pagare.",
            needs="A table and good light",
        )


def _proposed(editor_id: int, place_id: int, day: datetime, **more: object) -> int:
    """An event from half past six, on that day or the next on which the store opens."""
    editor, place = db.session.get_one(Editor, editor_id), place_by_id(place_id)
    actor = Actor.person(editor.account_id, editor.name)
    local = place.local(day.astimezone(UTC)).replace(tzinfo=None)
    while not hours_of(place).on(local.date()):
        local += timedelta(days=1)
    starts = moment_at(local.replace(hour=18, minute=30, second=0, microsecond=0), place.time_zone)
    assert starts is not None, "no clock goes forward at half past six"
    looks = [look.id for look in looks_of(editor_id, on_show_only=True)[:3]]
    draft = EventDraft(
        place_id=place_id,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        capacity=20,
        look_ids=looks,
        **more,  # type: ignore[arg-type]
    )
    event = draft_event(actor=actor, editor_id=editor_id, draft=draft)
    propose_event(actor=actor, editor_id=editor_id, event_id=event.id)
    return event.id
