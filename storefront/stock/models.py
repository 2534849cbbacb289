from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base
from storefront.places.models import WEB_WAREHOUSE


class Reservation(Base):
    """Pieces promised to an order until a moment. Past it the promise is void, whether or not a job ran.

    `order_id` comes from above and is no foreign key: the shelf does not know what an order is. Nor is
    `place_id`: every order of the web would take a share of the lock of the one warehouse's row.
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
    place_id: Mapped[int] = mapped_column(server_default=str(WEB_WAREHOUSE))
    quantity: Mapped[int]
    expires_at: Mapped[datetime]
    holder: Mapped[str | None] = mapped_column(String(64))


class StockLevel(Base):
    """How many of a variant lie in a store. What lies in the web warehouse is `Variant.on_hand` and nowhere
    else (docs/decisions/0012-stock-per-place.md), so the two can never differ.
    """

    __tablename__ = "stock_levels"
    __table_args__ = (
        CheckConstraint(f"place_id <> {WEB_WAREHOUSE}", name="not_the_warehouse"),
        Index("ix_stock_levels_place_id", "place_id"),
    )

    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"), primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True)
    on_hand: Mapped[int]


class MovementKind(StrEnum):
    """Why pieces came or went. transferred: to or from another place; corrected: somebody counted."""

    RECEIVED = "received"
    SOLD = "sold"
    RETURNED = "returned"
    CORRECTED = "corrected"
    TRANSFERRED = "transferred"


class StockMovement(Base):
    """One change of a level, written by the statement that changes it and never changed again: the sum of a
    variant's movements at a place is what lies there.

    `order_id` and `order_line_id` come from above and are no foreign keys; nor is `place_id`, for the reason
    given at `Reservation`. `batch` is the key of the page a delivery or transfer was typed into: the same
    page sent twice moves once.
    """

    __tablename__ = "stock_movements"
    __table_args__ = (
        CheckConstraint("kind IN ('received', 'sold', 'returned', 'corrected', 'transferred')", name="kind"),
        CheckConstraint("quantity <> 0", name="quantity"),
        CheckConstraint("(kind = 'transferred') = (other_place_id IS NOT NULL)", name="two_places"),
        Index("ix_stock_movements_variant_id", "variant_id", "place_id", "id"),
        Index(
            "uq_stock_movements_batch",
            "batch",
            "variant_id",
            "place_id",
            unique=True,
            postgresql_where="batch IS NOT NULL",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    place_id: Mapped[int]
    kind: Mapped[MovementKind] = mapped_column(String(12))
    quantity: Mapped[int]
    other_place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"))
    order_id: Mapped[int | None]
    order_line_id: Mapped[int | None]
    reason: Mapped[str | None] = mapped_column(String(200))
    batch: Mapped[str | None] = mapped_column(String(64))
    actor_kind: Mapped[str] = mapped_column(String(16))
    actor_label: Mapped[str] = mapped_column(String(200))
    actor_account_id: Mapped[int | None]
    at: Mapped[datetime]


class LowMark(Base):
    """From which count on staff want to hear of it: of a variant, or of every variant of a product that has
    no mark of its own. Without any, `policy.LOW` counts.
    """

    __tablename__ = "stock_low_marks"
    __table_args__ = (
        UniqueConstraint("product_id", "variant_id", postgresql_nulls_not_distinct=True),
        CheckConstraint("low_at >= 0", name="low_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    variant_id: Mapped[int | None] = mapped_column(ForeignKey("variants.id"))
    low_at: Mapped[int]
