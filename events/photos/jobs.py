from __future__ import annotations

from events.guests.policy import is_quiet
from events.photos import mail
from events.photos.forgetting import forget_with_names
from events.photos.queries import evenings_with_late_photos, late_on_photos
from foundation import clock
from foundation.jobs.queue import defer_many, job

LETTER = "photos.late"


@job(name="photos.forget", cron="57 3 * * *")
def forget() -> None:
    """Every night, after names were erased: the photos they are on."""
    forget_with_names()


@job(name="photos.tell", cron="8,23,38,53 * * * *", retries=False)
def tell() -> None:
    """Four times an hour, but not at night: who is on a photo that came after the thanks."""
    now = clock.now()
    by_day = [one.id for one in evenings_with_late_photos(now) if not is_quiet(one.local(now))]
    defer_many(LETTER, [{"rsvp_id": one} for one in late_on_photos(by_day, now)])


@job(name=LETTER)
def letter(rsvp_id: int) -> None:
    mail.tell_of_photo(rsvp_id)
