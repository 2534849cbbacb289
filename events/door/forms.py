from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Optional

from events.calendar.models import Event
from events.door.words import REASONS
from foundation.web.addresses import EmailAddress
from foundation.web.fields import NO_CONTROLS, Radios, choice, stripped

TOO_LONG = _l("That is too long.")


class WalkInForm(FlaskForm):
    """Somebody who is on no list: a name is enough, and an address only of who agrees to it."""

    people = Radios(_l("How many?"), default="1")
    name = StringField(
        _l("Name"),
        filters=[stripped],
        validators=[
            DataRequired(_l("A first name is enough.")),
            Length(max=80, message=TOO_LONG),
            NO_CONTROLS,
        ],
    )
    email = EmailField(
        _l("E-mail"),
        filters=[stripped],
        validators=[Optional(), Length(max=254, message=EmailAddress.sentence), EmailAddress()],
    )
    agreed = BooleanField()
    reason = SelectField(_l("Why beyond the seats"), validators=[Optional()])

    def offer(self, event: Event) -> None:
        """One or two, and the reasons for when every seat is taken."""
        words = {"1": _("One"), "2": _("Two")}
        self.people.choices = [choice(value, words[value]) for value in words][: event.most_party]
        self.reason.choices = [("", _("Choose a reason")), *((str(one), str(one)) for one in REASONS)]

    def validate(self, extra_validators: Any = None) -> bool:
        right: bool = super().validate(extra_validators)
        if right and self.email.data and not self.agreed.data:
            self.agreed.errors = (_("An address is kept only of who agreed to it."),)
            return False
        return right
