from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from foundation.web.fields import stripped


class ReasonForm(FlaskForm):
    """Why staff did it; stands in the history of the order."""

    reason = StringField(
        _l("Note for your colleagues"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Say it in a few words: your colleagues read this later.")),
            Length(max=200, message=_l("Keep it under 200 characters.")),
        ],
        render_kw={"maxlength": 200},
    )
