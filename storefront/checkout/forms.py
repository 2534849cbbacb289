from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, Regexp, ValidationError

from foundation.web.addresses import EmailAddress
from foundation.web.fields import stripped, tidy
from storefront.addresses.forms import TOO_LONG, a_postcode, country_field, telephone, words
from storefront.orders.models import Delivery

# How a choice of the form names a store; the ways of delivery go by their numbers.
STORE = "store-"
# A kept address goes by its number; this is the one typed here.
ANOTHER = "new"


def lines(label: Any, longest: int) -> TextAreaField:
    """Some lines of text, trimmed; none are needed."""
    return TextAreaField(
        label,
        filters=[tidy],
        validators=[
            Length(max=longest, message=TOO_LONG),
            Regexp(
                r"^[^\x00-\x09\x0b-\x1f\x7f]*$", message=_l("There is a sign in it that we cannot print.")
            ),
        ],
        render_kw={"maxlength": longest, "rows": 3, "dir": "auto"},
    )


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


def a_typed_postcode(form: CheckoutForm, field: StringField) -> None:
    """The shape of the postcode, where the address that is typed here is the one it goes to."""
    if not form.address_id and not form.store_id:
        a_postcode(form, field)


class CheckoutForm(FlaskForm):
    """Who buys, and where to. `token` makes a form one order, `seen` says what was shown of bag and sum.

    `known_as` is the name of whoever is signed in: they need not type it to pick up. `keeps`: they are, so
    that a kept address may be meant. A guest's form that names one was opened before they signed out.
    """

    class Meta(FlaskForm.Meta):
        """The token against forged requests was checked before the view; the template writes the next."""

        csrf = False

    token = HiddenField(validators=[InputRequired(), Length(min=20, max=64)])
    seen = HiddenField(validators=[InputRequired(), Length(max=100)])
    email = EmailField(
        _l("E-mail"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Write your e-mail address, so that we can reach you.")),
            Length(max=254, message=TOO_LONG),
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
    postcode = words(
        _l("Postcode"), 20, Needed(_l("Write the postcode.")), a_typed_postcode, autocomplete="postal-code"
    )
    city = words(_l("Town"), 100, Needed(_l("Write the town.")), autocomplete="address-level2")
    province = words(_l("Province"), 100, Optional(), autocomplete="address-level1")
    country = country_field(_l("Country"))
    phone = telephone(_l("Phone"))
    keep = BooleanField(_l("Keep this address for the next time"))
    note = lines(_l("A word to the shop"), 500)
    gift_message = lines(_l("A message with the present"), 300)

    def __init__(self, *args: Any, known_as: str = "", keeps: bool = False, **named: Any) -> None:
        super().__init__(*args, **named)
        self.known_as, self.keeps = known_as, keeps
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
        """The kept address it goes to; 0 for the one typed here, which a guest's always is."""
        chosen = (self.address.data or "") if self.keeps else ""
        return int(chosen) if chosen.isascii() and chosen.isdecimal() else 0

    def content(self) -> list[str]:
        """Everything that was typed, in order: the same again is the same order."""
        return [f"{field.name}={field.data or ''}" for field in self]
