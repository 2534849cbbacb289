from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base


class Reservation(Base):
    """Pieces promised to an order until a moment. Past it the promise is void, whether or not a job ran.

    `order_id` comes from above and is no foreign key: the shelf does not know what an order is.
    `holder` says in one word whose bag the pieces came from, so that the shopper who comes back from the
    payment page is not told that their own pieces are sold out.
    """

    __tablename__ = "reservations"
    __table_args__ = (
        UniqueConstraint("order_id", "variant_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        Index("ix_reservations_variant_id_expires_at", "variant_id", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int]
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    quantity: Mapped[int]
    expires_at: Mapped[datetime]
    holder: Mapped[str | None] = mapped_column(String(64))
