"""What the pages of events say: when, on the clock of the store, where, and who earns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import groupby
from typing import Any
from urllib.parse import quote

from flask_babel import format_date
from flask_babel import gettext as _

from editors.looks.card_queries import looks_by_ids
from editors.looks.pictures import card_values
from events.calendar.models import Event, EventStatus
from events.calendar.policy import course_of
from events.pages.plan import plan_of
from events.proposals.words import format_words
from foundation import clock
from foundation.web import formats
from storefront.places.models import Place


@dataclass(frozen=True, slots=True)
class When:
    """A day as it is set large, and the hours, with the name of the clock they are told by."""

    day: int
    month: str
    weekday: str
    year: str
    hours: str
    clock: str


def when_of(event: Event) -> When:
    """When, for the pages; the year only where it is another than this one."""
    starts, ends = event.local(event.starts_at), event.local(event.ends_at)
    this_year = clock.now().astimezone(starts.tzinfo).year
    return When(
        day=starts.day,
        month=_word(starts, "LLLL"),
        weekday=_word(starts, "EEEE"),
        year=str(starts.year) if starts.year != this_year else "",
        hours=_hours(event, starts, ends),
        clock=f"{event.place.city}, {'/'.join(dict.fromkeys((str(starts.tzname()), str(ends.tzname()))))}",
    )


def when_in_short(event: Event) -> str:
    """Thursday 3 December, 18:30."""
    words = formats.moment(event.starts_at, "day", zone=event.time_zone)
    return words[:1].upper() + words[1:]


def where_of(event: Event) -> str:
    """Where it takes place, in a line."""
    return _("Online") if event.online else f"{event.place.street}, {event.place.city}"


def disclosure_of(event: Event) -> str:
    """Who earns, in a sentence."""
    if event.without_host:
        return _(
            "Whoever hosts it earns a commission on what guests buy that evening. You pay the same, and"
            " buying nothing is fine."
        )
    return _(
        "%(name)s earns a commission on what guests buy that evening. You pay the same, and buying nothing is"
        " fine.",
        name=event.editor.first_name,
    )


def values_of(event: Event) -> dict[str, Any]:
    """What the page of an event shows of it; looks that are off show are left out."""
    cards = _cards([event])
    return {
        "event": event,
        "place": event.place,
        "when": when_of(event),
        "kind": format_words()[event.format],
        "course": course_of(event.course),
        "looks": _rail(event, cards),
        "plan": None if event.online else plan_of(event.place),
        "directions": "" if event.online else directions(event.place),
        "where": where_of(event),
        "told": disclosure_of(event),
        "off": event.status == EventStatus.CANCELLED,
        "over": event.status != EventStatus.CANCELLED and event.ends_at <= clock.now(),
        "now": event.announced and event.starts_at <= clock.now() < event.ends_at,
    }


def months_of(events: Sequence[Event]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Events in their order as lines of a list, under the month on the clock of their store."""
    cards = _cards(events)
    lines = [
        (
            _word(event.local(event.starts_at), "LLLL y"),
            {
                "event": event,
                "when": when_of(event),
                "kind": format_words()[event.format],
                "where": where_of(event),
                "look": next(iter(_rail(event, cards)), None),
            },
        )
        for event in events
    ]
    return [(month, [line for _, line in some]) for month, some in groupby(lines, key=lambda one: one[0])]


def directions(place: Place) -> str:
    """The place on the free map of the world, by where it is or else by its address."""
    if place.latitude is not None and place.longitude is not None:
        at = f"{place.latitude:f}", f"{place.longitude:f}"
        return f"https://www.openstreetmap.org/?mlat={at[0]}&mlon={at[1]}#map=17/{at[0]}/{at[1]}"
    address = f"{place.street}, {place.postcode} {place.city}, {place.country}"
    return f"https://www.openstreetmap.org/search?query={quote(address)}"


def _cards(events: Iterable[Event]) -> dict[int, dict[str, Any]]:
    """The cards of all looks of some events, in one statement."""
    wanted = [one.look_id for event in events for one in event.looks]
    return {card.id: card_values(card) for card in looks_by_ids(wanted)} if wanted else {}


def _rail(event: Event, cards: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    return [cards[one.look_id] for one in event.looks if one.look_id in cards]


def _hour(event: Event, local: Any) -> str:
    return formats.hour(local, zone=event.time_zone)


def _hours(event: Event, starts: Any, ends: Any) -> str:
    """From when to when; after midnight with the day it is then."""
    span = {"from": _hour(event, starts), "until": _hour(event, ends)}
    if ends.date() > starts.date() and ends.time() > time():
        return _("%(from)s to %(until)s on %(day)s", day=str(format_date(ends.date(), "EEEE")), **span)
    return _("%(from)s to %(until)s", **span)


def _word(local: Any, pattern: str) -> str:
    """A month or a weekday as it stands alone, with a capital."""
    word = str(format_date(local.date(), pattern))
    return word[:1].upper() + word[1:]
