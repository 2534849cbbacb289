"""Slips with an address; without it at once when somebody is forgotten, and gone after thirty days."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_TELL = text(
    """
    SELECT till_slips.number, till_slips.store, till_slips.sold_at, till_files.at
    FROM till_slips JOIN till_files ON till_files.id = till_slips.file_id
    WHERE till_slips.email = :email
    ORDER BY till_slips.id
    """
)
_FORGET = text("UPDATE till_slips SET email = '', ticket = '' WHERE email = :email")

CHAPTER = Chapter(
    name="till_slips",
    title=_l("Receipts of a store’s till with your address"),
    promise=_l("So that what you buy at an evening counts for its host. Erased after thirty days."),
    tables=("till_slips",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by([_FORGET], person),
)
