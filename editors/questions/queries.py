from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select

from editors.questions.errors import NoSuchQuestion
from editors.questions.models import Question
from foundation.db import db


def questions_asked() -> Sequence[Question]:
    """What the form asks now, in its order."""
    return db.session.scalars(
        select(Question).where(Question.retired_at.is_(None)).order_by(Question.position, Question.id)
    ).all()


def retired_questions() -> Sequence[Question]:
    """What it asks no more, the latest first."""
    return db.session.scalars(
        select(Question).where(Question.retired_at.is_not(None)).order_by(Question.retired_at.desc())
    ).all()


def question_by_id(question_id: int) -> Question:
    """Raises `NoSuchQuestion`."""
    found = db.session.get(Question, question_id)
    if found is None:
        raise NoSuchQuestion()
    return found


def asked_count() -> int:
    return db.session.scalars(select(func.count()).where(Question.retired_at.is_(None))).one()
