"""What somebody said of an evening. The word goes; how many taps there were stays."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from events.afterwards.forgetting import forget_words
from foundation.privacy.chapters import Chapter, told

_TELL = text(
    """
    SELECT events.title AS event, event_feedback.welcome, event_feedback.found, event_feedback.again,
        event_feedback.words, event_feedback.signed, event_feedback.at
    FROM event_feedback
    JOIN rsvps ON rsvps.id = event_feedback.rsvp_id
    JOIN events ON events.id = event_feedback.event_id
    WHERE rsvps.account_id = :account_id OR rsvps.email = :email
    ORDER BY event_feedback.at, rsvps.id
    """
)

CHAPTER = Chapter(
    name="afterwards",
    title=_l("What you said of events"),
    promise=_l(
        "So that hosts and stores learn from it; they never read who said what, unless you sign. Your word is"
        " erased with your name; what you tapped is counted, as nobody’s."
    ),
    tables=("event_feedback",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_words(account_id=person.account_id, email=person.email),
)
