from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_account, current_person, public, signed_in
from foundation.db import in_steps, leave_transaction, unit_of_work
from foundation.errors import Forbidden
from foundation.files.pictures import NotAPicture, Rendition, keep_picture
from foundation.files.refusals import refusal
from foundation.i18n import reader_language
from foundation.limits.actions import spend_try
from foundation.web.fields import REFUSED
from foundation.web.numbers import not_beyond, page_number, pages_of
from foundation.web.uploads import MEGABYTE, takes_files
from storefront.catalog.cards import picture_card, product_path
from storefront.catalog.errors import ProductNotFound
from storefront.catalog.models import Product
from storefront.catalog.naming import piece_name
from storefront.catalog.policy import size_key, size_of
from storefront.catalog.queries import product_page, products_by_ids
from storefront.orders.models import Order, OrderLine
from storefront.orders.queries import order_by_token
from storefront.reviews import queries
from storefront.reviews.actions import ReviewDraft, publish_review
from storefront.reviews.errors import AlreadyReviewed, NothingToReview, NotWithYouYet
from storefront.reviews.filtering import (
    address_of,
    asked_of,
    choices_of,
    chosen_of,
    filters_of,
    sorts_of,
)
from storefront.reviews.forms import STARS, ReviewForm
from storefront.reviews.policy import Fit, advise, usual_sizes
from storefront.reviews.queries import PAGE_SIZE
from storefront.reviews.showing import advice_of, fit_of, rating_of, spread_of, voice_of

bp = Blueprint("reviews", __name__)

LARGEST = 24 * MEGABYTE
AN_HOUR = timedelta(hours=1)


@bp.get("/shop/<handle>/reviews")
@public
def reviews(handle: str) -> str:
    """Everything people said of a product; filters, sorting and the size helper live in the address."""
    product = product_page(handle)
    if product is None:
        raise ProductNotFound()
    sizes = _sizes(product)
    filters, page = filters_of(sizes), page_number()
    sums = queries.sums_of(product.id)
    found, total = queries.reviews_of(product.id, filters, page)
    not_beyond(page, found)
    usual, height = asked_of(sizes)
    return render_template(
        "storefront/reviews/reviews.html",
        product=product,
        picture=picture_card(product, product.pictures[0] if product.pictures else None),
        path=product_path(handle),
        handle=handle,
        rating=rating_of(sums.stars),
        spread=[
            row | {"href": address_of(handle, filters, stars=row["stars"])} for row in spread_of(sums.stars)
        ],
        fit=fit_of(sums.scale),
        removed=sums.removed,
        pictures=sums.with_pictures,
        voices=[voice_of(review) for review in found],
        total=total,
        filters=filters,
        chosen=chosen_of(handle, filters),
        choices=choices_of(handle, filters, sizes),
        sorts=sorts_of(handle, filters),
        usual_sizes=usual_sizes(sizes) if sums.scale.total else [],
        advice=_advice(product.id, sizes, usual, height) if usual else None,
        page=page,
        pages=pages_of(total, PAGE_SIZE),
        previous=address_of(handle, filters, page - 1),
        following=address_of(handle, filters, page + 1),
    )


@bp.get("/orders/<token>/review/<int:line_id>")
@public
def write(token: str, line_id: int) -> Response:
    """The form, for whoever holds the order's secret address."""
    order, line = _bought(token, line_id)
    form = ReviewForm(formdata=None)
    return _write_page(order, line, form)


@bp.post("/orders/<token>/review/<int:line_id>")
@public
@takes_files(LARGEST)
@in_steps
def publish(token: str, line_id: int) -> Response:
    """Publish it at once. What cannot be is said, with everything but the pictures kept."""
    order, line = _bought(token, line_id)
    form = ReviewForm()
    form.offer(_usual(line))
    if not form.validate():
        if any(request.files.getlist("pictures")):
            again = _("Choose your pictures again: a browser does not keep them.")
            form.pictures.errors = (*form.pictures.errors, again)
        return _write_page(order, line, form, REFUSED)
    spend_try(purpose="review", subject=str(order.id), limit=30, per=AN_HOUR)
    person = current_person()
    leave_transaction()  # writing pictures again takes a second, and they may be kept on another machine
    pictures = _keep(form)
    if form.pictures.errors:
        return _write_page(order, line, form, REFUSED)
    draft = ReviewDraft(
        stars=int(form.stars.data),
        words=str(form.words.data),
        fit=Fit(form.fit.data) if form.fit.data else None,
        height_cm=form.height_cm.data,
        usual_size=form.usual_size.data or "",
        language=reader_language(),
    )
    try:
        with unit_of_work():
            publish_review(actor=person, order_id=order.id, line_id=line.id, draft=draft, pictures=pictures)
    except AlreadyReviewed as problem:
        flash(str(problem), "warn")
    else:
        flash(_("Thank you. Everybody can read it now."), "good")
    return redirect(url_for("orders.show", token=token), code=303)


@bp.get("/account/reviews")
@signed_in
def mine() -> str:
    """What somebody wrote, and which of their pieces wait for a word."""
    account = current_account()
    if account is None:
        raise Forbidden()
    written = queries.reviews_by_account(account.id)
    open_lines = queries.lines_to_review(account.id)
    lines = [line for _, line, _ in written] + [line for line, _ in open_lines]
    products = {product.id: product for product in products_by_ids(line.product_id for line in lines)}
    return render_template(
        "storefront/reviews/mine.html",
        written=[
            {
                "voice": voice_of(review),
                "piece": piece_name(line),
                "href": url_for("reviews.reviews", handle=products[line.product_id].handle),
                "picture": _cover(products[line.product_id]),
            }
            for review, line, _order in written
        ],
        waiting=[
            {
                "piece": piece_name(line),
                "href": url_for("reviews.write", token=order.token, line_id=line.id),
                "picture": _cover(products[line.product_id]),
                "since": order.delivered_at,
            }
            for line, order in open_lines
        ],
    )


def _write_page(order: Order, line: OrderLine, form: ReviewForm, status: int = 200) -> Response:
    form.offer(_usual(line))
    product = products_by_ids([line.product_id])[0]
    page = render_template(
        "storefront/reviews/write.html",
        order=order,
        line=line,
        piece=piece_name(line),
        picture=_cover(product),
        form=form,
        stars=STARS,
        sized=bool(size_of(*queries.options_of(line.variant_id))),
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _bought(token: str, line_id: int) -> tuple[Order, OrderLine]:
    order = order_by_token(token)
    line = next((line for line in order.lines if line.id == line_id), None)
    if line is None:
        raise NothingToReview()
    if order.delivered_at is None:
        raise NotWithYouYet()
    said = queries.products_reviewed(
        email=order.email, account_id=order.account_id, product_ids=[line.product_id]
    )
    if said and request.method == "GET":
        raise AlreadyReviewed()
    return order, line


def _keep(form: ReviewForm) -> list[Rendition]:
    kept = []
    for file in form.files():
        try:
            kept.append(keep_picture(file.read()))
        except NotAPicture as problem:
            form.pictures.errors = (*form.pictures.errors, refusal(file.filename, problem))
    return kept


def _usual(line: OrderLine) -> list[str]:
    product = products_by_ids([line.product_id])[0]
    return usual_sizes(_sizes(product))


def _sizes(product: Product) -> list[str]:
    sizes = {size_of(product.option_names, variant.option_values) for variant in product.variants}
    return sorted(sizes - {""}, key=size_key)


def _cover(product: Product) -> dict[str, Any]:
    return picture_card(product, product.cover)


def _advice(product_id: int, sizes: list[str], usual: str, height: int | None) -> dict[str, Any]:
    wearers = queries.wearers_of(product_id)
    return advice_of(advise(usual=usual, height_cm=height, wearers=wearers, sizes=sizes), usual, height)
