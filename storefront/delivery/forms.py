from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from foundation.i18n import reader_language
from foundation.settings import current
from foundation.web.amounts import Amount, Hundredths, Within, typed_as
from foundation.web.fields import NO_CONTROLS, Day, Select, WholeNumber, stripped
from foundation.web.meanwhile import SeenForm
from storefront.delivery.actions import MethodDraft
from storefront.delivery.models import DeliveryMethod, DeliveryZone, PickupTerms
from storefront.delivery.policy import minutes_to_time, read_bands, write_bands
from storefront.places.forms import every_country

DEAREST = 1_000_00
NEEDED = _l("This is needed.")
COUNT = _l("Write a whole number.")
BANDS = _l("Write a line for each weight, like 1 kg: 9.90.")
RATE = _l("Write a percentage from 0 to 50, such as 22 or 5.5.")


def line(label: Any, longest: int, *validators: Any) -> StringField:
    """A line of text, trimmed."""
    return StringField(
        label,
        filters=[stripped],
        validators=[*validators, Length(max=longest, message=_l("That is too long.")), NO_CONTROLS],
        render_kw={"maxlength": longest},
    )


def days(label: Any, most: int) -> WholeNumber:
    return WholeNumber(
        label,
        validators=[InputRequired(COUNT), NumberRange(0, most, message=COUNT)],
        render_kw={"inputmode": "numeric", "min": 0, "max": most},
    )


def readable_bands(form: FlaskForm, field: TextAreaField) -> None:
    """Raises with an example when the lines do not read as weights and prices."""
    try:
        read_bands(field.data or "", current().currency)
    except ValueError:
        raise ValidationError(str(BANDS)) from None


class ZoneForm(SeenForm):
    """Countries that are delivered to in the same ways."""

    name = line(_l("Name"), 80, DataRequired(NEEDED))
    countries = SelectMultipleField(
        _l("Countries"),
        validators=[DataRequired(_l("Choose at least one."))],
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.countries.choices = [SelectChoice(*one) for one in every_country(reader_language())]

    def arrange(self, elsewhere: Mapping[str, str]) -> None:
        """The chosen countries first; those of another zone (`elsewhere`, its name by code) say so."""
        chosen = self.countries.data or []
        named = [
            SelectChoice(code, f"{name} ({elsewhere[code]})" if code in elsewhere else name)
            for code, name in every_country(reader_language())
        ]
        self.countries.choices = sorted(named, key=lambda one: one.value not in chosen)

    @classmethod
    def of(cls, zone: DeliveryZone) -> ZoneForm:
        """The form as the zone is now."""
        return cls(formdata=None, data={"name": zone.name, "countries": zone.codes, "seen": zone.seen})


class MethodForm(SeenForm):
    """A way to deliver to a zone."""

    name = line(_l("Name, in English"), 80, DataRequired(NEEDED))
    name_it = line(_l("Name, in Italian"), 80)
    words = line(_l("A sentence about it, in English"), 200)
    words_it = line(_l("The same in Italian"), 200)
    standard = BooleanField(_l("The ordinary way: its price goes back when a whole order is sent back"))
    position = WholeNumber(
        _l("Place in the list"),
        default=1,
        validators=[InputRequired(COUNT), NumberRange(1, 99, message=COUNT)],
    )
    price = Amount(_l("Price"), most=DEAREST)
    bands = TextAreaField(
        _l("Prices by weight"),
        validators=[Length(max=2000), readable_bands],
        render_kw={"rows": 4, "spellcheck": "false"},
    )
    free_from = Amount(_l("Free from a sum of"), most=10_000_00)
    cutoff = TimeField(_l("What is ordered before"), validators=[InputRequired(NEEDED)])
    handling_days = days(_l("Leaves after, in working days"), 30)
    days_from = days(_l("On its way at least, in working days"), 60)
    days_to = days(_l("On its way at most, in working days"), 60)

    def validate_days_to(self, field: WholeNumber) -> None:
        if field.data is not None and self.days_from.data is not None and field.data < self.days_from.data:
            raise ValidationError(str(_l("That is less than at least.")))

    @classmethod
    def of(cls, method: DeliveryMethod) -> MethodForm:
        """The form as the method is now."""
        form = cls(formdata=None, obj=method)  # `seen` comes with it
        form.bands.data = write_bands(
            [(band.up_to_grams, band.price_minor) for band in method.bands], current().currency
        )
        form.price.show(method.price_minor)
        form.free_from.show(method.free_from_minor)
        form.cutoff.data = minutes_to_time(method.cutoff)
        return form

    def draft(self) -> MethodDraft:
        """What was filled in; only after it was found right."""
        return MethodDraft(
            name=str(self.name.data),
            name_it=self.name_it.data or None,
            words=self.words.data or "",
            words_it=self.words_it.data or None,
            standard=bool(self.standard.data),
            position=int(self.position.data or 1),
            price_minor=self.price.minor() or 0,
            bands=read_bands(self.bands.data or "", current().currency),
            free_from_minor=self.free_from.minor() or None,
            cutoff=self.cutoff.data.hour * 60 + self.cutoff.data.minute,
            handling_days=int(self.handling_days.data or 0),
            days_from=int(self.days_from.data or 0),
            days_to=int(self.days_to.data or 0),
        )


class PickupForm(SeenForm):
    """What picking up in a store costs, and how soon an order lies ready."""

    fee = Amount(_l("Fee"), most=DEAREST)
    minutes = WholeNumber(
        _l("Ready after, in minutes of opening"),
        validators=[InputRequired(COUNT), NumberRange(0, 6000, message=COUNT)],
        render_kw={"inputmode": "numeric", "min": 0, "max": 6000},
    )

    @classmethod
    def of(cls, terms: PickupTerms) -> PickupForm:
        """The form as the terms are now."""
        fee, minutes = typed_as(terms.fee_minor, current().currency), terms.ready_after
        return cls(formdata=None, data={"fee": fee, "minutes": minutes, "seen": terms.seen})


class TaxForm(FlaskForm):
    """A rate from a day on."""

    country = Select(_l("Country"))
    category = Select(_l("Counts for"))
    rate = Hundredths(
        _l("Percent"),
        validators=[InputRequired(RATE), Within(0, 50_00, RATE)],
        render_kw={"inputmode": "decimal"},
    )
    valid_from = Day(_l("From the day"), validators=[InputRequired(_l("Choose a day."))])
