"""What saved looks know of a person."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_TELL = text(
    """
    SELECT looks.title AS look, saved_looks.saved_at FROM saved_looks
    JOIN looks ON looks.id = saved_looks.look_id WHERE saved_looks.account_id = :account_id
    ORDER BY saved_looks.saved_at
    """
)
_FORGET = text("DELETE FROM saved_looks WHERE account_id = :account_id")

CHAPTER = Chapter(
    name="saved_looks",
    title=_l("Looks you saved"),
    promise=_l("So that you find again what you liked. Forgotten at once."),
    tables=("saved_looks",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by([_FORGET], person),
)
