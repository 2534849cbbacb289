"""How money, dates and numbers are written for the reader: one place, one manner, both languages.

English is written the European way (23 November 2026, 18:30), because the shop is. Times are UTC inside;
they are shown in the shop's zone, or in the zone given (a store's own).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, get_currency_symbol
from flask import Flask
from flask_babel import get_locale, get_timezone, gettext, ngettext

from foundation import clock
from foundation.money import Money, decimals_of

REGIONS = {"en": "en_GB", "it": "it_IT"}
MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"
DATES = {
    "short": "d MMM",
    "year": "d MMM y",
    "medium": "d MMMM",
    "long": "d MMMM y",
    "day": "EEEE d MMMM",
    "full": "EEEE d MMMM y",
    "month": "LLLL y",
}
MINUTE, HOUR, DAY = 60, 3600, 86400


def reader_locale() -> Locale:
    """The reader's language with the region whose manners we use."""
    language = (get_locale() or Locale("en")).language
    return Locale.parse(REGIONS.get(language, language))


def money(value: Money | None, *, plus: bool = False, whole: bool = False) -> str:
    """With its currency sign: €121.31, 121,31 €. `plus` signs gains too; `whole` drops empty cents."""
    if value is None:
        return DASH
    major, _digits = _major(value)
    shorten = whole and major == major.to_integral_value()
    text = format_currency(
        major,
        value.currency,
        locale=reader_locale(),
        currency_digits=not shorten,
        format=_without_cents(value.currency) if shorten else None,
    )
    return _signed(text, value.minor, plus=plus)


def amount(value: Money | None, *, plus: bool = False) -> str:
    """Without the sign of its currency, for columns whose head names it: 4.91, −2.95. None is a dash."""
    if value is None:
        return DASH
    number_, digits = _major(value)
    text = format_decimal(
        number_, format="#,##0." + "0" * digits if digits else "#,##0", locale=reader_locale()
    )
    return _signed(text, value.minor, plus=plus)


def number(value: int | Decimal) -> str:
    """A count or a decimal with the reader's separators."""
    return str(format_decimal(value, locale=reader_locale())).replace("-", MINUS)


def tenths(value: int) -> str:
    """A number with one decimal, given in tenths: 43 is 4.3, and 40 is 4.0."""
    return str(format_decimal(Decimal(value) / 10, format="0.0", locale=reader_locale()))


def percent(bps: int) -> str:
    """A rate in basis points: 1200 is 12%, 1250 is 12.5%."""
    text = format_decimal(Decimal(bps) / 100, format="#,##0.##", locale=reader_locale())
    return f"{text}%".replace("-", MINUS)


def day(value: date | datetime | None, style: str = "long", *, zone: str | None = None) -> str:
    """A date: short 22 Nov, year 22 Nov 2026, medium 22 November, long (2026), day (Sunday), full, month."""
    if value is None:
        return DASH
    if isinstance(value, datetime):
        value = value.astimezone(_zone(zone)).date()
    return str(format_date(value, DATES[style], locale=reader_locale()))


def moment(value: datetime | None, style: str = "medium", *, zone: str | None = None) -> str:
    """A date with its time: 22 November, 21:14. Styles as for dates."""
    if value is None:
        return DASH
    pattern = DATES[style] + ", HH:mm"
    return str(format_datetime(value.astimezone(_zone(zone)), pattern, locale=reader_locale()))


def hour(value: datetime, *, zone: str | None = None) -> str:
    """The time of day: 18:30."""
    return str(format_time(value.astimezone(_zone(zone)), "HH:mm", locale=reader_locale()))


def ago(value: datetime, *, now: datetime | None = None) -> str:
    """How long something has waited, short enough for a queue: 25 min, 3 h, 2 days."""
    seconds = max(0, int(((now or clock.now()) - value).total_seconds()))
    if seconds < MINUTE:
        return gettext("just now")
    if seconds < HOUR:
        return gettext("%(count)s min", count=seconds // MINUTE)
    if seconds < DAY:
        return gettext("%(count)s h", count=seconds // HOUR)
    return ngettext("%(num)s day", "%(num)s days", seconds // DAY)


def days_from_today(value: date | datetime, *, now: datetime | None = None) -> str:
    """A near date in words: today, tomorrow, in 5 days, 3 days ago."""
    today = (now or clock.now()).astimezone(_zone(None)).date()
    then = value.astimezone(_zone(None)).date() if isinstance(value, datetime) else value
    distance = (then - today).days
    near = {-1: gettext("yesterday"), 0: gettext("today"), 1: gettext("tomorrow")}
    if distance in near:
        return near[distance]
    if distance > 0:
        return ngettext("in %(num)s day", "in %(num)s days", distance)
    return ngettext("%(num)s day ago", "%(num)s days ago", -distance)


def listed(words: Sequence[object]) -> str:
    """A list as people write it: jacket, blouse and shirt."""
    return str(format_list([str(word) for word in words], locale=reader_locale()))


def currency_sign(currency: str) -> str:
    """The sign of a currency as the reader knows it."""
    return str(get_currency_symbol(currency, locale=reader_locale()))


def iso(value: date | datetime) -> str:
    """For the `datetime` attribute of a `time` element."""
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        money=money,
        amount=amount,
        number=number,
        percent=percent,
        tenths=tenths,
        day=day,
        moment=moment,
        hour=hour,
        ago=ago,
        days_from_today=days_from_today,
        listed=listed,
        iso=iso,
        currency_sign=currency_sign,
        decimals=decimals_of,
    )


def _major(value: Money) -> tuple[Decimal, int]:
    digits = decimals_of(value.currency)
    return Decimal(value.minor).scaleb(-digits), digits


def _without_cents(currency: str) -> str:
    pattern = str(reader_locale().currency_formats["standard"].pattern)
    return pattern.replace("0.00", "0")


def _signed(text: str, minor: int, *, plus: bool) -> str:
    if minor < 0:
        return MINUS + text.replace("-", "").replace(MINUS, "")
    return f"+{text}" if plus and minor > 0 else text


def _zone(name: str | None) -> ZoneInfo:
    return ZoneInfo(name) if name else ZoneInfo(str(get_timezone() or "UTC"))
