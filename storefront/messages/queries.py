from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from foundation.db import db
from storefront.messages.models import Conversation, ConversationStatus
from storefront.orders.models import Order

PAGE_SIZE = 40


def conversation_of(order_id: int) -> Conversation | None:
    """What was written about an order, the oldest message first."""
    return db.session.scalars(
        select(Conversation)
        .where(Conversation.order_id == order_id)
        .options(selectinload(Conversation.messages))
        .execution_options(populate_existing=True)
    ).one_or_none()


def conversations_of(account_id: int, limit: int = 50) -> Sequence[Conversation]:
    """What somebody wrote while signed in, or was written to; the latest first."""
    return db.session.scalars(
        select(Conversation)
        .join(Order, Order.id == Conversation.order_id)
        .where(Order.account_id == account_id)
        .options(joinedload(Conversation.order), selectinload(Conversation.messages))
        .order_by(Conversation.since.desc())
        .limit(limit)
    ).all()


def staff_conversations(
    status: ConversationStatus, page: int
) -> tuple[Sequence[Conversation], Mapping[ConversationStatus, int]]:
    """A page of the conversations in one state, and how many are in each. Who waits longest comes first."""
    counted = select(Conversation.status, func.count()).group_by(Conversation.status)
    number: dict[ConversationStatus, int] = dict(db.session.execute(counted).all())
    waits = status == ConversationStatus.WAITING
    found = db.session.scalars(
        select(Conversation)
        .where(Conversation.status == status)
        .options(joinedload(Conversation.order), selectinload(Conversation.messages))
        .order_by(Conversation.since if waits else Conversation.since.desc(), Conversation.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    return found, {state: number.get(state, 0) for state in ConversationStatus}


def count_waiting() -> int:
    """Shoppers who wait for a word."""
    waiting = select(func.count()).where(Conversation.status == ConversationStatus.WAITING)
    return int(db.session.execute(waiting).scalar_one())
