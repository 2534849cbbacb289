from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from editors.membership.forms import ApplicationForm
from foundation.i18n import LANGUAGES
from foundation.web.addresses import EmailAddress
from foundation.web.fields import NO_CONTROLS, choice, stripped, tidy


class InviteForm(FlaskForm):
    """Whom staff invite, and what they write."""

    email = StringField(
        _l("E-mail address"),
        filters=[stripped],
        validators=[DataRequired(_l("Where does the letter go?")), EmailAddress()],
        render_kw={"type": "email", "autocomplete": "off", "maxlength": 254},
    )
    name = StringField(
        _l("Name"),
        filters=[stripped],
        validators=[DataRequired(_l("Whom do you write to?")), Length(max=120), NO_CONTROLS],
        render_kw={"maxlength": 120, "autocomplete": "off"},
    )
    language = RadioField(
        _l("Language of the letter"),
        choices=[choice(code, name) for code, name in LANGUAGES.items()],
        default="it",
        validators=[InputRequired()],
    )
    words = TextAreaField(
        _l("Why you think of them"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Write a line or two: nobody should be invited without words.")),
            Length(max=1000, message=_l("Keep it under 1,000 characters.")),
        ],
        render_kw={"rows": 4, "maxlength": 1000},
    )


class AcceptForm(ApplicationForm):
    """What somebody fills in whom we invited: who they are. We know already how they dress people."""

    words = TextAreaField(
        _l("About you"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Write a sentence or two. Your window begins with them.")),
            Length(max=2000, message=_l("Up to 2,000 characters, please.")),
        ],
        render_kw={"rows": 4, "maxlength": 2000},
    )
