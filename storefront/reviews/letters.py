"""What people are written about their reviews."""

from __future__ import annotations

from collections.abc import Sequence

from foundation.mail.actions import post
from storefront.catalog.naming import piece_name
from storefront.orders.models import Order, OrderLine
from storefront.reviews.models import Review, Rule
from storefront.reviews.words import RULES


def asking(order: Order, lines: Sequence[OrderLine]) -> None:
    """The pieces have been worn for a while: how are they?"""
    post(
        to=order.email,
        language=order.language,
        template="storefront/reviews/mail/ask.txt",
        order=order,
        rows=[(line.id, piece_name(line, order.language)) for line in lines],
    )


def answered(review: Review, line: OrderLine) -> None:
    """Somebody of the shop has answered."""
    post(
        to=review.email,
        language=review.language,
        template="storefront/reviews/mail/answered.txt",
        piece=piece_name(line, review.language),
        reply=review.reply,
    )


def removed(review: Review, line: OrderLine) -> None:
    """Which rule it broke, and how to object."""
    post(
        to=review.email,
        language=review.language,
        template="storefront/reviews/mail/removed.txt",
        piece=piece_name(line, review.language),
        rule=RULES[Rule(review.rule)] if review.rule else "",
        why=review.reason,
    )
