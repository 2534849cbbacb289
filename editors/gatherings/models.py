from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base
from foundation.i18n import pick
from foundation.states import Transitions

MOST_PINS = 3


class GatheringStatus(StrEnum):
    """hidden: only its editor sees it; published: on their window, with a page of its own; removed: put away
    for good, and no more than a name for the links that are out."""

    HIDDEN = "hidden"
    PUBLISHED = "published"
    REMOVED = "removed"


GATHERING_MOVES = Transitions(
    {
        GatheringStatus.HIDDEN: {GatheringStatus.PUBLISHED, GatheringStatus.REMOVED},
        GatheringStatus.PUBLISHED: {GatheringStatus.HIDDEN, GatheringStatus.REMOVED},
        GatheringStatus.REMOVED: set(),
    }
)


class Gathering(Base):
    """A collection of an editor: looks and pieces under a name. The first of them is its cover.

    `slug` is made of the title when it is begun and stays, because it was shared.
    """

    __tablename__ = "gatherings"
    __table_args__ = (UniqueConstraint("editor_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"))
    slug: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(80))
    title_it: Mapped[str | None] = mapped_column(String(80))
    words: Mapped[str] = mapped_column(String(1000), default="")
    words_it: Mapped[str | None] = mapped_column(String(1000))
    status: Mapped[str] = mapped_column(String(16), default=GatheringStatus.HIDDEN)
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    @property
    def on_show(self) -> bool:
        return self.status == GatheringStatus.PUBLISHED

    @property
    def name(self) -> str:
        return pick(self.title, self.title_it)

    @property
    def said(self) -> str:
        return pick(self.words, self.words_it)


class GatheredItem(Base):
    """A look or a piece in a collection of an editor, and where in its order."""

    __tablename__ = "gathered_items"
    __table_args__ = (
        CheckConstraint("num_nonnulls(look_id, product_id) = 1", name="one_thing"),
        UniqueConstraint("gathering_id", "look_id"),
        UniqueConstraint("gathering_id", "product_id"),
        Index("ix_gathered_items_look_id", "look_id"),
        Index("ix_gathered_items_product_id", "product_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    gathering_id: Mapped[int] = mapped_column(ForeignKey("gatherings.id", ondelete="CASCADE"))
    position: Mapped[int]
    look_id: Mapped[int | None] = mapped_column(ForeignKey("looks.id", ondelete="CASCADE"))
    product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))


class LookPin(Base):
    """A look that hangs at the front of its editor's window, first, second or third."""

    __tablename__ = "look_pins"
    __table_args__ = (
        CheckConstraint(f"position BETWEEN 1 AND {MOST_PINS}", name="position"),
        UniqueConstraint("look_id"),
    )

    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    look_id: Mapped[int] = mapped_column(ForeignKey("looks.id", ondelete="CASCADE"))


class WindowCover(Base):
    """The look whose picture stands large at the head of its editor's window."""

    __tablename__ = "window_covers"

    editor_id: Mapped[int] = mapped_column(ForeignKey("editors.id"), primary_key=True)
    look_id: Mapped[int] = mapped_column(ForeignKey("looks.id", ondelete="CASCADE"), unique=True)
