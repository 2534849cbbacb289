"""Lines of files that hosts and staff brought; forgotten at once, and all of them after thirty days."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_TELL = text(
    """
    SELECT events.title AS event, guest_import_lines.name, guest_import_lines.party,
        guest_import_lines.plus_one, guest_import_lines.needs, guest_import_lines.language, guest_imports.at
    FROM guest_import_lines
        JOIN guest_imports ON guest_imports.id = guest_import_lines.import_id
        JOIN events ON events.id = guest_imports.event_id
    WHERE guest_import_lines.email = :email
    ORDER BY guest_import_lines.id
    """
)
_FORGET = (
    text("DELETE FROM guest_import_lines WHERE email = :email"),
    text(
        """
        UPDATE guest_imports SET by = ''
        WHERE editor_id IN (SELECT id FROM editors WHERE account_id = :account_id)
        """
    ),
)

CHAPTER = Chapter(
    name="guest_imports",
    title=_l("Lists of guests you stood on"),
    promise=_l("So that a host or a store can write many guests down at once. Erased after thirty days."),
    tables=("guest_imports", "guest_import_lines"),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by(_FORGET, person),
)
