"""What of a run is not as it was counted: taken back since, held, or bound for another bank account.

This is the one place where a run is counted again: before somebody approves it, before it is sent, and before
each transfer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import text, update

from commissions.ledger.models import EntryKind
from commissions.payouts.approvals import Change, ChangeKind
from commissions.payouts.models import PAYOUT_MOVES, WAITING, BlockReason, Payout, PayoutRun, PayoutStatus
from foundation import clock
from foundation.db import db

# Of each sale what is not in any payout yet counts together: what was held and let go again is no change, and
# neither is what came and went since. What belongs to no sale is taken when it is a debt, or was given up.
# What the editor turned into something else is of what no payout carries, and stays with that.
_TAKEN = """
    mine AS (
        SELECT payout.id, payout.editor_id, payout.currency, payout.amount_minor, run.minimum_minor,
               payout.approved_destination
        FROM payouts payout JOIN payout_runs run ON run.id = payout.run_id
        WHERE payout.run_id = :run AND payout.status = ANY(:statuses)
          AND (CAST(:payout AS bigint) IS NULL OR payout.id = :payout)
    ), fresh AS (
        SELECT movement.id, mine.id AS payout_id, movement.amount_minor, movement.kind,
               movement.commission_id,
               sum(movement.amount_minor) OVER (PARTITION BY mine.id, movement.commission_id) AS of_sale
        FROM mine JOIN payable_movements movement
          ON movement.editor_id = mine.editor_id AND movement.currency = mine.currency
         AND movement.payout_id IS NULL
    ), taken AS (
        SELECT * FROM fresh WHERE CASE WHEN commission_id IS NULL
            THEN (amount_minor < 0 AND kind NOT IN ('credited', 'donated')) OR kind = 'written_off'
            ELSE of_sale < 0 END
    ), due AS (
        SELECT mine.id, mine.editor_id, mine.amount_minor AS before_minor, mine.minimum_minor,
               (mine.amount_minor + sum(taken.amount_minor))::bigint AS after_minor,
               (array_agg(taken.kind ORDER BY taken.amount_minor))[1] AS kind
        FROM mine JOIN taken ON taken.payout_id = mine.id
        GROUP BY mine.id, mine.editor_id, mine.amount_minor, mine.minimum_minor
        HAVING sum(taken.amount_minor) <> 0
    )
"""
_DIFFERENCES = """
    differences AS (
        SELECT due.id, due.kind, due.before_minor,
               CASE WHEN due.after_minor >= due.minimum_minor THEN due.after_minor ELSE 0 END AS after_minor
        FROM due
        UNION ALL
        SELECT mine.id, 'destination', mine.amount_minor, mine.amount_minor
        FROM mine JOIN payees ON payees.editor_id = mine.editor_id
        WHERE mine.approved_destination IS NOT NULL
          AND payees.destination IS DISTINCT FROM mine.approved_destination
    ), told AS (
        SELECT coalesce(jsonb_agg(jsonb_build_array(id, kind, before_minor, after_minor) ORDER BY id), '[]')
               AS differences FROM differences
    )
"""
_DIFFER = text(f"WITH {_TAKEN}, {_DIFFERENCES} SELECT differences::text FROM told")
_STANDS = text(
    f"""
    WITH {_TAKEN}, {_DIFFERENCES}, live AS (
        SELECT encode(sha256(convert_to(coalesce(
                   string_agg(id || ':' || editor_id || ':' || amount_minor || currency, ',' ORDER BY id),
               ''), 'UTF8')), 'hex') AS digest,
               coalesce(sum(amount_minor), 0)::bigint AS amount_minor
        FROM payouts WHERE run_id = :run AND status <> 'cancelled'
    )
    SELECT live.digest, live.amount_minor, told.differences::text,
           (SELECT count(*) FROM payout_approvals WHERE run_id = :run AND voided_at IS NULL)
    FROM live, told
    """
)
# Whoever falls below the minimum is in the run no more, and all that was theirs waits for the next one.
_COUNT_AGAIN = text(
    f"""
    WITH {_TAKEN}, kept AS (
        UPDATE payable_movements SET payout_id = due.id FROM taken JOIN due ON due.id = taken.payout_id
        WHERE payable_movements.id = taken.id AND due.after_minor >= due.minimum_minor
    ), freed AS (
        UPDATE payable_movements SET payout_id = NULL FROM due
        WHERE payable_movements.payout_id = due.id AND due.after_minor < due.minimum_minor
    )
    UPDATE payouts SET
        amount_minor = CASE WHEN due.after_minor >= due.minimum_minor THEN due.after_minor
                            ELSE payouts.amount_minor END,
        status = CASE WHEN due.after_minor >= due.minimum_minor THEN payouts.status ELSE :cancelled END,
        reason = CASE WHEN due.after_minor >= due.minimum_minor THEN payouts.reason ELSE :below END,
        missing_minor = NULL
    FROM due WHERE payouts.id = due.id
    """
)
_CHANGED = ("status", "amount_minor", "reason", "missing_minor", "approved_minor", "approved_destination")
_KINDS = {EntryKind.HELD: ChangeKind.HELD, EntryKind.CORRECTED: ChangeKind.CORRECTED}


@dataclass(frozen=True, slots=True)
class Difference:
    """One payout that would not go out as it was counted; `after_minor` is zero where it would not at all."""

    payout_id: int
    kind: ChangeKind
    before_minor: int
    after_minor: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A run as it stands: the digest of who gets what, the sum of it, what would have to be counted again,
    and how many have approved it.
    """

    digest: str
    amount_minor: int
    differences: Sequence[Difference]
    approvals: int


def standing(run_id: int) -> Standing:
    """One statement, whatever the size; what has a call out or is finished is not looked at again."""
    digest, amount, told, approvals = db.session.execute(_STANDS, _of(run_id)).one()
    return Standing(digest, int(amount), _read(told), int(approvals))


def differences(payout: Payout) -> Sequence[Difference]:
    """What of one payout is not as it was counted, whatever its status."""
    values = _of(payout.run_id) | {"payout": payout.id, "statuses": [status.value for status in PayoutStatus]}
    return _read(db.session.execute(_DIFFER, values).scalar_one())


def count_again(run: PayoutRun, found: Sequence[Difference], *, voids: bool) -> None:
    """Net what was taken back and stop what would go to another bank account. The run is locked, and nothing
    of it is approved any more. `voids`: an approval falls by this.
    """
    moved = [one.payout_id for one in found if one.kind is ChangeKind.DESTINATION]
    if len(moved) < len(found):
        values = {"cancelled": PayoutStatus.CANCELLED.value, "below": BlockReason.BELOW_MINIMUM.value}
        db.session.execute(_COUNT_AGAIN, _of(run.id) | values)
    if moved:
        db.session.execute(
            update(Payout)
            .where(Payout.id.in_(moved), Payout.status.in_(PAYOUT_MOVES.sources(PayoutStatus.BLOCKED)))
            .values(status=PayoutStatus.BLOCKED, reason=BlockReason.DESTINATION, missing_minor=None)
            .execution_options(synchronize_session=False)
        )
    note(run.id, found, voids=voids)
    forget_payouts()


def note(run_id: int, found: Sequence[Difference], *, voids: bool) -> None:
    """Keep what changed, for whoever decides next."""
    db.session.add_all(
        Change(
            run_id=run_id,
            payout_id=one.payout_id,
            kind=one.kind,
            before_minor=one.before_minor,
            after_minor=one.after_minor,
            voids=voids,
            at=clock.now(),
        )
        for one in found
    )
    db.session.flush()


def forget_payouts() -> None:
    """Payouts in the session were changed behind its back: what it knows of them is read again."""
    for known in db.session:
        if isinstance(known, Payout):
            db.session.expire(known, _CHANGED)


def _of(run_id: int) -> dict[str, object]:
    return {"run": run_id, "payout": None, "statuses": [status.value for status in WAITING]}


def _read(told: str) -> list[Difference]:
    return [
        Difference(number, _kind(kind), before, after) for number, kind, before, after in orjson.loads(told)
    ]


def _kind(kind: str) -> ChangeKind:
    if kind == ChangeKind.DESTINATION:
        return ChangeKind.DESTINATION
    return _KINDS.get(EntryKind(kind), ChangeKind.RETURNED)
