from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length


class ReasonForm(FlaskForm):
    """Why staff put a product into the shop or take it out; stands in the audit."""

    reason = StringField(
        _l("Why"),
        filters=[lambda text: text.strip() if text else text],
        validators=[
            DataRequired(_l("Say why, in a few words.")),
            Length(max=200, message=_l("Keep it under 200 characters.")),
        ],
    )
