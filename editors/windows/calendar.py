"""A calendar one can subscribe to (RFC 5545), written by the library `icalendar`.

The standard wants at least one component in a calendar. UTC, in which every time is written, stands in it as
its zone: so the calendar of somebody who hosts nothing yet is valid, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import icalendar
from flask_babel import gettext

from editors.membership.models import Editor
from foundation import settings

ASKED_AGAIN = timedelta(hours=12)
# The standard wants the beginning of a zone's time without a zone.
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Evening:
    """What somebody hosts in a store, as whoever fills the place `window.events` tells it.

    `uid` stays the same when the evening changes, `changed_at` is when it last did. `href` is on our host.
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


def calendar_of(editor: Editor, evenings: Iterable[Evening]) -> bytes:
    """The calendar in the reader's language."""
    shop = settings.current()
    name = gettext("%(name)s at %(shop)s", name=editor.name, shop=shop.shop_name)
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _readable(f"-//{shop.shop_name}//Vetrina//EN"))
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _readable(name))
    calendar.add("refresh-interval", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add_component(_utc())
    for evening in evenings:
        calendar.add_component(_event(evening, shop.base_url))
    return calendar.to_ical()


def _utc() -> icalendar.Timezone:
    zone, standard = icalendar.Timezone(), icalendar.TimezoneStandard()
    zone.add("tzid", "Etc/UTC")
    standard.add("dtstart", BEGINNING)
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    standard.add("tzname", "UTC")
    zone.add_component(standard)
    return zone


def _event(evening: Evening, base_url: str) -> icalendar.Event:
    host = base_url.partition("://")[2]
    event = icalendar.Event()
    event.add("uid", f"{evening.uid}@{host}")
    event.add("dtstamp", evening.changed_at.astimezone(UTC))
    event.add("last-modified", evening.changed_at.astimezone(UTC))
    event.add("dtstart", evening.begins_at.astimezone(UTC))
    event.add("dtend", evening.ends_at.astimezone(UTC))
    event.add("summary", _readable(evening.title))
    event.add("location", _readable(evening.where))
    if evening.words:
        event.add("description", _readable(evening.words))
    event.add("url", f"{base_url}{evening.href}")
    if evening.called_off:
        event.add("status", "CANCELLED")
    return event


def _readable(words: str) -> str:
    # A calendar cannot say control signs, and strict readers refuse the whole of it for one.
    return "".join(sign for sign in words if sign >= " " or sign == "\n")
