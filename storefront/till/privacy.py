"""What baskets of the till know of a person: who a piece was rung up for, beside the order itself."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_TELL = text(
    """
    SELECT began_at, status, customer, email FROM till_baskets
    WHERE account_id = :account_id OR (account_id IS NULL AND email = :email) ORDER BY id
    """
)
_FORGET = text(
    """
    UPDATE till_baskets SET customer = '', email = '', account_id = NULL
    WHERE account_id = :account_id OR (account_id IS NULL AND email = :email)
    """
)

CHAPTER = Chapter(
    name="till",
    title=_l("What a store rang up for you"),
    promise=_l("So that a purchase in a store stands in your account. Your name is taken out at once."),
    tables=("till_baskets",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by([_FORGET], person),
)
