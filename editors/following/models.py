from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base


class Follow(Base):
    """Somebody wants to see what an editor puts together. Nobody but they themselves is ever shown it."""

    __tablename__ = "follows"
    __table_args__ = (Index("ix_follows_editor_id", "editor_id"),)

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"), primary_key=True, autoincrement=False)
    since: Mapped[datetime]


class FollowLetter(Base):
    """Somebody asked for a weekly letter of what those they follow put together; without a row there is none.

    `told_until`: looks that went on show up to this moment were told already, or came before the wish.
    """

    __tablename__ = "follow_letters"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    told_until: Mapped[datetime]
