"""Guests of the story: an evening that fills up, with a waiting list, and one whose host answers each guest."""

from __future__ import annotations

from datetime import datetime, timedelta

from events.guests.actions import ask_for_seats
from events.guests.coming import Coming
from events.guests.models import RsvpSource
from foundation import clock
from foundation.actors import Actor

# Who wants to come to Giulia's evening, in the order they asked: twenty seats, and then the waiting list.
COME = (
    ("Elena Greco", "Marta", "", RsvpSource.WEB),
    ("Sofia Russo", "", "Celiac: no flour, please.", RsvpSource.WEB),
    ("Anna Bianchi", "Teresa", "", RsvpSource.HOST),
    ("Irene Costa", "", "", RsvpSource.WEB),
    ("Laura Fontana", "Paolo", "A chair with a back.", RsvpSource.WEB),
    ("Nadia Haddad", "", "No alcohol.", RsvpSource.WEB),
    ("Rosa Marino", "Lidia", "", RsvpSource.STAFF),
    ("Silvia Conti", "", "", RsvpSource.WEB),
    ("Bianca Leone", "Ada", "", RsvpSource.WEB),
    ("Viola Serra", "", "I come in a wheelchair.", RsvpSource.WEB),
    ("Mirella Rizzo", "Gina", "", RsvpSource.HOST),
    ("Cristina Villa", "", "", RsvpSource.WEB),
    ("Donata Moretti", "Piera", "", RsvpSource.WEB),
    ("Federica Galli", "Ilaria", "", RsvpSource.WEB),
    ("Greta Sala", "", "", RsvpSource.WEB),
    ("Olivia Barbieri", "", "Vegan.", RsvpSource.WEB),
    ("Paola Testa", "Nives", "", RsvpSource.WEB),
)
# Who asked Noemi, who says yes to each.
ASK = (
    ("Carmela Esposito", "", "", RsvpSource.WEB),
    ("Imma Ferrara", "", "A place near the door.", RsvpSource.WEB),
    ("Assunta Riva", "", "", RsvpSource.HOST),
)
# Who would see Amina from home.
LOG_IN = (
    ("Elena Greco", "", "", RsvpSource.WEB),
    ("Nadia Haddad", "Samira", "", RsvpSource.WEB),
    ("Olivia Barbieri", "", "Subtitles, if you can.", RsvpSource.WEB),
)
GUEST = Actor.guest()


def come(event_id: int, today: datetime) -> None:
    """The evening fills up within four days; the last who asked wait."""
    _write_down(event_id, COME, today - timedelta(days=4), timedelta(hours=5))


def ask(event_id: int, today: datetime) -> None:
    """Two wait for their host's answer, one she wrote down herself."""
    _write_down(event_id, ASK, today - timedelta(days=2), timedelta(hours=9))


def log_in(event_id: int, today: datetime) -> None:
    """Three parties have a seat before their screens."""
    _write_down(event_id, LOG_IN, today - timedelta(days=2), timedelta(hours=7))


def _write_down(
    event_id: int,
    guests: tuple[tuple[str, str, str, RsvpSource], ...],
    begins: datetime,
    between: timedelta,
) -> None:
    for number, (name, plus_one, needs, source) in enumerate(guests):
        first = name.partition(" ")[0].lower()
        with clock.held_at(begins + number * between):
            ask_for_seats(
                actor=GUEST,
                event_id=event_id,
                coming=Coming(name=name, party=2 if plus_one else 1, plus_one=plus_one, needs=needs),
                email=None if source == RsvpSource.STAFF else f"{first}.ospite@demo.test",
                language="it" if number % 3 else "en",
                source=source,
            )
