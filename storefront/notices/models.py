from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base


class StockNotice(Base):
    """Somebody waits for a variant. The row goes when the letter is written: the address was lent for that.

    `email` is kept in small letters, so that an address waits once for a variant. `account_id`: the account
    that lent its own address; the letter goes to the one it has when the size is back.
    """

    __tablename__ = "stock_notices"
    __table_args__ = (
        UniqueConstraint("variant_id", "email"),
        Index("ix_stock_notices_asked_at", "asked_at"),
        Index("ix_stock_notices_account_id", "account_id", postgresql_where="account_id IS NOT NULL"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    email: Mapped[str] = mapped_column(String(254))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    language: Mapped[str] = mapped_column(String(2))
    asked_at: Mapped[datetime]
