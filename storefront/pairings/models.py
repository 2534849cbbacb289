from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base

# So many pieces at most go with one.
MOST = 12


class Pairing(Base):
    """A piece that goes with another: the first has `place` 1. Written by a job, from looks and orders."""

    __tablename__ = "pairings"
    __table_args__ = (
        CheckConstraint(f"place BETWEEN 1 AND {MOST}", name="place"),
        CheckConstraint("product_id <> other_id", name="two_pieces"),
        Index("ix_pairings_other_id", "other_id"),
    )

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True, autoincrement=False)
    other_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True, autoincrement=False)
    place: Mapped[int]
    weight: Mapped[int]
