"""What the wish list knows of a person."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_TELL = text(
    """
    SELECT products.title AS piece, wishes.added_at FROM wishes
    JOIN products ON products.id = wishes.product_id WHERE wishes.account_id = :account_id
    ORDER BY wishes.added_at
    """
)
_FORGET = text("DELETE FROM wishes WHERE account_id = :account_id")

CHAPTER = Chapter(
    name="wishes",
    title=_l("Wish list"),
    promise=_l("So that you find again what you liked. Forgotten at once."),
    tables=("wishes",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by([_FORGET], person),
)
