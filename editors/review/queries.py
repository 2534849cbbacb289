from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from editors.review.errors import NoSuchReason
from editors.review.models import ONLY, ApplicationRules, DeclineReason
from foundation.db import db


def rules() -> ApplicationRules:
    """The one row of rules."""
    return db.session.get_one(ApplicationRules, ONLY)


def reasons_offered() -> Sequence[DeclineReason]:
    return db.session.scalars(
        select(DeclineReason).where(DeclineReason.retired_at.is_(None)).order_by(DeclineReason.name)
    ).all()


def retired_reasons() -> Sequence[DeclineReason]:
    return db.session.scalars(
        select(DeclineReason).where(DeclineReason.retired_at.is_not(None)).order_by(DeclineReason.name)
    ).all()


def reason_by_id(reason_id: int) -> DeclineReason:
    """Raises `NoSuchReason`."""
    found = db.session.get(DeclineReason, reason_id)
    if found is None:
        raise NoSuchReason()
    return found
