"""The writer of runs that nobody has to prepare: once a period, and never approved by itself."""

from __future__ import annotations

from commissions.payouts import errors
from commissions.payouts.actions import prepare_run
from commissions.payouts.approvals import ScheduledRun
from foundation import clock
from foundation.actors import Actor
from foundation.db import all_or_nothing, db, unless_taken
from foundation.money import Money


def prepare_scheduled(*, actor: Actor, period: str, currency: str, minimum: Money) -> ScheduledRun:
    """Take the turn of a period and put what everybody is owed into a preview.

    Raises `PeriodTaken` when it had its turn, by whomever, and `RunWaiting` while another preview waits: the
    turn is not taken then, and comes again.
    """
    turn = ScheduledRun(period=period, currency=currency, at=clock.now())
    with unless_taken(errors.PeriodTaken, "uq_scheduled_runs_period_currency"):
        db.session.add(turn)
        db.session.flush()
    try:
        with all_or_nothing():
            turn.run_id = prepare_run(actor=actor, account_id=None, currency=currency, minimum=minimum).id
    except errors.NothingToPay:
        turn.run_id = None
    db.session.flush()
    return turn
