from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Sequence, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from foundation.db import Base
from foundation.files.named import FileKey
from foundation.states import Transitions
from storefront.reviews.policy import Fit

# Drawn at every change of what a review shows: the highest of a product is the version of its evidence.
REVIEW_VERSIONS = Sequence("review_versions", metadata=Base.metadata)


class ReviewStatus(StrEnum):
    """published: everybody reads it, from the moment it was written. removed: its place says why."""

    PUBLISHED = "published"
    REMOVED = "removed"


REVIEW_MOVES = Transitions(
    {
        ReviewStatus.PUBLISHED: [ReviewStatus.REMOVED],
        ReviewStatus.REMOVED: [ReviewStatus.PUBLISHED],
    }
)


class Rule(StrEnum):
    """The only grounds for removing a review. Not liking what it says is none of them."""

    PERSONAL = "personal"
    INSULT = "insult"
    ADVERTISING = "advertising"
    ELSEWHERE = "elsewhere"
    NOT_THEIRS = "not_theirs"
    UNLAWFUL = "unlawful"


def _one_of(column: str, kind: type[StrEnum]) -> CheckConstraint:
    words = ", ".join(f"'{member}'" for member in kind)
    return CheckConstraint(f"{column} IN ({words})", name=column)


class Review(Base):
    """What somebody says of a piece they bought: one for each line of an order, one for each
    person and product.

    `signed` is what readers see of the name. `size` is the size they bought, `usual_size` the one they
    usually wear, both as the product writes them. `email` is where a reply is told, and who wrote it.
    """

    __tablename__ = "reviews"
    __table_args__ = (
        _one_of("status", ReviewStatus),
        _one_of("fit", Fit),
        _one_of("rule", Rule),
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
        CheckConstraint("height_cm BETWEEN 100 AND 230", name="height"),
        CheckConstraint(
            "(status = 'removed') = (rule IS NOT NULL AND removed_at IS NOT NULL AND reason <> '')",
            name="removed_has_its_reason",
        ),
        CheckConstraint("(reply = '') = (replied_at IS NULL)", name="reply_has_its_moment"),
        UniqueConstraint("product_id", "email"),
        Index(
            "uq_reviews_product_id_account_id",
            "product_id",
            "account_id",
            unique=True,
            postgresql_where="account_id IS NOT NULL",
        ),
        Index("ix_reviews_product_id_version", "product_id", "version"),
        Index("ix_reviews_account_id", "account_id"),
        Index("ix_reviews_published_at", "published_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_lines.id"), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    email: Mapped[str] = mapped_column(String(254))
    signed: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(5))
    status: Mapped[ReviewStatus] = mapped_column(String(10))
    version: Mapped[int] = mapped_column(server_default=REVIEW_VERSIONS.next_value())

    stars: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    fit: Mapped[Fit | None] = mapped_column(String(5))
    height_cm: Mapped[int | None]
    usual_size: Mapped[str] = mapped_column(String(40), server_default="")
    size: Mapped[str] = mapped_column(String(40), server_default="")
    published_at: Mapped[datetime]

    reply: Mapped[str] = mapped_column(Text, server_default="")
    replied_at: Mapped[datetime | None]
    rule: Mapped[Rule | None] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(300), server_default="")
    removed_at: Mapped[datetime | None]

    pictures: Mapped[list[ReviewPicture]] = relationship(
        lazy="raise", order_by="ReviewPicture.position", viewonly=True
    )


class ReviewPicture(Base):
    """A photograph of the piece as it is worn, written again in three widths."""

    __tablename__ = "review_pictures"
    __table_args__ = (UniqueConstraint("review_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"))
    position: Mapped[int]
    small_key: Mapped[str] = mapped_column(FileKey(80))
    medium_key: Mapped[str] = mapped_column(FileKey(80))
    large_key: Mapped[str] = mapped_column(FileKey(80))
    width: Mapped[int]
    height: Mapped[int]


class ReviewAsked(Base):
    """An order whose shopper was asked what they think, once."""

    __tablename__ = "reviews_asked"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    asked_at: Mapped[datetime]
