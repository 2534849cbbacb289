"""What an evening that is over puts on other pages."""

from __future__ import annotations

from flask import render_template

from editors.looks.pictures import card_values
from events.afterwards.policy import takes_answers
from events.afterwards.queries import look_of_evening
from events.calendar.models import Event
from events.guests.models import CAME, Rsvp
from foundation import clock


def desk_link(*, event: Event, staff: bool) -> str:
    """The way to what came of it, from the event's page of the studio and of staff, once it is over."""
    if not event.booked or event.ends_at > clock.now():
        return ""
    return render_template("events/afterwards/desk_link.html", event=event, staff=staff)


def on_ticket(*, rsvp: Rsvp) -> str:
    """The way to the questions, for who came."""
    if rsvp.status != CAME or not takes_answers(rsvp.event.ends_at, clock.now()):
        return ""
    return render_template("events/afterwards/on_ticket.html", rsvp=rsvp)


def on_page(*, event: Event) -> str:
    """The look of the evening, on the page of an event that is over."""
    if not event.booked or event.ends_at > clock.now():
        return ""
    look = look_of_evening(event.id)
    return (
        render_template("events/afterwards/on_page.html", event=event, look=card_values(look)) if look else ""
    )
