"""The events somebody hosted. What guests were invited to stays, without what its host wrote to the store."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_HOSTED = "editor_id IN (SELECT id FROM editors WHERE account_id = :account_id)"
_TELL = text(
    f"""
    SELECT title, title_it, words, words_it, for_whom, for_whom_it, format, status,
        visibility, starts_at, ends_at, capacity, needs, message, code_wanted, joining_url
    FROM events WHERE {_HOSTED} ORDER BY id
    """
)
_FORGET = (
    text(f"DELETE FROM events WHERE {_HOSTED} AND status IN ('draft', 'proposed')"),
    text(f"UPDATE events SET needs = '', message = '', code_wanted = '' WHERE {_HOSTED}"),
    text(f"UPDATE events SET joining_url = NULL WHERE {_HOSTED} AND status NOT IN ('approved', 'live')"),
    # Also of evenings that are somebody else's by now.
    text("UPDATE event_turns SET by = '', words = '' WHERE NOT by_staff AND account_id = :account_id"),
)

CHAPTER = Chapter(
    name="events",
    title=_l("Events you hosted"),
    promise=_l("Drafts and what you wrote to the store go. That an event took place stays."),
    tables=("events", "event_turns"),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by(_FORGET, person),
)
