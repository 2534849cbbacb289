"""Staff: keep what somebody earns on an order from being paid out, and let it go again."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from commissions.accruals.errors import NoSuchReceipt
from commissions.accruals.forms import HoldForm
from commissions.accruals.holding import hold_sale, release_sale
from commissions.accruals.queries import to_hold
from commissions.claims.models import Receipt
from commissions.claims.queries import receipt_by_number
from commissions.holds import errors
from commissions.holds.models import Hold, HoldReason, HoldSource
from commissions.holds.queries import hold_by_id
from commissions.holds.words import reason_names
from editors.membership.queries import editor_by_id
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.settings import current
from foundation.web.fields import REFUSED
from foundation.web.reasons import ReasonForm

bp = Blueprint("staff_holds", __name__, url_prefix="/staff/holds")


@bp.route("/order/<number>", methods=["GET", "POST"])
@permitted(Permission.COMMISSIONS_HOLD)
def hold(number: str) -> str | Response | tuple[str, int]:
    """Hold what one editor earns on an order, with a reason for colleagues and a class for the editor."""
    receipt = receipt_by_number(number)
    if receipt is None:
        raise NoSuchReceipt()
    form = HoldForm()
    form.offer(to_hold(receipt.order_id))
    if request.method == "GET":
        return _hold_page(receipt, form)
    if not form.validate():
        return _hold_page(receipt, form), REFUSED
    try:
        hold_sale(
            actor=current_staff(),
            order_id=receipt.order_id,
            order_number=receipt.order_number,
            editor_id=form.editor.data,
            source=HoldSource.STAFF,
            reason=HoldReason(form.about.data),
            words=str(form.reason.data),
            return_days=current().return_days,
        )
    except (errors.HeldAlready, errors.NothingToHold) as refused:
        flash(str(refused), "warn")
    else:
        flash(_("Held. It is not paid out until somebody releases it; the editor was told."), "good")
    return redirect(url_for("staff_receipts.receipt", number=receipt.order_number), code=303)


@bp.route("/<int:hold_id>/release", methods=["GET", "POST"])
@permitted(Permission.COMMISSIONS_HOLD)
def release(hold_id: int) -> str | Response | tuple[str, int]:
    """Let go of a sale, with a reason. What a rule has found is decided on where its evidence lies."""
    found = hold_by_id(hold_id)
    if found is None:
        raise errors.NoSuchHold()
    if found.source == HoldSource.FRAUD:
        flash(_("Fraud control holds this sale: it is decided on there, with its evidence."), "warn")
        return redirect(url_for("staff_signals.index"), code=303)
    form = ReasonForm()
    if request.method == "GET":
        return _release_page(found, form)
    if not form.validate():
        return _release_page(found, form), REFUSED
    try:
        release_sale(
            actor=current_staff(),
            hold_id=hold_id,
            reason=str(form.reason.data),
            return_days=current().return_days,
        )
    except (errors.ReleasedBefore, errors.OwnSale) as refused:
        flash(str(refused), "warn")
    else:
        flash(_("Released. It goes on where it stood; the editor was told."), "good")
    return redirect(url_for("staff_receipts.receipt", number=found.order_number), code=303)


def _hold_page(receipt: Receipt, form: HoldForm) -> str:
    return render_template(
        "commissions/holds/hold.html",
        number=receipt.order_number,
        form=form,
        anybody=bool(form.editor.choices),
    )


def _release_page(found: Hold, form: ReasonForm) -> str:
    return render_template(
        "commissions/holds/release.html",
        hold=found,
        about=reason_names()[HoldReason(found.reason)],
        editor=editor_by_id(found.editor_id),
        form=form,
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
