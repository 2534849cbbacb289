from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base


class InviteConsent(Base):
    """Somebody says that style editors they know may invite them; without a row nobody may.

    `invited_at`: the last invitation, of whomever: the next one comes a month later at the earliest.
    """

    __tablename__ = "invite_consents"

    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True, autoincrement=False)
    since: Mapped[datetime]
    invited_at: Mapped[datetime | None]
