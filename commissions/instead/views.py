"""`/studio/instead`: what an editor takes instead of a payout, at once and without Stripe."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from commissions.instead import actions, errors
from commissions.instead.forms import CreditForm, GiftForm
from commissions.instead.queries import open_causes, turned_by, unpaid
from commissions.ledger.queries import editor_balance
from editors.membership.guards import current_editor, earner
from foundation.accounts.guards import current_person, freshly
from foundation.db import all_or_nothing
from foundation.i18n import pick
from foundation.money import Money
from foundation.settings import current
from foundation.web.fields import REFUSED, a_key
from foundation.web.formats import money
from storefront.promotions.credit import credit_of

bp = Blueprint("instead", __name__, url_prefix="/studio/instead")


@bp.get("")
@earner
def show() -> str:
    """What could be taken, and what became of what was."""
    return _page(CreditForm(formdata=None), GiftForm(formdata=None))


@bp.post("/credit")
@earner
@freshly
def take_credit() -> Any:
    """As credit for the shop; the password is asked for, for whoever is signed in could spend it."""
    editor, form = current_editor(), CreditForm()
    if not form.validate():
        return _page(form, GiftForm(formdata=None)), REFUSED
    try:
        with all_or_nothing():
            turned = actions.take_as_credit(
                actor=current_person(),
                editor_id=editor.id,
                account_id=editor.account_id,
                amount=form.wanted,
                seen=form.seen_amount,
                bonus_bps=current().store_credit_bonus_bps,
            )
    except (errors.NothingChosen, errors.MoreThanPayable, errors.PayableChanged) as refused:
        form.amount.errors = (str(refused),)
        return _page(form, GiftForm(formdata=None)), refused.status
    flash(
        _("%(amount)s is yours to spend. It counts by itself at the checkout.", amount=money(turned.worth)),
        "good",
    )
    return redirect(url_for("instead.show"), code=303)


@bp.post("/gift")
@earner
@freshly
def give() -> Any:
    """To a cause the shop has named."""
    editor, form = current_editor(), GiftForm()
    form.offer(open_causes())
    if not form.validate():
        return _page(CreditForm(formdata=None), form), REFUSED
    try:
        with all_or_nothing():
            turned = actions.donate(
                actor=current_person(),
                editor_id=editor.id,
                amount=form.wanted,
                seen=form.seen_amount,
                cause_id=a_key(form.cause.data),
            )
    except (errors.NothingChosen, errors.MoreThanPayable, errors.PayableChanged) as refused:
        form.amount.errors = (str(refused),)
        return _page(CreditForm(formdata=None), form), refused.status
    flash(_("Thank you. %(amount)s is given.", amount=money(turned.amount)), "good")
    return redirect(url_for("instead.show"), code=303)


def _page(credit: CreditForm, gift: GiftForm) -> str:
    editor, currency = current_editor(), current().currency
    payable, causes = unpaid(editor.id, currency), open_causes()
    gift.offer(causes)
    for form in (credit, gift):
        form.seen.data = str(payable.minor)  # what this page says, whatever the one before it said
    balance = editor_balance(editor.id, currency)
    return render_template(
        "commissions/instead/show.html",
        payable=payable,
        in_runs=Money(max(0, balance.payable.minor - payable.minor), currency),
        spendable=Money(credit_of(editor.account_id), currency),
        bonus_bps=current().store_credit_bonus_bps,
        credit=credit,
        gift=gift,
        causes=causes,
        turned=turned_by(editor.id),
        currency=currency,
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.jinja_env.filters.update(pick=pick)
