from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from events.calendar.models import LONGEST_LINK
from foundation.web.fields import NO_CONTROLS, stripped, tidy

TOO_LONG = _l("That is too long.")


class HandOverForm(FlaskForm):
    """Who hosts an event from now on, and why."""

    was = HiddenField()
    handle = StringField(
        _l("Address of the new host"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Write who hosts it from now on.")),
            Length(max=40, message=TOO_LONG),
            NO_CONTROLS,
        ],
        render_kw={
            "maxlength": 40,
            "autocomplete": "off",
            "autocapitalize": "none",
            "placeholder": "@giulia",
        },
    )
    joining_url = StringField(
        _l("Link to join by"),
        filters=[stripped],
        validators=[Length(max=LONGEST_LINK, message=TOO_LONG)],
        render_kw={"maxlength": LONGEST_LINK, "inputmode": "url", "placeholder": "https://"},
    )
    words = TextAreaField(
        _l("Why"),
        filters=[tidy],
        validators=[Length(max=1000, message=TOO_LONG)],
        render_kw={"maxlength": 1000, "rows": 2},
    )

    @property
    def named(self) -> str:
        """The address as it is kept: without the sign before it, in small letters."""
        return (self.handle.data or "").lstrip("@").lower()
