"""What invitations know of a person: letters to their mailbox, and the one they accepted."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_TELL = text(
    """
    SELECT name, words, invited_at AS at, accepted_at FROM editor_invitations
    WHERE lower(email) = lower(:email)
        OR editor_id IN (SELECT id FROM editors WHERE account_id = :account_id)
    ORDER BY invited_at
    """
)
_FORGET = (
    text(
        """
        DELETE FROM editor_invitations WHERE lower(email) = lower(:email)
            OR editor_id IN (SELECT id FROM editors WHERE account_id = :account_id)
        """
    ),
)

CHAPTER = Chapter(
    name="invitations",
    title=_l("Invitations to be a style editor"),
    promise=_l(
        "So that a letter finds you, and nobody is invited twice. They are deleted with your account."
    ),
    tables=("editor_invitations",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by(_FORGET, person),
)
