"""What holds know of a person: that a sale of theirs was looked at, and why."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_TELL = text(
    """
    SELECT hold.order_number, hold.reason, hold.held_at, hold.released_at
    FROM commission_holds hold JOIN editors editor ON editor.id = hold.editor_id
    WHERE editor.account_id = :account_id ORDER BY hold.id
    """
)
_FORGET = (
    text(
        """
        UPDATE commission_holds SET words = '', released_for = NULL
        WHERE editor_id IN (SELECT id FROM editors WHERE account_id = :account_id)
        """
    ),
)

CHAPTER = Chapter(
    name="holds",
    title=_l("Sales of yours that waited"),
    promise=_l("What colleagues wrote about them goes. That a sale was looked at stays with the books."),
    tables=("commission_holds",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by(_FORGET, person),
)
