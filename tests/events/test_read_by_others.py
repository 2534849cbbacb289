"""What others read of ours: calendars by three libraries that share no code, a ticket by a scanner."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta
from typing import Any

import icalendar
import pytest
import resvg_py
import vobject
import zxingcpp
from ical.calendar_stream import IcsCalendarStream
from PIL import Image

from events.calendar.policy import moment_at
from events.calendar.queries import event_by_id
from events.calendar.running import cancel_event, move_event
from events.feeds.actions import new_address
from foundation.calendars import calendar_file
from foundation.settings import current
from tests.events.conftest import STAFF, TESTS
from tests.events.test_calendar_files import booked, entry
from tests.events.test_guests import ask

__all__ = ["booked"]
Read = dict[str, tuple[Any, ...]]


def by_icalendar(data: bytes) -> Read:
    found = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return {
        str(one["UID"]): (one.start, one.end, str(one["SUMMARY"]), int(one["SEQUENCE"]), str(one["STATUS"]))
        for one in found
    }


def by_ical(data: bytes) -> Read:
    found: Any = IcsCalendarStream.calendar_from_ics(data.decode()).events
    return {one.uid: (one.dtstart, one.dtend, one.summary, one.sequence, one.status.value) for one in found}


def by_vobject(data: bytes) -> Read:
    found = vobject.readOne(data.decode()).vevent_list
    return {
        one.uid.value: (
            one.dtstart.value,
            one.dtend.value,
            one.summary.value,
            int(one.sequence.value),
            one.status.value,
        )
        for one in found
    }


def agreed(data: bytes) -> Read:
    """What all three read alike, times as moments."""
    first, *others = (reader(data) for reader in (by_icalendar, by_ical, by_vobject))
    assert first and all(one == first for one in others), others
    return first


def test_three_readers_agree_on_an_evening_that_moves_and_is_called_off(work, client, booked, host, room):
    with work():
        found = event_by_id(booked)
        file, starts, uid = f"/events/{found.slug}/calendar.ics", found.starts_at, found.uid
    hours = timedelta(hours=2)
    (name,) = agreed(client.get(file).data)
    assert name.startswith(uid)
    assert agreed(client.get(file).data)[name] == (
        starts,
        starts + hours,
        "Cappotti, sciarpe; e perché",
        0,
        "CONFIRMED",
    )
    later = starts + timedelta(days=1)
    with work():
        move_event(
            actor=STAFF, event_id=booked, room_id=room, starts_at=later, ends_at=later + hours, words="Stock"
        )
    assert agreed(client.get(file).data)[name][:2] == (later, later + hours)
    with work():
        cancel_event(actor=STAFF, event_id=booked, words="Water")
    assert agreed(client.get(file).data)[name][3:] == (2, "CANCELLED")


def test_three_readers_agree_on_a_calendar_of_ones_own(work, client, booked, account):
    guest = account("ada@example.test")
    with work():
        ask(booked, "ada", account_id=guest)
        secret, starts = new_address(actor=TESTS, account_id=guest), event_by_id(booked).starts_at
    ((begins, _ends, title, _sequence, _status),) = agreed(
        client.get(f"/evenings/{secret}.ics").data
    ).values()
    assert (begins, title) == (starts, "Cappotti, sciarpe; e perché")


@pytest.mark.parametrize("night", ["2026-03-29", "2026-10-25"])
def test_three_readers_agree_on_the_nights_on_which_clocks_change(app, night):
    begins = moment_at(datetime.fromisoformat(f"{night}T00:30"), "Europe/Rome")
    assert begins is not None
    with app.test_request_context():
        data = calendar_file([entry(begins, begins + timedelta(hours=4), "Europe/Rome")])
    ((starts, ends, *_rest),) = agreed(data).values()
    assert (starts, ends) == (begins, begins + timedelta(hours=4))


@pytest.mark.parametrize("width", [160, 480])
def test_a_scanner_reads_the_code_of_a_ticket_off_its_picture(work, client, booked, app, width):
    with work():
        secret = ask(booked, "ada", 2).secret
    drawn = re.search(r"<svg.*?</svg>", client.get(f"/tickets/{secret}").text.split("ticket__code")[1], re.S)
    assert drawn
    svg = drawn[0].replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    picture = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width))))
    (code,) = zxingcpp.read_barcodes(picture.convert("L"))
    with app.app_context():
        assert code.text == f"{current().base_url}/tickets/{secret}"
    assert str(code.format).replace(" ", "").lower().endswith("qrcode")
