"""A plan put together for its pages: what this month would give, and what the months before gave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from commissions.coaching.models import CoachingMonth, CoachingPlan
from commissions.coaching.policy import Share, due_minor, shares
from commissions.coaching.queries import given_minor, months_of, nets_of, people
from commissions.coaching.words import month_words, whose_sales
from editors.membership.models import Editor
from foundation.money import Money


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan with its learners as they stand now; `now_minor` is what closing the month now would give."""

    plan: CoachingPlan
    whose: str
    lines: Sequence[tuple[Editor, Share]]
    now_minor: int
    given_minor: int
    months: Sequence[tuple[CoachingMonth, str]]

    def as_money(self, minor: int) -> Money:
        return Money(minor, self.plan.currency)


def plan_view(plan: CoachingPlan, now: datetime, *, own: bool = False) -> PlanView:
    """Everything its pages say of a plan. Nothing is written: this is the preview, too."""
    found, given = shares(nets_of(plan.id, now), plan.rate_bps), given_minor(plan.id)
    known = people(list(found))
    lines = [(known[learner], share) for learner, share in found.items() if learner in known]
    return PlanView(
        plan=plan,
        whose=whose_sales(plan, own=own),
        lines=sorted(lines, key=lambda line: (-line[1].share_minor, line[0].id)),
        now_minor=due_minor(sum(one.share_minor for one in found.values()), given),
        given_minor=given,
        months=[(one, month_words(one)) for one in months_of(plan.id)],
    )
