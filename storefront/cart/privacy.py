"""What the bag knows of a person."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_TELL = text(
    """
    SELECT list, title AS piece, quantity, at FROM (
        SELECT 'bag' AS list, variant_id, quantity, added_at AS at FROM cart_lines
        WHERE account_id = :account_id
        UNION ALL SELECT 'saved for later', variant_id, quantity, saved_at FROM saved_pieces
        WHERE account_id = :account_id) kept
    JOIN variants ON variants.id = kept.variant_id JOIN products ON products.id = variants.product_id
    ORDER BY at
    """
)
_FORGET = [
    text(f"DELETE FROM {table} WHERE account_id = :account_id") for table in ("cart_lines", "saved_pieces")
]

CHAPTER = Chapter(
    name="bag",
    title=_l("Bag and what you saved"),
    promise=_l("So that it waits for you on every device. Forgotten at once."),
    tables=("cart_lines", "saved_pieces"),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by(_FORGET, person),
)
