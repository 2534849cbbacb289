"""The studio: asking to be paid before the next run, beside where the money goes."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from commissions.early import actions, errors
from commissions.early.models import EarlyStatus
from commissions.early.queries import last_wish_of, payable_now
from commissions.early.words import TONES, wish_words
from commissions.payees.queries import payee_of
from editors.membership.guards import current_editor, earner, editor_here
from foundation.accounts.guards import current_person
from foundation.db import all_or_nothing
from foundation.money import Money
from foundation.payments.objects import PayeeStatus
from foundation.settings import current
from foundation.web.formats import money

bp = Blueprint("early", __name__, url_prefix="/studio/payments/early")


@bp.post("")
@earner
def ask() -> Response:
    """Ask for what is payable now."""
    shop = current()
    try:
        with all_or_nothing():
            wish = actions.ask(
                actor=current_person(),
                editor_id=current_editor().id,
                minimum=Money(shop.payout_minimum_minor, shop.currency),
            )
    except (errors.AskedAlready, errors.TooLittle, errors.CannotReceive) as refused:
        flash(str(refused), "warn")
    else:
        flash(_("Asked for %(amount)s. You get a letter with the answer.", amount=money(wish.asked)), "good")
    return redirect(url_for("payees.show", _anchor="early"), code=303)


def panel(**_more: object) -> str:
    """Beside where the money goes: what could be paid now, and how the last wish stands."""
    editor, shop = editor_here(), current()
    if editor is None:
        return ""
    payee, wish = payee_of(editor.id), last_wish_of(editor.id)
    if wish is None and (payee is None or payee.account is None):
        return ""
    amount = payable_now(editor.id, shop.currency)
    minimum = Money(shop.payout_minimum_minor, shop.currency)
    return render_template(
        "commissions/early/panel.html",
        wish=wish,
        words=wish_words(wish.status) if wish else "",
        tone=TONES[EarlyStatus(wish.status)] if wish else "",
        waits=wish is not None and wish.status == EarlyStatus.ASKED,
        ready=payee is not None and payee.status == PayeeStatus.ACTIVE and not payee.paused,
        amount=amount,
        minimum=minimum,
        enough=amount >= minimum,
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
