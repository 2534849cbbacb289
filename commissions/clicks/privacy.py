"""What clicks know of a person: on which visits they signed in after a link."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from sqlalchemy import text

from foundation.privacy.chapters import Chapter, forget_by, told

_TELL = text(
    """
    SELECT bond.at, editor.name AS editor
    FROM credit_bonds bond
    JOIN clicks click ON click.visit_id = bond.visit_id
    JOIN editors editor ON editor.id = click.editor_id
    WHERE bond.account_id = :account_id ORDER BY bond.at, click.id
    """
)
_FORGET = (text("DELETE FROM credit_bonds WHERE account_id = :account_id"),)

CHAPTER = Chapter(
    name="credit",
    title=_l("Whose links you came by"),
    promise=_l(
        "So that who brought you here earns when you buy later. Goes with your account, or by itself."
    ),
    tables=("credit_bonds",),
    tell=lambda person: told(_TELL, person),
    forget=lambda person: forget_by(_FORGET, person),
)
