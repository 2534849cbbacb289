from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from editors.membership.models import Editor
from foundation.db import Base
from foundation.states import Transitions

#: All of what a look earns, in basis points; each of two has one per cent at least.
WHOLE, LEAST = 10_000, 100


class CoAuthorStatus(StrEnum):
    """invited: has not answered; accepted: agreed to the split. Who declines or steps back has no row."""

    INVITED = "invited"
    ACCEPTED = "accepted"


COAUTHOR_MOVES = Transitions(
    {CoAuthorStatus.INVITED: {CoAuthorStatus.ACCEPTED}, CoAuthorStatus.ACCEPTED: set()}
)


class CoAuthor(Base):
    """The second editor of a look, one at most. `share_bps` is theirs; the rest is the first editor's.

    `frozen_at` is when the look first went on show: from then on nothing here changes.
    """

    __tablename__ = "look_coauthors"
    __table_args__ = (
        CheckConstraint(f"share_bps BETWEEN {LEAST} AND {WHOLE - LEAST}", name="share"),
        Index("ix_look_coauthors_editor_id", "editor_id"),
    )

    look_id: Mapped[int] = mapped_column(ForeignKey("looks.id", ondelete="CASCADE"), primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    share_bps: Mapped[int]
    status: Mapped[str] = mapped_column(String(16), default=CoAuthorStatus.INVITED)
    invited_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]

    editor: Mapped[Editor] = relationship(lazy="raise")
