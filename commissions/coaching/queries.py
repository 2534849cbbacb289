from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, or_, select, text
from sqlalchemy.orm import joinedload, selectinload

from commissions.coaching.errors import NoSuchPlan
from commissions.coaching.models import CoachingLine, CoachingMonth, CoachingPlan
from editors.membership.models import Editor
from foundation.db import db

A_YEAR = timedelta(days=366)

# The net sales of the people of a plan whose time to return was over before a moment, as they are now. A sale
# counts for whoever coached its editor when it was paid; the coach's own never do. Two who share a look have
# each their part: the second is rounded down, the first has what is left.
_NETS = text(
    """
    SELECT c.editor_id,
           sum(CASE WHEN cardinality(c.split) = 1 THEN line.net
                    WHEN c.part = 0 THEN line.net - line.net * c.split[2] / 10000
                    ELSE line.net * c.split[c.part + 1] / 10000 END)::bigint
    FROM coaching_plans plan
    JOIN commissions c ON c.currency = plan.currency AND c.editor_id <> plan.coach_id
    JOIN receipts r ON r.id = c.receipt_id AND r.replaced_at IS NULL
    JOIN orders o ON o.id = c.order_id
    CROSS JOIN LATERAL (
        SELECT (2 * (c.paid_minor - c.refunded_minor) * 10000 + 10000 + c.tax_bps)
               / (2 * (10000 + c.tax_bps)) AS net
    ) line
    WHERE plan.id = :plan AND o.paid_at >= plan.begins_at
      AND (plan.ends_at IS NULL OR o.paid_at < plan.ends_at)
      AND c.matured_at < :until AND c.status <> 'held' AND c.trace -> 'advised' IS NULL
      AND CASE WHEN plan.cohort_id IS NULL THEN EXISTS (
              SELECT FROM mentorships m
              WHERE m.mentor_id = plan.coach_id AND m.learner_id = c.editor_id
                AND m.accepted_at <= o.paid_at AND (m.ended_at IS NULL OR m.ended_at > o.paid_at))
          ELSE EXISTS (
              SELECT FROM cohort_members m
              WHERE m.cohort_id = plan.cohort_id AND m.editor_id = c.editor_id
                AND m.joined_at <= o.paid_at AND (m.left_at IS NULL OR m.left_at > o.paid_at)) END
    GROUP BY c.editor_id ORDER BY c.editor_id
    """
)
# Somebody learns with a coach now who has a plan.
_COACHED = text(
    """
    SELECT plan.id FROM coaching_plans plan
    WHERE plan.begins_at <= :now AND (plan.ends_at IS NULL OR plan.ends_at > :now)
      AND plan.coach_id <> :editor
      AND CASE WHEN plan.cohort_id IS NULL THEN EXISTS (
              SELECT FROM mentorships m WHERE m.mentor_id = plan.coach_id AND m.learner_id = :editor
                AND m.accepted_at IS NOT NULL AND m.ended_at IS NULL)
          ELSE EXISTS (
              SELECT FROM cohort_members m WHERE m.cohort_id = plan.cohort_id AND m.editor_id = :editor
                AND m.left_at IS NULL) END
    ORDER BY plan.id
    """
)


def nets_of(plan_id: int, until: datetime) -> dict[int, int]:
    """Net sales in minor units by learner: of everything that became payable before a moment."""
    rows = db.session.execute(_NETS, {"plan": plan_id, "until": until})
    return {int(row[0]): int(row[1]) for row in rows}


def given_minor(plan_id: int) -> int:
    """What the closed months of a plan have given."""
    total = select(func.coalesce(func.sum(CoachingMonth.amount_minor), 0)).where(
        CoachingMonth.plan_id == plan_id
    )
    return int(db.session.scalars(total).one())


def plan_by_id(plan_id: int) -> CoachingPlan:
    """With its coach and group; raises `NoSuchPlan`."""
    found = db.session.scalars(
        _plans().where(CoachingPlan.id == plan_id).execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NoSuchPlan()
    return found


def every_plan() -> list[tuple[CoachingPlan, int]]:
    """All plans, the newest first, with what each has given in minor units."""
    given = (
        select(func.coalesce(func.sum(CoachingMonth.amount_minor), 0))
        .where(CoachingMonth.plan_id == CoachingPlan.id)
        .scalar_subquery()
    )
    rows = db.session.execute(_plans().add_columns(given).order_by(CoachingPlan.id.desc()))
    return [(row[0], int(row[1])) for row in rows]


def plans_of(coach_id: int) -> Sequence[CoachingPlan]:
    """The plans of a coach, the newest first."""
    return db.session.scalars(
        _plans().where(CoachingPlan.coach_id == coach_id).order_by(CoachingPlan.id.desc())
    ).all()


def plans_about(editor_id: int, now: datetime) -> Sequence[CoachingPlan]:
    """The plans that run now in which what this editor sells counts for somebody who coaches them."""
    ids = db.session.scalars(_COACHED.columns(CoachingPlan.id), {"editor": editor_id, "now": now}).all()
    return db.session.scalars(_plans().where(CoachingPlan.id.in_(ids)).order_by(CoachingPlan.id)).all()


def months_of(plan_id: int) -> Sequence[CoachingMonth]:
    """The closed months of a plan with their learners, the newest first."""
    return db.session.scalars(
        select(CoachingMonth)
        .where(CoachingMonth.plan_id == plan_id)
        .order_by(CoachingMonth.month.desc())
        .options(selectinload(CoachingMonth.lines).joinedload(CoachingLine.learner))
    ).all()


def month_of(plan_id: int, month: date) -> CoachingMonth:
    """A month of a plan that is closed."""
    return db.session.scalars(
        select(CoachingMonth).where(CoachingMonth.plan_id == plan_id, CoachingMonth.month == month)
    ).one()


def plans_to_close(month: date, until: datetime) -> Sequence[int]:
    """Plans that had begun when a month was over and have not been closed for it, up to a year after their
    end: what is sold on their last day becomes payable later."""
    closed = select(CoachingMonth.plan_id).where(CoachingMonth.month == month)
    return db.session.scalars(
        select(CoachingPlan.id)
        .where(
            CoachingPlan.begins_at < until,
            or_(
                CoachingPlan.ends_at.is_(None),
                CoachingPlan.ends_at > until - A_YEAR,
            ),
            CoachingPlan.id.not_in(closed),
        )
        .order_by(CoachingPlan.id)
    ).all()


def people(ids: Collection[int]) -> dict[int, Editor]:
    """Editors by their ids."""
    return {one.id: one for one in db.session.scalars(select(Editor).where(Editor.id.in_(ids)))}


def _plans() -> Select[CoachingPlan]:
    return select(CoachingPlan).options(joinedload(CoachingPlan.coach), joinedload(CoachingPlan.cohort))
