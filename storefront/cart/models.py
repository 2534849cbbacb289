from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from foundation.db import Base
from storefront.cart.policy import MOST_OF_ONE


class OwnedPiece:
    """A piece somebody chose. It belongs to an account or to a visit, never to both.

    The origin says where it was chosen from (a look, a share link), so that a whole look stays together in
    the bag and on the order. The same piece from two origins is two rows. `noted_minor` is the price its
    owner was last told, in minor units: when today's differs the bag says so.
    """

    __tablename__: str

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:
        table = cls.__tablename__
        return (
            CheckConstraint("num_nonnulls(account_id, visit_id) = 1", name="one_owner"),
            CheckConstraint(f"quantity BETWEEN 1 AND {MOST_OF_ONE}", name="quantity_sensible"),
            Index(
                f"uq_{table}_owner_piece",
                "account_id",
                "visit_id",
                "variant_id",
                "origin_kind",
                "origin_ref",
                unique=True,
                postgresql_nulls_not_distinct=True,
            ),
            Index(f"ix_{table}_visit_id", "visit_id"),
        )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    visit_id: Mapped[str | None] = mapped_column(String(36))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    quantity: Mapped[int]
    origin_kind: Mapped[str | None] = mapped_column(String(16))
    origin_ref: Mapped[str | None] = mapped_column(String(120))
    origin_label: Mapped[str | None] = mapped_column(String(200))
    origin_label_it: Mapped[str | None] = mapped_column(String(200))
    noted_minor: Mapped[int]


class CartLine(OwnedPiece, Base):
    """One piece in somebody's bag."""

    __tablename__ = "cart_lines"

    added_at: Mapped[datetime]


class SavedPiece(OwnedPiece, Base):
    """A piece taken out of the bag to be thought over: it is not ordered, and goes back as it was."""

    __tablename__ = "saved_pieces"

    saved_at: Mapped[datetime]
