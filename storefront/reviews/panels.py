"""What reviews put on pages below: the product's, the order's, the account's, and the desk's queue."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from foundation.accounts.guards import current_account
from foundation.accounts.permissions import Permission
from foundation.staff.queue import Job
from storefront.catalog.naming import piece_name
from storefront.orders.models import Order
from storefront.reviews import queries
from storefront.reviews.models import Review
from storefront.reviews.piles import waiting_for_answer
from storefront.reviews.policy import usual_sizes, voices_of
from storefront.reviews.queries import Evidence
from storefront.reviews.showing import data_of, fit_of, rating_of, signed_by, spread_of, voice_of

VOICES = 3


def rating(product_id: int, handle: str, **_: Any) -> str:
    """The average beside the price, leading to what people say."""
    shown = rating_of(_evidence(product_id).sums.stars)
    return render_template("storefront/reviews/rating.html", rating=shown) if shown else ""


def evidence(product_id: int, handle: str, sizes: list[str], **_: Any) -> str:
    """What people who own it say; a sentence while nobody has."""
    found = _evidence(product_id)
    return render_template(
        "storefront/reviews/evidence.html",
        handle=handle,
        rating=rating_of(found.sums.stars),
        spread=spread_of(found.sums.stars),
        fit=fit_of(found.sums.scale),
        voices=[voice_of(review) for review in _shown(found)],
        usual_sizes=usual_sizes(sizes) if found.sums.scale.total else [],
        pictures=found.sums.with_pictures,
    )


def data(product_id: int, **_: Any) -> dict[str, Any]:
    """What machines read of the reviews, as part of the product's document."""
    found = _evidence(product_id)
    return data_of(found, _shown(found))


def on_order(order: Order, **_: Any) -> str:
    """After delivery: which pieces can be written about, and what was said of the others."""
    if order.delivered_at is None or not order.email:
        return ""
    written = queries.written_in(order.id)
    said = queries.products_reviewed(
        email=order.email,
        account_id=order.account_id,
        product_ids=[line.product_id for line in order.lines],
    )
    rows = [
        {
            "line": line,
            "piece": piece_name(line),
            "review": written.get(line.id),
            "open": line.product_id not in said,
        }
        for line in order.lines
    ]
    rows = [row for row in rows if row["open"] or row["review"]]
    return render_template("storefront/reviews/on_order.html", order=order, rows=rows) if rows else ""


def queue() -> list[Job]:
    """Critical reviews that nobody has answered yet."""
    account = current_account()
    if account is None or Permission.REVIEWS_MANAGE not in account.permissions:
        return []
    return [
        Job(
            kind=_("Review"),
            what=_("%(name)s about %(piece)s", name=signed_by(review), piece=piece_name(line)),
            href=url_for("reviews_staff.review", review_id=review.id),
            since=review.published_at,
            note=ngettext("%(num)s star", "%(num)s stars", review.stars),
            action=_("Answer it"),
        )
        for review, line in waiting_for_answer()
    ]


def count_words(count: int) -> str:
    """For the navigation of the desk."""
    return ngettext("%(num)s review waits", "%(num)s reviews wait", count)


def _evidence(product_id: int) -> Evidence:
    """One statement, however many places of the page show something of it."""
    kept: dict[int, Evidence] = g.setdefault("evidence", {})
    if product_id not in kept:
        kept[product_id] = queries.evidence_of(product_id)
    return kept[product_id]


def _shown(found: Evidence) -> list[Review]:
    by_id = {review.id: review for review in found.newest}
    stars = {review.id: review.stars for review in found.newest}
    return [by_id[number] for number in voices_of(list(by_id), stars, VOICES)]
