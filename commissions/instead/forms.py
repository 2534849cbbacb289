from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from commissions.instead.causes import CauseDraft
from commissions.instead.errors import ReasonMissing, ReferenceMissing
from commissions.instead.models import Cause
from foundation import settings
from foundation.i18n import pick
from foundation.money import Money
from foundation.web.amounts import AMOUNT, typed_minor
from foundation.web.fields import NO_CONTROLS, Radios, a_key, choice, stripped, tidy


class _AmountForm(FlaskForm):
    """A part of what is payable; `seen` is the whole as the page said it."""

    amount = StringField(
        _l("How much"),
        filters=[stripped],
        validators=[DataRequired(AMOUNT)],
        render_kw={"inputmode": "decimal", "autocomplete": "off", "maxlength": 20},
    )
    seen = HiddenField()

    def validate_amount(self, field: StringField) -> None:
        try:
            typed_minor(field.data or "", settings.current().currency)
        except ValueError:
            raise ValidationError(str(AMOUNT)) from None

    @property
    def wanted(self) -> Money:
        currency = settings.current().currency
        return Money(typed_minor(self.amount.data or "", currency) or 0, currency)

    @property
    def seen_amount(self) -> Money:
        return Money(a_key(self.seen.data), settings.current().currency)


class CreditForm(_AmountForm):
    """As credit for the shop."""


class GiftForm(_AmountForm):
    """To a cause."""

    cause = Radios(_l("To whom"), coerce=str, validators=[InputRequired(_l("Choose one."))])

    def __init__(self, **values: Any) -> None:
        super().__init__(prefix="gift-", **values)  # the other form of the page has an amount too

    def offer(self, causes: Sequence[Cause]) -> None:
        self.cause.choices = [choice(str(one.id), pick(one.name, one.name_it)) for one in causes]
        if len(causes) == 1 and not self.cause.data:
            self.cause.data = str(causes[0].id)


class CauseForm(FlaskForm):
    """A cause in both languages."""

    name = StringField(
        _l("Name"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Write its name.")),
            Length(max=120, message=_l("At most 120 characters.")),
            NO_CONTROLS,
        ],
        render_kw={"maxlength": 120},
    )
    name_it = StringField(
        _l("Name, in Italian"),
        filters=[stripped],
        validators=[Length(max=120, message=_l("At most 120 characters.")), NO_CONTROLS],
        render_kw={"maxlength": 120, "lang": "it"},
    )
    words = TextAreaField(
        _l("What it does"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Say in a sentence what it does: editors decide by it.")),
            Length(max=500, message=_l("Keep it under 500 characters.")),
        ],
        render_kw={"rows": 3, "maxlength": 500},
    )
    words_it = TextAreaField(
        _l("What it does, in Italian"),
        filters=[tidy],
        validators=[Length(max=500, message=_l("Keep it under 500 characters."))],
        render_kw={"rows": 3, "maxlength": 500, "lang": "it"},
    )

    def draft(self) -> CauseDraft:
        values = (self.name.data, self.name_it.data, self.words.data, self.words_it.data)
        return CauseDraft(*(str(value or "") for value in values))


class PaidForm(FlaskForm):
    """What was owed to a cause is handed on."""

    reference = StringField(
        _l("Reference of the transfer"),
        filters=[stripped],
        validators=[
            DataRequired(ReferenceMissing.sentence),
            Length(max=120, message=_l("At most 120 characters.")),
            NO_CONTROLS,
        ],
        render_kw={"maxlength": 120},
    )
    amount = HiddenField()

    @property
    def seen(self) -> Money:
        return Money(a_key(self.amount.data), settings.current().currency)


class WhyForm(FlaskForm):
    """Why a cause is ended or opened again."""

    reason = StringField(
        _l("Reason"),
        filters=[stripped],
        validators=[
            DataRequired(ReasonMissing.sentence),
            Length(max=500, message=_l("Keep it under 500 characters.")),
        ],
        render_kw={"maxlength": 500},
    )
