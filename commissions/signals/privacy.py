"""What fraud control knows of a person: as an editor what was looked at, as a buyer two hashes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_THEIRS = "editor_id IN (SELECT id FROM editors WHERE account_id = :account_id)"
_TELL = text(
    f"""
    SELECT order_number, status, held_at, answer, answered_at, decided_at, reply
    FROM signal_cases WHERE {_THEIRS} AND held_at IS NOT NULL ORDER BY id
    """
)
_FORGET = (
    text(f"UPDATE signal_cases SET answer = NULL, reply = NULL WHERE {_THEIRS}"),
    text(
        """
        UPDATE looked_sales SET card = NULL, mail = NULL FROM orders
        WHERE orders.id = looked_sales.order_id
          AND (orders.account_id = :account_id OR orders.email = :email)
        """
    ),
)

CHAPTER = Chapter(
    name="signals",
    title=_l("Sales of yours that were looked at"),
    promise=_l(
        "Your words and our answer go, and so does what let us compare the cards you paid with. That a sale "
        "was looked at stays with the books."
    ),
    tables=("signal_cases", "looked_sales"),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by(_FORGET, person),
)
