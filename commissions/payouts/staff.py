"""Payout runs for staff: what is owed, the preview, the second person, the sending."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from commissions.payouts import errors
from commissions.payouts.actions import ask_to_send, prepare_run
from commissions.payouts.approval_queries import approvals_of, changes_of, scheduled, undecided_runs
from commissions.payouts.approving import Verdict, approve_run
from commissions.payouts.balance import balance_at_stripe
from commissions.payouts.checks import checks
from commissions.payouts.coming_back import owe_again
from commissions.payouts.counting import standing
from commissions.payouts.forms import LeaveOutForm, RunForm
from commissions.payouts.giving_back import leave_out, send_back
from commissions.payouts.models import UNDECIDED, WAITING, PayoutStatus, RunStatus
from commissions.payouts.queries import (
    held_minor,
    in_other_runs_minor,
    lines_of,
    owed,
    payout_by_id,
    run_by_id,
    run_total,
    runs,
)
from commissions.payouts.schedule import Rhythm, next_run_day, period_due
from commissions.payouts.words import (
    RUN_TONES,
    change_words,
    payout_tone,
    payout_words,
    reason_words,
    run_words,
    who_prepared,
)
from foundation import clock
from foundation.accounts.guards import current_account, current_staff, permitted
from foundation.accounts.permissions import Permission
from foundation.money import Money
from foundation.settings import current
from foundation.spreadsheets import defused
from foundation.web.amounts import last_day_of
from foundation.web.fields import REFUSED
from foundation.web.formats import money
from foundation.web.numbers import sent_number

bp = Blueprint("payouts", __name__, url_prefix="/staff/payouts")


@bp.get("")
@permitted(Permission.PAYOUTS_VIEW)
def index() -> str:
    """Every run, and what is owed and lies in none."""
    return _index(RunForm())


def _index(form: RunForm) -> str:
    currency = current().currency
    minimum = current().payout_minimum_minor
    found = owed(currency)
    due = [one for one in found if one.amount_minor >= minimum]
    return render_template(
        "commissions/payouts/index.html",
        runs=runs(),
        waiting=undecided_runs(),
        scheduled_for=_next_scheduled(),
        due=due,
        due_total=Money(sum(one.amount_minor for one in due), currency),
        carried=[one for one in found if 0 < one.amount_minor < minimum],
        debts=[one for one in found if one.amount_minor < 0],
        minimum=Money(minimum, currency),
        currency=currency,
        form=form,
    )


def _next_scheduled() -> date | None:
    """The day on which a run is prepared by itself: today while its turn is due and was not taken; None
    without a schedule.
    """
    shop = current()
    rhythm, today = Rhythm(shop.payout_schedule), clock.today(shop.timezone)
    if rhythm is Rhythm.OFF:
        return None
    period = period_due(rhythm, shop.payout_day, today)
    if period is None:
        return next_run_day(rhythm, shop.payout_day, today)
    if scheduled(period, shop.currency) is None:
        return today
    return next_run_day(rhythm, shop.payout_day, today + timedelta(days=1))


@bp.post("/prepare")
@permitted(Permission.PAYOUTS_PREPARE)
def prepare() -> Response | tuple[str, int]:
    """Count up a preview, of what was payable by the end of a day or by now. Nothing is sent."""
    form = RunForm()
    if not form.validate():
        return _index(form), REFUSED
    currency = current().currency
    run = prepare_run(
        actor=current_staff(),
        account_id=_reader_id(),
        currency=currency,
        minimum=Money(current().payout_minimum_minor, currency),
        until=form.cut,
    )
    flash(_("The preview is ready. Nothing has been sent: someone else has to approve it."))
    return redirect(url_for("payouts.run", run_id=run.id), code=303)


@bp.get("/<int:run_id>")
@permitted(Permission.PAYOUTS_VIEW)
def run(run_id: int) -> str:
    """One run: the sums, what was checked, the two people, who is paid."""
    available = balance_at_stripe(current().currency, _reader_id())
    found = run_by_id(run_id)
    if found is None:
        raise errors.NoSuchRun()
    currency = found.currency
    lines = lines_of(run_id)
    live = [line for line in lines if line.payout.status != PayoutStatus.CANCELLED]
    rest = owed(currency)
    left_out = [one for one in rest if one.amount_minor < found.minimum_minor]
    held, held_count = held_minor(currency)
    open_minor = sum(line.payout.amount_minor for line in live if line.payout.transfer_id is None)
    account, total = current_account(), run_total(found)
    undecided = found.status in UNDECIDED
    stands = standing(run_id) if undecided else None
    alone = total.amount.minor <= current().payout_alone_minor
    given = approvals_of(run_id)
    return render_template(
        "commissions/payouts/run.html",
        run=found,
        waits=undecided,
        seen=stands.digest if stands else "",
        alone=alone,
        limit=Money(current().payout_alone_minor, currency),
        given=given,
        changes=changes_of(run_id),
        cut=last_day_of(found.until, current().timezone) if found.until < found.prepared_at else None,
        total=total,
        to_go=total.amount - total.sent,
        lines=lines,
        live=live,
        carried=[one for one in left_out if one.amount_minor > 0],
        debts=[one for one in left_out if one.amount_minor < 0],
        held=Money(held, currency),
        held_count=held_count,
        checks=checks(
            Money(open_minor, currency),
            Money(sum(one.amount_minor for one in rest) + in_other_runs_minor(run_id, currency), currency),
            available,
            live,
            len({one.payout_id for one in stands.differences}) if stands else 0,
        ),
        mine=account is not None and account.id == found.prepared_by_id and not alone,
        said_yes=account is not None
        and any(one.account_id == account.id and one.voided_at is None for one in given),
        may_approve=account is not None and Permission.PAYOUTS_APPROVE in account.permissions,
        may_leave_out=account is not None and Permission.PAYOUTS_PREPARE in account.permissions,
        leavable=WAITING,
        reader=account.label if account else "",
        not_sent=[line for line in lines if line.payout.reason],
        came_back=[line.payout for line in lines if line.payout.came_back],
    )


@bp.post("/<int:run_id>/approve")
@permitted(Permission.PAYOUTS_APPROVE)
def approve(run_id: int) -> Response:
    """Somebody says yes to the run as they see it; with as many as it takes, the worker sends."""
    verdict = approve_run(
        actor=current_staff(),
        account_id=_reader_id(),
        run_id=run_id,
        alone=Money(current().payout_alone_minor, current().currency),
        seen=request.form.get("seen"),
    )
    if verdict is Verdict.RECOUNTED:
        flash(_("Not approved: the amounts changed since they were counted. Look at what they are now."))
    elif verdict is Verdict.ONE_MORE:
        flash(_("Approved by you. It is above the limit, so a second person has to approve it too."))
    else:
        flash(_("Approved. The transfers go out now; this page says how far they are."))
    return redirect(url_for("payouts.run", run_id=run_id), code=303)


@bp.post("/<int:run_id>/send-back")
@permitted(Permission.PAYOUTS_PREPARE)
def give_back(run_id: int) -> Response:
    """Give up the preview, with a reason for whoever prepared it."""
    send_back(actor=current_staff(), run_id=run_id, reason=request.form.get("reason", ""))
    flash(_("Sent back. What it held is free for the next preview."))
    return redirect(url_for("payouts.run", run_id=run_id), code=303)


@bp.route("/<int:run_id>/leave-out/<int:payout_id>", methods=["GET", "POST"])
@permitted(Permission.PAYOUTS_PREPARE)
def leave_out_of(run_id: int, payout_id: int) -> str | Response | tuple[str, int]:
    """Pay one editor later than the others, and say why."""
    found = payout_by_id(payout_id)
    if found is None or found.run_id != run_id:
        raise errors.NoSuchPayout()
    if found.status not in WAITING:
        flash(_("This run was decided on meanwhile. Nothing was changed."))
        return redirect(url_for("payouts.run", run_id=run_id), code=303)
    form = LeaveOutForm()
    if request.method == "GET" or not form.validate():
        page = render_template("commissions/payouts/leave_out.html", payout=found, form=form)
        return page if request.method == "GET" else (page, REFUSED)
    name = found.editor.name
    leave_out(actor=current_staff(), payout_id=payout_id, reason=form.reason.data)
    flash(_("%(name)s is left out. What they are owed waits for the next run.", name=name))
    return redirect(url_for("payouts.run", run_id=run_id), code=303)


@bp.post("/<int:run_id>/again")
@permitted(Permission.PAYOUTS_APPROVE)
def again(run_id: int) -> Response:
    """Try what is left of an approved run once more."""
    ask_to_send(run_id, by_hand=True)
    flash(_("Trying again. Each payout still goes out once."))
    return redirect(url_for("payouts.run", run_id=run_id), code=303)


@bp.post("/<int:run_id>/owe-again/<int:payout_id>")
@permitted(Permission.PAYOUTS_APPROVE)
def book_came_back(run_id: int, payout_id: int) -> Response:
    """What somebody took back in the Stripe Dashboard is owed to the editor again, with a reason."""
    amount_seen = Money(sent_number("amount") or 0, current().currency)
    owe_again(
        actor=current_staff(),
        payout_id=payout_id,
        amount=amount_seen,
        reason=request.form.get("reason", ""),
    )
    flash(_("Booked. %(amount)s is owed again and goes out with the next run.", amount=money(amount_seen)))
    return redirect(url_for("payouts.run", run_id=run_id), code=303)


@bp.get("/<int:run_id>.csv")
@permitted(Permission.PAYOUTS_VIEW)
def sheet(run_id: int) -> Response:
    """Who is paid, for a spreadsheet. No cell begins like a formula."""
    if run_by_id(run_id) is None:
        raise errors.NoSuchRun()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["editor", "name", "orders", "amount_minor", "currency", "status", "transfer"])
    for line in lines_of(run_id):
        one = line.payout
        row = [one.editor.handle, defused(one.editor.name), line.orders, one.amount_minor, one.currency]
        writer.writerow([*row, one.status, one.transfer_id or ""])
    response = Response(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="payout-run-{run_id}.csv"'
    return response


def _reader_id() -> int:
    account = current_account()
    assert account is not None
    return account.id


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.jinja_env.globals.update(
        payout_words=payout_words, payout_tone=payout_tone, payout_reason=reason_words, run_words=run_words,
        change_words=change_words, who_prepared=who_prepared,
        run_tone=lambda status: RUN_TONES[RunStatus(status)],
    )  # fmt: skip
    app.jinja_env.filters["as_money"] = Money
