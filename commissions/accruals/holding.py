"""Holding what an editor earns on an order, and letting it go. Staff and the rules against fraud do the same.

What is held lies on an account of its own: no run counts it, and what a payout carries already is netted
before that payout goes out. Whatever is refunded or disputed meanwhile counts as ever.
"""

from __future__ import annotations

from sqlalchemy import select

from commissions.accruals.actions import settle
from commissions.accruals.models import Commission
from commissions.accruals.policy import UNPAID
from commissions.holds import errors
from commissions.holds.models import Hold, HoldReason, HoldSource
from editors.membership.letters import write_to
from editors.membership.queries import editor_by_id
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows, unless_taken


def hold_sale(
    *,
    actor: Actor,
    order_id: int,
    order_number: str,
    editor_id: int,
    source: HoldSource,
    reason: HoldReason,
    words: str,
    return_days: int,
    tell: bool = True,
) -> Hold:
    """Keep what an editor earns on an order from being paid out, until somebody releases it with a reason.

    Rules may hold before a commission is noted: it is held from its first moment then. The editor is written
    to, with the class of the reason and never with `words`; without `tell` whoever holds writes to them.
    Raises `HeldAlready` when this source holds it, and for staff `NothingToHold` when nothing of it could
    still go out.
    """
    if not words.strip():
        raise errors.WordsForHold()
    if source is HoldSource.STAFF and not _anything_to_hold(order_id, editor_id):
        raise errors.NothingToHold()
    hold = Hold(
        order_id=order_id,
        order_number=order_number,
        editor_id=editor_id,
        source=source,
        reason=reason,
        words=words.strip()[:500],
        held_at=clock.now(),
        held_by=actor.label[:200],
    )
    with unless_taken(errors.HeldAlready, "uq_commission_holds_open"):
        db.session.add(hold)
        db.session.flush()
    settle(actor=actor, order_id=order_id, return_days=return_days)
    audit.record(
        actor=actor,
        action="holds.hold",
        subject=("commission_hold", hold.id),
        after={"order": order_number, "editor_id": editor_id, "source": source.value, "about": reason.value},
        reason=hold.words,
    )
    if tell:
        _tell(hold, "held")
    return hold


def release_sale(*, actor: Actor, hold_id: int, reason: str, return_days: int, tell: bool = True) -> Hold:
    """Let go of a sale. What it earns goes on where it stood, unless something else still holds it.

    Raises `NoSuchHold`, `ReleasedBefore`, `WordsForHold`, and `OwnSale` for whoever would earn by it.
    """
    if not reason.strip():
        raise errors.WordsForHold()
    locked = lock_rows(Hold, [hold_id])
    if not locked:
        raise errors.NoSuchHold()
    (hold,) = locked
    if hold.released_at is not None:
        raise errors.ReleasedBefore()
    editor = editor_by_id(hold.editor_id)
    if editor is not None and actor.account_id == editor.account_id:
        raise errors.OwnSale()
    hold.released_at, hold.released_by = clock.now(), actor.label[:200]
    hold.released_for = reason.strip()[:500]
    db.session.flush()
    settle(actor=actor, order_id=hold.order_id, return_days=return_days)
    audit.record(
        actor=actor,
        action="holds.release",
        subject=("commission_hold", hold.id),
        after={"order": hold.order_number, "editor_id": hold.editor_id},
        reason=hold.released_for,
    )
    if tell:
        _tell(hold, "released")
    return hold


def _anything_to_hold(order_id: int, editor_id: int) -> bool:
    found = select(Commission.id).where(
        Commission.order_id == order_id, Commission.editor_id == editor_id, Commission.status.in_(UNPAID)
    )
    return bool(db.session.scalar(select(found.exists())))


def _tell(hold: Hold, letter: str) -> None:
    write_to(
        hold.editor_id,
        f"commissions/holds/mail/{letter}.txt",
        number=hold.order_number,
        reason=str(hold.reason),
    )
