"""The writer of payout runs: what everybody is owed, as a preview. Approval is in `approving`, sending in
`sending`.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text

from commissions.accruals.dividing import in_turn
from commissions.payouts import errors
from commissions.payouts.models import OPEN, PayoutRun, RunStatus
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, unless_taken
from foundation.jobs.queue import defer
from foundation.money import Money

SEND_RUN = "commissions.send_run"

# One snapshot: what is added up is exactly what is put into the payouts, whatever is booked meanwhile.
# What was taken back after the day of the cut is netted all the same, for nobody is sent what they are known
# to owe: unless it takes back what itself became payable after that day.
_GATHER = text(
    """
    WITH unpaid AS (
        SELECT id, editor_id, amount_minor FROM payable_movements movement
        WHERE payout_id IS NULL AND currency = :currency AND at <= :now
          AND (CAST(:editor AS bigint) IS NULL OR editor_id = :editor)
          AND (at <= :until OR (amount_minor < 0 AND NOT EXISTS (
                SELECT FROM payable_movements taken WHERE taken.commission_id = movement.commission_id
                  AND taken.amount_minor > 0 AND taken.at > :until)))
    ), owed AS (
        SELECT editor_id, sum(amount_minor)::bigint AS amount FROM unpaid
        GROUP BY editor_id HAVING sum(amount_minor) >= :minimum
    ), made AS (
        INSERT INTO payouts (run_id, editor_id, status, currency, amount_minor, reason, attempt)
        SELECT :run, owed.editor_id,
               CASE WHEN payees.status = 'active' AND coalesce(payees.paused_until <= :now, true)
                    THEN 'prepared' ELSE 'blocked' END,
               :currency, owed.amount,
               CASE WHEN payees.status = 'active' AND payees.paused_until > :now THEN 'destination'
                    WHEN payees.status = 'active' THEN NULL
                    WHEN payees.account IS NULL THEN 'no_account'
                    WHEN payees.status IN ('restricted', 'closed') THEN 'restricted'
                    ELSE 'onboarding' END,
               0
        FROM owed LEFT JOIN payees ON payees.editor_id = owed.editor_id
        WHERE NOT EXISTS (SELECT 1 FROM payouts p WHERE p.editor_id = owed.editor_id
                          AND p.currency = :currency AND p.status = ANY(:open))
        ORDER BY owed.editor_id
        RETURNING id, editor_id
    )
    UPDATE payable_movements SET payout_id = made.id
    FROM made, unpaid WHERE unpaid.editor_id = made.editor_id AND payable_movements.id = unpaid.id
    """
)


def prepare_run(
    *,
    actor: Actor,
    account_id: int | None,
    currency: str,
    minimum: Money,
    until: datetime | None = None,
    editor_id: int | None = None,
) -> PayoutRun:
    """Put what everybody is owed into a preview, debts netted; who is owed less than `minimum` is carried on,
    and so is what became payable after `until`, which is now unless it is earlier.

    Three statements, whatever the size. `account_id` is who prepares, None for the schedule. Raises
    `RunWaiting` while another preview waits, `NothingToPay` when there is none to make. A run of one editor
    alone (`editor_id`) may wait beside another: what they are owed lies in one of them. Raises `InAnotherRun`
    when it was put into one at this very moment.
    """
    in_turn()
    now = clock.now()
    run = PayoutRun(
        status=RunStatus.PREPARED,
        currency=currency,
        minimum_minor=minimum.minor,
        until=min(until or now, now),
        prepared_by_id=account_id,
        prepared_at=now,
        editor_id=editor_id,
    )
    with unless_taken(errors.RunWaiting, "uq_payout_runs_prepared"):
        db.session.add(run)
        db.session.flush()
    values = {
        "run": run.id,
        "currency": currency,
        "until": run.until,
        "now": now,
        "minimum": minimum.minor,
        "editor": editor_id,
        "open": [status.value for status in OPEN],
    }
    with unless_taken(errors.InAnotherRun, "uq_payouts_open"):
        gathered = db.session.execute(_GATHER, values).rowcount  # type: ignore[attr-defined]
    if not gathered:
        raise errors.NothingToPay()
    audit.record(
        actor=actor, action="payouts.prepare", subject=("payout_run", run.id), after={"movements": gathered}
    )
    return run


def ask_to_send(run_id: int, *, by_hand: bool = False) -> None:
    """Have an approved run sent by the worker: never twice at the same time, and asked for once while it
    waits.
    """
    kind = "hand" if by_hand else "self"
    defer(SEND_RUN, lock=f"run:{run_id}", once=f"run:{run_id}:{kind}", run_id=run_id, by_hand=by_hand)
