from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from editors.cohorts.actions import CohortDraft
from editors.membership.features import FEATURE_WORDS
from foundation.web.fields import NO_CONTROLS, Day, WholeNumber, choice, stripped, tidy
from foundation.web.meanwhile import SeenForm


def _line(label: Any, *validators: Any) -> StringField:
    return StringField(
        label,
        filters=[stripped],
        validators=[*validators, Length(max=80, message=_l("That is too long.")), NO_CONTROLS],
        render_kw={"maxlength": 80},
    )


def _words(label: Any, *validators: Any) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[tidy],
        validators=[*validators, Length(max=500, message=_l("Keep it under 500 characters."))],
        render_kw={"rows": 3, "maxlength": 500},
    )


class CohortForm(SeenForm):
    """A pilot group."""

    name = _line(_l("Name, in English"), DataRequired(_l("Give it a name.")))
    name_it = _line(_l("Name, in Italian"))
    words = _words(_l("What is tried, in English"), DataRequired(_l("Write a sentence or two.")))
    words_it = _words(_l("What is tried, in Italian"))
    cap = WholeNumber(
        _l("Places"),
        validators=[
            InputRequired(_l("Write a whole number.")),
            NumberRange(1, 10_000, message=_l("Between 1 and 10,000 places.")),
        ],
        render_kw={"inputmode": "numeric", "min": 1, "max": 10_000},
    )
    first_day = Day(_l("From"), validators=[InputRequired(_l("Choose a day."))])
    last_day = Day(_l("To"), validators=[InputRequired(_l("Choose a day."))])
    features = SelectMultipleField(
        _l("Switched on for them"), choices=[choice(name, words) for name, words in FEATURE_WORDS.items()]
    )

    def validate_last_day(self, field: Day) -> None:
        if field.data and self.first_day.data and field.data < self.first_day.data:
            raise ValidationError(_("It cannot end before it begins."))

    def draft(self) -> CohortDraft:
        """What was filled in; only after it was found right."""
        assert self.first_day.data is not None
        assert self.last_day.data is not None
        return CohortDraft(
            name=str(self.name.data),
            name_it=self.name_it.data or None,
            words=str(self.words.data),
            words_it=self.words_it.data or None,
            cap=int(self.cap.data or 1),
            first_day=self.first_day.data,
            last_day=self.last_day.data,
            features=self.features.data or [],
        )
