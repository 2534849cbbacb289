from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base


class Wish(Base):
    """A product somebody keeps in mind. It belongs to an account or to a visit, never to both."""

    __tablename__ = "wishes"
    __table_args__ = (
        CheckConstraint("num_nonnulls(account_id, visit_id) = 1", name="one_owner"),
        Index(
            "uq_wishes_owner_product",
            *("account_id", "visit_id", "product_id"),
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_wishes_visit_id", "visit_id"),
        Index("ix_wishes_product_id", "product_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    visit_id: Mapped[str | None] = mapped_column(String(36))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    added_at: Mapped[datetime]
