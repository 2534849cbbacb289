from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.db import Base
from foundation.states import Transitions
from storefront.orders.models import Order


class ConversationStatus(StrEnum):
    """waiting: the shopper had the last word. answered: the shop had it. closed: nothing is left to say,
    until the shopper writes again."""

    WAITING = "waiting"
    ANSWERED = "answered"
    CLOSED = "closed"


CONVERSATION_MOVES = Transitions(
    {
        ConversationStatus.WAITING: [ConversationStatus.ANSWERED, ConversationStatus.CLOSED],
        ConversationStatus.ANSWERED: [ConversationStatus.WAITING, ConversationStatus.CLOSED],
        ConversationStatus.CLOSED: [ConversationStatus.WAITING, ConversationStatus.ANSWERED],
    }
)


class Writer(StrEnum):
    SHOPPER = "shopper"
    SHOP = "shop"


def _one_of(column: str, kind: type[StrEnum]) -> CheckConstraint:
    words = ", ".join(f"'{member}'" for member in kind)
    return CheckConstraint(f"{column} IN ({words})", name=column)


class Conversation(Base):
    """All that is written about one order. `since` is when it came to be as it is now."""

    __tablename__ = "conversations"
    __table_args__ = (
        _one_of("status", ConversationStatus),
        Index("ix_conversations_waiting", "since", postgresql_where="status = 'waiting'"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), unique=True)
    status: Mapped[ConversationStatus] = mapped_column(String(10))
    since: Mapped[datetime]

    order: Mapped[Order] = relationship(lazy="raise", viewonly=True)
    messages: Mapped[list[ConversationMessage]] = relationship(
        lazy="raise", viewonly=True, order_by="ConversationMessage.id"
    )


class ConversationMessage(Base):
    """One message. `form_key` belongs to the form it was written in: sent twice, it stands once. `signed` is
    how a member of staff signed; the shopper's name stands on the order."""

    __tablename__ = "conversation_messages"
    __table_args__ = (_one_of("writer", Writer), Index("ix_conversation_messages_of", "conversation_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    form_key: Mapped[str] = mapped_column(String(40), unique=True)
    writer: Mapped[Writer] = mapped_column(String(10))
    signed: Mapped[str] = mapped_column(String(200), server_default="")
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
