from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from foundation.web.fields import tidy

LONGEST = 1000


class AnswerForm(FlaskForm):
    """What an editor says to a hold."""

    words = TextAreaField(
        _l("Your side of it"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Write what you would like us to know.")),
            Length(min=10, max=LONGEST, message=_l("Between 10 and 1,000 characters, please.")),
        ],
        render_kw={"rows": 6, "maxlength": LONGEST},
    )
