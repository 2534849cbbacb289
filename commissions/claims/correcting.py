"""A decision staff correct: a new one beside the old one, which stays readable as it was."""

from __future__ import annotations

from sqlalchemy import insert, select

from commissions.claims.errors import AlreadyTheirs
from commissions.claims.models import Claim, Receipt
from commissions.claims.policy import ClaimKind, Reason, Rule, Verdict
from commissions.claims.queries import current_receipt
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db


def lock_decisions(order_id: int) -> bool:
    """Wait for whoever decides on an order or settles its commissions. False: it has no receipt.

    The first decision is locked, which nothing ever replaces: a lock on the newest would be a lock on a row
    that is no longer the newest when its turn comes.
    """
    first = select(Receipt.id).where(Receipt.order_id == order_id, Receipt.replaces_id.is_(None))
    return db.session.scalars(first.with_for_update()).one_or_none() is not None


def correct(*, actor: Actor, order_id: int, editor_id: int | None, reason: str) -> tuple[Receipt, Receipt]:
    """Credit an order to another editor by hand, or to nobody (None); the decision before and the new one.

    Every candidate is listed again, whoever won before as having lost to the correction. Raises
    `AlreadyTheirs`. The commissions follow in `accruals.correcting`.
    """
    lock_decisions(order_id)
    before = current_receipt(order_id)
    if before.editor_id == editor_id:
        raise AlreadyTheirs()
    now = clock.now()
    before.replaced_at = now
    db.session.flush()
    after = Receipt(
        order_id=order_id,
        order_number=before.order_number,
        replaces_id=before.id,
        decided_by=actor.label,
        editor_id=editor_id,
        rule=Rule.NOBODY if editor_id is None else Rule.STAFF,
        window_days=before.window_days,
        cookie_days=before.cookie_days,
        checkout_began_at=before.checkout_began_at,
        decided_at=now,
    )
    db.session.add(after)
    db.session.flush()
    db.session.execute(insert(Claim), _claims(before, after))
    audit.record(
        actor=actor,
        action="receipts.correct",
        subject=("order", order_id),
        reason=reason,
        before={"editor_id": before.editor_id, "rule": str(before.rule)},
        after={"editor_id": editor_id, "rule": after.rule.value},
    )
    return before, after


def _claims(before: Receipt, after: Receipt) -> list[dict[str, object]]:
    """The entry of staff first, then everybody the decision before had looked at."""
    rows: list[dict[str, object]] = [
        {
            "kind": ClaimKind.STAFF,
            "editor_id": after.editor_id,
            "at": after.decided_at,
            "verdict": Verdict.WON,
            "reason": Reason.TO_NOBODY if after.editor_id is None else Reason.BY_STAFF,
        }
    ]
    looked_at = db.session.scalars(
        select(Claim).where(Claim.receipt_id == before.id).order_by(Claim.position)
    ).all()
    for one in looked_at:
        if one.kind == ClaimKind.STAFF and one.verdict == Verdict.NONE:
            continue
        won = one.verdict == Verdict.WON
        rows.append(
            {
                "kind": one.kind,
                "editor_id": one.editor_id,
                "link_id": one.link_id,
                "look_id": one.look_id,
                "click_id": one.click_id,
                "referrer": one.referrer,
                "device": one.device,
                "country": one.country,
                "event": one.event,
                "event_it": one.event_it,
                "at": one.at,
                "days_before": one.days_before,
                "verdict": Verdict.LOST if won else one.verdict,
                "reason": Reason.CORRECTED if won else one.reason,
            }
        )
    unknown = (
        "link_id",
        "look_id",
        "click_id",
        "days_before",
        "referrer",
        "device",
        "country",
        "event",
        "event_it",
    )
    blank = dict.fromkeys(unknown)
    return [
        blank | row | {"receipt_id": after.id, "position": position} for position, row in enumerate(rows, 1)
    ]
