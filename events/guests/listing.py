"""The guests of an event for host and staff: the page, and what can be done with a party on it."""

from __future__ import annotations

from typing import Any

from flask import render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext

from events.calendar.models import Admission, Event
from events.guests import actions, hosting, mail
from events.guests.errors import NoSuchTicket
from events.guests.forms import GuestForm, PlaceForm, SeatsForm
from events.guests.models import OFTEN, SEATED, Rsvp, RsvpSource, RsvpStatus
from events.guests.queries import guests_of, rsvp_by_id, rsvp_in, sums_of
from events.guests.releasing import release, silent_ones
from events.guests.showing import takes_guests
from events.guests.words import TONES, source_words, status_words
from foundation import clock
from foundation.actors import Actor
from foundation.db import all_or_nothing
from foundation.i18n import reader_language
from foundation.mail.queries import refused_among
from foundation.web.numbers import sent_number


def page(
    event: Event,
    *,
    staff: bool,
    may: bool = True,
    refused: str = "",
    guest: GuestForm | None = None,
    place: PlaceForm | None = None,
    seats: SeatsForm | None = None,
) -> str:
    """Everybody of an event by where they stand; what was typed stays in its form."""
    everybody = guests_of(event.id)
    sums = sums_of(event.id)
    guest = guest or GuestForm(formdata=None)
    guest.offer(event.most_party)
    return render_template(
        "events/guests/staff_guests.html" if staff else "events/guests/studio_guests.html",
        event=event,
        asks=_of(everybody, RsvpStatus.PENDING),
        comes=_of(everybody, *SEATED),
        waits=_of(everybody, RsvpStatus.WAITLISTED, RsvpStatus.OFFERED),
        places={one.id: place for place, one in enumerate(_of(everybody, RsvpStatus.WAITLISTED), start=1)},
        gone=_of(everybody, RsvpStatus.CANCELLED, RsvpStatus.DECLINED),
        silent=silent_ones(event),
        now=clock.now(),
        figures=_figures(event, sums.waiting, sums.pending),
        state_of=lambda one: (status_words(one), TONES[RsvpStatus(one.status)]),
        source_of=lambda one: source_words(one.source),
        often=OFTEN,
        refused_mail=refused_among({one.email for one in everybody if one.email}),
        # What guests need says how they are: for host and store, and nobody who merely looks after events.
        sees=may,
        by_host=event.admission == Admission.HOST,
        open=takes_guests(event) and may,
        refused=refused,
        guest=guest,
        place=place or PlaceForm(formdata=None),
        blank=PlaceForm(formdata=None),
        seats=seats or SeatsForm(formdata=None, capacity=event.capacity),
        typed_for=sent_number("rsvp") if place is not None else None,
        address_for=sent_number("rsvp") if refused and said() == "address" else None,
        address=request.form.get("email", ""),
    )


def act(event: Event, said: str, actor: Actor) -> str:
    """What host and staff do with one party; the words that tell it. Raises what the actions raise."""
    rsvp_id = sent_number("rsvp") or 0
    with all_or_nothing():
        if said == "admit":
            hosting.admit(actor=actor, event_id=event.id, rsvp_id=rsvp_id)
            return _("Admitted. They get a letter.")
        if said == "decline":
            hosting.decline(actor=actor, event_id=event.id, rsvp_id=rsvp_id)
            return _("Declined. They get a friendly letter.")
        if said == "address":
            email = request.form.get("email", "")
            hosting.correct_address(actor=actor, event_id=event.id, rsvp_id=rsvp_id, email=email)
            corrected = rsvp_by_id(rsvp_id)
            assert corrected is not None, "it was corrected a moment ago"
            mail.send_again(corrected)
            return _("Kept. They get the link to their ticket there.")
        if said == "release":
            number = release(actor=actor, event_id=event.id, rsvp_ids=_chosen())
            return ngettext(
                "One seat goes on. They get a letter.", "%(num)s seats go on. They get a letter.", number
            )
        found = rsvp_in(event.id, rsvp_id) if said == "give_back" else None
        if found is None:
            raise NoSuchTicket()
        actions.give_back(actor=actor, rsvp=found)
        return _("Given back for them. The seat goes to whoever is next.")


def add(event: Event, form: GuestForm, actor: Actor, source: RsvpSource) -> str:
    """Write a guest down; the words that tell where they stand."""
    with all_or_nothing():
        asked = actions.ask_for_seats(
            actor=actor,
            event_id=event.id,
            coming=form.coming,
            email=form.email.data or None,
            language=reader_language(),
            source=source,
        )
    if not asked.changed:
        return _("%(name)s was on the list already: nothing changes.", name=asked.rsvp.name)
    if asked.rsvp.status == RsvpStatus.GOING:
        return _("%(name)s has a seat.", name=asked.rsvp.name)
    return _("Every seat is taken: %(name)s is on the waiting list.", name=asked.rsvp.name)


def said() -> str:
    return request.form.get("do", "")


def _chosen() -> set[int]:
    return {int(one) for one in request.form.getlist("party") if one.isascii() and one.isdecimal()}


def _of(everybody: Any, *status: RsvpStatus) -> list[Rsvp]:
    return [one for one in everybody if one.status in status]


def _figures(event: Event, waiting: int, pending: int) -> list[dict[str, Any]]:
    free = event.capacity - event.seats_taken
    items: list[dict[str, Any]] = [
        {
            "label": _("Seats taken"),
            "value": _("%(taken)s of %(capacity)s", taken=event.seats_taken, capacity=event.capacity),
            "note": _("%(free)s free, offers counted", free=free),
        },
        {
            "label": _("On the waiting list"),
            "value": waiting,
            "note": ngettext("person", "people, in their order", waiting),
        },
    ]
    if event.admission == Admission.HOST:
        items.append(
            {"label": _("To be answered"), "value": pending, "note": _("people who hold no seat yet")}
        )
    return items
