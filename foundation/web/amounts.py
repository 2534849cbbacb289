"""Fields for percentages, amounts and days, as forms of the staff ask for them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import StopValidation

from foundation import settings
from foundation.money import Money, decimal_text, minor_of, one_of

AMOUNT = _l("Write an amount, such as 15 or 7.50.")
TYPED = re.compile(r"^(\d{1,12})(?:[.,](\d{1,4}))?$", re.ASCII)
HUNDREDTHS = re.compile(r"^(\d{1,6})(?:[.,](\d{1,2}))?$", re.ASCII)


class Hundredths(StringField):
    """A number with up to two decimals, kept as whole hundredths: points of a percent."""

    def hundredths(self) -> int | None:
        """None for an empty field; raises `ValueError` for what is no such number."""
        return typed_hundredths(self.data or "")


def typed_hundredths(typed: str) -> int | None:
    """A number with up to two decimals as whole hundredths, None for nothing; raises `ValueError` for what
    is no such number.
    """
    text = typed.strip()
    if not text:
        return None
    found = HUNDREDTHS.match(text)
    if found is None:
        raise ValueError(typed)
    whole, part = found.groups()
    return int(whole) * 100 + int((part or "").ljust(2, "0"))


class Within:
    """A number from `least` to `most` hundredths, said in the words of the field."""

    field_flags: dict[str, Any] = {}

    def __init__(self, least: int, most: int, message: Any) -> None:
        self.least, self.most, self.message = least, most, message

    def __call__(self, form: FlaskForm, field: Hundredths) -> None:
        try:
            value = field.hundredths()
        except ValueError:
            raise StopValidation(str(self.message)) from None
        if value is not None and not self.least <= value <= self.most:
            raise StopValidation(str(self.message))


class Amount(StringField):
    """An amount in the shop's currency, from `least` to `most` of its minor unit; nothing may be typed, too.

    What is no amount, or finer than the currency, is said in the field's words (`message`).
    """

    def __init__(
        self, label: Any = None, *, most: int, least: int = 0, message: Any = AMOUNT, **named: Any
    ) -> None:
        super().__init__(label, **{"render_kw": {"inputmode": "decimal", "autocomplete": "off"}, **named})
        self.least, self.most, self.message = least, most, message

    def minor(self) -> int | None:
        """In the minor unit, None for an empty field; raises `ValueError` for what is no amount."""
        return typed_minor(self.data or "", settings.current().currency)

    def pre_validate(self, form: Any) -> None:
        try:
            value = self.minor()
        except ValueError:
            raise StopValidation(str(self.message)) from None
        if value is not None and not self.least <= value <= self.most:
            raise StopValidation(str(self.message))

    def show(self, minor: int | None) -> None:
        """Fill the field in as somebody would type the amount: `49.90`, `50`."""
        self.data = typed_as(minor, settings.current().currency)


def typed_as(minor: int | None, currency: str) -> str:
    """An amount as somebody would type it, nothing for None: `49.90`, `50`, `1.250`."""
    if minor is None:
        return ""
    whole, part = divmod(minor, one_of(currency))
    return decimal_text(Money(minor, currency)) if part else str(whole)


def typed_minor(typed: str, currency: str) -> int | None:
    """An amount as somebody types it, in the minor unit of its currency, which may have two decimals or
    none; None for nothing. Raises `ValueError` for what is no amount, or is finer than the currency.
    """
    text = typed.strip()
    if not text:
        return None
    found = TYPED.match(text)
    if found is None:
        raise ValueError(typed)
    whole, part = found.groups()
    try:
        return minor_of(whole, (part or "").rstrip("0"), currency)
    except ValueError:
        raise ValueError(typed) from None


def beginning_of(day: date | None, zone: str) -> datetime | None:
    """When a day begins on the clock of a zone."""
    return datetime.combine(day, time(), ZoneInfo(zone)) if day else None


def end_of(day: date | None, zone: str) -> datetime | None:
    """When a day is over on the clock of a zone: the beginning of the next."""
    return beginning_of(day + timedelta(days=1), zone) if day else None


def first_day_of(moment: datetime | None, zone: str) -> date | None:
    """The day that begins at this moment, or on which it lies."""
    return moment.astimezone(ZoneInfo(zone)).date() if moment else None


def last_day_of(moment: datetime | None, zone: str) -> date | None:
    """The last day before this moment."""
    return first_day_of(moment - timedelta(seconds=1), zone) if moment else None
