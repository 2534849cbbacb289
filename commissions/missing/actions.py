"""Reporting a missing sale, and what staff answer. A grant corrects the receipt, and the money follows."""

from __future__ import annotations

from typing import Any

from commissions.accruals.correcting import correct_credit
from commissions.claims.queries import current_receipt
from commissions.missing import errors
from commissions.missing.models import MISSING_MOVES, CameBy, MissingSale, MissingStatus
from commissions.missing.policy import ANSWERED_WITHIN, Verdict, judge
from commissions.missing.queries import known_of
from editors.membership.letters import write_to
from editors.membership.models import Editor
from editors.membership.queries import editor_by_id
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows, unless_taken
from foundation.seen import refuse_changed


def report(
    *,
    actor: Actor,
    editor_id: int,
    number: str,
    came_by: CameBy,
    words: str,
    file_key: str | None = None,
    file_name: str | None = None,
) -> MissingSale:
    """Say that an order should be one's own; staff answer until `due_at`.

    Raises `NothingToReport` unless the verdict is that it came another way, and when it was reported before.
    """
    editor = _editor(editor_id)
    known, order_id = known_of(editor, number)
    now = clock.now()
    if judge(known, now) is not Verdict.OTHER or order_id is None:
        raise errors.NothingToReport()
    missing = MissingSale(
        editor_id=editor_id,
        order_id=order_id,
        order_number=number.strip().upper(),
        came_by=came_by,
        words=words,
        file_key=file_key,
        file_name=file_name,
        status=MissingStatus.OPEN,
        sent_at=now,
        due_at=now + ANSWERED_WITHIN,
    )
    with unless_taken(errors.NothingToReport, "uq_missing_sales_editor_id_order_id"):
        db.session.add(missing)
        db.session.flush()
    audit.record(
        actor=actor,
        action="missing.report",
        subject=("missing_sale", missing.id),
        after={"order": missing.order_number, "came_by": came_by.value},
    )
    _tell(editor.id, "received", missing, due=missing.due_at)
    return missing


def answer(
    *,
    actor: Actor,
    missing_id: int,
    grant: bool,
    reply: str,
    reason: str,
    return_days: int,
    seen: str | None = None,
) -> MissingSale:
    """Decide on a missing sale: a grant credits the order to who reported it, from now on.

    `reply` is what the editor reads, `reason` stays with the decision. `seen` is the receipt that was looked
    at. Raises `DecidedBefore` when somebody answered first, `OwnReport`, `AlreadyTheirs`, and
    `ChangedMeanwhile` when the order was credited to somebody else since it was looked at.
    """
    if not reply.strip() or not reason.strip():
        raise errors.WordsMissing()
    locked = lock_rows(MissingSale, [missing_id])
    if not locked:
        raise errors.NoSuchMissingSale()
    (missing,) = locked
    if missing.status != MissingStatus.OPEN:
        raise errors.DecidedBefore()
    editor = _editor(missing.editor_id)
    if actor.account_id == editor.account_id:
        raise errors.OwnReport()
    MISSING_MOVES.move(missing, MissingStatus.GRANTED if grant else MissingStatus.REFUSED)
    missing.decided_at, missing.decided_by, missing.reply = clock.now(), actor.label, reply.strip()
    audit.record(
        actor=actor,
        action=f"missing.{'grant' if grant else 'refuse'}",
        subject=("missing_sale", missing.id),
        reason=reason,
        after={"order": missing.order_number, "editor_id": editor.id},
    )
    if grant:
        refuse_changed(seen, str(current_receipt(missing.order_id).id))
        before, _after = correct_credit(
            actor=actor,
            order_id=missing.order_id,
            editor_id=editor.id,
            reason=reason,
            return_days=return_days,
        )
        if before.editor_id is not None:
            _tell(before.editor_id, "corrected", missing)
    db.session.flush()
    _tell(editor.id, "answered", missing, granted=grant, reply=missing.reply)
    return missing


def _editor(editor_id: int) -> Editor:
    editor = editor_by_id(editor_id)
    if editor is None:
        raise errors.NoSuchMissingSale()
    return editor


def _tell(editor_id: int, letter: str, missing: MissingSale, **values: Any) -> None:
    write_to(editor_id, f"commissions/missing/mail/{letter}.txt", number=missing.order_number, **values)
