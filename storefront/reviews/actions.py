"""Saying what one thinks, answering it, and removing what breaks a rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from foundation import clock, facts
from foundation.actors import Actor
from foundation.audit.actions import record
from foundation.db import db
from foundation.files.pictures import Rendition
from storefront.catalog.policy import size_of
from storefront.orders.models import Order, OrderLine
from storefront.reviews import letters
from storefront.reviews.errors import AlreadyReviewed, NothingToReview, NotWithYouYet, ReviewUnknown
from storefront.reviews.facts import ReviewPublished
from storefront.reviews.models import (
    REVIEW_MOVES,
    REVIEW_VERSIONS,
    Review,
    ReviewAsked,
    ReviewPicture,
    ReviewStatus,
    Rule,
)
from storefront.reviews.policy import Fit, signature
from storefront.reviews.queries import options_of


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """What somebody wants to say. `height_cm` and `usual_size` only if they like to tell."""

    stars: int
    words: str
    fit: Fit | None = None
    height_cm: int | None = None
    usual_size: str = ""
    language: str = "en"


def publish_review(
    *, actor: Actor, order_id: int, line_id: int, draft: ReviewDraft, pictures: Sequence[Rendition] = ()
) -> Review:
    """Put what a buyer says of a piece on its page, at once.

    Raises `NothingToReview` for a line of another order and for one bought at a till without saying by whom,
    `NotWithYouYet` before it was handed over, and `AlreadyReviewed` when this line, this address or this
    account has its review of the product.
    """
    row = db.session.execute(
        select(Order, OrderLine)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(Order.id == order_id, OrderLine.id == line_id)
    ).one_or_none()
    if row is None:
        raise NothingToReview()
    order, line = row
    if not order.email:
        raise NothingToReview()
    if order.delivered_at is None:
        raise NotWithYouYet()
    now = clock.now()
    review_id = db.session.scalar(
        insert(Review)
        .values(
            product_id=line.product_id,
            order_line_id=line.id,
            account_id=order.account_id,
            email=order.email.lower(),
            signed=signature(order.name),
            language=draft.language,
            status=ReviewStatus.PUBLISHED,
            stars=draft.stars,
            words=draft.words,
            fit=draft.fit,
            height_cm=draft.height_cm,
            usual_size=draft.usual_size,
            size=size_of(*options_of(line.variant_id)),
            published_at=now,
        )
        .on_conflict_do_nothing()
        .returning(Review.id)
    )
    if review_id is None:
        raise AlreadyReviewed()
    db.session.add_all(
        ReviewPicture(
            review_id=review_id,
            position=position,
            small_key=picture.small_key,
            medium_key=picture.medium_key,
            large_key=picture.large_key,
            width=picture.width,
            height=picture.height,
        )
        for position, picture in enumerate(pictures, 1)
    )
    db.session.flush()
    record(
        actor=actor,
        action="reviews.publish",
        subject=("review", review_id),
        after={"product": line.product_id, "stars": draft.stars, "pictures": len(pictures)},
    )
    facts.record(
        ReviewPublished(
            review_id=review_id,
            product_id=line.product_id,
            order_id=order.id,
            stars=draft.stars,
            published_at=now,
        )
    )
    return db.session.get_one(Review, review_id)


def answer(*, actor: Actor, review_id: int, reply: str) -> Review:
    """Say something to a review, below it; saying something else replaces it. The writer is told."""
    review = _locked(review_id)
    first = not review.reply
    before = review.reply
    review.reply, review.replied_at = reply, clock.now()
    _touch(review)
    record(
        actor=actor,
        action="reviews.answer",
        subject=("review", review_id),
        before={"reply": before} if before else None,
        after={"reply": reply},
    )
    db.session.flush()
    if first:
        letters.answered(review, _line(review))
    return review


def remove(*, actor: Actor, review_id: int, rule: Rule, reason: str) -> Review:
    """Take the words of a review off its page, by a rule; the rule and the reason stand there instead.

    Raises `IllegalMove` when it was removed before.
    """
    review = _locked(review_id)
    REVIEW_MOVES.move(review, ReviewStatus.REMOVED)
    review.rule, review.reason, review.removed_at = rule, reason, clock.now()
    _touch(review)
    record(
        actor=actor,
        action="reviews.remove",
        subject=("review", review_id),
        reason=reason,
        after={"rule": rule},
    )
    db.session.flush()
    letters.removed(review, _line(review))
    return review


def restore(*, actor: Actor, review_id: int, reason: str) -> Review:
    """Put a removed review back: it broke no rule after all. Raises `IllegalMove` when it is on show."""
    review = _locked(review_id)
    REVIEW_MOVES.move(review, ReviewStatus.PUBLISHED)
    review.rule, review.reason, review.removed_at = None, "", None
    _touch(review)
    record(actor=actor, action="reviews.restore", subject=("review", review_id), reason=reason)
    db.session.flush()
    return review


def ask(*, actor: Actor, order: Order, lines: Sequence[OrderLine]) -> bool:
    """Ask a shopper what they think of their pieces; False when they were asked before."""
    asked = db.session.scalar(
        insert(ReviewAsked)
        .values(order_id=order.id, asked_at=clock.now())
        .on_conflict_do_nothing()
        .returning(ReviewAsked.order_id)
    )
    if asked is None:
        return False
    record(actor=actor, action="reviews.ask", subject=("order", order.id))
    letters.asking(order, lines)
    return True


def _locked(review_id: int) -> Review:
    review = db.session.scalars(
        select(Review)
        .where(Review.id == review_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if review is None:
        raise ReviewUnknown()
    return review


def _line(review: Review) -> OrderLine:
    return db.session.get_one(OrderLine, review.order_line_id)


def _touch(review: Review) -> None:
    """What its product's page shows has changed."""
    review.version = REVIEW_VERSIONS.next_value()
