"""Events in the reader’s words: what kind, where it stands, what was said, and when, on the store’s clock."""

from __future__ import annotations

from flask_babel import gettext as _

from events.calendar.models import (
    Admission,
    Event,
    EventFormat,
    EventStatus,
    EventTurn,
    Visibility,
)
from foundation.web.formats import day, hour, moment
from storefront.places.models import Place

TONES = {
    EventStatus.DRAFT: "",
    EventStatus.PROPOSED: "warn",
    EventStatus.APPROVED: "good",
    EventStatus.LIVE: "good",
    EventStatus.CLOSED: "",
    EventStatus.CANCELLED: "bad",
}


def format_words() -> dict[EventFormat, str]:
    """What kinds of evenings there are."""
    return {
        EventFormat.STYLING: _("Styling evening"),
        EventFormat.TRUNK: _("Trunk show"),
        EventFormat.WORKSHOP: _("Workshop"),
        EventFormat.LAUNCH: _("Launch"),
        EventFormat.CODESIGN: _("Co-design"),
        EventFormat.ONLINE: _("Online evening"),
    }


def status_words(event: Event) -> str:
    """Where an event stands."""
    if event.online and event.status == EventStatus.APPROVED:
        return _("Approved")
    return {
        EventStatus.DRAFT: _("Draft"),
        EventStatus.PROPOSED: _("The store decides"),
        EventStatus.APPROVED: _("Approved, with its room"),
        EventStatus.LIVE: _("Under way"),
        EventStatus.CLOSED: _("It is over"),
        EventStatus.CANCELLED: _("Called off"),
    }[EventStatus(event.status)]


def turn_words(turn: EventTurn) -> str:
    """What was done, in a few words."""
    return {
        "proposed": _("Proposed"),
        "withdrawn": _("Taken back"),
        "suggested": _("Another time suggested"),
        "taken": _("The other time suits"),
        "refused": _("The other time does not suit"),
        "approved": _("Approved"),
        "declined": _("Declined"),
        "moved": _("Moved"),
        "hours": _("The store has other hours then"),
        "held": _("It takes place all the same"),
        "handed": _("Given to another host"),
        "cancelled": _("Called off"),
        "reworded": _("Words changed"),
        "terms": _("Who may come changed"),
        "begun": _("Begun"),
        "closed": _("It is over"),
    }[turn.step]


def visibility_words() -> dict[Visibility, str]:
    """Who finds it."""
    return {
        Visibility.PUBLIC: _("Everybody: it stands in the list of events"),
        Visibility.LINK: _("Whoever has the link"),
        Visibility.INVITED: _("Only who is invited"),
    }


def admission_words() -> dict[Admission, str]:
    """Who gets a seat."""
    return {
        Admission.AUTO: _("Whoever comes first"),
        Admission.HOST: _("The host says yes to each guest"),
    }


def party_words() -> dict[int, str]:
    """How many come on one invitation."""
    return {1: _("Guests come on their own"), 2: _("Guests may bring somebody")}


def confirm_words(required: bool) -> str:
    """What becomes of a seat that nobody confirms."""
    return (
        _("A seat that nobody confirms may go on") if required else _("Seats stay until they are given back")
    )


def store_words(place: Place) -> str:
    """A store and its city, which many names begin with."""
    return place.name if place.city in place.name else f"{place.name}, {place.city}"


def span_words(event: Event) -> str:
    """When, on the clock of the store: Thursday, 3 December 2026, 18:30 to 20:30."""
    starts, ends = event.local(event.starts_at), event.local(event.ends_at)
    if starts.date() == ends.date():
        return _(
            "%(day)s, %(from)s to %(until)s",
            **{
                "day": day(event.starts_at, "full", zone=event.time_zone),
                "from": hour(event.starts_at, zone=event.time_zone),
                "until": hour(event.ends_at, zone=event.time_zone),
            },
        )
    return _(
        "%(from)s to %(until)s",
        **{
            "from": moment(event.starts_at, "full", zone=event.time_zone),
            "until": moment(event.ends_at, "full", zone=event.time_zone),
        },
    )
