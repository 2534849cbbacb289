from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from foundation.db import db
from storefront.messages.models import Conversation, ConversationMessage, ConversationStatus
from storefront.orders.models import Order

PAGE_SIZE = 40


class Talk(NamedTuple):
    """A conversation with its order, and the last word of it, however much was said before."""

    conversation: Conversation
    last: ConversationMessage


def conversation_of(order_id: int) -> Conversation | None:
    """What was written about an order, the oldest message first."""
    return db.session.scalars(
        select(Conversation)
        .where(Conversation.order_id == order_id)
        .options(selectinload(Conversation.messages))
        .execution_options(populate_existing=True)
    ).one_or_none()


def last_about(order_id: int) -> ConversationMessage | None:
    """The last word about an order."""
    return db.session.scalars(
        select(ConversationMessage)
        .join(Conversation, Conversation.id == ConversationMessage.conversation_id)
        .where(Conversation.order_id == order_id)
        .order_by(ConversationMessage.id.desc())
        .limit(1)
    ).one_or_none()


def conversations_of(account_id: int, limit: int = 50) -> Sequence[Talk]:
    """What somebody wrote while signed in, or was written to; the latest first."""
    return _talks(
        _with_last()
        .join(Order, Order.id == Conversation.order_id)
        .where(Order.account_id == account_id)
        .order_by(Conversation.since.desc())
        .limit(limit)
    )


def staff_conversations(
    status: ConversationStatus, page: int
) -> tuple[Sequence[Talk], Mapping[ConversationStatus, int]]:
    """A page of the conversations in one state, and how many are in each. Who waits longest comes first."""
    counted = select(Conversation.status, func.count()).group_by(Conversation.status)
    number: dict[ConversationStatus, int] = dict(db.session.execute(counted).all())
    waits = status == ConversationStatus.WAITING
    found = _talks(
        _with_last()
        .where(Conversation.status == status)
        .order_by(Conversation.since if waits else Conversation.since.desc(), Conversation.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return found, {state: number.get(state, 0) for state in ConversationStatus}


def count_waiting() -> int:
    """Shoppers who wait for a word."""
    waiting = select(func.count()).where(Conversation.status == ConversationStatus.WAITING)
    return int(db.session.execute(waiting).scalar_one())


def _with_last() -> Select[Conversation, ConversationMessage]:
    said = aliased(ConversationMessage)
    last = select(func.max(said.id)).where(said.conversation_id == Conversation.id).scalar_subquery()
    return (
        select(Conversation, ConversationMessage)
        .join(ConversationMessage, ConversationMessage.id == last)
        .options(joinedload(Conversation.order))
    )


def _talks(statement: Select[Conversation, ConversationMessage]) -> list[Talk]:
    return [Talk(conversation, last) for conversation, last in db.session.execute(statement)]
