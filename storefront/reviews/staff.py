from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.audit.acts import sentence_of
from foundation.audit.queries import history
from foundation.web.fields import REFUSED
from foundation.web.numbers import not_beyond, page_number, pages_of
from foundation.web.tabs import tabs
from storefront.catalog.naming import piece_name
from storefront.orders.forms import ReasonForm
from storefront.orders.models import OrderLine
from storefront.orders.queries import order_by_id
from storefront.reviews import actions
from storefront.reviews.errors import ReviewUnknown
from storefront.reviews.forms import RemovalForm, ReplyForm
from storefront.reviews.models import Review, ReviewStatus, Rule
from storefront.reviews.piles import STAFF_PAGE_SIZE, Pile, staff_reviews
from storefront.reviews.queries import line_of, review_by_id
from storefront.reviews.showing import about, voice_of

bp = Blueprint("reviews_staff", __name__, url_prefix="/staff/reviews")


@bp.get("")
@permitted(Permission.REVIEWS_MANAGE)
def reviews() -> str:
    """What people say, newest first; what was critical and waits for an answer comes first of all."""
    wanted, page = request.args.get("pile", ""), page_number()
    pile = Pile(wanted) if wanted in list(Pile) else Pile.UNANSWERED
    rows, counts = staff_reviews(pile, page)
    not_beyond(page, rows)
    names = {
        Pile.UNANSWERED: _("Wait for an answer"),
        Pile.CRITICAL: _("Three stars or fewer"),
        Pile.REMOVED: _("Removed by a rule"),
        Pile.ALL: _("All"),
    }
    return render_template(
        "storefront/reviews/staff/reviews.html",
        rows=[(review, piece_name(line)) for review, line in rows],
        pile=pile,
        tabs=tabs(names, pile, lambda key: url_for("reviews_staff.reviews", pile=str(key)), counts),
        page=page,
        pages=pages_of(counts[pile], STAFF_PAGE_SIZE),
    )


@bp.get("/<int:review_id>")
@permitted(Permission.REVIEWS_MANAGE)
def review(review_id: int) -> str:
    """One review, what was answered, and the two acts it allows."""
    return _page(*_found(review_id))


@bp.post("/<int:review_id>/answer")
@permitted(Permission.REVIEWS_MANAGE)
def answer(review_id: int) -> Response | tuple[str, int]:
    """Say something below it, in the name of the shop."""
    found, line = _found(review_id)
    form = ReplyForm()
    if not form.validate():
        return _page(found, line, reply=form), REFUSED
    actions.answer(actor=current_staff(), review_id=review_id, reply=str(form.reply.data))
    flash(_("Your answer stands below the review."), "good")
    return redirect(url_for("reviews_staff.review", review_id=review_id), code=303)


@bp.post("/<int:review_id>/remove")
@permitted(Permission.REVIEWS_MANAGE)
def remove(review_id: int) -> Response | tuple[str, int]:
    """Take its words away, by a rule and with a public reason."""
    found, line = _found(review_id)
    form = RemovalForm()
    if not form.validate():
        return _page(found, line, removal=form), REFUSED
    actions.remove(
        actor=current_staff(),
        review_id=review_id,
        rule=Rule(form.rule.data),
        reason=str(form.reason.data),
    )
    flash(_("The review is gone; its place says why."), "good")
    return redirect(url_for("reviews_staff.review", review_id=review_id), code=303)


@bp.post("/<int:review_id>/restore")
@permitted(Permission.REVIEWS_MANAGE)
def restore(review_id: int) -> Response | tuple[str, int]:
    """It broke no rule after all."""
    found, line = _found(review_id)
    form = ReasonForm()
    if not form.validate():
        return _page(found, line, back=form), REFUSED
    actions.restore(actor=current_staff(), review_id=review_id, reason=str(form.reason.data))
    flash(_("The review is on its page again."), "good")
    return redirect(url_for("reviews_staff.review", review_id=review_id), code=303)


def _found(review_id: int) -> tuple[Review, OrderLine]:
    found = review_by_id(review_id)
    if found is None:
        raise ReviewUnknown()
    return found, line_of(found)


def _page(
    found: Review,
    line: OrderLine,
    *,
    reply: ReplyForm | None = None,
    removal: RemovalForm | None = None,
    back: ReasonForm | None = None,
) -> str:
    return render_template(
        "storefront/reviews/staff/review.html",
        review=found,
        about=about(found),
        pictures=voice_of(found).get("pictures", []),
        rule=voice_of(found).get("rule", ""),
        piece=piece_name(line),
        order=order_by_id(line.order_id),
        removed=found.status == ReviewStatus.REMOVED,
        reply=reply or ReplyForm(formdata=None, reply=found.reply),
        removal=removal or RemovalForm(formdata=None),
        back=back or ReasonForm(formdata=None),
        history=[(row, sentence_of(row.action)) for row in history("review", found.id)],
    )
