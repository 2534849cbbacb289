"""An evening that goes on after midnight, in the night the clocks go forward: every page and file means one
moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from events.calendar.deciding import approve_event
from events.calendar.models import Event, EventStatus
from events.calendar.policy import moment_at
from events.calendar.queries import event_by_id
from events.calendar.running import keep_hours, move_event
from events.guests.jobs import remind
from events.guests.queries import rsvp_by_id
from foundation.db import db
from foundation.jobs.draining import drain
from tests.events.conftest import STAFF, TESTS
from tests.events.test_calendar import status
from tests.events.test_calendar_files import of_event
from tests.events.test_door import R, results, saw, tell
from tests.events.test_guests import ask, run

ROME = "Europe/Rome"
# From Saturday, ten at night, to Sunday, four in the morning: five hours, because the clocks leave one out.
STARTS = datetime(2026, 3, 28, 21, 0, tzinfo=UTC)
ENDS = datetime(2026, 3, 29, 2, 0, tzinfo=UTC)
minutes = lambda n: timedelta(minutes=n)  # noqa: E731


def test_an_evening_moved_across_midnight_and_the_change_of_clocks_is_one_moment_everywhere(
    work, proposed, room, client, clock, app, outbox
):
    assert moment_at(datetime(2026, 3, 28, 22, 0), ROME) == STARTS  # noqa: DTZ001
    assert moment_at(datetime(2026, 3, 29, 4, 0), ROME) == ENDS  # noqa: DTZ001
    event_id = proposed(days=26)
    with work():
        approve_event(actor=STAFF, event_id=event_id, room_id=room)
        ada = ask(event_id, "ada")
        slug, before = event_by_id(event_id).slug, event_by_id(event_id).sequence
        assert move_event(
            actor=STAFF, event_id=event_id, starts_at=STARTS, ends_at=ENDS, room_id=room, words="A long night"
        )
    drain(app)
    # The page says both days, its data both distances from UTC.
    page = client.get(f"/events/{slug}").text
    assert '"startDate": "2026-03-28T22:00:00+01:00"' in page
    assert '"endDate": "2026-03-29T04:00:00+02:00"' in page
    assert "22:00 to 04:00 on Sunday" in page
    assert "Torino, CET/CEST" in page
    assert "da 22:00 a 04:00 di domenica" in client.get(f"/events/{slug}?lang=it").text
    (asked,) = [one for one in outbox(to="ada@example.test") if one.subject.startswith("Moved")]
    assert "28 March 2026, 22:00 to " in asked.text
    assert "29 March 2026, 04:00" in asked.text
    # The file means the same, and has a higher number than the one before.
    lines = of_event(client.get(f"/events/{slug}/calendar.ics").data)
    assert lines[f"DTSTART;TZID={ROME}"] == "20260328T220000"
    assert lines[f"DTEND;TZID={ROME}"] == "20260329T040000"
    assert int(lines["SEQUENCE"]) == before + 1
    # The day before falls on ten at night: nothing leaves before the morning; two hours before all the same.
    heard = len(outbox(to="ada@example.test"))
    for moment, letters in (
        (STARTS - timedelta(hours=24), 0),
        (datetime(2026, 3, 28, 6, 59, tzinfo=UTC), 0),
        (datetime(2026, 3, 28, 7, 0, tzinfo=UTC), 1),  # eight on the clock of the store
        (STARTS - timedelta(hours=2), 2),
        (STARTS - timedelta(hours=1), 2),
    ):
        clock.freeze(moment)
        run(app, remind)
        assert len(outbox(to="ada@example.test")) - heard == letters, moment
    assert outbox(to="ada@example.test")[-1].subject.startswith("In two hours")
    # The door opens an hour before, by time that passes, and the evening ends five hours after it began.
    with work():
        ada = rsvp_by_id(ada.id)
        clock.freeze(STARTS - minutes(61))
        assert results(tell(event_id, saw(ada))) == [(R.TOO_EARLY, 0)]
        clock.freeze(STARTS - minutes(60))
        assert results(tell(event_id, saw(ada))) == [(R.OK, 1)]
    for moment, stands in (
        (STARTS, EventStatus.LIVE),
        (ENDS - minutes(1), EventStatus.LIVE),
        (ENDS, EventStatus.CLOSED),
    ):
        clock.freeze(moment)
        with work():
            keep_hours(actor=TESTS)
            assert status(event_id) == stands, moment
    with work():
        event = db.session.get_one(Event, event_id)
        assert event.ends_at - event.starts_at == timedelta(hours=5)
