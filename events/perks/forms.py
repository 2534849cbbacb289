from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length, NumberRange, Regexp

from events.perks.models import MOST_PERCENT
from foundation.web.fields import WholeNumber

SHARE = _l("Between 1 and %(most)s percent.", most=MOST_PERCENT)
SIGNS = _l("3 to 24 letters from A to Z, digits and hyphens.")
WHY = _l("Say why, in a few words.")


class PerkForm(FlaskForm):
    """What the guests of an event type, and what it takes off."""

    code = StringField(_l("Code"), validators=[Regexp("^[A-Za-z0-9-]{3,24}$", message=SIGNS)])
    percent = WholeNumber(_l("Percent off"), validators=[NumberRange(1, MOST_PERCENT, message=SHARE)])
    reason = StringField(
        _l("Why, in a sentence"), validators=[DataRequired(WHY), Length(max=300, message=WHY)]
    )
