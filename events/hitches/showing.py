"""The hours of a store on the day of an evening, in words, and whether the evening lies outside of them."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from events.calendar.models import Event
from events.calendar.policy import open_around
from events.hitches.queries import HELD, in_store, last_word
from events.proposals.words import span_words
from foundation import clock
from storefront.places.models import Place
from storefront.places.queries import place_by_id
from storefront.places.showing import hours_of


@dataclass(frozen=True, slots=True)
class Touched:
    """An evening outside of the hours its store has now; `held`: staff said that it takes place."""

    event: Event
    when: str
    hours: str
    held: bool


def hours_on(event: Event) -> str:
    """When the store is open on the day of an event; `closed` when it is not."""
    return _on(place_by_id(event.place_id), event)


def fits(event: Event) -> bool:
    """Whether it fits the hours of its store; what is online always does."""
    return event.online or open_around(place_by_id(event.place_id), event.starts_at, event.ends_at)


def touched_in(place_id: int) -> list[Touched]:
    """The approved evenings of a store that lie outside of its hours."""
    place = place_by_id(place_id)
    outside = [
        one for one in in_store(place_id, clock.now()) if not open_around(place, one.starts_at, one.ends_at)
    ]
    said = last_word([one.id for one in outside]) if outside else {}
    held = {event_id for event_id, (step, _at) in said.items() if step == HELD}
    return [Touched(one, span_words(one), _on(place, one), one.id in held) for one in outside]


def _on(place: Place, event: Event) -> str:
    if place.closed_at is not None:
        return _("closed for good")
    spans = hours_of(place).on(place.local(event.starts_at).date())
    return ", ".join(str(one) for one in spans) or _("closed")
