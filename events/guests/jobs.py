from __future__ import annotations

from events.guests import mail, moving
from events.guests.policy import is_quiet, reminder_due
from events.guests.queries import answers_due, events_to_settle, reminders_due
from foundation import clock
from foundation.jobs.queue import defer_many, job
from foundation.mail.queries import refused_among

SETTLE = "guests.settle"
LETTER = "guests.letter"


@job(name="guests.sweep", cron="* * * * *", retries=False)
def sweep() -> None:
    """Every minute: one job for each event with an offer that ended, or a seat free while somebody waits."""
    defer_many(SETTLE, [{"event_id": event_id} for event_id in events_to_settle(clock.now())])


@job(name=SETTLE)
def settle(event_id: int) -> None:
    moving.settle_event(event_id=event_id)


@job(name="guests.remind", cron="*/5 * * * *", retries=False)
def remind() -> None:
    """Every five minutes, but not at night: a week, a day and two hours before."""
    now, letters = clock.now(), []
    due = reminders_due(now)
    # To a mailbox that does not exist nothing is written by itself: host and staff see it on their list.
    nowhere = refused_among({rsvp.email for rsvp in due if rsvp.email})
    for rsvp in due:
        if rsvp.email in nowhere:
            continue
        event = rsvp.event
        kind = reminder_due(event.starts_at - now, now - rsvp.changed_at)
        if kind is not None and not is_quiet(event.local(now)):
            letters.append({"rsvp_id": rsvp.id, "kind": kind, "about": event.sequence})
    defer_many(LETTER, letters)


@job(name=LETTER)
def letter(rsvp_id: int, kind: str, about: int) -> None:
    mail.remind(rsvp_id, kind, about)


@job(name="guests.ask_hosts", cron="30 8 * * *", retries=False)
def ask_hosts() -> None:
    """Every morning: one letter to each host whom somebody waits for, and none when nobody does."""
    for event, number in answers_due(clock.now()):
        mail.ask_host(event, number)


@job(name="guests.forget", cron="41 3 * * *")
def forget() -> None:
    """Every night: what was kept long enough."""
    moving.forget_old()
