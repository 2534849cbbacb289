"""A calendar one can subscribe to (RFC 5545): lines end in CRLF and are folded at 75 octets.

The standard wants at least one component in a calendar. UTC, in which every time is written, stands in it as
its zone: so the calendar of somebody who hosts nothing yet is valid, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from flask_babel import gettext

from editors.membership.models import Editor
from foundation import settings

LINE = 75  # octets, without the end of the line
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})
_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Etc/UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "TZNAME:UTC",
    "END:STANDARD",
    "END:VTIMEZONE",
)


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


def calendar_of(editor: Editor, evenings: Sequence[Evening]) -> str:
    """The calendar in the reader's language."""
    shop = settings.current()
    name = gettext("%(name)s at %(shop)s", name=editor.name, shop=shop.shop_name)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_text(shop.shop_name)}//Vetrina//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        *_ZONE,
        *(line for evening in evenings for line in _event(evening, shop.base_url)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def folded(line: str) -> str:
    """A line as it may stand in a calendar: no more than 75 octets, and no letter cut in two."""
    parts, part, room = [], "", LINE
    for letter in line:
        octets = len(letter.encode())
        if octets > room:
            parts.append(part)
            part, room = "", LINE - 1  # the space that begins the next line counts
        part += letter
        room -= octets
    return "\r\n ".join([*parts, part])


def _event(evening: Evening, base_url: str) -> Iterable[str]:
    host = base_url.partition("://")[2]
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(evening.uid)}@{host}"
    yield f"DTSTAMP:{_moment(evening.changed_at)}"
    yield f"LAST-MODIFIED:{_moment(evening.changed_at)}"
    yield f"DTSTART:{_moment(evening.begins_at)}"
    yield f"DTEND:{_moment(evening.ends_at)}"
    yield f"SUMMARY:{_text(evening.title)}"
    yield f"LOCATION:{_text(evening.where)}"
    if evening.words:
        yield f"DESCRIPTION:{_text(evening.words)}"
    yield f"URL:{base_url}{evening.href}"
    if evening.called_off:
        yield "STATUS:CANCELLED"
    yield "END:VEVENT"


def _text(words: str) -> str:
    # No control signs: a calendar cannot say them, and a line break would begin a property of its own.
    return "".join(sign for sign in words.translate(_ESCAPES) if sign >= " ")


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
