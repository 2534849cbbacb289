"""The address of somebody's calendar: it ends with the account."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_TELL = text("SELECT made_at FROM evening_feeds WHERE account_id = :account_id")
_FORGET = (text("DELETE FROM evening_feeds WHERE account_id = :account_id"),)

CHAPTER = Chapter(
    name="evening_feed",
    title=_l("Your calendar of evenings"),
    promise=_l("So that your own calendar knows where you are expected. Its address ends at once."),
    tables=("evening_feeds",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by(_FORGET, person),
)
