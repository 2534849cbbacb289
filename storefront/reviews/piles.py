"""Reviews as staff sort them."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import selectinload

from foundation.db import db
from storefront.orders.models import OrderLine
from storefront.reviews.models import Review, ReviewStatus
from storefront.reviews.policy import CRITICAL

STAFF_PAGE_SIZE = 30


class Pile(StrEnum):
    """How staff sort reviews."""

    UNANSWERED = "unanswered"
    CRITICAL = "critical"
    REMOVED = "removed"
    ALL = "all"


_PILES: dict[Pile, ColumnElement[bool]] = {
    Pile.UNANSWERED: and_(
        Review.status == ReviewStatus.PUBLISHED, Review.replied_at.is_(None), Review.stars <= CRITICAL
    ),
    Pile.CRITICAL: and_(Review.status == ReviewStatus.PUBLISHED, Review.stars <= CRITICAL),
    Pile.REMOVED: Review.status == ReviewStatus.REMOVED,
    Pile.ALL: true(),
}


def staff_reviews(pile: Pile, page: int) -> tuple[list[tuple[Review, OrderLine]], dict[Pile, int]]:
    """Reviews of a pile, newest first, each with the line it is about; and how many lie on each pile."""
    rows = db.session.execute(
        select(Review, OrderLine)
        .join(OrderLine, OrderLine.id == Review.order_line_id)
        .where(_PILES[pile])
        .options(selectinload(Review.pictures))
        .order_by(Review.published_at.desc(), Review.id.desc())
        .limit(STAFF_PAGE_SIZE)
        .offset((page - 1) * STAFF_PAGE_SIZE)
    ).all()
    counted = db.session.execute(
        select(*(func.count().filter(condition) for condition in _PILES.values())).select_from(Review)
    ).one()
    counts = dict(zip(_PILES, (int(number) for number in counted), strict=True))
    return [(review, line) for review, line in rows], counts


def waiting_for_answer(limit: int = 50) -> list[tuple[Review, OrderLine]]:
    """Critical reviews that nobody answered, those that wait longest first."""
    rows = db.session.execute(
        select(Review, OrderLine)
        .join(OrderLine, OrderLine.id == Review.order_line_id)
        .where(_PILES[Pile.UNANSWERED])
        .order_by(Review.published_at, Review.id)
        .limit(limit)
    )
    return [(review, line) for review, line in rows]


def count_unanswered() -> int:
    """How many critical reviews wait for an answer."""
    statement = select(func.count()).select_from(Review).where(_PILES[Pile.UNANSWERED])
    return int(db.session.execute(statement).scalar_one())
