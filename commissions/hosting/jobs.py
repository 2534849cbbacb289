"""When it is certain what an event gives, its host is given it, and told."""

from __future__ import annotations

from commissions.hosting.actions import give_reward
from commissions.hosting.queries import award_of, waiting
from editors.membership.letters import write_to
from foundation import clock
from foundation.actors import Actor
from foundation.db import in_steps, unit_of_work
from foundation.jobs.queue import job

HOUSE = Actor.system("commissions.hosting")


def give_what_is_due() -> int:
    """Every event that is certain by now, each in a step of its own; how many gave something."""
    now = clock.now()
    with unit_of_work():
        due = [one for one in waiting(now) if one.due(now)]
    given = 0
    for one in due:
        with unit_of_work():
            made = give_reward(actor=HOUSE, event=one.hosted.event)
            if made is not None and made.amount_minor:
                given += 1
                write_to(
                    made.editor_id,
                    "commissions/hosting/mail/given.txt",
                    reward=made,
                    rule=one.rule,
                    award=award_of(made),
                )
    return given


@job(name="commissions.hosting", cron="35 * * * *", retries=False)
@in_steps
def look_after_hosts() -> None:
    """Every hour; most find nothing to do."""
    give_what_is_due()
