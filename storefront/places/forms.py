from __future__ import annotations

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DecimalField, StringField, TelField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, Regexp, ValidationError

from foundation.web.fields import NO_CONTROLS, Day, Select, stripped
from foundation.web.meanwhile import SeenForm
from storefront.places.actions import PlaceDraft
from storefront.places.models import Place
from storefront.places.policy import Span, read_spans, write_spans
from storefront.places.showing import hours_of

CONTINENTS = ("Europe", "Africa", "America", "Asia", "Atlantic", "Australia", "Indian", "Pacific")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LIKE = _l("Write hours like 10:00-13:00, 15:30-19:30. Leave it empty when it is closed.")
NEEDED = _l("This is needed.")


def line(label: Any, longest: int, *validators: Any, **attributes: Any) -> StringField:
    """A line of text, trimmed."""
    return StringField(
        label,
        filters=[stripped],
        validators=[*validators, Length(max=longest, message=_l("That is too long.")), NO_CONTROLS],
        render_kw={"maxlength": longest, **attributes},
    )


def readable_hours(form: FlaskForm, field: StringField) -> None:
    """Raises with an example when the hours do not read as spans."""
    try:
        read_spans(field.data or "")
    except ValueError:
        raise ValidationError(LIKE) from None


def one_span(form: FlaskForm, field: StringField) -> None:
    readable_hours(form, field)
    if len(read_spans(field.data or "")) > 1:
        raise ValidationError(_l("A special day has one opening and one closing time."))


def hours(label: Any, *validators: Any) -> StringField:
    return line(label, 80, *(validators or (readable_hours,)), inputmode="text", placeholder="10:00-19:30")


@cache
def time_zones() -> dict[str, list[tuple[str, str]]]:
    """The zones people live in, by continent, ours first."""
    known = sorted(available_timezones())
    return {
        continent: [
            (name, name.partition("/")[2].replace("_", " "))
            for name in known
            if name.startswith(f"{continent}/")
        ]
        for continent in CONTINENTS
    }


# Two letters in the list of languages, and no country: unions, and codes for what is not known.
NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


@cache
def every_country(language: str) -> list[tuple[str, str]]:
    """Code and name of each country, by name."""
    names = Locale(language).territories
    return sorted(
        (
            (code, name)
            for code, name in names.items()
            if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
        ),
        key=lambda country: country[1],
    )


class PlaceForm(SeenForm):
    """A place and its week."""

    name = line(_l("Name"), 80, DataRequired(NEEDED))
    slug = line(
        _l("Address on the web"),
        80,
        DataRequired(NEEDED),
        Regexp(
            r"^[a-z0-9]+(-[a-z0-9]+)*$",
            message=_l("Small letters, numbers and hyphens, like torino-lagrange."),
        ),
        autocapitalize="none",
        spellcheck="false",
    )
    words = TextAreaField(
        _l("What to expect there, in English"),
        validators=[Length(max=600, message=_l("That is too long."))],
        render_kw={"rows": 3, "maxlength": 600},
    )
    words_it = TextAreaField(
        _l("The same in Italian"),
        validators=[Length(max=600, message=_l("That is too long."))],
        render_kw={"rows": 3, "maxlength": 600},
    )
    street = line(_l("Street and number"), 200, DataRequired(NEEDED))
    postcode = line(_l("Postcode"), 20, DataRequired(NEEDED))
    city = line(_l("City"), 80, DataRequired(NEEDED))
    province = line(_l("Province"), 80)
    country = Select(_l("Country"))
    time_zone = Select(_l("Time zone"))
    phone = TelField(
        _l("Phone"),
        filters=[stripped],
        validators=[Optional(), Regexp(r"^\+?[0-9 ()/.-]{5,40}$", message=_l("That is no phone number."))],
        render_kw={"maxlength": 40},
    )
    latitude = DecimalField(
        _l("Latitude"), places=6, validators=[Optional(), NumberRange(-90, 90, _l("Between -90 and 90."))]
    )
    longitude = DecimalField(
        _l("Longitude"),
        places=6,
        validators=[Optional(), NumberRange(-180, 180, _l("Between -180 and 180."))],
    )
    pickup = BooleanField(_l("Orders can be picked up here"))
    monday = hours(_l("Monday"))
    tuesday = hours(_l("Tuesday"))
    wednesday = hours(_l("Wednesday"))
    thursday = hours(_l("Thursday"))
    friday = hours(_l("Friday"))
    saturday = hours(_l("Saturday"))
    sunday = hours(_l("Sunday"))

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.country.choices = every_country((get_locale() or Locale("en")).language)
        self.time_zone.choices = time_zones()

    @classmethod
    def of(cls, place: Place) -> PlaceForm:
        """The form as the place is now."""
        week = hours_of(place).week
        return cls(
            formdata=None,
            obj=place,
            data={day: write_spans(week.get(number, ())) for number, day in enumerate(DAYS)}
            | {"seen": place.seen},
        )

    @property
    def week(self) -> list[StringField]:
        """The seven lines of hours, Monday first."""
        return [self[day] for day in DAYS]

    def draft(self) -> PlaceDraft:
        """What was filled in; only after it was found right."""
        return PlaceDraft(
            **{
                name: self[name].data or ""
                for name in (
                    *("slug", "name", "street", "postcode", "city", "province", "country", "time_zone"),
                    *("phone", "words"),
                )
            },
            words_it=self.words_it.data or None,
            latitude=self.latitude.data,
            longitude=self.longitude.data,
            pickup=bool(self.pickup.data),
            week={number: read_spans(field.data or "") for number, field in enumerate(self.week)},
        )


class SpecialDayForm(FlaskForm):
    """Other hours on one day."""

    day = Day(_l("Day"), validators=[DataRequired(_l("Choose a day."))])
    hours = hours(_l("Hours"), one_span)
    note = line(_l("Why, in English"), 80)
    note_it = line(_l("Why, in Italian"), 80)

    @property
    def span(self) -> Span | None:
        spans = read_spans(self.hours.data or "")
        return spans[0] if spans else None
