from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from foundation.web.fields import NO_CONTROLS, stripped, tidy
from foundation.web.meanwhile import SeenForm

LONGEST = 1000


class DecisionForm(SeenForm):
    """What staff decide, in words for the editor and in words for colleagues."""

    reply = TextAreaField(
        _l("What the editor reads"),
        filters=[tidy],
        validators=[Length(max=LONGEST, message=_l("Keep it under 1,000 characters."))],
        render_kw={"rows": 4, "maxlength": LONGEST},
    )
    reason = StringField(
        _l("Why, for your colleagues"),
        filters=[stripped],
        validators=[
            DataRequired(_l("Say why, in a few words.")),
            Length(max=200, message=_l("Keep it under 200 characters.")),
            NO_CONTROLS,
        ],
        render_kw={"maxlength": 200},
    )


class ReplyForm(DecisionForm):
    """A decision that is never made without words for the editor."""

    reply = TextAreaField(
        _l("What the editor reads"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Write what the editor reads.")),
            Length(max=LONGEST, message=_l("Keep it under 1,000 characters.")),
        ],
        render_kw={"rows": 4, "maxlength": LONGEST},
    )
