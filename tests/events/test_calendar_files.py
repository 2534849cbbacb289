"""Calendars that are carried away: read by a library, and by a reader of ours that forgives nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import icalendar
import pytest

from events.calendar.actions import EventWords, draft_event, propose_event, reword_event
from events.calendar.deciding import approve_event
from events.calendar.policy import moment_at
from events.calendar.queries import event_by_id
from events.calendar.running import cancel_event, move_event
from foundation.calendars import Entry, calendar_file
from tests.events.conftest import STAFF, TESTS, evening

# A name, its parameters, a value without control signs: what the standard calls a content line.
LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^;:,\"]+)*):([^\x00-\x08\x0a-\x1f\x7f]*)")


def strictly(data: bytes) -> list[tuple[str, str, str]]:
    """The lines of a calendar as (component, name with parameters, value). Breaks at anything but the letter
    of the standard: ends of lines, 75 octets, no sign torn in two, components that close, names said once."""
    assert data.endswith(b"\r\n")
    raw = data[:-2].split(b"\r\n")
    assert all(b"\r" not in line and b"\n" not in line and 0 < len(line) <= 75 for line in raw)
    lines: list[str] = []
    for line in raw:
        text = line.decode()  # no sign is torn in two
        if text.startswith(" "):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    within, said, found = list[str](), list[set[str]](), []
    for whole in lines:
        match = LINE.fullmatch(whole)
        assert match, whole
        name, parameters, value = match.groups()
        if name == "BEGIN":
            within.append(value)
            said.append(set())
        elif name == "END":
            assert within.pop() == value
            said.pop()
        else:
            assert within
            assert name not in said[-1], f"{name} twice"
            said[-1].add(name)
            found.append(("/".join(within), name + parameters, value))
    assert within == []
    return found


def of_event(data: bytes) -> dict[str, str]:
    return {name: value for where, name, value in strictly(data) if where == "VCALENDAR/VEVENT"}


@pytest.fixture
def booked(work, host, store, room) -> int:
    with work():
        event = draft_event(
            actor=TESTS,
            editor_id=host,
            draft=evening(store, title="Cappotti, sciarpe; e perché", words="Ä" * 90 + "\nEND:VEVENT"),
        )
        propose_event(actor=TESTS, editor_id=host, event_id=event.id)
        approve_event(actor=STAFF, event_id=event.id, room_id=room)
        return event.id


def test_the_file_follows_what_moves_and_nothing_else(work, client, booked, host, room):
    with work():
        found = event_by_id(booked)
        page, starts = f"/events/{found.slug}", found.starts_at
    answer = client.get(f"{page}/calendar.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"].endswith('.ics"')
    first = of_event(answer.data)
    assert first["SUMMARY"] == "Cappotti\\, sciarpe\\; e perché"
    assert first["LOCATION"] == "Via Lagrange 12\\, 10123 Torino"
    assert first["DTSTART;TZID=Europe/Rome"] == starts.strftime("%Y%m%dT180000")
    assert (first["SEQUENCE"], first["STATUS"]) == ("0", "CONFIRMED")
    assert first["URL"].endswith(page)
    assert first["DESCRIPTION"].startswith("Ä" * 90 + "\\nEND:VEVENT\\n\\n18:00 Coats off")
    with work():
        reword_event(
            actor=TESTS, editor_id=host, event_id=booked, words=EventWords(title="Cappotti, sciarpe e perché")
        )
        move_event(
            actor=STAFF,
            event_id=booked,
            room_id=room,
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            words="Nothing",
        )
    worded = of_event(client.get(f"{page}/calendar.ics").data)
    assert (worded["SEQUENCE"], worded["UID"]) == ("0", first["UID"])
    assert worded["SUMMARY"] != first["SUMMARY"]
    with work():
        later = starts + timedelta(days=1)
        move_event(
            actor=STAFF,
            event_id=booked,
            room_id=room,
            starts_at=later,
            ends_at=later + timedelta(hours=2),
            words="Stock",
        )
    moved = of_event(client.get(f"{page}/calendar.ics").data)
    assert (moved["SEQUENCE"], moved["UID"]) == ("1", first["UID"])
    with work():
        cancel_event(actor=STAFF, event_id=booked, words="Water")
    gone = client.get(f"{page}/calendar.ics?lang=it").data
    assert ("VCALENDAR", "METHOD", "CANCEL") in strictly(gone)
    off = of_event(gone)
    assert (off["SEQUENCE"], off["STATUS"], off["UID"]) == ("2", "CANCELLED", first["UID"])
    assert off["DESCRIPTION"].startswith("Annullata: questa serata non si fa.")


def entry(starts: datetime, ends: datetime, zone: str, **more: object) -> Entry:
    values = {
        "uid": f"e-{starts:%Y%m%d%H%M}-{zone}",
        "title": "Night",
        "where": "Torino",
        "href": "/events/x",
    }
    return Entry(
        begins_at=starts,
        ends_at=ends,
        changed_at=starts,
        time_zone=zone,
        **values | more,  # type: ignore[arg-type]
    )


def test_a_night_on_which_the_clocks_change_is_told_by_the_clock_of_the_store(app):
    wall = datetime.fromisoformat
    entries = [
        entry(moment_at(wall(starts), zone), moment_at(wall(ends), zone), zone)
        for starts, ends, zone in (
            ("2026-10-24 22:30", "2026-10-25 03:30", "Europe/Rome"),
            ("2026-10-25 02:30", "2026-10-25 04:00", "Europe/Rome"),
            ("2026-03-28 23:00", "2026-03-29 03:15", "Europe/Rome"),
            ("2027-03-27 23:00", "2027-03-28 03:15", "Europe/London"),
            ("2026-07-01 18:30", "2026-07-01 20:30", "Asia/Tokyo"),
        )
    ]
    # Half past two for the second time: a calendar could only mean the first.
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    entries.append(entry(second, second + timedelta(hours=1), "Europe/Rome"))
    with app.test_request_context():
        data = calendar_file(entries, name="Nights")
    zones = {value for where, name, value in strictly(data) if name == "TZID"}
    assert zones == {"Europe/Rome", "Europe/London", "Asia/Tokyo"}
    read = icalendar.Calendar.from_ical(data)
    for one, was in zip(read.events, entries, strict=True):
        assert one.start.astimezone(UTC) == was.begins_at
        assert one.end.astimezone(UTC) == was.ends_at
    # The file's own rules, without any knowledge of zones on the reader's machine, say the same.
    rome = next(one for one in read.timezones if one.tz_name == "Europe/Rome").to_tz(lookup_tzid=False)
    for moment, hours in (((2026, 10, 24, 22), 2), ((2026, 10, 25, 4), 1), ((2026, 3, 29, 4), 2)):
        assert rome.utcoffset(datetime(*moment)) == timedelta(hours=hours)  # noqa: DTZ001
    assert b"DTSTART:20261025T013000Z" in data


def test_a_list_of_nothing_is_a_calendar_too(app):
    with app.test_request_context():
        lines = strictly(calendar_file([], name="Nothing yet"))
    assert ("VCALENDAR", "X-WR-CALNAME", "Nothing yet") in lines
    assert not [one for one in lines if one[0] == "VCALENDAR/VEVENT"]
