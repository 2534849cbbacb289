from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base
from foundation.states import Transitions


class MailStatus(StrEnum):
    """waiting: not left yet; sent: the mail server has it; refused: it says that there is no such mailbox."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"


MOVES = Transitions[MailStatus](
    {
        MailStatus.WAITING: {MailStatus.SENT, MailStatus.REFUSED},
        MailStatus.SENT: (),
        MailStatus.REFUSED: (),
    }
)


class Message(Base):
    """One e-mail as it was written: the outbox. Kept 90 days, so that support can see what was said.

    `carries_key`: it holds a link that opens an account; it is for the mailbox alone, and shown nowhere else.
    """

    __tablename__ = "mail_messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254), index=True)
    language: Mapped[str] = mapped_column(String(5))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str]
    html: Mapped[str]
    carries_key: Mapped[bool] = mapped_column(server_default="false", default=False)
    status: Mapped[MailStatus] = mapped_column(String(16))
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
