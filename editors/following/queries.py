from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from editors.following.models import Follow, FollowLetter
from editors.looks.card_queries import looks_by
from editors.looks.cards import LookCard
from editors.looks.models import Look, LookStatus
from editors.membership.models import Editor, EditorStatus
from foundation.db import db

LETTER_LOOKS = 6
_SHOWN = (EditorStatus.ACTIVE, EditorStatus.PAUSED)


@dataclass(frozen=True, slots=True)
class Untold:
    """A look that a letter has not told of yet."""

    title: str
    title_it: str | None
    slug: str
    editor: str

    def name_in(self, language: str) -> str:
        return self.title_it if language == "it" and self.title_it else self.title


def is_following(account_id: int, editor_id: int) -> bool:
    return db.session.get(Follow, (account_id, editor_id)) is not None


def followed_by(account_id: int) -> Sequence[Editor]:
    """Whom somebody follows, the latest first; also editors who left, so that they can be let go of."""
    return db.session.scalars(
        select(Editor)
        .join(Follow, Follow.editor_id == Editor.id)
        .where(Follow.account_id == account_id)
        .order_by(Follow.since.desc(), Editor.id)
    ).all()


def looks_followed(account_id: int, limit: int) -> Sequence[LookCard]:
    """The newest looks of those somebody follows, in one statement."""
    return looks_by(select(Follow.editor_id).where(Follow.account_id == account_id), limit)


def wants_letters(account_id: int) -> bool:
    return db.session.get(FollowLetter, account_id) is not None


def letters_due(until: datetime) -> Sequence[int]:
    """The accounts that asked for letters and have looks untold up to a moment."""
    return db.session.scalars(
        select(FollowLetter.account_id)
        .where(
            select(Look.id)
            .join(Follow, Follow.editor_id == Look.editor_id)
            .where(
                Follow.account_id == FollowLetter.account_id,
                Look.status == LookStatus.PUBLISHED,
                Look.published_at > FollowLetter.told_until,
                Look.published_at <= until,
            )
            .exists()
        )
        .order_by(FollowLetter.account_id)
    ).all()


def looks_untold(account_id: int, after: datetime, until: datetime) -> Sequence[Untold]:
    """What went on show between two moments by editors somebody follows, the latest first."""
    rows = db.session.execute(
        select(Look.title, Look.title_it, Look.slug, Editor.name)
        .join(Look.editor)
        .join(Follow, Follow.editor_id == Editor.id)
        .where(
            Follow.account_id == account_id,
            Editor.status.in_(_SHOWN),
            Look.status == LookStatus.PUBLISHED,
            Look.published_at > after,
            Look.published_at <= until,
        )
        .order_by(Look.published_at.desc(), Look.id.desc())
    )
    return [Untold(*row) for row in rows]
