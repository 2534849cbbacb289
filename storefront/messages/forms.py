from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from foundation import ids
from foundation.web.fields import tidy
from storefront.messages.policy import LONGEST


class MessageForm(FlaskForm):
    """A message. `form_key` is drawn with the form, so that pressing twice sends it once."""

    words = TextAreaField(
        _l("Your message"),
        filters=[tidy],
        validators=[
            DataRequired(_l("Write something first.")),
            Length(max=LONGEST, message=_l("Keep it under 2,000 characters.")),
        ],
        render_kw={"rows": 4, "maxlength": LONGEST},
    )
    form_key = HiddenField(validators=[InputRequired(), Length(min=10, max=40)])


def fresh_form() -> MessageForm:
    """An empty form with a key of its own."""
    return MessageForm(formdata=None, data={"form_key": ids.token()[:40]})
