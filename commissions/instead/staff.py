"""`/staff/causes`: what editors can give to, what is owed to it, and what it has got."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from commissions.instead import causes as acts
from commissions.instead import errors
from commissions.instead.forms import CauseForm, PaidForm, WhyForm
from commissions.instead.models import Cause, CauseStatus
from commissions.instead.queries import cause_by_id, causes, owed_to_cause, payments_of
from foundation.accounts.guards import current_account, current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.audit.acts import sentence_of
from foundation.audit.queries import history
from foundation.db import all_or_nothing
from foundation.settings import current
from foundation.web.fields import REFUSED
from foundation.web.formats import money

bp = Blueprint("causes", __name__, url_prefix="/staff/causes")


@bp.get("")
@permitted(Permission.BOOKS_VIEW)
def index() -> str:
    """Every cause with what was given and what is owed to it."""
    return render_template(
        "commissions/instead/staff_causes.html",
        causes=causes(current().currency),
        may_manage=_may(Permission.CAUSES_MANAGE),
    )


@bp.get("/new")
@permitted(Permission.CAUSES_MANAGE)
def new() -> str:
    """The words of a new cause."""
    return render_template("commissions/instead/staff_words.html", form=CauseForm(formdata=None), cause=None)


@bp.post("/new")
@permitted(Permission.CAUSES_MANAGE)
def name() -> Response | tuple[str, int]:
    """Editors can give to it from now on."""
    form = CauseForm()
    if form.validate():
        try:
            cause = acts.name_cause(actor=current_staff(), draft=form.draft())
        except errors.NameTaken as taken:
            form.name.errors = (str(taken),)
        else:
            flash(_("Editors can give to it from now on."), "good")
            return redirect(url_for("causes.show", cause_id=cause.id), code=303)
    return render_template("commissions/instead/staff_words.html", form=form, cause=None), REFUSED


@bp.get("/<int:cause_id>")
@permitted(Permission.BOOKS_VIEW)
def show(cause_id: int) -> str:
    """One cause: what is owed to it, and what it was handed."""
    return _page(_cause(cause_id), PaidForm(formdata=None), WhyForm(formdata=None))


@bp.get("/<int:cause_id>/words")
@permitted(Permission.CAUSES_MANAGE)
def words(cause_id: int) -> str:
    """Its words, to change."""
    cause = _cause(cause_id)
    form = CauseForm(formdata=None, obj=cause)
    return render_template("commissions/instead/staff_words.html", form=form, cause=cause)


@bp.post("/<int:cause_id>/words")
@permitted(Permission.CAUSES_MANAGE)
def reword(cause_id: int) -> Response | tuple[str, int]:
    """Say it in other words."""
    cause, form = _cause(cause_id), CauseForm()
    if form.validate():
        try:
            acts.reword_cause(actor=current_staff(), cause_id=cause_id, draft=form.draft())
        except errors.NameTaken as taken:
            form.name.errors = (str(taken),)
        else:
            flash(_("The new words stand."), "good")
            return redirect(url_for("causes.show", cause_id=cause_id), code=303)
    return render_template("commissions/instead/staff_words.html", form=form, cause=cause), REFUSED


@bp.post("/<int:cause_id>/paid")
@permitted(Permission.CAUSES_PAY)
def paid(cause_id: int) -> Any:
    """What was owed is handed on."""
    form = PaidForm()
    if not form.validate():
        return _page(_cause(cause_id), form, WhyForm(formdata=None)), REFUSED
    try:
        with all_or_nothing():
            payment = acts.mark_paid(
                actor=current_staff(),
                cause_id=cause_id,
                amount=form.seen,
                reference=str(form.reference.data),
            )
    except errors.OwedChanged as changed:
        form.reference.errors = (str(changed),)
        return _page(_cause(cause_id), form, WhyForm(formdata=None)), changed.status
    flash(_("Booked: %(amount)s is paid.", amount=money(payment.amount)), "good")
    return redirect(url_for("causes.show", cause_id=cause_id), code=303)


@bp.post("/<int:cause_id>/end")
@permitted(Permission.CAUSES_MANAGE)
def end(cause_id: int) -> Any:
    """Nobody gives to it any more."""
    form = WhyForm()
    if not form.validate():
        return _page(_cause(cause_id), PaidForm(formdata=None), form), REFUSED
    acts.end_cause(actor=current_staff(), cause_id=cause_id, reason=str(form.reason.data))
    flash(_("Nobody can give to it from now on. What was given is still owed to it."), "good")
    return redirect(url_for("causes.show", cause_id=cause_id), code=303)


@bp.post("/<int:cause_id>/open")
@permitted(Permission.CAUSES_MANAGE)
def open_again(cause_id: int) -> Any:
    """Editors can give to it again."""
    form = WhyForm()
    if not form.validate():
        return _page(_cause(cause_id), PaidForm(formdata=None), form), REFUSED
    acts.open_cause(actor=current_staff(), cause_id=cause_id, reason=str(form.reason.data))
    flash(_("Editors can give to it again."), "good")
    return redirect(url_for("causes.show", cause_id=cause_id), code=303)


def _page(cause: Cause, paid: PaidForm, why: WhyForm) -> str:
    owed = owed_to_cause(cause.id, current().currency)
    paid.amount.data = str(owed.minor)
    return render_template(
        "commissions/instead/staff_cause.html",
        cause=cause,
        is_open=cause.status == CauseStatus.OPEN,
        owed=owed,
        payments=payments_of(cause.id),
        paid=paid,
        why=why,
        history=[(row, sentence_of(row.action)) for row in history("cause", cause.id)],
        currency=current().currency,
        may_pay=_may(Permission.CAUSES_PAY),
        may_manage=_may(Permission.CAUSES_MANAGE),
    )


def _may(permission: Permission) -> bool:
    account = current_account()
    return account is not None and permission in account.permissions


def _cause(cause_id: int) -> Cause:
    found = cause_by_id(cause_id)
    if found is None:
        raise errors.NoSuchCause()
    return found


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
