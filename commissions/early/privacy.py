"""What early payouts know of a person: that they asked, and what we answered."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_THEIRS = "editor_id IN (SELECT id FROM editors WHERE account_id = :account_id)"
_TELL = text(
    f"""
    SELECT currency, asked_minor, status, asked_at, answered_at, reply
    FROM early_payouts WHERE {_THEIRS} ORDER BY id
    """
)
_FORGET = (text(f"UPDATE early_payouts SET reply = NULL WHERE {_THEIRS}"),)

CHAPTER = Chapter(
    name="early_payouts",
    title=_l("Payouts you asked for early"),
    promise=_l("Our answers go. That you asked stays with the books."),
    tables=("early_payouts",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by(_FORGET, person),
)
