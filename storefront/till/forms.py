from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from foundation.money import ONE
from foundation.settings import current
from foundation.web.addresses import EmailAddress
from foundation.web.amounts import typed_hundredths, typed_minor
from foundation.web.fields import NO_CONTROLS, Radios, WholeNumber, stripped
from foundation.web.numbers import LARGEST

LONGEST_CODE = 80
NUMBER = _l("Write a number, such as 2.")


# Digits nobody counts, with a mark: what is longer is no sum of money.
LONGEST_AMOUNT = 12


def short(label: Any, longest: int, *validators: Any, **attributes: Any) -> StringField:
    """A line of text, trimmed."""
    return StringField(
        label,
        filters=[stripped],
        validators=[*validators, Length(max=longest, message=_l("That is too long.")), NO_CONTROLS],
        render_kw={"maxlength": longest, "autocomplete": "off", **attributes},
    )


def minor_of(text: str | None) -> int | None:
    """An amount as people type it, in minor units: 12, 12.5, 12,50. None for anything else."""
    try:
        return typed_minor((text or "")[:LONGEST_AMOUNT], current().currency)
    except ValueError:
        return None


def _share_of(text: str) -> int | None:
    """A percentage as people type it, in basis points; None for anything else."""
    try:
        return typed_hundredths(text)
    except ValueError:
        return None


class BasketForm(FlaskForm):
    """Which basket an act is about: a page that was open while another took its place changes nothing."""

    basket = HiddenField(validators=[InputRequired(), Length(max=32)])


class AddForm(FlaskForm):
    """A piece, by what was typed or scanned, or by the variant of a result."""

    code = short("", LONGEST_CODE, Optional())
    variant = WholeNumber(validators=[Optional(), NumberRange(1, LARGEST)])


class QuantityForm(BasketForm):
    quantity = WholeNumber(
        _l("How many"),
        validators=[InputRequired(NUMBER), NumberRange(-LARGEST, LARGEST, message=NUMBER)],
    )


class OffForm(BasketForm):
    """What staff take off a line: 10 or 10 % is a share, 5.00 with the amount chosen an amount."""

    kind = Radios(
        choices=[SelectChoice("percent"), SelectChoice("amount")], default="percent", validators=[Optional()]
    )
    off = short(_l("How much off"), 12, inputmode="decimal")
    reason = short(_l("Why"), 120)
    bps = 0
    minor = 0

    def validate_off(self, field: StringField) -> None:
        """Nothing typed takes the reduction back; a share is at most all of it."""
        typed = str(field.data or "").rstrip("% ").strip()
        if not typed:
            return
        worth = _share_of(typed) if self.kind.data == "percent" else minor_of(typed)
        if worth is None or (self.kind.data == "percent" and worth > ONE):
            raise ValidationError(_l("Write a number, such as 10 or 12.50."))
        if self.kind.data == "percent":
            self.bps = worth
        else:
            self.minor = worth

    def validate_reason(self, field: StringField) -> None:
        if (self.bps or self.minor) and not field.data:
            raise ValidationError(_l("Say why, in a few words."))


class CustomerForm(BasketForm):
    """An account that was found, or an address for the receipt."""

    account = WholeNumber(validators=[Optional(), NumberRange(1, LARGEST)])
    email = StringField(
        _l("E-mail for the receipt"),
        filters=[stripped],
        validators=[Optional(), Length(max=254, message=_l("That is too long.")), EmailAddress()],
        render_kw={"maxlength": 254, "autocomplete": "off", "inputmode": "email"},
    )


class AdviceForm(BasketForm):
    """Whether a piece is sold on the advice of staff; anything but yes takes it back."""

    advised = HiddenField(validators=[Optional()])


class CodeForm(BasketForm):
    code = short(_l("Code"), 40, Optional())


class OccasionForm(BasketForm):
    """At which event it is sold, by what the page named it or by a guest's ticket; nothing takes it back."""

    ref = short(_l("Ticket of a guest"), 300, Optional())


class ParkForm(BasketForm):
    label = short(_l("Name"), 60, Optional())


class PayForm(BasketForm):
    """The sum that was read, and the way of paying it stands on: pressed twice is one sale."""

    key = HiddenField(validators=[InputRequired(), Length(max=64)])
    seen = HiddenField(validators=[InputRequired(), Length(max=64)])


class CashForm(PayForm):
    given = short(
        _l("Cash given"), 12, DataRequired(_l("Write what the customer gave.")), inputmode="decimal"
    )
    minor = 0

    def validate_given(self, field: StringField) -> None:
        self.minor = _amount(field)


class TerminalForm(PayForm):
    terminal = short(_l("Terminal"), 40)
    receipt = short(_l("Receipt number"), 40, DataRequired(_l("Write the number the terminal has printed.")))


class PaidBackForm(FlaskForm):
    receipt = short(
        _l("Receipt number"), 40, DataRequired(_l("Write the number of the slip, or of the receipt."))
    )


class FloatForm(FlaskForm):
    """What lay in the drawer in the morning."""

    amount = short(
        _l("Opening float"), 12, DataRequired(_l("Write an amount, such as 12.50.")), inputmode="decimal"
    )
    minor = 0

    def validate_amount(self, field: StringField) -> None:
        self.minor = _amount(field)


class CountForm(FlaskForm):
    """What lies in it now, and what there is to say about it."""

    counted = short(
        _l("Counted now"), 12, DataRequired(_l("Write an amount, such as 12.50.")), inputmode="decimal"
    )
    note = short(_l("Note"), 200, Optional())
    minor = 0

    def validate_counted(self, field: StringField) -> None:
        self.minor = _amount(field)


def _amount(field: StringField) -> int:
    worth = minor_of(str(field.data or ""))
    if worth is None:
        raise ValidationError(_l("Write an amount, such as 12.50."))
    return worth
