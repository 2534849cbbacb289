from __future__ import annotations

from editors.following.actions import write_letter
from editors.following.queries import letters_due
from foundation import clock
from foundation.jobs.queue import defer_many, job

LETTER = "following.letter"


@job(name="following.letters", cron="30 7 * * 5")
def letters() -> None:
    """On Friday morning: one job for each person there is something to tell."""
    defer_many(LETTER, [{"account_id": account_id} for account_id in letters_due(clock.now())])


@job(name=LETTER)
def letter(account_id: int) -> None:
    write_letter(account_id=account_id)
