from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from foundation import clock
from foundation.db import Base


class Invitation(Base):
    """An invitation to somebody's mailbox. Of the secret in its link only the hash is kept.

    It waits until it is accepted, taken back (`ended_at`) or over (`expires_at`).
    """

    __tablename__ = "editor_invitations"
    __table_args__ = (
        # One letter at a time for one mailbox: two of the staff who invite the same person meet here.
        Index(
            "uq_editor_invitations_waiting",
            text("lower(email)"),
            unique=True,
            postgresql_where=text("accepted_at IS NULL AND ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(5))
    words: Mapped[str] = mapped_column(String(1000))
    invited_by: Mapped[str] = mapped_column(String(200))
    invited_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    editor_id: Mapped[int | None] = mapped_column(ForeignKey("editors.id"))

    @property
    def waits(self) -> bool:
        return self.accepted_at is None and self.ended_at is None and self.expires_at > clock.now()
