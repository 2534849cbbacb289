"""What forms have in common: how their text is trimmed, what one line may hold, and how they are refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, DateTimeLocalField, IntegerField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.form import BaseForm
from wtforms.validators import Regexp, StopValidation, ValidationError

from foundation import days
from foundation.web.numbers import MOST_DIGITS

REFUSED = 422  # the status of a page that shows a form again, with what is wrong beside each field

NO_CONTROLS = Regexp(r"^[^\x00-\x1f\x7f]*$", message=_l("Please write it in one line."))


def choice(value: str, label: Any) -> SelectChoice:
    """A choice whose words are said in the language of whoever reads."""
    return SelectChoice(value, label)


class _OneOf(SelectField):
    """What is on offer and nothing else. The library lets a few spaces pass as nothing where nothing will do,
    whatever is on offer: `Optional` forgets the refusal it finds.
    """

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Choose one from the list.")) from None

    def pre_validate(self, form: BaseForm) -> None:
        if self.process_errors:
            raise StopValidation()
        try:
            super().pre_validate(form)
        except ValidationError:
            if not self.raw_data or not self.raw_data[0]:
                raise  # nothing was sent: a validator knows whether that will do, and what to say
            raise StopValidation(_("Choose one from the list.")) from None


class Select(_OneOf):
    """One of a list; see `_OneOf`."""


class Radios(_OneOf, RadioField):
    """One of a few, all in sight; see `_OneOf`."""


def a_key(value: Any) -> int:
    """The key of a choice; 0, which nothing has, for what is none."""
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS else 0


def stripped(text: str | None) -> str | None:
    """One line: outer spaces gone, one space between words. Nothing stays nothing."""
    return " ".join(text.split()) if text else text


def tidy(value: str | None) -> str:
    """Some lines: outer spaces gone, line ends as we write them; None becomes empty."""
    return (value or "").replace("\r\n", "\n").strip()


class WholeNumber(IntegerField):
    """A whole number as people type it. What is none leaves the field without a value, so that its
    `NumberRange`, which every one has, says in a sentence what is wanted: the library would say it twice.
    """

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        digits = valuelist[0].strip().removeprefix("-")
        is_one = digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS
        self.data = int(valuelist[0]) if is_one else None


class Day(DateField):
    """A day from 2000 to 2099; any other is refused beside the field, and stays there as it was typed."""

    def __init__(self, label: Any, validators: Sequence[Any], **bound: Any) -> None:
        bounds = {"min": days.FIRST.isoformat(), "max": days.LAST.isoformat()}
        super().__init__(label, validators, render_kw=bounds, **bound)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        _refuse_unknown(self)


class DayAndHour(DateTimeLocalField):
    """A day from 2000 to 2099 with its hour and minute, on a clock the form knows; refused as a `Day` is."""

    def __init__(self, label: Any, validators: Sequence[Any], **bound: Any) -> None:
        bounds = {"min": f"{days.FIRST}T00:00", "max": f"{days.LAST}T23:59"}
        super().__init__(label, validators, format="%Y-%m-%dT%H:%M", render_kw=bounds, **bound)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        _refuse_unknown(self)


def _refuse_unknown(field: DateField | DateTimeLocalField) -> None:
    if field.data is not None and not days.known(field.data):
        field.data = None
        raise ValueError(_("Write a day between the years 2000 and 2099."))
