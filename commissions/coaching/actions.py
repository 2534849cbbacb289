"""The writers of coaching plans and of what is earned by them, month by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert, update
from sqlalchemy.dialects.postgresql import insert as insert_or_skip

from commissions.bonuses.actions import award_at_once
from commissions.coaching.errors import PlanOver, PlanRuns, RateTooHigh
from commissions.coaching.models import CoachingLine, CoachingMonth, CoachingPlan
from commissions.coaching.policy import HIGHEST_BPS, due_minor, shares
from commissions.coaching.queries import given_minor, nets_of
from commissions.rates.policy import NOTICE
from foundation import clock
from foundation.actors import Actor
from foundation.audit import actions as audit
from foundation.db import db, lock_rows, unless_taken


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft:
    """A plan to be: `cohort_id` None is for those the coach mentors."""

    coach_id: int
    rate_bps: int
    currency: str
    begins: datetime
    reason: str
    cohort_id: int | None = None


def begin_plan(*, actor: Actor, draft: PlanDraft) -> CoachingPlan:
    """Write a plan down. It counts from its first day, never for what was sold before it was written.

    Raises `RateTooHigh`, and `PlanRuns` while another one of the same coach does.
    """
    if not 0 < draft.rate_bps <= HIGHEST_BPS:
        raise RateTooHigh()
    now = clock.now()
    plan = CoachingPlan(
        coach_id=draft.coach_id,
        cohort_id=draft.cohort_id,
        rate_bps=draft.rate_bps,
        currency=draft.currency,
        begins_at=max(now, draft.begins),
        reason=draft.reason,
        created_at=now,
        created_by=actor.label[:200],
    )
    with unless_taken(PlanRuns, "ex_coaching_plans_coach"):
        db.session.add(plan)
        db.session.flush()
    audit.record(
        actor=actor,
        action="coaching.begin",
        subject=("coaching_plan", plan.id),
        after={"coach_id": plan.coach_id, "rate_bps": plan.rate_bps, "from": plan.begins_at.isoformat()},
        reason=plan.reason,
    )
    return plan


def end_plan(*, actor: Actor, plan_id: int, reason: str) -> CoachingPlan:
    """Stop a plan: one that runs thirty days from now, one that has not begun at once. What is sold
    until then counts, and is given when its time to return is over. Raises `PlanOver` when it was ended."""
    (plan,) = lock_rows(CoachingPlan, [plan_id])
    now = clock.now()
    ends = plan.begins_at if plan.begins_at > now else now + NOTICE
    if plan.ends_at is not None:
        raise PlanOver()
    plan.ends_at, plan.end_reason = ends, reason
    db.session.flush()
    audit.record(
        actor=actor,
        action="coaching.end",
        subject=("coaching_plan", plan.id),
        after={"until": ends.isoformat()},
        reason=reason,
    )
    return plan


def close_month(*, actor: Actor, plan_id: int, month: date, until: datetime, name: str, name_it: str) -> bool:
    """Give a coach what all months so far come to, less what was given; whether this was the first time.

    `until` is the moment the month is over. What counts has been through its time to return, so the award is
    payable at once; what comes back later makes the next month's less. The plan is locked before the sales
    are read, and the month is written once, by its constraint.
    """
    (plan,) = lock_rows(CoachingPlan, [plan_id])
    found = shares(nets_of(plan_id, until), plan.rate_bps)
    target, before = sum(one.share_minor for one in found.values()), given_minor(plan_id)
    amount = due_minor(target, before)
    made = db.session.scalars(
        insert_or_skip(CoachingMonth)
        .values(
            plan_id=plan_id,
            month=month,
            target_minor=target,
            before_minor=before,
            amount_minor=amount,
            currency=plan.currency,
            closed_at=clock.now(),
        )
        .on_conflict_do_nothing(index_elements=["plan_id", "month"])
        .returning(CoachingMonth.id)
    ).one_or_none()
    if made is None:
        return False
    if found:
        lines = [
            {
                "month_id": made,
                "learner_id": learner,
                "net_minor": one.net_minor,
                "share_minor": one.share_minor,
            }
            for learner, one in found.items()
        ]
        db.session.execute(insert(CoachingLine), lines)
    if amount:
        award_id = award_at_once(
            actor=actor,
            plan_id=plan_id,
            month=month,
            editor_id=plan.coach_id,
            amount_minor=amount,
            currency=plan.currency,
            name=name,
            name_it=name_it,
        )
        db.session.execute(update(CoachingMonth).where(CoachingMonth.id == made).values(award_id=award_id))
    return True
