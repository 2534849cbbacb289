from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from foundation.web.fields import stripped


class ReasonForm(FlaskForm):
    """Why staff do something that others will ask about; stands in the audit."""

    reason = StringField(
        _l("Why"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Say why, in a few words.")),
            Length(max=200, message=_l("Keep it under 200 characters.")),
        ],
        render_kw={"maxlength": 200},
    )
