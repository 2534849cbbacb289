"""Staff: who asks to be paid early, and the answer."""

from __future__ import annotations

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from commissions.early import actions, errors
from commissions.early.models import EarlyPayout, EarlyStatus
from commissions.early.queries import open_wishes, payable_now, wish_by_id, wishes
from commissions.early.words import TONES, wish_words
from commissions.payouts.errors import InAnotherRun, NothingToPay
from foundation.accounts.guards import current_account, current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.db import all_or_nothing
from foundation.money import Money
from foundation.settings import current
from foundation.staff.queue import Job
from foundation.web.formats import money

bp = Blueprint("staff_early", __name__, url_prefix="/staff/early-payouts")


@bp.get("")
@permitted(Permission.PAYOUTS_VIEW)
def index() -> str:
    """What waits first, then what was answered."""
    return render_template(
        "commissions/early/staff_list.html",
        rows=[(one, wish_words(one.status), TONES[EarlyStatus(one.status)]) for one in wishes()],
        currency=current().currency,
    )


@bp.get("/<int:wish_id>")
@permitted(Permission.PAYOUTS_VIEW)
def show(wish_id: int) -> str:
    """One wish, with what is payable now, and the answer."""
    return _page(_found(wish_id))


@bp.post("/<int:wish_id>")
@permitted(Permission.PAYOUTS_PREPARE)
def answer(wish_id: int) -> Response | tuple[str, int]:
    """Prepare a run of this editor alone, or say why not."""
    found, shop, account = _found(wish_id), current(), current_account()
    assert account is not None
    name, reply = found.editor.name, request.form.get("reply", "")
    try:
        with all_or_nothing():
            if request.form.get("do") == "accept":
                run = actions.accept(
                    actor=current_staff(),
                    account_id=account.id,
                    wish_id=wish_id,
                    minimum=Money(shop.payout_minimum_minor, shop.currency),
                )
                flash(_("A run of %(name)s alone is prepared. It waits to be approved.", name=name), "good")
                return redirect(url_for("payouts.run", run_id=run.id), code=303)
            actions.decline(actor=current_staff(), account_id=account.id, wish_id=wish_id, reply=reply)
    except errors.AnsweredBefore as refused:
        flash(str(refused), "warn")
        return redirect(url_for("staff_early.show", wish_id=wish_id), code=303)
    except (errors.CannotReceive, errors.OwnWish, errors.WordsForNo, NothingToPay, InAnotherRun) as refused:
        return _page(_found(wish_id), reply=reply, wrong=str(refused)), refused.status
    flash(_("%(name)s was told, with your reason.", name=name), "good")
    return redirect(url_for("staff_early.index"), code=303)


def waiting_jobs() -> list[Job]:
    """For the desk's first page, to who may prepare runs."""
    account = current_account()
    if account is None or Permission.PAYOUTS_PREPARE not in account.permissions:
        return []
    return [
        Job(
            kind=_("Early payouts"),
            what=_("%(name)s asks for %(amount)s now", name=one.editor.name, amount=money(one.asked)),
            href=url_for("staff_early.show", wish_id=one.id),
            since=one.asked_at,
            action=_("Answer the wish"),
        )
        for one in open_wishes()
        if one.editor.account_id != account.id
    ]


def waiting_count() -> int:
    """How many wait, for the navigation."""
    return len(open_wishes())


def _found(wish_id: int) -> EarlyPayout:
    found = wish_by_id(wish_id)
    if found is None:
        raise errors.NoSuchWish()
    return found


def _page(wish: EarlyPayout, *, reply: str = "", wrong: str = "") -> str:
    account = current_account()
    return render_template(
        "commissions/early/staff_show.html",
        wish=wish,
        words=wish_words(wish.status),
        tone=TONES[EarlyStatus(wish.status)],
        waits=wish.status == EarlyStatus.ASKED,
        payable=payable_now(wish.editor_id, wish.currency),
        may_answer=account is not None and Permission.PAYOUTS_PREPARE in account.permissions,
        reply=reply,
        wrong=wrong,
    )


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
