"""Who asked to be told when a size is back: an address, and the account whose own it is."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_TELL = text(
    """
    SELECT products.title AS piece, variants.option_values AS options, stock_notices.asked_at
    FROM stock_notices JOIN variants ON variants.id = stock_notices.variant_id
    JOIN products ON products.id = variants.product_id
    WHERE stock_notices.email = :email OR stock_notices.account_id = :account_id
    ORDER BY stock_notices.asked_at
    """
)
_FORGET = text("DELETE FROM stock_notices WHERE email = :email OR account_id = :account_id")

CHAPTER = Chapter(
    name="notices",
    title=_l("Sizes you wait for"),
    promise=_l("So that we can write to you once when they are back. Forgotten at once."),
    tables=("stock_notices",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by([_FORGET], person),
)
