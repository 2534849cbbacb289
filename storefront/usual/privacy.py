"""What usual sizes know of a person."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_TELL = text(
    "SELECT slot, size, chosen_at FROM usual_sizes WHERE account_id = :account_id ORDER BY chosen_at, slot"
)
_FORGET = text("DELETE FROM usual_sizes WHERE account_id = :account_id")

CHAPTER = Chapter(
    name="usual_sizes",
    title=_l("Your sizes"),
    promise=_l("So that a look opens in your sizes. Forgotten at once."),
    tables=("usual_sizes",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by([_FORGET], person),
)
