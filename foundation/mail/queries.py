from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

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


def refused_among(addresses: Collection[str]) -> set[str]:
    """Those of some addresses whose mailbox does not exist, by the last letter that was tried."""
    if not addresses:
        return set()
    last = (
        select(Message.recipient, Message.status)
        .where(Message.recipient.in_(addresses), Message.status != MailStatus.WAITING)
        .ext(distinct_on(Message.recipient))
        .order_by(Message.recipient, Message.id.desc())
        .subquery()
    )
    return set(db.session.scalars(select(last.c.recipient).where(last.c.status == MailStatus.REFUSED)))


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
