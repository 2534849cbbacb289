from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from editors.membership.models import Editor, EditorStatus
from editors.mentors.models import Mentorship
from foundation.db import db


@dataclass(frozen=True, slots=True)
class Bond:
    """What is between an editor and another one."""

    mentorship: Mentorship
    other: Editor


def bonds_of(editor_id: int) -> Sequence[Bond]:
    """Everything that is not over, with the other one; what is accepted first."""
    other = func.nullif(Mentorship.mentor_id, editor_id)
    rows = db.session.execute(
        select(Mentorship, Editor)
        .join(Editor, Editor.id == func.coalesce(other, Mentorship.learner_id))
        .where(
            or_(Mentorship.mentor_id == editor_id, Mentorship.learner_id == editor_id),
            Mentorship.ended_at.is_(None),
        )
        .order_by(Mentorship.accepted_at.is_(None), Mentorship.asked_at)
    )
    return [Bond(mentorship, editor) for mentorship, editor in rows]


def asked_of(editor_id: int) -> Sequence[Bond]:
    """The questions of others that wait for this editor's answer, the oldest first."""
    return [
        bond
        for bond in bonds_of(editor_id)
        if bond.mentorship.accepted_at is None and bond.mentorship.asked_by_id != editor_id
    ]


def active_editor(handle: str) -> Editor | None:
    return db.session.scalars(
        select(Editor).where(Editor.handle == handle, Editor.status == EditorStatus.ACTIVE)
    ).one_or_none()
