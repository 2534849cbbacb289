"""Whom somebody follows, and who follows them: both are forgotten at once."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_TELL = text(
    """
    SELECT editors.name AS style_editor, follows.since,
           EXISTS (SELECT FROM follow_letters WHERE account_id = :account_id) AS weekly_letter
    FROM follows JOIN editors ON editors.id = follows.editor_id
    WHERE follows.account_id = :account_id ORDER BY follows.since
    """
)
_FORGET = (
    text("DELETE FROM follow_letters WHERE account_id = :account_id"),
    text(
        """
        DELETE FROM follows WHERE account_id = :account_id
            OR editor_id IN (SELECT id FROM editors WHERE account_id = :account_id)
        """
    ),
)

CHAPTER = Chapter(
    name="following",
    title=_l("Style editors you follow"),
    promise=_l(
        "So that you see what they put together next. Nobody else sees it, and it is forgotten at once."
    ),
    tables=("follows", "follow_letters"),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by(_FORGET, person),
)
