from __future__ import annotations

from functools import cache
from typing import Any

from babel import Locale
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, HiddenField, SelectField, StringField, TelField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp, ValidationError

from foundation.web.addresses import EmailAddress
from foundation.web.fields import NO_CONTROLS, stripped, tidy
from storefront.orders.models import Delivery
from storefront.places.forms import every_country

# How a choice of the form names a store; the ways of delivery go by their numbers.
STORE = "store-"
# A kept address goes by its number; this is the one typed here.
ANOTHER = "new"


def words(label: Any, longest: int, *validators: Any, autocomplete: str) -> StringField:
    """A line of text, trimmed."""
    return StringField(
        label,
        filters=[stripped],
        validators=[*validators, Length(max=longest, message=_l("That is too long.")), NO_CONTROLS],
        render_kw={"autocomplete": autocomplete, "maxlength": longest, "dir": "auto"},
    )


def lines(label: Any, longest: int) -> TextAreaField:
    """Some lines of text, trimmed; none are needed."""
    return TextAreaField(
        label,
        filters=[tidy],
        validators=[
            Length(max=longest, message=_l("That is too long.")),
            Regexp(
                r"^[^\x00-\x09\x0b-\x1f\x7f]*$", message=_l("There is a sign in it that we cannot print.")
            ),
        ],
        render_kw={"maxlength": longest, "rows": 3, "dir": "auto"},
    )


@cache
def countries(own: str, delivered_to: frozenset[str], language: str) -> dict[str, list[tuple[str, str]]]:
    """Every country by whether it is delivered to, in the reader's language, the shop's own first."""
    named = sorted(every_country(language), key=lambda one: one[0] != own)
    names = Locale(language).territories
    known = {code for code, _name in named}
    named += [(code, names.get(code, code)) for code in sorted(delivered_to - known)]
    return {
        "delivered": [(code, name) for code, name in named if code in delivered_to],
        "others": [(code, name) for code, name in named if code not in delivered_to],
    }


class Needed:
    """Needed unless a kept address or a store makes it so that nobody has to type it."""

    field_flags: dict[str, Any] = {}

    def __init__(self, message: Any, *, also_in_store: bool = False) -> None:
        self.message, self.also_in_store = message, also_in_store

    def __call__(self, form: CheckoutForm, field: StringField) -> None:
        if field.data or (form.address_id and not form.store_id):
            return
        if not form.store_id or (self.also_in_store and not form.known_as):
            raise ValidationError(str(self.message))


def a_country(form: FlaskForm, field: SelectField) -> None:
    """Raises for what is no country; whether it is delivered to is decided with the bag."""
    if len(field.data or "") != 2 or field.data not in Locale("en").territories:
        raise ValidationError(str(_l("Choose a country from the list.")))


class CheckoutForm(FlaskForm):
    """Who buys, and where to. `token` makes a form one order, `seen` says what was shown of bag and sum.

    `known_as` is the name of whoever is signed in: they need not type it to pick up.
    """

    class Meta(FlaskForm.Meta):
        """Every sentence of this form is our own: the library's need not be read from disk each time. The
        token against forged requests was checked before the view; the template writes the next one."""

        csrf = False

        def get_translations(self, form: FlaskForm) -> None:
            return None

    token = HiddenField(validators=[InputRequired(), Length(min=20, max=64)])
    seen = HiddenField(validators=[InputRequired(), Length(max=100)])
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
    delivery = StringField(
        _l("Where to"),
        validators=[
            Regexp(rf"^({Delivery.DOOR}|{STORE})?\d{{0,18}}$", message=_l("Choose how it reaches you."))
        ],
    )
    address = StringField(_l("Address"), validators=[Length(max=18)])
    first = words(
        _l("First name"),
        60,
        Needed(_l("Write your first name."), also_in_store=True),
        autocomplete="given-name",
    )
    last = words(
        _l("Last name"),
        59,
        Needed(_l("Write your last name."), also_in_store=True),
        autocomplete="family-name",
    )
    street = words(
        _l("Street and number"),
        200,
        Needed(_l("Write the street and number.")),
        autocomplete="street-address",
    )
    postcode = words(_l("Postcode"), 20, Needed(_l("Write the postcode.")), autocomplete="postal-code")
    city = words(_l("Town"), 100, Needed(_l("Write the town.")), autocomplete="address-level2")
    province = words(_l("Province"), 100, Optional(), autocomplete="address-level1")
    country = SelectField(
        _l("Country"),
        validate_choice=False,  # it looks through every choice's words
        validators=[a_country],
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
    keep = BooleanField(_l("Keep this address for the next time"))
    note = lines(_l("A word to the shop"), 500)
    gift_message = lines(_l("A message with the present"), 300)

    def __init__(self, *args: Any, known_as: str = "", **named: Any) -> None:
        super().__init__(*args, **named)
        self.known_as = known_as
        self.country.choices = []

    @property
    def store_id(self) -> int:
        """The store it is to be picked up in; 0 for a door."""
        chosen = self.delivery.data or ""
        return int(chosen.removeprefix(STORE) or 0) if chosen.startswith(STORE) else 0

    @property
    def method(self) -> str:
        """The number of the way of delivery; empty for the first there is, or for a store."""
        chosen = self.delivery.data or ""
        return chosen if chosen.isdecimal() else ""

    @property
    def address_id(self) -> int:
        """The kept address it goes to; 0 for the one typed here."""
        chosen = self.address.data or ""
        return int(chosen) if chosen.isascii() and chosen.isdecimal() else 0

    def offer_countries(self, own: str, delivered_to: frozenset[str], language: str) -> None:
        """Fill the list of countries, for a page that shows it."""
        named = countries(own, delivered_to, language)
        parts = (
            (str(_l("We deliver to")), named["delivered"]),
            (str(_l("Only picked up in a store")), named["others"]),
        )
        self.country.choices = {title: choices for title, choices in parts if choices}

    def content(self) -> list[str]:
        """Everything that was typed, in order: the same again is the same order."""
        return [f"{field.name}={field.data or ''}" for field in self]
