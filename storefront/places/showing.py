"""What the pages of a place show: its hours in words, its standing now, and what machines read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import orjson
from babel import Locale
from babel.dates import get_day_names
from flask_babel import get_locale, gettext
from markupsafe import Markup

from foundation.web import formats
from storefront.places.models import Place, SpecialDay
from storefront.places.policy import Hours, Span, Standing, clock_time, standing

ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Days with other hours are told this long before.
TOLD_AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class DayView:
    """One line of the week: the weekday, its hours, whether it is today there."""

    name: str
    spans: Sequence[Span]
    today: bool


@dataclass(frozen=True)
class StoreView:
    """A store with everything its pages say; `now` is the time on the clock that hangs there."""

    place: Place
    says: str
    tone: str
    country: str
    week: Sequence[DayView]
    special: Sequence[SpecialDay]
    now: str

    @property
    def path(self) -> str:
        return f"/stores/{self.place.slug}"

    def spans_of(self, special: SpecialDay) -> Sequence[Span]:
        """The hours of one of its special days; none when it is closed."""
        return spans_of(special)

    @property
    def directions(self) -> str | None:
        """A map of the place on the free map of the world; the page itself asks nobody else."""
        if self.place.latitude is None or self.place.longitude is None:
            return None
        where = f"{self.place.latitude:f}", f"{self.place.longitude:f}"
        return f"https://www.openstreetmap.org/?mlat={where[0]}&mlon={where[1]}#map=17/{where[0]}/{where[1]}"


def hours_of(place: Place) -> Hours:
    """The hours of a place whose rows are loaded."""
    week: dict[int, list[Span]] = {}
    for row in place.hours:
        week.setdefault(row.weekday, []).append(Span(row.opens, row.closes))
    return Hours(week, {special.day: spans_of(special) for special in place.special_days})


def spans_of(special: SpecialDay) -> tuple[Span, ...]:
    """The hours of one special day; none when it is closed."""
    if special.opens is None or special.closes is None:
        return ()
    return (Span(special.opens, special.closes),)


def store_view(place: Place, now: datetime) -> StoreView:
    """What to say of a store at a moment."""
    hours, local = hours_of(place), place.local(now)
    stands, today = standing(hours, local), local.date()
    return StoreView(
        place=place,
        says=standing_words(stands, today),
        tone="good" if stands.is_open else "",
        country=country_name(place.country),
        week=[
            DayView(name, hours.week.get(weekday, ()), weekday == today.weekday())
            for weekday, name in enumerate(weekday_names())
        ],
        special=[one for one in place.special_days if today <= one.day <= today + TOLD_AHEAD],
        now=clock_time(local.hour * 60 + local.minute),
    )


def standing_words(stands: Standing, today: date) -> str:
    """`Open until 19:30`, `Opens tomorrow at 10:00`."""
    if stands.until is not None:
        return gettext("Open until %(time)s", time=clock_time(stands.until))
    if stands.next_day is None or stands.next_time is None:
        return gettext("Closed for now")
    time = clock_time(stands.next_time)
    ahead = (stands.next_day - today).days
    if ahead == 0:
        return gettext("Closed, opens at %(time)s", time=time)
    if ahead == 1:
        return gettext("Closed, opens tomorrow at %(time)s", time=time)
    if ahead < 7:
        return gettext(
            "Closed, opens on %(day)s at %(time)s", day=weekday_names()[stands.next_day.weekday()], time=time
        )
    return gettext(
        "Closed, opens on %(day)s at %(time)s", day=formats.day(stands.next_day, "medium"), time=time
    )


def weekday_names() -> list[str]:
    """Monday to Sunday in the reader's language."""
    names = get_day_names("wide", locale=formats.reader_locale())
    return [names[weekday] for weekday in range(7)]


def country_name(code: str) -> str:
    return str((get_locale() or Locale("en")).territories.get(code, code))


def store_data(view: StoreView, base_url: str) -> Markup:
    """schema.org of a store for search engines. Signs that could end the script element are escapes."""
    place = view.place
    document: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": ["LocalBusiness", "ClothingStore"],
        "name": place.name,
        "url": base_url + view.path,
        "description": place.said,
        "telephone": place.phone,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": place.street,
            "postalCode": place.postcode,
            "addressLocality": place.city,
            "addressRegion": place.province,
            "addressCountry": place.country,
        },
        "openingHoursSpecification": [
            _hours(span, dayOfWeek=f"https://schema.org/{ENGLISH_DAYS[row.weekday]}")
            for row in place.hours
            for span in (Span(row.opens, row.closes),)
        ]
        + [
            _hours(span, validFrom=one.day.isoformat(), validThrough=one.day.isoformat())
            for one in view.special
            for span in spans_of(one) or (Span(0, 0),)
        ],
    }
    if place.latitude is not None and place.longitude is not None:
        document["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": f"{place.latitude:f}",
            "longitude": f"{place.longitude:f}",
        }
    text = orjson.dumps({key: value for key, value in document.items() if value}).decode()
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _hours(span: Span, **more: str) -> dict[str, str]:
    """One line for machines; opening and closing at the same minute is their way of saying closed."""
    closes = "23:59" if span.closes == 24 * 60 else clock_time(span.closes)
    return {"@type": "OpeningHoursSpecification", "opens": clock_time(span.opens), "closes": closes, **more}
