"""The shop gives hosts something for each guest who comes, long before the first evening."""

from __future__ import annotations

from datetime import datetime, timedelta

from commissions.hosting.actions import RuleDraft, begin_rule
from foundation import clock
from foundation.actors import Actor

BEGAN = 60  # days before today
EACH, MOST = 5_00, 120_00


def reward_hosts(owner: Actor, today: datetime) -> None:
    with clock.held_at(today - timedelta(days=BEGAN)):
        begin_rule(
            actor=owner,
            draft=RuleDraft(
                currency="EUR",
                begins=clock.now(),
                reason="An evening is work, whatever it sells",
                each_minor=EACH,
                most_minor=MOST,
            ),
        )
