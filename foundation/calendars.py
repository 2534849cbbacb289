"""Calendars as files and as feeds (RFC 5545), written by the library `icalendar`.

The standard wants at least one component in a calendar: one without entries says the zone of its times, UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar

from foundation import settings

ASKED_AGAIN = timedelta(hours=12)
# The standard wants the beginning of a zone's time without a zone.
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Entry:
    """What takes place, for a calendar.

    `uid` stays the same for good, `sequence` rises when the time, the place or whether it takes place is
    another, `changed_at` is when anything last was. `time_zone`: the clock that hangs there. `href` is on our
    host.
    """

    uid: str
    title: str
    where: str
    begins_at: datetime
    ends_at: datetime
    changed_at: datetime
    href: str
    words: str = ""
    called_off: bool = False
    time_zone: str = "UTC"
    sequence: int = 0


def calendar_file(entries: Iterable[Entry], *, name: str = "", method: str = "PUBLISH") -> bytes:
    """The entries as a calendar; `name` is what a feed is called by whoever subscribes to it.

    `method`: PUBLISH for what can be read, CANCEL for one that says that its entries do not take place.
    """
    shop, entries = settings.current(), list(entries)
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _readable(f"-//{shop.shop_name}//Vetrina//EN"))
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", _readable(name))
        calendar.add("refresh-interval", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    for zone in _zones(entries):
        calendar.add_component(zone)
    for entry in entries:
        calendar.add_component(_event(entry, shop.base_url))
    return bytes(calendar.to_ical())


def _zones(entries: Sequence[Entry]) -> list[icalendar.Timezone]:
    """The zones of the entries, each with its changes of clocks from the year before to the year after."""
    names = sorted({entry.time_zone for entry in entries} - {"UTC"})
    if not names:
        return [_utc()]
    first = min(entry.begins_at for entry in entries).year - 1
    last = max(entry.ends_at for entry in entries).year + 1
    return [
        icalendar.Timezone.from_tzid(name, first_date=date(first, 1, 1), last_date=date(last, 12, 31))
        for name in names
    ]


def _utc() -> icalendar.Timezone:
    zone, standard = icalendar.Timezone(), icalendar.TimezoneStandard()
    zone.add("tzid", "Etc/UTC")
    standard.add("dtstart", BEGINNING)
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    standard.add("tzname", "UTC")
    zone.add_component(standard)
    return zone


def _event(entry: Entry, base_url: str) -> icalendar.Event:
    host = base_url.partition("://")[2]
    event = icalendar.Event()
    event.add("uid", f"{entry.uid}@{host}")
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("dtstart", _on_the_clock(entry.begins_at, entry.time_zone))
    event.add("dtend", _on_the_clock(entry.ends_at, entry.time_zone))
    event.add("summary", _readable(entry.title))
    event.add("location", _readable(entry.where))
    if entry.words:
        event.add("description", _readable(entry.words))
    event.add("url", f"{base_url}{entry.href}")
    event.add("status", "CANCELLED" if entry.called_off else "CONFIRMED")
    return event


def _on_the_clock(moment: datetime, time_zone: str) -> datetime:
    """A moment on the clock of its zone. Of an hour that comes twice a calendar can only mean the first: the
    second is written in UTC."""
    if time_zone == "UTC":
        return moment.astimezone(UTC)
    local = moment.astimezone(ZoneInfo(time_zone))
    return moment.astimezone(UTC) if local.fold else local


def _readable(words: str) -> str:
    # A calendar cannot say control signs, and strict readers refuse the whole of it for one.
    return "".join(sign for sign in words if sign >= " " or sign == "\n")
