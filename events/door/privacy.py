"""What was said at a door, by whom. How many came stays."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from events.door.forgetting import forget_consents
from foundation.privacy.chapters import Chapter, told

_TELL = text(
    """
    SELECT events.title AS event, scans.at, scans.mode, scans.result, scans.people,
           door_consents.words AS agreed_to, door_consents.at AS agreed_at,
           style_consents.at AS shows_sizes_since
    FROM rsvps JOIN events ON events.id = rsvps.event_id
    LEFT JOIN scans ON scans.rsvp_id = rsvps.id
    LEFT JOIN door_consents ON door_consents.rsvp_id = rsvps.id
    LEFT JOIN style_consents ON style_consents.rsvp_id = rsvps.id
    WHERE (rsvps.account_id = :account_id OR rsvps.email = :email)
        AND (scans.id IS NOT NULL OR door_consents.at IS NOT NULL OR style_consents.at IS NOT NULL)
    ORDER BY events.starts_at, scans.id
    """
)

CHAPTER = Chapter(
    name="door",
    title=_l("When you came to an event"),
    promise=_l(
        "So that a host knows who is there, and who came. What you agreed to is erased with your name; that"
        " somebody came is counted."
    ),
    tables=("scans", "door_consents", "style_consents"),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_consents(account_id=person.account_id, email=person.email),
)
