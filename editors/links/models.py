from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from editors.looks.models import Look
from editors.membership.models import Editor
from foundation.db import Base
from foundation.states import Transitions
from storefront.catalog.models import Product


class LinkTarget(StrEnum):
    LOOK = "look"
    PRODUCT = "product"
    WINDOW = "window"


class LinkStatus(StrEnum):
    """active: leads to its target and counts; paused: leads to the shop with a note, and counts nothing."""

    ACTIVE = "active"
    PAUSED = "paused"


LINK_MOVES = Transitions(
    {LinkStatus.ACTIVE: {LinkStatus.PAUSED}, LinkStatus.PAUSED: {LinkStatus.ACTIVE}},
)


class Link(Base):
    """A share link of an editor. One per target, so that asking twice gives the link that is already out."""

    __tablename__ = "links"
    __table_args__ = (
        UniqueConstraint(
            "editor_id",
            "target",
            "look_id",
            "product_id",
            name="uq_links_editor_id_target",
            postgresql_nulls_not_distinct=True,
        ),
        CheckConstraint(
            "(target = 'look') = (look_id IS NOT NULL) AND (target = 'product') = (product_id IS NOT NULL)",
            name="target",
        ),
        Index("ix_links_look_id", "look_id"),
        Index("ix_links_product_id", "product_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    target: Mapped[str] = mapped_column(String(16))
    look_id: Mapped[int | None] = mapped_column(ForeignKey("looks.id"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    status: Mapped[str] = mapped_column(String(16), default=LinkStatus.ACTIVE)
    created_at: Mapped[datetime]

    editor: Mapped[Editor] = relationship(lazy="raise")
    look: Mapped[Look | None] = relationship(lazy="raise")
    product: Mapped[Product | None] = relationship(lazy="raise")
