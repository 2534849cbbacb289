"""Photos of evenings somebody is on. They go at once, whoever else is on them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from events.photos.forgetting import forget_faces
from foundation.privacy.chapters import Chapter, told

_TELL = text(
    """
    SELECT events.title AS event, event_photos.at AS brought_at, photo_people.answered_at,
        photo_people.agreed_at,
        '/photos/' || portrayed.secret AS page
    FROM portrayed
    JOIN rsvps ON rsvps.id = portrayed.rsvp_id
    JOIN events ON events.id = rsvps.event_id
    JOIN photo_people ON photo_people.portrayed_id = portrayed.id
    JOIN event_photos ON event_photos.id = photo_people.photo_id
    WHERE rsvps.account_id = :account_id OR rsvps.email = :email
    ORDER BY event_photos.id
    """
)

CHAPTER = Chapter(
    name="photos",
    title=_l("Photos of evenings you are on"),
    promise=_l(
        "Shown only while you say yes to each. All of them go when you ask to be forgotten, and a year after"
        " the evening."
    ),
    tables=("event_photos", "portrayed", "photo_people"),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_faces(account_id=person.account_id, email=person.email),
)
