from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from foundation.accounts.guards import current_account, current_person, public
from foundation.limits.actions import spend_try
from foundation.web.fields import REFUSED
from foundation.web.formats import listed
from foundation.web.visits import begin_visit, visit_id
from storefront.cart.queries import Cart, cart_of
from storefront.cart.views import bag_page
from storefront.promotions import actions
from storefront.promotions.actions import Chosen
from storefront.promotions.errors import VoucherRefused
from storefront.promotions.showing import beside_bag, forget_here

bp = Blueprint("promotions", __name__, url_prefix="/cart/vouchers")

LONGEST = 40
# Codes are guessed by machines; people type a handful.
TRIES, WITHIN = 60, timedelta(hours=1)


@bp.post("")
@public
def choose() -> Response | tuple[str, int]:
    """Put a voucher beside the bag; one that does not count is told beside the field, as it was typed."""
    typed = request.form.get("voucher", "")[:LONGEST].strip()
    try:
        tell(put_beside(typed))
    except VoucherRefused as refused:
        account = current_account()
        bag = cart_of(visit_id(), account.id if account else None)
        return bag_page(bag, voucher_wrong=str(refused), voucher_typed=typed), REFUSED
    return redirect(url_for("cart.show"), code=303)


@bp.post("/<int:voucher_id>/remove")
@public
def remove(voucher_id: int) -> Response:
    """Take a voucher away again."""
    take_away(voucher_id)
    return redirect(url_for("cart.show"), code=303)


def put_beside(typed: str) -> Chosen:
    """Put a typed code beside this browser's bag; raises `VoucherRefused`, or `TooMany` for a machine."""
    spend_try(purpose="voucher", subject=request.remote_addr or "", limit=TRIES, per=WITHIN)
    account = current_account()
    done = actions.choose(
        actor=current_person(),
        visit=begin_visit(),
        account_id=account.id if account else None,
        code=typed,
    )
    forget_here()
    return done


def take_away(voucher_id: int) -> None:
    """Take a voucher away from this browser's bag."""
    account = current_account()
    actions.drop(
        actor=current_person(),
        visit=visit_id(),
        account_id=account.id if account else None,
        voucher_id=voucher_id,
    )
    forget_here()


def tell(done: Chosen) -> None:
    """Say when another voucher had to go: nobody loses one silently."""
    if done.instead_of:
        flash(
            _(
                "%(new)s counts now instead of %(old)s: they do not go together.",
                new=done.code,
                old=listed(done.instead_of),
            ),
            "",
        )


def under_sum(cart: Cart, wrong: str | None = None, typed: str | None = None) -> str:
    """What fills `cart.vouchers`."""
    return render_template("storefront/promotions/under_sum.html", **beside_bag(cart, wrong, typed))
