"""What guests put on pages of events."""

from __future__ import annotations

from flask import render_template, request

from events.calendar.models import Event
from events.guests.forms import RsvpForm
from events.guests.policy import free_seats
from events.guests.queries import is_guest
from events.guests.remembering import own_rsvp
from events.guests.showing import takes_guests
from foundation.accounts.guards import current_account


class Guests:
    """Who may see an event by invitation: whoever is written down for it."""

    def invited(self, event_id: int, account_id: int | None, secret: str) -> bool:
        return is_guest(event_id, account_id, secret)


def desk_link(*, event: Event, staff: bool) -> str:
    """The way to the guests, from the event's page of the studio and of staff, once it has its room."""
    if not event.booked:
        return ""
    return render_template("events/guests/desk_link.html", event=event, staff=staff)


def seats(*, event: Event) -> str:
    """The form on the page of an event, or the way to the ticket of whoever has one."""
    if not takes_guests(event):
        return ""
    account = current_account()
    form = RsvpForm(
        formdata=None, name=account.name if account else "", email=account.email if account else ""
    )
    form.offer(event.most_party)
    return render_template(
        "events/guests/on_page.html",
        event=event,
        form=form,
        own=own_rsvp(event.id),
        guest=request.args.get("guest", "")[:64],
    )


def free(*, event: Event) -> str:
    """How many seats are free, while somebody can take one."""
    if not takes_guests(event):
        return ""
    return render_template(
        "events/guests/free.html", event=event, free=free_seats(event.capacity, event.seats_taken)
    )
