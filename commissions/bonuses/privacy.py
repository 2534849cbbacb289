"""What bonuses know of a person: what they earned by them."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, told

_TELL = text(
    """
    SELECT award.name, award.order_number, award.amount_minor, award.reversed_minor, award.currency,
           award.status, award.earned_at, award.paid_at
    FROM awards award JOIN editors editor ON editor.id = award.editor_id
    WHERE editor.account_id = :account_id ORDER BY award.id
    """
)

CHAPTER = Chapter(
    name="bonuses",
    title=_l("Bonuses you earned"),
    promise=_l("Books of money are kept ten years, by law. They name your number, and you no more."),
    tables=("awards",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: None,
)
