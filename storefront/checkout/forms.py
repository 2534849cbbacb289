from __future__ import annotations

from functools import cache
from typing import Any

from babel import Locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, RadioField, SelectField, StringField, TelField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp, ValidationError

from foundation import settings
from foundation.i18n import reader_language
from foundation.web.addresses import EmailAddress
from foundation.web.fields import NO_CONTROLS, stripped
from storefront.orders.models import Delivery

# Where the shop delivers to besides its own country: the Union and its close neighbours.
NEIGHBOURS = (
    *("AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU"),
    *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK", "SM", "VA"),
)


def words(label: Any, longest: int, *validators: Any, autocomplete: str) -> StringField:
    """A line of text, trimmed."""
    return StringField(
        label,
        filters=[stripped],
        validators=[*validators, Length(max=longest, message=_l("That is too long.")), NO_CONTROLS],
        render_kw={"autocomplete": autocomplete, "maxlength": longest},
    )


@cache
def countries(own: str, language: str) -> list[SelectChoice]:
    """Where a shop in `own` delivers to, in the reader's language: its own country first, then by name."""
    territories = Locale(language).territories
    others = sorted((code for code in NEIGHBOURS if code != own), key=lambda code: territories[code])
    return [SelectChoice(code, territories[code]) for code in (own, *others)]


def delivered_to(form: FlaskForm, field: SelectField) -> None:
    """Raises for a country the shop does not deliver to."""
    if field.data != settings.current().country and field.data not in NEIGHBOURS:
        raise ValidationError(_("Choose a country from the list."))


class NeededAtTheDoor:
    """Needed when the pieces go to a door; may stay empty when they are picked up."""

    field_flags: dict[str, Any] = {}

    def __init__(self, message: Any) -> None:
        self.message = message

    def __call__(self, form: CheckoutForm, field: StringField) -> None:
        if form.delivery.data == Delivery.DOOR and not field.data:
            raise ValidationError(str(self.message))


class CheckoutForm(FlaskForm):
    """Who buys, and where to. `token` makes a form one order, `seen` is the bag as it was shown."""

    class Meta(FlaskForm.Meta):
        """Every sentence of this form is our own: the library's need not be read from disk each time. The
        token against forged requests was checked before the view; the template writes the next one."""

        csrf = False

        def get_translations(self, form: FlaskForm) -> None:
            return None

    token = HiddenField(validators=[InputRequired(), Length(min=20, max=64)])
    seen = HiddenField(validators=[InputRequired(), Length(max=64)])
    email = EmailField(
        _l("E-mail"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Write your e-mail address, so that we can reach you.")),
            Length(max=254, message=_l("That is too long.")),
            EmailAddress(),
        ],
        render_kw={"autocomplete": "email", "maxlength": 254},
    )
    delivery = RadioField(
        _l("Where to"),
        choices=[SelectChoice(str(way)) for way in Delivery],
        default=str(Delivery.DOOR),
        validators=[InputRequired(_l("Choose how the pieces reach you."))],
    )
    first = words(_l("First name"), 60, DataRequired(_l("Write your first name.")), autocomplete="given-name")
    last = words(_l("Last name"), 59, DataRequired(_l("Write your last name.")), autocomplete="family-name")
    street = words(
        _l("Street and number"),
        200,
        NeededAtTheDoor(_l("Write the street and number.")),
        autocomplete="street-address",
    )
    postcode = words(
        _l("Postcode"), 20, NeededAtTheDoor(_l("Write the postcode.")), autocomplete="postal-code"
    )
    city = words(_l("Town"), 100, NeededAtTheDoor(_l("Write the town.")), autocomplete="address-level2")
    province = words(_l("Province"), 100, Optional(), autocomplete="address-level1")
    country = SelectField(
        _l("Country"),
        validate_choice=False,  # it looks through every choice's words
        validators=[delivered_to],
        render_kw={"autocomplete": "country"},
    )
    phone = TelField(
        _l("Phone"),
        filters=[stripped],
        validators=[
            Optional(),
            Length(max=40, message=_l("That is too long.")),
            Regexp(r"^[0-9+()/. -]+$", message=_l("Write digits, such as +39 011 123456.")),
        ],
        render_kw={"autocomplete": "tel", "maxlength": 40},
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.country.choices = countries(settings.current().country, reader_language())

    def content(self) -> list[str]:
        """Everything that was typed, in order: the same again is the same order."""
        return [f"{field.name}={field.data or ''}" for field in self]
