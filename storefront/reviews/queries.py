from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, exists, func, literal, or_, select
from sqlalchemy.orm import aliased, contains_eager, selectinload

from foundation.db import db
from storefront.catalog.models import Product, Variant
from storefront.orders.models import TAKEN_REFUNDS, Order, OrderLine, OrderStatus, Refund, RefundLine
from storefront.reviews.models import Review, ReviewAsked, ReviewPicture, ReviewStatus
from storefront.reviews.policy import CRITICAL, Fit, FitScale, Stars, Wearer
from storefront.sendbacks.models import SendbackLine, Why

PAGE_SIZE = 20
# How many of the newest, and of the newest critical ones, the product's page chooses its voices from.
CANDIDATES = 4


@dataclass(frozen=True)
class Sums:
    """What reviews of a product add up to. `removed` counts those whose place says why they are gone."""

    stars: Stars = field(default_factory=Stars)
    scale: FitScale = field(default_factory=FitScale)
    with_pictures: int = 0
    removed: int = 0

    @property
    def total(self) -> int:
        return self.stars.total


@dataclass(frozen=True)
class Evidence:
    """What the product's page says of its reviews: the sums, and the newest to choose voices from."""

    sums: Sums
    newest: Sequence[Review]


class Sorting(StrEnum):
    NEWEST = "newest"
    BEST = "best"
    WORST = "worst"


@dataclass(frozen=True, kw_only=True)
class ReviewFilters:
    """What a reader asks of the reviews of one product."""

    stars: int | None = None
    fit: Fit | None = None
    size: str = ""
    pictures: bool = False
    order: Sorting = Sorting.NEWEST

    @property
    def on(self) -> bool:
        return self.stars is not None or self.fit is not None or bool(self.size) or self.pictures


def reviews_version() -> ColumnElement[str]:
    """Changes whenever what a product's page says of its reviews would; correlated with `Product`."""
    return (
        select(cast(func.max(Review.version), Text))
        .where(Review.product_id == Product.id)
        .correlate(Product)
        .scalar_subquery()
    )


def evidence_of(product_id: int) -> Evidence:
    """The sums and the newest reviews of a product with their pictures, in one statement."""
    sums = _sums(product_id).subquery()
    place = func.row_number().over(
        partition_by=Review.stars <= CRITICAL, order_by=(Review.published_at.desc(), Review.id.desc())
    )
    ranked = (
        select(Review, place.label("place"))
        .where(Review.product_id == product_id, Review.status == ReviewStatus.PUBLISHED)
        .subquery()
    )
    shown = aliased(Review, ranked)
    rows = (
        db.session.execute(
            select(sums, shown)
            .select_from(sums.outerjoin(ranked, ranked.c.place <= CANDIDATES))
            .outerjoin(shown.pictures)
            .options(contains_eager(shown.pictures))
            .order_by(shown.published_at.desc(), shown.id.desc(), ReviewPicture.position)
            .execution_options(populate_existing=True)
        )
        .unique()
        .all()
    )
    newest = [row[-1] for row in rows if row[-1] is not None]
    return Evidence(_sums_of(rows[0]), newest)


def sums_of(product_id: int) -> Sums:
    """What the reviews of a product add up to."""
    return _sums_of(db.session.execute(_sums(product_id)).one())


def reviews_of(product_id: int, filters: ReviewFilters, page: int) -> tuple[Sequence[Review], int]:
    """One page of a product's reviews with their pictures, and how many there are.

    Removed ones keep their place in the list as it is; they have nothing that a filter could choose by.
    """
    where: list[ColumnElement[bool]] = [Review.product_id == product_id]
    if filters.on:
        where.append(Review.status == ReviewStatus.PUBLISHED)
    if filters.stars is not None:
        where.append(Review.stars == filters.stars)
    if filters.fit is not None:
        where.append(Review.fit == filters.fit)
    if filters.size:
        where.append(Review.size == filters.size)
    if filters.pictures:
        where.append(exists().where(ReviewPicture.review_id == Review.id))
    newest = (Review.published_at.desc(), Review.id.desc())
    order = {
        Sorting.NEWEST: newest,
        Sorting.BEST: (Review.stars.desc(), *newest),
        Sorting.WORST: (Review.stars, *newest),
    }[filters.order]
    rows = db.session.execute(
        select(Review, func.count().over())
        .where(*where)
        .options(selectinload(Review.pictures))
        .order_by(*order)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    return [row[0] for row in rows], rows[0][1] if rows else 0


def wearers_of(product_id: int) -> list[Wearer]:
    """Everybody who told which size they took and how it fitted."""
    rows = db.session.execute(
        select(Review.size, Review.fit, Review.usual_size, Review.height_cm).where(
            Review.product_id == product_id,
            Review.status == ReviewStatus.PUBLISHED,
            Review.size != "",
            Review.fit.is_not(None),
        )
    )
    return [Wearer(size, Fit(fit), usual, height) for size, fit, usual, height in rows if fit]


def options_of(variant_id: int) -> tuple[list[str], list[str]]:
    """The names of a variant's options and what it says to each."""
    row = db.session.execute(
        select(Product.option_names, Variant.option_values)
        .join(Variant, Variant.product_id == Product.id)
        .where(Variant.id == variant_id)
    ).one()
    return list(row[0]), list(row[1])


def review_by_id(review_id: int) -> Review | None:
    return db.session.scalars(
        select(Review).where(Review.id == review_id).options(selectinload(Review.pictures))
    ).one_or_none()


def line_of(review: Review) -> OrderLine:
    """What was bought, as it was called then."""
    return db.session.get_one(OrderLine, review.order_line_id)


def written_in(order_id: int) -> dict[int, Review]:
    """The reviews of an order by their line."""
    rows = db.session.scalars(
        select(Review)
        .join(OrderLine, OrderLine.id == Review.order_line_id)
        .where(OrderLine.order_id == order_id)
    )
    return {review.order_line_id: review for review in rows}


def products_reviewed(*, email: str, account_id: int | None, product_ids: Sequence[int]) -> set[int]:
    """Of these products those this person wrote about, with whatever order."""
    return set(
        db.session.scalars(
            select(Review.product_id).where(
                Review.product_id.in_(product_ids), _by(email=email, account_id=account_id)
            )
        )
    )


def reviews_by_account(account_id: int) -> list[tuple[Review, OrderLine, Order]]:
    """What somebody wrote, newest first, each with the line and the order it is about."""
    rows = db.session.execute(
        select(Review, OrderLine, Order)
        .join(OrderLine, OrderLine.id == Review.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(or_(Review.account_id == account_id, Order.account_id == account_id))
        .options(selectinload(Review.pictures))
        .order_by(Review.published_at.desc(), Review.id.desc())
    )
    return [(review, line, order) for review, line, order in rows]


def lines_to_review(account_id: int, limit: int = 60) -> list[tuple[OrderLine, Order]]:
    """Pieces that are with somebody and that they have not written about, the latest first."""
    said = exists().where(
        Review.product_id == OrderLine.product_id,
        or_(Review.account_id == account_id, Review.email == func.lower(Order.email)),
    )
    rows = db.session.execute(
        select(OrderLine, Order)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.account_id == account_id, Order.delivered_at.is_not(None), ~said)
        .order_by(Order.delivered_at.desc(), OrderLine.position)
        .limit(limit)
    )
    return [(line, order) for line, order in rows]


def orders_to_ask(*, delivered_before: datetime, delivered_after: datetime, limit: int) -> Sequence[Order]:
    """Orders of that time whose shopper was not asked yet and still has a piece nobody wrote about."""
    back = (
        select(func.coalesce(func.sum(RefundLine.quantity), 0))
        .join(Refund, Refund.id == RefundLine.refund_id)
        .where(RefundLine.order_line_id == OrderLine.id, Refund.status.in_(TAKEN_REFUNDS))
        .correlate(OrderLine)
        .scalar_subquery()
    )
    said = (
        exists()
        .where(Review.product_id == OrderLine.product_id, Review.email == func.lower(Order.email))
        .correlate(OrderLine, Order)
    )
    left = exists().where(OrderLine.order_id == Order.id, OrderLine.quantity > back, ~said)
    return db.session.scalars(
        select(Order)
        .where(
            Order.status == OrderStatus.PAID,
            Order.email != "",
            Order.delivered_at.between(delivered_after, delivered_before),
            ~exists().where(ReviewAsked.order_id == Order.id),
            left,
        )
        .options(selectinload(Order.lines))
        .order_by(Order.id)
        .limit(limit)
    ).all()


def _by(*, email: str, account_id: int | None) -> ColumnElement[bool]:
    by_address = Review.email == email.lower()
    return by_address if account_id is None else or_(by_address, Review.account_id == account_id)


def _sums(product_id: int) -> Select[*tuple[Any, ...]]:
    on_show = Review.status == ReviewStatus.PUBLISHED
    pictured = exists().where(ReviewPicture.review_id == Review.id)
    return select(
        *(
            func.count().filter(on_show, Review.stars == number).label(f"stars_{number}")
            for number in range(1, 6)
        ),
        *(
            (func.count().filter(on_show, Review.fit == fit) + _sent_back(product_id, fit)).label(
                f"fit_{fit}"
            )
            for fit in Fit
        ),
        func.count().filter(on_show, pictured).label("pictured"),
        func.count().filter(~on_show).label("removed"),
    ).where(Review.product_id == product_id)


def _sent_back(product_id: int, fit: Fit) -> ColumnElement[int]:
    """How many sent it back for that fit and wrote no review of it: they wore it, too."""
    why = {Fit.SMALL: Why.TOO_SMALL, Fit.LARGE: Why.TOO_LARGE}.get(fit)
    if why is None:
        return literal(0)
    said = exists().where(Review.order_line_id == SendbackLine.order_line_id)
    return (
        select(func.count())
        .select_from(SendbackLine)
        .where(SendbackLine.product_id == product_id, SendbackLine.why == why, ~said)
        .scalar_subquery()
    )


def _sums_of(row: Any) -> Sums:
    stars, fits = row[:5], row[5:8]
    return Sums(
        stars=Stars({number: int(count) for number, count in zip(range(1, 6), stars, strict=True)}),
        scale=FitScale(*(int(count) for count in fits)),
        with_pictures=int(row[8]),
        removed=int(row[9]),
    )
