"""The lead coaches one editor from the beginning, and the shop pays her for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from commissions.coaching.actions import PlanDraft, begin_plan
from editors.membership.models import Editor
from editors.mentors import actions as mentors
from foundation import clock
from foundation.actors import Actor
from foundation.db import db

BEGAN = 60  # days before today
RATE_BPS = 250


def pay_coaching(owner: Actor, today: datetime, *, coach: int, learner: int) -> None:
    """They agree, and the owner writes the plan; what it gives, the months give."""
    teaches, learns = db.session.get_one(Editor, coach), db.session.get_one(Editor, learner)
    with clock.held_at(today - timedelta(days=BEGAN)):
        asked = mentors.ask(
            actor=Actor.person(learns.account_id, learns.name),
            editor_id=learner,
            handle=teaches.handle,
            to_learn=True,
        )
        mentors.accept(
            actor=Actor.person(teaches.account_id, teaches.name), mentorship_id=asked.id, editor_id=coach
        )
        begin_plan(
            actor=owner,
            draft=PlanDraft(
                coach_id=coach,
                rate_bps=RATE_BPS,
                currency="EUR",
                begins=clock.now(),
                reason="Looks at every draft of those who begin",
            ),
        )
