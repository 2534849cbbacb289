"""Noticing, holding, answering, deciding. A hold begins by the rule and ends by a person, never by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select, true
from sqlalchemy.dialects.postgresql import insert as insert_or_skip

from commissions.accruals.correcting import correct_credit
from commissions.accruals.holding import hold_sale, release_sale
from commissions.claims.errors import AlreadyTheirs
from commissions.holds.errors import HeldAlready
from commissions.holds.models import HoldSource
from commissions.signals import errors
from commissions.signals.models import CASE_MOVES, OPEN, Case, CaseStatus, LookedSale, Noticed
from commissions.signals.policy import Kind, Signal, Thresholds, Verdict, about, verdict
from commissions.signals.queries import earns_by, open_holds, standing_kinds, unpaid_orders
from editors.membership.letters import write_to
from editors.membership.queries import editor_by_id
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows

# What staff found to be nothing does not come back by the same signal: of a sale never, of an editor not for
# this long.
SETTLED_FOR = timedelta(days=90)


def note_looked(*, traces: Sequence[tuple[int, bytes | None, bytes | None]]) -> None:
    """Write down which orders were looked at, each with what is kept of its card and mailbox."""
    if not traces:
        return
    now = clock.now()
    db.session.execute(
        insert_or_skip(LookedSale).on_conflict_do_nothing(),
        [{"order_id": one, "card": card, "mail": mail_, "looked_at": now} for one, card, mail_ in traces],
    )


def note(
    *,
    actor: Actor,
    editor_id: int,
    order_id: int | None,
    order_number: str | None,
    signals: Sequence[Signal],
    limits: Thresholds,
    return_days: int,
) -> Case | None:
    """Write down what was noticed of a sale, or (without an order) of all that came by an editor.

    A sale is held with what stands against its editor counted in; alone that opens no case of a sale. What
    staff have decided on before opens nothing again. Noticed twice, by whichever worker, it is there once.
    """
    settled = _settled(editor_id, order_id)
    fresh = [one for one in signals if one.kind not in settled]
    if not fresh:
        return None
    case, known = _open_case(editor_id, order_id, order_number)
    new = [one for one in fresh if one.kind not in known]
    now = clock.now()
    for one in new:
        db.session.add(Noticed(case_id=case.id, kind=one.kind, evidence=dict(one.evidence), found_at=now))
    db.session.flush()
    if new:
        audit.record(
            actor=actor,
            action="signals.notice",
            subject=("signal_case", case.id),
            after={"editor_id": editor_id, "order": order_number, "kinds": [one.kind.value for one in new]},
        )
    kinds = known | {one.kind for one in new}
    if order_id is not None:
        kinds |= standing_kinds([editor_id]).get(editor_id, (set(), False))[0]
    several = case.status == CaseStatus.FLAGGED and verdict(kinds, limits) is Verdict.HOLD
    if several and unpaid_orders(editor_id, order_id):
        _hold(actor, case, kinds, return_days)
    return case


def hold(*, actor: Actor, case_id: int, reason: str, return_days: int) -> Case:
    """Staff hold what was only flagged, with a reason for their colleagues; the editor is written to.

    Raises `CaseDecided`, `OwnCase`, `WordsNeeded`, and `NothingWaits` when all of it was paid out.
    """
    case = _undecided(actor, case_id, reason)
    if case.status == CaseStatus.HELD:
        return case
    if not unpaid_orders(case.editor_id, case.order_id):
        raise errors.NothingWaits()
    _hold(actor, case, _kinds(case.id), return_days, reason=reason)
    return case


def join_held(*, actor: Actor, editor_id: int, return_days: int) -> int:
    """Hold also what came since all of an editor's sales were held; how many orders that were."""
    case = db.session.scalars(
        select(Case).where(
            Case.editor_id == editor_id, Case.order_id.is_(None), Case.status == CaseStatus.HELD
        )
    ).one_or_none()
    return 0 if case is None else _lay_holds(actor, case, _kinds(case.id), return_days)


def answer(*, actor: Actor, case_id: int, editor_id: int, words: str) -> Case:
    """What the editor says to a hold; again as long as nobody has decided.

    Raises `NoSuchCase` for a case that is not theirs or was never held, and `CaseDecided`.
    """
    locked = lock_rows(Case, [case_id])
    if not locked or locked[0].editor_id != editor_id or locked[0].held_at is None:
        raise errors.NoSuchCase()
    (case,) = locked
    if not case.waits:
        raise errors.CaseDecided()
    case.answer, case.answered_at = words.strip()[:1000], clock.now()
    db.session.flush()
    audit.record(actor=actor, action="signals.answer", subject=("signal_case", case.id))
    return case


def release(*, actor: Actor, case_id: int, reply: str, reason: str, return_days: int) -> Case:
    """Nothing was wrong: what was held goes on where it stood. `reply` is what the editor reads.

    Raises `CaseDecided` when somebody decided first, `OwnCase` and `WordsNeeded`.
    """
    case = _undecided(actor, case_id, reason)
    _close(actor, case, CaseStatus.RELEASED, reply, reason, return_days)
    return case


def reverse(*, actor: Actor, case_id: int, reply: str, reason: str, return_days: int) -> Case:
    """It was wrong: the sale, or every held sale of the editor, is credited to nobody any more.

    A second decision beside the first on each receipt; what was paid out already becomes a debt. Raises as
    `release` does.
    """
    case = _undecided(actor, case_id, reason)
    orders = (
        [case.order_id]
        if case.order_id is not None
        else [one.order_id for one in open_holds(case.editor_id, None)]
    )
    for order_id in orders:
        if not earns_by(case.editor_id, order_id):
            continue  # corrected meanwhile: it is somebody else's
        try:
            correct_credit(
                actor=actor, order_id=order_id, editor_id=None, reason=reason, return_days=return_days
            )
        except AlreadyTheirs:
            continue
    _close(actor, case, CaseStatus.REVERSED, reply, reason, return_days)
    return case


def _open_case(editor_id: int, order_id: int | None, order_number: str | None) -> tuple[Case, set[Kind]]:
    """The open case, locked, with what is noticed in it; made when there is none."""
    db.session.execute(
        insert_or_skip(Case)
        .values(
            editor_id=editor_id,
            order_id=order_id,
            order_number=order_number,
            status=CaseStatus.FLAGGED,
            opened_at=clock.now(),
        )
        .on_conflict_do_nothing()
    )
    same = Case.order_id == order_id if order_id is not None else Case.order_id.is_(None)
    case = db.session.scalars(
        select(Case)
        .where(Case.editor_id == editor_id, same, Case.status.in_(OPEN))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    return case, _kinds(case.id)


def _kinds(case_id: int) -> set[Kind]:
    found = db.session.scalars(select(Noticed.kind).where(Noticed.case_id == case_id))
    return {Kind(kind) for kind in found}


def _settled(editor_id: int, order_id: int | None) -> set[Kind]:
    """What staff have decided on of the same sale or, lately, of the same editor."""
    same = Case.order_id == order_id if order_id is not None else Case.order_id.is_(None)
    lately = true() if order_id is not None else Case.decided_at > clock.now() - SETTLED_FOR
    found = db.session.scalars(
        select(Noticed.kind)
        .join(Case, Case.id == Noticed.case_id)
        .where(Case.editor_id == editor_id, same, lately, Case.status.not_in(OPEN))
    )
    return {Kind(kind) for kind in found}


def _hold(actor: Actor, case: Case, kinds: set[Kind], return_days: int, *, reason: str | None = None) -> None:
    CASE_MOVES.move(case, CaseStatus.HELD)
    case.held_at = clock.now()
    db.session.flush()
    _lay_holds(actor, case, kinds, return_days)
    audit.record(
        actor=actor,
        action="signals.hold",
        subject=("signal_case", case.id),
        reason=reason,
        after={"editor_id": case.editor_id, "order": case.order_number},
    )
    _tell(case, "held", reason=str(about(kinds)))


def _lay_holds(actor: Actor, case: Case, kinds: set[Kind], return_days: int) -> int:
    laid = 0
    words = "signals: " + ", ".join(kind.value for kind in Kind if kind in kinds)
    already = {one.order_id for one in open_holds(case.editor_id, None)}
    for order_id, number in unpaid_orders(case.editor_id, case.order_id):
        if order_id in already:
            continue
        try:
            hold_sale(
                actor=actor,
                order_id=order_id,
                order_number=number,
                editor_id=case.editor_id,
                source=HoldSource.FRAUD,
                reason=about(kinds),
                words=words,
                return_days=return_days,
                tell=False,
            )
        except HeldAlready:
            continue
        laid += 1
    return laid


def _undecided(actor: Actor, case_id: int, reason: str) -> Case:
    if not reason.strip():
        raise errors.WordsNeeded()
    locked = lock_rows(Case, [case_id])
    if not locked:
        raise errors.NoSuchCase()
    (case,) = locked
    if not case.waits:
        raise errors.CaseDecided()
    editor = editor_by_id(case.editor_id)
    if editor is not None and actor.account_id == editor.account_id:
        raise errors.OwnCase()
    return case


def _close(actor: Actor, case: Case, end: CaseStatus, reply: str, reason: str, return_days: int) -> None:
    """Let go of the holds and write down the decision. Who never knew of it is not told of a release."""
    told = case.held_at is not None or end is CaseStatus.REVERSED
    if told and not reply.strip():
        raise errors.WordsNeeded()
    holds = open_holds(case.editor_id, case.order_id)
    CASE_MOVES.move(case, end)
    case.decided_at, case.decided_by = clock.now(), actor.label[:200]
    case.reply = reply.strip()[:1000] or None
    db.session.flush()
    whole = (
        case.order_id is not None and standing_kinds([case.editor_id]).get(case.editor_id, (set(), False))[1]
    )
    for one in holds:
        if whole and end is CaseStatus.RELEASED:
            break  # all of this editor's sales are held still
        release_sale(actor=actor, hold_id=one.id, reason=reason, return_days=return_days, tell=False)
    audit.record(
        actor=actor,
        action=f"signals.{'release' if end is CaseStatus.RELEASED else 'reverse'}",
        subject=("signal_case", case.id),
        reason=reason,
        after={"editor_id": case.editor_id, "order": case.order_number, "orders": len(holds)},
    )
    if told:
        _tell(
            case,
            "decided",
            released=end is CaseStatus.RELEASED,
            reply=case.reply,
            told=case.held_at is not None,
        )


def _tell(case: Case, letter: str, **values: Any) -> None:
    template = f"commissions/signals/mail/{letter}.txt"
    write_to(case.editor_id, template, number=case.order_number, case_id=case.id, **values)
