"""What the desk's first page says of payouts: runs to decide on, and money that came back."""

from __future__ import annotations

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from commissions.payouts.approval_queries import approvals_of, undecided_runs
from commissions.payouts.approvals import Approval
from commissions.payouts.models import PayoutRun, RunStatus
from commissions.payouts.queries import RunTotal, came_back, totals_of
from commissions.payouts.words import who_prepared
from foundation import clock
from foundation.accounts.guards import current_account
from foundation.accounts.models import Account
from foundation.accounts.permissions import Permission
from foundation.money import Money
from foundation.settings import current
from foundation.staff.queue import Job
from foundation.web.formats import money


def waiting_jobs() -> list[Job]:
    """For the desk's first page, to who may approve: the runs that wait for them, and what came back."""
    account = current_account()
    if account is None or Permission.PAYOUTS_APPROVE not in account.permissions:
        return []
    back = [
        Job(
            kind=_("Payouts"),
            what=_(
                "%(amount)s of a payout to %(name)s was taken back in the Stripe Dashboard",
                amount=money(one.came_back),
                name=one.editor.name,
            ),
            href=url_for("payouts.run", run_id=one.run_id) + f"#payout-{one.id}",
            since=one.sent_at or clock.now(),
            note=_("The books still say that they have it."),
            action=_("Decide"),
        )
        for one in came_back()
    ]
    return back + _undecided(account)


def _undecided(account: Account) -> list[Job]:
    """Whoever prepared a run above the limit, or has said yes to it, has nothing more to do with it."""
    found = undecided_runs()
    given = [one for one in approvals_of(*[run.id for run in found]) if one.voided_at is None]
    alone = Money(current().payout_alone_minor, current().currency)
    return [
        _job(total, [one for one in given if one.run_id == total.run.id])
        for total in totals_of(found)
        if not any(one.run_id == total.run.id and one.account_id == account.id for one in given)
        and (total.run.prepared_by_id != account.id or total.amount <= alone)
    ]


def _job(total: RunTotal, given: list[Approval]) -> Job:
    return Job(
        kind=_("Payouts"),
        what=ngettext(
            "%(amount)s to one editor", "%(amount)s to %(num)s editors", total.count,
            amount=money(total.amount),
        ),
        href=url_for("payouts.run", run_id=total.run.id),
        since=total.run.prepared_at,
        note=_note(total.run, given),
        action=_("Look at it"),
    )  # fmt: skip


def _note(run: PayoutRun, given: list[Approval]) -> str:
    if run.status == RunStatus.AGAIN:
        return _("Something changed since it was approved. It asks for approval again.")
    if given:
        return _("%(name)s approved it. It waits for a second person.", name=given[0].account.label)
    return _("%(name)s prepared it. It waits for approval.", name=who_prepared(run))


def waiting_count() -> int:
    """How many runs wait for approval."""
    return len(undecided_runs())
