"""What kept addresses know of a person."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_TELL = text(
    """
    SELECT first, last, street, postcode, city, province, country, phone, is_default, saved_at FROM addresses
    WHERE account_id = :account_id ORDER BY id
    """
)
_FORGET = text("DELETE FROM addresses WHERE account_id = :account_id")

CHAPTER = Chapter(
    name="addresses",
    title=_l("Addresses"),
    promise=_l("So that you need not type them again. Forgotten at once."),
    tables=("addresses",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by([_FORGET], person),
)
