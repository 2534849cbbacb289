from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, IntegerField
from wtforms.validators import DataRequired, Length, NumberRange

from foundation.web.addresses import EmailAddress
from foundation.web.numbers import LARGEST


class NoticeForm(FlaskForm):
    """Which size, and where to write to."""

    variant_id = IntegerField(
        _l("Size"), validators=[DataRequired(_l("Choose a size.")), NumberRange(1, LARGEST)]
    )
    email = EmailField(
        _l("Your e-mail"),
        filters=[lambda text: text.strip() if text else text],
        validators=[
            DataRequired(_l("Where shall we write to?")),
            Length(max=254, message=EmailAddress.sentence),
            EmailAddress(),
        ],
    )
