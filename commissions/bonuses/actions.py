"""The writers of bonuses and of what is earned by them. An award is brought to what its bonus makes of the
editor's sales now, so that it does not matter how often or in which order the news of a sale arrives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as insert_or_skip

from commissions.accruals import policy as accruals
from commissions.accruals.actions import note_payables
from commissions.accruals.policy import COMMISSION_MOVES, CommissionStatus
from commissions.bonuses import policy
from commissions.bonuses.counting import reached, sales_in_days
from commissions.bonuses.errors import BonusOver
from commissions.bonuses.models import Award, AwardEntry, Bonus
from commissions.bonuses.policy import BonusKind, Credited, Goal, State, Whom
from commissions.bonuses.ports import earned_at
from commissions.bonuses.queries import bonuses_at, concerns, paid_and_parties, paid_awards
from commissions.ledger.actions import EntryDraft, post_all, transfer
from commissions.ledger.models import EDITOR_KINDS, AccountKind, EntryKind
from commissions.rates.policy import NOTICE
from editors.membership.letters import write_to
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows
from foundation.jobs.queue import defer
from foundation.money import Money

P = CommissionStatus
GONE_OUT = frozenset({P.PAYABLE, P.PAID})


@dataclass(frozen=True, slots=True)
class BonusDraft:
    """A bonus to be. `goal` and its count are those of a challenge, `event` the key of an event."""

    kind: BonusKind
    name: str
    name_it: str | None
    amount: Money
    begins: datetime
    ends: datetime
    reason: str
    goal: Goal | None = None
    goal_count: int | None = None
    event: str = ""
    whom: Whom = Whom.ALL
    whom_id: int | None = None


def add_bonus(*, actor: Actor, draft: BonusDraft) -> Bonus:
    """Write a bonus down. It counts from its first day, never for what was sold before it was written."""
    now = clock.now()
    bonus = Bonus(
        kind=draft.kind,
        name=draft.name,
        name_it=draft.name_it,
        amount_minor=draft.amount.minor,
        currency=draft.amount.currency,
        goal=draft.goal,
        goal_count=draft.goal_count,
        event=draft.event,
        whom=draft.whom,
        whom_id=draft.whom_id,
        begins_at=max(now, draft.begins),
        ends_at=draft.ends,
        until=draft.ends,
        reason=draft.reason,
        created_at=now,
        created_by=actor.label[:200],
    )
    db.session.add(bonus)
    db.session.flush()
    audit.record(
        actor=actor,
        action="bonuses.add",
        subject=("bonus", bonus.id),
        after={
            "kind": str(bonus.kind),
            "name": bonus.name,
            "amount_minor": bonus.amount_minor,
            "from": bonus.begins_at.isoformat(),
            "until": bonus.until.isoformat(),
        },
        reason=bonus.reason,
    )
    return bonus


def end_bonus(*, actor: Actor, bonus_id: int, reason: str) -> Bonus:
    """Stop a bonus before its last day: one that runs thirty days from now, one that has not begun at once.

    What was earned stays earned. Raises `BonusOver` when that changes nothing.
    """
    (bonus,) = lock_rows(Bonus, [bonus_id])
    now = clock.now()
    ends = bonus.begins_at if bonus.begins_at > now else now + NOTICE
    if bonus.end_reason is not None or bonus.ends_at <= ends:
        raise BonusOver()
    bonus.ends_at, bonus.end_reason = ends, reason
    db.session.flush()
    audit.record(
        actor=actor,
        action="bonuses.end",
        subject=("bonus", bonus.id),
        before={"until": bonus.until.isoformat()},
        after={"until": ends.isoformat()},
        reason=reason,
    )
    defer("bonuses.tell_end", bonus_id=bonus.id)
    return bonus


def settle_sale(*, actor: Actor, order_id: int) -> None:
    """Bring what anybody earns by an order's bonuses to what their sales are now."""
    paid_at, editors = paid_and_parties(order_id)
    bonuses = bonuses_at(paid_at) if paid_at is not None else ()
    if not bonuses:
        return
    for editor_id in editors:
        settle_editor(actor=actor, editor_id=editor_id, bonuses=bonuses)


def settle_editor(*, actor: Actor, editor_id: int, bonuses: Sequence[Bonus]) -> None:
    """Write down what is newly earned, and bring what was earned to where it stands now.

    The awards are locked before the sales are read again: the last of two workers sees what the first saw.
    """
    known = set(
        db.session.scalars(
            select(Award.bonus_id).where(
                Award.editor_id == editor_id, Award.bonus_id.in_([one.id for one in bonuses])
            )
        )
    )
    far = reached(editor_id, bonuses)
    new = [
        (bonus, by)
        for bonus in bonuses
        if bonus.id not in known
        and (by := far[bonus.id].by) is not None
        and concerns(bonus, editor_id, by.paid_at)
    ]
    _write(actor, [_row(bonus, editor_id, by.paid_at, by) for bonus, by in new])
    if not new and not known:
        return
    awards = db.session.scalars(
        select(Award)
        .where(Award.editor_id == editor_id, Award.bonus_id.in_([one.id for one in bonuses]))
        .order_by(Award.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    terms = {one.id: one for one in bonuses}
    far, sales = reached(editor_id, bonuses), sales_in_days(editor_id, bonuses)
    orders = {one.order_id: one for one in sales}
    _note_paid(awards)
    plans = []
    for award in awards:
        found = policy.state(
            terms[award.bonus_id or 0].terms,
            far[award.bonus_id or 0],
            sale=orders.get(award.order_id or 0),
            matured=award.matured_at is not None,
            paid=award.paid_at is not None,
            now=clock.now(),
        )
        plans.append((award, found))
    _carry_out(actor, plans)


def earn_at_events(*, actor: Actor, bonuses: Sequence[Bonus], return_days: int) -> int:
    """Write down what was earned at events; payable `return_days` after it."""
    rows = []
    for bonus in bonuses:
        for one in earned_at(bonus.event):
            if bonus.begins_at <= one.at < bonus.ends_at and concerns(bonus, one.editor_id, one.at):
                row = _row(bonus, one.editor_id, one.at, None)
                rows.append(row | {"due_at": one.at + timedelta(days=return_days)})
    _write(actor, rows)
    return len(rows)


def mature_at_events(*, actor: Actor, award_ids: Sequence[int]) -> None:
    """Make payable what was earned at events long enough ago."""
    due = lock_rows(Award, award_ids)
    _carry_out(actor, [(one, State(P.PAYABLE, None, one.due_at)) for one in due if one.status == P.PENDING])


class ByWhat(TypedDict, total=False):
    """What an award that no bonus made is for: a month of a coaching plan, or an event by a host's rule."""

    plan_id: int
    month: date
    rule_id: int
    event: str


def award_at_once(
    *,
    actor: Actor,
    editor_id: int,
    amount_minor: int,
    currency: str,
    name: str,
    name_it: str,
    **by: Unpack[ByWhat],
) -> int:
    """Book what an editor earned by a month or an event, payable at once; the id of the award.

    Each is given once, by constraint: whoever calls a second time is an error.
    """
    now = clock.now()
    award = Award(
        **by,
        editor_id=editor_id,
        name=name,
        name_it=name_it,
        amount_minor=amount_minor,
        reversed_minor=0,
        currency=currency,
        status=P.PENDING,
        changes=1,
        earned_at=now,
        due_at=now,
    )
    db.session.add(award)
    db.session.flush()
    _post(actor, [(award, _entry(award, EntryKind.ACCRUED, HOUSE, AccountKind.EDITOR_PENDING, 1))])
    _carry_out(actor, [(award, State(P.PAYABLE, None, now))])
    return award.id


def note_paid(*, actor: Actor) -> int:
    """Say of payable awards that a payout has carried them; returns how many."""
    del actor  # the payout itself is in the record of acts
    found = paid_awards()
    _note_paid(lock_rows(Award, list(found)))
    db.session.flush()
    return len(found)


def _note_paid(awards: Sequence[Award]) -> None:
    sent = paid_awards([one.id for one in awards])
    for award in awards:
        if award.id in sent and award.status == P.PAYABLE:
            award.paid_at = sent[award.id]
            COMMISSION_MOVES.move(award, P.PAID)


def _row(bonus: Bonus, editor_id: int, at: datetime, by: Credited | None) -> dict[str, object]:
    return {
        "bonus_id": bonus.id,
        "editor_id": editor_id,
        "order_id": by.order_id if by else None,
        "order_number": by.number if by else None,
        "name": bonus.name,
        "name_it": bonus.name_it,
        "amount_minor": bonus.amount_minor,
        "reversed_minor": 0,
        "currency": bonus.currency,
        "status": P.PENDING,
        "changes": 1,
        "earned_at": at,
        "due_at": by.due_at if by else None,
    }


def _write(actor: Actor, rows: Sequence[dict[str, object]]) -> None:
    """An editor has a bonus once, by constraint: told again, nothing is new."""
    if not rows:
        return
    made = db.session.scalars(
        insert_or_skip(Award).on_conflict_do_nothing().returning(Award), list(rows)
    ).all()
    _post(
        actor, [(one, _entry(one, EntryKind.ACCRUED, HOUSE, AccountKind.EDITOR_PENDING, 1)) for one in made]
    )
    for one in made:
        write_to(one.editor_id, "commissions/bonuses/mail/earned.txt", award=one)


def _carry_out(actor: Actor, plans: Sequence[tuple[Award, State]]) -> None:
    entries: list[tuple[Award, EntryDraft]] = []
    for award, found in plans:
        for step in _steps(award, found):
            entries += _move(award, step)
    _post(actor, entries)
    db.session.flush()


def _steps(award: Award, found: State) -> list[State]:
    """One step, but where another order earns anew what was payable already: it begins again from nothing."""
    other = found.by is not None and found.by.order_id != award.order_id
    if other and award.status in GONE_OUT and found.status not in GONE_OUT:
        return [replace(found, status=P.REVERSED, by=None), found]
    return [found]


def _move(award: Award, found: State) -> list[tuple[Award, EntryDraft]]:
    drafts = []
    left = award.amount_minor if found.stands else 0
    for change in accruals.changes(award.status, award.left_minor, found.status, left):
        award.changes += 1
        debit, credit = (
            HOUSE if kind is AccountKind.HOUSE_COMMISSION else kind for kind in (change.debit, change.credit)
        )
        drafts.append((award, _entry(award, change.kind, debit, credit, award.changes)))
    if found.by is not None and found.by.order_id != award.order_id:
        award.order_id, award.order_number = found.by.order_id, found.by.number
        if found.status not in GONE_OUT:
            award.earned_at, award.matured_at, award.paid_at = found.by.paid_at, None, None
    if award.matured_at is None:
        award.due_at = found.due_at
        award.matured_at = clock.now() if found.status is P.PAYABLE else None
    award.reversed_minor = award.amount_minor - left
    if award.status != found.status:
        COMMISSION_MOVES.move(award, found.status)
    return drafts


HOUSE = AccountKind.HOUSE_BONUS


def _entry(award: Award, kind: EntryKind, debit: AccountKind, credit: AccountKind, number: int) -> EntryDraft:
    return transfer(
        key=f"bonus:{award.id}:{number}",
        kind=kind,
        amount=Money(award.amount_minor, award.currency),
        debit=(debit, award.editor_id if debit in EDITOR_KINDS else None),
        credit=(credit, award.editor_id if credit in EDITOR_KINDS else None),
    )


def _post(actor: Actor, entries: Sequence[tuple[Award, EntryDraft]]) -> None:
    if not entries:
        return
    ids = post_all(actor=actor, entries=[entry for _award, entry in entries])
    db.session.execute(
        insert(AwardEntry),
        [{"entry_id": ids[entry.key], "award_id": award.id} for award, entry in entries],
    )
    note_payables([(ids[entry.key], entry) for _award, entry in entries])
