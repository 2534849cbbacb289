from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, select, text
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.elements import SQLCoreOperations

from editors.looks.authors.models import WHOLE, CoAuthor, CoAuthorStatus
from editors.membership.models import Editor, EditorStatus
from foundation.db import db, rows

_SPLIT = text(
    """
    SELECT look.editor_id, other.editor_id, other.share_bps FROM looks look
    LEFT JOIN look_coauthors other ON other.look_id = look.id AND other.frozen_at IS NOT NULL
    WHERE look.id = :look_id
    """
)


def credit_split(look_id: int) -> dict[int, int]:
    """Who earns how much of what a look earns: basis points by editor, 10,000 in all.

    What was agreed and frozen when the look first went on show; before that, and alone, all is its editor's.
    Empty for a look there is not.
    """
    found = rows(_SPLIT, {"look_id": look_id})
    if not found:
        return {}
    first, second, share = found[0]
    return {first: WHOLE - share, second: share} if second is not None else {first: WHOLE}


def coauthor_of(look_id: int) -> CoAuthor | None:
    """The second editor of a look, invited or agreed, with their name."""
    return db.session.scalars(
        select(CoAuthor).where(CoAuthor.look_id == look_id).options(joinedload(CoAuthor.editor))
    ).one_or_none()


def invitations_of(editor_id: int) -> Sequence[int]:
    """The looks an editor was asked to put their name to and has not answered, the oldest first."""
    return db.session.scalars(
        select(CoAuthor.look_id)
        .where(CoAuthor.editor_id == editor_id, CoAuthor.status == CoAuthorStatus.INVITED)
        .order_by(CoAuthor.invited_at, CoAuthor.look_id)
    ).all()


def with_name(look_id: SQLCoreOperations[int]) -> ColumnElement[str]:
    """The name of the second editor who agreed and has not left, for a larger statement; null for none."""
    return (
        select(Editor.name)
        .join(CoAuthor, CoAuthor.editor_id == Editor.id)
        .where(
            CoAuthor.look_id == look_id,
            CoAuthor.status == CoAuthorStatus.ACCEPTED,
            Editor.status.in_([EditorStatus.ACTIVE, EditorStatus.PAUSED]),
        )
        .correlate_except(CoAuthor, Editor)
        .scalar_subquery()
    )


def signed_too(editor_id: int) -> Select[int]:
    """The ids of the looks an editor put their name to as the second, for a larger statement."""
    return select(CoAuthor.look_id).where(
        CoAuthor.editor_id == editor_id, CoAuthor.status == CoAuthorStatus.ACCEPTED
    )
