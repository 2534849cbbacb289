from __future__ import annotations

from events.afterwards import forgetting, mail
from events.afterwards.policy import is_thanked
from events.afterwards.queries import evenings_to_thank_for, thanks_due
from foundation import clock
from foundation.jobs.queue import defer_many, job

LETTER = "afterwards.thank"


@job(name="afterwards.thanks", cron="*/5 * * * *", retries=False)
def thanks() -> None:
    """Every five minutes, but not at night: whoever came to an evening that ended four hours ago."""
    now = clock.now()
    by_day = [one.id for one in evenings_to_thank_for(now) if is_thanked(one.ends_at, now, one.local(now))]
    defer_many(LETTER, [{"rsvp_id": one} for one in thanks_due(by_day)])


@job(name=LETTER)
def letter(rsvp_id: int) -> None:
    mail.thank(rsvp_id)


@job(name="afterwards.forget", cron="53 3 * * *")
def forget() -> None:
    """Every night, after names were erased: their words."""
    forgetting.forget_with_names()
