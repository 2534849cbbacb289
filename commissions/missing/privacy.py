"""What missing sales know of a person: what an editor wrote to staff, and a file they sent along."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_THEIRS = "editor_id IN (SELECT id FROM editors WHERE account_id = :account_id)"
_TELL = text(
    f"""
    SELECT order_number, came_by, words, file_name, status, sent_at, decided_at, reply
    FROM missing_sales WHERE {_THEIRS} ORDER BY id
    """
)
_FORGET = (
    text(
        f"""
        UPDATE missing_sales SET words = '', file_key = NULL, file_name = NULL, reply = NULL WHERE {_THEIRS}
        """
    ),
)

CHAPTER = Chapter(
    name="missing_sales",
    title=_l("Sales you missed"),
    promise=_l("Your words, what you sent along and our answer go. That the order was looked at stays."),
    tables=("missing_sales",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by(_FORGET, person),
)
