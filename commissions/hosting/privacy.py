"""What rewards for hosts know of a person: what their events gave."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, told

_TELL = text(
    """
    SELECT reward.title AS event, reward.guests, reward.net_minor, reward.amount_minor, reward.currency,
           reward.refused, reward.given_at
    FROM host_rewards reward JOIN editors editor ON editor.id = reward.editor_id
    WHERE editor.account_id = :account_id ORDER BY reward.id
    """
)

CHAPTER = Chapter(
    name="hosting",
    title=_l("What your evenings gave you"),
    promise=_l("Books of money are kept ten years, by law. They name your number, and you no more."),
    tables=("host_rewards",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: None,
)
