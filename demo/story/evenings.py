"""Evenings of the story: rooms in every store, two that everybody finds (the first is full), one by its link alone, and
one that waits for an answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from demo.story import guests
from editors.looks.card_queries import looks_of
from editors.membership.models import Editor
from events.calendar.actions import EventDraft, draft_event, propose_event
from events.calendar.deciding import approve_event
from events.calendar.models import Admission, EventFormat, Visibility
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


def plan(desk: Actor, today: datetime, stores: Mapping[str, int], editors: Mapping[str, int]) -> int:
    """A room in each store, that of Torino given back; the evenings of Giulia, Amina and Noemi are booked, Davide's waits."""
    rooms = {place: write_room(actor=desk, place_id=place, draft=FLOOR).id for place in stores.values()}
    torino, milano = stores["torino-lagrange"], stores["milano-brera"]
    with clock.held_at(today - timedelta(days=6)):
        booked = proposed(
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
            for_whom="Whoever owns one jacket and wears it one way. All sizes are on the rail.",
            for_whom_it="Chi ha una giacca sola e la mette in un modo solo. Sullo stender ci sono tutte le taglie.",
            needs="Two rails, the long mirror, Paola for the hems",
        )
        abroad = proposed(
            editors["amina"],
            stores["london-marylebone"],
            today + timedelta(days=24),
            format=EventFormat.TRUNK,
            title="From the desk to dinner",
            title_it="Dalla scrivania alla cena",
            words="Amina packs one bag for a Thursday that ends late. Come as you are from work, and leave with less"
            " to carry.",
            words_it="Amina prepara una borsa sola per un giovedì che finisce tardi. Vieni come sei dall’ufficio, e"
            " torna con meno da portare.",
            happens="18:30 Shoes off, tea on\n19:00 One bag, four evenings\n19:45 Your own bag, unpacked",
            happens_it="18:30 Via le scarpe, si mette su il tè\n19:00 Una borsa, quattro serate\n19:45 La tua borsa, "
            "svuotata",
            for_whom="Whoever changes shoes on the train.",
            for_whom_it="Chi si cambia le scarpe in treno.",
        )
        closed = proposed(
            editors["noemi"],
            stores["napoli-chiaia"],
            today + timedelta(days=12),
            format=EventFormat.STYLING,
            title="Before anybody else",
            title_it="Prima di tutti",
            words="The new colours, before they hang in the shop. For the people I write to.",
            words_it="I colori nuovi, prima che siano in negozio. Per le persone a cui scrivo.",
            visibility=Visibility.LINK,
            admission=Admission.HOST,
            most_party=1,
        )
    with clock.held_at(today - timedelta(days=5)):
        approve_event(actor=desk, event_id=booked, room_id=rooms[torino], words="Paola is there until nine.")
        approve_event(actor=desk, event_id=abroad, room_id=rooms[stores["london-marylebone"]])
        approve_event(actor=desk, event_id=closed, room_id=rooms[stores["napoli-chiaia"]])
    guests.come(booked, today)
    guests.ask(closed, today)
    with clock.held_at(today - timedelta(days=1)):
        proposed(
            editors["davide"],
            milano,
            today + timedelta(days=16),
            format=EventFormat.WORKSHOP,
            title="A coat for ten winters",
            title_it="Un cappotto per dieci inverni",
            words="Seams, linings, cloth: what to look at before you pay.",
            words_it="Cuciture, fodere, tessuti: che cosa guardare prima di pagare.",
            needs="A table and good light",
            code_wanted="TENWINTERS",
        )
    return rooms[torino]


def proposed(editor_id: int, place_id: int, day: datetime, **more: object) -> int:
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
