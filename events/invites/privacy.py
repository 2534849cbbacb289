"""Whether style editors may invite somebody; forgotten at once."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_TELL = text("SELECT since, invited_at FROM invite_consents WHERE account_id = :account_id")
_FORGET = text("DELETE FROM invite_consents WHERE account_id = :account_id")

CHAPTER = Chapter(
    name="invites",
    title=_l("Invitations you allowed"),
    promise=_l("So that style editors you know may invite you, once a month at most. Forgotten at once."),
    tables=("invite_consents",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by([_FORGET], person),
)
