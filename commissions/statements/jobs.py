"""Statements of closed months are written by themselves, and the newest is told of in a letter."""

from __future__ import annotations

from datetime import timedelta

from commissions.statements.actions import Written, write_statements
from editors.membership.letters import write_to
from foundation import clock
from foundation.actors import Actor
from foundation.db import in_steps, unit_of_work
from foundation.jobs.queue import job
from foundation.money import Money
from foundation.settings import current

WRITER = Actor.system("commissions.statements")
BATCH = 200
# A month that ended longer ago is no news any more: a shop that begins to close months writes no old letters.
NEWS_FOR = timedelta(days=40)


def write_all() -> int:
    """Write the statements of every closed month, in transactions of a few hundred; returns how many."""
    done = 0
    while True:
        with unit_of_work():
            written = write_statements(actor=WRITER, limit=BATCH)
            for one in written:
                _tell(one)
        done += len(written)
        if not written:
            return done


def _tell(one: Written) -> None:
    if one.month < clock.today(current().timezone) - NEWS_FOR:
        return
    write_to(
        one.editor_id,
        "commissions/statements/mail/ready.txt",
        month=one.month,
        closing=Money(one.closing_minor, one.currency),
    )


@job(name="commissions.write_statements", cron="27 * * * *", retries=False)
@in_steps
def write_due() -> None:
    """Every hour, ten minutes after months are closed."""
    write_all()
