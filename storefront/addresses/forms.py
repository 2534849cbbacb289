"""An address as it is typed, here and at the checkout: the same fields, the same limits, the same words."""

from __future__ import annotations

from functools import cache
from typing import Any

from babel import Locale
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, StringField, TelField
from wtforms.validators import DataRequired, Length, Optional, Regexp, ValidationError

from foundation.web.fields import NO_CONTROLS, Select, stripped
from storefront.addresses.actions import AddressDraft
from storefront.addresses.models import PARTS, Address
from storefront.addresses.postcodes import example_unless_fits
from storefront.places.forms import every_country

TOO_LONG = _l("That is too long.")


def words(label: Any, longest: int, *validators: Any, autocomplete: str) -> StringField:
    """A line of text, trimmed."""
    return StringField(
        label,
        filters=[stripped],
        validators=[*validators, Length(max=longest, message=TOO_LONG), NO_CONTROLS],
        render_kw={"autocomplete": autocomplete, "maxlength": longest, "dir": "auto"},
    )


def telephone(label: Any) -> TelField:
    """A number to call; none is needed."""
    return TelField(
        label,
        filters=[stripped],
        validators=[
            Optional(),
            Length(max=40, message=TOO_LONG),
            Regexp(r"^[0-9+()/. -]+$", message=_l("Write digits, such as +39 011 123456.")),
        ],
        render_kw={"autocomplete": "tel", "maxlength": 40},
    )


def a_postcode(form: FlaskForm, field: StringField) -> None:
    """Raises for what no postcode of the country chosen beside it looks like; an empty one is nothing yet."""
    example = example_unless_fits(form["country"].data or "", field.data) if field.data else None
    if example:
        raise ValidationError(
            gettext("A postcode of that country looks like this: %(example)s.", example=example)
        )


def country_field(label: Any) -> SelectField:
    """A country, whose list the page fills in."""
    return Select(
        label,
        validate_choice=False,  # it looks through every choice's words
        validators=[a_country],
        render_kw={"autocomplete": "country"},
    )


def a_country(form: FlaskForm, field: SelectField) -> None:
    """Raises for what is no country; whether it is delivered to is decided with the bag."""
    if len(field.data or "") != 2 or field.data not in Locale("en").territories:
        raise ValidationError(str(_l("Choose a country from the list.")))


def offer_countries(field: SelectField, own: str, delivered_to: frozenset[str], language: str) -> None:
    """Fill the list of countries, for a page that shows it."""
    named = _countries(own, delivered_to, language)
    parts = (
        (str(_l("We deliver to")), named["delivered"]),
        (str(_l("Only picked up in a store")), named["others"]),
    )
    field.choices = {title: choices for title, choices in parts if choices}


@cache
def _countries(own: str, delivered_to: frozenset[str], language: str) -> dict[str, list[tuple[str, str]]]:
    """Every country by whether it is delivered to, in the reader's language, the shop's own first."""
    named = sorted(every_country(language), key=lambda one: one[0] != own)
    names = Locale(language).territories
    known = {code for code, _name in named}
    named += [(code, names.get(code, code)) for code in sorted(delivered_to - known)]
    return {
        "delivered": [(code, name) for code, name in named if code in delivered_to],
        "others": [(code, name) for code, name in named if code not in delivered_to],
    }


class AddressForm(FlaskForm):
    """One address to keep. `seen` is what its writer saw of it: it may have changed meanwhile."""

    first = words(_l("First name"), 60, DataRequired(_l("Write your first name.")), autocomplete="given-name")
    last = words(_l("Last name"), 59, DataRequired(_l("Write your last name.")), autocomplete="family-name")
    street = words(
        _l("Street and number"),
        200,
        DataRequired(_l("Write the street and number.")),
        autocomplete="street-address",
    )
    postcode = words(
        _l("Postcode"), 20, DataRequired(_l("Write the postcode.")), a_postcode, autocomplete="postal-code"
    )
    city = words(_l("Town"), 100, DataRequired(_l("Write the town.")), autocomplete="address-level2")
    province = words(_l("Province"), 100, Optional(), autocomplete="address-level1")
    country = country_field(_l("Country"))
    phone = telephone(_l("Phone"))
    first_choice = BooleanField(_l("Begin with this one at the checkout"))
    seen = HiddenField(validators=[Length(max=64)])

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.country.choices = []

    @classmethod
    def of(cls, address: Address) -> AddressForm:
        """The form as the address is now."""
        return cls(formdata=None, obj=address, data={"seen": address.seen})

    def draft(self) -> AddressDraft:
        """What was typed."""
        return AddressDraft(**{name: self[name].data or "" for name in PARTS})
