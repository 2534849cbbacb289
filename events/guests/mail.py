"""Letters to guests, each once, in their language; none to who was forgotten or left no address."""

from __future__ import annotations

from flask_babel import force_locale
from sqlalchemy.dialects.postgresql import insert

from editors.membership.letters import write_to
from events.calendar.models import Event, EventStatus
from events.guests.joining import joining_page
from events.guests.models import Rsvp, RsvpLetter, RsvpStatus
from events.guests.policy import DAY_BEFORE, REMINDERS
from events.guests.queries import rsvp_by_id
from events.proposals.words import span_words, store_words
from foundation import clock
from foundation.db import db
from foundation.mail.actions import post
from foundation.web.formats import moment

TEMPLATE, ASKED = "events/guests/mail/guest.txt", "events/guests/mail/asked.txt"
MOVED, CALLED_OFF, LINK, RELEASED, OTHER_HOST = "moved", "called_off", "link", "released", "host"


def tell(rsvp_id: int, kind: str, about: int) -> bool:
    """Write a letter of this kind about this state of things, unless it was written; whether it was now."""
    rsvp = rsvp_by_id(rsvp_id)
    if rsvp is None or rsvp.email is None:
        return False
    written = insert(RsvpLetter).values(rsvp_id=rsvp_id, kind=kind, about=about, at=clock.now())
    if not db.session.execute(written.on_conflict_do_nothing().returning(RsvpLetter.kind)).first():
        return False
    if kind in (MOVED, DAY_BEFORE) and rsvp.status == RsvpStatus.GOING and rsvp.confirmed_at is None:
        rsvp.asked_at = rsvp.asked_at or clock.now()
        db.session.flush()
    send_again(rsvp, kind)
    return True


def remind(rsvp_id: int, kind: str, about: int) -> None:
    """A reminder, unless the seat was given back, or the event moved or called off, since it was due."""
    rsvp = rsvp_by_id(rsvp_id)
    if rsvp is None or rsvp.status != RsvpStatus.GOING:
        return
    if rsvp.event.status == EventStatus.APPROVED and rsvp.event.sequence == about:
        tell(rsvp_id, kind, about)


def send_again(rsvp: Rsvp, kind: str = LINK) -> None:
    """Write a letter of this kind now; with no kind, one that brings the link to the ticket once more."""
    event = rsvp.event
    with force_locale(rsvp.language):
        when = span_words(event)
        until = moment(rsvp.offered_until, "day", zone=event.time_zone) if rsvp.offered_until else ""
    assert rsvp.email is not None, "who has no address is not written to"
    post(
        to=rsvp.email,
        language=rsvp.language,
        template=TEMPLATE,
        carries_key=True,
        kind=kind,
        name=rsvp.first_name,
        title=_title(event, rsvp.language),
        host=event.editor.first_name,
        when=when,
        where=store_words(event.place) if not event.online else "",
        join=joining_page(rsvp) if kind in REMINDERS else "",
        party=rsvp.party,
        status=str(rsvp.status),
        asked=rsvp.asked,
        confirms=event.confirm_required,
        open_to_all=rsvp.open_to_all,
        until=until,
        words=event.turns[-1].words if kind == CALLED_OFF and event.turns else "",
        ticket=f"/tickets/{rsvp.secret}",
    )


def ask_host(event: Event, number: int) -> None:
    """The host reads how many parties wait for a yes or a no."""
    write_to(event.editor_id, ASKED, number=number, title=event.title, event_id=event.id)


def _title(event: Event, language: str) -> str:
    return event.title_it if language == "it" and event.title_it else event.title
