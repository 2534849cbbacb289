from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from foundation.db import db
from foundation.mail.models import MailStatus, Message


def waiting_message(message_id: int) -> Message | None:
    """A letter that has not left yet."""
    return db.session.scalars(
        select(Message).where(Message.id == message_id, Message.status == MailStatus.WAITING)
    ).one_or_none()


def latest_messages(limit: int = 100) -> Sequence[Message]:
    """What was written, newest first."""
    return db.session.scalars(select(Message).order_by(Message.id.desc()).limit(limit)).all()


def letters_to(recipient: str, limit: int = 50) -> Sequence[Message]:
    """What an address was written, newest first, as long as it is kept; but for what opens its account."""
    return db.session.scalars(
        select(Message)
        .where(Message.recipient == recipient, ~Message.carries_key)
        .order_by(Message.id.desc())
        .limit(limit)
    ).all()


def message(message_id: int) -> Message | None:
    return db.session.get(Message, message_id)
