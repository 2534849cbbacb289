from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from events.calendar.models import MOST_GUESTS
from events.guests.coming import Coming
from events.guests.models import Rsvp
from foundation.web.addresses import EmailAddress
from foundation.web.fields import NO_CONTROLS, Radios, WholeNumber, choice, stripped, tidy

# Translated where they are read: who is answered by another page need not wait for it.
HOW_MANY = (("1", _l("Just me")), ("2", _l("Two of us")))
TOO_LONG = _l("That is too long.")
WHOLE = _l("Write a whole number.")


class ComingForm(FlaskForm):
    """Who comes, and what they need."""

    people = Radios(_l("How many are you?"), default="1")
    name = StringField(
        _l("Your name"),
        filters=[stripped],
        validators=[
            DataRequired(_l("What may we call you?")),
            Length(max=80, message=TOO_LONG),
            NO_CONTROLS,
        ],
    )
    plus_one = StringField(
        _l("Who comes with you"),
        filters=[stripped],
        validators=[Length(max=80, message=TOO_LONG), NO_CONTROLS],
    )
    needs = TextAreaField(
        _l("Anything we should know"),
        filters=[tidy],
        validators=[Length(max=500, message=TOO_LONG)],
        render_kw={"rows": 2, "maxlength": 500},
    )

    #: Who is written down by somebody else need not be asked for the second name.
    both_named = True

    def offer(self, most: int) -> None:
        """One, or two where that many may come on one invitation, or did before."""
        self.people.choices = [choice(value, words) for value, words in HOW_MANY[:most]]

    def validate(self, extra_validators: Any = None) -> bool:
        right: bool = super().validate(extra_validators)
        if right and self.both_named and self.people.data == "2" and not self.plus_one.data:
            self.plus_one.errors = (_("Who comes with you? A first name is enough."),)
            return False
        return right

    @property
    def coming(self) -> Coming:
        """What was filled in; only after it was found right."""
        return Coming(
            name=str(self.name.data),
            party=int(self.people.data),
            plus_one=self.plus_one.data or "",
            needs=str(self.needs.data),
        )

    @classmethod
    def of(cls, rsvp: Rsvp) -> ComingForm:
        return cls(formdata=None, obj=rsvp, people=str(rsvp.party))


def _email(*needed: Any) -> EmailField:
    return EmailField(
        _l("E-mail"),
        filters=[lambda text: text.strip() if text else text],
        validators=[*needed, Length(max=254, message=EmailAddress.sentence), EmailAddress()],
    )


class RsvpForm(ComingForm):
    """The same by somebody who asks for a seat."""

    email = _email(DataRequired(_l("Where shall we write to?")))


class GuestForm(ComingForm):
    """The same written down by host or staff, who may not know an address."""

    both_named = False
    email = _email(Optional())


def _why() -> StringField:
    return StringField(
        _l("Why"), filters=[stripped], validators=[Length(max=300, message=TOO_LONG), NO_CONTROLS]
    )


class PlaceForm(FlaskForm):
    """Another place in the line, and why."""

    place = WholeNumber(
        _l("Place in the line"),
        validators=[InputRequired(WHOLE), NumberRange(1, MOST_GUESTS, message=WHOLE)],
        render_kw={"inputmode": "numeric", "min": 1},
    )
    reason = _why()


class SeatsForm(FlaskForm):
    """More seats or fewer, and why."""

    capacity = WholeNumber(
        _l("Seats"),
        validators=[InputRequired(WHOLE), NumberRange(1, MOST_GUESTS, message=WHOLE)],
        render_kw={"inputmode": "numeric", "min": 1, "max": MOST_GUESTS},
    )
    reason = _why()
