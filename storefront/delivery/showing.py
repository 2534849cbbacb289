"""Delivery in words: when it arrives, when it lies ready, what it costs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext

from foundation import clock
from foundation.i18n import pick
from foundation.money import Money
from foundation.web.formats import day, hour, money
from storefront.delivery.models import DeliveryMethod, DeliveryZone
from storefront.delivery.policy import Arrival
from storefront.places.showing import country_name


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


def in_short(method: DeliveryMethod, currency: str) -> dict[str, Any]:
    """A way of delivery in a table: what it costs, from which sum on nothing, and within how many days.

    `freed`: whether any sum makes it free, so that the table has to say which.
    """
    price = money(Money(method.price_minor, currency)) if method.price_minor else _("Free")
    if method.bands:
        dearest, cheapest = method.bands[-1], method.bands[0]
        price = _(
            "%(least)s to %(most)s by weight",
            least=money(Money(cheapest.price_minor, currency)),
            most=money(Money(dearest.price_minor, currency)),
        )
    always_free = not method.price_minor and not method.bands
    free_from = _("Always") if always_free else "–"
    if method.free_from_minor is not None and not always_free:
        free_from = money(Money(method.free_from_minor, currency))
    if method.days_from == method.days_to:
        told = ngettext("%(num)s working day", "%(num)s working days", method.days_to + method.handling_days)
    else:
        told = _(
            "%(first)s to %(last)s working days",
            first=method.days_from + method.handling_days,
            last=method.days_to + method.handling_days,
        )
    return {
        "method": method,
        "said": pick(method.words, method.words_it),
        "price": price,
        "free_from": free_from,
        "freed": method.free_from_minor is not None,
        "days": told,
    }


def countries_of(zone: DeliveryZone) -> str:
    """The countries of a zone, by name."""
    return ", ".join(sorted(country_name(one.country) for one in zone.countries))
