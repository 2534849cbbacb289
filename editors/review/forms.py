from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from editors.review.models import ApplicationRules, DeclineReason
from foundation.web.fields import NO_CONTROLS, WholeNumber, stripped, tidy
from foundation.web.meanwhile import SeenForm

LONGEST = 500


def _sentence(label: Any, *validators: Any) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[tidy],
        validators=[*validators, Length(max=LONGEST, message=_l("Keep it under 500 characters."))],
        render_kw={"rows": 3, "maxlength": LONGEST},
    )


class DeclineReasonForm(SeenForm):
    """Why staff say no, and what the person reads."""

    name = StringField(
        _l("Name, for your colleagues"),
        filters=[stripped],
        validators=[DataRequired(_l("Give it a name.")), Length(max=80), NO_CONTROLS],
        render_kw={"maxlength": 80},
    )
    sentence = _sentence(_l("What the person reads, in English"), DataRequired(_l("Write what they read.")))
    sentence_it = _sentence(_l("The same in Italian"))

    @classmethod
    def of(cls, reason: DeclineReason) -> DeclineReasonForm:
        return cls(formdata=None, obj=reason)


class RulesForm(SeenForm):
    """When somebody may ask again, and what is approved by itself."""

    ask_again_days = WholeNumber(
        _l("Days until somebody may apply again after a no"),
        validators=[
            InputRequired(_l("Write a whole number of days.")),
            NumberRange(0, 730, message=_l("Between 0 and 730 days.")),
        ],
        render_kw={"inputmode": "numeric", "min": 0, "max": 730},
    )
    approve_orders = WholeNumber(
        _l("Paid orders they have at least"),
        validators=[Optional(), NumberRange(1, 1000, message=_l("Between 1 and 1,000 orders, or nothing."))],
        render_kw={"inputmode": "numeric", "min": 1, "max": 1000},
    )
    approve_consents = BooleanField(_l("They gave every consent that the form asks for"))
    reason = StringField(
        _l("Why"),
        filters=[stripped],
        validators=[DataRequired(_l("Say why, in a few words.")), Length(max=200), NO_CONTROLS],
        render_kw={"maxlength": 200},
    )

    @classmethod
    def of(cls, rules: ApplicationRules) -> RulesForm:
        return cls(formdata=None, obj=rules)
