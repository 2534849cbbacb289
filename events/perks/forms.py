from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length, NumberRange

from events.perks.models import MOST_PERCENT
from events.proposals.forms import CODE_SIGNS
from foundation.web.fields import WholeNumber

SHARE = _l("Between 1 and %(most)s percent.", most=MOST_PERCENT)
WHY = _l("Say why, in a few words.")


class PerkForm(FlaskForm):
    """What the guests of an event type, and what it takes off."""

    code = StringField(_l("Code"), validators=[CODE_SIGNS])
    percent = WholeNumber(_l("Percent off"), validators=[NumberRange(1, MOST_PERCENT, message=SHARE)])
    reason = StringField(
        _l("Why, in a sentence"), validators=[DataRequired(WHY), Length(max=300, message=WHY)]
    )
