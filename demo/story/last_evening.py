"""The evening that was: at Giulia's in Torino a few days ago, who came, what they say of it, and its look."""

from __future__ import annotations

from datetime import datetime, timedelta

from demo.story.circle import HOUSE
from demo.story.evenings import proposed
from editors.looks.card_queries import looks_of
from editors.membership.models import Editor
from events.afterwards.actions import Answer, answer_feedback, choose_look
from events.calendar.deciding import approve_event
from events.calendar.models import Event, EventFormat
from events.calendar.running import keep_hours
from events.door.admitting import Sighting, take_in
from events.door.closing import close_doors
from events.door.models import ScanMode
from events.door.walking_in import WalkIn, walk_in
from events.guests.actions import ask_for_seats
from events.guests.coming import Coming
from events.guests.queries import rsvp_by_id
from events.reports.counting import count_sales
from foundation import clock, ids
from foundation.actors import Actor
from foundation.db import db
from foundation.settings import current

# Who had a seat, with how many, and seconds after the doors opened; none: did not come.
CAME = (
    ("Elena Greco", 2, 310),
    ("Sofia Russo", 1, 342),
    ("Irene Costa", 1, 395),
    ("Silvia Conti", 2, 431),
    ("Nadia Haddad", 1, 490),
    ("Viola Serra", 1, 522),
    ("Cristina Villa", 2, 1210),
    ("Greta Sala", 1, None),
    ("Olivia Barbieri", 1, 1264),
)
SAID = (
    (5, 4, 5, "Next time a mirror more, please. Everything else was lovely."),
    (5, 5, 5, "I wear the jacket with the skirt now. I would never have tried."),
    (4, 3, 4, ""),
    (5, 5, 4, "Così sì che si prova con calma."),
)
GUEST = Actor.guest()


def happen(desk: Actor, today: datetime, place_id: int, room_id: int, editor_id: int) -> None:
    """Proposed three weeks ago, held four days ago; its report is counted already."""
    with clock.held_at(today - timedelta(days=21)):
        event_id = proposed(
            editor_id,
            place_id,
            today - timedelta(days=5),
            format=EventFormat.TRUNK,
            title="Denim, after dark",
            title_it="Il denim, dopo il tramonto",
            words="One fabric from the school run to a late table. Giulia brings hers, the shop opens the rail.",
            words_it="Un tessuto solo, dalla scuola a una tavola tardi. Giulia porta i suoi, il negozio apre lo"
            " stender.",
            happens="18:30 Something to drink\n19:00 One fabric, three evenings\n19:45 Try what you like",
            happens_it="18:30 Qualcosa da bere\n19:00 Un tessuto, tre serate\n19:45 Prova quello che vuoi",
        )
    with clock.held_at(today - timedelta(days=20)):
        approve_event(actor=desk, event_id=event_id, room_id=room_id)
    parties = _asked(event_id, today - timedelta(days=15))
    event = db.session.get_one(Event, event_id)
    begins, ends = event.starts_at, event.ends_at
    _at_the_door(desk, event_id, begins, parties)
    for hours in (0, 3):
        with clock.held_at(ends + timedelta(hours=hours, minutes=1)):
            keep_hours(actor=HOUSE)
            close_doors(actor=HOUSE)
    _told(parties, ends + timedelta(hours=14))
    host = db.session.get_one(Editor, editor_id)
    look = next(iter(looks_of(editor_id, on_show_only=True)), None)
    if look is not None:
        choose_look(actor=Actor.person(host.account_id, host.name), event_id=event_id, look_id=look.id)
    count_sales(return_days=current().return_days)


def _asked(event_id: int, begins: datetime) -> list[int]:
    parties = []
    for number, (name, people, _seconds) in enumerate(CAME):
        first = name.partition(" ")[0]
        with clock.held_at(begins + number * timedelta(hours=7)):
            asked = ask_for_seats(
                actor=GUEST,
                event_id=event_id,
                coming=Coming(name=name, party=people, plus_one="Marta" if people > 1 else ""),
                email="shopper@demo.test" if number == 0 else f"{first.lower()}.ospite@demo.test",
                language="it" if number % 3 else "en",
            )
        parties.append(asked.rsvp.id)
    return parties


def _at_the_door(desk: Actor, event_id: int, begins: datetime, parties: list[int]) -> None:
    """Scanned by one phone, told at once; one guest is looked at twice, one walks in."""
    doors = begins - timedelta(minutes=20)
    told = begins + timedelta(minutes=30)
    seen = [
        Sighting(
            nonce=ids.token(), at=doors + timedelta(seconds=seconds), mode=ScanMode.ONLINE, rsvp_id=party
        )
        for party, (_name, _people, seconds) in zip(parties, CAME, strict=True)
        if seconds is not None
    ]
    again = Sighting(
        nonce=ids.token(), at=told, mode=ScanMode.ONLINE, rsvp_id=parties[1], people=1, insists=True
    )
    who = WalkIn(nonce=ids.token(), at=told, name="Zoe Neri", agreed="")
    with clock.held_at(told):
        take_in(actor=desk, event_id=event_id, device="door", sent_at=told, sightings=[*seen, again])
        walk_in(actor=desk, event_id=event_id, device="door", sent_at=told, who=who)


def _told(parties: list[int], at: datetime) -> None:
    for number, (welcome, found, again, words) in enumerate(SAID):
        with clock.held_at(at + number * timedelta(hours=3)):
            rsvp = rsvp_by_id(parties[number])
            assert rsvp is not None, "they came"
            answer = Answer(welcome=welcome, found=found, again=again, words=words, signed=number == 1)
            answer_feedback(actor=GUEST, rsvp=rsvp, answer=answer)
