"""`/studio/payments`: where an editor's money goes, set up by themselves at Stripe."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from commissions.payees.countries import Reach, reach
from commissions.payees.errors import NoPayee, NotReached
from commissions.payees.queries import payee_of
from commissions.payees.steps import ensure_account, refresh
from commissions.payees.words import country_name, requirement_words, why_not_words
from editors.membership.guards import current_editor, earner
from foundation import payments
from foundation.accounts.guards import current_account, current_person, freshly
from foundation.db import in_steps, leave_transaction
from foundation.i18n import reader_language
from foundation.payments import PayeeStatus
from foundation.settings import current
from storefront.places.forms import every_country

bp = Blueprint("payees", __name__, url_prefix="/studio/payments")


@bp.get("")
@earner
def show() -> str:
    """How far the set-up is, what Stripe still wants, and the way on."""
    chosen = _chosen(request.args)
    return render_template(
        "commissions/payees/show.html",
        payee=payee_of(current_editor().id),
        requirement_words=requirement_words,
        reached=reached_from_here(chosen),
        why_not=why_not_words,
        chosen=chosen,
        country=country_name(chosen),
        countries=every_country(reader_language()),
        currency=current().currency,
    )


@bp.post("/set-up")
@earner
@in_steps
def set_up() -> Response:
    """On to Stripe, by an address made for this click. Also the way back in for who stopped half-way."""
    editor, account, actor = current_editor(), current_account(), current_person()
    editor_id, name, email = editor.id, editor.name, account.email if account else ""
    settings, country = current(), _chosen(request.form)
    if not reached_from_here(country).possible:
        raise NotReached()
    leave_transaction()
    payee_id = ensure_account(
        actor=actor,
        editor_id=editor_id,
        name=name,
        email=email,
        country=country,
        currency=settings.currency,
    )
    address = payments.onboarding_link(
        payee_id=payee_id,
        refresh_url=settings.base_url + url_for("payees.again"),
        return_url=settings.base_url + url_for("payees.back"),
    )
    return redirect(address, code=303)


@bp.get("/again")
@earner
def again() -> Response:
    """Stripe sends people here when their address was used or is too old: they press the button again."""
    flash(
        _("That page at Stripe was open for too long. Press the button again, and you go on where you were.")
    )
    return redirect(url_for("payees.show"))


@bp.get("/back")
@earner
@in_steps
def back() -> Response:
    """Back from Stripe. That does not mean done: what it is now is asked of Stripe."""
    editor_id, actor = current_editor().id, current_person()
    leave_transaction()
    payee = refresh(actor=actor, editor_id=editor_id)
    if payee is not None and payee.status == PayeeStatus.ACTIVE:
        flash(_("All set. Your payouts go to your account from now on."))
    elif payee is not None:
        flash(_("Stripe still needs something before you can be paid. It is listed below."))
    return redirect(url_for("payees.show"))


@bp.post("/dashboard")
@earner
@freshly
@in_steps
def dashboard() -> Response:
    """On to the editor's own pages at Stripe: their balance there, and their bank account, so that the
    password is asked for.
    """
    payee = payee_of(current_editor().id)
    account = payee.account if payee else None
    leave_transaction()
    if account is None:
        raise NoPayee()
    return redirect(payments.dashboard_link(payee_id=account), code=303)


def _chosen(values: Mapping[str, str]) -> str:
    """The country somebody says they live in; the shop's own until they do, or for what is no country."""
    code = values.get("country", "").strip().upper()
    known = {one for one, _name in every_country(reader_language())}
    return code if code in known else current().country


def reached_from_here(country: str) -> Reach:
    """Whether this shop's payouts reach somebody there."""
    return reach(shop_country=current().country, shop_currency=current().currency, country=country)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
