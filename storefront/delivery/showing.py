"""Delivery in words: when it arrives, when it lies ready, what it costs."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from foundation import clock
from foundation.web.formats import day, hour
from storefront.delivery.policy import Arrival


def brought_on(arrival: Arrival) -> str:
    """`Arrives Tuesday 24 November`, or between two days; empty when nothing was promised."""
    return arrives(arrival.first, arrival.last)


def arrives(first: date | None, last: date | None) -> str:
    """The same of the two days."""
    if first is None or last is None:
        return ""
    if first == last:
        return _("Arrives %(day)s", day=day(last, "day"))
    return _("Arrives between %(first)s and %(last)s", first=day(first, "day"), last=day(last, "day"))


def ready_words(ready: datetime | None, zone: str) -> str:
    """`Today from 15:00.` on the clock of the store; a store that does not open says so."""
    if ready is None:
        return _("We write when it lies ready.")
    today = clock.now().astimezone(ZoneInfo(zone)).date()
    then = ready.astimezone(ZoneInfo(zone)).date()
    time = hour(ready, zone=zone)
    if then == today:
        return _("Today from %(time)s.", time=time)
    if (then - today).days == 1:
        return _("Tomorrow from %(time)s.", time=time)
    return _("%(day)s from %(time)s.", day=day(then, "day"), time=time)
