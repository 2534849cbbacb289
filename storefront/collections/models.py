from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation import days
from foundation.db import Base
from foundation.files.named import FileKey
from foundation.i18n import pick
from foundation.states import Transitions
from storefront.catalog.models import Product
from storefront.collections.policy import Field, Kind, Matches, Order, Rule


class CollectionStatus(StrEnum):
    """draft: only staff see it. published: shown between its dates. archived: out of use, and kept."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


# Back from the archive to where it was: that is how archiving is undone.
COLLECTION_MOVES = Transitions(
    {
        CollectionStatus.DRAFT: [CollectionStatus.PUBLISHED, CollectionStatus.ARCHIVED],
        CollectionStatus.PUBLISHED: [CollectionStatus.DRAFT, CollectionStatus.ARCHIVED],
        CollectionStatus.ARCHIVED: [CollectionStatus.DRAFT, CollectionStatus.PUBLISHED],
    }
)


def _one_of(column: str, kind: type[StrEnum]) -> CheckConstraint:
    words = ", ".join(f"'{member}'" for member in kind)
    return CheckConstraint(f"{column} IN ({words})", name=column)


class Collection(Base):
    """A part of the shop with a name and a page.

    Shown while it is published, from `starts_at` until before `ends_at`. `home_place` puts it on the home
    page, the lowest first; null keeps it off. Its picture is one that was brought in (`picture_*_key`), else
    the cover of `picture_product_id`.
    """

    __tablename__ = "collections"
    __table_args__ = (
        _one_of("kind", Kind),
        _one_of("matches", Matches),
        _one_of("status", CollectionStatus),
        _one_of("sort", Order),
        CheckConstraint("kind = 'hand' OR sort <> 'hand'", name="sorted_by_hand"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint(days.checked("starts_at"), name="first_day_known"),
        CheckConstraint(days.checked("ends_at"), name="last_day_known"),
        CheckConstraint("home_place > 0", name="home_place"),
        CheckConstraint(
            "num_nonnulls(picture_small_key, picture_medium_key, picture_large_key,"
            " picture_width, picture_height) IN (0, 5)",
            name="whole_picture",
        ),
        Index("ix_collections_title", "title", "id", postgresql_where="status = 'published'"),
        Index(
            "ix_collections_home_place",
            *("home_place", "id"),
            postgresql_where="status = 'published' AND home_place IS NOT NULL",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(120), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    title_it: Mapped[str | None] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(Text)
    words_it: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[Kind] = mapped_column(String(10))
    matches: Mapped[Matches] = mapped_column(String(10))
    status: Mapped[CollectionStatus] = mapped_column(String(10))
    sort: Mapped[Order] = mapped_column(String(10))
    home_place: Mapped[int | None]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    seo_title: Mapped[str | None] = mapped_column(String(120))
    seo_title_it: Mapped[str | None] = mapped_column(String(120))
    seo_description: Mapped[str | None] = mapped_column(String(300))
    seo_description_it: Mapped[str | None] = mapped_column(String(300))
    picture_product_id: Mapped[int | None] = mapped_column(ForeignKey("products.id"))
    picture_small_key: Mapped[str | None] = mapped_column(FileKey(80))
    picture_medium_key: Mapped[str | None] = mapped_column(FileKey(80))
    picture_large_key: Mapped[str | None] = mapped_column(FileKey(80))
    picture_width: Mapped[int | None]
    picture_height: Mapped[int | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    rules: Mapped[list[CollectionRule]] = relationship(
        lazy="raise", viewonly=True, order_by="CollectionRule.position"
    )
    picture_product: Mapped[Product | None] = relationship(lazy="raise", viewonly=True)

    @property
    def name(self) -> str:
        """The title in the reader's language."""
        return pick(self.title, self.title_it)

    @property
    def said(self) -> str:
        """Its words in the reader's language."""
        return pick(self.words, self.words_it)

    @property
    def path(self) -> str:
        return f"/collections/{self.handle}"

    def is_shown(self, now: datetime) -> bool:
        """Whether everybody sees it at this moment."""
        begun = self.starts_at is None or self.starts_at <= now
        over = self.ends_at is not None and self.ends_at <= now
        return self.status == CollectionStatus.PUBLISHED and begun and not over


class CollectionRule(Base):
    """One rule of a collection; see `policy.Rule`."""

    __tablename__ = "collection_rules"
    __table_args__ = (
        _one_of("field", Field),
        CheckConstraint("num_nonnulls(words, number) <= 1", name="one_value"),
    )

    collection_id: Mapped[int] = mapped_column(ForeignKey("collections.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    field: Mapped[Field] = mapped_column(String(20))
    words: Mapped[str | None] = mapped_column(String(255))
    number: Mapped[int | None]

    @property
    def rule(self) -> Rule:
        return Rule(Field(self.field), self.words, self.number)


class CollectionPiece(Base):
    """A product that staff put into a collection, and where in its order."""

    __tablename__ = "collection_pieces"
    __table_args__ = (Index("ix_collection_pieces_product_id", "product_id"),)

    collection_id: Mapped[int] = mapped_column(ForeignKey("collections.id"), primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True, autoincrement=False)
    position: Mapped[int]
