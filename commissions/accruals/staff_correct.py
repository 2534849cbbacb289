"""Staff: correct who is credited with an order, after seeing what it changes."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from commissions.accruals.correcting import Change, correct_by_hand, what_would_change
from commissions.accruals.errors import NoSuchReceipt
from commissions.accruals.forms import CorrectForm
from commissions.accruals.views import earning_names
from commissions.claims import words
from commissions.claims.errors import AlreadyTheirs, BoughtIt, NoLongerHere, OwnCredit
from commissions.claims.models import Receipt
from commissions.claims.queries import receipt_by_number
from editors.membership.models import GONE
from editors.membership.queries import editor_by_handle, editor_by_id
from foundation.accounts.guards import current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import all_or_nothing
from foundation.money import Money
from foundation.seen import ChangedMeanwhile
from foundation.settings import current
from foundation.web.fields import REFUSED
from storefront.orders.queries import order_by_number

bp = Blueprint("staff_correct", __name__, url_prefix="/staff/receipts")


@bp.get("/<number>/correct")
@permitted(Permission.CLAIMS_DECIDE)
def ask(number: str) -> str:
    """The form: whose it is, and why."""
    return _page(number, _form(_found(number), fresh=True))


@bp.post("/<number>/correct")
@permitted(Permission.CLAIMS_DECIDE)
def correct(number: str) -> str | Response | tuple[str, int]:
    """Show what it would change; correct it where that was seen, as the button says by whom it names."""
    receipt = _found(number)
    form = _form(receipt)
    if not form.validate():
        return _page(number, form), REFUSED
    chosen = _chosen(form)
    if chosen == 0:
        form.handle.errors = (_("We do not know that handle."),)
        return _page(number, form), REFUSED
    try:
        if request.form.get("do") != _seen_for(chosen):
            changes = what_would_change(
                actor=current_staff(),
                order_id=receipt.order_id,
                editor_id=chosen,
                return_days=current().return_days,
            )
            return _page(number, form, changes, _seen_for(chosen))
        with all_or_nothing():
            correct_by_hand(
                actor=current_staff(),
                order_id=receipt.order_id,
                editor_id=chosen,
                reply=str(form.reply.data),
                reason=str(form.reason.data),
                return_days=current().return_days,
                seen=form.was_seen,
            )
    except (AlreadyTheirs, BoughtIt, NoLongerHere, OwnCredit, ChangedMeanwhile) as refused:
        form.form_errors.append(str(refused))
        return _page(number, form), refused.status
    flash(_("Corrected. The decision before stays beside it, and whoever it concerns was told."), "good")
    return redirect(url_for("staff_receipts.receipt", number=receipt.order_number), code=303)


def _found(number: str) -> Receipt:
    found = receipt_by_number(number)
    if found is None:
        raise NoSuchReceipt()
    return found


def _form(receipt: Receipt, *, fresh: bool = False) -> CorrectForm:
    """The form with the candidates of the receipt who are not credited now, but those who have left."""
    form = CorrectForm(formdata=None) if fresh else CorrectForm()
    others = {
        one.editor.id: one.editor.name
        for one in receipt.claims
        if one.editor is not None and one.editor.status not in GONE
    }
    form.offer(
        [one for one in others.items() if one[0] != receipt.editor_id], credited=receipt.editor_id is not None
    )
    return form


def _chosen(form: CorrectForm) -> int | None:
    """The editor who was chosen, None for nobody, 0 for a handle nobody has."""
    if form.who.data == form.NOBODY:
        return None
    if form.who.data != form.OTHER:
        return int(form.who.data)
    editor = editor_by_handle((form.handle.data or "").removeprefix("@"))
    return editor.id if editor else 0


def _seen_for(editor_id: int | None) -> str:
    """What the button says that corrects it: whose change in money stood above it."""
    return f"keep-{editor_id or CorrectForm.NOBODY}"


def _page(number: str, form: CorrectForm, changes: Sequence[Change] | None = None, keep: str = "") -> str:
    receipt = _found(number)  # read again: what was tried out is undone by now
    form.seen.data = str(receipt.id)
    currency = order_by_number(receipt.order_number).currency
    return render_template(
        "commissions/receipts/staff_correct.html",
        receipt=receipt,
        rule=words.rule(receipt),
        earning=earning_names(receipt),
        form=form,
        changes=None if changes is None else [_told(one, currency) for one in changes],
        debts=[
            (_name_of(one.editor_id), Money(one.debt_minor, currency))
            for one in changes or ()
            if one.debt_minor
        ],
        currency=currency,
        keep=keep,
    )


def _told(change: Change, currency: str) -> tuple[str, Money, Money, Money]:
    minors = (change.before_minor, change.after_minor, change.after_minor - change.before_minor)
    before, after, difference = (Money(minor, currency) for minor in minors)
    return _name_of(change.editor_id), before, after, difference


def _name_of(editor_id: int) -> str:
    editor = editor_by_id(editor_id)
    return editor.name if editor else "–"


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
