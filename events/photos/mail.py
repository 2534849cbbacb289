"""To who is on a photo that came after the thanks, which had told them where photos would be: once."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert

from events.guests.models import CAME, RsvpLetter
from events.guests.policy import is_quiet
from events.guests.queries import rsvp_by_id
from events.photos.queries import LATE, on_photos
from foundation import clock
from foundation.db import db
from foundation.mail.actions import post

TEMPLATE = "events/photos/mail/late.txt"


def tell_of_photo(rsvp_id: int) -> bool:
    """Write that letter, unless it was written, it is night at the store, or they are on no photo any more;
    whether it was now."""
    rsvp, now = rsvp_by_id(rsvp_id), clock.now()
    if rsvp is None or rsvp.email is None or rsvp.status != CAME or not on_photos(rsvp_id):
        return False
    if is_quiet(rsvp.event.local(now)):
        return False
    written = insert(RsvpLetter).values(rsvp_id=rsvp_id, kind=LATE, about=0, at=now)
    if not db.session.execute(written.on_conflict_do_nothing().returning(RsvpLetter.kind)).first():
        return False
    event = rsvp.event
    post(
        to=rsvp.email,
        language=rsvp.language,
        template=TEMPLATE,
        carries_key=True,
        name=rsvp.first_name,
        second=any(one.place == 2 for one in on_photos(rsvp_id)),
        title=event.title_it if rsvp.language == "it" and event.title_it else event.title,
        host=event.editor.first_name,
        ticket=f"/tickets/{rsvp.secret}",
    )
    return True
