from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Sequence,
    String,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.db import Base
from foundation.i18n import pick
from storefront.sizing.policy import Reach, Unit

GUIDE_VERSIONS = Sequence("size_guide_versions", metadata=Base.metadata)


class SizeGuide(Base):
    """A table of body measures by size, and which pieces it is for.

    By `reach` range: those of a department (`category`, with all beneath it), of a brand (`vendor`), or of
    that brand in that department; empty asks nothing, one of the two is written. By pieces: its rows in
    `size_guide_pieces`. The nearest one counts; see `queries.guide_of_product`. `version` is drawn anew at
    every change of any guide, so the highest of all changes with whatever a page shows. `ended_at`: put away.
    """

    __tablename__ = "size_guides"
    __table_args__ = (
        CheckConstraint("reach IN ('range', 'pieces')", name="reach"),
        CheckConstraint("(reach = 'range') = (category <> '' OR vendor <> '')", name="for_something"),
        Index(
            "uq_size_guides_for",
            "category",
            func.lower(text("vendor")),
            unique=True,
            postgresql_where=text("reach = 'range' AND ended_at IS NULL"),
        ),
        Index("ix_size_guides_version", "version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    reach: Mapped[Reach] = mapped_column(String(10))
    category: Mapped[str] = mapped_column(String(80))
    vendor: Mapped[str] = mapped_column(String(255))
    words: Mapped[str] = mapped_column(String(500))
    words_it: Mapped[str | None] = mapped_column(String(500))
    version: Mapped[int] = mapped_column(BigInteger, server_default=GUIDE_VERSIONS.next_value())
    changed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    measures: Mapped[list[SizeGuideMeasure]] = relationship(
        lazy="raise", viewonly=True, order_by="SizeGuideMeasure.position"
    )
    rows: Mapped[list[SizeGuideRow]] = relationship(
        lazy="raise", viewonly=True, order_by="SizeGuideRow.position"
    )

    @property
    def seen(self) -> str:
        """What its form shows, in short (`foundation.seen`)."""
        return str(self.version)


class SizeGuideMeasure(Base):
    """A column of a guide: what is measured, how that is done, and in which unit it stands there."""

    __tablename__ = "size_guide_measures"
    __table_args__ = (CheckConstraint("unit IN ('cm', 'words')", name="unit"),)

    guide_id: Mapped[int] = mapped_column(ForeignKey("size_guides.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(60))
    name_it: Mapped[str | None] = mapped_column(String(60))
    how: Mapped[str] = mapped_column(String(300))
    how_it: Mapped[str | None] = mapped_column(String(300))
    unit: Mapped[Unit] = mapped_column(String(10))

    @property
    def called(self) -> str:
        """Its name in the reader's language."""
        return pick(self.name, self.name_it)


class SizeGuideRow(Base):
    """A size, and its figures in the order of the measures as `policy.figure` writes them; empty for none"""

    __tablename__ = "size_guide_rows"
    __table_args__ = (UniqueConstraint("guide_id", "size"),)

    guide_id: Mapped[int] = mapped_column(ForeignKey("size_guides.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    size: Mapped[str] = mapped_column(String(20))
    figures: Mapped[list[str]] = mapped_column(ARRAY(Text))


class SizeGuidePiece(Base):
    """A product with a guide of its own: one at most, whatever its department and brand have."""

    __tablename__ = "size_guide_pieces"

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True, autoincrement=False)
    guide_id: Mapped[int] = mapped_column(ForeignKey("size_guides.id"), index=True)
