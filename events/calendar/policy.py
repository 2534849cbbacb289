"""When an event may take place: arithmetic on moments and on the clock of the store."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from storefront.places.models import Place
from storefront.places.policy import DAY, Hours
from storefront.places.showing import hours_of

# What nobody may write into a link: it stands in letters and calendars.
_SIGN = r"[^\s<>\"'()\[\]\\`{}|^]"
_LINK = re.compile(rf"https://[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{{1,5}})?([/?]{_SIGN}*)?", re.IGNORECASE)
SHORTEST = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
# What a store needs between a proposal and its evening.
NOTICE = timedelta(days=1)
# A store may stay open for its guests this long after it closes to everybody, or open as much before.
AROUND_HOURS = timedelta(hours=3)


def moment_at(wall: datetime, time_zone: str) -> datetime | None:
    """The moment a clock of that zone shows `wall` (naive); None for an hour that does not exist there.

    In the night the clocks go back an hour exists twice: the first of the two is meant.
    """
    moment = wall.replace(tzinfo=ZoneInfo(time_zone), fold=0).astimezone(UTC)
    shown = moment.astimezone(ZoneInfo(time_zone)).replace(tzinfo=None)
    return moment if shown == wall else None


def sensible_length(starts_at: datetime, ends_at: datetime) -> bool:
    """Half an hour to twelve hours, as time passes: a night with a change of clocks counts what it lasts."""
    return SHORTEST <= ends_at - starts_at <= LONGEST


def within_hours(hours: Hours, starts: datetime, ends: datetime) -> bool:
    """Whether the store lets people in: an event touches a day on which the store opens, and lies no further
    than three hours outside of its hours. `starts` and `ends` are on the clock of the store.

    A pause at noon does not count: whoever works in the store is there.
    """
    spans = hours.on(starts.date())
    if not spans:
        return False
    midnight = starts.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    opens = midnight + timedelta(minutes=spans[0].opens) - AROUND_HOURS
    closes = midnight + timedelta(minutes=min(spans[-1].closes, DAY)) + AROUND_HOURS
    return opens <= starts.replace(tzinfo=None) and ends.replace(tzinfo=None) <= closes


def open_around(place: Place, starts_at: datetime, ends_at: datetime) -> bool:
    """The same of a store whose hours are loaded, by the hours it has now."""
    hours = hours_of(place)
    return place.closed_at is None and within_hours(hours, place.local(starts_at), place.local(ends_at))


def is_joining_link(text: str) -> bool:
    """Whether people can join by it: https, a host with a dot, and no sign that breaks a letter."""
    return _LINK.fullmatch(text) is not None


def course_of(text: str) -> list[tuple[str, str]]:
    """`18:30 Coats off` a line each, as time and words; a line without a time has an empty one."""
    lines = []
    for line in text.splitlines():
        first, _, rest = line.strip().partition(" ")
        timed = ":" in first and first.replace(":", "").isdigit()
        if line.strip():
            lines.append((first, rest.strip()) if timed and rest.strip() else ("", line.strip()))
    return lines
