from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from commissions.payouts.errors import ReasonMissing
from foundation import clock, settings
from foundation.web.amounts import end_of, first_day_of
from foundation.web.fields import Day, stripped


class RunForm(FlaskForm):
    """A run to prepare: everything that is payable by now, or by the end of an earlier day."""

    until = Day(_l("Payable up to and including"), [Optional()])

    def validate_until(self, field: Day) -> None:
        today = first_day_of(clock.now(), settings.current().timezone)
        if today is not None and field.data is not None and field.data > today:
            raise ValidationError(_l("That day is still to come."))

    @property
    def cut(self) -> datetime | None:
        """The end of the day on the shop's clock."""
        return end_of(self.until.data, settings.current().timezone)


class LeaveOutForm(FlaskForm):
    """Why somebody is not paid by this run."""

    reason = StringField(
        _l("Reason"),
        filters=[stripped],
        validators=[
            DataRequired(ReasonMissing.sentence),
            Length(max=500, message=_l("Keep it under 500 characters.")),
        ],
        render_kw={"maxlength": 500},
    )
