from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base
from foundation.seen import seen_as

# What makes an address: the same again is the same one.
PARTS = ("first", "last", "street", "postcode", "city", "province", "country", "phone")


class Address(Base):
    """Where an account has its pieces sent. One of them is the one a checkout begins with (`is_default`)."""

    __tablename__ = "addresses"
    __table_args__ = (
        UniqueConstraint("account_id", *PARTS, name="uq_addresses_whole"),
        Index("uq_addresses_default", "account_id", unique=True, postgresql_where="is_default"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    first: Mapped[str] = mapped_column(String(60))
    last: Mapped[str] = mapped_column(String(59))
    street: Mapped[str] = mapped_column(String(200))
    postcode: Mapped[str] = mapped_column(String(20))
    city: Mapped[str] = mapped_column(String(100))
    province: Mapped[str] = mapped_column(String(100))
    country: Mapped[str] = mapped_column(String(2))
    phone: Mapped[str] = mapped_column(String(40))
    is_default: Mapped[bool]
    saved_at: Mapped[datetime]

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def seen(self) -> str:
        """What it says, in short: a form that was filled from it tells with this which words it had seen."""
        return seen_as(*(getattr(self, name) for name in PARTS))
