"""Evenings somebody wanted to come to. Erasing it frees a seat to come; how many came stays."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from events.guests.moving import forget_guest, hold_evenings
from foundation.privacy.chapters import Chapter, told

_TELL = text(
    """
    SELECT events.title AS event, events.starts_at, rsvps.status, rsvps.party, rsvps.name, rsvps.plus_one,
           rsvps.needs, rsvps.language, rsvps.source, rsvps.made_at, rsvps.confirmed_at
    FROM rsvps JOIN events ON events.id = rsvps.event_id
    WHERE rsvps.account_id = :account_id OR rsvps.email = :email
    ORDER BY events.starts_at, rsvps.id
    """
)

CHAPTER = Chapter(
    name="guests",
    title=_l("Events you wanted to come to"),
    promise=_l(
        "So that a seat is kept for you. What you told us you need is erased thirty days after the evening,"
        " your name and address after a year. Forgotten at once if you ask; that somebody came is counted."
    ),
    tables=("rsvps",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_guest(account_id=person.account_id, email=person.email),
    hold=lambda person: hold_evenings(account_id=person.account_id, email=person.email),
)
