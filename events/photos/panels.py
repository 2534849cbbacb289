"""What photos put on other pages: those everybody may see, and the way for whoever is on one."""

from __future__ import annotations

from flask import render_template, request

from events.calendar.models import Event
from events.guests.models import CAME, Rsvp
from events.photos.queries import on_photos, public_photos
from foundation import clock
from foundation.accounts.guards import current_account
from foundation.accounts.permissions import Permission


def desk_link(*, event: Event, staff: bool) -> str:
    """The way to the photos, from the event's page of the studio and of staff, once it has begun."""
    if not event.booked or event.starts_at > clock.now():
        return ""
    reader = current_account()
    if staff and (reader is None or Permission.EVENTS_DECIDE not in reader.permissions):
        return ""
    return render_template("events/photos/desk_link.html", event=event, staff=staff)


def on_page(*, event: Event) -> str:
    """What everybody may see, on the page of an event that is over."""
    if not event.booked or event.ends_at > clock.now():
        return ""
    photos = public_photos(event.id)
    if not photos:
        return ""
    # Of an event by invitation the files, too, are for whoever came by the secret of a ticket.
    guest = request.args.get("guest", "")[:64] or None
    return render_template("events/photos/on_page.html", event=event, photos=photos, guest=guest)


def on_ticket(*, rsvp: Rsvp) -> str:
    """The way to the photos of each of a party that is on some."""
    people = on_photos(rsvp.id) if rsvp.status == CAME else ()
    return render_template("events/photos/on_ticket.html", rsvp=rsvp, people=people) if people else ""
